using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>
/// account.allocate: a credit that named no project is given, whole, to a project's wage account (按项目分别管理).
/// </summary>
/// <remarks>
/// Arguments statement, line, account; obligation, where the money is for one and nothing else; by a treasurer.
/// </remarks>
public sealed class Allocate : ICommandHandler
{
    public string Verb => "account.allocate";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context, Roles.Treasurer) is { } finding) return Decision<Changes>.Refuse([finding]);
        var (id, line, to) = (context.Command.Number("statement"), context.Command.Number("line"),
            context.Command.Number("account"));
        var statement = context.Rows.Find<BankStatementRow>(("statement", id));
        var entry = context.Rows.Find<StatementEntryRow>(("statement", id), ("line", line));
        var from = entry is null ? null : context.Rows.Find<WageAccountRow>(("account", entry.Account));
        var target = context.Rows.Find<WageAccountRow>(("account", to));
        if (target is null)
            return Decision<Changes>.Refuse([Guard.NotFound("account", context.Command.Text("account"))]);
        if (statement is null || entry is null || from is null || from.Project is not null || entry.AmountFen <= 0)
            return Decision<Changes>.Refuse(ReturnsRules.NotUnallocated,
                Place.Of("--line", $"{line}"), $"{id}", $"{line}");
        if (target.BankAccount != from.BankAccount || target.Project is null)
            return Decision<Changes>.Refuse(ReturnsRules.OtherBankAccount, Place.Of("--account", $"{to}"), $"{to}");
        var given = context.Rows.List<AccountEntryRow>(("document", statement.Document), ("document_line", line),
            ("kind", EntryKind.Allocation)).FirstOrDefault(e => e.PostedDeltaFen > 0);
        var obligation = context.Command.Find("obligation") is null ? null
            : context.Rows.Find<ObligationRow>(("obligation", context.Command.Number("obligation")));
        if (given is not null && given.Account == to && (given.Earmark is not { } earmark ? null
            : context.Rows.Find<EarmarkRow>(("earmark", earmark))?.Obligation) == obligation?.Obligation)
            return Decision<Changes>.Accept(Changes.Repeated(given));
        if (given is not null)
            return Decision<Changes>.Refuse(ReturnsRules.AllocatedElsewhere,
                Place.Of("--account", $"{to}"), $"{given.Account}");
        if (context.Command.Find("obligation") is { } named
            && (obligation is null || obligation.Project != target.Project || !Earmarks.Open(obligation)))
            return Decision<Changes>.Refuse(ReturnsRules.ObligationUnfit,
                Place.Of("--obligation", named), named, $"{to}");
        var amount = new Money(entry.AmountFen);
        var (source, destination) = (AccountBook.Load(context, from.Account), AccountBook.Load(context, to));
        source.Allocate(-amount, statement.Document, line);
        var changes = new Changes();
        destination.Allocate(amount, statement.Document, line, obligation is null ? null
            : Earmarks.For(context, changes, to, obligation.Obligation, []));
        changes.Result = destination.Entries[0];
        changes.Insert(source.Entries).Insert(destination.Entries).Insert(Lacking(context, statement, source, from))
            .Count("allocated_fen", amount.Fen);
        return Decision<Changes>.Accept(changes);
    }

    /// <summary>The credit is the project's also where the bank account was debited meanwhile (a court): what is then
    /// lacking is told as after a statement, for it holds up every file of the bank account.</summary>
    private static IReadOnlyList<BankExceptionRow> Lacking(DecisionContext context, BankStatementRow statement,
        AccountBook source, WageAccountRow from)
    {
        var log = new ExceptionLog(context, null, statement.Document);
        if (source.Impaired)
            log.Add(ExceptionKinds.Impaired, 0, source.Available.Fen, 0, "available", account: from.Account);
        return log.Rows;
    }
}

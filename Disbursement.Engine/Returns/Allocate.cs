using Disbursement.Engine.Accounts;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>
/// account.allocate: a credit that named no project is given, whole, to a project's wage account (按项目分别管理).
/// </summary>
/// <remarks>Arguments statement, line, account; by a treasurer.</remarks>
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
        if (given?.Account == to) return Decision<Changes>.Accept(Changes.Repeated(given));
        if (given is not null)
            return Decision<Changes>.Refuse(ReturnsRules.AllocatedElsewhere,
                Place.Of("--account", $"{to}"), $"{given.Account}");
        var amount = new Money(entry.AmountFen);
        var (source, destination) = (AccountBook.Load(context, from.Account), AccountBook.Load(context, to));
        source.Allocate(-amount, statement.Document, line);
        destination.Allocate(amount, statement.Document, line);
        var changes = new Changes { Result = destination.Entries[0] };
        return Decision<Changes>.Accept(changes.Insert(source.Entries).Insert(destination.Entries)
            .Count("allocated_fen", amount.Fen));
    }
}

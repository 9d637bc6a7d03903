using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>
/// account.attribute: a debit that the bank booked without naming the file it was for is laid on that file, whole
/// (归属): two people, each by a run, with the bank's document. The file's money is no longer reserved for it.
/// </summary>
/// <remarks>
/// Arguments statement, line, file; input the evidence. The bank's entry stays as it was written; two entries of the
/// books take it from where it was booked and lay it on the file, and add up to nothing (L5).
/// </remarks>
public sealed class DebitAttribution(IBankTermsReader terms) : ICommandHandler
{
    public const string Evidence = "attribution-evidence";

    public string Verb => "account.attribute";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var (id, line, to) = (context.Command.Number("statement"), context.Command.Number("line"),
            context.Command.Number("file"));
        var statement = context.Rows.Find<BankStatementRow>(("statement", id));
        if (statement is null || context.Rows.Find<StatementEntryRow>(("statement", id), ("line", line)) is not
            { AmountFen: < 0, File: null, Kind: not StatementPosting.Fee } entry || IsOfFiles(context, statement, line))
            return Decision<Changes>.Refuse(ReturnsRules.NotUnattributed,
                Place.Of("--line", $"{line}"), $"{id}", $"{line}");
        if (context.Rows.Find<DisbursementFileRow>(("file", to)) is not { } file)
            return Decision<Changes>.Refuse([Guard.NotFound("file", context.Command.Text("file"))]);
        if (context.Input(Evidence) is null)
            return Decision<Changes>.Refuse(FileRules.EvidenceMissing, Place.Of("--file", $"{to}"), file.Reference);
        if (FileOf(context.Rows, statement.Document, line) is { } laid)
            return laid == to ? Decision<Changes>.Accept(Changes.Repeated(file))
                : Decision<Changes>.Refuse(ReturnsRules.AttributedElsewhere, Place.Of("--file", $"{to}"), $"{laid}");
        if (Unfit(context, entry, file) is { } unfit) return Decision<Changes>.Refuse([unfit]);
        return TwoPeople.Decide(context, $"statement/{id}/line/{line}", $"{to} {context.InputDigest(Evidence)}",
            changes =>
            {
                changes.Result = Lay(context, changes, statement, entry, file);
                return Decision<Changes>.Accept(changes.Count("attributed_fen", -entry.AmountFen));
            });
    }

    /// <summary>Whether the bank named several files in it: each has its share already.</summary>
    private static bool IsOfFiles(DecisionContext context, BankStatementRow statement, long line) => context.Rows
        .List<AccountEntryRow>(("document", statement.Document), ("document_line", line), ("kind", EntryKind.BankDebit))
        .Any(e => e.File is not null);

    /// <summary>The file that a debit was laid on; null while it is on none.</summary>
    /// <param name="document">The statement's.</param>
    internal static long? FileOf(IRowReader rows, string document, long line) => rows
        .List<AccountEntryRow>(("document", document), ("document_line", line), ("kind", EntryKind.Attribution))
        .FirstOrDefault(e => e.File is not null)?.File;

    /// <summary>Why it can be no debit of the file: the bank never had it, another bank account pays it, or the debit
    /// is more than the bank may still take for it. Null where it can.</summary>
    private Finding? Unfit(DecisionContext context, StatementEntryRow entry, DisbursementFileRow file)
    {
        var left = FileBook.ReservedFen(file, PayerBank.TermsOf(context, terms, file.Profile).DebitsWholeFile);
        var isOfAccount = context.Rows.Find<WageAccountRow>(("account", entry.Account))!.BankAccount
            == context.Rows.Find<WageAccountRow>(("account", file.Account))!.BankAccount;
        return isOfAccount && file.FirstSentAt is not null && -entry.AmountFen <= left ? null
            : new Finding(ReturnsRules.AttributionUnfit, Place.Of("--file", $"{file.File}"), $"{file.File}",
                new Money(-entry.AmountFen).ToYuan(), new Money(isOfAccount ? left : 0).ToYuan());
    }

    private DisbursementFileRow Lay(DecisionContext context, Changes changes, BankStatementRow statement,
        StatementEntryRow entry, DisbursementFileRow file)
    {
        var (debit, log) = (new Money(-entry.AmountFen), new ExceptionLog(context, null, statement.Document));
        var from = AccountBook.Load(context, entry.Account);
        var to = file.Account == entry.Account ? from : AccountBook.Load(context, file.Account);
        var consumed = new Money(Math.Min(debit.Fen, file.ReservedFen));
        from.Attribute(debit, Money.Zero, null, statement.Document, entry.Line);
        to.Attribute(-debit, consumed, file.File, statement.Document, entry.Line);
        var release = context.Rows.Find<ReleaseRow>(("release", file.Release))
            ?? throw new DefectException($"file {file.File} has no release");
        var laid = FileWords.Accepted(file, log) with
        {
            Version = file.Version + 1,
            DebitedFen = file.DebitedFen + debit.Fen,
            ReservedFen = file.ReservedFen - consumed.Fen,
        };
        var wholeFile = PayerBank.TermsOf(context, terms, file.Profile).DebitsWholeFile;
        laid = FileBook.Adjust(laid, wholeFile, to, release.Earmark);
        changes.Update(laid);
        if (release.State == ReleaseState.Filed)
            changes.Update(release with
            {
                Version = release.Version + 1,
                State = ReleaseMachine.Table.Next(release.State, ReleaseTrigger.BeginSettling),
            });
        var debits = new JournalledDebits(context, changes, file.Profile, _ => laid);
        debits.Take(new StatementEntry(entry.Line, entry.BankReference, entry.BookedOn, -debit, "", "", file.Reference,
            "", entry.Kind));
        debits.Write(statement.StatementId, areBooked: true, wholeFile, statement.Document, log);
        // Where it was booked on the file's own account already the account has what it had, and less set aside.
        if (to != from && to.Impaired)
        {
            log.Add(ExceptionKinds.Impaired, 0, to.Available.Fen, 0, "available", account: file.Account);
            Impairment.Yield(context, changes, file.Account, to);
        }
        changes.Insert(from.Entries);
        if (to != from) changes.Insert(to.Entries);
        changes.Insert(log.Rows);
        return laid;
    }
}

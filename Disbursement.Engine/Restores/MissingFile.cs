using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Restores;

/// <summary>
/// The file of a journalled item that this database does not have, as the journal tells it, with a release of its own.
/// What was said before it could be made counts as if it had been there: lines that people called absent are not paid,
/// and it is Unknown only where the bank has not answered it.
/// </summary>
internal static class MissingFile
{
    /// <summary>
    /// The bank it went to, with the account of its project here: found by the project's code, for a restored database
    /// may number accounts anew. Null while the project is not known here, or is another bank's customer.
    /// </summary>
    public static PayerBank? BankOf(DecisionContext context, IBankTermsReader terms, JournalledSendRow send)
    {
        var line = context.Rows.Find<JournalledLineRow>(("send", send.Send), ("line", 1L))!;
        if (context.Rows.Find<ProjectRow>(("code", line.ProjectCode)) is not { } project
            || context.Rows.Find<WageAccountRow>(("project", project.Project)) is not { } account) return null;
        var bank = PayerBank.Of(context, terms, account.Account);
        return bank.Bank.Profile == send.Profile ? bank : null;
    }

    /// <summary>Release and file, neither written yet.</summary>
    /// <param name="book">The account's, which reserves what the file may still be debited; the caller writes
    /// it.</param>
    public static (ReleaseRow Release, DisbursementFileRow File) Of(
        DecisionContext context, JournalledSendRow send, PayerBank bank, AccountBook book)
    {
        var absent = context.Rows.List<JournalledLineLeftRow>(("send", send.Send), ("cause", JournalledCause.Absent))
            .Select(l => l.Line).ToHashSet();
        var fen = absent.Count == 0 ? 0 : context.Rows.List<JournalledLineRow>(("send", send.Send))
            .Where(l => absent.Contains(l.Line)).Sum(l => l.AmountFen);
        var state = Answered(context, send);
        var release = Release(context, send, bank, absent.Count, state);
        var file = File(context, send, release, bank) with
        {
            State = state,
            LinesOpen = send.Lines - absent.Count,
            OpenFen = send.TotalFen - fen,
            LinesRejected = absent.Count,
            RejectedFen = fen,
        };
        return (release, FileBook.Adjust(file, bank.Terms.DebitsWholeFile, book, earmark: null));
    }

    /// <summary>Refused where the bank's words are those of its refusal, which stand on no line of the message;
    /// Accepted by any other.</summary>
    private static FileState Answered(DecisionContext context, JournalledSendRow send)
    {
        var words = context.Rows.List<JournalledWordRow>(("send", send.Send))
            .Where(w => w.Source == OutcomeSource.Report && w.Trouble is null).ToList();
        return words.Count == 0 ? FileState.Unknown : FileMachine.Table.Next(FileState.Unknown,
            words.TrueForAll(w => w is { Kind: OutcomeKind.Rejected, DocumentLine: 0 })
                ? FileTrigger.Refuse : FileTrigger.Accept);
    }

    private static ReleaseRow Release(
        DecisionContext context, JournalledSendRow send, PayerBank bank, long absent, FileState file) => new()
        {
            Release = context.NextId("release"),
            Version = 1,
            Kind = send.Kind,
            Account = bank.Account.Account,
            State = file == FileState.Unknown ? ReleaseState.Filed
                : send.Lines == absent ? ReleaseState.Done : ReleaseState.Settling,
            DueDate = context.Today,
            SendBy = context.At,
            Lines = send.Lines,
            AmountFen = send.TotalFen,
            ReservedFen = 0,
            LinesOpen = send.Lines - absent,
        };

    private static DisbursementFileRow File(
        DecisionContext context, JournalledSendRow send, ReleaseRow release, PayerBank bank) => new()
        {
            File = send.File,
            Version = 1,
            Release = release.Release,
            Account = bank.Account.Account,
            Profile = send.Profile,
            ProfileVersion = bank.ProfileVersion,
            Reference = send.Reference,
            Name = bank.Terms.NamePattern.Replace("{reference}", send.Reference, StringComparison.Ordinal),
            State = FileState.Unknown,
            BuiltAt = context.At,
            Lines = send.Lines,
            TotalFen = send.TotalFen,
            FirstSentAt = context.At,
            LastSentAt = context.At,
            // The journal tells no moment: the bank's time to answer is counted from when we learned of it.
            AnswerBy = bank.AnswerBy(context.At),
            JournalDocument = context.Rows.Find<LedgerRestoreRow>(("restore", send.Restore))!.Journal,
            LinesOpen = send.Lines,
            LinesSettled = 0,
            LinesRejected = 0,
            LinesReturned = 0,
            OpenFen = send.TotalFen,
            SettledFen = 0,
            RejectedFen = 0,
            ReturnedFen = 0,
            DebitedFen = 0,
            RefundedFen = 0,
            ReservedFen = 0,
        };
}

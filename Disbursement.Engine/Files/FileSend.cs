using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Files;

/// <summary>
/// file.send: says, before anything leaves the house, that the file is about to go. The result's version is the
/// fencing token its outcome is told with.
/// </summary>
public sealed class FileSend(IBankTermsReader terms) : ICommandHandler
{
    /// <summary>After this long without an outcome nobody can say whether the file went.</summary>
    public static readonly Duration Lease = Duration.FromMinutes(10);

    /// <summary>Argument: the name of this sending, hex, by which the send journal has it too. A record of one without
    /// a name is never known here.</summary>
    public const string Sending = "sending";

    public string Verb => "file.send";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var found = FileOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var file = found.Value;
        // No repeat here: whoever asks twice must not send twice.
        var next = FileOf.Step(file, FileTrigger.Send);
        if (!next.Accepted) return Decision<Changes>.Refuse(next.Findings);
        if (context.Queries.OpenSends() is [var open, ..])
            return Decision<Changes>.Refuse(RestoreRules.ListOpen, FileOf.At(file), open.Reference);
        if ((RestoreLock.BankAhead(context) ?? RestoreLock.Stays(context, file)) is { } held)
            return Decision<Changes>.Refuse([held]);
        var book = AccountBook.Load(context, file.Account);
        if (Impairment.Of(context, book, file.Account) is { } lack)
            return Decision<Changes>.Refuse(FileRules.AccountImpaired, FileOf.At(file),
                lack.Account.ToString(CultureInfo.InvariantCulture), lack.Available.ToYuan());
        // L1: the bank said rejected, the claim was to be paid again, and now it says settled: this file is held.
        if (context.Queries.RowsPaidBefore(file.File) is [var row, ..])
            return Decision<Changes>.Refuse(FileRules.PaidBefore, FileOf.At(file), file.Reference,
                row.ToString(CultureInfo.InvariantCulture));
        var bank = PayerBank.Of(context, terms, file.Account);
        var first = file.FirstSentAt ?? context.At;
        var answerDay = bank.Window.AddBankDays(ChinaTime.DayOf(first), bank.Terms.AnswerByDays);
        if (!answerDay.Accepted) return Decision<Changes>.Refuse(answerDay.Findings);
        var sending = file with
        {
            Version = file.Version + 1,
            State = next.Value,
            FirstSentAt = first,
            LastSentAt = context.At,
            LeaseUntil = context.At + Lease,
            // To the end of that bank day.
            AnswerBy = ChinaTime.At(answerDay.Value.PlusDays(1), LocalTime.Midnight),
        };
        var changes = new Changes { Result = sending }.Update(sending);
        if (context.Command.Find(Sending) is { } name)
            changes.Insert(new FileSendingRow { Sending = $"{name}", File = file.File });
        return Decision<Changes>.Accept(changes);
    }
}

/// <summary>
/// file.expire-lease: a sending whose process died without a word is Unknown, and is left by evidence only.
/// </summary>
public sealed class FileExpireLease : ICommandHandler
{
    public string Verb => "file.expire-lease";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var found = FileOf.Command(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var file = found.Value;
        var next = FileOf.Step(file, FileTrigger.LoseAnswer);
        if (!next.Accepted) return Decision<Changes>.Refuse(next.Findings);
        if (file.LeaseUntil > context.At)
            return Decision<Changes>.Refuse(FileRules.LeaseRuns, FileOf.At(file), file.Reference, $"{file.LeaseUntil}");
        var unknown = file with { Version = file.Version + 1, State = next.Value, LeaseUntil = null };
        return Decision<Changes>.Accept(new Changes { Result = unknown }.Update(unknown));
    }
}

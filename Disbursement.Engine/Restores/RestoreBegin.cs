using System.Globalization;
using System.Text;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Restores;

/// <summary>
/// restore.begin: after a restore from an older backup, the journal's records that this ledger does not know are kept,
/// their wages are locked, file numbers go on beyond them, and references begin with a new epoch.
/// </summary>
/// <remarks>
/// Argument epoch, drawn by the Host. Inputs: the records; and the anchor that is ahead, which a supervisor signs for.
/// Nobody's word is needed to lock: it only takes power away.
/// </remarks>
public sealed class RestoreBegin(IBankTermsReader terms) : ICommandHandler
{
    public const string Journal = "send-journal";
    public const string Anchor = "lost-anchor";

    /// <summary>Characters of a reference before the file's number: epoch and ledger.</summary>
    private const int PrefixWidth = 8;

    public string Verb => "restore.begin";

    public object Prepare(Command command) => JournalText.Read(
        Encoding.UTF8.GetString(command.Inputs.First(i => i.Kind == Journal).Content.Span)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries));

    public Decision<Changes> Decide(DecisionContext context)
    {
        var reading = (JournalReading)context.Prepared!;
        if (reading.Torn + reading.Foreign > 0)
            return Decision<Changes>.Refuse([.. reading.TornLines.Concat(reading.ForeignLines).OrderBy(l => l.Line)
                .Select(l => RestoreRules.Unread("", l))]);
        var anchor = context.Input(Anchor) is null ? null : context.InputDigest(Anchor);
        if (anchor is not null && Guard.Actor(context, Roles.Supervisor) is { } unsigned)
            return Decision<Changes>.Refuse([unsigned]);
        var fresh = reading.Sends.Where(s => s.Ledger == context.Ledger
                && !JournalledFile.Knows(context.Rows, s))
            .DistinctBy(s => s.Sending).ToList();
        var recalls = reading.Recalls.Where(r => r.Ledger == context.Ledger && !RecallBook.Knows(context.Rows, r))
            .DistinctBy(r => (r.Reference, r.Digest)).ToList();
        var cards = reading.Cards.Where(c => c.Ledger == context.Ledger && !CardJournal.Knows(context.Rows, c))
            .DistinctBy(c => (c.Reference, c.Digest)).ToList();
        var restores = context.Rows.List<LedgerRestoreRow>();
        var passed = anchor is null || restores.Any(r => r.Anchor == anchor);
        if (fresh.Count + recalls.Count + cards.Count == 0 && passed)
            return Decision<Changes>.Accept(Changes.Repeated(0L));
        var epoch = context.Command.Text("epoch");
        if (epoch == context.Head.Epoch || restores.Any(r => r.Epoch == epoch))
            return Decision<Changes>.Refuse(RestoreRules.EpochTaken, Place.Of("epoch", epoch), epoch);
        var row = new LedgerRestoreRow
        {
            Restore = context.NextId("restore"),
            Epoch = epoch,
            Journal = context.InputDigest(Journal),
            Anchor = passed ? null : anchor,
            Person = passed ? null : context.Actor!.Person,
            Sends = fresh.Count,
        };
        var changes = new Changes { Result = (long)fresh.Count };
        changes.Insert(row).Insert(RecallBook.Listed(recalls, row.Restore));
        CardJournal.Doubt(context, changes, cards, row);
        // Batches of cards take their numbers from the files'.
        context.Beyond("file", cards.Max(c => NumberOf(c.Reference)) ?? 0);
        return Decision<Changes>.Accept(Listed(context, changes, row, fresh));
    }

    private Changes Listed(
        DecisionContext context, Changes changes, LedgerRestoreRow restore, List<JournalledSend> fresh)
    {
        var numbers = fresh.Select(s => NumberOf(s.Reference)).ToList();
        // No file of the new epoch takes a number that the journal shows: people look files up by it.
        context.Beyond("file", numbers.Max() ?? 0);
        var files = new Dictionary<(string, string, string), long>();
        var (doubted, lines, fen) = (new SortedSet<long>(), 0L, 0L);
        foreach (var (send, number) in fresh.Zip(numbers))
        {
            var bytes = (send.Profile, send.Reference, send.Digest);
            // One row for the same bytes sent again and again: they are one item of the list.
            if (!files.TryGetValue(bytes, out var file) && Listed(context, send) is { } listed) file = listed;
            else if (file == 0)
            {
                file = Own(context, send) is { } own && !files.ContainsValue(own) ? own
                    : number is { } free && Free(context, free) && !files.ContainsValue(free) ? free
                    : context.NextId("file");
                var row = Row(context, restore, send, file);
                changes.Insert(row).Insert(Lines(row.Send, send));
                (lines, fen) = (lines + send.Lines, fen + send.TotalFen);
            }
            files[bytes] = file;
            doubted.Add(file);
            changes.Insert(new FileSendingRow { Sending = send.Sending, File = file });
        }
        foreach (var id in doubted) Doubt(context, changes, id, restore);
        return changes.Count("sends", fresh.Count).Count("lines", lines).Count("fen", fen);
    }

    /// <summary>The file of an earlier listing of these bytes, unless it has ended here since.</summary>
    private static long? Listed(DecisionContext context, JournalledSend send) => context.Rows
        .List<JournalledSendRow>(("reference", send.Reference), ("digest", send.Digest))
        .Where(s => s.Profile == send.Profile
            && !(context.Rows.Find<DisbursementFileRow>(("file", s.File)) is { } file && HasEnded(file)))
        .Select(s => (long?)s.File).FirstOrDefault();

    /// <summary>The file here that went; one that ended here, or was listed under other bytes, is not what the bank may
    /// have.</summary>
    private static long? Own(DecisionContext context, JournalledSend send) =>
        JournalledFile.Of(context.Rows, context.Queries, send) is { } file && !HasEnded(file)
        && context.Rows.Count<JournalledSendRow>(("file", file.File)) == 0 ? file.File : null;

    private static bool HasEnded(DisbursementFileRow file) =>
        file.State is FileState.Withdrawn or FileState.Refused or FileState.Reconciled;

    /// <summary>The backup knew the file and not this sending, which may be one of several. The journal tells no
    /// moment: the bank's time to answer, and what makes its silence a proof, are counted from now.</summary>
    private void Doubt(DecisionContext context, Changes changes, long id, LedgerRestoreRow restore)
    {
        if (context.Rows.Find<DisbursementFileRow>(("file", id)) is not { } file
            || file.State is not (FileState.Built or FileState.Sealed or FileState.Unknown)) return;
        changes.Update(file with
        {
            Version = file.Version + 1,
            State = file.State == FileState.Unknown ? FileState.Unknown
                : FileMachine.Table.Next(file.State, FileTrigger.FindJournalled),
            FirstSentAt = file.FirstSentAt ?? context.At,
            LastSentAt = context.At,
            AnswerBy = PayerBank.Of(context, terms, file.Account).AnswerBy(context.At),
            JournalDocument = restore.Journal,
        });
    }

    private static bool Free(DecisionContext context, long file) => context.Rows
        .Find<DisbursementFileRow>(("file", file))
        is null && context.Rows.Find<CardBatchRow>(("batch", file)) is null
        && context.Rows.Count<JournalledSendRow>(("file", file)) == 0;

    private static long? NumberOf(string reference) => reference.Length > PrefixWidth
        && long.TryParse(reference.AsSpan(PrefixWidth), NumberStyles.None, CultureInfo.InvariantCulture,
            out var number) && number > 0 ? number : null;

    private static JournalledSendRow Row(
        DecisionContext context, LedgerRestoreRow restore, JournalledSend send, long file) => new()
        {
            Send = context.NextId("send"),
            Restore = restore.Restore,
            Account = send.Account,
            Profile = send.Profile,
            Kind = send.Kind,
            Reference = send.Reference,
            Digest = send.Digest,
            Lines = send.Lines,
            TotalFen = send.TotalFen,
            File = file,
        };

    private static List<JournalledLineRow> Lines(long send, JournalledSend journalled) =>
        [.. journalled.Claims.Select((claim, i) => new JournalledLineRow
        {
            Send = send,
            Line = i + 1,
            ProjectCode = claim.Project,
            EmployerCode = claim.Employer,
            Period = claim.Period,
            Component = claim.Component,
            Revision = claim.Revision,
            WorkerHash = claim.Worker,
            PayeeHash = Convert.FromHexString(claim.Payee),
            AmountFen = claim.Fen,
        })];

}

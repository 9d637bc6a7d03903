using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Restores;

/// <summary>
/// restore.resolve: two people with a document decide the lines of a journalled file that match no claim here: Held
/// (they no longer hold up other files; their wages stay locked) or Absent (never paid; their wages are free again).
/// </summary>
/// <remarks>Arguments send and outcome ("held", "absent"); input the evidence.</remarks>
public sealed class RestoreResolve(IBankTermsReader terms) : ICommandHandler
{
    public const string Evidence = "recovery-evidence";

    public string Verb => "restore.resolve";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var (id, text) = (context.Command.Text("send"), context.Command.Text("outcome"));
        if (context.Rows.Find<JournalledSendRow>(("send", context.Command.Number("send"))) is not { } send)
            return Decision<Changes>.Refuse([Guard.NotFound("send", id)]);
        if (context.Input(Evidence) is null)
            return Decision<Changes>.Refuse(FileRules.EvidenceMissing, Place.Of("send", id), send.Reference);
        if (CauseOf(text) is not { } cause)
            return Decision<Changes>.Refuse(FileRules.ResultUnknown, Place.Of("outcome", text), text);
        var lines = Waiting(context, send, cause);
        var evidence = context.InputDigest(Evidence);
        if (lines.Count == 0)
            return context.Rows.Count<JournalledLineLeftRow>(("send", send.Send), ("document", evidence),
                ("cause", cause)) + context.Rows.Count<JournalledWordRow>(("send", send.Send), ("document", evidence))
                > 0
                ? Decision<Changes>.Accept(Changes.Repeated(send))
                : Decision<Changes>.Refuse(RestoreRules.NothingWaits, Place.Of("send", id), id);
        return TwoPeople.Decide(context, $"send/{id}", $"{text} {evidence}{After(context, send, lines)}", changes =>
        {
            changes.Result = send;
            var fresh = lines.Where(l => l.Denied == 0).ToList();
            changes.Insert<JournalledLineLeftRow>([.. fresh.Select(l => new JournalledLineLeftRow
            {
                Send = send.Send,
                Line = l.Line,
                Cause = cause,
                Document = evidence,
            })]).Count("lines", lines.Count).Count("fen", lines.Sum(l => l.AmountFen));
            if (cause == JournalledCause.Absent && fresh.Count > 0) Counted(context, changes, send, fresh);
            if (cause == JournalledCause.Absent) Words(context, changes, send, lines, evidence);
            return Decision<Changes>.Accept(changes);
        });
    }

    /// <summary>
    /// Lines that wait for people. One that the bank calls paid and whose wage stands here by now gets its payment by
    /// the next restore.match: it is not freed any more, but decided by its row.
    /// </summary>
    private List<WaitingLine> Waiting(DecisionContext context, JournalledSendRow send, JournalledCause cause)
    {
        var lines = context.Queries.WaitingLines().Where(l => l.Send == send.Send && l.Placed == 0
            && (cause == JournalledCause.Absent || l.Held == 0)).OrderBy(l => l.Line).ToList();
        if (lines.Exists(l => l is { Denied: 1, Payable: true })
            && (context.Rows.Find<DisbursementFileRow>(("file", send.File)) is not null
                || MissingFile.BankOf(context, terms, send) is not null))
            lines.RemoveAll(l => l is { Denied: 1, Payable: true });
        return lines;
    }

    /// <summary>Who decides against the bank's word has seen it: what one person signed before a word came is not what
    /// another signs after it.</summary>
    private static string After(DecisionContext context, JournalledSendRow send, List<WaitingLine> lines) =>
        lines.TrueForAll(l => l.Denied == 0) ? ""
            : string.Create(CultureInfo.InvariantCulture, $" after {context.Rows.List<JournalledWordRow>(
                ("send", send.Send)).Count(w => w.Source != OutcomeSource.People)} words");

    /// <summary>
    /// Said of lines that the bank calls paid. With its word told to them as an exception, theirs stands; where it was
    /// kept for a line that they held, it is told now, and the wage stays locked.
    /// </summary>
    private static void Words(DecisionContext context, Changes changes, JournalledSendRow send, List<WaitingLine> lines,
        string evidence)
    {
        var words = context.Rows.List<JournalledWordRow>(("send", send.Send)).ToLookup(w => w.Line);
        foreach (var line in lines.Where(l => l.Denied == 1))
            changes.Insert(new JournalledWordRow
            {
                Send = send.Send,
                Line = line.Line,
                Seq = words[line.Line].Count() + 1,
                Kind = OutcomeKind.Rejected,
                Source = OutcomeSource.People,
                Reason = "evidence",
                BankReference = "",
                Document = evidence,
                DocumentLine = 0,
            });
        foreach (var line in lines.Where(l => l.Denied == 0))
            if (words[line.Line].FirstOrDefault(w => JournalledWords.Stands(w, words[line.Line])) is { } word)
            {
                var log = new ExceptionLog(context, null, word.Document);
                log.Add(ExceptionKinds.PaidAfterAbsence, word.DocumentLine, line.AmountFen, line.AmountFen,
                    $"row {line.Line}", send.File);
                changes.Insert(log.Rows);
            }
    }

    /// <summary>The file, where there is one, no longer waits for these lines.</summary>
    private void Counted(
        DecisionContext context, Changes changes, JournalledSendRow send, List<WaitingLine> lines)
    {
        if (context.Rows.Find<DisbursementFileRow>(("file", send.File)) is not { } file) return;
        var fen = lines.Sum(l => l.AmountFen);
        var book = AccountBook.Load(context, file.Account);
        var release = context.Rows.Find<ReleaseRow>(("release", file.Release))!;
        var counted = FileBook.Adjust(file with
        {
            Version = file.Version + 1,
            LinesOpen = file.LinesOpen - lines.Count,
            OpenFen = file.OpenFen - fen,
            LinesRejected = file.LinesRejected + lines.Count,
            RejectedFen = file.RejectedFen + fen,
        }, PayerBank.TermsOf(context, terms, file.Profile).DebitsWholeFile, book, release.Earmark);
        var after = release with { Version = release.Version + 1, LinesOpen = release.LinesOpen - lines.Count };
        // Their word on a line begins its settling, as any other word does.
        if (after.State == ReleaseState.Filed)
            after = after with { State = ReleaseMachine.Table.Next(after.State, ReleaseTrigger.BeginSettling) };
        if (after.State == ReleaseState.Settling && after.LinesOpen == 0)
            after = after with { State = ReleaseMachine.Table.Next(after.State, ReleaseTrigger.Finish) };
        changes.Update(counted).Update(after).Insert(book.Entries);
    }

    private static JournalledCause? CauseOf(string outcome) => outcome switch
    {
        "held" => JournalledCause.Held,
        "absent" => JournalledCause.Absent,
        _ => null,
    };
}

/// <summary>What deciders of other nouns ask: whether a wage has gone out in a file nobody here remembers.</summary>
public static class RestoreLock
{
    /// <summary>The reference of the journalled file that locks a claim, or null.</summary>
    public static string? Of(DecisionContext context, long claim) =>
        context.Queries.LockedClaims().FirstOrDefault(l => l.Claim == claim)?.Reference;

    /// <summary>The finding that refuses, or null.</summary>
    public static Finding? Refusal(DecisionContext context, long claim) => Of(context, claim) is { } reference
        ? new Finding(RestoreRules.ClaimLocked, Place.Of("claim", Text(claim)), Text(claim), reference) : null;

    /// <summary>Every claim that is locked.</summary>
    public static HashSet<long> All(ISetQueries queries) => [.. queries.LockedClaims().Select(l => l.Claim)];

    /// <summary>The epoch new references begin with: that of the newest recovery, else of the installation.</summary>
    public static string Epoch(DecisionContext context) =>
        context.Rows.List<LedgerRestoreRow>() is [.., var newest] ? newest.Epoch : context.Head.Epoch;

    /// <summary>
    /// Whether a reference is of this ledger's own numbering, in any of its epochs, and no file or batch of cards here
    /// ever had the number: whoever built it did so in a history this database does not have.
    /// </summary>
    public static bool BuiltElsewhere(DecisionContext context, string? reference) => reference is not null
        && context.Rows.List<LedgerRestoreRow>().Select(r => r.Epoch).Prepend(context.Head.Epoch)
            .Select(epoch => FileReference.NumberOf(reference, epoch, context.Ledger))
            .FirstOrDefault(n => n is not null) is { } number
        && context.Rows.Count<DisbursementFileRow>(("file", number)) == 0
        && context.Rows.Count<CardBatchRow>(("batch", number)) == 0
        && context.Rows.Count<JournalledSendRow>(("reference", reference)) == 0
        && context.Rows.Count<JournalledCardsRow>(("reference", reference)) == 0;

    /// <summary>
    /// What the bank said of a file never sent from here, until the journal names that file or two people dismiss it:
    /// the database may be of an older backup. Null where it said nothing of the kind.
    /// </summary>
    public static Finding? BankAhead(DecisionContext context)
    {
        return Ahead(context.Rows).FirstOrDefault() is { } holding
            ? new Finding(RestoreRules.BankAhead, Place.Of("exception", Text(holding.Exception)), holding.Detail,
                Text(holding.Exception))
            : null;
    }

    /// <summary>The exceptions that hold up every sending, by kind and number.</summary>
    public static IEnumerable<BankExceptionRow> Ahead(IRowReader rows) => s_ahead
        .SelectMany(kind => rows.List<BankExceptionRow>(("kind", kind))).Where(e => Holds(rows, e));

    private static readonly string[] s_ahead =
        [ExceptionKinds.FileAhead, ExceptionKinds.NeverSent, ExceptionKinds.NameTaken];

    /// <summary>Whether an exception holds up every sending.</summary>
    public static bool Holds(IRowReader rows, BankExceptionRow exception) =>
        s_ahead.Contains(exception.Kind)
        && rows.Count<JournalledSendRow>(("reference", exception.Detail)) == 0
        && rows.Count<JournalledCardsRow>(("reference", exception.Detail)) == 0
        && rows.Count<ProposalRow>(("verb", RestoreDismiss.Name),
            ("subject", RestoreDismiss.Subject(exception.Exception)), ("state", ProposalState.Decided)) == 0;

    /// <summary>
    /// What frees a row that people called absent, that has its payment here, and that stays locked by what the bank
    /// said since: the line as matched, for whoever decides the row. Null where the row is not such a one.
    /// </summary>
    public static JournalledLineLeftRow? Denied(DecisionContext context, DisbursementFileRow file, long row) =>
        context.Rows.List<JournalledSendRow>(("file", file.File)) is [var send, ..]
        && context.Queries.WaitingLines()
            .Any(l => l is { Denied: 1, Placed: 1 } && l.Send == send.Send && l.Line == row)
            ? new JournalledLineLeftRow { Send = send.Send, Line = row, Cause = JournalledCause.Matched } : null;

    /// <summary>Lines of a file of ours by reference that match nothing yet; messages about it wait for them.</summary>
    public static long Waiting(DecisionContext context, string? reference) => reference is null ? 0
        : Waiting(context, context.Rows.List<JournalledSendRow>(("reference", reference)));

    /// <summary>The same of a file: one of the same reference that never went waits for nothing.</summary>
    public static long Waiting(DecisionContext context, DisbursementFileRow file) =>
        Waiting(context, context.Rows.List<JournalledSendRow>(("file", file.File)));

    private static long Waiting(DecisionContext context, IReadOnlyList<JournalledSendRow> of)
    {
        var sends = of.Select(s => s.Send).ToHashSet();
        return sends.Count == 0 ? 0 : context.Queries.WaitingLines().Count(l => sends.Contains(l.Send) && l.Held == 0);
    }

    /// <summary>
    /// Why a file of ours goes no more (L1), or null: what went out under its reference is another file, or a wage of
    /// it went out in another.
    /// </summary>
    public static Finding? Stays(DecisionContext context, DisbursementFileRow file) => Another(context, file)
        ?? (context.Queries.LockedRows(file.File) is [var row, ..]
            ? new Finding(RestoreRules.RowLocked, FileOf.At(file), file.Reference, Text(row.Row), Text(row.Claim),
                row.Reference, Text(file.File))
        : null);

    /// <summary>The finding that refuses whatever takes the bank's words under a reference for words about a file whose
    /// reference the journal shows on another, or null.</summary>
    public static Finding? Another(DecisionContext context, DisbursementFileRow file) =>
        JournalledFile.IsAnother(context.Rows, file)
            ? new Finding(RestoreRules.OtherFile, FileOf.At(file), file.Reference, Text(file.File)) : null;

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

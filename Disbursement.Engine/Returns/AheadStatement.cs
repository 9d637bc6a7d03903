using Disbursement.Engine.Accounts;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>
/// A statement, or a report of entries, that names files this database does not know. Booked, the debit of such a file
/// would be a foreign one for ever and the file's money reserved for ever: it waits as a report does
/// (<see cref="AheadMessage"/>), whole, for half a statement would make wrong books.
/// </summary>
/// <remarks>A debit or a refund raises the alarm. The words of another credit are a payer's, who could hold up every
/// sending by them: it waits only where the file is ahead already. A statement that is booked waits for nothing.
/// </remarks>
internal sealed class AheadStatement
{
    private readonly List<(string Kind, long Line, long Fen, string Reference, long? File)> _fresh = [];
    private readonly List<BankExceptionRow> _told = [];
    private readonly HashSet<string> _foreign = new(StringComparer.Ordinal);

    /// <summary>Exceptions of before that it waits for.</summary>
    public IReadOnlyList<BankExceptionRow> Told => _told;

    /// <summary>References of which two people said that they are of none of our files: nothing is booked on one that
    /// went out under such a name since.</summary>
    public IReadOnlySet<string> Foreign => _foreign;

    /// <summary>A journalled file that it names and that cannot be made here yet, and its lines that wait; or null.
    /// </summary>
    public (string Reference, long Lines)? Unmade { get; private set; }

    /// <param name="met">Exceptions met in the same message or document before.</param>
    public static AheadStatement Of(DecisionContext context, string profile, MessageSegment segment,
        IReadOnlyList<BankExceptionRow> met)
    {
        var ahead = new AheadStatement();
        if (IsBooked(context, segment.Statement!)) return ahead;
        var held = RestoreLock.Ahead(context.Rows).Select(x => x.Detail).ToHashSet(StringComparer.Ordinal);
        foreach (var named in segment.Entries.Where(e => e.Amount != Money.Zero)
            .SelectMany(e => e.Reference.Split(StatementPosting.Separators, StringSplitOptions.RemoveEmptyEntries)
                .Distinct(StringComparer.Ordinal).Select(reference => (Reference: reference, Entry: e)))
            .GroupBy(n => n.Reference, n => n.Entry, StringComparer.Ordinal))
            ahead.Take(context, profile, named.Key, [.. named], met, held);
        return ahead;
    }

    /// <summary>Tells what is ahead and was not told before. False where nothing is.</summary>
    public bool Tell(ExceptionLog log)
    {
        foreach (var (kind, line, fen, reference, file) in _fresh) log.Add(kind, line, fen, 0, reference, file);
        return _fresh.Count > 0;
    }

    private void Take(DecisionContext context, string profile, string reference, List<StatementEntry> entries,
        IReadOnlyList<BankExceptionRow> met, HashSet<string> held)
    {
        var file = JournalledFile.Named(context.Rows, profile, reference);
        var kind = AheadMessage.KindOf(context, reference, file);
        if (met.FirstOrDefault(x => x.Detail == reference
            && x.Kind is ExceptionKinds.FileAhead or ExceptionKinds.NeverSent) is { } before)
        {
            if (RestoreLock.Holds(context.Rows, before)) _told.Add(before);
            else if (context.Rows.Count<JournalledSendRow>(("reference", reference)) == 0) _foreign.Add(reference);
        }
        else if (kind is ExceptionKinds.FileAhead or ExceptionKinds.NeverSent && (held.Contains(reference)
            || entries.Exists(e => e.Amount < Money.Zero || e.Kind == StatementPosting.Refund)))
            _fresh.Add((kind, entries[0].Line, entries.Sum(e => Math.Abs(e.Amount.Fen)), reference, file?.File));
        if (file is null && Unmade is null && Waiting(context, profile, reference) is > 0 and var lines)
            Unmade = (reference, lines);
    }

    /// <summary>Lines of a journalled file that can still match, held ones too: only then it is made.</summary>
    private static long Waiting(DecisionContext context, string profile, string reference)
    {
        var sends = context.Rows.List<JournalledSendRow>(("reference", reference)).Where(s => s.Profile == profile)
            .Select(s => s.Send).ToHashSet();
        return sends.Count == 0 ? 0
            : context.Queries.WaitingLines().Count(l => sends.Contains(l.Send) && l.Denied == 0);
    }

    private static bool IsBooked(DecisionContext context, StatementHead head) => head.IsBookable
        && context.Rows.Find<BankAccountRow>(("number_hash", context.Vault.AccountHash(head.Account))) is { } bank
        && context.Rows.Count<BankStatementRow>(("bank_account", bank.BankAccount),
            ("statement_id", head.StatementId)) > 0;
}

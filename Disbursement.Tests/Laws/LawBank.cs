using System.Globalization;
using Disbursement.Tests.Returns;
using NodaTime;

namespace Disbursement.Tests.Laws;

/// <summary>One row of a file as the bank holds it.</summary>
internal sealed record BankRow(long Row, string Account, long Fen)
{
    /// <summary>Not as it came in the file.</summary>
    public bool IsMisstated { get; init; }
}

/// <summary>A message the bank wrote; it may be handed over late, twice, or out of turn.</summary>
/// <param name="Reference">The file that it is about, or nothing.</param>
internal sealed record BankWord(int Bank, string Name, string Text, string Reference = "")
{
    /// <summary>Rows of which it names another amount or another card than we paid.</summary>
    public IReadOnlyList<long> Misstated { get; init; } = [];
}

/// <summary>
/// One bank account at a bank that knows nothing of the engine: files it got, money it moved, words it wrote. What it
/// does with a row is drawn from the step's number, so a history says it all.
/// </summary>
internal sealed class LawBank(int number)
{
    private readonly List<(long Fen, string Kind, string Reference, string Purpose)> _entries = [];
    private readonly List<(string Reference, BankRow Row)> _returning = [];
    private readonly List<(string Reference, BankRow Row)> _rejected = [];
    private readonly Dictionary<string, int> _said = [];
    private long _told;
    private int _statements;

    /// <summary>Files that arrived and were not worked on.</summary>
    public Dictionary<string, IReadOnlyList<BankRow>> Waiting { get; } = [];

    /// <summary>References of every file that ever arrived.</summary>
    public HashSet<string> Got { get; } = [];

    public long Balance => _told + _entries.Sum(e => e.Fen);

    /// <summary>Files that will arrive.</summary>
    public List<(Instant At, string Reference, IReadOnlyList<BankRow> Rows)> OnTheWay { get; } = [];

    /// <summary>Whether a quiet period proves that a file is absent.</summary>
    public bool IsQuiet => number == 1;

    /// <summary>False where it has the file already.</summary>
    public bool Arrives(string reference, IReadOnlyList<BankRow> rows)
    {
        if (!Got.Add(reference)) return false;
        Waiting[reference] = rows;
        return true;
    }

    public void Books(long fen, string kind, string purpose) => _entries.Add((fen, kind, "", purpose));

    /// <summary>Works on what arrived: debits, pays or rejects each row, and says so, some rows a message.</summary>
    public List<BankWord> Works(int fate, int rowsPerMessage, bool kind = false)
    {
        var words = new List<BankWord>();
        foreach (var (reference, rows) in Waiting)
        {
            var told = new List<(BankRow Row, string Status)>();
            var paid = 0L;
            foreach (var row in rows)
            {
                var drawn = kind ? 0 : (int)((fate * 31L + row.Row * 7 + reference[^1]) % 16);
                var settled = drawn is not (10 or 11);
                if (settled) paid += row.Fen;
                else _rejected.Add((reference, row));
                if (drawn == 14) continue; // Never a word, though it was paid.
                if (drawn is 13) told.Add((row, Rejected));
                told.Add((drawn switch
                {
                    // Written down wrongly, and never again.
                    6 => row with { Fen = row.Fen + 1, IsMisstated = true },
                    7 => row with { Account = LawBase.Card(99), IsMisstated = true },
                    _ => row,
                }, settled ? Settled : Rejected));
                if (drawn is 15) told.Add((row, Rejected));
                if (drawn is 8 or 9 or 12) _returning.Add((reference, row));
            }
            var total = rows.Sum(r => r.Fen);
            if (number == 0)
            {
                _entries.Add((-total, "WAGE", reference, "代发工资"));
                if (total > paid) _entries.Add((total - paid, "REFUND", reference, "退回"));
            }
            else if (paid > 0) _entries.Add((-paid, "WAGE", reference, "代发工资"));
            foreach (var part in told.Chunk(rowsPerMessage)) words.Add(Says(reference, "result", part));
        }
        Waiting.Clear();
        return words;
    }

    /// <summary>A row it rejected was paid after all, and is debited; null where it rejected none.</summary>
    public BankWord? Reverses(int which)
    {
        if (_rejected.Count == 0) return null;
        var (reference, row) = _rejected[which % _rejected.Count];
        _rejected.RemoveAt(which % _rejected.Count);
        _entries.Add((-row.Fen, "WAGE", reference, "代发工资"));
        return Says(reference, "result", [(row, Settled)]);
    }

    /// <summary>Payments that come back days later (退票), with their money.</summary>
    public List<BankWord> Returns()
    {
        var words = new List<BankWord>();
        foreach (var (reference, row) in _returning)
        {
            words.Add(Says(reference, "returns", [(row, Returned)]));
            _entries.Add((row.Fen, "REFUND", reference, "退票"));
        }
        _returning.Clear();
        return words;
    }

    /// <summary>The statement of what was booked since the last one; null where nothing was.</summary>
    public BankWord? Closes(string day)
    {
        if (_entries.Count == 0) return null;
        var id = $"S{++_statements}";
        var text = MoneyRig.StatementText(LawBase.BankAccounts[number], id, day, _told, _entries);
        _told += _entries.Sum(e => e.Fen);
        _entries.Clear();
        return new BankWord(number, $"statement-{LawBase.BankAccounts[number][^4..]}-{id}.csv", text);
    }

    public const string Settled = "处理成功";
    public const string Rejected = "处理失败/账户已销户";
    public const string Returned = "已退汇/退票";

    private BankWord Says(string reference, string what, IReadOnlyCollection<(BankRow Row, string Status)> rows)
    {
        _said[reference] = _said.GetValueOrDefault(reference) + 1;
        var name = string.Create(CultureInfo.InvariantCulture, $"{reference}-{what}-{_said[reference]}.txt");
        return new BankWord(number, name,
            MoneyRig.ReportText(rows.Select(r => (r.Row.Row, r.Row.Account, r.Row.Fen, r.Status))), reference)
        {
            Misstated = [.. rows.Where(r => r.Row.IsMisstated).Select(r => r.Row.Row)],
        };
    }
}

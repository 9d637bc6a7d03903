using System.Globalization;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>The bank's own count and sum of the entries (TxsSummry), beside ours. The schema leaves open whether
/// announced entries count: either reading may be meant, and one of them must agree.</summary>
internal sealed class StatedTotals
{
    private readonly List<(string Field, Side Side, string Stated, Int128 Value)> _stated = [];
    private readonly Dictionary<Side, Figures> _found = [];
    private bool _unreadable;

    private enum Side { All, Credit, Debit }

    private record struct Figures(long Entries, Int128 Fen, long BookedEntries, Int128 BookedFen);

    /// <summary>Reads TxsSummry, stood on, to its end.</summary>
    public void Read(IsoXml xml)
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            var name = xml.Name;
            if (name is not ("TtlNtries" or "TtlCdtNtries" or "TtlDbtNtries")) continue;
            var side = name == "TtlNtries" ? Side.All : name == "TtlCdtNtries" ? Side.Credit : Side.Debit;
            var below = xml.Depth;
            while (xml.Child(below))
            {
                if (xml.Name == "Sum" && xml.Amount(isSum: true) is { } sum)
                    _stated.Add(($"{name}/Sum", side, sum.ToYuan(), sum.Fen));
                else if (xml.Name == "NbOfNtries") ReadCount(xml, name, side);
            }
        }
    }

    private void ReadCount(IsoXml xml, string name, Side side)
    {
        var text = xml.Value();
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count))
            _stated.Add(($"{name}/NbOfNtries", side, text.ToString(), count));
        else xml.Refuse($"{name}/NbOfNtries", text.ToString(), "not a count");
    }

    /// <summary>Whether the message lists any entry of which totals are stated.</summary>
    public bool HasEntries => _unreadable || _found.Count > 0;

    /// <summary>Counts an entry that was read, booked or announced.</summary>
    public void Count(AccountEntry entry)
    {
        if (_stated.Count == 0) return;
        if (entry.Amount is not { } amount)
        {
            _unreadable = true;
            return;
        }
        var fen = Int128.Abs(amount.Fen);
        Span<Side> sides = [Side.All, entry.Credit ? Side.Credit : Side.Debit];
        foreach (var side in sides)
        {
            var was = _found.GetValueOrDefault(side);
            _found[side] = entry.Booked
                ? new(was.Entries + 1, was.Fen + fen, was.BookedEntries + 1, was.BookedFen + fen)
                : was with { Entries = was.Entries + 1, Fen = was.Fen + fen };
        }
    }

    /// <summary>What was stated and is not so, with what was found.</summary>
    public IEnumerable<(string Field, string Stated, string Found)> Wrong()
    {
        if (_unreadable) yield break;
        foreach (var (field, side, stated, value) in _stated)
        {
            var found = _found.GetValueOrDefault(side);
            var isSum = field.EndsWith("Sum", StringComparison.Ordinal);
            var (all, booked) = isSum ? (found.Fen, found.BookedFen) : (found.Entries, found.BookedEntries);
            if (value == all || value == booked) continue;
            yield return (field, stated, isSum ? Yuan(booked) : $"{booked}");
        }
    }

    /// <summary>Fen in yuan, also beyond what an amount can hold.</summary>
    public static string Yuan(Int128 fen) => fen >= long.MinValue && fen <= long.MaxValue
        ? new Money((long)fen).ToYuan() : $"{fen} fen";
}

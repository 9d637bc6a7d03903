using System.Globalization;

namespace Disbursement.Engine.Recalls;

/// <summary>Which rows of a file a recall is about: all of them, or some by number.</summary>
/// <param name="Numbers">Rising, each once; null for the whole file.</param>
public sealed record RecalledRows(IReadOnlyList<long>? Numbers)
{
    /// <summary>How the whole file is written.</summary>
    public const string Whole = "*";

    public static readonly RecalledRows All = new((IReadOnlyList<long>?)null);

    public bool IsWhole => Numbers is null;

    /// <summary>Reads "*" or numbers with commas between, in any order; false where a piece is no row number, which is
    /// then told.</summary>
    public static bool TryParse(string text, out RecalledRows rows, out string wrong)
    {
        (rows, wrong) = (All, "");
        if (text == Whole) return true;
        var numbers = new SortedSet<long>();
        foreach (var piece in text.Split(','))
        {
            if (!long.TryParse(piece, NumberStyles.None, CultureInfo.InvariantCulture, out var row) || row < 1)
            {
                wrong = piece;
                return false;
            }
            numbers.Add(row);
        }
        rows = new([.. numbers]);
        return true;
    }

    /// <summary>Rows as a table holds them.</summary>
    public static RecalledRows Of(string stored) => TryParse(stored, out var rows, out var wrong) ? rows
        : throw new Primitives.DefectException($"a recall of row {wrong}");

    public bool Has(long row) => Numbers is null ? row >= 1 : Numbers.Contains(row);

    public bool Overlaps(RecalledRows other) =>
        Numbers is null || other.Numbers is null || Numbers.Any(other.Numbers.Contains);

    public override string ToString() => Numbers is null ? Whole
        : string.Join(',', Numbers.Select(n => n.ToString(CultureInfo.InvariantCulture)));
}

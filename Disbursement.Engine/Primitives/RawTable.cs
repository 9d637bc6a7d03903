namespace Disbursement.Engine.Primitives;

/// <summary>A sheet as handed in: column headings and rows of
/// text, before any meaning. Rows may be read once only.</summary>
/// <param name="File">The file as the user named it; findings name it so.</param>
/// <param name="Columns">Headings as written, trimmed.</param>
/// <param name="Rows">Rows with their line in the file; empty rows are left out.</param>
public sealed record RawTable(string File, IReadOnlyList<string> Columns, IEnumerable<RawRow> Rows)
{
    /// <summary>Index of the first heading that equals one of the names, or -1.</summary>
    public int Column(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            for (var i = 0; i < Columns.Count; i++)
                if (string.Equals(Columns[i], name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}

/// <summary>One row: its number in the file (1 is the first
/// line) and its cells, as many as there are headings.</summary>
public readonly record struct RawRow(long Number, string[] Cells)
{
    /// <summary>The trimmed cell, or an empty text for a column that is not there.</summary>
    public string this[int column] => column < 0 || column >= Cells.Length ? "" : Cells[column].Trim();
}

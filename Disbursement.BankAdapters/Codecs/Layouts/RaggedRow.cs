using Disbursement.BankAdapters.Profiles;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>Lays the cells of a ragged row on its fields: a spreadsheet's merged cells leave empty ones behind, and
/// what a row has nothing for is not there at all.</summary>
internal static class RaggedRow
{
    /// <summary>Cells with something in them, in order. An optional field is left out where its cell has the form
    /// of the next field, or where no cell is left over for it. False where they do not come out even.</summary>
    public static bool Place(in Record record, Cells cells, RowColumns columns)
    {
        var fields = columns.Record.Fields;
        Span<int> filled = stackalloc int[Cells.Most + 1];
        var count = 0;
        for (var i = 0; i < cells.Count; i++)
            if (!cells.Of(record.Bytes, i).IsEmpty) filled[count++] = i;
        var (next, owed) = (0, fields.Count(field => !field.Optional));
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            var isThere = next < count;
            if (field.Optional && (!isThere || count - next <= owed
                || (i + 1 < fields.Count && Has(cells.Of(record.Bytes, filled[next]), fields[i + 1]))))
            {
                columns.Place(field, -1);
                continue;
            }
            if (!isThere) return false;
            columns.Place(field, filled[next++]);
            if (!field.Optional) owed--;
        }
        return next == count;
    }

    /// <summary>Whether the cell has the form of a field that has one of its own.</summary>
    private static bool Has(ReadOnlySpan<byte> cell, LayoutField field) =>
        field.Value is FieldValue.ValueDate && CellText.Day(cell, field.Format, out _);
}

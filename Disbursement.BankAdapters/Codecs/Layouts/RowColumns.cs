using Disbursement.BankAdapters.Profiles;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>Which cell of a row holds which value.</summary>
internal sealed class RowColumns
{
    private static readonly int Values = Enum.GetValues<FieldValue>().Length;

    private readonly int[] _cells = [.. Enumerable.Repeat(-1, Values)];
    private readonly LayoutField?[] _fields = new LayoutField?[Values];

    private RowColumns(LayoutRecord record, int count) => (Record, Count) = (record, count);

    public LayoutRecord Record { get; }

    /// <summary>How many cells a row has.</summary>
    public int Count { get; }

    /// <summary>The cell of that value, or −1.</summary>
    public int this[FieldValue value] => _cells[(int)value];

    /// <summary>The field of that value, or null.</summary>
    public LayoutField? Field(FieldValue value) => _fields[(int)value];

    /// <summary>Fields in the order of the record; constants take no cell.</summary>
    public static RowColumns Of(LayoutRecord record)
    {
        var inFile = record.Fields.Where(field => !IsConstant(field)).ToList();
        var columns = new RowColumns(record, inFile.Count);
        for (var i = 0; i < inFile.Count; i++) columns.Put(inFile[i], i);
        foreach (var field in record.Fields.Where(IsConstant)) columns.Put(field, -1);
        return columns;
    }

    /// <summary>Fields under the names of a columns line, or null where one that must be there is not.</summary>
    public static RowColumns? Named(LayoutRecord record, IReadOnlyList<string> names)
    {
        var columns = new RowColumns(record, names.Count);
        foreach (var field in record.Fields)
        {
            var at = IsConstant(field) ? -1 : IndexOf(names, field.Name);
            if (at < 0 && !IsConstant(field) && !field.Optional) return null;
            columns.Put(field, at);
        }
        return columns;
    }

    /// <summary>Fields with the cell each stands in; constants take none.</summary>
    public static RowColumns At(IReadOnlyList<LayoutField> fields, Func<LayoutField, int> cellOf, int count)
    {
        var columns = new RowColumns(new(RecordKind.Row, fields), count);
        foreach (var field in fields) columns.Put(field, IsConstant(field) ? -1 : cellOf(field));
        return columns;
    }

    /// <summary>Sets the cell of a value of a ragged row.</summary>
    public void Place(LayoutField field, int cell) => _cells[(int)field.Value] = cell;

    private void Put(LayoutField field, int cell)
    {
        _cells[(int)field.Value] = cell;
        _fields[(int)field.Value] = field;
    }

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i] == name) return i;
        return -1;
    }

    /// <summary>Coming in, a value with a text of its own is not in the file: every row has it.</summary>
    public static bool IsConstant(LayoutField field) => field.Value is not FieldValue.Text && field.Text.Length > 0;
}

using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Intake;

/// <summary>The heading row of a file, held against the shape its sheet should have.</summary>
internal sealed class SheetHeadings
{
    public SheetHeadings(SheetSource source, long line, IEnumerable<string> headings, SheetShape shape)
    {
        File = source.Name;
        // A byte order mark in GB18030 comes through as a character of the first heading.
        Columns = [.. headings.Select(h => h.Trim('\uFEFF').Trim())];
        Findings = [.. Check(line, shape)];
        Identifiers = [.. shape.Columns.Where(c => c.Identifier).Select(Find).Where(i => i >= 0)];
    }

    public string File { get; }
    public string[] Columns { get; }
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Positions of the account, card, identity and phone columns.</summary>
    public IReadOnlyList<int> Identifiers { get; }

    public Finding NumberCell(long line, int column, string value) =>
        new(IntakeRules.NumberCell, new Place(File, line, Columns[column], value), Columns[column]);

    public Finding TooManyRows(long line) =>
        new(IntakeRules.TooManyRows, new Place(File, line, "", ""), $"{SheetReader.MostRows}");

    private int Find(SheetColumn column) => new RawTable(File, Columns, []).Column(column.Headings);

    private IEnumerable<Finding> Check(long line, SheetShape shape)
    {
        if (shape.Columns.All(c => Find(c) < 0))
        {
            var wanted = string.Join("、", shape.Columns.Where(c => c.Required).Select(c => c.Headings[0]));
            yield return new(IntakeRules.NoHeading, new Place(File, line, "", string.Join(",", Columns)), wanted);
            yield break;
        }
        foreach (var twice in Columns.Where(c => c.Length > 0).GroupBy(c => c).Where(g => g.Count() > 1))
            yield return new(IntakeRules.DuplicateColumn, new Place(File, line, twice.Key, twice.Key), twice.Key);
        foreach (var column in shape.Columns.Where(c => c.Required && Find(c) < 0))
            yield return new(IntakeRules.MissingColumn, new Place(File, line, column.Headings[0], ""),
                column.Headings[0], string.Join("、", column.Headings));
    }
}

using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Papers;

/// <summary>How a cell is set: words to the left, whole numbers and yuan to the right.</summary>
public enum CellForm { Text, Whole, Yuan }

/// <summary>A column of a table.</summary>
/// <param name="Heading">As the law or the form in use words it.</param>
/// <param name="Width">In half-width characters; a Chinese character takes two.</param>
/// <param name="Group">The heading that stands over this one and its neighbours of the same group; empty: none.</param>
public sealed record PaperColumn(string Heading, int Width, CellForm Form = CellForm.Text, string Group = "");

/// <summary>Rows of cells as texts, as they are printed: yuan with two decimals, days in ISO 8601.</summary>
/// <param name="Total">The row of sums, or null.</param>
/// <param name="Name">What a second table of a sheet is headed; in a workbook it is a sheet of that name.</param>
public sealed record PaperTable(IReadOnlyList<PaperColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows,
    IReadOnlyList<string>? Total = null, string Name = "")
{
    /// <summary>Headings stand in two rows where some have a group over them.</summary>
    public bool IsGrouped => Columns.Any(c => c.Group.Length > 0);
}

/// <summary>A fact above a table: what it is, and how it stands.</summary>
public readonly record struct PaperFact(string Label, string Value);

/// <summary>One sheet: a title, facts, tables, words below them, and who signs.</summary>
public sealed record PaperSheet
{
    /// <summary>Names the sheet of a workbook: at most 31 characters, none of \ / ? * [ ] :</summary>
    public required string Name { get; init; }
    public required string Title { get; init; }

    /// <summary>The provision the sheet is made by; empty: none.</summary>
    public string Basis { get; init; } = "";
    public required IReadOnlyList<PaperFact> Facts { get; init; }
    public required IReadOnlyList<PaperTable> Tables { get; init; }
    public IReadOnlyList<string> Notes { get; init; } = [];
    public IReadOnlyList<string> Signers { get; init; } = [];

    /// <summary>Across the page.</summary>
    public bool Wide { get; init; }
}

/// <summary>What stands on every page of a paper.</summary>
/// <param name="Subject">The project and the months, or the case.</param>
/// <param name="Made">The day and the place in the log that the paper was made at.</param>
/// <param name="Sample">Of a rehearsal ledger: nothing on it was ever owed to anybody.</param>
/// <param name="Day">The day it was made.</param>
public sealed record PaperMark(string Subject, string Made, bool Sample, LocalDate Day)
{
    /// <summary>Printed across every page of a sample.</summary>
    public const string SampleWords = "样例 演练账本";
}

/// <summary>A paper to hand over: its file's name without an ending, and its sheets in order.</summary>
public sealed record Paper(string Name, PaperMark Mark, IReadOnlyList<PaperSheet> Sheets);

/// <summary>Gives the Chinese word for a state, kind or reason.</summary>
public delegate string TermOf(Enum value);

/// <summary>Texts of cells.</summary>
public static class CellText
{
    public static string Yuan(long fen) => new Money(fen).ToYuan();

    /// <summary>2026-01-31; nothing where there is no day.</summary>
    public static string Day(LocalDate? day) => day is { } there ? PeriodDay(there) : "";

    /// <summary>"2026-01-01 至 2026-01-31", of a stored period.</summary>
    public static string Period(string stored) => stored.Replace("/", " 至 ", StringComparison.Ordinal);

    /// <summary>"21.5 天 172 小时 30 分", of hundredths of days and minutes; what is nothing is left out.</summary>
    public static string Worked(long centiDays, long minutes)
    {
        var parts = new List<string>(3);
        if (centiDays > 0) parts.Add($"{Hundredths(centiDays)} 天");
        if (minutes >= 60) parts.Add($"{minutes / 60} 小时");
        if (minutes % 60 > 0) parts.Add($"{minutes % 60} 分");
        return string.Join(' ', parts);
    }

    private static string Hundredths(long value) => (value % 100) switch
    {
        0 => $"{value / 100}",
        var rest when rest % 10 == 0 => $"{value / 100}.{rest / 10}",
        var rest => $"{value / 100}.{rest:00}",
    };

    private static string PeriodDay(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}

using Disbursement.Engine.Arrears;
using NodaTime;

namespace Disbursement.Engine.Papers;

/// <summary>Wages of one contractor in one county of which the period ended in the quarter.</summary>
public sealed record BulletinWages
{
    /// <summary>The projects' county, six digits.</summary>
    public required string Region { get; init; }
    public required string Contractor { get; init; }
    public required string ContractorCode { get; init; }
    public required long Projects { get; init; }
    public required long Lines { get; init; }
    public required long OwedFen { get; init; }
    public required long PaidFen { get; init; }
    public required long InFlightFen { get; init; }
    public required long UnpaidFen { get; init; }
}

/// <summary>Obligations of one contractor in one county that fell due in the quarter.</summary>
public sealed record BulletinArrears
{
    public required string Region { get; init; }
    public required string Contractor { get; init; }
    public required string ContractorCode { get; init; }
    public required long Cases { get; init; }
    public required long CasesOpen { get; init; }
    public required long OpenFen { get; init; }
}

/// <summary>Warnings raised in the quarter, by tier and level.</summary>
public sealed record BulletinWarnings
{
    public required WarningTier Tier { get; init; }
    public required WarningLevel Level { get; init; }
    public required long Raised { get; init; }

    /// <summary>Of them closed with a reply, or cleared since the condition ended.</summary>
    public required long Ended { get; init; }
}

/// <summary>A quarter of a year.</summary>
public readonly record struct Quarter(int Year, int Number)
{
    public YearMonth From => new(Year, Number * 3 - 2);
    public YearMonth To => new(Year, Number * 3);
    public string Words => $"{Year} 年第 {Number} 季度";

    /// <summary>Reads "2026Q1".</summary>
    public static bool TryParse(string text, out Quarter quarter)
    {
        quarter = default;
        if (text.Length != 6 || text[4] is not ('Q' or 'q') || text[5] is < '1' or > '4') return false;
        if (!int.TryParse(text.AsSpan(0, 4), System.Globalization.NumberStyles.None, null, out var year)) return false;
        if (year < 2000) return false;
        quarter = new Quarter(year, text[5] - '0');
        return true;
    }
}

/// <summary>
/// 季度通报: the quarter's wages and arrears by county and by company, and its warnings by tier (the province's plan of
/// 2016: each quarter its counties and companies are told how they stand).
/// </summary>
public static class Bulletin
{
    private static readonly PaperColumn[] s_figures =
    [
        new("项目", 6, CellForm.Whole), new("笔数", 8, CellForm.Whole), new("应付", 15, CellForm.Yuan),
        new("已付", 15, CellForm.Yuan), new("在途", 13, CellForm.Yuan), new("未付", 13, CellForm.Yuan),
        new("欠薪案件", 9, CellForm.Whole), new("未了", 6, CellForm.Whole), new("未了数额", 13, CellForm.Yuan),
    ];

    private static readonly PaperColumn[] s_warnings =
    [
        new("层级", 14), new("级别", 14), new("发现", 12, CellForm.Whole), new("已了结", 12, CellForm.Whole),
        new("未了结", 12, CellForm.Whole),
    ];

    /// <param name="place">The ledger's 市(州).</param>
    public static Paper Of(string place, Quarter quarter, PaperMark mark, IReadOnlyList<BulletinWages> wages,
        IReadOnlyList<BulletinArrears> arrears, IReadOnlyList<BulletinWarnings> warnings, TermOf term) =>
        new($"季度通报-{quarter.Year}Q{quarter.Number}", mark,
        [
            new PaperSheet
            {
                Name = "按地区",
                Title = $"{place}农民工工资支付情况季度通报",
                Facts = [new("季度", quarter.Words), new("制表日期", CellText.Day(mark.Day))],
                Tables =
                [
                    Figures("", "地区", wages.ToLookup(w => w.Region), arrears.ToLookup(a => a.Region)),
                    Figures("按企业", "施工总承包单位", wages.ToLookup(w => $"{w.Contractor} ({w.ContractorCode})"),
                        arrears.ToLookup(a => $"{a.Contractor} ({a.ContractorCode})")),
                    Warnings(warnings, term),
                ],
                Notes =
                [
                    "金额单位：元。工资按支付周期的最后一天、欠薪案件按应付日、预警按发现时间计入季度；现状以制表时为准。",
                    "地区是项目所在县 (市、区) 的行政区划代码。",
                ],
                Wide = true,
            },
        ]);

    private static PaperTable Figures(string name, string by, ILookup<string, BulletinWages> wages,
        ILookup<string, BulletinArrears> arrears)
    {
        var keys = wages.Select(w => w.Key).Union(arrears.Select(a => a.Key)).Order(StringComparer.Ordinal);
        return new PaperTable([new(by, 34), .. s_figures],
            [.. keys.Select(k => Row(k, [.. wages[k]], [.. arrears[k]]))],
            Row("合计", [.. wages.SelectMany(w => w)], [.. arrears.SelectMany(a => a)]), name);
    }

    private static string[] Row(string name, BulletinWages[] wages, BulletinArrears[] arrears) =>
    [
        name, $"{wages.Sum(w => w.Projects)}", $"{wages.Sum(w => w.Lines)}", CellText.Yuan(wages.Sum(w => w.OwedFen)),
        CellText.Yuan(wages.Sum(w => w.PaidFen)), CellText.Yuan(wages.Sum(w => w.InFlightFen)),
        CellText.Yuan(wages.Sum(w => w.UnpaidFen)), $"{arrears.Sum(a => a.Cases)}", $"{arrears.Sum(a => a.CasesOpen)}",
        CellText.Yuan(arrears.Sum(a => a.OpenFen)),
    ];

    private static PaperTable Warnings(IReadOnlyList<BulletinWarnings> warnings, TermOf term) => new(s_warnings,
        [.. warnings.OrderBy(w => w.Tier).ThenBy(w => w.Level).Select(w => (string[])
            [term(w.Tier), term(w.Level), $"{w.Raised}", $"{w.Ended}", $"{w.Raised - w.Ended}"])],
        [
            "合计", "", $"{warnings.Sum(w => w.Raised)}", $"{warnings.Sum(w => w.Ended)}",
            $"{warnings.Sum(w => w.Raised - w.Ended)}",
        ], "预警按层级");
}

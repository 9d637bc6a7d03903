using System.Globalization;
using Dapper;
using Disbursement.Engine.Papers;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Security;
using Microsoft.Data.Sqlite;
using MiniExcelLibs;
using Xunit;

namespace Disbursement.Tests.Papers;

/// <summary>
/// The papers that the demo leaves: their totals are the ledger's sums, a workbook holds what the pages hold, and what
/// is copied from a page is what was written.
/// </summary>
public sealed class DemoPaperTests
{
    private static readonly string[] s_projects = ["GY2025A001", "GY2025B001", "GY2025C001"];

    public static TheoryData<string> Projects => [.. s_projects];

    /// <summary>用人单位名称，支付周期，支付日期，支付对象姓名、身份证号码、联系方式，工作时间，应发工资项目及数额，代扣、代缴、扣除项目和数额，
    /// 实发工资数额，银行代发工资凭证或者农民工签字: art. 15(2), in this order.</summary>
    [Fact]
    public void The_wage_ledger_has_the_columns_of_article_15_in_its_words_and_order()
    {
        string[] article =
        [
            "用人单位名称", "支付周期", "支付日期", "支付对象 姓名", "支付对象 身份证号码", "支付对象 联系方式", "工作时间",
            "应发工资项目及数额 项目", "应发工资项目及数额 数额", "代扣、代缴、扣除项目和数额 项目", "代扣、代缴、扣除项目和数额 数额",
            "实发工资数额", "银行代发工资凭证或者农民工签字",
        ];
        Assert.Equal(["序号", .. article], WageLedger.Columns.Select(c => $"{c.Group} {c.Heading}".Trim()));
        var rows = Book(Papers($"工资支付台账-{s_projects[0]}-2026-01.xlsx"));
        var headings = rows.FindIndex(r => r[0] == "序号");
        // Merged cells: the group over its first column, a heading without a group over both rows.
        Assert.Equal(WageLedger.Columns.Select(c => c.Group.Length > 0 ? c.Group : c.Heading), rows[headings]);
        Assert.Equal(WageLedger.Columns.Select(c => c.Group.Length > 0 ? c.Heading : ""), rows[headings + 1]);
    }

    [Theory, MemberData(nameof(Projects))]
    public void Totals_of_the_wage_ledger_are_the_sums_of_the_ledger(string project)
    {
        var sums = Sums(project);
        var rows = Book(Papers($"工资支付台账-{project}-2026-01.xlsx"));
        var total = rows.Single(r => r[1] == "合计");
        Assert.Equal(($"{sums.Lines} 笔", Yuan(sums.Gross), Yuan(sums.Deductions), Yuan(sums.Paid)),
            (total[2], total[9], total[11], total[12]));
        // The rows add up to the row of totals, amount by amount.
        var lines = rows.Skip(rows.FindIndex(r => r[0] == "1")).TakeWhile(r => r[1] != "合计").ToList();
        Assert.Equal(sums.Lines, lines.Count);
        foreach (var column in new[] { 9, 11, 12 })
            Assert.Equal(total[column], Yuan(lines.Sum(r => Fen(r[column]))));
        var report = FinishedDemo.Shared.Report["projects"]!.AsArray().Single(p => (string)p!["project"]! == project)!;
        Assert.Contains(rows, r => r[0].StartsWith($"应付合计 {Yuan((long)report["declared_fen"]!)} 元 "
            + $"({report["lines_declared"]} 笔) = 已付 {Yuan((long)report["paid_fen"]!)} 元 ({report["lines_paid"]} 笔) + "
            + $"在途 {Yuan((long)report["in_flight_fen"]!)} 元 ({report["lines_in_flight"]} 笔) + "
            + $"未付 {Yuan((long)report["unpaid_fen"]!)} 元 ({report["lines_unpaid"]} 笔)", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Projects))]
    public void Every_cell_of_the_pages_stands_in_the_workbook_and_is_copied_as_it_was_written(string project)
    {
        var pages = Text(Papers($"工资支付台账-{project}-2026-01.pdf"));
        // 工 and 人 have radicals that look alike: a page without the text behind its glyphs would give those.
        Assert.DoesNotContain(pages, c => c is >= '\u2E80' and <= '\u2FDF');
        var solid = Solid(pages);
        foreach (var cell in Book(Papers($"工资支付台账-{project}-2026-01.xlsx")).SelectMany(r => new[] { 4, 5, 6, 9, 12 }
            .Select(c => r[c])))
            Assert.Contains(Solid(cell), solid, StringComparison.Ordinal);
        Assert.Contains("农民工工资支付台账", pages, StringComparison.Ordinal);
        Assert.Contains("样例 演练账本", pages, StringComparison.Ordinal);
        // Headings stand on every page, and every page has its number.
        var number = Count(solid, "页共");
        Assert.Equal(number, Count(solid, "用人单位名称"));
        foreach (var page in Enumerable.Range(1, number))
            Assert.Contains($"第{page}页共{number}页", solid, StringComparison.Ordinal);
    }

    [Fact]
    public void A_slip_is_a_page_for_each_wage_paid_and_shows_how_it_comes_to_that()
    {
        var paid = Sums(s_projects[2]).PaidLines;
        var (_, info) = OutsideTool.Run("pdfinfo", Papers($"工资清单-{s_projects[2]}-2026-01.pdf"));
        Assert.Contains($"Pages:           {paid}\n", info, StringComparison.Ordinal);
        var rows = Book(Papers($"工资清单-{s_projects[2]}-2026-01.xlsx"));
        Assert.Equal(Yuan(Sums(s_projects[2]).Paid), rows.Single(r => r[1] == "合计")[11]);
        var first = rows[rows.FindIndex(r => r[0] == "1")];
        var page = Text(Papers($"工资清单-{s_projects[2]}-2026-01.pdf"), "-l", "1");
        foreach (var words in new[] { "姓名：" + first[3], "身份证号码：" + first[4], first[11], "本人确认", "实发工资" })
            Assert.Contains(words, page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_voucher_names_the_subcontractor_and_the_account_and_counts_what_went_through_it_alone()
    {
        var rows = Book(Papers($"代发工资凭证-{s_projects[0]}-工资表1.xlsx"));
        Assert.Contains(rows, r => r[0].StartsWith("分包单位：贵阳样例劳务有限公司 (9152", StringComparison.Ordinal));
        Assert.Contains(rows, r => r[0].StartsWith("专用账户：贵州样例建工集团有限公司农民工工资专用账户 24", StringComparison.Ordinal));
        // One wage of this payroll was paid outside the account, with evidence (the demo's discharge).
        var sums = Sums(s_projects[0], "AND c.payroll = 1");
        var outside = Ask<long>("""
            SELECT SUM(p.amount_fen) FROM payment p JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
            WHERE p.channel = 'Outside' AND c.payroll = 1
            """);
        Assert.True(outside > 0);
        Assert.Contains(rows, r => r[0].Contains($"代发 {Yuan(sums.Paid - outside)} 元", StringComparison.Ordinal));
        Assert.Equal(Yuan(sums.Paid), rows.Single(r => r[1] == "合计")[5]);
    }

    [Fact]
    public void The_same_ledger_gives_the_same_bytes()
    {
        using var demo = new DemoCopy();
        foreach (var folder in new[] { "one", "two" })
        {
            var (code, _, errors) = Disburse.Run("paper", "ledger", s_projects[1], "--from", "2026-01", "--out",
                demo[folder], "--db", demo.Option, "--at", "2026-02-26T01:00:00Z");
            Assert.True(code == 0, errors);
        }
        var files = Directory.GetFiles(demo["one"]);
        Assert.Equal(2, files.Length);
        Assert.All(files, file => Assert.Equal(File.ReadAllBytes(file),
            File.ReadAllBytes(Path.Combine(demo["two"], Path.GetFileName(file)))));
    }

    internal static string Papers(string name) => Path.Combine(FinishedDemo.Shared.Folder, "papers", name);

    /// <summary>Every row of a workbook's first sheet, all cells as texts; amounts with two decimals.</summary>
    internal static List<string[]> Book(string path)
    {
        using var stream = File.OpenRead(path);
        return [.. stream.Query(useHeaderRow: false, excelType: ExcelType.XLSX)
            .Select(row => ((IDictionary<string, object?>)row).Select(c => Shown(c.Key, c.Value)).ToArray())];
    }

    internal static string Text(string pdf, params string[] options)
    {
        var (code, text) = OutsideTool.Run("pdftotext", ["-layout", .. options, pdf, "-"]);
        Assert.True(code == 0, text);
        return text;
    }

    private static string Shown(string column, object? value) => value switch
    {
        double number when column != "A" => number.ToString("0.00", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };

    private sealed record LedgerSums
    {
        public long Lines { get; init; }
        public long Gross { get; init; }
        public long Deductions { get; init; }
        public long Paid { get; init; }
        public long PaidLines { get; init; }
    }

    /// <summary>From base facts: paid is a claim whose latest attempt was settled or is Outside, and is not dead.
    /// </summary>
    private static LedgerSums Sums(string project, string and = "") => Ask<LedgerSums>($"""
        SELECT count(*) AS lines, SUM(gross_fen) AS gross, SUM(deductions_fen) AS deductions,
          SUM(CASE WHEN paid THEN net_fen ELSE 0 END) AS paid, SUM(paid) AS paidLines
        FROM (SELECT c.*, EXISTS (SELECT 1 FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim
            AND p.attempt = (SELECT max(q.attempt) FROM payment q WHERE q.ledger = c.ledger AND q.claim = c.claim)
            AND NOT EXISTS (SELECT 1 FROM payment_death d
              WHERE d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt)
            AND (p.channel = 'Outside' OR EXISTS (SELECT 1 FROM payment_outcome o
              WHERE o.ledger = p.ledger AND o.claim = p.claim AND o.attempt = p.attempt AND o.kind = 'Settled')))
            AS paid
          FROM wage_claim c JOIN project j ON j.ledger = c.ledger AND j.project = c.project
          WHERE j.code = '{project}' {and})
        """);

    private static T Ask<T>(string sql)
    {
        using var raw = new SqliteConnection($"Data Source={FinishedDemo.Shared.Database};Mode=ReadOnly;Pooling=False");
        return raw.QuerySingle<T>(sql);
    }

    private static string Yuan(long fen) => CellText.Yuan(fen);
    private static long Fen(string yuan) =>
        long.Parse(yuan.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    private static string Solid(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    private static int Count(string text, string words) => text.Split(words).Length - 1;
}

using System.Text;
using Disbursement.Engine.Papers;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Cli;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Papers;

/// <summary>What a paper says of one line: its items add up to its sums, whatever the documents still tell.
/// </summary>
public sealed class WageItemsTests
{
    private const string Earnings = """
        earnings/1
        document 1 ab
        worker 7 530000
        Day 9600 Minutes 25000 500000 1:2-21
        Overtime150 240 Minutes 25000 30000 1:3-3
        worker 8 100
        Piece 100 PieceHundredths 100 100 1:9-9

        """;

    [Theory]
    [InlineData(PayrollKind.Ordinary, 530000, "", "计日工资 5000.00；延时加班 (150%) 300.00")]
    [InlineData(PayrollKind.Ordinary, 550000, "高温津贴", "计日工资 5000.00；延时加班 (150%) 300.00；其他 (高温津贴) 200.00")]
    [InlineData(PayrollKind.Ordinary, 510000, "", "计日工资 5000.00；延时加班 (150%) 300.00；其他 -200.00")]
    [InlineData(PayrollKind.Supplementary, 20000, "漏记加班", "补发工资 (漏记加班) 200.00")]
    [InlineData(PayrollKind.FinalSettlement, 900000, "", "结算工资 9000.00")]
    public void Items_of_a_gross_wage_add_up_to_it(PayrollKind kind, long gross, string reason, string words)
    {
        var items = Items(reason, "").Earned(Claim(7, kind, gross, 0), named: true);
        Assert.Equal(words, WageItem.Words(items));
        Assert.Equal(gross, items.Sum(i => i.Amount.Fen));
    }

    [Fact]
    public void A_wage_that_attendance_derives_nothing_of_is_one_item_and_an_erased_workers_reason_is_not_told()
    {
        var items = Items("王师傅代班", "");
        Assert.Equal("工资 (王师傅代班) 10.00", WageItem.Words(items.Earned(Claim(9, default, 1000, 0), named: true)));
        Assert.Equal("工资 10.00", WageItem.Words(items.Earned(Claim(9, default, 1000, 0), named: false)));
        Assert.Equal("工资 10.00", WageItem.Words(new WageItems(null, null, null)
            .Earned(Claim(9, default, 1000, 0), named: true)));
    }

    [Theory]
    [InlineData("", 0, "无")]
    [InlineData("个税:12.50;社保:300", 31250, "个人所得税 12.50；个人社会保险费 300.00")]
    [InlineData("借支：500", 50000, "借支 500.00")]
    // A sheet that no longer says what the claim does is not believed: the sum is the claim's.
    [InlineData("个税:12.50", 31250, "扣款 312.50")]
    public void Deductions_are_told_by_their_kind_and_add_up(string cell, long fen, string words)
    {
        var items = Items("", cell).Deducted(Claim(7, default, 530000, fen));
        Assert.Equal(words, WageItem.Words(items));
        Assert.Equal(fen, items.Sum(i => i.Amount.Fen));
    }

    [Theory]
    [InlineData(2200, 10560, "22 天 176 小时")]
    [InlineData(2150, 10350, "21.5 天 172 小时 30 分")]
    [InlineData(125, 45, "1.25 天 45 分")]
    [InlineData(0, 480, "8 小时")]
    [InlineData(0, 0, "")]
    public void Time_is_told_in_days_hours_and_minutes(long days, long minutes, string words) =>
        Assert.Equal(words, CellText.Worked(days, minutes));

    [Theory]
    [InlineData(ClaimState.Settled, "2026-02-09", "样例银行 REF1 第 3 笔，流水 B-3", "10.00")]
    [InlineData(ClaimState.Advanced, "2026-02-09", "垫付；样例银行 REF1 第 3 笔，流水 B-3", "10.00")]
    [InlineData(ClaimState.PaidOutside, "2026-02-09", "系统外已付，凭证 0123456789ab", "10.00")]
    [InlineData(ClaimState.Rejected, "未付", "未付 10.00：被拒 (账户冻结 3017)", "0.00")]
    [InlineData(ClaimState.Pending, "未付", "未付 10.00：待发 (账户冻结 3017)", "0.00")]
    [InlineData(ClaimState.Unknown, "未付", "在途：结果未知", "0.00")]
    public void A_line_says_when_and_how_it_was_paid_or_why_not(
        ClaimState state, string paidOn, string voucher, string paid)
    {
        var claim = Claim(7, default, 1000, 0) with
        {
            FileReference = "REF1",
            RowReference = 3,
            BankReference = "B-3",
            ReleaseKind = Engine.Accounts.ReleaseKind.Advance,
            Evidence = "0123456789abcdef",
            FailedReason = "AccountFrozen 3017",
            ValueDate = new LocalDate(2026, 2, 9),
        };
        var line = new WageLine(claim, state, null, new WageItems(null, null, null), "样例银行", null);
        Assert.Equal((paidOn, voucher, paid), (line.PaidOnWords, line.Voucher(Terms.Chinese), line.Paid.ToYuan()));
        Assert.Equal(("工人 7 (已删除)", "已删除", "已删除"), (line.Name, line.Identity, line.Phone));
    }

    [Fact]
    public void Where_the_bank_named_no_day_the_day_its_word_came_is_the_day_in_China()
    {
        var claim = Claim(7, default, 1000, 0) with { ReceivedAt = Instant.FromUtc(2026, 2, 9, 17, 0) };
        var line = new WageLine(claim, ClaimState.Settled, null, new WageItems(null, null, null), "", null);
        Assert.Equal("2026-02-10", line.PaidOnWords);
        Assert.Equal("见凭证", (line with { Claim = claim with { ReceivedAt = null } }).PaidOnWords);
    }

    [Fact]
    public void Sums_tell_apart_what_is_paid_in_flight_and_unpaid()
    {
        var none = new WageItems(null, null, null);
        WageLine Line(ClaimState state, long gross, long taken) =>
            new(Claim(7, default, gross, taken), state, null, none, "", null);
        var sums = WageSums.Of([Line(ClaimState.Settled, 1000, 100), Line(ClaimState.Sent, 20, 0),
            Line(ClaimState.Returned, 3, 1)]);
        Assert.Equal("应付合计 9.22 元 (3 笔) = 已付 9.00 元 (1 笔) + 在途 0.20 元 (1 笔) + 未付 0.02 元 (1 笔)", sums.Words);
        Assert.Throws<DefectException>(() => WageSums.Of([Line(ClaimState.Voided, 1, 0)]));
    }

    /// <summary>Line 2 of a sheet with this reason and this cell of deductions.</summary>
    private static WageItems Items(string reason, string deductions)
    {
        string[] columns = ["序号", "姓名", "扣款", "差异原因"];
        RawRow[] rows =
        [
            new(2, ["1", "甲", "借支:9.99", "另一行"]), new(3, ["2", "乙", deductions, reason]),
            new(4, ["合计", "", "", ""]),
        ];
        return new WageItems(null, Encoding.UTF8.GetBytes(Earnings), new RawTable("sheet.csv", columns, rows));
    }

    private static PaperClaim Claim(long worker, PayrollKind kind, long gross, long taken) => new()
    {
        Claim = 1,
        Worker = worker,
        Sealed = [],
        Employer = "样例劳务",
        EmployerCode = "",
        Period = "2026-01-01/2026-01-31",
        Payroll = 1,
        Kind = kind,
        PayrollLine = 2,
        Days = 0,
        Hours = 0,
        GrossFen = gross,
        DeductionsFen = taken,
        NetFen = gross - taken,
        DueDate = new LocalDate(2026, 2, 13),
        Attempt = 1,
    };
}

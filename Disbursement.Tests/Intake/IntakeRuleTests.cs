using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Intake;
using MiniExcelLibs;
using Xunit;
using SheetColumn = Disbursement.Host.Intake.SheetColumn;
using SheetReader = Disbursement.Host.Intake.SheetReader;

namespace Disbursement.Tests.Intake;

/// <summary>Each rule with an input that provokes it, the line it must name and what the finding must say.</summary>
public sealed class IntakeRuleTests
{
    private static readonly SheetShape Shape = new(
        new SheetColumn(ColumnUse.Required, "姓名", "工人姓名"),
        new SheetColumn(ColumnUse.RequiredIdentifier, "银行卡号", "卡号"));

    public static TheoryData<string, string, long, string> Provocations => new()
    {
        { "file.empty", "", 0, "" },
        { "file.empty", "\r\n\r\n", 0, "" },
        { "file.torn", "姓名,银行卡号\n张三,1\n\"李四,2\n王五,3\n", 3, "引号" },
        { "file.torn", "姓名,银行卡号\n张三,1\n李四\n", 3, "格数" },
        { "file.torn", "姓名,银行卡号\n张三,1\n李四,2,3\n", 3, "格数" },
        { "file.torn", "姓名,银行卡号\n\"张\"三,1\n", 2, "引号" },
        { "file.no-heading", "张三,6222\n李四,6223\n", 1, "姓名,银行卡号" },
        { "file.duplicate-column", "姓名,银行卡号,姓名\n张三,1,2\n", 1, "姓名" },
        { "file.missing-column", "姓名,备注\n张三,1\n", 1, "银行卡号" },
        { "file.number-cell", "姓名,银行卡号\n张三,6.22203E+18\n", 2, "银行卡号" },
    };

    [Theory]
    [MemberData(nameof(Provocations))]
    public void Each_rule_is_provoked_and_names_its_line(string code, string text, long line, string says)
    {
        var finding = Assert.Single(Read(Encoding.UTF8.GetBytes(text)).Findings);
        Assert.Equal((code, line, "样例.csv"), (finding.Rule.Code, finding.At.Row, finding.At.File));
        var said = finding.Text(chinese: true) + finding.Advice(chinese: true).Replace("、", ",",
            StringComparison.Ordinal);
        Assert.Contains(says, said, StringComparison.Ordinal);
        foreach (var words in new[] { said, finding.Text(chinese: false) + finding.Advice(chinese: false) })
            Assert.DoesNotContain("{", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_quote_left_open_far_from_the_end_is_found_at_its_line()
    {
        var rest = string.Concat(Enumerable.Repeat("王五,3\n", 400_000));
        var finding = Assert.Single(Read(Encoding.UTF8.GetBytes($"姓名,银行卡号\n张三,1\n\"李四,2\n{rest}")).Findings);
        Assert.Equal(("file.torn", 3L), (finding.Rule.Code, finding.At.Row));
    }

    [Fact]
    public void A_missing_column_names_every_heading_it_is_accepted_under()
    {
        var finding = Assert.Single(Read("姓名\n张三\n"u8.ToArray()).Findings);
        Assert.Contains("银行卡号、卡号", finding.Advice(chinese: false), StringComparison.Ordinal);
    }

    [Fact]
    public void Utf_16_is_told_as_what_it_is()
    {
        var finding = Assert.Single(Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("姓名,银行卡号\n")]).Findings);
        Assert.Equal("file.utf-16", finding.Rule.Code);
    }

    [Fact]
    public void A_file_over_the_limit_is_refused_unopened()
    {
        var source = new SheetSource("样例.csv", SheetReader.MostBytes + 1, () => throw new DefectException("opened"));
        Assert.Equal("file.too-large", Assert.Single(SheetReader.Read(source, Shape).Findings).Rule.Code);
    }

    [Fact]
    public void The_row_after_the_millionth_is_refused()
    {
        var text = new StringBuilder("姓名,银行卡号\n");
        for (var i = 0; i <= SheetReader.MostRows; i++) text.Append("甲,1\n");
        var finding = Assert.Single(Read(Encoding.UTF8.GetBytes(text.ToString())).Findings);
        Assert.Equal(("file.too-many-rows", SheetReader.MostRows + 2L), (finding.Rule.Code, finding.At.Row));
    }

    [Fact]
    public void A_card_number_typed_as_a_number_is_refused_with_its_cell()
    {
        using var bytes = new MemoryStream();
        bytes.SaveAs(new[] { new { 姓名 = "李四", 银行卡号 = 6222020000000000001L } });
        var finding = Assert.Single(Read(bytes.ToArray()).Findings);
        Assert.Equal(("file.number-cell", 2L, "银行卡号"), (finding.Rule.Code, finding.At.Row, finding.At.Column));
    }

    [Fact]
    public void Codes_are_unique_and_every_rule_speaks_both_languages()
    {
        Assert.Equal(12, IntakeRules.All.Select(r => r.Code).Distinct().Count());
        Assert.All(IntakeRules.All, r => Assert.All([r.Zh, r.En, r.DoZh, r.DoEn], words => Assert.NotEmpty(words)));
    }

    private static Decision<RawTable> Read(byte[] bytes) =>
        SheetReader.Read(SheetSource.OfBytes("样例.csv", bytes), Shape);
}

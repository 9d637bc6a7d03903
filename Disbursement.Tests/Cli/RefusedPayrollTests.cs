using System.Text.Json.Nodes;
using Disbursement.Host.Cli;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>Whoever comes back to a payroll that did not pass learns why, and what next, from every verb.</summary>
public sealed class RefusedPayrollTests : IDisposable
{
    private readonly TranscriptFolder _folder = TranscriptScript.Begin("registers");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void A_second_check_tells_word_for_word_what_the_first_one_told(string language)
    {
        Import(reason: "高温津贴");
        var first = Run("payroll check 1 --as clerk", language);
        Assert.Contains("“700.00”", first, StringComparison.Ordinal);
        Assert.Contains("高温津贴", first, StringComparison.Ordinal);
        Assert.Equal(first, Run("payroll check 1 --as clerk", language));
        Assert.Contains(language == "zh" ? "→ 提交: payroll submit 1" : "→ Hand it in: payroll submit 1",
            Run("payroll show 1", language), StringComparison.Ordinal);
    }

    /// <summary>Also where several payrolls list the worker already.</summary>
    [Fact]
    public void A_supplement_checked_again_is_told_with_its_reason_and_the_payrolls_beside_it()
    {
        Import(reason: "高温津贴");
        foreach (var (number, payroll) in new[] { (1, 2), (2, 3) })
        {
            File.WriteAllText(_folder.InFolder("./more.csv"),
                $"""
                序号,姓名,身份证号,出勤天数,工时,应发工资,扣款,实发工资,本人确认日期,未确认原因,差异原因,备注
                1,郑正兴,522701199204280200,2,16,{number}0.00,0,{number}0.00,2026-02-04,,补发{number},
                合计,,,,,{number}0.00,0.00,{number}0.00,,,,
                """);
            Assert.Equal(ExitStatus.Done, _folder.Run(Line.Replace("sheet", "more", StringComparison.Ordinal)
                + $" --kind Supplementary --number {number}").Status);
            var first = Run($"payroll check {payroll} --as clerk", "en");
            Assert.Contains($"payroll {(number == 1 ? "1" : "1/2")} lists", first, StringComparison.Ordinal);
            Assert.Contains($"reason: 补发{number}", first, StringComparison.Ordinal);
            Assert.Equal(first, Run($"payroll check {payroll} --as clerk", "en"));
        }
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Show_and_list_say_why_it_was_refused_and_what_next(string language)
    {
        Import(reason: "");
        var told = Run("payroll check 1 --as clerk", language).Split('\n')[0];
        var shown = Run("payroll show 1", language);
        Assert.Contains(told, shown, StringComparison.Ordinal);
        Assert.Contains("import payroll", shown.Split("→ ")[1], StringComparison.Ordinal);
        Assert.Contains("payroll show", Run("payroll list", language).Split("→ ")[1], StringComparison.Ordinal);
        var document = JsonNode.Parse(Run("payroll show 1 --json", language))!;
        Assert.Equal("700.00", (string)document["findings"]![0]!["value"]!);
        Assert.Equal("Refused", (string)JsonNode.Parse(Run("payroll list --json", language))![0]!["state"]!);
    }

    [Theory]
    [InlineData("zh", "此前已导入, 未作改动: 工资表 1 ")]
    [InlineData("en", "imported before, nothing was changed: payroll 1 ")]
    public void The_same_sheet_again_is_said_to_be_there_and_which_payroll_it_is(string language, string said)
    {
        Import(reason: "");
        Assert.StartsWith(said, Run(Line, language), StringComparison.Ordinal);
        var document = JsonNode.Parse(Run(Line + " --json", language))!;
        Assert.Equal((true, 1), ((bool)document["repeat"]!, (int)document["payroll"]!["payroll"]!));
    }

    private const string Line = "import payroll ./sheet.csv --project GY2025A001 --employer 91520100MAEDNKPGYH "
        + "--team 木工班 --from 2026-01-01 --to 2026-01-31 --as clerk";

    private void Import(string reason)
    {
        File.WriteAllText(_folder.InFolder("./sheet.csv"),
            $"""
            序号,姓名,身份证号,出勤天数,工时,应发工资,扣款,实发工资,本人确认日期,未确认原因,差异原因,备注
            1,郑正兴,522701199204280200,2,16,700,0,700,2026-02-04,,{reason},
            2,姚兴华,52011519810801485X,1,8,300.00,0,300.00,2026-02-04,,,
            3,朱秀兰,520502199606171481,1,8,300.00,0,300.00,2026-02-04,,,
            合计,,,,,1300.00,0.00,1300.00,,,,
            """);
        Assert.Equal(ExitStatus.Done, _folder.Run(Line).Status);
    }

    private string Run(string line, string language)
    {
        var taken = _folder.Run(line, "--lang", language);
        return line.EndsWith("--json", StringComparison.Ordinal) ? taken.Output : taken.Seen;
    }
}

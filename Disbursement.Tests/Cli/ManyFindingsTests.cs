using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Disbursement.Host.Cli;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>A terminal gets so many findings of a rule and the number of the rest; a document has all, by
/// file.</summary>
public class ManyFindingsTests
{
    private const string Head = "身份证号,项目编码,日期,出勤工时,平日加班,休息日加班,法定节假日加班,计件数量\n";
    private const int Rows = 250;

    [Theory]
    [InlineData("zh", "另有 150 处")]
    [InlineData("en", "150 more of them")]
    public void A_sheet_full_of_faults_does_not_fill_the_screen(string language, string rest)
    {
        using var folder = Faulty();
        var taken = folder.Run("import attendance ./bad.csv --as clerk", "--lang", language);
        Assert.Equal(ExitStatus.Refused, taken.Status);
        Assert.Contains(rest, taken.Seen, StringComparison.Ordinal);
        Assert.Equal(Output.MostFindingsOfARule, taken.Seen.Split("→").Length - 1);
    }

    [Fact]
    public void The_document_has_all_of_them_each_with_its_file()
    {
        using var folder = Faulty();
        var taken = folder.Run("import attendance ./good.csv ./bad.csv ./good.csv --as clerk", "--json");
        var answers = JsonNode.Parse(taken.Output)!.AsArray();
        Assert.Equal(3, answers.Count);
        Assert.Equal(Rows, answers[1]!["findings"]!.AsArray().Count);
        Assert.Null(answers[2]!["findings"]);
    }

    [Fact]
    public void What_one_accepted_file_brings_is_not_told_of_the_next()
    {
        using var folder = TranscriptScript.Begin("registers");
        const string Roster = "项目编码,用工单位统一社会信用代码,用工单位名称,班组,姓名,身份证号,手机号,工种,"
            + "进场日期,离场日期,联行号,开户行名称,银行卡号,户名\n";
        const string Row = "GY2025A001,91520100MAEDNKPGYH,贵阳样例劳务有限公司,木工班,郑正兴,522701199204280200,"
            + "18698767661,木工,2025-09-25,,105701000374,中国建设银行贵阳样例支行,";
        File.WriteAllText(folder.InFolder("./odd.csv"), $"{Roster}{Row}6217004508929900018,郑正兴\n");
        File.WriteAllText(folder.InFolder("./good.csv"), $"{Roster}{Row}6217004508929900019,郑正兴\n");
        var answers = JsonNode.Parse(folder.Run("import roster ./odd.csv ./good.csv --as clerk", "--json").Output)!;
        Assert.Equal("roster.card-check", (string)Assert.Single(answers[0]!["findings"]!.AsArray())!["code"]!);
        Assert.Null(answers[1]!["findings"]);
    }

    private static TranscriptFolder Faulty()
    {
        var folder = TranscriptScript.Begin("registers");
        var bad = new StringBuilder(Head);
        for (var row = 0; row < Rows; row++)
            bad.Append(CultureInfo.InvariantCulture, $"522701199204280200,GY2025A001,nonsense {row},8,0,0,0,0\n");
        File.WriteAllText(folder.InFolder("./bad.csv"), bad.ToString());
        File.WriteAllText(folder.InFolder("./good.csv"), $"{Head}522701199204280200,GY2025A001,2026-01-07,8,0,0,0,0\n");
        return folder;
    }
}

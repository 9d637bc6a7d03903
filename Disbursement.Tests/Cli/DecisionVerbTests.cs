using System.Text.Json.Nodes;
using Disbursement.Host.Cli;
using Disbursement.Host.Security;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>Decisions by the command line, each with its repeats: by two people the first run waits for the
/// second.</summary>
public class DecisionVerbTests
{
    private const string Contractor = "贵州样例建工集团有限公司";
    private const string Shared = "2402870227869571376," + Contractor + "农民工工资专用账户";

    [Fact]
    public void Two_people_decide_a_line_the_bank_does_not_answer()
    {
        using var folder = TranscriptScript.Begin("sent");
        File.WriteAllText(folder.InFolder("./bank.txt"), "样例: 银行证明\n");
        folder.At = "2026-03-10T01:00:00Z";
        const string Act = "file resolve 1 settled --line 1 --document ./bank.txt --as ";
        Assert.True((bool)Done(folder, Act + "treasurer")["pending"]!);
        Assert.True((bool)Done(folder, Act + "treasurer")["pending"]!);
        Assert.Equal(1, (int)Done(folder, Act + "supervisor")[0]!["lines_settled"]!);
        var before = folder.State();
        Assert.Equal(1, (int)Done(folder, Act + "supervisor")[0]!["lines_settled"]!);
        Assert.Equal(before, folder.State());
    }

    [Theory]
    [InlineData("file resolve 1 settled --document ./bank.txt --as treasurer")]
    [InlineData("file resolve 1 absent --line 1 --document ./bank.txt --as treasurer")]
    [InlineData("file resolve 1 lost --line 1 --document ./bank.txt --as treasurer")]
    [InlineData("ledger adopt ./bank.txt --kind bank-certificate --as treasurer")]
    [InlineData("ledger adopt ./bank.txt --kind bank-certificate --profile icbc-bxt --as treasurer")]
    [InlineData("ledger adopt ./bank.txt --kind calendar --profile icbc-bxt --as treasurer")]
    [InlineData("ledger adopt ./none.txt --kind calendar --as treasurer")]
    [InlineData("ledger adopt ./bank.txt --kind bank-profile --as treasurer")]
    public void Words_that_do_not_go_together_are_bad_usage(string line)
    {
        using var folder = TranscriptScript.Begin("people");
        File.WriteAllText(folder.InFolder("./bank.txt"), "样例: 银行证明\n");
        Assert.Equal(ExitStatus.BadUsage, folder.Run(line, "--json").Status);
    }

    [Fact]
    public void A_credit_of_no_project_is_shown_and_given_to_one()
    {
        using var folder = TranscriptScript.Begin("registers");
        File.WriteAllText(folder.InFolder("./in.csv"), """
            账号,对账单号,起始日期,截止日期,期初余额,期末余额
            2402870227869571376,S1,2026-02-05,2026-02-05,0.00,5000.00
            序号,日期,金额,对方户名,对方账号,业务参考号,用途,类型,流水号
            1,2026-02-05,5000.00,贵阳样例城市投资有限公司,52002402000001,,SHARED,TRANSFER,YL20260001

            """);
        File.WriteAllText(folder.InFolder("./p.csv"), $"""
            项目编码,项目名称,总包统一社会信用代码,总包名称,建设单位,银行档案,专户账号,专户户名,联行号,所在地
            GY2025A009,样例九期,91520100MAMGRC0B2T,{Contractor},贵阳样例城市投资有限公司,icbc-bxt,{Shared},102701000588,520100

            """);
        Done(folder, "import project ./p.csv --as clerk");
        folder.Run("import statement ./in.csv --profile icbc-bxt --as treasurer");
        var credit = Assert.Single(Done(folder, "account unallocated").AsArray())!;
        Assert.Equal(500_000, (long)credit["amount_fen"]!);
        var act = $"account allocate --statement {credit["statement"]} --line {credit["line"]} "
            + $"--account {credit["accounts"]![0]} --as ";
        var (asClerk, _) = Said(folder, act + "clerk");
        Assert.Equal(ExitStatus.Refused, asClerk);
        Assert.Equal(500_000, (long)Done(folder, act + "treasurer")["posted_fen"]!);
        Assert.Empty(Done(folder, "account unallocated").AsArray());
        Assert.True((bool)Done(folder, act + "treasurer")["repeat"]!);
    }

    [Fact]
    public void A_profile_a_calendar_a_rule_pack_and_a_certificate_are_adopted_by_two_people()
    {
        using var folder = TranscriptScript.Begin("people");
        var shipped = AppContext.BaseDirectory;
        File.WriteAllText(folder.InFolder("./bank.json"),
            File.ReadAllText(Path.Combine(shipped, "profiles", "icbc-bxt.json"))
            .Replace("\"id\": \"icbc-bxt\"", "\"id\": \"icbc-other\"", StringComparison.Ordinal));
        File.WriteAllText(folder.InFolder("./days.txt"),
            File.ReadAllText(Path.Combine(shipped, "rules", "calendar-cn.txt")) + "# SAMPLE\n");
        File.WriteAllText(folder.InFolder("./pack.json"),
            File.ReadAllText(Path.Combine(shipped, "rules", "warnings-guizhou.json")) + "\n");
        foreach (var (line, version) in new[]
        {
            ("./bank.json --kind bank-profile", 1), ("./days.txt --kind calendar", 2),
            ("./pack.json --kind rule-pack", 2),
        })
        {
            // A name of its own is no way round the second person, and nobody at all is no person.
            Assert.Equal(ExitStatus.Refused, Said(folder, $"ledger adopt {line}").Status);
            Assert.True((bool)Done(folder, $"ledger adopt {line} --as clerk")["pending"]!);
            Assert.Equal(version, (int)Done(folder, $"ledger adopt {line} --as administrator")["version"]!);
            Assert.True((bool)Done(folder, $"ledger adopt {line} --as administrator")["repeat"]!);
        }
        const string Certificate = "ledger adopt ./keys/bank-icbc-bxt.pem --kind bank-certificate --profile ";
        Assert.Equal(1, (int)Done(folder, Certificate + "icbc-bxt")["version"]!); // The first, as on first use.
        Assert.Equal(ExitStatus.Refused, Said(folder, Certificate + "nowhere").Status);
        Assert.Equal(ExitStatus.Refused,
            Said(folder, "ledger adopt ./keys/ours-icbc-bxt.pem --kind bank-certificate --profile icbc-bxt").Status);
    }

    [Fact]
    public void A_profile_that_cannot_be_read_does_not_come_into_force()
    {
        using var folder = TranscriptScript.Begin("people");
        File.WriteAllText(folder.InFolder("./bank.json"), "{");
        var refused = folder.Decide("ledger.adopt kind=bank-profile name=icbc-bxt bank-profile:./bank.json by clerk",
            chinese: false, json: true);
        Assert.Equal(ExitStatus.Refused, refused.Status);
        Assert.Contains("profile.unreadable", refused.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("样例乙", "520101199001010011", "clerk", "--name")]
    [InlineData("样例甲", "52010119900101002X", "clerk", "--identity")]
    [InlineData("样例甲", "520101199001010011", "clerk treasurer", "--roles")]
    public void An_enrolment_with_other_content_names_the_field(
        string name, string identity, string roles, string field)
    {
        using var folder = TranscriptScript.Begin("people");
        string Enrol(string n, string i, string r) => $"person enroll clerk --name {n} --identity {i} --roles \"{r}\" "
            + "--public-key ./clerk.pub --as clerk";
        Assert.True((bool)Done(folder, Enrol("样例甲", "520101199001010011", "clerk"))["repeat"]!);
        var (status, said) = Said(folder, Enrol(name, identity, roles));
        Assert.Equal(ExitStatus.Refused, status);
        Assert.Equal(("person.enrolled-otherwise", field),
            ((string)said["findings"]![0]!["code"]!, (string)said["findings"]![0]!["column"]!));
    }

    [Fact]
    public void Two_people_who_want_other_roles_for_a_person_have_not_agreed()
    {
        using var folder = TranscriptScript.Begin("people");
        string Enrol(string roles, string by) => $"person enroll fifth --name 样例戊 --identity 520101199001010054 "
            + $"--roles {roles} --public-key ./fifth.pub --as {by}";
        File.WriteAllText(folder.InFolder("./fifth.pub"), Ed25519Keys.Generate().PublicPem);
        Assert.True((bool)Done(folder, Enrol("clerk", "clerk"))["pending"]!);
        Assert.True((bool)Done(folder, Enrol("supervisor", "administrator"))["pending"]!);
        Assert.Equal("clerk", (string)Done(folder, Enrol("clerk", "administrator"))["roles"]!);
    }

    [Fact]
    public void Sending_back_is_a_repeat_for_the_same_reason_and_a_new_act_after_a_new_check()
    {
        using var folder = TranscriptScript.Begin("submitted");
        const string Back = "payroll send-back 1 --reason 考勤有误 --as administrator";
        Assert.False((bool)Done(folder, Back)["repeat"]!);
        var before = folder.State();
        Assert.True((bool)Done(folder, Back)["repeat"]!);
        Assert.Equal(before, folder.State());
        Assert.Equal(ExitStatus.Refused, Said(folder, Back.Replace("考勤", "扣款", StringComparison.Ordinal)).Status);
        folder.Run("payroll check 1 --as clerk");
        folder.Run("payroll submit 1 --as clerk");
        Assert.False((bool)Done(folder, Back)["repeat"]!);
    }

    private static JsonNode Done(TranscriptFolder folder, string line)
    {
        var (status, said) = Said(folder, line);
        Assert.True(status == ExitStatus.Done, $"{line}: {status} {said}");
        return said;
    }

    private static (int Status, JsonNode Said) Said(TranscriptFolder folder, string line)
    {
        var taken = folder.Run(line, "--json");
        return (taken.Status, JsonNode.Parse(taken.Output)!);
    }
}

using System.Text;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Primitives;
using Disbursement.Tests.Cli;
using Xunit;

namespace Disbursement.Tests.Arrears;

/// <summary>Packs of places as data: their levels by age, which one is in force, and their form.</summary>
public sealed class RulePackTests
{
    private const long Baoying = 321023;
    private const string January = "2026-01-01/2026-01-31";

    [Theory]
    [InlineData("2026-02-13", "2026-03-13", "2026-04-13")]
    // A month that has no such day ends with its last: 31 January, 28 February, 31 March.
    [InlineData("2026-01-31", "2026-02-28", "2026-03-31")]
    [InlineData("2026-03-31", "2026-04-30", "2026-05-31")]
    public void Under_the_pack_of_Baoying_arrears_go_yellow_orange_red_at_the_very_days(
        string due, string lastYellow, string lastOrange)
    {
        using var ledger = Adopted(Pack("warnings-baoying"));
        ledger.Approved(7, due, January, 500000);
        (string Day, WarningLevel? Level)[] expected =
        [
            (due, null), (Next(due), WarningLevel.Yellow), (lastYellow, WarningLevel.Yellow),
            (Next(lastYellow), WarningLevel.Orange), (lastOrange, WarningLevel.Orange),
            (Next(lastOrange), WarningLevel.Red),
        ];
        foreach (var (day, level) in expected)
        {
            ledger.Sweep(day);
            Assert.Equal((day, level), (day, ledger.Live().SingleOrDefault(w => w.Rule == "W04")?.Level));
        }
    }

    [Fact]
    public void What_only_Guizhou_wrote_is_not_raised_in_Baoying_and_is_raised_in_Guiyang()
    {
        using var there = Adopted(Pack("warnings-baoying"));
        using var here = new ArrearsLedger();
        foreach (var ledger in (ArrearsLedger[])[there, here])
        {
            ledger.Approved(7, "2026-02-13", January, 100000);
            ledger.Worked(1, "2026-01-12");
            ledger.Sweep("2026-03-14");
        }
        Assert.Equal([("W04", WarningLevel.Orange)], there.Live().Select(w => (w.Rule, w.Level)));
        Assert.Equal([("W03", WarningLevel.Red), ("W04", WarningLevel.Orange), ("W05", WarningLevel.Yellow),
            ("W06", WarningLevel.Red)], here.Live().OrderBy(w => w.Rule).Select(w => (w.Rule, w.Level)));
    }

    [Fact]
    public void Rows_of_ages_are_data_others_give_other_days()
    {
        var own = Pack("warnings-baoying").Replace("\"over_months\": 1", "\"over_months\": 3", StringComparison.Ordinal)
            .Replace("\"over_months\": 2", "\"over_months\": 12", StringComparison.Ordinal);
        using var ledger = Adopted(own);
        ledger.Approved(7, "2026-01-31", January, 500000);
        ledger.Sweep("2026-04-30");
        Assert.Equal(WarningLevel.Yellow, ledger.Live().Single(w => w.Rule == "W04").Level);
        ledger.Sweep("2026-05-01");
        Assert.Equal(WarningLevel.Orange, ledger.Live().Single(w => w.Rule == "W04").Level);
        ledger.Sweep("2027-02-01");
        Assert.Equal(WarningLevel.Red, ledger.Live().Single(w => w.Rule == "W04").Level);
    }

    [Fact]
    public void The_nearest_place_goes_first_and_of_a_pack_the_newest_version_that_is_valid()
    {
        var city = Pack("warnings-baoying").Replace("\"321023\"", "\"321000\"", StringComparison.Ordinal)
            .Replace("\"warnings-baoying\"", "\"warnings-yangzhou\"", StringComparison.Ordinal);
        var later = Pack("warnings-baoying").Replace("\"2026-1\"", "\"2027-1\"", StringComparison.Ordinal)
            .Replace("\"2019-11-19\"", "\"2027-01-01\"", StringComparison.Ordinal);
        using var ledger = new ArrearsLedger("321023", number: Baoying);
        string InForce(string day) => ledger.InForce(day) is var pack ? $"{pack.Id} {pack.Version}" : "";
        Assert.Equal("warnings-guizhou 2026-4", InForce("2026-06-01"));
        ledger.Adopt(city);
        Assert.Equal("warnings-yangzhou 2026-1", InForce("2026-06-01"));
        ledger.Adopt(Pack("warnings-baoying"));
        ledger.Adopt(later);
        Assert.Equal("warnings-baoying 2026-1", InForce("2026-12-31"));
        Assert.Equal("warnings-baoying 2027-1", InForce("2027-01-01"));
    }

    [Fact]
    public void A_ledger_of_the_place_adopts_it_by_the_verb_of_every_pack()
    {
        using var folder = TranscriptScript.Begin("elsewhere");
        File.WriteAllText(folder.InFolder("./pack.json"), Pack("warnings-baoying"));
        foreach (var person in (string[])["clerk", "administrator"])
            Assert.Equal(0, folder.Run($"ledger adopt ./pack.json --kind rule-pack --as {person}").Status);
        var rules = folder.Run("warning rules", "--lang", "zh");
        Assert.Contains("两个月以上红", rules.Seen.ReplaceLineEndings("").Replace("│", "").Replace(" ", ""),
            StringComparison.Ordinal);
        Assert.DoesNotContain("G1", rules.Seen, StringComparison.Ordinal);
        Assert.Equal(0, folder.Run("arrears sweep").Status);
        Assert.Equal(0, folder.Run("audit rebuild").Status);
    }

    [Theory]
    [InlineData("warnings-guizhou")]
    [InlineData("warnings-baoying")]
    public void What_ships_is_of_the_form_and_every_row_names_its_source(string name)
    {
        var pack = RulePackForm.Read(name, Encoding.UTF8.GetBytes(Pack(name)));
        Assert.True(pack.Accepted, string.Join('\n', pack.Accepted ? [] : pack.Findings.Select(f => $"{f.At}")));
        Assert.All(pack.Value.LevelsByAge, row => Assert.Contains("B1 宝应", row.Source, StringComparison.Ordinal));
        Assert.Equal(name, pack.Value.Id);
    }

    [Theory]
    [InlineData("\"region\": \"321023\"", "\"region\": \"宝应\"", 4, "region", "宝应")]
    [InlineData("\"valid_from\": \"2019-11-19\"", "\"valid_from\": \"2019-11-31\"", 5, "valid_from", "2019-11-31")]
    [InlineData("\"demand_days\": { \"value\": 3",
        "\"demand_days\": { \"value\": 3.5", 7, "parameters.demand_days.value", "3.5")]
    [InlineData("\"crime_heads\": { \"value\": 10, \"source\"",
        "\"crime_heads\": { \"value\": 10, \"from\"", 16, "parameters.crime_heads.source", "")]
    [InlineData("\"crime_heads\"", "\"crime_head\"", 6, "parameters.crime_heads", "")]
    [InlineData("\"over_months\": 0", "\"over_months\": 1", 20, "levels_by_age[0].over_months", "1")]
    [InlineData("\"over_months\": 2", "\"over_months\": 1", 22, "levels_by_age[2].over_months", "1")]
    [InlineData("\"level\": \"Orange\"", "\"level\": \"Orenge\"", 21, "levels_by_age[1].level", "Orenge")]
    [InlineData("2, \"level\": \"Red\"", "2, \"level\": \"Yellow\"", 22, "levels_by_age[2].level", "Yellow")]
    [InlineData("\"rule\": \"W04\", \"over_months\": 2",
        "\"rule\": \"W05\", \"over_months\": 0", 22, "levels_by_age[2].rule", "W05")]
    [InlineData("\"code\": \"W16\"", "\"code\": \"W15\"", 35, "rules[10].code", "W15")]
    [InlineData("\"code\": \"W09\"", "\"code\": \"W99\"", 29, "rules[4].evaluated", "true")]
    [InlineData("\"as\": \"W04\"", "\"as\": \"W03\"", 28, "rules[3].as", "W03")]
    [InlineData("\"evaluated\": true, \"as\": \"W10\"",
        "\"evaluated\": false, \"as\": \"W10\"", 31, "rules[6].evaluated", "false")]
    [InlineData("\"tier\": \"City\"", "\"tier\": \"Town\"", 34, "rules[9].tier", "Town")]
    public void A_bad_pack_is_refused_with_file_line_path_and_value(
        string old, string changed, long row, string column, string value)
    {
        var text = Pack("warnings-baoying");
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, old);
        var bad = RulePackForm.Read("pack.json",
            Encoding.UTF8.GetBytes(text[..at] + changed + text[(at + old.Length)..]));
        Assert.Equal(new Place("pack.json", row, column, value), bad.Findings[0].At);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[1]")]
    [InlineData("{\"pack\":\"x\",\"pack\":\"y\"}")]
    [InlineData("{\"rules\":{},\"levels_by_age\":[7],\"parameters\":[],\"minimum_wages\":null}")]
    public void What_is_no_pack_at_all_is_refused(string text)
    {
        var read = RulePackForm.Read("pack.json", Encoding.UTF8.GetBytes(text));
        Assert.False(read.Accepted);
        Assert.All(read.Findings, f => Assert.Equal("pack.json", f.At.File));
    }

    private static string Pack(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "rules", $"{name}.json"));

    private static string Next(string day) =>
        NodaTime.Text.LocalDatePattern.Iso.Format(ArrearsLedger.Day(day).PlusDays(1));

    private static ArrearsLedger Adopted(string pack)
    {
        var ledger = new ArrearsLedger("321023", number: Baoying);
        ledger.Adopt(pack);
        return ledger;
    }
}

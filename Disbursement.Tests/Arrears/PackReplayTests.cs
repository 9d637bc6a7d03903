using System.Text.Json.Nodes;
using Disbursement.Tests.Demo;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Disbursement.Tests.Arrears;

/// <summary>A rule pack over the demo's past: what it would have raised, beside what was raised.</summary>
public sealed class PackReplayTests
{
    private static readonly string s_rules = Path.Combine(AppContext.BaseDirectory, "rules");
    private static readonly string s_guizhou = Path.Combine(s_rules, "warnings-guizhou.json");

    [Fact]
    public void The_pack_in_force_finds_at_every_sweep_what_was_raised_and_the_ledger_is_left_as_it_was()
    {
        using var demo = new DemoCopy();
        var before = FinishedDemo.Dump(demo.Database);
        var (code, answer) = Replay(demo, s_guizhou);
        Assert.Equal(0, code);
        Assert.Equal(before, FinishedDemo.Dump(demo.Database));
        Assert.True((bool)answer["in_force"]!);
        Assert.True((int)answer["sweeps"]! >= 3, $"{answer["sweeps"]}");
        Assert.Equal((int)answer["sweeps"]!, (int)answer["sweeps_by_this_pack"]!);
        Assert.Empty(answer["at_sweeps"]!.AsArray());
        Assert.Equal(["W16"], answer["not_replayed"]!.AsArray().Select(r => (string)r!["code"]!));
        // Whatever was ever raised is in it, on no later day than it was.
        var warnings = answer["warnings"]!.AsArray();
        Assert.Equal(Raised(demo).Order(StringComparer.Ordinal), warnings.Where(w => w!["raised"] is not null)
            .Select(w => $"{w!["rule"]} {w["subject"]}").Order(StringComparer.Ordinal));
        Assert.All(warnings, w => Assert.NotNull(w!["found"]));
        Assert.All(warnings.Where(w => w!["raised"] is not null), w => Assert.True(string.CompareOrdinal(
            (string)w!["found"]!["first"]!, (string)w["raised"]!["first"]!) <= 0, w!.ToJsonString()));
    }

    [Fact]
    public void Another_pack_finds_other_levels_and_each_difference_is_told_and_is_no_failure()
    {
        using var demo = new DemoCopy();
        var stricter = demo["stricter.json"];
        File.WriteAllText(stricter, File.ReadAllText(s_guizhou)
            .Replace("\"orange_after_months\": { \"value\": 1", "\"orange_after_months\": { \"value\": 0",
                StringComparison.Ordinal)
            .Replace("\"code\": \"W12\", \"name\": \"NO_SIGN\", \"evaluated\": true",
                "\"code\": \"W12\", \"name\": \"NO_SIGN\", \"evaluated\": false", StringComparison.Ordinal));
        var (code, answer) = Replay(demo, stricter);
        Assert.Equal(0, code);
        Assert.False((bool)answer["in_force"]!);
        Assert.Equal(0, (int)answer["sweeps_by_this_pack"]!);
        var due = Assert.Single(answer["warnings"]!.AsArray(),
            w => (string)w!["rule"]! == "W04" && (string)w["subject"]! == "payroll/3")!;
        Assert.Equal(("Orange", 0), ((string)due["found"]!["level"]!, (int)due["found"]!["yellow"]!));
        Assert.Equal(("Yellow", 0), ((string)due["raised"]!["level"]!, (int)due["raised"]!["orange"]!));
        Assert.Contains(answer["at_sweeps"]!.AsArray(), d => (string)d!["rule"]! == "W04"
            && (string)d["found"]! == "Orange" && (string)d["raised"]! == "Yellow" && !(bool)d["in_force"]!);
        Assert.DoesNotContain(answer["warnings"]!.AsArray(),
            w => (string)w!["rule"]! == "W12" && w["found"] is not null);
    }

    [Fact]
    public void Days_beyond_the_ledgers_own_are_looked_at_as_it_stands_and_ages_go_on()
    {
        using var demo = new DemoCopy();
        var baoying = Path.Combine(s_rules, "warnings-baoying.json");
        var (code, answer) = Replay(demo, baoying, "--from", "2026-02-27", "--to", "2026-04-14");
        Assert.Equal(0, code);
        var due = Assert.Single(answer["warnings"]!.AsArray(),
            w => (string)w!["rule"]! == "W04" && (string)w["subject"]! == "payroll/3")!["found"]!;
        Assert.Equal(("2026-02-27", "2026-03-14", "2026-04-14", 15, 31, 1), ((string)due["first"]!,
            (string)due["orange_on"]!, (string)due["red_on"]!, (int)due["yellow"]!, (int)due["orange"]!,
            (int)due["red"]!));
        Assert.Equal(0, (int)answer["sweeps"]!);
    }

    [Theory]
    [InlineData("--from", "2026-02-30")]
    [InlineData("--from", "2026-02-03", "--to", "2026-02-02")]
    public void Days_that_are_none_or_turned_are_bad_usage(params string[] days)
    {
        var (code, _, _) = Disburse.Run(["warning", "replay", s_guizhou, .. days,
            "--db", $"sqlite:{FinishedDemo.Shared.Database}"]);
        Assert.Equal(2, code);
    }

    private static (int Code, JsonObject Answer) Replay(DemoCopy demo, string pack, params string[] days)
    {
        var (code, output, errors) = Disburse.Run(["warning", "replay", pack, .. days, "--db", demo.Option, "--json"]);
        Assert.True(output.Length > 0, $"{code}: {errors}");
        return (code, JsonNode.Parse(output)!.AsObject());
    }

    private static List<string> Raised(DemoCopy demo)
    {
        using var connection = new SqliteConnection($"Data Source={demo.Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT rule || ' ' || subject FROM warning";
        using var reader = command.ExecuteReader();
        var raised = new List<string>();
        while (reader.Read()) raised.Add(reader.GetString(0));
        return raised;
    }
}

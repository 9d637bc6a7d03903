using System.Text.Json.Nodes;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Host.Cli;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>claim, worker, account and key lists: every row once, a page at a time, on both engines.</summary>
public sealed class ListTests
{
    [Theory]
    [MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Pages_together_are_the_whole_register(string engine)
    {
        using var database = Databases.Fresh(engine);
        var sample = new SampleLedger(database.Store);
        var payrolls = sample.Approved();
        var claims = sample.Ask(v => v.List<WageClaimRow>());
        Assert.Equal(claims.Select(c => (c.Claim, c.NetFen)),
            Paged(database, "claim list", 100, "claim").Select(c => (Number(c, "claim"), Number(c, "net_fen"))));
        var registrations = sample.Ask(v => v.List<RegistrationRow>());
        Assert.Equal(registrations.Select(r => (r.Worker, r.Team)).Distinct().Order(),
            Paged(database, "worker list", 70, "worker").Select(w => (Number(w, "worker"), (string)w["team"]!))
                .Order());
        Assert.Equal(sample.Ask(v => v.List<WageAccountRow>()).Select(a => a.Account),
            Paged(database, "account list", 2, "account").Select(a => Number(a, "account")));
        Assert.Equal(sample.Ask(v => v.List<PersonRow>()).Select(p => p.Person),
            Paged(database, "key list", 2, "person").Select(k => Number(k, "person")));

        var one = claims[^1];
        Assert.Equal(claims.Where(c => c.Payroll == payrolls[1].Payroll).Select(c => c.Claim),
            Rows(database, $"claim list --payroll {payrolls[1].Payroll}").Select(c => Number(c, "claim")));
        Assert.Equal(claims.Where(c => c.Worker == one.Worker).Select(c => c.Claim),
            Rows(database, $"claim list --worker {one.Worker}").Select(c => Number(c, "claim")));
        Assert.Empty(Rows(database, $"claim list --worker {one.Worker} --payroll {payrolls[0].Payroll}"));
        var project = sample.Ask(v => v.Find<ProjectRow>(("project", one.Project)))!.Code;
        Assert.Equal(claims.Count(c => c.Project == one.Project),
            Rows(database, $"claim list --project {project}").Count);
        Assert.Empty(Rows(database, "claim list --project NONE"));
        Assert.Equal(registrations.Where(r => r.Project == one.Project).Select(r => r.Worker).Distinct().Count(),
            Rows(database, $"worker list --project {project}").Count);
        Assert.Empty(Rows(database, "worker list --identity 11010519491231002X"));
    }

    [Fact]
    public void A_page_that_is_not_the_last_says_where_the_next_one_begins()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        new SampleLedger(database.Store).Approved();
        const string Three = "claim list --limit 3 --lang ";
        var (zh, en) = (Run(database, Three + "zh"), Run(database, Three + "en"));
        Assert.EndsWith("还有更多: --after 3\n", zh.Seen, StringComparison.Ordinal);
        Assert.EndsWith("there are more: --after 3\n", en.Seen, StringComparison.Ordinal);
        Assert.Contains("应付工资", zh.Output, StringComparison.Ordinal);
        Assert.Contains("未付 Unpaid", zh.Output, StringComparison.Ordinal);
        Assert.Contains("│ claim │ worker │", en.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--after", Run(database, "claim list").Seen, StringComparison.Ordinal);
        foreach (var limit in new[] { "0", "100001" })
            Assert.Equal(ExitStatus.BadUsage, Run(database, $"claim list --limit {limit}").Status);
    }

    [Fact]
    public void Every_key_a_person_had_is_listed_and_one_at_most_is_in_force()
    {
        using var folder = TranscriptScript.Begin("people");
        var revoked = folder.Run("person revoke supervisor --as supervisor");
        Assert.True(revoked.Status == 0, revoked.Seen);
        var keys = JsonNode.Parse(folder.Run("key list", "--json").Output)!.AsArray();
        Assert.Equal([false, false], keys.Where(k => (string)k!["handle"]! == "supervisor")
            .Select(k => (bool)k!["in_force"]!));
        Assert.Equal(4, keys.Count(k => (long)k!["version"]! == 1));
        Assert.All(keys.GroupBy(k => (long)k!["person"]!), k => Assert.True(k.Count(v => (bool)v!["in_force"]!) <= 1));
        Assert.All(keys.Where(k => k!["algorithm"] is not null),
            k => Assert.Matches("^[0-9a-f]{64}$", (string)k!["fingerprint"]!));
    }

    private static List<JsonNode> Paged(Database database, string list, int limit, string key)
    {
        var all = new List<JsonNode>();
        for (var after = 0L; ; after = Number(all[^1], key))
        {
            var page = Rows(database, $"{list} --limit {limit} --after {after}");
            all.AddRange(page);
            Assert.InRange(page.Select(r => Number(r, key)).Distinct().Count(), 0, limit);
            if (page.Count == 0) return all;
        }
    }

    private static long Number(JsonNode row, string name) => (long)row[name]!;

    private static List<JsonNode> Rows(Database database, string line)
    {
        var taken = Run(database, line + " --json");
        Assert.True(taken.Status == 0, taken.Seen);
        return [.. JsonNode.Parse(taken.Output)!.AsArray().Select(n => n!)];
    }

    private static ConsoleTaken Run(Database database, string line) =>
        UsageTests.Run([.. line.Split(' '), "--db", database.Option]);
}

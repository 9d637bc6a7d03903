using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using Disbursement.Host.Simulation;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Simulation;

/// <summary>
/// The simulation in few seeds; <c>disburse simulate --seeds 2000</c> is the whole one. SIM_SEEDS=first-count plays
/// others.
/// </summary>
public sealed class SimulationTests(SimulationTests.Base template, ITestOutputHelper output)
    : IClassFixture<SimulationTests.Base>
{
    [Fact]
    public void Fresh_seeds_hold_every_law_and_come_to_rest()
    {
        // Fresh ones every day, the same all day: what fails in the morning fails again when it is looked at.
        var (from, count) = Environment.GetEnvironmentVariable("SIM_SEEDS")?.Split('-') is [var first, var many]
            ? (long.Parse(first, CultureInfo.InvariantCulture), int.Parse(many, CultureInfo.InvariantCulture))
            : (1_000L * NodaTime.SystemClock.Instance.GetCurrentInstant().InUtc().DayOfYear, 50);
        Holds(new SimulationRun(template.Simulator, months: 1).Play(from, count, shrink: false, 2));
    }

    /// <summary>Every seed that specs/regressions.md names with what it showed.</summary>
    public static TheoryData<long, int> Failed => [.. Regex.Matches(
        File.ReadAllText(Repository.PathOf("specs", "regressions.md")),
        "`simulate --seed ([0-9]+) --months ([0-9]+)`").Select(m => (
            long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture),
            int.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture)))];

    [Theory, MemberData(nameof(Failed))]
    public void A_seed_that_once_failed_holds(long seed, int months) =>
        Holds(new SimulationRun(template.Simulator, months).Play(seed, 1, shrink: false, 1));

    [Fact]
    public void A_seed_plays_the_same_way_each_time_whatever_the_keys()
    {
        var script = Script.Of(7, 3);
        using var other = new Base();
        var (one, again) = (Facts(template, 7, script.Steps), Facts(other, 7, script.Steps));
        Assert.Equal(one, again);
        Assert.NotEqual(one, Facts(template, 8, Script.Of(8, 3).Steps));
    }

    /// <summary>All rows of a world at its end, without what is made of keys' bytes.</summary>
    private static string Facts(Base made, long seed, IReadOnlyList<Step> steps)
    {
        var text = new StringBuilder();
        made.Looked(world =>
        {
            var eye = world.Database.Eye;
            foreach (var table in eye.Query<string>(
                """
                SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('document', 'checkpoint')
                ORDER BY name
                """).ToList())
                foreach (var row in eye.Query($"SELECT * FROM {table}").Cast<IDictionary<string, object?>>()
                    .Select(r => table + " " + string.Join(' ', r.Values.Select(Plain)))
                    .Order(StringComparer.Ordinal))
                    text.AppendLine(row);
        }).Play(seed, steps);
        return text.ToString();
    }

    private static string Plain(object? value) => value is byte[] { Length: > 64 } bytes && bytes[0] < 128
        ? Plain(Encoding.UTF8.GetString(bytes)) : value is byte[]? "bytes"
        : Regex.Replace($"{value}", "[0-9a-f]{64}|[A-Za-z0-9+/=]{43,}", "digest");

    /// <summary>Each night the laws ask of every open line who owes it and by when; here for each way to be unpaid.
    /// </summary>
    [Fact]
    public void Wages_stay_unpaid_in_every_way_there_is_and_each_has_its_debtor_and_deadline_the_night_after()
    {
        Mark[] ways = [Mark.SheetMissing, Mark.SheetRefused, Mark.SheetNotSubmitted, Mark.SheetNotApproved,
            Mark.LeftOffSheet, Mark.ApprovedShort, Mark.SentUnknown, Mark.ReturnedUnpaid];
        var reached = new[] { 1L, 3L }.Select(seed =>
        {
            var report = new SimulationRun(template.Simulator, months: 2).Play(seed, 1, shrink: false, 1);
            Holds(report);
            return report;
        }).ToList();
        Assert.DoesNotContain(ways, way => reached.All(report => report.Marks[way].Times == 0));
    }

    [Fact]
    public void A_few_seeds_hold_on_the_other_engine_too()
    {
        using var worlds = Worlds.Of(PostgresServer.Running.Connection("postgres", "postgres"));
        Holds(new SimulationRun(new Simulator(worlds.Base, worlds.Make), months: 1).Play(3, 2, shrink: false, 1));
    }

    private void Holds(SimulationReport report)
    {
        output.WriteLine(JsonSerializer.Serialize(report.Marks.ToDictionary(m => $"{m.Key}", m => m.Value.Times)));
        Assert.Empty(report.Failures.Select(f => $"seed {f.Seed} step {f.Violation.Step} {f.Violation.Law}: "
            + string.Join("; ", f.Violation.Rows.Take(5))));
    }

    /// <summary>The base of every world, made once.</summary>
    public sealed class Base : IDisposable
    {
        private readonly Worlds _worlds = Worlds.Of(null);

        internal Simulator Simulator => new(_worlds.Base, _worlds.Make);
        internal Simulator Meddled(Action<World, Step> meddle) =>
            new(_worlds.Base, _worlds.Make) { Meddle = meddle };

        internal Simulator Looked(Action<World> look) => new(_worlds.Base, _worlds.Make) { Look = look };

        public void Dispose() => _worlds.Dispose();
    }
}

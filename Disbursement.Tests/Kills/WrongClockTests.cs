using Dapper;
using Disbursement.Engine.Files;
using Disbursement.Host.Storage;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Kills;

/// <summary>The clock of the machine the program runs on stands wrong; the database's does not.</summary>
public sealed class WrongClockTests(PreparedMorning prepared) : IClassFixture<PreparedMorning>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wrong-clock-").FullName;

    private string Ahead => Path.Combine(_folder, "ahead");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(600)]
    [InlineData(-600)]
    public void More_than_five_minutes_off_the_database_nothing_is_decided(int seconds)
    {
        using var database = Databases.Fresh(Engines.Postgres);
        var (code, _, errors) = Init(database, seconds, "en");
        Assert.Equal(4, code);
        Assert.Contains("more than five minutes apart: set them right", errors, StringComparison.Ordinal);
        Assert.Contains("请校准时钟", Init(database, seconds, "zh").Errors, StringComparison.Ordinal);
        using var owner = database.Owner();
        Assert.Equal(0, owner.ExecuteScalar<long>("SELECT count(*) FROM log_leaf"));
    }

    /// <summary>So that two hosts agree on when a lease is over, however their own clocks stand.</summary>
    [Theory]
    [InlineData(240)]
    [InlineData(-240)]
    public void Within_five_minutes_the_database_tells_the_time(int seconds)
    {
        using var database = Databases.Fresh(Engines.Postgres);
        var begun = SystemClock.Instance.GetCurrentInstant();
        var (code, output, errors) = Init(database, seconds, "en");
        Assert.True(code == 0, output + errors);
        using var connection = database.Dialect.Open();
        var decided = connection.ExecuteScalar<Instant>("SELECT last_at FROM ledger_head");
        Assert.InRange(decided, begun, SystemClock.Instance.GetCurrentInstant());
    }

    /// <summary>On SQLite there is no other clock: the ledger's last moment holds until the machine's is past it.
    /// </summary>
    [Fact]
    public void Set_back_between_two_runs_the_ledger_does_not_go_back()
    {
        var morning = prepared.Copy();
        var (code, output, errors) = Run(morning, 7_200, "release", "fund", "1");
        Assert.True(code == 0, output + errors);
        var last = LastAt(morning);
        Assert.True(last > SystemClock.Instance.GetCurrentInstant() + Duration.FromHours(1), $"{last}");
        (code, output, errors) = Run(morning, 0, "tick");
        Assert.True(code is 0 or 1, output + errors);
        Assert.Contains("lies before the ledger's last moment: decided as of", errors, StringComparison.Ordinal);
        Assert.NotEmpty(morning.Files(FileState.Delivered));
        Assert.Equal(last, LastAt(morning));
    }

    private (int Code, string Output, string Errors) Run(SendingMorning morning, int seconds, params string[] verb)
    {
        // Without --at: by the clock.
        var words = morning.Words(verb).ToList();
        words.RemoveRange(words.IndexOf("--at"), 2);
        return Disburse.RunWith(OuterWorld.Clock(Ahead, seconds), words);
    }

    private (int Code, string Output, string Errors) Init(Database database, int seconds, string language) =>
        Disburse.RunWith(OuterWorld.Clock(Ahead, seconds), "init", "--ledger", "520100", "--db", database.Option,
            "--lang", language, "--journal", Path.Combine(_folder, "send-journal"), "--anchor",
            Path.Combine(_folder, "anchor"), "--log-key", Path.Combine(_folder, "log.key.pem"), "--keys", _folder,
            "--exchange", Path.Combine(_folder, "exchange"));

    private static Instant LastAt(SendingMorning morning)
    {
        using var connection = Dialect.Parse(morning.Database).Open();
        return connection.ExecuteScalar<Instant>("SELECT last_at FROM ledger_head");
    }
}

using System.Text;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Cli;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Storage;

/// <summary>One writer per ledger, all or nothing, readers that never wait: the same on both engines.</summary>
public sealed class WriterContractTests
{
    private const long Guiyang = 520100, Zunyi = 520300;
    private static readonly FixedMoment Moment = new(Instant.FromUtc(2026, 2, 6, 1, 0));

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public async Task Commands_on_one_ledger_run_in_turn_and_lose_no_update(string engine)
    {
        using var database = Opened(engine, Guiyang);
        var leaves = Head(database, Guiyang).Leaves;
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            // A store of its own, as another process has.
            var runner = new Composition(new LedgerStore(database.Dialect), Moment).Runner;
            for (var i = 0; i < 10; i++) Assert.True(runner.Run(Guiyang, Message($"m{writer}-{i}")).Accepted);
        })));
        using var view = database.Store.Read(Guiyang);
        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), view.List<BankMessageRow>().Select(m => m.Message));
        Assert.Equal(leaves + 40, view.Find<LedgerHeadRow>()!.Leaves);
        Assert.Equal(leaves + 40, view.Count<LogLeafRow>());
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public async Task Two_ledgers_are_written_side_by_side(string engine)
    {
        using var database = Opened(engine, Guiyang, Zunyi);
        await Task.WhenAll(new[] { Guiyang, Zunyi }.Select(ledger => Task.Run(() =>
        {
            var runner = new Composition(new LedgerStore(database.Dialect), Moment).Runner;
            for (var i = 0; i < 10; i++) Assert.True(runner.Run(ledger, Message($"m{i}")).Accepted);
        })));
        foreach (var ledger in new[] { Guiyang, Zunyi })
        {
            using var view = database.Store.Read(ledger);
            Assert.Equal(10, view.Count<BankMessageRow>());
        }
        // SQLite has one writer per file; on PostgreSQL a ledger that is held holds nobody else up.
        if (!database.Postgres) return;
        using var held = database.Store.Begin(Guiyang);
        var other = await Soon(() =>
            new Composition(new LedgerStore(database.Dialect), Moment).Runner.Run(Zunyi, Message("x")));
        Assert.True(other.Accepted);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public async Task Screens_read_what_was_committed_while_a_writer_holds_the_ledger(string engine)
    {
        using var database = Opened(engine, Guiyang);
        using var held = database.Store.Begin(Guiyang);
        var leaves = await Soon(() => Head(database, Guiyang).Leaves);
        Assert.Equal(held.Head.Leaves, leaves);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_decision_that_fails_at_its_last_row_leaves_nothing_and_the_next_one_goes_through(string engine)
    {
        using var database = Opened(engine, Guiyang);
        var runner = new CommandRunner(database.Store, Moment,
            new HandlerCatalogue([.. Composition.Handlers(), new Twice()]), new SignatureCheck());
        var before = Head(database, Guiyang);
        var command = new Command("sample.twice")
            .With(new InputDocument("sample", "样例"u8.ToArray(), Personal: true));
        Assert.ThrowsAny<Exception>(() => runner.Run(Guiyang, command));
        using (var view = database.Store.Read(Guiyang))
        {
            Assert.Equal(before, view.Find<LedgerHeadRow>());
            Assert.Equal(0, view.Count<EmployerRow>());
            Assert.Equal(0, view.Count<DocumentRow>(("kind", "sample")));
        }
        Assert.True(runner.Run(Guiyang, Message("after")).Accepted);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_header_written_over_another_version_than_the_one_read_is_a_defect(string engine)
    {
        using var database = Opened(engine, Guiyang);
        var head = Head(database, Guiyang);
        using var connection = database.Dialect.Open();
        using var transaction = database.Dialect.BeginWrite(connection);
        var batch = database.Dialect.Batch(connection, transaction);
        Assert.Throws<DefectException>(() =>
        {
            batch.Add(TableMap<LedgerHeadRow>.Shared, head with { Version = head.Version + 2 }, update: true);
            batch.Flush();
        });
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Text_is_ordered_by_code_point(string engine)
    {
        using var database = Opened(engine, Guiyang);
        // U+FFFD comes before U+20BB7, though its UTF-16 unit is above the surrogates.
        string[] ordered = ["A", "Z", "a", "a b", "ab", "é", "中", "\uFFFD", "𠮷"];
        using var connection = database.Dialect.Open();
        foreach (var subject in ordered.Reverse())
            connection.Execute("INSERT INTO subject_key (ledger, subject, secret) VALUES (7, @subject, @secret)",
                new { subject, secret = new byte[] { 1 } });
        Assert.Equal(ordered,
            connection.Query<string>("SELECT subject FROM subject_key WHERE ledger = 7 ORDER BY subject"));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_clock_more_than_five_minutes_off_the_databases_is_a_fault(string engine)
    {
        using var database = Databases.Empty(engine);
        Instant Off(Duration by) => SystemClock.Instance.GetCurrentInstant() + by;
        foreach (var by in new[] { Duration.FromMinutes(6), -Duration.FromMinutes(6) })
            Assert.Throws<ClockFaultException>(() => new MachineClock(database.Dialect, () => Off(by)).Read());
        foreach (var by in new[] { Duration.Zero, Duration.FromMinutes(4), -Duration.FromMinutes(4) })
            new MachineClock(database.Dialect, () => Off(by)).Read();
        // Once good is not good for ever.
        var drift = Duration.Zero;
        var clock = new MachineClock(database.Dialect, () => Off(drift));
        clock.Read();
        drift = Duration.FromMinutes(6);
        Assert.Throws<ClockFaultException>(() => clock.Read());
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Within_five_minutes_it_is_the_databases_clock_that_counts(string engine)
    {
        using var database = Databases.Empty(engine);
        var off = Duration.FromMinutes(4);
        var clock = new MachineClock(database.Dialect, () => SystemClock.Instance.GetCurrentInstant() + off);
        void Agrees(Instant read)
        {
            var apart = read - SystemClock.Instance.GetCurrentInstant();
            Assert.InRange(apart, -Duration.FromSeconds(20), Duration.FromSeconds(1));
        }
        Agrees(clock.Read());
        // Set back by a little in mid-run: less than a fault, more than nothing.
        off = -Duration.FromMinutes(4);
        Agrees(clock.Read());
        Agrees(clock.ReadAnew());
    }

    /// <summary>What comes without waiting for the ledger that the test holds.</summary>
    private static Task<T> Soon<T>(Func<T> act) => Task.Run(act, TestContext.Current.CancellationToken)
        .WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    private static Database Opened(string engine, params IReadOnlyList<long> ledgers)
    {
        var database = Databases.Fresh(engine);
        foreach (var ledger in ledgers)
            LedgerCommands.Open(new Composition(database.Store, Moment), ledger, rehearsal: true);
        return database;
    }

    private static LedgerHeadRow Head(Database database, long ledger)
    {
        using var view = database.Store.Read(ledger);
        return view.Find<LedgerHeadRow>()!;
    }

    private static Command Message(string name) => new Command("bank.receive", ("profile", "icbc-bxt"), ("name", name))
        .With(new InputDocument(BankReceive.Body, Encoding.UTF8.GetBytes(name), Personal: true));

    /// <summary>Writes a good row, and then the same row again.</summary>
    private sealed class Twice : ICommandHandler
    {
        public string Verb => "sample.twice";

        public Decision<Changes> Decide(DecisionContext context)
        {
            var row = new EmployerRow { Employer = 1, CreditCode = "91520100MA6DM00000", Name = "样例" };
            return Decision<Changes>.Accept(new Changes().Insert(row).Insert(row));
        }
    }
}

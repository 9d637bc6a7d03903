using System.Globalization;
using System.Text.Json;
using Dapper;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Cli;
using Disbursement.Host.Security;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Storage;

/// <summary>
/// PostgreSQL plans by the sizes its tables have, also within the minute autovacuum takes to come by. Found once at
/// 100,000 lines: each roster walked all workers before it, and a sweep all claims once for every line that came back.
/// </summary>
public sealed class StatisticsTests
{
    private const long Guiyang = 520100;
    private static readonly FixedMoment Moment = new(Instant.FromUtc(2026, 2, 6, 1, 0));

    [Fact]
    public void A_table_that_filled_is_looked_at_once_and_again_when_it_grew_fourfold()
    {
        using var database = Databases.Fresh(Engines.Postgres);
        LedgerCommands.Open(new Composition(database.Store, Moment), Guiyang, rehearsal: true);
        var runner = new CommandRunner(database.Store, Moment,
            new HandlerCatalogue([.. Composition.Handlers(), new Filling()]), new SignatureCheck());
        using var owner = database.Owner();
        Assert.Equal(-1, Known(owner)); // what PostgreSQL says of a table nobody looked at
        Fill(runner, from: 1, rows: 1000);
        Assert.Equal(1000, Known(owner));
        Fill(runner, from: 1001, rows: 100);
        Assert.Equal(1000, Known(owner));
        Fill(runner, from: 1101, rows: 9000);
        Assert.Equal(10_100, Known(owner), tolerance: 1500); // a sample's guess
        using var application = database.Dialect.Open();
        Assert.Equal(0, application.ExecuteScalar<long>("SELECT refresh_statistics()"));
    }

    [Fact]
    public void A_ledger_nobody_has_looked_at_is_expected_to_have_as_many_rows_as_another()
    {
        using var database = Databases.Fresh(Engines.Postgres);
        LedgerCommands.Open(new Composition(database.Store, Moment), Guiyang, rehearsal: true);
        var runner = new CommandRunner(database.Store, Moment,
            new HandlerCatalogue([.. Composition.Handlers(), new Filling()]), new SignatureCheck());
        Fill(runner, from: 1, rows: 1000);
        using var application = database.Dialect.Open();
        application.Execute("PREPARE of_ledger(bigint) AS SELECT * FROM employer WHERE ledger = $1");
        Assert.Equal(1000, Expected(application, Guiyang));
        Assert.Equal(1000, Expected(application, 520300));
    }

    [Fact]
    public void Only_the_application_may_ask_for_it()
    {
        using var database = Databases.Fresh(Engines.Postgres);
        using var owner = database.Owner();
        Assert.Equal(["disburse_app"], owner.Query<string>("""
            SELECT grantee FROM information_schema.routine_privileges
            WHERE routine_name = 'refresh_statistics' AND grantee <> grantor
            """));
    }

    private static double Known(System.Data.Common.DbConnection owner) =>
        owner.ExecuteScalar<float>("SELECT reltuples FROM pg_class WHERE oid = 'employer'::regclass");

    private static long Expected(System.Data.Common.DbConnection application, long ledger) =>
        JsonDocument.Parse(application.ExecuteScalar<string>(string.Create(CultureInfo.InvariantCulture,
                $"EXPLAIN (FORMAT JSON) EXECUTE of_ledger({ledger})"))!)
            .RootElement[0].GetProperty("Plan").GetProperty("Plan Rows").GetInt64();

    private static void Fill(CommandRunner runner, int from, int rows) =>
        Assert.True(runner.Run(Guiyang, new Command("sample.fill", ("from", from), ("rows", rows))).Accepted);

    /// <summary>Writes employers, numbered from one on.</summary>
    private sealed class Filling : ICommandHandler
    {
        public string Verb => "sample.fill";

        public Decision<Changes> Decide(DecisionContext context)
        {
            var from = context.Command.Number("from");
            return Decision<Changes>.Accept(new Changes().Insert<EmployerRow>([.. Enumerable.Range(0,
                (int)context.Command.Number("rows")).Select(n => new EmployerRow
                {
                    Employer = from + n,
                    CreditCode = "91520100" + (from + n).ToString("D10", CultureInfo.InvariantCulture),
                    Name = "样例",
                })]));
        }
    }
}

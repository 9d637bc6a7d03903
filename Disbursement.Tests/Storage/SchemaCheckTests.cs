using System.Diagnostics;
using Dapper;
using Disbursement.Host.Storage;
using Disbursement.Tests.Architecture;
using Xunit;

namespace Disbursement.Tests.Storage;

/// <summary>A law that was dropped, changed or switched off in the database is named.</summary>
public sealed class SchemaCheckTests
{
    /// <summary>Statement of the owner, and the object that is then told.</summary>
    public static TheoryData<string, string, string> Alterations => new()
    {
        { Engines.Sqlite, "DROP TRIGGER payment_law", "trigger payment_law is missing" },
        { Engines.Sqlite, "DROP TRIGGER payment_law; "
            + "CREATE TRIGGER payment_law BEFORE INSERT ON payment BEGIN SELECT 1; END",
            "trigger payment_law is altered" },
        { Engines.Sqlite, "CREATE TRIGGER mine AFTER INSERT ON payment BEGIN SELECT 1; END",
            "trigger mine was added" },
        { Engines.Sqlite, "DROP VIEW open_send; CREATE VIEW open_send AS SELECT 1 AS ledger, 1 AS send WHERE 0",
            "view open_send is altered" },
        { Engines.Postgres, "DROP TRIGGER payment_law ON payment", "trigger payment.payment_law is missing" },
        { Engines.Postgres, "ALTER TABLE payment DISABLE TRIGGER payment_law",
            "trigger payment.payment_law is altered" },
        { Engines.Postgres, "ALTER TABLE payment DISABLE TRIGGER ALL", "keys payment is altered" },
        { Engines.Postgres, "CREATE OR REPLACE FUNCTION payment_law() RETURNS trigger LANGUAGE plpgsql "
            + "AS 'BEGIN RETURN NULL; END'",
            "function payment_law is altered" },
        { Engines.Postgres, "ALTER TABLE payment DROP CONSTRAINT payment_prior_is_dead",
            "constraint payment.payment_prior_is_dead is missing" },
        { Engines.Postgres, "CREATE OR REPLACE VIEW open_send AS SELECT ledger, send FROM journalled_send WHERE false",
            "view open_send is altered" },
        { Engines.Postgres, "GRANT UPDATE (amount_fen) ON payment TO disburse_app", "table payment is altered" },
        { Engines.Postgres, "CREATE RULE mine AS ON INSERT TO payment DO INSTEAD NOTHING",
            "rule payment.mine was added" },
        { Engines.Postgres, "DROP INDEX wage_claim_key", "index wage_claim_key is missing" },
    };

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void The_kept_list_is_what_the_scripts_make(string engine)
    {
        using var database = Databases.Fresh(engine);
        using var connection = database.Dialect.Open();
        var page = Repository.PathOf("Disbursement.Host", "Storage", "Migrations", $"schema_{engine}.txt");
        var made = string.Join('\n', SchemaText.Of(connection)) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_SPECS") == "1") File.WriteAllText(page, made);
        Assert.Equal(File.ReadAllText(page), made);
        // What is embedded is of the build before it was written.
        if (Environment.GetEnvironmentVariable("UPDATE_SPECS") != "1")
            Assert.Empty(SchemaCheck.Altered(database.Dialect));
    }

    [Theory, MemberData(nameof(Alterations))]
    public void A_change_of_the_schema_is_named(string engine, string statement, string told)
    {
        using var database = Databases.Fresh(engine);
        using (var owner = database.Owner()) owner.Execute(statement);
        Assert.Contains(SchemaCheck.Altered(database.Dialect),
            f => f.Text(chinese: false).Contains(told, StringComparison.Ordinal));
    }

    /// <summary>10 ms is the bar; under a loaded machine the quickest of some runs is what it costs.</summary>
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_start_pays_little_for_it(string engine)
    {
        using var database = Databases.Fresh(engine);
        var quickest = Enumerable.Range(0, 20).Min(_ =>
        {
            var began = Stopwatch.GetTimestamp();
            SchemaCheck.Altered(database.Dialect);
            return Stopwatch.GetElapsedTime(began);
        });
        // Some ms on a free machine; a start of the program takes 150.
        Assert.True(quickest.TotalMilliseconds < 50, $"{quickest}");
    }
}

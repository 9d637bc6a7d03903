using Dapper;
using Disbursement.Host.Cli;
using Disbursement.Host.Storage;
using Xunit;

namespace Disbursement.Tests.Storage;

/// <summary>A schema is made once, known by its digests, and never guessed at.</summary>
public sealed class MigrationTests
{
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_repeat_changes_nothing(string engine)
    {
        using var database = Databases.Fresh(engine);
        var made = Journal(database);
        Assert.NotEmpty(made);
        database.Store.Migrate();
        Assert.Equal(made, Journal(database));
        Assert.Equal(Migrations.Digests(database.Dialect).OrderBy(d => d.Key, StringComparer.Ordinal)
            .Select(d => $"{d.Key} {d.Value}"), made);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_database_made_with_another_text_of_a_script_is_refused(string engine)
    {
        using var database = Databases.Fresh(engine);
        using var owner = database.Owner();
        if (!database.Postgres) owner.Execute("DROP TRIGGER schema_version_fixed");
        owner.Execute("UPDATE schema_version SET digest = 'another' WHERE script = '0002_laws'");
        var refused = Assert.Throws<UsageException>(database.Store.Migrate);
        Assert.Contains("its script 0002_laws differs", refused.Message, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_database_of_a_newer_program_is_refused(string engine)
    {
        using var database = Databases.Fresh(engine);
        using var owner = database.Owner();
        owner.Execute("INSERT INTO schema_version (script, digest) VALUES ('9001_later', 'later')");
        var refused = Assert.Throws<UsageException>(database.Store.Migrate);
        Assert.Contains("newer program", refused.Message, StringComparison.Ordinal);
        Assert.Contains("较新版本", refused.Text(chinese: true), StringComparison.Ordinal);
    }

    private static List<string> Journal(Database database)
    {
        using var owner = database.Owner();
        return owner.Query<string>("SELECT script || ' ' || digest FROM schema_version ORDER BY script").AsList();
    }
}

using Disbursement.Engine.Files;
using Disbursement.Host;
using Disbursement.Host.Cli;
using Disbursement.Host.Files;
using Disbursement.Host.Storage;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Files;

/// <summary>A production ledger sends nothing while its send journal would come back with its database.</summary>
public sealed class JournalPlaceTests : IDisposable
{
    private const long Production = 520100, Rehearsal = 520200;
    private readonly Database _database = Databases.Fresh(Engines.Sqlite);
    private readonly DirectoryInfo _elsewhere = Directory.CreateTempSubdirectory("elsewhere-");

    public JournalPlaceTests() => Opened(_database);

    private string Folder => Path.GetDirectoryName(((SqliteDialect)_database.Dialect).Path)!;

    public void Dispose()
    {
        _database.Dispose();
        _elsewhere.Delete(recursive: true);
    }

    [Theory]
    [InlineData("send-journal")]
    [InlineData("journal/of/banks/send-journal")]
    [InlineData("../{folder}/send-journal")]
    [InlineData("link-back/send-journal")]
    public void Beside_or_below_the_database_it_refuses(string place)
    {
        Directory.CreateSymbolicLink(Path.Combine(_elsewhere.FullName, "link-back"), Folder);
        var journal = place.StartsWith("link-back", StringComparison.Ordinal)
            ? Path.Combine(_elsewhere.FullName, place)
            : Path.Combine(Folder, place.Replace("{folder}", Path.GetFileName(Folder), StringComparison.Ordinal));
        Assert.Equal(FileRules.JournalBeside, JournalPlace.Refusal(_database.Store, Production, journal)!.Rule);
        Assert.Null(JournalPlace.Refusal(_database.Store, Rehearsal, journal));
        Assert.Equal(FileRules.JournalNear, JournalPlace.Warning(_database.Dialect, journal)!.Rule);
    }

    [Fact]
    public void In_another_folder_it_may_send_also_by_a_link_out_of_the_database_s()
    {
        var link = Path.Combine(Folder, "out");
        Directory.CreateSymbolicLink(link, _elsewhere.FullName);
        foreach (var journal in new[]
        {
            Path.Combine(_elsewhere.FullName, "send-journal"), Path.Combine(link, "send-journal"),
            // A name that only begins like the folder's.
            Folder + "-journals/send-journal",
        })
        {
            Assert.Null(JournalPlace.Refusal(_database.Store, Production, journal));
            Assert.Null(JournalPlace.Warning(_database.Dialect, journal));
        }
    }

    [Fact]
    public void A_server_s_database_lies_elsewhere()
    {
        using var database = Databases.Fresh(Engines.Postgres);
        Opened(database);
        Assert.Null(JournalPlace.Refusal(database.Store, Production, "data/send-journal"));
        Assert.Null(JournalPlace.Warning(database.Dialect, "data/send-journal"));
    }

    private static void Opened(Database database)
    {
        var composition = new Composition(database.Store, new FixedMoment(Instant.FromUtc(2026, 2, 6, 1, 0)));
        LedgerCommands.Open(composition, Production, rehearsal: false);
        LedgerCommands.Open(composition, Rehearsal, rehearsal: true);
    }
}

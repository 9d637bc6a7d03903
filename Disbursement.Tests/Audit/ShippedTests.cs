using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Primitives;
using Disbursement.Host;
using Disbursement.Host.Adapters;
using Disbursement.Host.Cli;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Audit;

/// <summary>What ships and cannot be taken is told when a ledger opens.</summary>
public sealed class ShippedTests
{
    [Fact]
    public void A_document_that_ships_and_is_refused_is_named_with_its_file()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var folder = Directory.CreateTempSubdirectory("shipped-");
        var file = Path.Combine(folder.FullName, "another-name.json");
        File.Copy(Shipped.Profiles().First(), file);
        var composition = new Composition(database.Store, new FixedMoment(Instant.FromUtc(2026, 2, 6, 1, 0)),
            new OutsideAdapters(BankCatalogue.Shipped, [file]));
        var unfit = new List<Finding>();
        Assert.True(LedgerCommands.Open(composition, 520100, rehearsal: true, unfit));
        Assert.Equal((ProfileRules.OtherName.Code, file), (Assert.Single(unfit).Rule.Code, unfit[0].At.File));
        // Whoever does not ask is not left in the belief that it is in force.
        Assert.Contains("what ships was refused", Assert.Throws<DefectException>(
            () => LedgerCommands.Open(composition, 520100, rehearsal: true)).Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }
}

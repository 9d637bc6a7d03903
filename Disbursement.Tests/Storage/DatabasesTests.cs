using Xunit;

namespace Disbursement.Tests.Storage;

public class DatabasesTests
{
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_fresh_database_is_migrated_and_empty(string engine)
    {
        using var database = Databases.Fresh(engine);
        Assert.Empty(database.Store.Ledgers());
        Assert.Equal((0, "0\n"), database.Outside("SELECT count(*) FROM payment"));
    }
}

using System.Text.Json.Nodes;
using Disbursement.Tests.Audit;
using Disbursement.Tests.Erasure;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Demo;

public sealed class DemoPostgresTests
{
    [Fact]
    public void The_demo_ends_alike_on_PostgreSQL_and_is_rebuilt_from_its_log_also_when_a_worker_was_erased()
    {
        using var database = Databases.Empty(Engines.Postgres);
        using var folder = new Scratch();
        var (code, output, errors) = Disburse.Run("demo", "--json", "--lang", "en", "--data", folder.Root, "--db",
            database.Option);
        Assert.True(code == 0, output + errors);
        Assert.Equal(FinishedDemo.Totals(FinishedDemo.Shared.Report),
            FinishedDemo.Totals(JsonNode.Parse(output)!.AsObject()));
        Assert.False(File.Exists(folder["disburse.db"]));
        Assert.True(File.Exists(folder["disburse.anchor"]));
        var rebuilt = Disburse.Run("audit", "rebuild", "--db", database.Option,
            "--log-key", folder["keys/log.key.pem"]);
        Assert.True(rebuilt.Code == 0, rebuilt.Output + rebuilt.Errors);
        ErasedDemoTests.Erase(database.Option, folder.Root);
        var erased = Disburse.Run("audit", "rebuild", "--db", database.Option, "--lang", "en",
            "--log-key", folder["keys/log.key.pem"]);
        Assert.True(erased.Code == 0, erased.Output + erased.Errors);
        Assert.Contains("audit.erased: worker/1", erased.Output + erased.Errors, StringComparison.Ordinal);
    }
}

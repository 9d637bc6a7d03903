using Disbursement.Host.Storage;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Security;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Disbursement.Tests.Kills;

/// <summary>A morning before its first sending, on SQLite, made once and copied for each test.</summary>
public sealed class PreparedMorning : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("morning-").FullName;
    private int _made;

    public PreparedMorning()
    {
        new LedgerStore(new SqliteDialect(Path.Combine(Template, "data", "ledger.db"))).Migrate();
        var morning = new SendingMorning(Template, Option(Template));
        morning.Prepare();
        // So that there is an anchor to be held against.
        var (code, said, errors) = Disburse.Run(morning.Words(["audit", "checkpoint"]));
        Assert.True(code == 0, said + errors);
        SqliteConnection.ClearAllPools();
    }

    private string Template => Path.Combine(_folder, "template");

    internal SendingMorning Copy()
    {
        var root = Path.Combine(_folder, $"copy-{Interlocked.Increment(ref _made)}");
        var (code, said) = OutsideTool.Run("cp", "-a", Template, root);
        Assert.True(code == 0, said);
        return new SendingMorning(root, Option(root));
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    private static string Option(string root) => "sqlite:" + Path.Combine(root, "data", "ledger.db");
}

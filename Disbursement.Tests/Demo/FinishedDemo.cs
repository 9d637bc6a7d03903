using System.Text.Json.Nodes;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Demo;

/// <summary>One finished demo for all tests. Its folder is only read: who changes something takes a copy.</summary>
internal sealed class FinishedDemo
{
    private static readonly Lazy<FinishedDemo> Finished = new(() => new FinishedDemo());

    private FinishedDemo()
    {
        Folder = Directory.CreateTempSubdirectory("demo-finished-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);
        var (code, output, errors) = Disburse.Run("demo", "--json", "--lang", "en", "--data", Folder);
        Assert.True(code == 0, $"{code}: {output}{errors}");
        Report = JsonNode.Parse(output)!.AsObject();
    }

    public static FinishedDemo Shared => Finished.Value;

    public string Folder { get; }

    /// <summary>What the demo said of itself with --json.</summary>
    public JsonObject Report { get; }

    public string Database => Path.Combine(Folder, "disburse.db");

    /// <summary>A report without its word on whether the last run had anything left to do.</summary>
    public static string Totals(JsonObject report)
    {
        var totals = report.DeepClone().AsObject();
        totals.Remove("changed");
        return totals.ToJsonString();
    }

    /// <summary>Every row of every table but those named, as text, by python3's sqlite3.</summary>
    public static string Dump(string database, params string[] but)
    {
        const string Script = """
            import sqlite3, sys
            c = sqlite3.connect(sys.argv[1])
            for table, in c.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall():
                if table not in sys.argv[2:]:
                    for row in sorted(map(repr, c.execute(f'SELECT * FROM {table}'))): print(table, row)
            """;
        var (code, rows) = OutsideTool.Run("python3", ["-c", Script, database, .. but]);
        Assert.True(code == 0 && rows.Length > 0, rows);
        return rows;
    }
}

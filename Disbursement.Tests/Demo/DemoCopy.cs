using Microsoft.Data.Sqlite;

namespace Disbursement.Tests.Demo;

/// <summary>The finished demo in a folder that a test may change.</summary>
internal sealed class DemoCopy : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("demo-copy-").FullName;
    public string Database => Path.Combine(Folder, "disburse.db");

    /// <summary>What --db takes.</summary>
    public string Option => $"sqlite:{Database}";

    public string this[string name] => Path.Combine(Folder, name);

    public DemoCopy()
    {
        var from = FinishedDemo.Shared.Folder;
        CopyDatabase(Path.Combine(from, "disburse.db"), Database);
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            if (Path.GetFileName(file).StartsWith("disburse.db", StringComparison.Ordinal)
                && Path.GetExtension(file) != ".anchor") continue;
            var into = Path.Combine(Folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(into)!);
            File.Copy(file, into, overwrite: true);
        }
    }

    /// <summary>By SQLite itself: other tests open the same database, and its log file comes and goes.</summary>
    private static void CopyDatabase(string from, string into)
    {
        using var source = new SqliteConnection($"Data Source={from};Pooling=False");
        using var copy = new SqliteConnection($"Data Source={into};Pooling=False");
        source.Open();
        copy.Open();
        source.BackupDatabase(copy);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

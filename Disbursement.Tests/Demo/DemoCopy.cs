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
        foreach (var file in Directory.GetFiles(from, "*", SearchOption.AllDirectories))
        {
            var into = Path.Combine(Folder, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(into)!);
            File.Copy(file, into, overwrite: true);
        }
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

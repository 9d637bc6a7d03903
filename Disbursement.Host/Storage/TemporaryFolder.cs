using Microsoft.Data.Sqlite;

namespace Disbursement.Host.Storage;

/// <summary>A folder for a database that is needed once, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("disburse-");

    public string File(string name) => Path.Combine(_folder.FullName, name);

    public void Dispose()
    {
        // A pooled connection would keep the file open.
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}

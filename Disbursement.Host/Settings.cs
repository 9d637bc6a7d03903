using Disbursement.Host.Storage;

namespace Disbursement.Host;

/// <summary>Where things outside the database stand. By default beside the database, or under ./data.</summary>
/// <param name="Exchange">Folder of the exchange with the banks: PROFILE/to-bank and PROFILE/from-bank.</param>
/// <param name="Keys">Folder of PEM files.</param>
/// <param name="Journal">The send journal: a file of its own, to be kept on another disk than the database.</param>
public sealed record Settings(string Exchange, string Keys, string Journal)
{
    public static Settings Beside(Dialect dialect, string? exchange = null, string? keys = null, string? journal = null)
    {
        var folder = dialect is SqliteDialect sqlite
            ? Path.GetDirectoryName(Path.GetFullPath(sqlite.Path)) ?? "."
            : Path.GetFullPath("data");
        return new Settings(exchange ?? Path.Combine(folder, "exchange"), keys ?? Path.Combine(folder, "keys"),
            journal ?? Path.Combine(folder, "send-journal"));
    }
}

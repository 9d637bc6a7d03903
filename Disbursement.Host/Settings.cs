using Disbursement.Host.Adapters;
using Disbursement.Host.Storage;

namespace Disbursement.Host;

/// <summary>Where things outside the database stand. By default beside the database, or under ./data.</summary>
/// <param name="Exchange">Folder of the exchange with the banks: PROFILE/to-bank and PROFILE/from-bank.</param>
/// <param name="Keys">Folder of PEM files.</param>
/// <param name="Journal">The send journal: a file of its own, to be kept on another disk than the database.</param>
/// <param name="Links">How the banks are reached, JSON; null: <c>links.json</c> beside the keys, for it pins
/// keys.</param>
public sealed record Settings(string Exchange, string Keys, string Journal, string? Links = null)
{
    /// <summary>The file of adapters in other assemblies; need not be there. Beside the keys: it says what code runs.
    /// </summary>
    public string AdaptersFile => Path.Combine(Keys, "adapters.json");

    /// <summary>What that file came to.</summary>
    public OutsideAdapters Adapters { get; init; } = OutsideAdapters.None;

    /// <summary>The file of links; need not be there while every bank goes by folders.</summary>
    public string LinksFile => Links ?? Path.Combine(Keys, "links.json");

    /// <summary>Nothing is made ready on another thread: the simulation plays a seed the same way each time.</summary>
    public bool InTurn { get; init; }

    public static Settings Beside(Dialect dialect, string? exchange = null, string? keys = null,
        string? journal = null, string? links = null)
    {
        var folder = dialect is SqliteDialect sqlite
            ? Path.GetDirectoryName(Path.GetFullPath(sqlite.Path)) ?? "."
            : Path.GetFullPath("data");
        return new Settings(exchange ?? Path.Combine(folder, "exchange"), keys ?? Path.Combine(folder, "keys"),
            journal ?? Path.Combine(folder, "send-journal"), links);
    }
}

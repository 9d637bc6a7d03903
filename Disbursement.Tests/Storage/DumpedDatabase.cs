using Disbursement.Tests.Security;

namespace Disbursement.Tests.Storage;

/// <summary>A dump of a PostgreSQL database restored into another, by the commands of specs/operations.md.</summary>
internal static class DumpedDatabase
{
    public static IReadOnlyList<string[]> Commands(string database, string into, string file) =>
    [
        ["pg_dump", "--format=custom", $"--file={file}", database],
        ["createdb", into],
        ["pg_restore", "--exit-on-error", $"--dbname={into}", file],
    ];

    public static void Restore(PostgresServer server, string database, string into)
    {
        var file = Path.Combine(Path.GetTempPath(), $"{into}.dump");
        try
        {
            foreach (var command in Commands(database, into, file))
            {
                var (code, said) = OutsideTool.Run("env",
                [
                    "PGHOST=127.0.0.1", $"PGPORT={server.Port}", "PGUSER=postgres",
                    Path.Combine(server.Binaries, command[0]), .. command[1..],
                ]);
                if (code != 0) throw new InvalidOperationException($"{string.Join(' ', command)}: {said}");
            }
        }
        finally
        {
            File.Delete(file);
        }
    }
}

using System.CommandLine;
using System.Security.Cryptography;
using Disbursement.Host.Audit;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Cli;

/// <summary>
/// backup: a consistent copy of an SQLite database in a new file, while others go on writing; read again and held to
/// its log before it counts as one. What belongs beside it, and is copied after it, is named.
/// </summary>
internal static class BackupCommand
{
    public static Command Create()
    {
        var into = new Argument<FileInfo>("file") { Description = "新备份文件 / the new file" };
        var backup = new Command("backup", "备份 SQLite 数据库到新文件 / copy an SQLite database into a new file") { into };
        backup.SetAction(parse =>
        {
            var session = new Session(parse);
            var file = parse.GetValue(into)!;
            if (session.Store.Dialect is not SqliteDialect live) throw Usage.BackupOfServer;
            if (file.Exists) throw Usage.BackupThere($"{file}");
            // Under another name until it is whole: what bears the name of a backup is one.
            var part = $"{file.FullName}.part";
            File.Delete(part);
            live.BackUp(part);
            var heads = Heads(part);
            File.Move(part, file.FullName);
            var copied = new
            {
                file = $"{file}",
                sha256 = Convert.ToHexStringLower(Digest(file.FullName)),
                ledgers = heads,
                then = new[] { session.Settings.Journal }
                    .Concat(heads.Select(h => session.LogFiles.AnchorPath(h.Ledger))).ToArray(),
            };
            var output = session.Output;
            output.Print(copied, string.Join('\n',
            [
                $"{copied.file} {copied.sha256}",
                .. heads.Select(h => $"  {h.Ledger}: {h.Leaves} {output.Text("条日志", "leaves")}, {h.Root}"),
                output.Text("此后再复制 (不得早于数据库, 且不与其同处):", "copy after it (never older, and to another place):"),
                .. copied.then.Select(p => $"  {p}"),
            ]));
            return ExitStatus.Done;
        });
        return backup;
    }

    /// <summary>The heads of a copy that is whole: every page in order, every leaf in the log.</summary>
    private static List<BackedUp> Heads(string path)
    {
        var copy = new SqliteDialect(path, pooled: false);
        copy.Check();
        var heads = new List<BackedUp>();
        foreach (var ledger in new LedgerStore(copy).Ledgers())
        {
            using var log = new LiveLog(copy, ledger.Ledger);
            var wrong = log.Verify([]);
            if (wrong.Count > 0) throw new IOException(wrong[0].Text(chinese: false));
            heads.Add(new BackedUp(ledger.Ledger, ledger.Leaves, $"{log.Head!.Root}"));
        }
        return heads;
    }

    private static byte[] Digest(string path)
    {
        using var bytes = File.OpenRead(path);
        // The name was given by a rename: both are on the disk before anybody is told so.
        RandomAccess.FlushToDisk(bytes.SafeFileHandle);
        return SHA256.HashData(bytes);
    }

    private sealed record BackedUp(long Ledger, long Leaves, string Root);
}

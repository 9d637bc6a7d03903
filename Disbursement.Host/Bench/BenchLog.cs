using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using NodaTime;

namespace Disbursement.Host.Bench;

/// <summary>How long a stranger takes to verify an exported log of so many leaves. Seconds are wall time.</summary>
/// <param name="Bytes">Size of the leaves.</param>
/// <param name="FloorSeconds">One pass of SHA-256 over the same bytes.</param>
/// <param name="Valid">The log was found whole, and with one digit of its middle leaf changed it was not.</param>
public sealed record LogFigures(
    int Leaves, long Bytes, double VerifySeconds, double FloorSeconds, long PeakRssBytes, bool Valid);

/// <summary>
/// Exports a made-up log to a folder, signed as any other, and verifies it with nothing but the folder and the key. A
/// leaf is of the size a payroll's approval has; one in a hundred names a document of its own.
/// </summary>
internal sealed class BenchLog(int leaves)
{
    private const string Ledger = "520100";
    private const int LeavesPerDocument = 100;
    private static readonly Instant Start = Instant.FromUtc(2026, 2, 6, 1, 0);

    public LogFigures Run(Action<string> progress)
    {
        var root = Directory.CreateTempSubdirectory("bench-log").FullName;
        try
        {
            var folder = Path.Combine(root, "export");
            progress($"{leaves} leaves");
            var keys = Path.Combine(root, "trusted.keys");
            Export(folder, keys);
            progress("verifying");
            var began = Stopwatch.GetTimestamp();
            var verdict = ExportCheck.Verify(folder, keys);
            var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var peak = Process.GetCurrentProcess().PeakWorkingSet64;
            var log = Path.Combine(folder, ExportFiles.Leaves);
            began = Stopwatch.GetTimestamp();
            using (var bytes = File.OpenRead(log)) SHA256.HashData(bytes);
            var floor = Stopwatch.GetElapsedTime(began).TotalSeconds;
            var size = new FileInfo(log).Length;
            Spoil(log);
            var found = !ExportCheck.Verify(folder, keys).Valid;
            return new(leaves, size, seconds, floor, peak, verdict.Valid && verdict.Leaves == leaves && found);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private void Export(string folder, string keyFile)
    {
        var origin = Checkpoint.OriginOf("0123456789abcdef", Ledger);
        var signers = LogKey.Ensure(keyFile + ".pem").Signers(origin);
        File.WriteAllBytes(keyFile, NoteKeys.WriteFile([.. signers.Select(s => s.Key)]));
        var frontier = new Frontier();
        for (var n = 1; n <= leaves; n++) frontier.Append(Leaf.HashOf(Stored(n)));
        var contents = new ExportContents(
            SignedNote.Sign(new Checkpoint(origin, leaves, frontier.Root).Text, [.. signers]),
            Enumerable.Range(1, leaves).Select(n => new ReadOnlyMemory<byte>(Stored(n))).ToAsyncEnumerable(),
            Enumerable.Range(0, (leaves + LeavesPerDocument - 1) / LeavesPerDocument).Select(Document)
                .Select(d => new ExportedDocument(Hash256.Of(d), new MemoryStream(d))).ToAsyncEnumerable(),
            [], [.. signers.Select(s => s.Key)]);
        ExportFolder.WriteAsync(folder, contents, signers).GetAwaiter().GetResult();
    }

    private static byte[] Stored(int n) =>
        new Leaf(Ledger, n, Start + Duration.FromSeconds(n), "payroll.approve/1")
        {
            Arguments = [new("payroll", $"{n}"), new("amount_fen", $"{n * 365_000L}")],
            Inputs = [new("approval", Hash256.Of(Document((n - 1) / LeavesPerDocument)))],
            Rows = [new("approval", 1, Hash256.Of(BitConverter.GetBytes(n))),
                new("payroll", 1, Hash256.Of(BitConverter.GetBytes(-n)))],
            Counts = [new("approved_fen", n * 365_000L)],
        }.Format();

    private static byte[] Document(int number) => Encoding.UTF8.GetBytes($"SAMPLE approval {number}");

    /// <summary>Changes a digit of the time of the leaf in the middle.</summary>
    private static void Spoil(string log)
    {
        using var file = new FileStream(log, FileMode.Open, FileAccess.ReadWrite);
        var window = new byte[4096];
        file.Position = file.Length / 2;
        var read = file.Read(window);
        var at = window.AsSpan(0, read).IndexOf("\nat 20"u8);
        file.Position = file.Length / 2 + at + "\nat 202"u8.Length;
        file.WriteByte((byte)'7');
    }
}

using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using NodaTime;

namespace Disbursement.Tests.Audit;

/// <summary>
/// A made-up log (SAMPLE): each leaf approves a payroll of three claims and names one document of its own.
/// </summary>
internal sealed class SampleLog
{
    public const string Origin = "disburse/sample/520100";

    /// <summary>The sample key: PKCS#8 around the seed 00 01 02 … 1f. For samples only.</summary>
    public static readonly string PrivatePem = "-----BEGIN PRIVATE KEY-----\n" + Convert.ToBase64String(
        [.. Convert.FromHexString("302e020100300506032b657004220420"), .. Enumerable.Range(0, 32).Select(i => (byte)i)])
        + "\n-----END PRIVATE KEY-----\n";

    public static readonly INoteSigner Signer = NoteKeys.Ed25519Signer(Origin, PrivatePem);

    public SampleLog(int leaves)
    {
        for (var n = 1; n <= leaves; n++)
        {
            Documents.Add(Encoding.UTF8.GetBytes($"SAMPLE approval of payroll {n}\n"));
            Leaves.Add(LeafOf(n, Hash256.Of(Documents[^1])).Format());
        }
    }

    public List<byte[]> Leaves { get; } = [];
    public List<byte[]> Documents { get; } = [];
    public List<Hash256> Erased { get; } = [];

    public Checkpoint Head => HeadOf(Leaves.Count);
    public SignedNote Note => SignedNote.Sign(Head.Text, Signer);

    public Hash256 HashAt(long index) => Leaf.HashOf(Leaves[(int)index]);

    public Checkpoint HeadOf(int size) => new(Origin, size, MerkleTree.Root(HashAt, 0, size));

    public static IEnumerable<ReadOnlyMemory<byte>> RowsOf(int n) => Enumerable.Range(1, 3).Select(
        line => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(
            $"wage_claim {n} {line} worker {line} net_fen {n * 1000 + line}")));

    public ProofFile Proof(int n, int row) => new(
        "wage_claim", row, RowsOf(n).ElementAt(row - 1), RowsRoot.Prove(RowsOf(n), row - 1),
        MerkleTree.InclusionProof(HashAt, n - 1, Leaves.Count), [Signer.Key], Leaves[n - 1], Note);

    public async Task ExportAsync(string folder, params IReadOnlyList<INoteSigner> cosigners)
    {
        IReadOnlyList<INoteSigner> signers = [Signer, .. cosigners];
        var contents = new ExportContents(
            SignedNote.Sign(Head.Text, signers),
            Leaves.Select(l => new ReadOnlyMemory<byte>(l)).ToAsyncEnumerable(),
            Documents.Select(d => new ExportedDocument(Hash256.Of(d), new MemoryStream(d))).ToAsyncEnumerable(),
            Erased, [.. signers.Select(s => s.Key)]);
        await ExportFolder.WriteAsync(folder, contents, signers);
    }

    private static Leaf LeafOf(int n, Hash256 document)
    {
        var rows = new RowsRoot();
        foreach (var row in RowsOf(n)) rows.Add(row.Span);
        return new("520100", n, Instant.FromUtc(2026, 1, 31, 8, 0).Plus(Duration.FromMinutes(n)), "payroll.approve/1")
        {
            Arguments = [new("payroll", $"{n}")],
            Inputs = [new("approval", document)],
            Rows = [new("wage_claim", rows.Count, rows.Root)],
            Counts = [new("approved_fen", n * 3000 + 6)],
        };
    }
}

/// <summary>A folder that is gone after the test.</summary>
internal sealed class Scratch : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("disburse-test-").FullName;

    public string this[string name] => Path.Combine(Root, name);

    public void Dispose() => Directory.Delete(Root, recursive: true);
}

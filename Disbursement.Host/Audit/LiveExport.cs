using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Audit;

/// <summary>Writes a ledger's log with its documents to a folder, under a checkpoint of exactly its leaves.</summary>
public static class LiveExport
{
    public static async Task<Decision<int>> WriteAsync(
        Dialect dialect, long ledger, LogKey key, string folder, CancellationToken cancel = default)
    {
        using var log = new LiveLog(dialect, ledger);
        var signed = log.Sign(key);
        if (!signed.Accepted) return Decision<int>.Refuse(signed.Findings);
        var erased = log.Erased().ToHashSet();
        var signers = key.Signers(log.Origin);
        var contents = new ExportContents(
            signed.Value,
            log.Leaves().Select(l => new ReadOnlyMemory<byte>(l.Leaf)).ToAsyncEnumerable(),
            Documents(log, erased).ToAsyncEnumerable(),
            [.. erased], [.. signers.Select(s => s.Key)]);
        return await ExportFolder.WriteAsync(folder, contents, signers, cancel);
    }

    // A digest that is no digest is left out: the folder then lacks a document, which its verifier says.
    private static IEnumerable<ExportedDocument> Documents(LiveLog log, HashSet<Hash256> erased)
    {
        foreach (var document in log.Documents())
            if (Hash256.TryParseHex(document.Digest, out var digest) && !erased.Contains(digest))
                yield return new(digest, new MemoryStream(document.Bytes));
    }
}

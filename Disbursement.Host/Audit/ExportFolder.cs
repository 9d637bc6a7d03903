using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Security;

namespace Disbursement.Host.Audit;

/// <summary>A stored document on its way into an export. The stream is read once and closed.</summary>
public sealed record ExportedDocument(Hash256 Digest, Stream Body);

/// <summary>What goes into an export. The enumerables are read once, one item at a time.</summary>
/// <param name="Checkpoint">The signed checkpoint of exactly these leaves.</param>
/// <param name="Leaves">Stored bytes of the leaves, from number 1.</param>
/// <param name="Documents">Every document that a leaf names, each once, erased ones left out.</param>
/// <param name="Erased">Digests of documents that leaves name and that were erased.</param>
/// <param name="Keys">The log's public keys, among them those that sign the manifest.</param>
public sealed record ExportContents(
    SignedNote Checkpoint, IAsyncEnumerable<ReadOnlyMemory<byte>> Leaves, IAsyncEnumerable<ExportedDocument> Documents,
    IReadOnlyList<Hash256> Erased, IReadOnlyList<NoteKey> Keys);

/// <summary>
/// Writes a log with its documents as a folder that anyone can verify (see <see cref="ExportCheck"/>).
/// </summary>
public static class ExportFolder
{
    private const int BufferBytes = 1 << 20;

    /// <summary>
    /// Writes the folder, which must be new or empty, and signs its manifest. Accepts with the number of files. Leaves
    /// that are not the checkpoint's, and bytes that are not their digest's, are defects of the store and throw.
    /// </summary>
    public static async Task<Decision<int>> WriteAsync(
        string folder, ExportContents contents, IReadOnlyList<INoteSigner> signers, CancellationToken cancel = default)
    {
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            return Decision<int>.Refuse(AuditRules.FolderNotEmpty, Place.Nowhere, folder);
        Directory.CreateDirectory(Path.Combine(folder, ExportFiles.KeyFolder));
        Directory.CreateDirectory(Path.Combine(folder, ExportFiles.DocumentFolder));
        var files = new List<ExportedFile>();
        await WriteLeavesAsync(folder, contents, cancel);
        files.Add(ExportedFile.Measure(folder, ExportFiles.Leaves));
        files.Add(WriteSmall(folder, ExportFiles.Checkpoint, contents.Checkpoint.Format()));
        files.Add(WriteSmall(folder, ExportFiles.Keys, NoteKeys.WriteFile(contents.Keys)));
        if (contents.Erased.Count > 0)
            files.Add(WriteSmall(folder, ExportFiles.Erased, Encoding.ASCII.GetBytes(ErasedText(contents.Erased))));
        await foreach (var document in contents.Documents.WithCancellation(cancel))
            files.Add(await WriteDocumentAsync(folder, document, cancel));
        var manifest = SignedNote.Sign(ExportedFile.Format(files), signers);
        WriteSmall(folder, ExportFiles.Manifest, manifest.Format());
        return Decision<int>.Accept(files.Count + 1);
    }

    /// <summary>One digest a line, in order, so that one set has one text.</summary>
    internal static string ErasedText(IEnumerable<Hash256> digests) => string.Concat(
        digests.Select(d => d.ToString()).Distinct().Order(StringComparer.Ordinal).Select(d => d + "\n"));

    private static async Task WriteLeavesAsync(string folder, ExportContents contents, CancellationToken cancel)
    {
        Invariant.Holds(Checkpoint.TryParse(contents.Checkpoint.Text, out var head), "an export without a checkpoint");
        var frontier = new Frontier();
        var path = Path.Combine(folder, ExportFiles.Leaves);
        await using var log = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferBytes);
        await foreach (var leaf in contents.Leaves.WithCancellation(cancel))
        {
            frontier.Append(Leaf.HashOf(leaf.Span));
            LeafLog.Write(log, frontier.Size, leaf.Span);
        }
        var agree = frontier.Size == head.Size && frontier.Root == head.Root;
        Invariant.Holds(agree, "leaves that are not the checkpoint's");
    }

    private static async Task<ExportedFile> WriteDocumentAsync(
        string folder, ExportedDocument document, CancellationToken cancel)
    {
        var path = ExportFiles.Document(document.Digest);
        await using (document.Body)
        await using (var file = new FileStream(Path.Combine(folder, path), FileMode.CreateNew, FileAccess.Write))
            await document.Body.CopyToAsync(file, cancel);
        var written = ExportedFile.Measure(folder, path);
        Invariant.Holds(written.Digest == document.Digest, $"stored bytes that are not those of {document.Digest}");
        return written;
    }

    private static ExportedFile WriteSmall(string folder, string path, byte[] bytes)
    {
        File.WriteAllBytes(Path.Combine(folder, path), bytes);
        return new(Hash256.Of(bytes), bytes.Length, path);
    }
}

using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Audit;

/// <summary>
/// Proves one row to a stranger, with nobody else's rows: row → rows root → leaf → checkpoint. Text, self-contained;
/// format in <c>specs/audit-format.md</c>.
/// </summary>
/// <param name="Table">The table of the leaf's rows line that binds the row.</param>
/// <param name="Row">Number of the row in its decision, from 1.</param>
/// <param name="Bytes">The row's canonical bytes.</param>
/// <param name="RowPath">Path from the row to the rows root.</param>
/// <param name="LogPath">Path from the leaf to the checkpoint's root.</param>
/// <param name="Keys">The log's keys, for a reader who has none from elsewhere.</param>
/// <param name="Leaf">The leaf's stored bytes.</param>
/// <param name="Note">The signed checkpoint.</param>
public sealed record ProofFile(
    string Table, long Row, ReadOnlyMemory<byte> Bytes, IReadOnlyList<Hash256> RowPath, IReadOnlyList<Hash256> LogPath,
    IReadOnlyList<NoteKey> Keys, ReadOnlyMemory<byte> Leaf, SignedNote Note)
{
    private const string Header = "disburse-proof/1";

    /// <summary>The bytes of the file.</summary>
    public byte[] Format()
    {
        var head = new StringBuilder();
        var plain = CultureInfo.InvariantCulture;
        head.Append(plain, $"{Header}\nrow {Table} {Row} {Convert.ToBase64String(Bytes.Span)}\n");
        foreach (var hash in RowPath) head.Append(plain, $"row-path {hash}\n");
        foreach (var hash in LogPath) head.Append(plain, $"log-path {hash}\n");
        foreach (var key in Keys) head.Append(plain, $"key {key}\n");
        head.Append(plain, $"leaf {Leaf.Length}\n");
        return [.. AuditText.StrictUtf8.GetBytes(head.ToString()), .. Leaf.Span, .. "checkpoint\n"u8, .. Note.Format()];
    }

    /// <summary>Reads a proof, or says what is wrong. Total and strict.</summary>
    public static bool TryParse(ReadOnlySpan<byte> file, out ProofFile proof, out string error)
    {
        proof = null!;
        error = "the head is not that of a proof";
        var rest = file;
        if (NextLine(ref rest) != Header || NextLine(ref rest)?.Split(' ') is not ["row", var table, var row, var data])
            return false;
        if (!AuditText.IsWord(table) || !AuditText.TryNumber(row, 1, out var n)) return false;
        if (!AuditText.TryBase64(data, out var bytes)) return false;
        var (rowPath, logPath, keys) = (new List<Hash256>(), new List<Hash256>(), new List<NoteKey>());
        error = "a path or key cannot be read";
        var line = NextLine(ref rest);
        for (; TryHash(line, "row-path ", out var hash); line = NextLine(ref rest)) rowPath.Add(hash);
        for (; TryHash(line, "log-path ", out var hash); line = NextLine(ref rest)) logPath.Add(hash);
        for (; TryKey(line, out var key); line = NextLine(ref rest)) keys.Add(key);
        error = "the leaf cannot be read";
        if (line?.Split(' ') is not ["leaf", var size] || !AuditText.TryNumber(size, 0, out var length)) return false;
        if (length > rest.Length) return false;
        var leaf = rest[..(int)length].ToArray();
        rest = rest[(int)length..];
        error = "there is no checkpoint behind the leaf";
        if (NextLine(ref rest) != "checkpoint") return false;
        if (!SignedNote.TryParse(rest, out var note, out error)) return false;
        proof = new(table, n, bytes, rowPath, logPath, keys, leaf, note);
        return true;
    }

    /// <summary>
    /// Checks the whole chain with the given verifiers and answers every refusal. Empty means: the signer of the
    /// checkpoint committed to exactly this row in this decision.
    /// </summary>
    public IReadOnlyList<Finding> Check(IReadOnlyList<INoteVerifier> trusted)
    {
        if (!Note.Check(trusted).Trusted) return [AuditRules.NoteUntrusted.Of("checkpoint")];
        if (!Checkpoint.TryParse(Note.Text, out var head)) return [AuditRules.CheckpointMalformed.Of("checkpoint")];
        if (!Audit.Leaf.TryParse(Leaf.Span, out var leaf, out var error))
            return [AuditRules.LeafMalformed.Of("?", error)];
        var number = leaf.N.ToString(CultureInfo.InvariantCulture);
        if (leaf.Ledger != head.Ledger) return [AuditRules.LeafMisplaced.Of(number)];
        var findings = new List<Finding>();
        if (!MerkleTree.VerifyInclusion(Audit.Leaf.HashOf(Leaf.Span), leaf.N - 1, head.Size, LogPath, head.Root))
            findings.Add(AuditRules.ProofLeaf.Of());
        // The default of an unknown table has no rows, so nothing can be included in it.
        var bound = leaf.Rows.FirstOrDefault(r => r.Table == Table);
        if (!MerkleTree.VerifyInclusion(
            MerkleTree.LeafHash(Bytes.Span), Row - 1, bound.Count, RowPath, bound.Root))
            findings.Add(AuditRules.ProofRow.Of(Table));
        return findings;
    }

    private static bool TryHash(string? line, string name, out Hash256 hash)
    {
        hash = default;
        return line is not null && line.StartsWith(name, StringComparison.Ordinal)
            && Hash256.TryParseHex(line.AsSpan(name.Length), out hash);
    }

    private static bool TryKey(string? line, out NoteKey key)
    {
        key = null!;
        return line is not null && line.StartsWith("key ", StringComparison.Ordinal)
            && NoteKey.TryParse(line[4..], out key);
    }

    private static string? NextLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        if (end < 0 || !AuditText.TryUtf8(rest[..end], out var line)) return null;
        rest = rest[(end + 1)..];
        return line;
    }
}

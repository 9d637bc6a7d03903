using System.Buffers.Binary;
using System.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Audit;

/// <summary>One signature line. A line of an unknown key (a witness) is kept as it came.</summary>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Bytes);

/// <summary>What the known keys say of a note. Lines of unknown keys are counted, never trusted.</summary>
/// <param name="Verified">Keys whose signature is right.</param>
/// <param name="Failed">Known keys whose signature is wrong: such a note is refused whole.</param>
public sealed record NoteVerdict(IReadOnlyList<NoteKey> Verified, IReadOnlyList<NoteKey> Failed, int Unknown)
{
    /// <summary>At least one known key signed it, and none is contradicted.</summary>
    public bool Trusted => Verified.Count > 0 && Failed.Count == 0;
}

/// <summary>A text with signature lines, as C2SP signed-note writes it. The text ends in a newline.</summary>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>More signature lines than this are refused.</summary>
    public const int MaxSignatures = 64;

    private const string LineStart = "— ";

    /// <summary>Signs a text, which must be printable UTF-8 lines ending in a newline.</summary>
    public static SignedNote Sign(string text, params IReadOnlyList<INoteSigner> signers)
    {
        var bytes = AuditText.StrictUtf8.GetBytes(text);
        var note = new SignedNote(
            text, [.. signers.Select(s => new NoteSignature(s.Key.Name, s.Key.Id, s.Sign(bytes)))]);
        Invariant.Holds(TryParse(note.Format(), out _, out var error), $"a note that cannot be read back: {error}");
        return note;
    }

    /// <summary>The bytes of the note.</summary>
    public byte[] Format()
    {
        var note = new StringBuilder(Text).Append('\n');
        Span<byte> id = stackalloc byte[4];
        foreach (var line in Signatures)
        {
            BinaryPrimitives.WriteUInt32BigEndian(id, line.KeyId);
            var signature = Convert.ToBase64String([.. id, .. line.Bytes.Span]);
            note.Append(LineStart).Append(line.Name).Append(' ').Append(signature).Append('\n');
        }
        return AuditText.StrictUtf8.GetBytes(note.ToString());
    }

    /// <summary>Reads a note, or says what is wrong. Total and strict: accepted bytes are what Format writes.</summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out SignedNote note, out string error)
    {
        note = new("", []);
        error = "not UTF-8 lines of printable characters";
        if (!AuditText.TryUtf8(bytes, out var all) || all.Any(c => c < ' ' && c != '\n')) return false;
        error = "no signature lines behind an empty line";
        // The text itself may hold empty lines: the last one ends it.
        var end = all.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (end < 0 || !all.EndsWith('\n') || end + 2 == all.Length) return false;
        var lines = all[(end + 2)..^1].Split('\n');
        error = $"more than {MaxSignatures} signatures";
        if (lines.Length > MaxSignatures) return false;
        var signatures = new List<NoteSignature>(lines.Length);
        foreach (var line in lines)
        {
            error = $"not a signature line: {line}";
            if (!TryLine(line, out var signature)) return false;
            signatures.Add(signature);
        }
        note = new(all[..(end + 1)], signatures);
        error = "";
        return true;
    }

    /// <summary>Adds a co-signature or witness line to a note that stands.</summary>
    public SignedNote With(INoteSigner signer) =>
        this with { Signatures = [.. Signatures, .. Sign(Text, signer).Signatures] };

    /// <summary>Verifies every line of a known key.</summary>
    public NoteVerdict Check(IReadOnlyList<INoteVerifier> known)
    {
        var text = Encoding.UTF8.GetBytes(Text);
        List<NoteKey> verified = [], failed = [];
        var unknown = 0;
        foreach (var line in Signatures)
        {
            var verifier = known.FirstOrDefault(v => v.Key.Name == line.Name && v.Key.Id == line.KeyId);
            if (verifier is null) unknown++;
            else (verifier.Verify(text, line.Bytes.Span) ? verified : failed).Add(verifier.Key);
        }
        return new(verified, failed, unknown);
    }

    private static bool TryLine(string line, out NoteSignature signature)
    {
        signature = new("", 0, default);
        if (!line.StartsWith(LineStart, StringComparison.Ordinal)) return false;
        var parts = line[LineStart.Length..].Split(' ');
        if (parts.Length != 2 || !NoteKey.IsName(parts[0])) return false;
        if (!AuditText.TryBase64(parts[1], out var bytes) || bytes.Length < 5) return false;
        signature = new(parts[0], BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(4));
        return true;
    }
}

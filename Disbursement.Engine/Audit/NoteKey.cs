using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Disbursement.Engine.Audit;

/// <summary>The signature algorithms of a note: Ed25519 as C2SP assigns it, and SM2 with SM3 (国密) of our own.</summary>
public enum NoteAlgorithm { Ed25519, Sm2 }

/// <summary>
/// Signs the text of a note with one named key. Where the private key is, is the implementer's matter.
/// </summary>
public interface INoteSigner
{
    /// <summary>The public half, which names the signature line.</summary>
    NoteKey Key { get; }

    /// <summary>The signature over exactly these bytes.</summary>
    byte[] Sign(ReadOnlySpan<byte> text);
}

/// <summary>Verifies signature lines of one named key.</summary>
public interface INoteVerifier
{
    /// <summary>The public key; a line is its own where name and id agree.</summary>
    NoteKey Key { get; }

    /// <summary>Whether the signature is the key's over exactly these bytes. Total: never throws.</summary>
    bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature);
}

/// <summary>
/// A public note key with its text form <c>name+hash+base64</c> (C2SP signed-note). Encoded is the signature type, for
/// SM2 followed by its identifier, and then the public key; the id is the start of SHA-256(name ‖ newline ‖ encoded).
/// </summary>
public sealed record NoteKey
{
    // C2SP leaves 0xff to algorithms without a number of their own and asks for a longer identifier behind it.
    private static readonly byte[] Sm2Type = [0xff, .. "disburse-sm2-sm3"u8];
    private const byte Ed25519Type = 0x01;
    private const int Ed25519Bytes = 32, Sm2PointBytes = 65;
    private readonly byte[] _encoded;

    private NoteKey(string name, NoteAlgorithm algorithm, byte[] encoded, int keyBytes)
    {
        (Name, Algorithm, _encoded) = (name, algorithm, encoded);
        PublicKey = encoded.AsMemory(encoded.Length - keyBytes);
        byte[] named = [.. Encoding.UTF8.GetBytes(name), (byte)'\n', .. encoded];
        Id = BinaryPrimitives.ReadUInt32BigEndian(Hash256.Of(named).ToArray());
    }

    /// <summary>The key's name; for a log its origin.</summary>
    public string Name { get; }

    /// <summary>How it signs.</summary>
    public NoteAlgorithm Algorithm { get; }

    /// <summary>First four bytes of the key's hash, big-endian: an identifier, not a proof.</summary>
    public uint Id { get; }

    /// <summary>Ed25519: 32 bytes of RFC 8032. SM2: the uncompressed point, 65 bytes.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The text form, one line without its end.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture, $"{Name}+{Id:x8}+{Convert.ToBase64String(_encoded)}");

    /// <summary>Names an Ed25519 public key of 32 bytes.</summary>
    public static NoteKey Ed25519(string name, ReadOnlySpan<byte> publicKey) =>
        Of(name, [Ed25519Type, .. publicKey]);

    /// <summary>Names an SM2 public key, an uncompressed point of 65 bytes.</summary>
    public static NoteKey Sm2(string name, ReadOnlySpan<byte> point) => Of(name, [.. Sm2Type, .. point]);

    /// <summary>Reads a text form whose hash fits its key; anything else is refused.</summary>
    public static bool TryParse(string text, out NoteKey key)
    {
        key = null!;
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !AuditText.TryBase64(parts[2], out var encoded)) return false;
        if (Read(parts[0], encoded) is not { } read || read.Text != text) return false;
        key = read;
        return true;
    }

    /// <summary>Not empty, without plus, white space or control characters.</summary>
    internal static bool IsName(string name) =>
        name.Length > 0 && !name.Any(c => c == '+' || char.IsWhiteSpace(c) || char.IsControl(c));

    public bool Equals(NoteKey? other) => other is not null && other.Text == Text;

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Text;

    private static NoteKey Of(string name, byte[] encoded) =>
        Read(name, encoded) ?? throw new ArgumentException($"not a note key: {name}", nameof(name));

    private static NoteKey? Read(string name, byte[] encoded)
    {
        if (!IsName(name)) return null;
        if (encoded.Length == 1 + Ed25519Bytes && encoded[0] == Ed25519Type)
            return new(name, NoteAlgorithm.Ed25519, encoded, Ed25519Bytes);
        if (encoded.Length == Sm2Type.Length + Sm2PointBytes && encoded.AsSpan().StartsWith(Sm2Type))
            return new(name, NoteAlgorithm.Sm2, encoded, Sm2PointBytes);
        return null;
    }
}

using System.Text;
using Disbursement.Engine.Audit;
using Org.BouncyCastle.Crypto.Parameters;

namespace Disbursement.Host.Security;

/// <summary>Signers and verifiers of notes over the two kinds of key.</summary>
public static class NoteKeys
{
    /// <summary>The log's own signature, Ed25519.</summary>
    public static INoteSigner Ed25519Signer(string name, string privatePem)
    {
        var key = Ed25519Keys.Private(privatePem);
        return new Signer(
            NoteKey.Ed25519(name, key.GeneratePublicKey().GetEncoded()), text => Ed25519Keys.Sign(key, text));
    }

    /// <summary>The co-signature in national algorithms, SM2 with SM3.</summary>
    public static INoteSigner Sm2Signer(string name, string privatePem)
    {
        var key = Sm2Keys.Private(privatePem);
        var point = key.Parameters.G.Multiply(key.D).Normalize();
        return new Signer(NoteKey.Sm2(name, point.GetEncoded(compressed: false)), text => Sm2Keys.Sign(key, text));
    }

    /// <summary>A verifier for a key. A key that is no point of its curve verifies nothing.</summary>
    public static INoteVerifier Verifier(NoteKey key) => new NoteVerifier(key);

    /// <summary>
    /// Verifiers of a key file: one text form a line, at least one; null where any line is not a key.
    /// </summary>
    public static IReadOnlyList<INoteVerifier>? ReadFile(ReadOnlySpan<byte> file)
    {
        var lines = Encoding.UTF8.GetString(file).Split('\n');
        if (lines.Length < 2 || lines[^1].Length > 0) return null;
        var verifiers = new List<INoteVerifier>();
        foreach (var line in lines[..^1])
        {
            if (!NoteKey.TryParse(line, out var key)) return null;
            verifiers.Add(Verifier(key));
        }
        return verifiers;
    }

    /// <summary>The bytes of a key file.</summary>
    public static byte[] WriteFile(IEnumerable<NoteKey> keys) =>
        Encoding.UTF8.GetBytes(string.Concat(keys.Select(k => k.Text + "\n")));

    private delegate byte[] SignText(ReadOnlySpan<byte> text);

    private sealed class Signer(NoteKey key, SignText sign) : INoteSigner
    {
        public NoteKey Key => key;
        public byte[] Sign(ReadOnlySpan<byte> text) => sign(text);
    }

    private sealed class NoteVerifier(NoteKey key) : INoteVerifier
    {
        public NoteKey Key => key;

        public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
        {
            try
            {
                return key.Algorithm switch
                {
                    NoteAlgorithm.Ed25519 => Ed25519Keys.Verify(
                        new Ed25519PublicKeyParameters(key.PublicKey.Span), text, signature),
                    _ => Sm2Keys.Verify(new ECPublicKeyParameters(
                        Sm2Keys.Curve.Curve.DecodePoint(key.PublicKey.Span), Sm2Keys.Curve), text, signature),
                };
            }
            // Bytes that are no point of the curve: such a key has signed nothing.
            catch (ArgumentException)
            {
                return false;
            }
        }
    }
}

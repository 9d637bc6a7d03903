using Disbursement.Engine.People;

namespace Disbursement.Host.Security;

/// <summary>A person's signature under an approval: algorithm and base64, over the approval's canonical text.</summary>
/// <param name="Algorithm">"ed25519" or "sm2-sm3".</param>
public sealed record ApprovalSignature(string Algorithm, string Base64)
{
    public const string Ed25519 = Enrolment.Ed25519, Sm2 = Enrolment.Sm2;

    /// <summary>Signs with a person's private key (PKCS#8 PEM) of either kind. Any other key throws.</summary>
    public static ApprovalSignature Sign(string privatePem, ReadOnlySpan<byte> canonicalText)
    {
        var isEd25519 = PemText.Private(privatePem) is Org.BouncyCastle.Crypto.Parameters.Ed25519PrivateKeyParameters;
        var signature = isEd25519
            ? Ed25519Keys.Sign(privatePem, canonicalText)
            : Sm2Keys.Sign(privatePem, canonicalText);
        return new(isEd25519 ? Ed25519 : Sm2, Convert.ToBase64String(signature));
    }

    /// <summary>
    /// Whether the enrolled key (public PEM) signed exactly this text. Total: whatever is malformed is no.
    /// </summary>
    public bool Verify(string publicPem, ReadOnlySpan<byte> canonicalText)
    {
        var signature = new byte[Base64.Length];
        if (!Convert.TryFromBase64String(Base64, signature, out var length)) return false;
        return Algorithm switch
        {
            Ed25519 => Ed25519Keys.Verify(publicPem, canonicalText, signature.AsSpan(0, length)),
            Sm2 => Sm2Keys.Verify(publicPem, canonicalText, signature.AsSpan(0, length)),
            _ => false,
        };
    }

    /// <summary>"ALGORITHM BASE64", as it stands in documents.</summary>
    public override string ToString() => $"{Algorithm} {Base64}";

    /// <summary>Reads the text form; whether the signature is right is for <see cref="Verify"/>.</summary>
    public static bool TryParse(string text, out ApprovalSignature signature)
    {
        signature = null!;
        if (text.Split(' ') is not [Ed25519 or Sm2, { Length: > 0 }] parts) return false;
        signature = new(parts[0], parts[1]);
        return true;
    }
}

using System.Formats.Asn1;
using System.Numerics;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>What a SignedData said, read but not yet believed.</summary>
/// <param name="Content">The content inside; null when detached.</param>
/// <param name="Certificate">DER of the one embedded certificate.</param>
/// <param name="IssuerAndSerial">DER by which the signer names its certificate.</param>
/// <param name="SignedAttributes">DER SET OF the signed attributes,
/// the bytes that are signed; null without them.</param>
internal sealed record SignedDataParts(ReadOnlyMemory<byte>? Content, ReadOnlyMemory<byte> Certificate,
    ReadOnlyMemory<byte> IssuerAndSerial, byte[]? SignedAttributes, string SignatureAlgorithm,
    byte[] Signature);

/// <summary>
/// The one shape of SignedData that this house writes and takes: one signer, one digest, exactly one certificate (the
/// signer's), no revocation lists, no unsigned attributes, strict DER, nothing behind. RFC 5652 §5.1 and GM/T 0010 §8
/// differ only in the identifiers. What no signature covers is thereby fixed, and so cannot be altered unseen.
/// </summary>
/// <param name="DigestHasNull">Whether we write NULL after the digest's identifier; both spellings are taken.</param>
internal sealed record SignedDataForm(string ContentType, string DataType, string Digest, bool DigestHasNull)
{
    /// <summary>More than any such signature needs: a certificate
    /// and a signature come to about two kilobytes.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>PKCS#7 and CMS with SHA-256.</summary>
    public static readonly SignedDataForm Cms =
        new("1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1", "2.16.840.1.101.3.4.2.1", DigestHasNull: false);

    /// <summary>CMS of RFC 5652 with SM3: the standard's own content types, the national digest.</summary>
    public static readonly SignedDataForm CmsSm3 =
        new("1.2.840.113549.1.7.2", "1.2.840.113549.1.7.1", "1.2.156.10197.1.401", DigestHasNull: false);

    /// <summary>GM/T 0010 with SM3, as CFCA's SADK writes it.</summary>
    public static readonly SignedDataForm Gmt0010 =
        new("1.2.156.10197.6.1.4.2.2", "1.2.156.10197.6.1.4.2.1", "1.2.156.10197.1.401", DigestHasNull: true);

    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);

    /// <summary>Writes a SignedData in DER.</summary>
    /// <param name="content">The content that stands inside; null for a detached signature.</param>
    /// <param name="signedAttributes">DER SET OF the attributes, or null.</param>
    /// <param name="algorithmHasNull">Whether NULL follows the identifier of the signature's algorithm.</param>
    public byte[] Write(PinnedCertificate certificate, byte[]? signedAttributes, string algorithm,
        bool algorithmHasNull, byte[] signature, ReadOnlyMemory<byte>? content = null)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(ContentType);
            using (writer.PushSequence(Zero))
            using (writer.PushSequence())
            {
                writer.WriteInteger(1);
                using (writer.PushSetOf()) WriteAlgorithm(writer, Digest, DigestHasNull);
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(DataType);
                    if (content is { } inside)
                        using (writer.PushSequence(Zero)) writer.WriteOctetString(inside.Span);
                }
                using (writer.PushSetOf(Zero)) writer.WriteEncodedValue(certificate.Der);
                using (writer.PushSetOf())
                using (writer.PushSequence())
                {
                    writer.WriteInteger(1);
                    writer.WriteEncodedValue(certificate.IssuerAndSerial);
                    WriteAlgorithm(writer, Digest, DigestHasNull);
                    if (signedAttributes is not null) writer.WriteEncodedValue([0xA0, .. signedAttributes.AsSpan(1)]);
                    WriteAlgorithm(writer, algorithm, algorithmHasNull);
                    writer.WriteOctetString(signature);
                }
            }
        }
        return writer.Encode();
    }

    /// <summary>Reads the shape, or says why the bytes are not of it. Any bytes: it never throws.</summary>
    /// <param name="maxBytes">More where the content stands inside.</param>
    public SignedDataParts? Read(ReadOnlyMemory<byte> der, out string trouble, int maxBytes = MaxBytes)
    {
        trouble = $"longer than {maxBytes} bytes";
        if (der.Length > maxBytes) return null;
        try
        {
            trouble = "";
            return Read(der);
        }
        catch (AsnContentException notThisShape)
        {
            trouble = notThisShape.Message;
            return null;
        }
    }

    private SignedDataParts Read(ReadOnlyMemory<byte> der)
    {
        // The depth read is fixed by this text: nothing here descends as far as the bytes would have it.
        var file = new AsnReader(der, AsnEncodingRules.DER);
        var outer = file.ReadSequence();
        file.ThrowIfNotEmpty();
        Expect(outer.ReadObjectIdentifier() == ContentType, "another type of content than signed data of this kind");
        var wrapped = outer.ReadSequence(Zero);
        outer.ThrowIfNotEmpty();
        var signedData = wrapped.ReadSequence();
        wrapped.ThrowIfNotEmpty();

        Expect(signedData.ReadInteger() == BigInteger.One, "another version than 1");
        var digests = signedData.ReadSetOf();
        ExpectDigest(digests);
        digests.ThrowIfNotEmpty();
        var content = ReadContent(signedData.ReadSequence());
        Expect(signedData.HasData && signedData.PeekTag() == Zero, "no certificate inside");
        var certificates = signedData.ReadSetOf(Zero);
        var certificate = certificates.ReadEncodedValue();
        Expect(!certificates.HasData, "more certificates than the signer's");
        var signers = signedData.ReadSetOf();
        signedData.ThrowIfNotEmpty();
        var signer = signers.ReadSequence();
        Expect(!signers.HasData, "more than one signer");
        return ReadSigner(signer, content, certificate);
    }

    private SignedDataParts ReadSigner(AsnReader signer, ReadOnlyMemory<byte>? content,
        ReadOnlyMemory<byte> certificate)
    {
        Expect(signer.ReadInteger() == BigInteger.One, "a signer of another version than 1");
        var issuerAndSerial = signer.ReadEncodedValue();
        ExpectDigest(signer);
        byte[]? attributes = null;
        if (signer.HasData && signer.PeekTag() == Zero)
        {
            // The attributes travel tagged [0] and are signed as a SET (RFC 5652 §5.4).
            attributes = signer.ReadEncodedValue().ToArray();
            attributes[0] = 0x31;
        }
        var algorithm = ReadAlgorithm(signer);
        var signature = signer.ReadOctetString();
        signer.ThrowIfNotEmpty();
        return new SignedDataParts(content, certificate, issuerAndSerial, attributes, algorithm, signature);
    }

    private ReadOnlyMemory<byte>? ReadContent(AsnReader encapsulated)
    {
        Expect(encapsulated.ReadObjectIdentifier() == DataType, "another type of content than plain data");
        if (!encapsulated.HasData) return null;
        var wrapped = encapsulated.ReadSequence(Zero);
        encapsulated.ThrowIfNotEmpty();
        var content = wrapped.ReadOctetString();
        wrapped.ThrowIfNotEmpty();
        return content;
    }

    private void ExpectDigest(AsnReader reader) =>
        Expect(ReadAlgorithm(reader) == Digest, $"another digest than {Digest}");

    private static string ReadAlgorithm(AsnReader reader)
    {
        var algorithm = reader.ReadSequence();
        var identifier = algorithm.ReadObjectIdentifier();
        if (algorithm.HasData) algorithm.ReadNull();
        algorithm.ThrowIfNotEmpty();
        return identifier;
    }

    private static void WriteAlgorithm(AsnWriter writer, string identifier, bool hasNull)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(identifier);
            if (hasNull) writer.WriteNull();
        }
    }

    private static void Expect(bool condition, string trouble)
    {
        if (!condition) throw new AsnContentException(trouble);
    }
}

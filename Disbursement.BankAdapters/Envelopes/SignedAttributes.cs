using System.Formats.Asn1;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>The two signed attributes there must be (RFC 5652 §5.3), and no moment of signing.</summary>
internal static class SignedAttributes
{
    private const string ContentTypeAttribute = "1.2.840.113549.1.9.3";
    private const string MessageDigestAttribute = "1.2.840.113549.1.9.4";

    /// <summary>DER SET OF content type and digest: the bytes that are signed.</summary>
    public static byte[] Of(string dataType, byte[] digest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(ContentTypeAttribute);
                using (writer.PushSetOf()) writer.WriteObjectIdentifier(dataType);
            }
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(MessageDigestAttribute);
                using (writer.PushSetOf()) writer.WriteOctetString(digest);
            }
        }
        return writer.Encode();
    }

    /// <summary>The digest, where content type and digest stand there once
    /// each with one value; else null. Others may stand there.</summary>
    public static byte[]? DigestIn(ReadOnlyMemory<byte> attributes, string dataType)
    {
        try
        {
            var (types, digests) = (new List<string>(), new List<byte[]>());
            for (var all = new AsnReader(attributes, AsnEncodingRules.DER).ReadSetOf(); all.HasData;)
            {
                var attribute = all.ReadSequence();
                var identifier = attribute.ReadObjectIdentifier();
                var values = attribute.ReadSetOf();
                attribute.ThrowIfNotEmpty();
                if (identifier is not (ContentTypeAttribute or MessageDigestAttribute)) continue;
                if (identifier == ContentTypeAttribute) types.Add(values.ReadObjectIdentifier());
                else digests.Add(values.ReadOctetString());
                values.ThrowIfNotEmpty();
            }
            return types is [var type] && type == dataType && digests is [var digest]
                ? digest
                : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}

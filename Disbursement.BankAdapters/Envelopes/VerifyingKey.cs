using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using NodaTime;
using Org.BouncyCastle.Crypto.Parameters;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>A public key as pinned in a key ring, with its certificate where the entry is one.</summary>
internal sealed class VerifyingKey
{
    private readonly Lock _gate = new(); // .NET does not promise that its key objects serve two threads at once
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly ECPublicKeyParameters? _sm2;

    private VerifyingKey(PublicKey key, KeyAlgorithm algorithm, PinnedCertificate? certificate, string signer)
    {
        (Algorithm, Certificate, Signer) = (algorithm, certificate, signer);
        PublicPoint = key.EncodedKeyValue.RawData;
        switch (algorithm)
        {
            case KeyAlgorithm.Rsa: _rsa = key.GetRSAPublicKey(); break;
            case KeyAlgorithm.EcdsaP256: _ecdsa = key.GetECDsaPublicKey(); break;
            case KeyAlgorithm.Sm2: _sm2 = Sm2.PublicKey(PublicPoint); break;
        }
        if (_rsa is { KeySize: < KeyIdentifiers.MinRsaBits })
            throw new CryptographicException($"an RSA key of {_rsa.KeySize} bits is too short: 3072 or more");
    }

    public KeyAlgorithm Algorithm { get; }

    /// <summary>Null for a bare public key.</summary>
    public PinnedCertificate? Certificate { get; }

    /// <summary>The subject of the certificate, or the key's name in the ring.</summary>
    public string Signer { get; }

    /// <summary>The key itself as certificates carry it, to compare with the private key's own.</summary>
    public byte[] PublicPoint { get; }

    /// <summary>Reads PEM text. CryptographicException says why it is no usable key.</summary>
    public static VerifyingKey Parse(string name, string pem)
    {
        if (!PemEncoding.TryFind(pem, out var found)) throw new CryptographicException("no PEM block in it");
        var der = Convert.FromBase64String(pem[found.Base64Data]);
        try
        {
            switch (pem[found.Label])
            {
                case "CERTIFICATE":
                    using (var certificate = X509CertificateLoader.LoadCertificate(der))
                        return new VerifyingKey(certificate.PublicKey, AlgorithmOf(certificate.PublicKey),
                            PinnedCertificate.Of(certificate), certificate.Subject);
                case "PUBLIC KEY":
                    var key = PublicKey.CreateFromSubjectPublicKeyInfo(der, out _);
                    return new VerifyingKey(key, AlgorithmOf(key), null, name);
                default:
                    throw new CryptographicException($"neither a certificate nor a public key but: {pem[found.Label]}");
            }
        }
        catch (Exception trouble) when (trouble is ArgumentException or AsnContentException)
        {
            throw new CryptographicException($"not a key: {trouble.Message}", trouble);
        }
    }

    /// <summary>Whether the signature over the data is this key's. The user id enters SM2 signatures only.</summary>
    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, string userId)
    {
        if (_sm2 is not null) return Sm2.Verify(_sm2, data, signature, userId);
        try
        {
            lock (_gate)
                return _rsa is not null
                    ? _rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                    : _ecdsa!.VerifyData(data, signature, HashAlgorithmName.SHA256,
                        DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (CryptographicException)
        {
            return false; // bytes that are not even of a signature's form
        }
    }

    private static KeyAlgorithm AlgorithmOf(PublicKey key)
    {
        // RSA keys carry NULL here; an elliptic curve may also be spelt out, which no bank does and nothing here takes.
        var parameters = key.EncodedParameters?.RawData ?? [];
        var curve = parameters is [0x06, ..]
            ? AsnDecoder.ReadObjectIdentifier(parameters, AsnEncodingRules.DER, out _)
            : null;
        return KeyIdentifiers.AlgorithmOf(key.Oid.Value, curve)
            ?? throw new CryptographicException($"a key of another kind: {key.Oid.Value} {curve}");
    }
}

/// <summary>What is judged of a pinned certificate.</summary>
/// <param name="Der">Its exact bytes: an embedded certificate must equal them.</param>
/// <param name="IssuerAndSerial">DER of IssuerAndSerialNumber, by which
/// a SignerInfo names its certificate (RFC 5652 §10.2.4).</param>
/// <param name="NotBefore">First moment of its validity.</param>
/// <param name="NotAfter">Last moment of its validity.</param>
internal sealed record PinnedCertificate(byte[] Der, byte[] IssuerAndSerial, Instant NotBefore, Instant NotAfter)
{
    public static PinnedCertificate Of(X509Certificate2 certificate)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(certificate.IssuerName.RawData);
            writer.WriteInteger(certificate.SerialNumberBytes.Span);
        }
        return new PinnedCertificate(certificate.RawData, writer.Encode(),
            Instant.FromDateTimeUtc(certificate.NotBefore.ToUniversalTime()),
            Instant.FromDateTimeUtc(certificate.NotAfter.ToUniversalTime()));
    }
}

using System.Formats.Asn1;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Seams;
using Org.BouncyCastle.Crypto.Parameters;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>One of our private keys, parsed once from its PKCS#8 PEM.</summary>
internal sealed class SigningKey
{
    private readonly Lock _gate = new(); // .NET does not promise that its key objects serve two threads at once
    private readonly RSA? _rsa;
    private readonly ECDsa? _ecdsa;
    private readonly ECPrivateKeyParameters? _sm2;
    private IDeviceKey? _device;

    private SigningKey(KeyAlgorithm algorithm, RSA? rsa, ECDsa? ecdsa, ECPrivateKeyParameters? sm2, byte[] publicPoint)
    {
        (Algorithm, _rsa, _ecdsa, _sm2, PublicPoint) = (algorithm, rsa, ecdsa, sm2, publicPoint);
    }

    public KeyAlgorithm Algorithm { get; }

    /// <summary>Its public key as certificates carry it.</summary>
    public byte[] PublicPoint { get; }

    /// <summary>Reads PEM text. CryptographicException says why it is no usable key; it never quotes the key.</summary>
    public static SigningKey Parse(string pem)
    {
        if (!PemEncoding.TryFind(pem, out var found) || pem[found.Label] != "PRIVATE KEY")
            throw new CryptographicException("no PKCS#8 block 'PRIVATE KEY' in it");
        var der = Convert.FromBase64String(pem[found.Base64Data]);
        try
        {
            return Parse(der);
        }
        catch (Exception trouble) when (trouble is ArgumentException or AsnContentException)
        {
            throw new CryptographicException("not a PKCS#8 private key", trouble);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    /// <summary>A key that signs on its device.</summary>
    public static SigningKey OfDevice(IDeviceKey device)
    {
        var key = VerifyingKey.Parse("device", PemEncoding.WriteString("PUBLIC KEY", device.PublicKey.Span));
        return new SigningKey(key.Algorithm, null, null, null, key.PublicPoint) { _device = device };
    }

    /// <summary>Signs with SHA-256, or for SM2 with SM3 and the user id.</summary>
    public byte[] Sign(ReadOnlySpan<byte> data, string userId)
    {
        if (_sm2 is not null) return Sm2.Sign(_sm2, data, userId);
        if (_device is not null) return _device.Sign(data);
        lock (_gate)
            return _rsa is not null
                ? _rsa.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
                : _ecdsa!.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    private static SigningKey Parse(byte[] der)
    {
        // PrivateKeyInfo (RFC 5208 §5): version, algorithm with its curve, the key's own bytes.
        var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
        info.ReadInteger();
        var identifier = info.ReadSequence();
        var kind = identifier.ReadObjectIdentifier();
        var curve = kind == KeyIdentifiers.EllipticCurve ? identifier.ReadObjectIdentifier() : null;
        switch (KeyIdentifiers.AlgorithmOf(kind, curve))
        {
            case KeyAlgorithm.Rsa:
                var rsa = RSA.Create();
                rsa.ImportPkcs8PrivateKey(der, out _);
                return rsa.KeySize >= KeyIdentifiers.MinRsaBits
                    ? new SigningKey(KeyAlgorithm.Rsa, rsa, null, null, rsa.ExportRSAPublicKey())
                    : throw new CryptographicException($"an RSA key of {rsa.KeySize} bits is too short: 3072 or more");
            case KeyAlgorithm.EcdsaP256:
                var ecdsa = ECDsa.Create();
                ecdsa.ImportPkcs8PrivateKey(der, out _);
                var q = ecdsa.ExportParameters(includePrivateParameters: false).Q;
                return new SigningKey(KeyAlgorithm.EcdsaP256, null, ecdsa, null, [4, .. q.X!, .. q.Y!]);
            case KeyAlgorithm.Sm2:
                // ECPrivateKey (RFC 5915 §3): version, the number d, then what is not needed.
                var inner = new AsnReader(info.ReadOctetString(), AsnEncodingRules.DER).ReadSequence();
                inner.ReadInteger();
                var sm2 = Sm2.PrivateKey(inner.ReadOctetString());
                return new SigningKey(KeyAlgorithm.Sm2, null, null, sm2, Sm2.PointOf(sm2));
            default:
                throw new CryptographicException($"a key of another kind: {kind} {curve}");
        }
    }
}

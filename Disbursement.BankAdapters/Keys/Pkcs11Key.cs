using System.Formats.Asn1;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;

namespace Disbursement.BankAdapters.Keys;

/// <summary>The parts of an RFC 7512 address that are used: <c>pkcs11:token=LABEL;object=LABEL?module-path=LIBRARY&amp;
/// pin-source=REFERENCE</c>, the PIN by reference as every secret.</summary>
internal sealed record Pkcs11Address(string Token, string Object, string Module, string PinSource)
{
    /// <exception cref="CryptographicException">It is no such address.</exception>
    public static Pkcs11Address Parse(string text)
    {
        const string Scheme = "pkcs11:";
        var parts = text.StartsWith(Scheme, StringComparison.Ordinal) ? text[Scheme.Length..].Split('?', 2) : [];
        if (parts.Length != 2) throw new CryptographicException("no pkcs11 address with token, object, module and PIN");
        var fields = parts[0].Split(';').Concat(parts[1].Split('&')).Select(part => part.Split('=', 2))
            .Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        string Field(string name) => fields[name].FirstOrDefault()
            ?? throw new CryptographicException($"the pkcs11 address has no {name}");
        return new(Field("token"), Field("object"), Field("module-path"), Field("pin-source"));
    }
}

/// <summary>A key on a PKCS#11 device, found by the labels of token and key. RSA signs with CKM_SHA256_RSA_PKCS; ECDSA
/// on P-256 with CKM_ECDSA over a digest made here, for not every device digests.</summary>
internal sealed class Pkcs11Key : IDeviceKey
{
    private static readonly Pkcs11InteropFactories Factories = new();
    private static readonly Lock Loading = new();
    private static readonly Dictionary<string, IPkcs11Library> Libraries = [];
    private static bool s_resolves;
    private readonly Lock _gate = new(); // a session serves one call at a time
    private readonly ISession _session;
    private readonly IObjectHandle _key;
    private readonly bool _isRsa;

    private Pkcs11Key(ISession session, IObjectHandle key, bool isRsa, byte[] publicKey) =>
        (_session, _key, _isRsa, PublicKey) = (session, key, isRsa, publicKey);

    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <exception cref="CryptographicException">Module, token, PIN or key are not there, and which.</exception>
    public static Pkcs11Key Open(Pkcs11Address address, ISecrets secrets)
    {
        var pin = secrets.Secret(address.PinSource)
            ?? throw new CryptographicException($"there is no PIN at {address.PinSource}");
        try
        {
            var slot = Library(address.Module).GetSlotList(SlotsType.WithTokenPresent)
                .FirstOrDefault(slot => slot.GetTokenInfo().Label.Trim() == address.Token)
                ?? throw new CryptographicException($"no token '{address.Token}'");
            var session = slot.OpenSession(SessionType.ReadOnly);
            LogIn(session, pin);
            var key = Find(session, CKO.CKO_PRIVATE_KEY, address);
            var type = session.GetAttributeValue(key, [CKA.CKA_KEY_TYPE])[0].GetValueAsUlong();
            var shown = Find(session, CKO.CKO_PUBLIC_KEY, address);
            return type switch
            {
                (ulong)CKK.CKK_RSA => new(session, key, true, RsaPublic(session, shown)),
                (ulong)CKK.CKK_EC => new(session, key, false, EcPublic(session, shown)),
                _ => throw new CryptographicException($"the key '{address.Object}' is of another type: {type}"),
            };
        }
        catch (Exception trouble) when (trouble is Pkcs11Exception or UnmanagedException or DllNotFoundException)
        {
            throw new CryptographicException($"the device of '{address.Object}': {trouble.Message}", trouble);
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        try
        {
            lock (_gate)
            {
                if (_isRsa)
                    return _session.Sign(Factories.MechanismFactory.Create(CKM.CKM_SHA256_RSA_PKCS), _key,
                        data.ToArray());
                var joined = _session.Sign(Factories.MechanismFactory.Create(CKM.CKM_ECDSA), _key,
                    SHA256.HashData(data));
                return Der(joined);
            }
        }
        catch (Pkcs11Exception trouble)
        {
            throw new CryptographicException($"the device did not sign: {trouble.RV}", trouble);
        }
    }

    private static IPkcs11Library Library(string module)
    {
        lock (Loading)
        {
            if (!s_resolves)
                // The library asks for "libdl", which newer C libraries have under its old name only.
                NativeLibrary.SetDllImportResolver(typeof(Pkcs11InteropFactories).Assembly,
                    (name, _, _) => name == "libdl" && NativeLibrary.TryLoad("libdl.so.2", out var found) ? found : 0);
            s_resolves = true; // once in a process, also where the module then does not load
            if (!Libraries.TryGetValue(module, out var library))
                Libraries[module] = library =
                    Factories.Pkcs11LibraryFactory.LoadPkcs11Library(Factories, module, AppType.MultiThreaded);
            return library;
        }
    }

    private static void LogIn(ISession session, string pin)
    {
        try
        {
            session.Login(CKU.CKU_USER, pin);
        }
        catch (Pkcs11Exception logged) when (logged.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
        {
            // by another key of the same token: a log-in counts for the whole program
        }
    }

    private static IObjectHandle Find(ISession session, CKO kind, Pkcs11Address address)
    {
        var attributes = Factories.ObjectAttributeFactory;
        var found = session.FindAllObjects(
            [attributes.Create(CKA.CKA_CLASS, kind), attributes.Create(CKA.CKA_LABEL, address.Object)]);
        return found is [var one] ? one
            : throw new CryptographicException($"the token has {found.Count} objects '{address.Object}' of {kind}");
    }

    private static byte[] RsaPublic(ISession session, IObjectHandle key)
    {
        var values = session.GetAttributeValue(key, [CKA.CKA_MODULUS, CKA.CKA_PUBLIC_EXPONENT]);
        using var rsa = RSA.Create(new RSAParameters
        { Modulus = values[0].GetValueAsByteArray(), Exponent = values[1].GetValueAsByteArray() });
        return rsa.ExportSubjectPublicKeyInfo();
    }

    private static byte[] EcPublic(ISession session, IObjectHandle key)
    {
        var values = session.GetAttributeValue(key, [CKA.CKA_EC_PARAMS, CKA.CKA_EC_POINT]);
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(KeyIdentifiers.EllipticCurve);
                writer.WriteEncodedValue(values[0].GetValueAsByteArray());
            }
            // CKA_EC_POINT is an OCTET STRING around the point (PKCS#11 2.40 §2.3.3).
            writer.WriteBitString(AsnDecoder.ReadOctetString(values[1].GetValueAsByteArray(), AsnEncodingRules.DER,
                out _));
        }
        return writer.Encode();
    }

    private static byte[] Der(ReadOnlySpan<byte> joined)
    {
        var half = joined.Length / 2;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(new System.Numerics.BigInteger(joined[..half], isUnsigned: true, isBigEndian: true));
            writer.WriteInteger(new System.Numerics.BigInteger(joined[half..], isUnsigned: true, isBigEndian: true));
        }
        return writer.Encode();
    }
}

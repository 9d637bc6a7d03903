using System.Collections.Concurrent;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Keys;

/// <summary>
/// Keys of one folder, each by what stands there under its name: PEM as <see cref="PemKeyRing"/> has it, also
/// encrypted PKCS#8; <c>NAME.p12</c>, a PKCS#12 file with key and certificate; or <c>NAME.pkcs11</c>, the RFC 7512
/// address of a key on a device. The passphrase of the first two is named, not given, by <c>NAME.passphrase</c>:
/// <c>env:VARIABLE</c> or <c>file:NAME</c>. CryptographicException where a key is there and does not open.
/// </summary>
public sealed class ReferencedKeyRing(string folder) : IKeyRing, IDeviceKeyRing
{
    private readonly PemKeyRing _pem = new(folder);
    private readonly SecretReferences _secrets = new(folder);
    private readonly ConcurrentDictionary<string, Pkcs11Key> _devices = new(StringComparer.Ordinal);

    public string? PrivateKeyPem(string name)
    {
        if (_pem.PrivateKeyPem(name) is { } pem)
            return PemEncoding.TryFind(pem, out var found) && pem[found.Label] == "ENCRYPTED PRIVATE KEY"
                ? Pkcs12File.DecryptedPem(name, Convert.FromBase64String(pem[found.Base64Data]), Passphrase(name))
                : pem;
        return Pkcs12(name)?.PrivateKeyPem;
    }

    public string? CertificatePem(string name) => _pem.CertificatePem(name) ?? Pkcs12(name)?.CertificatePem;

    public string? Secret(string name) => _pem.Secret(name);

    public IDeviceKey? DeviceKey(string name)
    {
        if (Text(name, ".pkcs11") is not { } address) return null;
        return _devices.GetOrAdd(address, text => Pkcs11Key.Open(Pkcs11Address.Parse(text), _secrets));
    }

    private Pkcs12File? Pkcs12(string name)
    {
        if (!PemKeyRing.IsName(name)) return null;
        var path = Path.Combine(folder, name + ".p12");
        return File.Exists(path) ? Pkcs12File.Read(name, File.ReadAllBytes(path), Passphrase(name)) : null;
    }

    /// <summary>Empty where none is named: some files have none.</summary>
    private string Passphrase(string name)
    {
        if (Text(name, ".passphrase") is not { } reference) return "";
        return _secrets.Secret(reference)
            ?? throw new CryptographicException($"the passphrase of '{name}' is not at {reference}");
    }

    private string? Text(string name, string suffix)
    {
        var path = Path.Combine(folder, name + suffix);
        return PemKeyRing.IsName(name) && File.Exists(path) ? File.ReadAllText(path).Trim() : null;
    }
}

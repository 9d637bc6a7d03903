using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Security;

/// <summary>The installation's hash key: identifiers are found by keyed hash, never by value.</summary>
public sealed class LedgerPepper(byte[] secret)
{
    public const string Subject = "installation";

    private readonly byte[] _account = Derive(secret, "account");
    private readonly byte[] _identity = Derive(secret, "identity");
    private readonly byte[] _content = Derive(secret, "content");

    public static byte[] Fresh() => RandomNumberGenerator.GetBytes(32);

    public byte[] Account(string number) => HMACSHA256.HashData(_account, Encoding.UTF8.GetBytes(number))[..16];

    public string Hash(string purpose, ReadOnlySpan<byte> value) => Convert.ToHexStringLower(
        HMACSHA256.HashData(purpose == "content" ? _content : _identity, value));

    private static byte[] Derive(byte[] secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.UTF8.GetBytes(purpose));
}

/// <summary>
/// Seals personal data with AES-256-GCM under a random key per person and per document. A key seals each label once, so
/// the nonce is derived from the label and sealing is deterministic under a key: a replay gives the same bytes.
/// </summary>
public sealed class Vault : IVault
{
    private static readonly byte[] Magic = "DSB1"u8.ToArray();
    private const int TagBytes = 16;
    private const int HeaderBytes = 4 + 32;

    private readonly long _ledger;
    private readonly LedgerPepper _pepper;
    private readonly KeyTable? _keys;
    private readonly IKeptKeys? _kept;
    private readonly Dictionary<string, byte[]?> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _fresh = new(StringComparer.Ordinal);

    internal Vault(long ledger, LedgerPepper pepper, KeyTable? keys, IKeptKeys? kept)
    {
        _kept = kept;
        _ledger = ledger;
        _pepper = pepper;
        _keys = keys;
    }

    public string Hash(string purpose, ReadOnlySpan<byte> value) => _pepper.Hash(purpose, value);
    public byte[] AccountHash(string account) => _pepper.Account(account);
    public void Offer(string subject, byte[]? secret) => _known[subject] = secret;

    public byte[] SealField(string subject, string label, string value)
    {
        if (KeyOf(subject) is not { } key)
            return _kept?.ErasedField(_ledger, subject, label, value) ?? throw Erased(subject);
        return Encrypt(key, label, Encoding.UTF8.GetBytes(value), header: []);
    }

    public string? OpenField(string subject, string label, ReadOnlySpan<byte> bytes)
    {
        var key = Existing(subject);
        return key is null ? _kept?.Known(_ledger, subject, label)
            : Encoding.UTF8.GetString(Decrypt(key, label, bytes));
    }

    public StoredDocument Seal(InputDocument document, bool output)
    {
        if (document.Sealed is { } stored) return new StoredDocument(stored, output);
        var mac = ContentMac(document);
        var subject = document.Personal ? $"document/{mac}" : null;
        byte[] bytes;
        byte[]? fresh = null;
        if (subject is null) bytes = document.Content.ToArray();
        else
        {
            var key = KeyOf(subject) ?? throw Erased(subject);
            // The commitment binds the ciphertext to one key: AES-GCM alone would open under another.
            var commitment = SHA256.HashData([.. "disburse-key"u8, .. key]);
            bytes = Encrypt(key, "document", document.Content.Span, [.. Magic, .. commitment]);
            if (_fresh.ContainsKey(subject)) fresh = key;
        }
        return new StoredDocument(new DocumentRow
        {
            Ledger = _ledger,
            Digest = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            Kind = document.Kind,
            ContentMac = mac,
            KeySubject = subject,
            Bytes = bytes,
        }, output, fresh);
    }

    public byte[]? Open(string digest)
    {
        var row = _keys!.Document(digest);
        if (row is null) return null;
        if (row.KeySubject is null) return row.Bytes;
        var key = Existing(row.KeySubject);
        return key is null ? null : OpenDocument(key, row.Bytes);
    }

    /// <summary>
    /// The plain bytes of a sealed document. Another key or changed bytes throw CryptographicException.
    /// </summary>
    internal static byte[] OpenDocument(byte[] key, ReadOnlySpan<byte> stored) => stored.Length < HeaderBytes + TagBytes
        ? throw new CryptographicException("shorter than a seal")
        : Decrypt(key, "document", stored[HeaderBytes..]);

    /// <summary>Takes over the key a document was sealed with before the lock was held.</summary>
    internal void Keep(StoredDocument document)
    {
        if (document.Row.KeySubject is { } subject && document.FreshKey is { } key) _fresh[subject] = key;
    }

    /// <summary>Whether the ledger holds these bytes already. Under a key made in this session they are new.</summary>
    internal bool Stands(DocumentRow row) =>
        (row.KeySubject is null || !_fresh.ContainsKey(row.KeySubject)) && _keys!.HasDocument(row.Digest);

    /// <summary>Keys made in this session, to be written with its decision.</summary>
    internal IReadOnlyList<SubjectKeyRow> FreshKeys() =>
        [.. _fresh.Select(f => new SubjectKeyRow { Ledger = _ledger, Subject = f.Key, Secret = f.Value })];

    private string ContentMac(InputDocument document)
    {
        var prefix = Encoding.UTF8.GetBytes(document.Kind + "\0");
        using var hash = SHA256.Create();
        hash.TransformBlock(prefix, 0, prefix.Length, null, 0);
        var content = document.Content.ToArray();
        hash.TransformFinalBlock(content, 0, content.Length);
        return _pepper.Hash("content", hash.Hash);
    }

    private byte[]? Existing(string subject)
    {
        if (_fresh.TryGetValue(subject, out var key)) return key;
        if (_known.TryGetValue(subject, out var known)) return known;
        return _known[subject] = _keys?.Find(subject);
    }

    private byte[]? KeyOf(string subject)
    {
        if (Existing(subject) is { } key) return key;
        if (_kept is null) return _fresh[subject] = RandomNumberGenerator.GetBytes(32);
        return _kept.Find(_ledger, subject) is { } kept ? _fresh[subject] = kept : null;
    }

    private static Engine.Primitives.DefectException Erased(string subject) => new($"the key of {subject} was erased");

    private static byte[] Encrypt(byte[] key, string label, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> header)
    {
        var result = new byte[header.Length + plain.Length + TagBytes];
        header.CopyTo(result);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(Nonce(label), plain, result.AsSpan(header.Length, plain.Length),
            result.AsSpan(header.Length + plain.Length));
        return result;
    }

    private static byte[] Decrypt(byte[] key, string label, ReadOnlySpan<byte> sealedBytes)
    {
        var plain = new byte[sealedBytes.Length - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(Nonce(label), sealedBytes[..^TagBytes], sealedBytes[^TagBytes..], plain);
        return plain;
    }

    private static byte[] Nonce(string label) => SHA256.HashData(Encoding.UTF8.GetBytes(label))[..12];
}

using Disbursement.BankAdapters.Sandbox.Seals;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>A file that waits at the bank, with the detached signature beside it, if there is one.</summary>
public sealed record IncomingFile(string Name, byte[] Body, byte[]? Seal);

/// <summary>The bank's side of the exchange folders: reads to-bank, writes from-bank, deletes nothing.</summary>
public sealed class Exchange
{
    private readonly string _inbox;
    private readonly string _outbox;
    private readonly Partner _partner;

    public Exchange(string root, Partner partner)
    {
        _partner = partner;
        _inbox = Path.Combine(root, partner.Id, "to-bank");
        _outbox = Path.Combine(root, partner.Id, "from-bank");
        Directory.CreateDirectory(_inbox);
        Directory.CreateDirectory(_outbox);
    }

    internal string Inbox => _inbox;

    /// <summary>Whether a name in the inbox is a disbursement file's, and neither a signature's, a question's nor card
    /// applications'.</summary>
    internal bool IsFile(string name) => !name.StartsWith('.') && !Questions.Is(name) && !CardDesk.Is(name)
        && !name.EndsWith(_partner.SealSuffix, StringComparison.Ordinal);

    internal string Outbox => _outbox;

    /// <summary>Names of messages the customer has not acknowledged, oldest first.</summary>
    internal IReadOnlyList<string> Answers() => [.. new DirectoryInfo(_outbox).EnumerateFiles()
        .Where(f => !f.Name.StartsWith('.') && !f.Name.EndsWith(_partner.SealSuffix, StringComparison.Ordinal)
            && !File.Exists(Path.Combine(_outbox, ".taken", f.Name)))
        .OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name)];

    /// <summary>Names of bodies, oldest first. The signature is renamed
    /// into place before its body, so a body alone is unsigned.</summary>
    public IReadOnlyList<string> Waiting() => [.. new DirectoryInfo(_inbox).EnumerateFiles()
        .Where(f => !f.Name.StartsWith('.') && !f.Name.EndsWith(_partner.SealSuffix, StringComparison.Ordinal))
        .OrderBy(f => f.LastWriteTimeUtc).ThenBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name)];

    /// <summary>What tells that a file is still the one seen before, without reading it.</summary>
    public (long Length, DateTime Written, DateTime Sealed) Stamp(string name)
    {
        var body = new FileInfo(Path.Combine(_inbox, name));
        return (body.Length, body.LastWriteTimeUtc, File.GetLastWriteTimeUtc(body.FullName + _partner.SealSuffix));
    }

    public IncomingFile Take(string name) => Take(Path.Combine(_inbox, name), _partner);

    /// <summary>A file at any path with its signature beside it.</summary>
    public static IncomingFile Take(string path, Partner partner)
    {
        var seal = path + partner.SealSuffix;
        return new(Path.GetFileName(path), File.ReadAllBytes(path), File.Exists(seal) ? File.ReadAllBytes(seal) : null);
    }

    /// <summary>Whether the message stands with its signature.</summary>
    public bool Stands(string name)
    {
        var path = Path.Combine(_outbox, name);
        return File.Exists(path)
            && (_partner.IsWhole || _partner.SealsWithin(name) || File.Exists(path + _partner.SealSuffix));
    }

    /// <summary>Puts the signature into place, then the body. What stands already is left as it is.</summary>
    public void Send(string name, byte[] body, BankKeys keys)
    {
        var path = Path.Combine(_outbox, name);
        if (_partner.IsWhole)
        {
            DurableFile.Write(path, WholeSeal.Make(_partner.Seal, body, keys));
            return;
        }
        var kind = _partner.SealsOwn(name);
        if (_partner.SealsWithin(name))
        {
            DurableFile.Write(path, BankSeal.Make(kind, body, keys.BankKeyPem, keys.BankCertificatePem));
            return;
        }
        if (!File.Exists(path + _partner.SealSuffix))
            DurableFile.Write(path + _partner.SealSuffix, BankSeal.Make(kind, body, keys.BankKeyPem,
                keys.BankCertificatePem));
        DurableFile.Write(path, body);
    }
}

/// <summary>PEM texts the bank works with: the customer's
/// certificate, and the bank's own key and certificate.</summary>
public sealed record BankKeys(string OursCertificatePem, string BankKeyPem, string BankCertificatePem)
{
    /// <summary>The secret of both sides, for form signatures; the SM4 key for SM4 forms.</summary>
    public string Secret { get; init; } = "";

    /// <summary>The customer's UID of SM4 forms, ten characters.</summary>
    public string UserId { get; init; } = "";

    /// <summary>Reads <c>ours-ID.pem</c>, <c>bank-ID.key.pem</c> and <c>bank-ID.pem</c> from a folder; for the kinds
    /// that need them, <c>.asc</c> in their place, and <c>ours-ID.secret</c> and <c>ours-ID.uid</c>.</summary>
    /// <exception cref="FileNotFoundException">One that the kind needs is not there.</exception>
    public static BankKeys Read(string folder, string profile, SealKind kind = SealKind.Cms)
    {
        var end = kind is SealKind.OpenPgp ? "asc" : "pem";
        var needsKeys = kind is not (SealKind.FormSha256 or SealKind.FormSm3);
        return new(Text("ours", end, needsKeys), Text("bank", "key." + end, needsKeys), Text("bank", end, needsKeys))
        {
            Secret = Text("ours", "secret", !needsKeys || kind is SealKind.Sm4Form).TrimEnd(),
            UserId = Text("ours", "uid", kind is SealKind.Sm4Form).TrimEnd(),
        };

        string Text(string side, string suffix, bool isNeeded)
        {
            var path = Path.Combine(folder, $"{side}-{profile}.{suffix}");
            return isNeeded || File.Exists(path) ? File.ReadAllText(path) : "";
        }
    }

    /// <summary>What verifying a file needs and no more: the customer's certificate, or the secret of a form; the
    /// bank's own key only where the file is encrypted for it.</summary>
    /// <exception cref="FileNotFoundException">One that the kind needs is not there.</exception>
    public static BankKeys ToVerify(string folder, string profile, SealKind kind)
    {
        var end = kind is SealKind.OpenPgp ? "asc" : "pem";
        var isForm = kind is SealKind.FormSha256 or SealKind.FormSm3;
        var isEncrypted = kind is SealKind.OpenPgp or SealKind.CmsEnveloped;
        return new(isForm ? "" : Text($"ours-{profile}.{end}"),
            isEncrypted ? Text($"bank-{profile}.key.{end}") : "", "")
        {
            Secret = isForm || kind is SealKind.Sm4Form ? Text($"ours-{profile}.secret").TrimEnd() : "",
            UserId = kind is SealKind.Sm4Form ? Text($"ours-{profile}.uid").TrimEnd() : "",
        };

        string Text(string name) => File.ReadAllText(Path.Combine(folder, name));
    }

    /// <summary>The bank's own certificate, or null where the folder has none.</summary>
    public static string? BankCertificate(string folder, string profile) =>
        Path.Combine(folder, $"bank-{profile}.pem") is var path && File.Exists(path) ? File.ReadAllText(path) : null;
}

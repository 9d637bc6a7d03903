using System.Security.Cryptography;
using System.Text.Json;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Host.Files;
using NodaTime;

namespace Disbursement.Host.Cli;

/// <summary>One certificate, or one thing that is wrong, of the folder of keys.</summary>
/// <param name="Trouble">A reason in English; empty where nothing is wrong.</param>
/// <param name="Note">What is to be known of it and is not wrong, as Trouble.</param>
internal sealed record KeyLine(string Key, string File, string Subject, string Until, int? DaysLeft, string Trouble,
    string Note, string? DoZh, string? DoEn);

/// <summary>
/// Every entry of a folder of keys: those the profiles and links name, and those nobody names. An entry of a bank that
/// is not there says nothing: not every bank is a customer's. Once a part of it is there, the rest must be too.
/// </summary>
internal sealed class KeyCheck(Settings settings, Instant at)
{
    private const string Chain = ".chain.pem";

    // Longest first: "a.key.pem" is no certificate "a.key". The others of the folder are no keys of banks.
    private static readonly string[] s_suffixes =
        [Chain, ".key.pem", ".key.asc", ".pem", ".asc", ".p12", ".pkcs11", ".secret"];

    private static readonly (string Zh, string En) s_nameFolder = (
        "用 --keys 指明密钥目录, 或把密钥放入该目录 (specs/envelopes.md)",
        "Name the folder of the keys with --keys, or put them there (specs/envelopes.md)");

    private readonly ReferencedKeyRing _keys = new(settings.Keys);

    /// <summary>In the order of the names.</summary>
    public IReadOnlyList<KeyLine> Lines()
    {
        if (!Directory.Exists(settings.Keys)) return [Whole("no such folder")];
        // Names with the entries' files; the log's own key is kept here too, and is no bank's.
        var held = Directory.EnumerateFiles(settings.Keys).Select(file => Path.GetFileName(file))
            .Select(file => (File: file, Name: NameOf(file))).Where(f => f.Name is not (null or "log"))
            .ToLookup(f => f.Name!, f => f.File, StringComparer.Ordinal);
        var profiles = Shipped.Profiles().Concat(settings.Adapters.Profiles)
            .Select(file => JsonSerializer.Deserialize<BankProfile>(File.ReadAllBytes(file), BankProfile.Json)!);
        var (lines, known) = (new List<KeyLine>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var profile in profiles)
        {
            var form = profile.Envelope;
            var isOurs = held.Contains(form.OurKey) || held.Contains(form.BankCertificate);
            if (known.Add(form.OurKey) && isOurs)
                Tell(form.OurKey, KeyEntry.OursTrouble, form.Kind);
            if (known.Add(form.BankCertificate))
                Tell(form.BankCertificate, (keys, name, kind) =>
                    KeyEntry.TheirsTrouble(keys, name, kind, isOurs && KeyEntry.NeedsTheirs(kind)), form.Kind);
            if (BankLinks.Of(settings, profile.Id) is not { } link) continue;
            if (link.Sftp?.Key is { } login) known.Add(login);
            if (link.Https is not { } https) continue;
            if (known.Add(https.ClientKey)) Tell(https.ClientKey, KeyEntry.OursTrouble, "");
            foreach (var root in https.ServerRoots.Where(known.Add))
                Tell(root, (keys, name, kind) => KeyEntry.TheirsTrouble(keys, name, kind, isNeeded: true), "");
        }
        if (!held.Any(entry => known.Contains(entry.Key))) lines.Add(Whole("no key of any profile in it"));
        foreach (var entry in held.Where(entry => !known.Contains(entry.Key))) lines.AddRange(Nobodys(entry));
        return [.. lines.OrderBy(line => line.Key, StringComparer.Ordinal)];

        void Tell(string name, Func<ReferencedKeyRing, string, string, KeyTrouble?> check, string kind)
        {
            var trouble = Found(name, check, kind);
            if (trouble?.Fault != KeyFault.CertificateUnusable) lines.AddRange(Certificates(name));
            // The name of the file that is there, whichever of its forms it has.
            if (trouble is not null)
                lines.Add(Of(name, held[name].FirstOrDefault(file => file == name + trouble.Suffix
                    || (trouble.Fault != KeyFault.Missing && file == name + ".p12")) ?? name + trouble.Suffix,
                    trouble.Why, Advice(trouble.Fault)));
        }
    }

    private KeyTrouble? Found(string name, Func<ReferencedKeyRing, string, string, KeyTrouble?> check, string kind)
    {
        try
        {
            return check(_keys, name, kind);
        }
        catch (CryptographicException unusable)
        {
            return new(KeyFault.CertificateUnusable, ".p12", unusable.Message);
        }
    }

    /// <summary>The certificates of an entry; with <c>NAME.chain.pem</c> beside it, each link up to its root.</summary>
    private IReadOnlyList<KeyLine> Certificates(string name)
    {
        try
        {
            if (_keys.CertificatePem(name) is not { } entry
                || !entry.Contains("CERTIFICATE", StringComparison.Ordinal)) return [];
            var chain = Path.Combine(settings.Keys, name + Chain);
            var issuers = File.Exists(chain) ? Overlap.Blocks(File.ReadAllText(chain)).Select(b => b.Pem).ToList() : [];
            return [.. Overlap.Blocks(entry).SelectMany(block => block.IsRevoked
                ? [Line(name, CertificateChain.Pinned(block.Pem, at)) with { Trouble = "", DoZh = null, DoEn = null }]
                : issuers.Count == 0 ? [Line(name, CertificateChain.Pinned(block.Pem, at))]
                : CertificateChain.Check([block.Pem, .. issuers], at).Select(link => Line(name, link)))];
        }
        catch (CryptographicException unusable)
        {
            return [Of(name, name + ".pem", unusable.Message, Advice(KeyFault.CertificateUnusable))];
        }
    }

    /// <summary>A ledger may have adopted a profile that is no file here: such an entry is no trouble.</summary>
    private static IEnumerable<KeyLine> Nobodys(IGrouping<string, string> entry) =>
        entry.Where(file => file.EndsWith(".pem", StringComparison.Ordinal)
                || file.EndsWith(".asc", StringComparison.Ordinal) || file.EndsWith(".p12", StringComparison.Ordinal))
            .Where(file => !file.EndsWith(Chain, StringComparison.Ordinal)).Order(StringComparer.Ordinal)
            .Select(file => Of(entry.Key, file, "", (
                "按配置命名: ours-配置编号, bank-配置编号 (profile list); 不再用的移走",
                "Name it after its profile: ours-PROFILE, bank-PROFILE (profile list); or take it away")) with
            {
                Note = "no profile and no link names it",
            });

    private KeyLine Whole(string why) => Of("", settings.Keys, why, s_nameFolder);

    private static KeyLine Of(string key, string file, string why, (string Zh, string En) advice) =>
        new(key, file, "", "", null, why, "", advice.Zh, advice.En);

    private static KeyLine Line(string name, CertificateLink link)
    {
        var advice = link.Trouble.Length == 0 ? ((string?)null, (string?)null)
            : link.DaysLeft < CertificateChain.WarnDays
                ? ("向银行申请新证书, 并由两人启用", "Ask for the next certificate now; two people take it into use")
            : ("核对证书和 .chain.pem 中的各级颁发者",
                "Hold the certificate and the issuers in .chain.pem against what was agreed");
        return new(name, name + ".pem", link.Subject, $"{link.NotAfter}", link.DaysLeft, link.Trouble, "",
            advice.Item1, advice.Item2);
    }

    private static (string Zh, string En) Advice(KeyFault fault) => fault switch
    {
        KeyFault.Missing => ("以该名放入目录; 不与这家银行往来的, 把其余文件移走",
            "Put it there under that name; where this bank is not yours, take its other files away"),
        KeyFault.KeyUnusable => ("放回该密钥的可用副本, 核对 .passphrase 所指的口令",
            "Put back a good copy of the key, and see that its .passphrase leads to the passphrase"),
        KeyFault.OtherKey => ("换上与证书配对的私钥, 或该私钥的证书",
            "Put the key of this certificate there, or the certificate of this key"),
        _ => ("请出具方重新提供证书 (PEM)", "Ask whoever issued it for the certificate again, as PEM"),
    };

    /// <summary>The entry's name; null for a file that is no key.</summary>
    private static string? NameOf(string file) =>
        s_suffixes.FirstOrDefault(s => file.EndsWith(s, StringComparison.Ordinal)) is { } suffix
            && file.Length > suffix.Length ? file[..^suffix.Length] : null;
}

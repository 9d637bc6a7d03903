using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Host.Files;
using Disbursement.Host.Reasons;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Host.Cli;

/// <summary>key check: every key and certificate the shipped profiles name, before a bank finds out.</summary>
public static class KeyCommands
{
    public static Command Create() => new("key", "密钥与证书 / keys and certificates") { Check(), KeyList.Create() };

    private static Command Check()
    {
        var check = new Command("check",
            "检查密钥与证书链, 到期前 30 天提示 / check keys and chains; warns 30 days before a certificate ends");
        check.SetAction(parse =>
        {
            var session = new Session(parse);
            // The keys stand beside the database; there need be none yet.
            var settings = session.SettingsAlone;
            var moment = InstantPattern.ExtendedIso.Parse(parse.GetValue(GlobalOptions.At)
                ?? $"{SystemClock.Instance.GetCurrentInstant()}");
            if (!moment.Success) throw Usage.NoInstant(parse.GetValue(GlobalOptions.At)!);
            var at = moment.Value;
            var lines = Shipped.Profiles().Concat(settings.Adapters.Profiles)
                .Select(file => JsonSerializer.Deserialize<BankProfile>(File.ReadAllBytes(file), BankProfile.Json)!)
                .SelectMany(profile => BankLinks.Certificates(settings, profile.Id)
                    .Concat([profile.Envelope.OurKey, profile.Envelope.BankCertificate]))
                .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .SelectMany(name => Lines(settings.Keys, name, at)).ToList();
            session.Output.Table(lines, ("key", l => l.Key), ("subject", l => l.Subject), ("until", l => l.Until),
                ("days", l => l.DaysLeft), ("trouble", l => ReasonWords.Of(l.Trouble, session.Output.Chinese)));
            return lines.Exists(line => line.Trouble.Length > 0) ? ExitStatus.FoundWrong : ExitStatus.Done;
        });
        return check;
    }

    /// <summary>The certificates of an entry; with <c>NAME.chain.pem</c> beside it, each link up to its root. An entry
    /// that is not there says nothing: not every bank is a customer's.</summary>
    private static IReadOnlyList<KeyLine> Lines(string folder, string name, Instant at)
    {
        try
        {
            var keys = new ReferencedKeyRing(folder);
            if (keys.CertificatePem(name) is not { } entry
                || !entry.Contains("CERTIFICATE", StringComparison.Ordinal)) return [];
            var chain = Path.Combine(folder, name + ".chain.pem");
            var issuers = File.Exists(chain) ? Overlap.Blocks(File.ReadAllText(chain)).Select(b => b.Pem).ToList() : [];
            return [.. Overlap.Blocks(entry).SelectMany(block => block.IsRevoked
                ? [Line(name, CertificateChain.Pinned(block.Pem, at)) with { Trouble = "" }]
                : issuers.Count == 0 ? [Line(name, CertificateChain.Pinned(block.Pem, at))]
                : CertificateChain.Check([block.Pem, .. issuers], at).Select(link => Line(name, link)))];
        }
        catch (CryptographicException unusable)
        {
            return [new KeyLine(name, "", "", 0, unusable.Message)];
        }
    }

    private static KeyLine Line(string name, CertificateLink link) =>
        new(name, link.Subject, $"{link.NotAfter}", link.DaysLeft, link.Trouble);

    private sealed record KeyLine(string Key, string Subject, string Until, int DaysLeft, string Trouble);
}

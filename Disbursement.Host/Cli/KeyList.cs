using System.CommandLine;
using System.Security.Cryptography;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Cli;

/// <summary>key list: every key that people have or had in this ledger, so that two of them can compare
/// fingerprints.</summary>
internal static class KeyList
{
    private sealed record Listed(long Person, string Handle, long Version, string? Algorithm, string? Fingerprint,
        bool InForce);

    public static Command Create()
    {
        var page = new ListPage();
        var list = new Command("list", "列出人员的密钥, 含已更换和停用的 / list people's keys, replaced and revoked ones too");
        page.AddTo(list);
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            session.Output.Page(view.Lists.KeyPage(page.After(parse), page.Asked(parse)).Select(Of),
                page.Limit(parse), k => k.Person, ("person", k => k.Person), ("handle", k => k.Handle),
                ("version", k => k.Version),
                ("algorithm", k => k.Algorithm ?? session.Output.Text("已停用", "revoked")),
                ("fingerprint", k => k.Fingerprint),
                ("in force", k => k.InForce ? session.Output.Text("是", "yes") : ""));
            return ExitStatus.Done;
        });
        return list;
    }

    private static Listed Of(ListedKey key) => new(key.Person, key.Handle, key.Version, key.Algorithm,
        key.PublicKey is { } pem ? Fingerprint(pem) : null, key.Version == key.Newest && key.PublicKey is not null);

    /// <summary>SHA-256 over the key's DER: openssl pkey -pubin -in KEY.pub -outform DER | sha256sum.</summary>
    private static string Fingerprint(string pem)
    {
        var found = PemEncoding.Find(pem);
        return Convert.ToHexStringLower(SHA256.HashData(Convert.FromBase64String(pem[found.Base64Data])));
    }
}

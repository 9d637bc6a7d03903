using System.Text.Json;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Files;

/// <summary>
/// Gives the transport to a profile's bank. Without a link of its own a profile of kind "folder" goes by the folders
/// PROFILE/to-bank and PROFILE/from-bank of the exchange; every other kind needs one, in the file of links.
/// </summary>
public static class BankLinks
{
    /// <summary>The transport, or why there is none: decided before a file is Sending, for no bank was asked.</summary>
    /// <param name="asked">The kind to be used whatever the link says; null for the link's own.</param>
    public static Decision<ITransport> Of(Settings settings, BankProfile profile, string? asked = null)
    {
        if (!TryRead(settings.LinksFile, out var links, out var trouble))
            return Decision<ITransport>.Refuse(LinkRules.Unreadable, Place.Of("links", settings.LinksFile),
                settings.LinksFile, trouble);
        var link = links.GetValueOrDefault(profile.Id);
        var kind = asked ?? link?.Transport ?? profile.Transport.Kind;
        if (!profile.Transport.Offers(kind))
            return Decision<ITransport>.Refuse(LinkRules.NotOffered, Place.Of("links", kind), profile.Id, kind,
                string.Join(", ", profile.Transport.Kinds));
        var setting = new TransportSetting(profile.Transport, link ?? new BankLink(),
            new ReferencedKeyRing(settings.Keys), new SecretReferences(settings.Keys),
            Path.Combine(settings.Exchange, profile.Id));
        return settings.Adapters.Catalogue.Transport(kind, setting) is { } transport
            ? Decision<ITransport>.Accept(transport)
            : Decision<ITransport>.Refuse(LinkRules.Missing, Place.Of("links", kind), profile.Id, kind,
                settings.LinksFile);
    }

    /// <summary>Names in the key folder of the certificates by which the profile's bank is reached: ours, and the roots
    /// its server's must end in. None where there is no link, or none that can be read: that is the sending's to tell.
    /// </summary>
    public static IReadOnlyList<string> Certificates(Settings settings, string profile) =>
        Of(settings, profile)?.Https is { } https ? [https.ClientKey, .. https.ServerRoots] : [];

    /// <summary>The link of a profile; null where there is none, or none that can be read.</summary>
    public static BankLink? Of(Settings settings, string profile) =>
        TryRead(settings.LinksFile, out var links, out _) ? links.GetValueOrDefault(profile) : null;

    private static bool TryRead(string path, out IReadOnlyDictionary<string, BankLink> links, out string trouble)
    {
        (links, trouble) = (new Dictionary<string, BankLink>(), "");
        if (!File.Exists(path)) return true;
        byte[] text = [];
        try
        {
            text = File.ReadAllBytes(path);
            links = JsonSerializer.Deserialize<Dictionary<string, BankLink>>(text, BankLink.Json) ?? links;
            trouble = links.FirstOrDefault(named => named.Value is null).Key ?? "";
            return trouble.Length == 0;
        }
        catch (Exception unreadable) when (unreadable is JsonException or IOException or UnauthorizedAccessException)
        {
            trouble = JsonFault.Of(unreadable, text, typeof(BankLink));
            return false;
        }
    }
}

/// <summary>What can stand in the way of reaching a bank before it is asked.</summary>
public static class LinkRules
{
    public static readonly RefusalRule Unreadable = new("link.unreadable", Severity.Refusal,
        "银行连接文件 {0} 无法读取: {1}", "The file of bank links {0} cannot be read: {1}",
        "按 specs/transports.md 修正", "Correct it by specs/transports.md");
    public static readonly RefusalRule NotOffered = new("link.not-offered", Severity.Refusal,
        "配置 {0} 的银行不提供传输方式 {1}, 只有: {2}", "The bank of profile {0} offers no transport {1}, only: {2}",
        "在连接文件中改用其中一种", "Use one of them in the file of links");
    public static readonly RefusalRule Missing = new("link.missing", Severity.Refusal,
        "配置 {0} 用 {1} 传输, 但连接文件 {2} 中没有其地址", "Profile {0} goes by {1}, and {2} has no link for it",
        "把银行给的地址、用户和密钥指纹写入该文件", "Write the address, account and key pins the bank gave into that file");

    public static IReadOnlyList<RefusalRule> All => [Unreadable, NotOffered, Missing];
}

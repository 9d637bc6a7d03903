using System.Collections.Frozen;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports.Https;
using Disbursement.BankAdapters.Transports.Packets;
using Disbursement.BankAdapters.Transports.Sftp;

namespace Disbursement.BankAdapters.Transports;

/// <summary>What a transport is made of.</summary>
/// <param name="Folder">The bank's folder of the exchange, for the transport that is two folders.</param>
public sealed record TransportSetting(TransportForm Form, BankLink Link, IKeyRing Keys, ISecrets Secrets,
    string Folder);

/// <summary>Every kind of transport a bank profile can name.</summary>
public static class TransportCatalogue
{
    /// <summary>The kind that needs no link.</summary>
    public const string Folder = "folder";

    private static readonly FrozenDictionary<string, Func<TransportSetting, ITransport?>> ByKind =
        new Dictionary<string, Func<TransportSetting, ITransport?>>
        {
            [Folder] = s => new FolderTransport(
                Directory.CreateDirectory(Path.Combine(s.Folder, "to-bank")).FullName,
                Directory.CreateDirectory(Path.Combine(s.Folder, "from-bank")).FullName),
            [HttpsTransport.Kind] = Https,
            [PacketTransport.Kind] = s => s is { Link.Packet: { } link, Form.Answer: { } words }
                ? new PacketTransport(link, words) : null,
            [SftpTransport.Kind] = s => s.Link.Sftp is { } link ? new SftpTransport(link, s.Keys, s.Secrets) : null,
        }.ToFrozenDictionary(StringComparer.Ordinal);

    private static ITransport? Https(TransportSetting s) => s switch
    {
        { Link.Https: { Signing: not null } link, Form: { Post: { } post, Answer: { } words } } =>
            new SignedPostTransport(link, post, words, s.Keys),
        { Link.Https: { } link, Form.Post: null } => new HttpsTransport(link, s.Keys),
        _ => null, // a form that is signed on the way, and no word of who signs
    };

    /// <summary>The kinds in alphabetical order.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. ByKind.Keys.Order(StringComparer.Ordinal)];

    /// <summary>A transport of that kind; null where no such kind is known or the link has no part for it.</summary>
    public static ITransport? Find(string kind, TransportSetting setting) =>
        ByKind.GetValueOrDefault(kind)?.Invoke(setting);
}

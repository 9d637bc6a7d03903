using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Feeds;

/// <summary>Which records a subscriber gets.</summary>
public static class FeedFilter
{
    /// <summary>Every kind of record there is.</summary>
    public static IReadOnlyList<string> Kinds { get; } =
    [
        "warning.raised", "warning.changed", "warning.cleared", "warning.acknowledged", "warning.handling",
        "warning.replied", "warning.closed",
    ];

    /// <summary>What codes of a region begin with: 52 of the province, 5201 of 520100, a county's all.</summary>
    public static string Prefix(string region) => region.Length == 0 ? "" : Region.TierOf(region) switch
    {
        RegionTier.Province => region[..2],
        RegionTier.Prefecture => region[..4],
        _ => region,
    };

    /// <summary>Whether a code is this ledger's: its prefecture, a county of it, or the province that it lies in.
    /// </summary>
    public static bool IsOf(string region, long ledger) => region == Region.Province.Code
        || (Region.TryPrefectureOf(region, out var prefecture) && prefecture.Code == $"{ledger}");

    /// <summary>A name is a word of the signed text and of addresses.</summary>
    public static bool IsName(string name) => name.Length is >= 1 and <= 32
        && name.All(c => c is >= 'a' and <= 'z' or >= '0' and <= '9' or '-');

    /// <summary>HTTPS, or HTTP of this very machine; nothing secret in it, for it stands in the log.</summary>
    public static bool IsAddress(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
        && address.UserInfo.Length == 0 && address.Fragment.Length == 0 && url.Length <= 300;
}

namespace Disbursement.Engine.Primitives;

/// <summary>The tiers that watch over wages: 省, 市(州), 县.</summary>
public enum RegionTier { Province, Prefecture, County }

/// <summary>A place of Guizhou by its code of GB/T 2260.</summary>
/// <remarks>
/// A ledger is one 市(州): the tier that generates, audits and pays wages in the province's plan of 2016.
/// </remarks>
public sealed record Region(string Code, string Zh, string En)
{
    public static readonly Region Province = new("520000", "贵州省", "Guizhou");

    /// <summary>The nine 市(州), each of which can be a ledger.</summary>
    public static readonly IReadOnlyList<Region> Prefectures =
    [
        new("520100", "贵阳市", "Guiyang"),
        new("520200", "六盘水市", "Liupanshui"),
        new("520300", "遵义市", "Zunyi"),
        new("520400", "安顺市", "Anshun"),
        new("520500", "毕节市", "Bijie"),
        new("520600", "铜仁市", "Tongren"),
        new("522300", "黔西南布依族苗族自治州", "Qianxinan"),
        new("522600", "黔东南苗族侗族自治州", "Qiandongnan"),
        new("522700", "黔南布依族苗族自治州", "Qiannan"),
    ];

    /// <summary>The name as spoken: 贵阳, 黔西南.</summary>
    public string ShortZh => Zh.EndsWith("自治州", StringComparison.Ordinal) ? Zh[..Zh.IndexOfAny(['布', '苗'])] : Zh[..^1];

    /// <summary>
    /// Reads the ledger's place: "520100", 贵阳市, 贵阳 or Guiyang. The province and counties are no ledgers.
    /// </summary>
    public static bool TryParse(string text, out Region region)
    {
        var name = text.Trim();
        foreach (var candidate in Prefectures)
            if (candidate.IsCalled(name))
            {
                region = candidate;
                return true;
            }
        region = Province;
        return false;
    }

    /// <summary>
    /// Reads a ledger's place anywhere: one of the nine as above, or the six digits of a prefecture or county of
    /// another province, which orders its tiers as it will and is known here by its code alone.
    /// </summary>
    public static bool TryLedger(string text, out Region region)
    {
        if (TryParse(text, out region)) return true;
        var code = text.Trim();
        if (code.Length != 6 || !Digits.All(code) || code.StartsWith("52", StringComparison.Ordinal)
            || !Provinces.Contains(code[..2]) || TierOf(code) == RegionTier.Province) return false;
        region = new Region(code, code, code);
        return true;
    }

    /// <summary>GB/T 2260: the first two digits of a place of the mainland.</summary>
    private static readonly HashSet<string> Provinces =
    [
        "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
        "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65",
    ];

    /// <summary>Whether a place lies in another, or is it: 520102 in 520100 and in 520000.</summary>
    public static bool Within(string code, string other) => other.Length == 6 && TierOf(other) switch
    {
        RegionTier.Province => code.StartsWith(other[..2], StringComparison.Ordinal),
        RegionTier.Prefecture => code.StartsWith(other[..4], StringComparison.Ordinal),
        RegionTier.County => code == other,
        _ => throw new DefectException($"no tier for region {other}"),
    };

    /// <summary>
    /// Reads the ledger's place; a place that is none of the nine is refused with <see cref="RegionRules.NotALedger"/>.
    /// </summary>
    public static Decision<Region> Parse(string text, Place at) =>
        TryParse(text, out var region)
            ? Decision<Region>.Accept(region)
            : Decision<Region>.Refuse(RegionRules.NotALedger, at, text);

    /// <summary>
    /// The tier a six-digit code stands on: 520000 the province, 520100 a prefecture, 520102 a county.
    /// </summary>
    public static RegionTier TierOf(ReadOnlySpan<char> code) =>
        code.EndsWith("0000") ? RegionTier.Province
        : code.EndsWith("00") ? RegionTier.Prefecture
        : RegionTier.County;

    /// <summary>The prefecture a code lies in, itself included: 520102 lies in 520100. False outside Guizhou.</summary>
    public static bool TryPrefectureOf(string code, out Region region)
    {
        region = Province;
        return code.Length == 6 && Digits.All(code) && TryParse(string.Concat(code.AsSpan(0, 4), "00"), out region);
    }

    private bool IsCalled(string name) =>
        name == Code || name == Zh || name == ShortZh || string.Equals(name, En, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Rules on places.</summary>
public static class RegionRules
{
    public static readonly RefusalRule NotALedger = new("region.not-a-ledger", Severity.Refusal,
        "“{0}”不是贵州省的市（州）", "\"{0}\" is none of the nine prefectures of Guizhou",
        "请填写市（州）的名称或六位代码，例如：贵阳市、520100", "give a prefecture by name or six-digit code, such as Guiyang or 520100");

    /// <summary>In order of precedence.</summary>
    public static IReadOnlyList<RefusalRule> All => [NotALedger];
}

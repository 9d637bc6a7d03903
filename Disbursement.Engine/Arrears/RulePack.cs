using System.Globalization;
using System.Text.Json;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Engine.Arrears;

/// <summary>One warning rule as the pack states it: data, with the source of every number.</summary>
/// <param name="Evaluated">False where the engine lists the rule and does not yet raise it.</param>
/// <param name="Event">True where what happened cannot un-happen: closed, it is raised
/// again only for something new.</param>
/// <param name="As">The rule that raises it, where a region numbers the same condition otherwise.</param>
/// <param name="Mark">How sure the source is: T text read, P press, C code, M unconfirmed.</param>
public sealed record RuleEntry(string Code, string Name, bool Evaluated, bool Event, string As, WarningLevel Level,
    WarningTier Tier, string Article, string Source, string Mark, string Zh, string En);

/// <summary>A month's minimum wage (最低工资) of a place from a day on.</summary>
/// <param name="Region">GB/T 2260: a county's, else a prefecture's, else the province's code.</param>
public sealed record MinimumWage(string Region, LocalDate From, Money Month);

/// <summary>A rule pack (预警规则包) in force: parameters by name, rules by code. A document of the ledger.</summary>
public sealed class RulePack
{
    /// <summary>The pack every ledger opens with, and the name of one that states none.</summary>
    public const string Name = "warnings-guizhou";

    private static readonly ParsedOnce<Decision<RulePack>> Known = new(Parse);

    private readonly Dictionary<string, long> _parameters;
    private readonly Dictionary<string, RuleEntry> _rules;
    private readonly IReadOnlyList<MinimumWage> _minimumWages;

    private RulePack(JsonElement root, Hash256 digest)
    {
        Digest = digest;
        Id = Optional(root, "pack") ?? Name;
        Version = Optional(root, "version") ?? "";
        Region = Optional(root, "region") ?? "";
        ValidFrom = Day(Text(root, "valid_from"));
        ValidTo = Optional(root, "valid_to") is { } to ? Day(to) : null;
        _parameters = root.GetProperty("parameters").EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetProperty("value").GetInt64());
        Rules = [.. root.GetProperty("rules").EnumerateArray().Select(Entry)];
        _rules = Rules.ToDictionary(r => r.Code);
        _minimumWages = [.. Rows(root, "minimum_wages").Select(Wage)];
        LevelsByAge = [.. Rows(root, "levels_by_age").Select(Aged)];
    }

    /// <summary>Of the bytes it was read from.</summary>
    public Hash256 Digest { get; }

    /// <summary>The name it is adopted under.</summary>
    public string Id { get; }
    public string Version { get; }

    /// <summary>GB/T 2260: the place it is for, and all that lies in it; empty where the pack states none.</summary>
    public string Region { get; }
    public LocalDate ValidFrom { get; }

    /// <summary>Its last day, or null where it has none.</summary>
    public LocalDate? ValidTo { get; }
    public IReadOnlyList<RuleEntry> Rules { get; }

    /// <summary>Levels by age of the arrears; none where the pack states them as parameters.</summary>
    public IReadOnlyList<AgedLevel> LevelsByAge { get; }

    public bool ValidOn(LocalDate day) => ValidFrom <= day && !(ValidTo < day);

    /// <summary>
    /// A rule's level at an age: the row of the most months passed; without rows yellow, orange and red by the
    /// parameters orange_after_months and red_after_months.
    /// </summary>
    public WarningLevel LevelAt(string rule, Age age)
    {
        var rows = LevelsByAge.Where(l => l.Rule == rule).ToList();
        if (rows.Count > 0)
            return rows.Where(l => age.Over(l.OverMonths)).MaxBy(l => l.OverMonths)?.Level ?? Rule(rule).Level;
        return age.Over(this["red_after_months"]) ? WarningLevel.Red
            : age.Over(this["orange_after_months"]) ? WarningLevel.Orange : WarningLevel.Yellow;
    }

    /// <summary>
    /// Whose desk arrears of an age are on: the county's at first, the city's and the province's after the months of
    /// the parameters city_after_months and province_after_months.
    /// </summary>
    public WarningTier TierAt(Age age) => age.Over(this["province_after_months"]) ? WarningTier.Province
        : age.Over(this["city_after_months"]) ? WarningTier.City : WarningTier.County;

    public RuleEntry Rule(string code) => _rules.TryGetValue(code, out var rule)
        ? rule
        : throw new DefectException($"the rule pack in force lacks {code}");

    /// <summary>Whether this pack has a rule raised: one adopted earlier may list it only, or lack it.</summary>
    public bool Evaluates(string code) => _rules.TryGetValue(code, out var rule) && rule.Evaluated;

    /// <summary>
    /// The month's minimum wage of a place at a day: the county's newest row by then, else its prefecture's, else the
    /// province's, else the parameter minimum_wage_fen.
    /// </summary>
    /// <param name="region">Six digits of GB/T 2260.</param>
    public Money MinimumWageOf(string region, LocalDate day)
    {
        string[] places =
            [region, string.Concat(region.AsSpan(0, 4), "00"), string.Concat(region.AsSpan(0, 2), "0000")];
        foreach (var place in places)
            if (_minimumWages.Where(w => w.Region == place && w.From <= day).MaxBy(w => w.From) is { } known)
                return known.Month;
        return new Money(this["minimum_wage_fen"]);
    }

    /// <summary>The highest minimum wage of any place and day: no mean at or above it is low.</summary>
    public Money HighestMinimumWage => _minimumWages.Select(w => w.Month)
        .Aggregate(new Money(this["minimum_wage_fen"]), (most, next) => next > most ? next : most);

    public long this[string parameter] => _parameters.TryGetValue(parameter, out var value)
        ? value
        : throw new DefectException($"the rule pack in force lacks the parameter {parameter}");

    /// <summary>The pack in force in the ledger today, or the refusal that there is none to be read.</summary>
    public static Decision<RulePack> InForce(DecisionContext context) =>
        InForce(context.Rows, context.Vault, context.Ledger, context.Today);

    /// <summary>
    /// Of the packs a ledger adopted the one of the nearest place: its own, else its prefecture's, else its province's,
    /// else the one it opened with. Of that pack the newest version that is valid on the day; where none is, the newest
    /// of all: what is unpaid does not wait for a paper.
    /// </summary>
    public static Decision<RulePack> InForce(IRowReader rows, IVault vault, long ledger, LocalDate day)
    {
        var place = ledger.ToString(CultureInfo.InvariantCulture);
        var nearest = -1;
        var best = Decision<RulePack>.Refuse(ArrearsRules.PackMissing, Place.Of(Adopt.Rules, Name), Name);
        foreach (var versions in rows.List<AdoptionRow>(("kind", Adopt.Rules)).GroupBy(v => v.Name))
        {
            if (Newest([.. versions], vault, day) is not { } pack) continue;
            var near = pack.Accepted && Primitives.Region.Within(place, pack.Value.Region)
                ? 1 + (int)Primitives.Region.TierOf(pack.Value.Region) : 0;
            if (near > nearest) (nearest, best) = (near, pack);
        }
        return best;
    }

    private static Decision<RulePack>? Newest(List<AdoptionRow> versions, IVault vault, LocalDate day)
    {
        Decision<RulePack>? newest = null;
        for (var at = versions.Count - 1; at >= 0; at--)
        {
            if (vault.Open(versions[at].Document) is not { } bytes) continue;
            var pack = Of(bytes);
            if (pack.Accepted && pack.Value.ValidOn(day)) return pack;
            newest ??= pack;
        }
        return newest;
    }

    /// <summary>Reads a pack, each content once.</summary>
    public static Decision<RulePack> Of(ReadOnlyMemory<byte> bytes) => Known.Of(bytes);

    /// <summary>Reads a pack. Total: what is no pack is refused with what is wrong.</summary>
    public static Decision<RulePack> Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            // A key given twice: which of the two was meant is not ours to guess.
            var once = new JsonDocumentOptions { AllowDuplicateProperties = false };
            using var document = JsonDocument.Parse(bytes, once);
            return Decision<RulePack>.Accept(new RulePack(document.RootElement, Hash256.Of(bytes.Span)));
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException or UnparsableValueException)
        {
            return Decision<RulePack>.Refuse(ArrearsRules.PackUnreadable, Place.Of(Adopt.Rules, Name),
                JsonFault.Of(wrong, bytes.Span));
        }
    }

    private static IEnumerable<JsonElement> Rows(JsonElement root, string name) =>
        root.TryGetProperty(name, out var rows) ? rows.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static AgedLevel Aged(JsonElement row) => new(Text(row, "rule"), row.GetProperty("over_months").GetInt64(),
        Enum.Parse<WarningLevel>(Text(row, "level")), Text(row, "source"));

    private static MinimumWage Wage(JsonElement wage) => new(Text(wage, "region"),
        Day(Text(wage, "from")),
        new Money(wage.GetProperty("fen").GetInt64()));

    private static RuleEntry Entry(JsonElement rule) => new(Text(rule, "code"), Text(rule, "name"),
        rule.GetProperty("evaluated").GetBoolean(), rule.TryGetProperty("event", out var once) && once.GetBoolean(),
        Optional(rule, "as") ?? "",
        Enum.Parse<WarningLevel>(Text(rule, "level")), Enum.Parse<WarningTier>(Text(rule, "tier")),
        Text(rule, "article"), Text(rule, "source"), Text(rule, "mark"), Text(rule, "zh"), Text(rule, "en"));

    private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).GetValueOrThrow();

    private static string? Optional(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}

using System.Text.Json;
using Disbursement.Engine.Audit;
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
    public const string Name = "warnings-guizhou";

    private static readonly ParsedOnce<Decision<RulePack>> Known = new(Parse);

    private readonly Dictionary<string, long> _parameters;
    private readonly Dictionary<string, RuleEntry> _rules;
    private readonly IReadOnlyList<MinimumWage> _minimumWages;

    private RulePack(Dictionary<string, long> parameters, IReadOnlyList<RuleEntry> rules,
        IReadOnlyList<MinimumWage> minimumWages, LocalDate validFrom)
    {
        _parameters = parameters;
        _minimumWages = minimumWages;
        _rules = rules.ToDictionary(r => r.Code);
        Rules = rules;
        ValidFrom = validFrom;
    }

    public IReadOnlyList<RuleEntry> Rules { get; }
    public LocalDate ValidFrom { get; }

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

    /// <summary>The pack the ledger adopted last, or the refusal that there is none to be read.</summary>
    public static Decision<RulePack> InForce(DecisionContext context)
    {
        var versions = context.Rows.List<AdoptionRow>(("kind", Adopt.Rules), ("name", Name));
        return versions.Count > 0 && context.Vault.Open(versions[^1].Document) is { } bytes
            ? Known.Of(bytes)
            : Decision<RulePack>.Refuse(ArrearsRules.PackMissing, Place.Of(Adopt.Rules, Name), Name);
    }

    /// <summary>Reads a pack. Total: what is no pack is refused with what is wrong.</summary>
    public static Decision<RulePack> Parse(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            // A key given twice: which of the two was meant is not ours to guess.
            var once = new JsonDocumentOptions { AllowDuplicateProperties = false };
            using var document = JsonDocument.Parse(bytes, once);
            var root = document.RootElement;
            var parameters = root.GetProperty("parameters").EnumerateObject()
                .ToDictionary(p => p.Name, p => p.Value.GetProperty("value").GetInt64());
            var from = LocalDatePattern.Iso.Parse(Text(root, "valid_from")).GetValueOrThrow();
            return Decision<RulePack>.Accept(new RulePack(parameters,
                [.. root.GetProperty("rules").EnumerateArray().Select(Entry)],
                root.TryGetProperty("minimum_wages", out var wages) ? [.. wages.EnumerateArray().Select(Wage)] : [],
                from));
        }
        catch (Exception wrong) when (wrong is JsonException or KeyNotFoundException or InvalidOperationException
            or FormatException or ArgumentException or UnparsableValueException)
        {
            return Decision<RulePack>.Refuse(ArrearsRules.PackUnreadable, Place.Of(Adopt.Rules, Name),
                JsonFault.Of(wrong, bytes.Span));
        }
    }

    private static MinimumWage Wage(JsonElement wage) => new(Text(wage, "region"),
        LocalDatePattern.Iso.Parse(Text(wage, "from")).GetValueOrThrow(),
        new Money(wage.GetProperty("fen").GetInt64()));

    private static RuleEntry Entry(JsonElement rule) => new(Text(rule, "code"), Text(rule, "name"),
        rule.GetProperty("evaluated").GetBoolean(), rule.TryGetProperty("event", out var once) && once.GetBoolean(),
        rule.TryGetProperty("as", out var other) ? other.GetString()! : "",
        Enum.Parse<WarningLevel>(Text(rule, "level")), Enum.Parse<WarningTier>(Text(rule, "tier")),
        Text(rule, "article"), Text(rule, "source"), Text(rule, "mark"), Text(rule, "zh"), Text(rule, "en"));

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;
}

namespace Disbursement.Tests.Arrears;

/// <summary>One row of the table: a rule or article, what is put in, and what a sweep of a day makes of it.</summary>
/// <param name="Number">"W06", "G2" of the pack, or "724/30", an article of Decree 724.</param>
/// <param name="Source">Where the rule is written; of an article, where the code holds it.</param>
/// <param name="Input">The case in words, no two of a number the same.</param>
/// <param name="Day">Day of the sweep, "2026-02-14".</param>
internal sealed record RuleRow(string Number, string Source, string Input, string Day, Action<ArrearsLedger> Given)
{
    public const string None = "-";

    /// <summary>Kinds and states of what stands then, such as "Unpaid Demanded"; none: "-".</summary>
    public string Obligation { get; init; } = None;

    /// <summary>Day the general contractor has until; "-" without an obligation.</summary>
    public string Deadline { get; init; } = None;

    /// <summary>Rule, level, tier and subject of the warning the row is about; none: "-".</summary>
    public string Warning { get; init; } = None;

    /// <summary>False: named by the law or the pack, and no code acts on it yet; the row holds that it does not.
    /// </summary>
    public bool Encoded { get; init; } = true;

    public override string ToString() => $"{Number}: {Input}";
}

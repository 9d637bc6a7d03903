using System.Globalization;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Arrears;

/// <summary>What a rule found of a subject: how bad, how much, how many.</summary>
public readonly record struct WarningFacts(WarningLevel Level, WarningTier Tier, long AmountFen, long Lines);

/// <summary>What a rule found, with what it is about: "payroll/7", as a warning names it.</summary>
public readonly record struct FoundWarning(string Rule, string Subject, WarningFacts Facts);

/// <summary>
/// Raises, changes and clears warnings (欠薪预警) within one decision, and tells the feed of each. One warning per rule
/// and subject, never per line.
/// </summary>
public static class WarningBook
{
    /// <summary>Neither struck off nor cleared: somebody is to deal with it.</summary>
    public static bool Live(WarningState state) => state is not (WarningState.Closed or WarningState.Cleared);

    /// <summary>
    /// The level shown: a red item under handling shows yellow (贵州 G5 “若投诉后，正在处理” → 黄). Derived, never stored.
    /// </summary>
    public static WarningLevel Shown(WarningRow warning) =>
        warning.Level == WarningLevel.Red && warning.State is WarningState.Handling or WarningState.Replied
            ? WarningLevel.Yellow
            : warning.Level;

    /// <summary>
    /// Brings the warning of a rule and subject to what was found: raised, changed, or left as it is (false).
    /// </summary>
    /// <param name="last">The newest episode of that rule and subject, or null.</param>
    public static bool Keep(DecisionContext context, Changes changes, string rule, string subject,
        WarningRow? last, WarningFacts found)
    {
        if (last is null || !Live(last.State))
        {
            // 销号 while the condition holds: the officers of that tier did not end it, so the next one up hears of it.
            var tier = last is { State: WarningState.Closed } ? Higher(last.Tier, found.Tier) : found.Tier;
            Raise(context, changes, rule, subject, (last?.Episode ?? 0) + 1, found with { Tier = tier });
            return true;
        }
        // A tier once reached is kept: what the next one up was told of does not go back below it.
        var kept = found with { Tier = (WarningTier)Math.Max((int)last.Tier, (int)found.Tier) };
        if (last.Level == kept.Level && last.Tier == kept.Tier && last.AmountFen == kept.AmountFen
            && last.Lines == kept.Lines) return false;
        var changed = last with
        {
            Version = last.Version + 1,
            Level = kept.Level,
            Tier = kept.Tier,
            AmountFen = kept.AmountFen,
            Lines = kept.Lines,
        };
        changes.Update(changed);
        Tell(context, changes, "warning.changed", changed);
        return true;
    }

    /// <summary>The condition ended: whatever stands of that rule and subject is cleared.</summary>
    public static void Clear(DecisionContext context, Changes changes, string rule, string subject)
    {
        foreach (var warning in context.Rows.List<WarningRow>(("rule", rule), ("subject", subject)))
            if (Live(warning.State)) Step(context, changes, warning, WarningTrigger.Clear, "warning.cleared");
    }

    /// <summary>Takes a step the machine draws, and tells the feed.</summary>
    public static WarningRow Step(
        DecisionContext context, Changes changes, WarningRow warning, WarningTrigger trigger, string kind)
    {
        var moved = warning with
        {
            Version = warning.Version + 1,
            State = WarningMachine.Table.Next(warning.State, trigger),
        };
        changes.Update(moved);
        Tell(context, changes, kind, moved);
        return moved;
    }

    private static void Raise(
        DecisionContext context, Changes changes, string rule, string subject, long episode, WarningFacts found)
    {
        var warning = new WarningRow
        {
            Warning = context.NextId("warning"),
            Version = 1,
            Rule = rule,
            Subject = subject,
            Episode = episode,
            Tier = found.Tier,
            Level = found.Level,
            State = WarningState.Raised,
            RaisedAt = context.At,
            AmountFen = found.AmountFen,
            Lines = found.Lines,
        };
        changes.Insert(warning);
        Tell(context, changes, "warning.raised", warning);
    }

    private static WarningTier Higher(WarningTier closed, WarningTier found) =>
        (WarningTier)Math.Min((int)WarningTier.Province, Math.Max((int)closed + 1, (int)found));

    private static void Tell(DecisionContext context, Changes changes, string kind, WarningRow warning) =>
        Outbox.Append(context, changes, kind, "warning/" + warning.Warning.ToString(CultureInfo.InvariantCulture),
            WarningPlace.Of(context, warning.Subject),
            ("rule", warning.Rule), ("about", warning.Subject), ("episode", warning.Episode),
            ("state", warning.State), ("level", warning.Level), ("shown", Shown(warning)), ("tier", warning.Tier),
            ("amount_fen", warning.AmountFen), ("lines", warning.Lines));
}

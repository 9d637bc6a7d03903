using System.Globalization;
using Disbursement.Engine.Complaints;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// What workers say of their wages as warnings: a complaint is one of its own, W08 of a leaver and W04 of anybody else;
/// leavers with neither settlement nor confirmation are one W08 of their project (贵州 G5; 工资支付暂行规定 art. 9 一次付清).
/// </summary>
internal static class ComplaintWarnings
{
    /// <summary>Open complaints, and leavers of the months looked back to whom nobody settled with.</summary>
    public static IEnumerable<(string Rule, string Subject, WarningFacts Facts)> Found(
        DecisionContext context, RulePack pack)
    {
        var claims = context.Queries.ClaimsOfComplainants().ToLookup(c => (c.Worker, c.Project));
        foreach (var complaint in context.Queries.OpenComplaints())
            if (Of(context, pack, complaint, claims[(complaint.Worker, complaint.Project)]) is { } found)
                yield return found;
        if (!pack.Evaluates(WarningRule.Leaver)) yield break;
        var rule = pack.Rule(WarningRule.Leaver);
        var from = context.Today.PlusMonths(-(int)pack["lookback_months"]);
        foreach (var left in context.Queries.UnsettledLeavers(from, context.Today))
            yield return (rule.Code, string.Create(CultureInfo.InvariantCulture, $"project/{left.Project}"),
                new WarningFacts(rule.Level, Tier(rule.Tier, context, left.Project), 0, left.Heads));
    }

    /// <summary>The warning of one complaint, raised or changed on the spot. A ledger without a rule pack has no
    /// warnings: its sweep refuses, and says so, until two people adopt one.</summary>
    public static void Raise(DecisionContext context, Changes changes, OpenComplaint complaint)
    {
        if (RulePack.InForce(context) is not { Accepted: true } pack
            || Of(context, pack.Value, complaint, context.Queries.ClaimsOfWorker(complaint.Worker, complaint.Project))
                is not { } found) return;
        var last = context.Rows.List<WarningRow>(("rule", found.Rule), ("subject", found.Subject))
            .MaxBy(w => w.Episode);
        WarningBook.Keep(context, changes, found.Rule, found.Subject, last, found.Facts);
    }

    /// <summary>The complaint ended: its warning is cleared, by whichever rule it stands.</summary>
    public static void Clear(DecisionContext context, Changes changes, WageComplaintRow complaint)
    {
        foreach (var rule in (string[])[WarningRule.DueMissed, WarningRule.Leaver])
            WarningBook.Clear(context, changes, rule, SubjectOf(complaint.Project, complaint.Complaint));
    }

    private static (string Rule, string Subject, WarningFacts Facts)? Of(
        DecisionContext context, RulePack pack, OpenComplaint complaint, IEnumerable<ClaimFacts> claims)
    {
        var subject = SubjectOf(complaint.Project, complaint.Complaint);
        // What the books have of it: nothing, where they say that all is paid.
        var owed = claims
            .Where(c => WorkersWord.About(complaint.Period, complaint.MadeOn, c.Period, c.DueDate)
                && c.Owing(context.At))
            .Sum(c => c.NetFen);
        if (complaint.LeftOn < context.Today && pack.Evaluates(WarningRule.Leaver))
        {
            var leaver = pack.Rule(WarningRule.Leaver);
            var level = complaint.Answer is null ? leaver.Level : WarningLevel.Yellow;
            return (leaver.Code, subject,
                new WarningFacts(level, Tier(leaver.Tier, context, complaint.Project), owed, 1));
        }
        if (!pack.Evaluates(WarningRule.DueMissed)) return null;
        var age = new Age(complaint.MadeOn, context.Today);
        return (WarningRule.DueMissed, subject, new WarningFacts(pack.LevelAt(WarningRule.DueMissed, age),
            Tier(pack.TierAt(age), context, complaint.Project), owed, 1));
    }

    private static string SubjectOf(long project, long complaint) =>
        string.Create(CultureInfo.InvariantCulture, $"project/{project}/complaint/{complaint}");

    private static WarningTier Tier(WarningTier least, DecisionContext context, long project) =>
        WarningPlace.Highest(least, WarningPlace.TierOf(context.RegionOf(project)));
}

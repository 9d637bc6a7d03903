using System.Globalization;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Accounts;

/// <summary>
/// release.plan: unpaid claims of approved payrolls go out together, one release per payroll. Arguments: kind; payrolls
/// (ids, comma between), or obligation for an advance or deposit; claims (ids) where not all are meant.
/// </summary>
public sealed class ReleasePlan(IBankTermsReader terms) : ICommandHandler
{
    public string Verb => "release.plan";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context, Roles.Treasurer) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var kindText = context.Command.Text("kind");
        if (!Enum.TryParse<ReleaseKind>(kindText, out var kind) || kind == ReleaseKind.Partial)
            return Decision<Changes>.Refuse(ReleaseRules.KindUnknown, Place.Of("kind", kindText), kindText);
        var changes = new Changes();
        var planned = new List<ReleaseRow>();
        var standing = new List<long>();
        foreach (var payroll in PlanSubject.Payrolls(context.Rows, context.Command))
        {
            if (Refusal(context, payroll) is { } refused) return Decision<Changes>.Refuse([refused]);
            var row = context.Rows.Find<PayrollRow>(("payroll", payroll))!;
            var choice = PlanChoice.Of(context.Rows, context.Queries, payroll, kind,
                PlanSubject.Wanted(context.Rows, context.Command));
            standing.AddRange(choice.HeldBy);
            if (choice.Claims.Count == 0) continue;
            var release = Planned(context, row, kind, choice);
            if (!release.Accepted) return Decision<Changes>.Refuse(release.Findings);
            planned.Add(release.Value);
            changes.Insert(release.Value)
                .Insert(ReleaseCarriage.Carry(release.Value.Release,
                    choice.Claims.Select(c => (payroll, c.PayrollLine))));
            TakeOver(context, changes, payroll, choice);
        }
        if (planned.Count == 0) return NothingPlanned(context, kind, standing);
        changes.Result = planned;
        changes.Count("lines", planned.Sum(r => r.Lines)).Count("fen", planned.Sum(r => r.AmountFen));
        return Decision<Changes>.Accept(changes);
    }

    /// <summary>
    /// What another run planned already is the same act, wherever that release stands by now; else there is nothing to
    /// pay.
    /// </summary>
    private static Decision<Changes> NothingPlanned(DecisionContext context, ReleaseKind kind, List<long> standing)
    {
        if (standing.Count == 0) standing.AddRange(PlannedBefore(context, kind));
        if (standing.Count > 0)
            return Decision<Changes>.Accept(Changes.Repeated(
                standing.Distinct().Order().Select(r => context.Rows.Find<ReleaseRow>(("release", r))!).ToList()));
        var subject = context.Command.Find("payrolls") ?? $"obligation {context.Command.Find("obligation")}";
        return Decision<Changes>.Refuse(ReleaseRules.NothingToPlan, Place.Of("payroll", subject), subject);
    }

    /// <summary>Releases of that kind that carried claims asked for here, and were not given up.</summary>
    private static IEnumerable<long> PlannedBefore(DecisionContext context, ReleaseKind kind)
    {
        var wanted = PlanSubject.Wanted(context.Rows, context.Command, alsoLeft: true);
        foreach (var payroll in PlanSubject.Payrolls(context.Rows, context.Command))
        {
            var lines = wanted is null ? null : context.Rows.List<WageClaimRow>(("payroll", payroll))
                .Where(c => wanted.Contains(c.Claim)).Select(c => c.PayrollLine).ToHashSet();
            foreach (var range in context.Rows.List<ReleaseRangeRow>(("payroll", payroll)))
                if ((lines is null || lines.Any(l => l >= range.FromLine && l <= range.ToLine))
                    && context.Rows.Find<ReleaseRow>(("release", range.Release)) is { } release
                    && release.Kind == kind && release.State != ReleaseState.Cancelled)
                    yield return release.Release;
        }
    }

    private Decision<ReleaseRow> Planned(
        DecisionContext context, PayrollRow payroll, ReleaseKind kind, PlanChoice choice)
    {
        var account = context.Rows.Find<WageAccountRow>(("project", payroll.Project))!;
        var bank = PayerBank.Of(context, terms, account.Account);
        var sendBy = SendDeadline.Of(payroll.DueDate, bank.Terms.CreditLagDays, bank.Window);
        if (!sendBy.Accepted) return Decision<ReleaseRow>.Refuse(sendBy.Findings);
        return Decision<ReleaseRow>.Accept(new ReleaseRow
        {
            Release = context.NextId("release"),
            Version = 1,
            Kind = kind,
            Account = account.Account,
            State = ReleaseState.Planned,
            DueDate = payroll.DueDate,
            SendBy = sendBy.Value,
            Lines = choice.Claims.Count,
            AmountFen = choice.Claims.Sum(c => c.NetFen),
            ReservedFen = 0,
            LinesOpen = 0,
            Obligation = kind is ReleaseKind.Advance or ReleaseKind.Deposit
                && context.Command.Find("obligation") is not null ? context.Command.Number("obligation") : null,
        });
    }

    /// <summary>An advance takes its claims out of the releases that wait for money they do not get.</summary>
    private static void TakeOver(DecisionContext context, Changes changes, long payroll, PlanChoice choice)
    {
        foreach (var taken in choice.TakenOver.GroupBy(t => t.Release).OrderBy(g => g.Key))
        {
            var release = context.Rows.Find<ReleaseRow>(("release", taken.Key))!;
            var claims = taken.Select(t => t.Claim).ToList();
            var left = release with
            {
                Version = release.Version + 1,
                Lines = release.Lines - claims.Count,
                AmountFen = release.AmountFen - claims.Sum(c => c.NetFen),
            };
            changes.Update(left.Lines > 0 ? left : left with
            {
                State = ReleaseMachine.Table.Next(release.State, ReleaseTrigger.Cancel),
            });
            changes.Insert<ReleaseLeftRow>([.. LineRanges.Join(claims.Select(c => (payroll, c.PayrollLine)))
                .Select(r => new ReleaseLeftRow
                {
                    Release = release.Release,
                    Payroll = payroll,
                    FromLine = r.From,
                    ToLine = r.To,
                    Cause = ReleaseExit.Advanced,
                })]);
        }
    }

    private static Finding? Refusal(DecisionContext context, long payroll)
    {
        if (context.Rows.Find<PayrollRow>(("payroll", payroll)) is not { } row)
            return Guard.NotFound("payroll", payroll.ToString(CultureInfo.InvariantCulture));
        if (row.State is not (PayrollState.Approved or PayrollState.Settled))
            return new Finding(ReleaseRules.PayrollNotApproved,
                Place.Of("payroll", payroll.ToString(CultureInfo.InvariantCulture)),
                payroll.ToString(CultureInfo.InvariantCulture), row.State.ToString());
        return context.Rows.Count<WageAccountRow>(("project", row.Project)) == 0
            ? new Finding(ReleaseRules.NoAccount,
                Place.Of("project", row.Project.ToString(CultureInfo.InvariantCulture)),
                row.Project.ToString(CultureInfo.InvariantCulture))
            : null;
    }
}

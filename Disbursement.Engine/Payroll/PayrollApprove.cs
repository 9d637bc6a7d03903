using Disbursement.Engine.Arrears;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Payroll;

/// <summary>
/// payroll.approve: the general contractor's wage administrator (劳资专管员, Decree 724 art. 28), another person than the
/// submitter, fixes what is owed: one wage claim per line. Arguments: payroll, lines_root, amount_fen.
/// </summary>
public sealed class PayrollApprove : ICommandHandler
{
    public string Verb => "payroll.approve";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context, Roles.WageAdministrator) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var found = PayrollAct.Find(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var payroll = found.Value;
        if (PayrollAct.SameContent(context, payroll) is { } other) return Decision<Changes>.Refuse([other]);
        if (payroll.State is PayrollState.Approved or PayrollState.Settled)
            return Decision<Changes>.Accept(Changes.Repeated(payroll));
        if (PayrollAct.Step(payroll, PayrollTrigger.Approve, out var state) is { } wrong)
            return Decision<Changes>.Refuse([wrong]);
        if (Guard.OtherPerson(context, payroll.SubmittedBy!.Value, Roles.WageAdministrator) is { } same)
            return Decision<Changes>.Refuse([same]);
        var revisions = ClaimRevisions.Load(context, payroll);
        var claims = Claims(context, payroll, revisions);
        if (revisions.Findings.Count > 0) return Decision<Changes>.Refuse(revisions.Findings);
        var approved = payroll with
        {
            Version = payroll.Version + 1,
            State = state,
            ApprovedBy = context.Actor!.Person,
            DueDate = WageDueDate.Now(context, payroll, [.. claims.Select(c => c.Worker)]),
        };
        // The header first: the schema takes claims of approved payrolls only.
        var changes = PayrollAct.Moved(approved).Insert(claims);
        Unassessed.Approved(context, changes, approved, claims);
        return Decision<Changes>.Accept(
            changes.Count("lines_approved", claims.Count).Count("approved_fen", payroll.DeclaredFen));
    }

    private static List<WageClaimRow> Claims(DecisionContext context, PayrollRow payroll, ClaimRevisions revisions)
    {
        var document = context.Vault.Open(payroll.LinesDocument)
            ?? throw new DefectException($"payroll {payroll.Payroll}: its lines are not stored");
        var claims = new List<WageClaimRow>((int)payroll.LinesDeclared);
        var first = context.NextId("claim", payroll.LinesDeclared);
        var reader = new PayrollLineReader(document);
        while (reader.MoveNext())
        {
            var entry = reader.Current;
            claims.Add(new WageClaimRow
            {
                Claim = first + claims.Count,
                Worker = entry.Worker,
                Project = payroll.Project,
                Employer = payroll.Employer,
                Period = payroll.Period,
                Component = payroll.Number,
                Revision = revisions.Next(entry.Worker, entry.Line),
                Payroll = payroll.Payroll,
                PayrollLine = entry.Line,
                Days = entry.CentiDays,
                Hours = entry.Minutes,
                GrossFen = entry.Gross.Fen,
                DeductionsFen = entry.Deductions.Fen,
                NetFen = entry.Net.Fen,
            });
        }
        Invariant.Holds(reader.BadLine == 0, $"payroll {payroll.Payroll}: line {reader.BadLine} of its lines");
        Invariant.Holds(claims.Count == payroll.LinesDeclared && reader.Totals.Net.Fen == payroll.DeclaredFen,
            $"payroll {payroll.Payroll}: its lines are not what it declares");
        return claims;
    }
}

/// <summary>
/// The revision each claim of a payroll would have, and the lines another claim stands in the way of.
/// </summary>
internal sealed class ClaimRevisions
{
    private readonly PayrollRow _payroll;
    private readonly ILookup<long, StandingClaim> _standing;

    private ClaimRevisions(PayrollRow payroll, IReadOnlyList<StandingClaim> standing) =>
        (_payroll, _standing) = (payroll, standing.ToLookup(c => c.Worker));

    public List<Finding> Findings { get; } = [];

    public static ClaimRevisions Load(DecisionContext context, PayrollRow payroll) => new(payroll,
        context.Queries.Claims(payroll.Project, payroll.Employer, payroll.Period, payroll.Number));

    /// <summary>1, or one more than the voided claim of the very period.</summary>
    public long Next(long worker, long line)
    {
        long revision = 1;
        foreach (var claim in _standing[worker])
        {
            if (claim.Voided == 0)
                Findings.Add(new Finding(StandingRules.AlreadyClaimed,
                    new Place(_payroll.SheetName, line, "", ""), claim.Period, PayrollAct.Text(claim.Payroll)));
            else if (claim.Period == _payroll.Period) revision = Math.Max(revision, claim.Revision + 1);
        }
        return revision;
    }
}

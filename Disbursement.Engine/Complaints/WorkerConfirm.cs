using System.Globalization;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Complaints;

/// <summary>
/// worker.confirm: a worker confirms the sheet of a payroll, or receipt of a wage, by a document. It is noted and
/// changes nothing else: what contradicts the books is shown, not decided. Arguments: worker, and payroll or claim;
/// input: the evidence.
/// </summary>
public sealed class WorkerConfirm : ICommandHandler
{
    public const string Name = "worker.confirm";
    public const string Input = "wage-confirmation";

    public string Verb => Name;

    public Decision<Changes> Decide(DecisionContext context)
    {
        var worker = context.Command.Number("worker");
        if (WorkersWord.Refusal(context, worker) is { } unfit) return Decision<Changes>.Refuse([unfit]);
        var about = context.Command.Find("claim") is { Length: > 0 }
            ? Receipt(context, worker) : Sheet(context, worker);
        if (!about.Accepted) return Decision<Changes>.Refuse(about.Findings);
        var (project, payroll, claim) = about.Value;
        var document = context.InputDigest(Input);
        if (context.Rows.List<WageConfirmationRow>(("worker", worker)).FirstOrDefault(c =>
            c.Document == document && c.Payroll == payroll && c.Claim == claim) is { } known)
            return Decision<Changes>.Accept(Changes.Repeated(known));
        var row = new WageConfirmationRow
        {
            Confirmation = context.NextId("confirmation"),
            Worker = worker,
            Project = project,
            Payroll = payroll,
            Claim = claim,
            ConfirmedOn = context.Today,
            Person = context.Actor!.Person,
            Document = document,
        };
        return Decision<Changes>.Accept(new Changes { Result = row }.Insert(row));
    }

    private static Decision<(long Project, long? Payroll, long? Claim)> Receipt(DecisionContext context, long worker)
    {
        var (id, number) = (context.Command.Text("claim"), context.Command.Number("claim"));
        if (context.Rows.Find<WageClaimRow>(("claim", number)) is not { } claim)
            return Decision<(long, long?, long?)>.Refuse([Guard.NotFound("claim", id)]);
        return claim.Worker == worker
            ? Decision<(long, long?, long?)>.Accept((claim.Project, null, number))
            : Decision<(long, long?, long?)>.Refuse(ComplaintRules.OfAnother, Place.Of("--receipt", id),
                worker.ToString(CultureInfo.InvariantCulture), id);
    }

    private static Decision<(long Project, long? Payroll, long? Claim)> Sheet(DecisionContext context, long worker)
    {
        var (id, number) = (context.Command.Text("payroll"), context.Command.Number("payroll"));
        if (context.Rows.Find<PayrollRow>(("payroll", number)) is not { } payroll)
            return Decision<(long, long?, long?)>.Refuse([Guard.NotFound("payroll", id)]);
        return On(context, payroll, worker)
            ? Decision<(long, long?, long?)>.Accept((payroll.Project, number, null))
            : Decision<(long, long?, long?)>.Refuse(ComplaintRules.NotOnPayroll, Place.Of("--payroll", id),
                worker.ToString(CultureInfo.InvariantCulture), id);
    }

    /// <summary>By its lines as they were checked, or, once it is approved, by its claims.</summary>
    private static bool On(DecisionContext context, PayrollRow payroll, long worker)
    {
        if (payroll.ApprovedBy is not null)
            return context.Queries.ClaimsOfWorker(worker, payroll.Project).Any(c => c.Payroll == payroll.Payroll);
        if (payroll.LinesDocument.Length == 0) return false;
        if (context.Vault.Open(payroll.LinesDocument) is not { } lines) return false;
        var reader = new PayrollLineReader(lines);
        while (reader.MoveNext()) if (reader.Current.Worker == worker) return true;
        return false;
    }
}

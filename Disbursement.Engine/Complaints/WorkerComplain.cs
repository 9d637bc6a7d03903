using System.Globalization;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Complaints;

/// <summary>
/// worker.complain: a worker says "not paid", and whoever is enrolled takes it down. It starts its warning in the same
/// decision, whatever the books say, and neither holds up nor starts a payment. Arguments: worker, project (its code),
/// period ("2026-01-01/2026-01-31", or empty for all that is due); input: the evidence.
/// </summary>
public sealed class WorkerComplain : ICommandHandler
{
    public const string Name = "worker.complain";
    public const string Input = "wage-complaint";

    public string Verb => Name;

    public Decision<Changes> Decide(DecisionContext context)
    {
        var worker = context.Command.Number("worker");
        if (WorkersWord.Refusal(context, worker) is { } unfit) return Decision<Changes>.Refuse([unfit]);
        var code = context.Command.Text("project");
        if (context.Rows.Find<ProjectRow>(("code", code)) is not { } project)
            return Decision<Changes>.Refuse([Guard.NotFound("project", code)]);
        var id = worker.ToString(CultureInfo.InvariantCulture);
        if (context.Rows.Count<RegistrationRow>(("worker", worker), ("project", project.Project)) == 0)
            return Decision<Changes>.Refuse(ComplaintRules.NotThere, Place.Of("worker", id), id, code);
        var period = context.Command.Text("period") is { Length: > 0 } named ? named : null;
        var document = context.InputDigest(Input);
        if (context.Rows.List<WageComplaintRow>(("worker", worker), ("project", project.Project))
            .FirstOrDefault(c => c.Document == document && c.Period == period) is { } known)
            return Decision<Changes>.Accept(Changes.Repeated(known));
        var row = new WageComplaintRow
        {
            Complaint = context.NextId("complaint"),
            Worker = worker,
            Project = project.Project,
            Period = period,
            MadeOn = context.Today,
            Person = context.Actor!.Person,
            Document = document,
        };
        var changes = new Changes { Result = row }.Insert(row);
        ComplaintWarnings.Raise(context, changes, new OpenComplaint
        {
            Complaint = row.Complaint,
            Worker = worker,
            Project = row.Project,
            Period = period,
            MadeOn = row.MadeOn,
            LeftOn = context.Queries.LeftOn(worker, row.Project),
        });
        return Decision<Changes>.Accept(changes);
    }
}

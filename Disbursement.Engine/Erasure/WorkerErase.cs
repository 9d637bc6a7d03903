using Disbursement.Engine.Complaints;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Erasure;

/// <summary>
/// worker.erase: two people have a worker's keys deleted (个人信息删除). Name, identity number, phone, accounts and the
/// papers of complaints and confirmations are then readable by nobody; claims, payments, sums and proofs stand on
/// numbers and commitments and stay. Argument: worker; input: the request.
/// </summary>
/// <remarks>PIPL (个人信息保护法) art. 47: erased once it is no longer needed, not before the time the law has it kept.
/// </remarks>
public sealed class WorkerErase : ICommandHandler
{
    public const string Name = "worker.erase";
    public const string Input = "erasure-request";

    /// <summary>Kinds of papers that are about one worker: their keys go with the worker's, and no decision reads them.
    /// </summary>
    public static IReadOnlyList<string> Papers { get; } =
        [WorkerComplain.Input, ComplaintAnswer.Input, WorkerConfirm.Input];

    public string Verb => Name;

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var worker = context.Command.Number("worker");
        var id = context.Command.Text("worker");
        var at = Place.Of("worker", id);
        if (context.Rows.Find<WorkerRow>(("worker", worker)) is null)
            return Decision<Changes>.Refuse([Guard.NotFound("worker", id)]);
        if (context.Rows.Find<ErasureRow>(("worker", worker)) is { } erased)
            return Decision<Changes>.Accept(Changes.Repeated(erased));
        if (context.Queries.OpenMatters(worker) is [var open, ..])
            return Decision<Changes>.Refuse(ErasureRules.MatterOpen, at, id,
                Bilingual.Of(Subject.Named(open.Noun).Zh, open.Noun), $"{open.Id}", Subject.Named(open.Noun).Listed);
        var latest = Retention.Latest(context.Queries.RetainedProjects(worker));
        if (!latest.Accepted) return Decision<Changes>.Refuse(latest.Findings);
        // Registered nowhere, nothing was ever recorded of a wage.
        var until = latest.Value is { } project ? Retention.Until(project) : context.Today.PlusDays(-1);
        if (context.Today <= until)
            return Decision<Changes>.Refuse(ErasureRules.Retained, at, id, $"{until:uuuu-MM-dd}", latest.Value!.Code,
                $"{latest.Value.CompletedOn:uuuu-MM-dd}", $"{latest.Value.SettledOn:uuuu-MM-dd}");
        var request = context.InputDigest(Input);
        return TwoPeople.Decide(context, $"worker/{id}", request, changes =>
        {
            var row = new ErasureRow { Worker = worker, RetainedUntil = until, Document = request };
            changes.Result = row;
            return Decision<Changes>.Accept(changes.Insert(row));
        });
    }
}

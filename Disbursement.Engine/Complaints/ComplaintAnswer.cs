using System.Globalization;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Complaints;

/// <summary>
/// worker.answer: two people answer a complaint by a document. Paid and Withdrawn end it and its warning; Owed says
/// that the worker is right and it is being seen to: a leaver's red warning becomes yellow (贵州 G5
/// “若投诉后，正在处理”). None of them moves money. Arguments: complaint, outcome; input: the document.
/// </summary>
public sealed class ComplaintAnswer : ICommandHandler
{
    public const string Name = "worker.answer";
    public const string Input = "complaint-answer";

    public string Verb => Name;

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var number = context.Command.Number("complaint");
        var id = number.ToString(CultureInfo.InvariantCulture);
        if (context.Rows.Find<WageComplaintRow>(("complaint", number)) is not { } complaint)
            return Decision<Changes>.Refuse([Guard.NotFound("complaint", id)]);
        var outcome = Enum.Parse<ComplaintOutcome>(context.Command.Text("outcome"));
        var document = context.InputDigest(Input);
        var answers = context.Rows.List<WageComplaintAnswerRow>(("complaint", number));
        if (answers.FirstOrDefault(a => a.Outcome == outcome && a.Document == document) is { } known)
            return Decision<Changes>.Accept(Changes.Repeated(known));
        var at = Place.Of("complaint", id);
        if (answers is [.., { } last] && WageComplaintAnswerRow.Ends(last.Outcome))
            return Decision<Changes>.Refuse(ComplaintRules.Ended, at, id, $"{last.Outcome}");
        if (outcome == ComplaintOutcome.Paid && Unpaid(context, complaint) is { } unpaid)
            return Decision<Changes>.Refuse(ComplaintRules.StillUnpaid, at, id,
                unpaid.Claim.ToString(CultureInfo.InvariantCulture), $"{unpaid.State(context.At)}");
        return TwoPeople.Decide(context, $"complaint/{id}", $"{outcome} {document}", changes =>
        {
            var row = new WageComplaintAnswerRow
            {
                Complaint = number,
                N = answers.Count + 1,
                Outcome = outcome,
                AnsweredOn = context.Today,
                Document = document,
            };
            changes.Insert(row);
            changes.Result = row;
            if (WageComplaintAnswerRow.Ends(outcome)) ComplaintWarnings.Clear(context, changes, complaint);
            else ComplaintWarnings.Raise(context, changes, new OpenComplaint
            {
                Complaint = number,
                Worker = complaint.Worker,
                Project = complaint.Project,
                Period = complaint.Period,
                MadeOn = complaint.MadeOn,
                Answer = outcome,
                LeftOn = context.Queries.LeftOn(complaint.Worker, complaint.Project),
            });
            return Decision<Changes>.Accept(changes);
        });
    }

    /// <summary>A wage the complaint is about that is due and that the books have as unpaid or in flight, or null.
    /// </summary>
    private static ClaimFacts? Unpaid(DecisionContext context, WageComplaintRow complaint) =>
        context.Queries.ClaimsOfWorker(complaint.Worker, complaint.Project).FirstOrDefault(c =>
            c.DueDate < context.Today
            && WorkersWord.About(complaint.Period, complaint.MadeOn, c.Period, c.DueDate)
            && c.Owing(context.At));
}

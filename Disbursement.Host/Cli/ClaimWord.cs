using Disbursement.Engine.Complaints;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Returns;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Cli;

/// <summary>A complaint with its newest answer; null while nobody has given one.</summary>
public sealed record ComplaintTold(WageComplaintRow Complaint, WageComplaintAnswerRow? Answer)
{
    /// <summary>No answer has ended it.</summary>
    public bool Open => !WageComplaintAnswerRow.Ends(Answer?.Outcome);

    internal static ComplaintTold Of(LedgerView view, WageComplaintRow complaint) =>
        new(complaint, view.List<WageComplaintAnswerRow>(("complaint", complaint.Complaint)) is [.., var last]
            ? last : null);

    /// <summary>"open", "open, owed" or "paid".</summary>
    internal string State(Output output)
    {
        var answer = Answer is { } given ? Terms.Of(given.Outcome, output.Chinese) : "";
        return !Open ? answer : output.Text("未结", "open") + (answer.Length > 0 ? $", {answer}" : "");
    }
}

/// <summary>What a worker says of one wage, and where that and the books do not go together.</summary>
public sealed record ClaimWord(IReadOnlyList<ComplaintTold> Complaints,
    IReadOnlyList<WageConfirmationRow> Confirmations, IReadOnlyList<Contradiction> Contradictions)
{
    /// <summary>Null where the worker has said nothing of it.</summary>
    internal static ClaimWord? Of(LedgerView view, WageClaimRow claim, ClaimStanding standing)
    {
        var due = view.Find<PayrollRow>(("payroll", claim.Payroll))!.DueDate;
        var complaints = view.List<WageComplaintRow>(("worker", claim.Worker), ("project", claim.Project))
            .Where(c => WorkersWord.About(c.Period, c.MadeOn, claim.Period, due))
            .Select(c => ComplaintTold.Of(view, c)).ToList();
        var confirmations = view.List<WageConfirmationRow>(("worker", claim.Worker))
            .Where(c => c.Claim == claim.Claim || c.Payroll == claim.Payroll).ToList();
        if (complaints.Count + confirmations.Count == 0) return null;
        return new ClaimWord(complaints, confirmations, WorkersWord.Contradictions(standing,
            [.. complaints.Where(c => c.Open).Select(c => c.Complaint.MadeOn)],
            [.. confirmations.Where(c => c.Claim is not null).Select(c => c.ConfirmedOn)]));
    }

    internal IEnumerable<string> Lines(Output output)
    {
        foreach (var c in Confirmations)
            yield return "  " + Output.Cell(c.ConfirmedOn) + " " + (c.Claim is null
                ? output.Text("本人确认工资表", "the worker confirmed the sheet")
                : output.Text("本人确认收到", "the worker confirmed receipt"));
        foreach (var c in Complaints)
            yield return "  " + Output.Cell(c.Complaint.MadeOn) + " "
                + output.Text($"本人投诉未付 {c.Complaint.Complaint}: ",
                    $"the worker complained of not being paid, complaint {c.Complaint.Complaint}: ") + c.State(output);
        foreach (var c in Contradictions)
            yield return output.Text("  与账不符: ", "  contradiction: ") + Terms.Of(c, output.Chinese);
    }
}

using Disbursement.Engine.Complaints;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;
using Xunit;

namespace Disbursement.Tests.Arrears;

/// <summary>Workers who leave, and what workers say of their wages.</summary>
internal sealed partial class ArrearsLedger
{
    /// <summary>The worker's last day on the project is known.</summary>
    public void Left(long worker, string day, long version = 2) =>
        Put(Registered(Project, worker) with { Version = version, LeftOn = Day(day) });

    /// <summary>A worker left, and a final settlement of theirs stands.</summary>
    public void Settled(long worker, string day)
    {
        Left(worker, day);
        var header = Header(9, PayrollState.Approved, "2026-03-31", "2026-02-01/" + day, 300000);
        var settlement = header with { Kind = PayrollKind.FinalSettlement };
        Run(c => c.Insert(settlement).Insert(Claims(settlement, 300000)[0] with { Worker = worker }));
    }

    /// <summary>A worker left, and confirmed on a day the sheet of a payroll.</summary>
    public void Confirmed(long worker, string left, string on)
    {
        Left(worker, left);
        Put(Header(8, PayrollState.Submitted, "2026-03-31", "2026-02-01/2026-02-28", 300000));
        Run((context, changes) =>
        {
            changes.Insert(new WageConfirmationRow
            {
                Confirmation = 1,
                Worker = worker,
                Project = Project,
                Payroll = 8,
                ConfirmedOn = Day(on),
                Person = 1,
                Document = context.InputDigest(WorkerConfirm.Input),
            });
        }, Paper(WorkerConfirm.Input, "confirmed"));
    }

    /// <summary>A complaint of a worker on the project, made on a day, by the row alone: the sweep finds it.</summary>
    public void Complaint(long worker, string on) => Run((context, changes) =>
        changes.Insert(new WageComplaintRow
        {
            Complaint = 1,
            Worker = worker,
            Project = Project,
            MadeOn = Day(on),
            Person = 1,
            Document = context.InputDigest(WorkerComplain.Input),
        }), Paper(WorkerComplain.Input, "not paid"));

    /// <summary>A leaver with a settlement complains all the same.</summary>
    public void Complained(long worker, string left)
    {
        Settled(worker, left);
        Complaint(worker, left);
    }

    /// <summary>The same, and two people answered that it is owed.</summary>
    public void SeenTo(long worker, string left)
    {
        Complained(worker, left);
        Answered(1, ComplaintOutcome.Owed, "seen to");
    }

    /// <summary>A worker's own word, taken down by one person.</summary>
    public void Complain(long worker, string paper) => Assert.True(Ask("yi",
        new Command(WorkerComplain.Name, ("worker", worker), ("project", "样例-1"), ("period", ""))
            .With(Paper(WorkerComplain.Input, paper))).Accepted);

    /// <summary>Two people answer a complaint.</summary>
    public void Answered(long complaint, ComplaintOutcome outcome, string paper)
    {
        foreach (var person in (string[])["yi", "er"])
            Assert.True(Ask(person, Answer(complaint, outcome, paper)).Accepted);
    }

    public static Command Answer(long complaint, ComplaintOutcome outcome, string paper) =>
        new Command(ComplaintAnswer.Name, ("complaint", complaint), ("outcome", outcome))
            .With(Paper(ComplaintAnswer.Input, paper));

    private static InputDocument Paper(string kind, string text) =>
        new(kind, System.Text.Encoding.UTF8.GetBytes(text), Personal: true);
}

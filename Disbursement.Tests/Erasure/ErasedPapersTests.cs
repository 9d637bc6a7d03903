using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Complaints;
using Disbursement.Engine.Erasure;
using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Erasure;

/// <summary>The papers of a worker's complaints and confirmations go with the worker.</summary>
public sealed class ErasedPapersTests
{
    private const string Site = "GY2025A001";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Of_an_erased_worker_no_paper_opens_but_one_that_is_another_s_too(string engine)
    {
        using var database = Databases.Fresh(engine);
        var ledger = new SampleLedger(database.Store).Registers();
        var payroll = ledger.Received()[0];
        ledger.Done(Clerk, new Command("payroll.check", ("payroll", payroll.Payroll)));
        string[] papers =
        [
            Paper(ledger, Complain(1, "the first alone")),
            Paper(ledger, Complain(1, "both together")),
            Paper(ledger, new Command(WorkerConfirm.Name, ("worker", 1), ("payroll", payroll.Payroll))
                .With(Of(WorkerConfirm.Input, "the sheet is right"))),
        ];
        ledger.Done(Clerk, Complain(2, "both together"));
        ledger.Done(Clerk, new Command("payroll.withdraw", ("payroll", payroll.Payroll)));
        foreach (var other in ledger.Ask(v => v.List<Engine.Payroll.PayrollRow>()).Skip(1))
            ledger.Done(Clerk, new Command("payroll.withdraw", ("payroll", other.Payroll)));
        ledger.Done(Clerk, Complete());
        ledger.Moment.At = Instant.FromUtc(2029, 2, 7, 1, 0);
        // An open complaint is a matter that is not at its end.
        Assert.Equal(ErasureRules.MatterOpen, ledger.Decide(Clerk, Erase(1)).Findings[0].Rule);
        // What one person put forward and no second agreed to is as personal as what was decided.
        var alone = Paper(ledger, Answer(1, "the first person's own"));
        for (var complaint = 1; complaint <= 2; complaint++)
            foreach (var person in (string[])[Clerk, Administrator])
                ledger.Done(person, Answer(complaint, "withdrawn"));
        papers = [.. papers, ledger.Ask(v => v.List<WageComplaintAnswerRow>()[0].Document), alone];
        Assert.All(papers, p => Assert.NotNull(ledger.Ask(v => v.Vault.Open(p))));
        ledger.Done(Clerk, Erase(1));
        ledger.Done(Administrator, Erase(1));
        Assert.Equal([false, true, false, false, false],
            papers.Select(p => ledger.Ask(v => v.Vault.Open(p)) is not null));
        Assert.Equal(ErasureRules.WorkerErased, ledger.Decide(Clerk, Complain(1, "once more")).Findings[0].Rule);
        Decided(database, ledger);
        // The second goes too, and with the last of them the paper of both.
        foreach (var person in (string[])[Clerk, Administrator]) ledger.Done(person, Answer(3, "withdrawn again"));
        foreach (var person in (string[])[Clerk, Administrator]) ledger.Done(person, Erase(2));
        Assert.All(papers, p => Assert.Null(ledger.Ask(v => v.Vault.Open(p))));
        Decided(database, ledger);
    }

    [Fact]
    public void A_paper_s_key_that_nobody_decided_on_is_told_as_one()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var ledger = new SampleLedger(database.Store).Registers();
        Paper(ledger, Complain(1, "not paid"));
        using (var owner = database.Owner())
        {
            using var command = owner.CreateCommand();
            command.CommandText = "DROP TRIGGER subject_key_kept; DELETE FROM subject_key WHERE subject IN "
                + "(SELECT key_subject FROM document WHERE kind = 'wage-complaint')";
            command.ExecuteNonQuery();
        }
        Assert.Contains(RebuildRules.FieldErased,
            LiveRebuild.Compare(database.Dialect, null, _ => []).Findings.Select(f => f.Rule));
    }

    /// <summary>Every leaf is decided again, and what is erased is named as decided.</summary>
    private static void Decided(Database database, SampleLedger ledger)
    {
        var again = LiveRebuild.Compare(database.Dialect, null, _ => []);
        Assert.All(again.Findings, f => Assert.Equal(RebuildRules.SubjectErased, f.Rule));
        Assert.Equal(ledger.Store.Ledgers()[0].Leaves, again.Leaves);
        using var log = new LiveLog(database.Dialect, Ledger);
        Assert.Empty(log.Verify([]));
    }

    /// <summary>Takes a word down; the digest of its paper.</summary>
    private static string Paper(SampleLedger ledger, Command command) => ledger.Done(Clerk, command).Result switch
    {
        WageComplaintRow complaint => complaint.Document,
        WageConfirmationRow confirmation => confirmation.Document,
        TwoPeople.Pending pending => ledger.Ask(v =>
            v.Find<ProposalRow>(("proposal", pending.Proposal))!.Body.Split(' ')[1]),
        var other => throw new InvalidOperationException($"{other}"),
    };

    private static Command Complain(long worker, string text) => new Command(WorkerComplain.Name, ("worker", worker),
        ("project", Site), ("period", "")).With(Of(WorkerComplain.Input, text));

    private static Command Answer(long complaint, string text) => new Command(ComplaintAnswer.Name,
        ("complaint", complaint), ("outcome", ComplaintOutcome.Withdrawn)).With(Of(ComplaintAnswer.Input, text));

    private static Command Complete() => new Command(ProjectComplete.Name, ("project", Site), ("on", "2026-01-31"))
        .With(Of(ProjectComplete.Input, "竣工"));

    private static Command Erase(long worker) =>
        new Command(WorkerErase.Name, ("worker", worker)).With(Of(WorkerErase.Input, "删除申请"));

    private static InputDocument Of(string kind, string text) =>
        new(kind, Encoding.UTF8.GetBytes(text), Personal: true);
}

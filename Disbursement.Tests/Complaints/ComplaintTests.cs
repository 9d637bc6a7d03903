using System.Text;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Complaints;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Tests.Arrears;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Complaints;

/// <summary>What workers say of their wages: it is taken down, warned of and answered, and moves no money.</summary>
public sealed class ComplaintTests
{
    private const string January = "2026-01-01/2026-01-31", Site = "GY2025A001", Elsewhere = "GY2025B001";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_complaint_of_a_paid_wage_is_a_warning_and_moves_nothing(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.People(ArrearsLedger.Workers);
        Paid(ledger);
        ledger.Sweep("2026-02-10");
        var before = (ledger.One<PayrollRow>(), ledger.One<Engine.Files.PaymentRow>().Attempt);
        ledger.Complain(1, "not paid");
        // At once, without a sweep; and the sweep finds the same.
        var warning = Assert.Single(ledger.Live());
        Assert.Equal(("W04", "project/1/complaint/1", WarningLevel.Yellow, 0L, 1L),
            (warning.Rule, warning.Subject, warning.Level, warning.AmountFen, warning.Lines));
        Assert.False(ledger.Sweep("2026-02-10"));
        ledger.Sweep("2026-03-11");
        Assert.Equal(WarningLevel.Orange, Assert.Single(ledger.Live(), w => w.Rule == "W04").Level);
        ledger.Answered(1, ComplaintOutcome.Paid, "the bank's letter");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W04");
        Assert.Equal(before, (ledger.One<PayrollRow>(), ledger.One<Engine.Files.PaymentRow>().Attempt));
        Assert.Empty(ledger.All<ObligationRow>());
        ledger.Sweep("2026-03-12");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W04");
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void What_is_unpaid_is_not_answered_as_paid_and_owed_ends_nothing(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.People(ArrearsLedger.Workers);
        ledger.Approved(7, "2026-02-13", January, 500000);
        ledger.Sweep("2026-02-14");
        ledger.Complain(1, "not paid");
        Assert.Equal(500000, ledger.Live().Single(w => w.Subject == "project/1/complaint/1").AmountFen);
        var refused = ledger.Ask("er", ArrearsLedger.Answer(1, ComplaintOutcome.Paid, "x"));
        Assert.Equal(ComplaintRules.StillUnpaid, refused.Findings[0].Rule);
        ledger.Answered(1, ComplaintOutcome.Owed, "it is owed");
        Assert.Single(ledger.Live(), w => w.Subject == "project/1/complaint/1");
        ledger.Answered(1, ComplaintOutcome.Withdrawn, "withdrawn");
        Assert.DoesNotContain(ledger.Live(), w => w.Subject == "project/1/complaint/1");
        Assert.Equal(ComplaintRules.Ended,
            ledger.Ask("yi", ArrearsLedger.Answer(1, ComplaintOutcome.Owed, "once more")).Findings[0].Rule);
        Assert.Equal([1L, 2], ledger.All<WageComplaintAnswerRow>().Select(a => a.N));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Leavers_nobody_settled_with_are_one_red_warning_of_their_project_and_each_complaint_one_of_its_own(
        string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.People(ArrearsLedger.Workers);
        for (var worker = 1; worker <= 3; worker++) ledger.Left(worker, "2026-02-10");
        ledger.Sweep("2026-02-11");
        Assert.Equal(("project/1", 3L), Assert.Single(ledger.Live().Where(w => w.Rule == "W08")
            .Select(w => (w.Subject, w.Lines))));
        ledger.Complain(1, "not settled");
        Assert.Equal(WarningLevel.Red, ledger.Live().Single(w => w.Subject == "project/1/complaint/1").Level);
        ledger.Sweep("2026-02-12");
        Assert.Equal(2, ledger.Live().Single(w => w.Subject == "project/1").Lines);
        ledger.Answered(1, ComplaintOutcome.Owed, "seen to");
        Assert.Equal(WarningLevel.Yellow, ledger.Live().Single(w => w.Subject == "project/1/complaint/1").Level);
        Assert.False(ledger.Sweep("2026-02-12"));
        // Withdrawn, there is still no settlement of the first; the second comes back to the site.
        ledger.Answered(1, ComplaintOutcome.Withdrawn, "withdrawn");
        ledger.Put(ledger.All<RegistrationRow>().First(r => r.Worker == 2) with { Version = 3, LeftOn = null });
        ledger.Sweep("2026-02-13");
        Assert.Equal(("project/1", 2L), Assert.Single(ledger.Live().Where(w => w.Rule == "W08")
            .Select(w => (w.Subject, w.Lines))));
        ledger.Sweep("2028-02-11");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W08");
    }

    [Fact]
    public void The_settlement_of_an_earlier_stay_is_none_of_this_one()
    {
        using var ledger = new ArrearsLedger();
        ledger.Settled(1, "2026-02-10");
        ledger.Sweep("2026-02-20");
        Assert.DoesNotContain(ledger.Live(), w => w.Rule == "W08");
        var stay = ledger.All<RegistrationRow>().First(r => r.Worker == 1);
        ledger.Put(stay with
        {
            Version = 3,
            JoinedOn = ArrearsLedger.Day("2026-03-01"),
            LeftOn = ArrearsLedger.Day("2026-03-10"),
        });
        ledger.Sweep("2026-03-11");
        Assert.Single(ledger.Live(), w => w.Rule == "W08");
    }

    [Fact]
    public void A_pack_that_only_lists_W08_has_a_leaver_s_complaint_as_W04()
    {
        using var ledger = new ArrearsLedger("321023", number: 321023);
        var pack = Path.Combine(AppContext.BaseDirectory, "rules", "warnings-baoying.json");
        ledger.Adopt(System.IO.File.ReadAllText(pack));
        ledger.Complained(1, "2026-02-10");
        ledger.Sweep("2026-02-11");
        Assert.Equal(["W04 project/1/complaint/1"], ledger.Live().Select(w => $"{w.Rule} {w.Subject}"));
    }

    [Fact]
    public void A_complaint_is_taken_unless_unsigned_of_nobody_nowhere_or_not_registered_there()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var ledger = new SampleLedger(database.Store).Registers();
        new RefusalOrder(ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Complain(9_999, "nowhere"))
            .Row(RuntimeRules.NotFound, Clerk, Complain(9_999, "nowhere"))
            .Row(RuntimeRules.NotFound, Clerk, Complain(1, "nowhere"))
            .Row(ComplaintRules.NotThere, Clerk, Complain(1, Elsewhere))
            .Holds();
        ledger.Done(Clerk, Complain(1, Site));
        new RefusalOrder(ledger).Repeat(Clerk, Complain(1, Site)).Holds();
        Assert.IsType<TwoPeople.Pending>(ledger.Done(Clerk, Answer(1)).Result);
        new RefusalOrder(ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Answer(9))
            .Row(RuntimeRules.NotFound, Clerk, Answer(9))
            .Repeat(Clerk, Answer(1))
            .Holds();
        ledger.Done(Administrator, Answer(1));
        new RefusalOrder(ledger).Repeat(Clerk, Answer(1)).Holds();
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_sheet_and_a_receipt_are_confirmed_by_whose_they_are_and_the_log_decides_it_all_again(string engine)
    {
        using var database = Databases.Fresh(engine);
        var ledger = new SampleLedger(database.Store).Registers();
        var payroll = ledger.Received()[0];
        new RefusalOrder(ledger).Row(ComplaintRules.NotOnPayroll, Clerk, Confirm(9, "payroll", 2)).Holds();
        ledger.Done(Clerk, new Command("payroll.check", ("payroll", payroll.Payroll)));
        var checkedNow = ledger.Ask(v => v.Find<PayrollRow>(("payroll", payroll.Payroll))!);
        ledger.Done(Clerk, Confirm(1, "payroll", payroll.Payroll));
        ledger.Done(Clerk, Act("payroll.submit", checkedNow));
        ledger.Done(Administrator, Act("payroll.approve", checkedNow));
        var claim = ledger.Ask(v => v.List<WageClaimRow>(("worker", 1)))[0].Claim;
        new RefusalOrder(ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Confirm(9_999, "claim", 9_999))
            .Row(RuntimeRules.NotFound, Clerk, Confirm(9_999, "claim", 9_999))
            .Row(RuntimeRules.NotFound, Clerk, Confirm(2, "claim", 9_999))
            .Row(ComplaintRules.OfAnother, Clerk, Confirm(2, "claim", claim))
            .Row(RuntimeRules.NotFound, Clerk, Confirm(1, "payroll", 9_999))
            .Row(ComplaintRules.NotOnPayroll, Clerk, Confirm(Nobody(ledger, payroll), "payroll", payroll.Payroll))
            .Repeat(Clerk, Confirm(1, "payroll", payroll.Payroll))
            .Holds();
        ledger.Done(Clerk, Confirm(1, "claim", claim));
        ledger.Done(Clerk, Complain(1, Site));
        ledger.Done(Clerk, Answer(1));
        ledger.Done(Administrator, Answer(1));
        Assert.Equal(2, ledger.Ask(v => v.Count<WageConfirmationRow>(("worker", 1))));
        var again = LiveRebuild.Compare(database.Dialect, null, _ => []);
        Assert.Empty(again.Findings);
        Assert.Equal(ledger.Store.Ledgers()[0].Leaves, again.Leaves);
    }

    [Fact]
    public void What_contradicts_the_books_is_told_and_decides_nothing()
    {
        LocalDate[] first = [new(2026, 2, 9)], second = [new(2026, 2, 10)], none = [];
        (ClaimStanding Standing, LocalDate[] Complaints, LocalDate[] Receipts, Contradiction[] Told)[] cases =
        [
            (ClaimStanding.Paid, none, first, []),
            (ClaimStanding.Unpaid, first, none, []),
            (ClaimStanding.Unpaid, none, first, [Contradiction.ReceiptOfUnpaid]),
            (ClaimStanding.InFlight, none, first, [Contradiction.ReceiptOfUnpaid]),
            (ClaimStanding.Voided, none, none, []),
            (ClaimStanding.Paid, first, none, [Contradiction.ComplaintOfPaid]),
            (ClaimStanding.Paid, first, second, [Contradiction.ComplaintOfPaid]),
            (ClaimStanding.Paid, second, first, [Contradiction.ComplaintOfPaid, Contradiction.ComplaintAfterReceipt]),
            (ClaimStanding.Unpaid, first, first, [Contradiction.ReceiptOfUnpaid, Contradiction.ComplaintAfterReceipt]),
        ];
        Assert.All(cases, c =>
            Assert.Equal(c.Told, WorkersWord.Contradictions(c.Standing, c.Complaints, c.Receipts)));
    }

    [Theory]
    [InlineData(null, "2026-02-13", true)]
    [InlineData(null, "2026-02-14", false)]
    [InlineData("2026-01-31/2026-02-05", "2026-02-14", true)]
    [InlineData("2026-02-01/2026-02-05", "2026-02-13", false)]
    [InlineData("2025-12-01/2026-01-01", "2026-02-13", true)]
    [InlineData("2025-12-01/2025-12-31", "2026-02-13", false)]
    public void A_complaint_is_about_its_period_or_about_what_is_due(string? period, string due, bool about) =>
        Assert.Equal(about, WorkersWord.About(period, new LocalDate(2026, 2, 13), January, ArrearsLedger.Day(due)));

    private static void Paid(ArrearsLedger ledger)
    {
        var claim = ArrearsLedger.Claims(ledger.Approved(7, "2026-02-28", January, 500000), 500000)[0];
        ledger.Send(claim, 1, ArrearsLedger.Noon("2026-02-20"));
        ledger.Word(claim, 1, OutcomeKind.Settled, "2026-02-09");
    }

    private static long Nobody(SampleLedger ledger, PayrollRow payroll) => ledger.Ask(v => v.List<RegistrationRow>()
        .First(r => r.Project != payroll.Project).Worker);

    private static Command Complain(long worker, string project) => new Command(WorkerComplain.Name,
        ("worker", worker), ("project", project), ("period", "")).With(Paper(WorkerComplain.Input));

    private static Command Answer(long complaint) => new Command(ComplaintAnswer.Name, ("complaint", complaint),
        ("outcome", ComplaintOutcome.Withdrawn)).With(Paper(ComplaintAnswer.Input));

    private static Command Confirm(long worker, string about, long number) =>
        new Command(WorkerConfirm.Name, ("worker", worker), (about, number)).With(Paper(WorkerConfirm.Input));

    private static InputDocument Paper(string kind) =>
        new(kind, Encoding.UTF8.GetBytes("样例: " + kind), Personal: true);
}

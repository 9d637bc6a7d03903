using System.Text;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Intake;
using Disbursement.Host.Security;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Arrears;

/// <summary>The precedence of the refusals about arrears, verb by verb.</summary>
public sealed class ArrearsRefusalOrderTests
{
    private const string Headings = "文书编号,机关,日期,期限,项目编码,用工单位统一社会信用代码,工资表,金额";
    private static readonly byte[] Paper = "样例"u8.ToArray();

    [Fact]
    public void A_discharge_is_refused_unsigned_undocumented_not_found_voided_in_a_release_then_by_one_person()
    {
        using var outlay = new SampleOutlay();
        var samples = outlay.Samples;
        outlay.Plan();
        var (carried, voided) = (ClaimOf(outlay.Payrolls[0]), ClaimOf(outlay.Payrolls[1]));
        var free = ClaimOf(outlay.Payrolls[2]);
        foreach (var person in new[] { Treasurer, Administrator })
            samples.Done(person, new Command("claim.void", ("claim", voided))
                .With(new InputDocument(ClaimVoid.Input, Paper)));
        samples.Enrol("second-login", Roles.Treasurer, 3);
        new RefusalOrder(samples)
            .Row(RuntimeRules.ApprovalMissing, "", new Command("arrears.discharge", ("claim", 99_999)))
            .Row(ArrearsRules.EvidenceMissing, Clerk, new Command("arrears.discharge", ("claim", 99_999)))
            .Row(RuntimeRules.NotFound, Clerk, Of(99_999))
            .Row(ArrearsRules.NothingOwed, Clerk, Of(voided))
            .Row(ArrearsRules.InRelease, Clerk, Of(carried))
            .Holds();
        samples.Done(Treasurer, Of(free));
        new RefusalOrder(samples).Repeat(Treasurer, Of(free)).Row(RuntimeRules.SamePerson, "second-login", Of(free))
            .Holds();
        samples.Done(Clerk, Of(free));
        new RefusalOrder(samples).Repeat("second-login", Of(free)).Holds();

        long ClaimOf(PayrollRow payroll) =>
            samples.Ask(v => v.List<WageClaimRow>(("payroll", payroll.Payroll)))[0].Claim;

        static Command Of(long claim) => new Command("arrears.discharge", ("claim", claim))
            .With(new InputDocument(Discharge.Evidence, Paper));
    }

    [Fact]
    public void A_recovery_ends_unless_unsigned_then_not_found_then_undocumented_then_out_of_state_then_by_one_person()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var samples = new SampleLedger(database.Store);
        var hand = new CommandRunner(samples.Store, samples.Moment, new HandlerCatalogue([new SampleRecovery()]),
            new SignatureCheck());
        foreach (var _ in new[] { 1, 2 })
            Assert.True(hand.Run(SampleLedger.Ledger, new Command("sample.recovery")).Accepted);
        samples.Enrol("second-login", Roles.Treasurer, 3);
        new RefusalOrder(samples)
            .Row(RuntimeRules.ApprovalMissing, "", new Command("recovery.recovered", ("recovery", 99)))
            .Row(RuntimeRules.NotFound, Clerk, new Command("recovery.recovered", ("recovery", 99)))
            .Row(ArrearsRules.EvidenceMissing, Clerk, new Command("recovery.recovered", ("recovery", 1)))
            .Row(RuntimeRules.ApprovalMissing, "", new Command("recovery.write-off", ("recovery", 99)))
            .Row(RuntimeRules.NotFound, Clerk, new Command("recovery.write-off", ("recovery", 99)))
            .Holds();
        var (recovered, written) = (Ends("recovery.recovered", 1), Ends("recovery.write-off", 2));
        foreach (var end in new[] { recovered, written })
        {
            samples.Done(Treasurer, end);
            new RefusalOrder(samples).Repeat(Treasurer, end).Row(RuntimeRules.SamePerson, "second-login", end).Holds();
            samples.Done(Clerk, end);
            new RefusalOrder(samples).Repeat("second-login", end).Holds();
        }
        new RefusalOrder(samples)
            .Row(ArrearsRules.EvidenceMissing, Clerk, new Command("recovery.recovered", ("recovery", 2)))
            .Row(RuntimeRules.WrongState, Clerk, Ends("recovery.recovered", 2))
            .Row(RuntimeRules.WrongState, Clerk, Ends("recovery.write-off", 1))
            .Holds();

        static Command Ends(string verb, long recovery) => new Command(verb, ("recovery", recovery))
            .With(new InputDocument(Discharge.Evidence, Paper));
    }

    [Fact]
    public void A_step_of_a_warning_is_refused_unsigned_then_not_found_then_out_of_state()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var samples = new SampleLedger(database.Store);
        samples.Approved();
        samples.Moment.At = Instant.FromUtc(2026, 2, 14, 1, 0);
        samples.Done("", new Command("arrears.sweep"));
        foreach (var act in WarningAct.All)
            new RefusalOrder(samples)
                .Row(RuntimeRules.ApprovalMissing, "", Of(act.Verb, 999))
                .Row(RuntimeRules.NotFound, Clerk, Of(act.Verb, 999))
                .Holds();
        foreach (var verb in new[] { "warning.handle", "warning.reply", "warning.close" })
            new RefusalOrder(samples).Row(RuntimeRules.WrongState, Clerk, Of(verb, 1)).Holds();
        samples.Done(Clerk, Of("warning.ack", 1));
        new RefusalOrder(samples)
            .Row(RuntimeRules.ApprovalMissing, "", Of("warning.ack", 1))
            .Repeat(Clerk, Of("warning.ack", 1))
            .Row(RuntimeRules.WrongState, Clerk, Of("warning.reply", 1))
            .Row(RuntimeRules.WrongState, Clerk, Of("warning.close", 1))
            .Holds();

        static Command Of(string verb, long warning) => new(verb, ("warning", warning));
    }

    [Fact]
    public void An_order_is_refused_unsigned_torn_by_its_cells_by_its_lines_by_the_registers_then_for_other_content()
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var samples = new SampleLedger(database.Store).Registers();
        const string Unknown = "91350100M000100Y43", Wrong = "91350100M000100Y44", Early = "2026-02-01";
        samples.Done(Clerk, Import(Line()));
        new RefusalOrder(samples)
            .Row(RuntimeRules.ApprovalMissing, "", Import("\"样例"))
            .Row(IntakeRules.Torn, Clerk, Import("\"样例"))
            .Row(OrderRules.BadPayroll, Clerk, Import(Line(employer: Wrong, payroll: "一", amount: "1.005")))
            .Row(SheetRules.ThreeDecimals, Clerk, Import(Line(employer: Wrong, deadline: Early, amount: "1.005")))
            .Row(OrderRules.BadEmployer, Clerk, Import(Line(employer: Wrong, deadline: Early, amount: "0")))
            .Row(OrderRules.NothingOrdered, Clerk, Import(Line(employer: Unknown, deadline: Early, amount: "0")))
            .Row(OrderRules.DeadlineBeforeDate, Clerk, Import(Line(employer: Unknown, deadline: Early, payroll: "99")))
            .Row(OrderRules.HeadsDiffer, Clerk,
                Import(Line(employer: Unknown) + Line(employer: Unknown, deadline: "2026-03-11")))
            .Row(OrderRules.DuplicateLine, Clerk, Import(Line(employer: Unknown) + Line(employer: Unknown)))
            .Row(RuntimeRules.NotFound, Clerk, Import(Line(project: "nowhere", employer: Unknown, payroll: "99")))
            .Row(OrderRules.EmployerUnknown, Clerk, Import(Line(employer: Unknown, payroll: "99")))
            .Row(OrderRules.OtherPayroll, Clerk, Import(Line(payroll: "99")))
            .Row(OrderRules.OtherContent, Clerk, Import(Line(amount: "2")))
            .Repeat(Clerk, Import(Line()))
            .Holds();
    }

    private static string Line(string? project = null, string? employer = null, string payroll = "",
        string amount = "1000.00", string deadline = "2026-03-10") =>
        $"样例令〔2026〕1号,样例人社局,2026-02-05,{deadline},{project ?? Employers[0].Project.Code},"
        + $"{employer ?? Employers[0].CreditCode},{payroll},{amount}\n";

    private static Command Import(string lines) => new Command("order.import", ("file", "orders.csv"))
        .With(new InputDocument(OrderImport.Input, Encoding.UTF8.GetBytes($"{Headings}\n{lines}"), Personal: true));

    /// <summary>What an advance would have left to be paid back, without the advance.</summary>
    private sealed class SampleRecovery : ICommandHandler
    {
        public string Verb => "sample.recovery";

        public Decision<Changes> Decide(DecisionContext context) => Decision<Changes>.Accept(
            new Changes().Insert(new RecoveryClaimRow
            {
                Recovery = context.NextId("recovery"),
                Version = 1,
                State = RecoveryState.Open,
                DebtorKind = DebtorKind.Subcontractor,
                Debtor = 1,
                AmountFen = 100,
            }));
    }
}

using System.Text;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Payroll;

/// <summary>The precedence of a payroll's refusals, verb by verb.</summary>
public sealed class PayrollRefusalOrderTests : IDisposable
{
    private readonly Database _database = Databases.Fresh(Engines.Sqlite);
    private readonly SampleLedger _ledger;
    private readonly IReadOnlyList<PayrollRow> _payrolls;

    public PayrollRefusalOrderTests()
    {
        _ledger = new SampleLedger(_database.Store).Registers();
        _payrolls = _ledger.Received();
    }

    public void Dispose() => _database.Dispose();

    [Fact]
    public void Receive_is_refused_unsigned_then_torn_then_misnumbered_then_for_nobody_then_twice_then_by_its_rows()
    {
        var employer = Employers[0];
        var torn = Encoding.UTF8.GetBytes(Head + "\"1,无名");
        Command Of(string project, string credit, long number, byte[] sheet, string team = "") =>
            new Command("payroll.receive", ("project", project), ("employer", credit), ("team", team),
                ("from", "2026-01-01"), ("to", "2026-01-31"), ("kind", PayrollKind.Ordinary), ("number", number),
                ("file", "sheet.csv")).With(new InputDocument(PayrollReceive.Input, sheet, Personal: true));
        var bad = Encoding.UTF8.GetBytes(Head + "1,无名,520102199301220930,1,8,-1,0,-1,,,,\n");
        new RefusalOrder(_ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Of("NONE", "NONE", 7, torn))
            .Row(Host.Intake.IntakeRules.Torn, Clerk, Of("NONE", "NONE", 7, torn))
            .Row(StandingRules.NumberOfKind, Clerk, Of("NONE", "NONE", 7, bad))
            .Row(RuntimeRules.NotFound, Clerk, Of("NONE", "NONE", 0, bad))
            .Row(PayrollRules.BadEmployer, Clerk, Of(employer.Project.Code, "NONE", 0, bad))
            .Row(StandingRules.LiveAlready, Clerk, Of(employer.Project.Code, employer.CreditCode, 0, bad))
            .Repeat(Clerk, SampleLedger.Payroll(employer))
            // Within a row by its columns: the identity number stands before the name, and both before the wage.
            .Row(PayrollRules.OtherEmployer, Clerk, Of(employer.Project.Code, employer.CreditCode, 0, bad, "二班"))
            .Row(PayrollRules.NameDiffers, Clerk, Of(employer.Project.Code, Employers[1].CreditCode, 0, bad, "二班"))
            .Row(SheetRules.Negative, Clerk, Of(employer.Project.Code, employer.CreditCode, 0, Wage("-1"), "二班"))
            .Row(PayrollRules.NetNotPositive, Clerk,
                Of(employer.Project.Code, employer.CreditCode, 0, Wage("0"), "二班"))
            .Holds();
    }

    [Fact]
    public void Check_and_withdraw_are_refused_unsigned_then_not_found_then_out_of_state()
    {
        var approved = _ledger.Approve(_payrolls[0]);
        var withdrawn = (PayrollRow)_ledger.Done(Clerk, Of("payroll.withdraw", _payrolls[1])).Result!;
        foreach (var verb in new[] { "payroll.check", "payroll.withdraw" })
            new RefusalOrder(_ledger)
                .Row(RuntimeRules.ApprovalMissing, "", new Command(verb, ("payroll", 99)))
                .Row(RuntimeRules.NotFound, Clerk, new Command(verb, ("payroll", 99)))
                .Holds();
        // Approved, it was checked once; withdrawn, it never comes back.
        new RefusalOrder(_ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Of("payroll.check", approved))
            .Repeat(Clerk, Of("payroll.check", approved))
            .Row(RuntimeRules.WrongState, Clerk, Of("payroll.check", withdrawn))
            .Repeat(Clerk, Of("payroll.withdraw", withdrawn))
            .Row(RuntimeRules.WrongState, Clerk, Of("payroll.withdraw", approved))
            .Holds();

        static Command Of(string verb, PayrollRow payroll) => new(verb, ("payroll", payroll.Payroll));
    }

    [Fact]
    public void Submit_is_refused_unsigned_then_not_found_then_for_other_content_then_out_of_state()
    {
        var p = _payrolls[0];
        new RefusalOrder(_ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Signed("payroll.submit", 99, "00", 1))
            .Row(RuntimeRules.NotFound, Clerk, Signed("payroll.submit", 99, "00", 1))
            .Row(StandingRules.OtherRoot, Clerk, Signed("payroll.submit", p.Payroll, "00", 1))
            .Row(StandingRules.OtherAmount, Clerk, Signed("payroll.submit", p.Payroll, p.LinesRoot, 1))
            .Row(RuntimeRules.WrongState, Clerk, Act("payroll.submit", p))
            .Holds();
    }

    [Fact]
    public void Submitting_again_is_the_same_act_for_the_same_person_alone_also_once_approved()
    {
        var p = _payrolls[0];
        _ledger.Done(Clerk, new Command("payroll.check", ("payroll", p.Payroll)));
        _ledger.Done(Clerk, Act("payroll.submit", p));
        void Holds() => new RefusalOrder(_ledger).Repeat(Clerk, Act("payroll.submit", p))
            .Row(RuntimeRules.WrongState, Treasurer, Act("payroll.submit", p)).Holds();
        Holds();
        _ledger.Done(Administrator, Act("payroll.approve", p));
        Holds();
    }

    [Fact]
    public void Approve_is_refused_unsigned_unfit_not_found_other_content_out_of_state_by_one_person_claimed_twice()
    {
        var (received, own, twice) = (_payrolls[1], _payrolls[0], Again());
        foreach (var submitted in new[] { own, twice })
        {
            _ledger.Done(Clerk, new Command("payroll.check", ("payroll", submitted.Payroll)));
            _ledger.Done(submitted == own ? Administrator : Clerk, Act("payroll.submit", submitted));
        }
        _ledger.Enrol("second-administrator", Engine.Runtime.Roles.WageAdministrator, 8);
        var table = new RefusalOrder(_ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Signed("payroll.approve", 99, "00", 1))
            .Row(RuntimeRules.RoleMissing, Clerk, Signed("payroll.approve", 99, "00", 1))
            .Row(RuntimeRules.NotFound, Administrator, Signed("payroll.approve", 99, "00", 1))
            .Row(StandingRules.OtherRoot, Administrator, Signed("payroll.approve", received.Payroll, "00", 1))
            .Row(StandingRules.OtherAmount, Administrator,
                Signed("payroll.approve", received.Payroll, received.LinesRoot, 1))
            .Row(RuntimeRules.WrongState, Administrator, Act("payroll.approve", received))
            .Row(RuntimeRules.SamePerson, Administrator, Act("payroll.approve", own));
        table.Holds();
        _ledger.Done("second-administrator", Act("payroll.approve", own));
        new RefusalOrder(_ledger)
            .Row(StandingRules.AlreadyClaimed, Administrator, Act("payroll.approve", twice)).Holds();
    }

    [Fact]
    public void Send_back_is_refused_unsigned_then_without_role_then_not_found_then_out_of_state()
    {
        Command Back(long payroll) => new Command("payroll.send-back", ("payroll", payroll))
            .With(new InputDocument(PayrollSendBack.Input, "样例"u8.ToArray(), Personal: true));
        new RefusalOrder(_ledger)
            .Row(RuntimeRules.ApprovalMissing, "", Back(99))
            .Row(RuntimeRules.RoleMissing, Clerk, Back(99))
            .Row(RuntimeRules.NotFound, Administrator, Back(99))
            .Row(RuntimeRules.WrongState, Administrator, Back(_payrolls[0].Payroll))
            .Holds();
    }

    private const string Head = "序号,姓名,身份证号,出勤天数,工时,应发工资,扣款,实发工资,本人确认日期,未确认原因,差异原因,备注\n";

    /// <summary>A sheet of the first employer's first worker, registered and rightly named, with such a wage.</summary>
    private static byte[] Wage(string net) =>
        Encoding.UTF8.GetBytes(Head + $"1,郑正兴,522701199204280200,1,8,{net},0,{net},2026-02-04,,,\n");

    private static Command Signed(string verb, long payroll, string root, long fen) =>
        new(verb, ("payroll", payroll), ("lines_root", root), ("amount_fen", fen));

    /// <summary>The same sheet for another team: its workers are claimed twice once both are approved.</summary>
    private PayrollRow Again() =>
        (PayrollRow)_ledger.Done(Clerk, SampleLedger.Payroll(Employers[0], team: "二班")).Result!;
}

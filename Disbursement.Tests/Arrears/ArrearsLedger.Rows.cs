using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.Tests.Arrears;

/// <summary>The rows of payrolls, work, terms and files that the cases begin from.</summary>
internal sealed partial class ArrearsLedger
{
    /// <summary>An approved payroll with claims of these amounts, all unpaid; claims are numbered from the payroll's × 100.</summary>
    public PayrollRow Approved(long payroll, string dueDate, string period, params long[] amounts) =>
        Payroll(payroll, PayrollState.Approved, dueDate, period, amounts);

    /// <summary>A payroll in a state; who did not approve it is not named as approver.</summary>
    public PayrollRow Payroll(long payroll, PayrollState state, string dueDate, string period, params long[] amounts)
    {
        var row = Header(payroll, state, dueDate, period, amounts);
        Run(c => c.Insert(row).Insert(Claims(row, amounts)));
        return row;
    }

    /// <summary>A payroll of the first worker alone on another project, approved; its claim.</summary>
    public WageClaimRow ApprovedElsewhere(long project, long payroll, string period, long amount)
    {
        var row = Header(payroll, PayrollState.Approved, "2026-02-13", period, amount) with { Project = project };
        var claims = Claims(row, amount);
        Run(c => c.Insert(row).Insert(claims));
        return claims[0];
    }

    public void AnotherProject(long project, string region)
    {
        Put(new ProjectRow
        {
            Project = project,
            Code = $"样例-{project}",
            Name = "样例项目",
            ContractorCode = "样例",
            ContractorName = "样例总包",
            OwnerName = "样例业主",
            Region = region,
        });
        Put(new WageAccountRow { Account = project, BankAccount = 1, Project = project });
        Put([.. Enumerable.Range(1, Workers).Select(worker => Registered(project, worker))]);
    }

    private static RegistrationRow Registered(long project, long worker) => new()
    {
        Project = project,
        Employer = Employer,
        Worker = worker,
        Version = 1,
        Team = "",
        Trade = "木工",
        JoinedOn = Day("2025-12-01"),
        Document = "roster",
        DocumentRow = worker,
    };

    public static PayrollRow Header(
        long payroll, PayrollState state, string dueDate, string period, params long[] amounts) => new()
        {
            Payroll = payroll,
            Version = 1,
            State = state,
            Project = Project,
            Employer = Employer,
            Team = "",
            Period = period,
            Kind = PayrollKind.Ordinary,
            Number = 0,
            DueDate = Day(dueDate),
            Sheet = $"sheet-{payroll}",
            SheetName = "",
            LinesDocument = "",
            LinesRoot = "",
            SubmittedBy = 1,
            ApprovedBy = state == PayrollState.Approved ? 2 : null,
            LinesDeclared = amounts.Length,
            LinesPaid = 0,
            LinesInFlight = 0,
            LinesUnpaid = amounts.Length,
            LinesVoided = 0,
            DeclaredFen = amounts.Sum(),
            PaidFen = 0,
            InFlightFen = 0,
            UnpaidFen = amounts.Sum(),
            VoidedFen = 0,
        };

    public static WageClaimRow[] Claims(PayrollRow payroll, params long[] amounts) => [.. amounts.Select((fen, i) => new WageClaimRow
    {
        Claim = payroll.Payroll * 100 + i + 1,
        Worker = i + 1,
        Project = payroll.Project,
        Employer = payroll.Employer,
        Period = payroll.Period,
        Component = 0,
        Revision = 1,
        Payroll = payroll.Payroll,
        PayrollLine = i + 1,
        Days = 2000,
        Hours = 9600,
        GrossFen = fen,
        DeductionsFen = 0,
        NetFen = fen,
    })];

    public void Worked(long worker, params string[] days) => Worked(worker, 480, [.. days.Select(Day)]);

    /// <summary>Corrected: nobody worked on those days.</summary>
    public void NotWorked(long worker, params string[] days) => Attended(worker, 2, 0, days.Select(Day));

    /// <summary>The same time on each of these days.</summary>
    public void Worked(long worker, long minutes, IEnumerable<LocalDate> days) => Attended(worker, 1, minutes, days);

    private void Attended(long worker, long version, long minutes, IEnumerable<LocalDate> days) => Run(c => c
        .Insert([.. days.Select(day => new AttendanceRow
        {
            Project = Project,
            Worker = worker,
            Day = day,
            Version = version,
            Minutes = minutes,
            OvertimeMinutes = 0,
            RestDayMinutes = 0,
            HolidayMinutes = 0,
            Pieces = 0,
            Document = "attendance",
            DocumentRow = 1,
        })]));

    /// <summary>Workers with identity numbers of their own; each a card of its own from version 1 on.</summary>
    public void People(int count) => Put([.. Enumerable.Range(1, count).Select(worker => new WorkerRow
    {
        Worker = worker,
        IdentityHash = $"identity-{worker}",
        ErasedBefore = 0,
        Sealed = [],
    })]);

    /// <summary>A new version of a worker's card, approved, in effect from noon of a day.</summary>
    public void Card(long worker, long version, byte hash, string effective) => Run(c => c
        .Insert(Payee(worker, version, hash))
        .Insert(new PayeeApprovalRow
        {
            Worker = worker,
            Version = version,
            ApprovedBy = 2,
            EffectiveAt = Noon(effective),
        }));

    private static PayeeAccountRow Payee(long worker, long version, byte hash) => new()
    {
        Worker = worker,
        Version = version,
        AccountHash = [hash],
        BankCode = "102",
        Sealed = [],
        ProposedBy = 1,
        Document = "payees",
    };

    public void Terms(long worker, RateKind kind, long rateFen, long payDay) => Put(new ContractTermsRow
    {
        Project = Project,
        Worker = worker,
        Version = 1,
        SignedOn = Day("2025-12-01"),
        RateKind = kind.ToString(),
        RateFen = rateFen,
        PayCycle = nameof(PayCycle.Month),
        PayDay = payDay,
        StandardMinutes = 480,
        Document = "terms",
        DocumentRow = worker,
    });

    /// <summary>A release that the first account cannot pay.</summary>
    public void Short(string dueDate) => Put(new ReleaseRow
    {
        Release = 1,
        Version = 1,
        Kind = ReleaseKind.Ordinary,
        Account = 1,
        State = ReleaseState.Short,
        DueDate = Day(dueDate),
        SendBy = Noon(dueDate),
        Lines = 1,
        AmountFen = 500000,
        ReservedFen = 0,
        LinesOpen = 1,
    });

    /// <summary>A debit of the first account that no order of ours explains.</summary>
    public void ForeignDebit() => Put(new BankExceptionRow
    {
        Exception = 1,
        Kind = "ForeignDebit",
        DocumentLine = 1,
        Account = 1,
        AmountFen = -100,
        ExpectedFen = 0,
        Detail = "",
    });

    /// <summary>What a payroll's check found of its first line.</summary>
    public void Finding(long payroll, RefusalRule rule) => Put(new PayrollFindingRow
    {
        Payroll = payroll,
        N = 1,
        Rule = rule.Code,
        Severity = rule.Severity.ToString(),
        Line = 2,
        DocumentColumn = "应发工资",
        Arguments = "…",
    });

    private static BankMessageRow Message(long message, string document) => new()
    {
        Message = message,
        Profile = "sample",
        Name = $"{message}.txt",
        Document = document,
        ReceivedAt = Noon("2026-01-02"),
    };

    private static MessageProgressRow Progress(long message) => new()
    {
        Message = message,
        Version = 1,
        State = MessageState.Received,
        LinesApplied = 0,
        Exceptions = 0,
    };

    private static DisbursementFileRow File(long file, WageClaimRow claim, FileState state, Instant? answerBy) => new()
    {
        File = file,
        Version = 1,
        Release = file,
        Account = claim.Project,
        Profile = "sample",
        ProfileVersion = 1,
        Reference = $"R{file}",
        Name = $"{file}.txt",
        State = state,
        BuiltAt = Noon("2026-01-01"),
        Lines = 1,
        TotalFen = claim.NetFen,
        SealedDocument = state == FileState.Built ? null : "sealed",
        FirstSentAt = state is FileState.Built or FileState.Sealed ? null : Noon("2026-01-01"),
        AnswerBy = answerBy,
        LinesOpen = 1,
        LinesSettled = 0,
        LinesRejected = 0,
        LinesReturned = 0,
        OpenFen = claim.NetFen,
        SettledFen = 0,
        RejectedFen = 0,
        ReturnedFen = 0,
        DebitedFen = 0,
        RefundedFen = 0,
        ReservedFen = 0,
    };
}

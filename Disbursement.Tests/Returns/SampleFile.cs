using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Tests.Returns;

/// <summary>
/// Writes the rows of a file on its way to the bank: what the verbs before it come to, for samples of any size.
/// </summary>
internal sealed class SampleFile : ICommandHandler
{
    private static readonly LocalDate s_due = new(2026, 3, 31);

    public string Verb => "sample.file";

    public static string ProjectCode(long project) => $"GY-SAMPLE-{project}";

    public Decision<Changes> Decide(DecisionContext context)
    {
        var lines = context.Command.Number("lines");
        var changes = new Changes();
        if (context.Command.Text("step") == "accounts") Accounts(context, changes, lines);
        else Send(context, changes, lines);
        return Decision<Changes>.Accept(changes);
    }

    private static void Accounts(DecisionContext context, Changes changes, long lines)
    {
        var projects = context.Command.Number("projects");
        for (long p = 1; p <= projects; p++)
            changes.Insert(new ProjectRow
            {
                Project = p,
                Code = ProjectCode(p),
                Name = $"样例项目{p}",
                ContractorCode = "",
                ContractorName = "",
                OwnerName = "",
                Region = "520102"
            })
                .Insert(new WageAccountRow { Account = context.NextId("account"), BankAccount = 1, Project = p });
        changes.Insert(new EmployerRow { Employer = 1, CreditCode = "SAMPLE", Name = "样例劳务" });
        changes.Insert(new BankAccountRow
        {
            BankAccount = 1,
            Profile = context.Command.Text("profile"),
            NumberHash = context.Vault.AccountHash(MoneyRig.WageAccount),
            Sealed = [1]
        });
        changes.Insert(new WageAccountRow { Account = context.NextId("account"), BankAccount = 1 });
        // Another account of the contractor at the same bank, of no project.
        changes.Insert(new BankAccountRow
        {
            BankAccount = 2,
            Profile = context.Command.Text("profile"),
            NumberHash = context.Vault.AccountHash(MoneyRig.OtherAccount),
            Sealed = [2]
        });
        changes.Insert(new WageAccountRow { Account = context.NextId("account"), BankAccount = 2 });
        var rows = Enumerable.Range(1, (int)lines).Select(r => (long)r).ToList();
        changes.Insert([.. rows.Select(w => new WorkerRow
        {
            Worker = w, IdentityHash = $"sample{w}", ErasedBefore = 0, Sealed = [1],
        })]);
        changes.Insert([.. rows.Select(w => new RegistrationRow
        {
            Project = 1, Employer = 1, Worker = w, Version = 1, Team = "样例班组", Trade = "", JoinedOn = new(2026, 1, 1),
            Document = "sample", DocumentRow = w,
        })]);
        changes.Insert([.. rows.Select(w => new PayeeAccountRow
        {
            Worker = w, Version = 1, AccountHash = context.Vault.AccountHash(MoneyRig.Account(w)), BankCode = "102",
            Sealed = [1], ProposedBy = 1, Document = "sample",
        })]);
        changes.Insert([.. rows.Select(w =>
            new PayeeApprovalRow { Worker = w, Version = 1, ApprovedBy = 2, EffectiveAt = context.At })]);
        Owed(changes, rows);
    }

    private static void Owed(Changes changes, List<long> rows)
    {
        var (lines, total) = ((long)rows.Count, rows.Sum(MoneyRig.Fen));
        changes.Insert(new PayrollRow
        {
            Payroll = 1,
            Version = 1,
            State = PayrollState.Approved,
            Project = 1,
            Employer = 1,
            Team = "样例班组",
            Period = "2026-02-01/2026-02-28",
            Kind = PayrollKind.Ordinary,
            Number = 0,
            DueDate = s_due,
            Sheet = "sample",
            SheetName = "sample.csv",
            LinesDocument = "sample",
            LinesRoot = "sample",
            SubmittedBy = 1,
            ApprovedBy = 2,
            LinesDeclared = lines,
            LinesPaid = 0,
            LinesInFlight = lines,
            LinesUnpaid = 0,
            LinesVoided = 0,
            DeclaredFen = total,
            PaidFen = 0,
            InFlightFen = total,
            UnpaidFen = 0,
            VoidedFen = 0,
        });
        changes.Insert([.. rows.Select(w => new WageClaimRow
        {
            Claim = w, Worker = w, Project = 1, Employer = 1, Period = "2026-02-01/2026-02-28",
            Component = 0, Revision = 1, Payroll = 1,
            PayrollLine = w, Days = 2000, Hours = 0, GrossFen = MoneyRig.Fen(w),
            DeductionsFen = 0, NetFen = MoneyRig.Fen(w),
        })]);
    }

    private static void Send(DecisionContext context, Changes changes, long lines)
    {
        var rows = Enumerable.Range(1, (int)lines).Select(r => (long)r).ToList();
        var total = rows.Sum(MoneyRig.Fen);
        var state = Enum.Parse<FileState>(context.Command.Text("state"));
        var book = AccountBook.Load(context, 1);
        book.Reserve(new Money(total), context.NextId("release"));
        changes.Insert(book.Entries).Insert(new ReleaseRow
        {
            Release = 1,
            Version = 1,
            Kind = Enum.Parse<ReleaseKind>(context.Command.Text("kind")),
            Account = 1,
            State = ReleaseState.Filed,
            DueDate = s_due,
            SendBy = context.At,
            Lines = lines,
            AmountFen = total,
            ReservedFen = 0,
            LinesOpen = lines,
        });
        changes.Insert(new ReleaseRangeRow { Release = 1, Payroll = 1, FromLine = 1, ToLine = lines });
        changes.Insert(new DisbursementFileRow
        {
            File = 1,
            Version = 1,
            Release = 1,
            Account = 1,
            Profile = context.Command.Text("profile"),
            ProfileVersion = 1,
            Reference = MoneyRig.Reference,
            Name = MoneyRig.Reference + ".bxt",
            State = state,
            BuiltAt = context.At,
            Lines = lines,
            TotalFen = total,
            SealedDocument = state == FileState.Built ? null : "sample",
            FirstSentAt = state is FileState.Built or FileState.Sealed ? null : context.At,
            LeaseUntil = state == FileState.Sending ? context.At : null,
            AnswerBy = context.At + Duration.FromDays(2),
            LinesOpen = lines,
            LinesSettled = 0,
            LinesRejected = 0,
            LinesReturned = 0,
            OpenFen = total,
            SettledFen = 0,
            RejectedFen = 0,
            ReturnedFen = 0,
            DebitedFen = 0,
            RefundedFen = 0,
            ReservedFen = total,
        });
        changes.Insert([.. rows.Select(w => new PaymentRow
        {
            Claim = w, Attempt = 1, Channel = PaymentChannel.File, Release = 1, File = 1,
            RowReference = w, AmountFen = MoneyRig.Fen(w),
            PayeeVersion = 1, PayeeHash = context.Vault.AccountHash(MoneyRig.Account(w)),
        })]);
    }
}

using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Host.Returns;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Returns;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>
/// A ledger restored to before its first project, of which the first two wages of a payroll went out; and the bank's
/// signed reports about that file. No account is known until the month is entered anew.
/// </summary>
internal sealed class EmptyRig : IDisposable
{
    public const long Number = 900;
    private readonly Database _lost;
    private readonly Database _database;
    private readonly string _keys = Directory.CreateTempSubdirectory("empty-rig-").FullName;
    private readonly IcbcReports _reports;
    private readonly Dictionary<string, string> _accounts;
    private readonly string _record;

    public EmptyRig(string engine)
    {
        _lost = Databases.Fresh(engine);
        var before = new SampleLedger(_lost.Store);
        _database = _lost.Copy();
        Samples = before.On(_database.Store);
        var payroll = before.Approved()[0];
        Claims = [.. before.Ask(v => Rows(v, payroll)).Take(2)];
        _reports = new IcbcReports(Samples, _keys);
        _accounts = _reports.AccountsIn(Encoding.UTF8.GetString(SampleLedger.File("roster-a.csv")));
        Account = before.Ask(v => v.Find<WageAccountRow>(("project", payroll.Project)))!.Account;
        _record = JournalText.Format(new JournalledSend(SampleLedger.Ledger, Account, IcbcReports.Profile,
            ReleaseKind.Ordinary, Reference, "ab", Claims.Count, Claims.Sum(c => c.Fen), "0a", Claims));
        Assert.True(Samples.Composition.Runner.Run(SampleLedger.Ledger, new Command("restore.begin", ("epoch", "R001"))
            .With(new InputDocument(RestoreBegin.Journal, Encoding.UTF8.GetBytes(_record)))).Accepted);
        Match();
    }

    public SampleLedger Samples { get; }

    /// <summary>The number that the wage account had in the lost database.</summary>
    public long Account { get; }
    public IReadOnlyList<JournalledClaim> Claims { get; }
    public DisbursementFileRow? File => Samples.Ask(v => v.Find<DisbursementFileRow>(("file", Number)));
    public ReleaseRow Release => Samples.Ask(v => v.Find<ReleaseRow>(("release", File!.Release)))!;

    public string Reference =>
        FileReference.Of(Samples.Composition.Store.Ledgers()[0].Epoch, SampleLedger.Ledger, Number, 20);

    public IReadOnlyList<WaitingLine> Waiting => Samples.Ask(v => v.Queries.WaitingLines());

    /// <summary>The standing of each of the two wages, by row.</summary>
    public IReadOnlyList<AttemptState> States => Samples.Ask(v => v.List<PaymentRow>(("file", Number))
        .OrderBy(p => p.RowReference).Select(p => OutcomeSet.Of(v.List<PaymentOutcomeRow>(("claim", p.Claim))
            .Select(o => (o.Source, o.Kind))).State).ToList());

    /// <summary>Projects, registers and payrolls, as they were before the loss.</summary>
    public void Enter() => Samples.Approved();

    /// <summary>The projects alone, from the last to the first; with the bank profile of each as <paramref name="at"/>
    /// makes it of the line.</summary>
    public void EnterBackwards(Func<string, string>? at = null)
    {
        var lines = Encoding.UTF8.GetString(SampleLedger.File("projects.csv")).TrimEnd('\r', '\n').Split('\n');
        Samples.Done(SampleLedger.Clerk, SampleLedger.Sheet("project.register", ProjectRegister.Input, "projects.csv",
            Encoding.UTF8.GetBytes(string.Join('\n', lines.Skip(1).Reverse().Select(at ?? (l => l)).Prepend(lines[0]))
                + "\n")));
    }

    /// <summary>A statement of the account that paid the file.</summary>
    public void Statement(string id, long opening, params (long Fen, string Kind, string Reference)[] entries) =>
        _reports.Receive($"statement-9571-{id}.csv", Encoding.UTF8.GetBytes(MoneyRig.StatementText(
            SampleLedger.Employers[0].Project.Account, id, "2026-02-10", opening,
            [.. entries.Select(e => (e.Fen, e.Kind, e.Reference, ""))])));

    /// <summary>recover, with the journal that the lost database left.</summary>
    public (int Code, string Output, string Errors) Recover()
    {
        var journal = Path.Combine(_keys, "send-journal");
        System.IO.File.WriteAllText(journal, _record);
        return Disburse.Run("recover", "--db", _database.Option, "--journal", journal, "--lang", "en", "--at",
            "2026-02-10T01:00:00Z");
    }

    public void Match()
    {
        while (!Samples.Done("", new Command("restore.match")).Repeat) continue;
    }

    public void Tell(int number, params (int Row, string Status)[] rows) => _reports.Tell(Reference, number,
        [.. rows.Select(r => ((long)r.Row, _accounts[Claims[r.Row - 1].Payee], Claims[r.Row - 1].Fen, r.Status))]);

    public void Refuse(int number, string why = "") => _reports.Refuse(Reference, number, why);

    public void Both(Command command)
    {
        foreach (var person in new[] { SampleLedger.Treasurer, SampleLedger.Administrator })
            Samples.Done(person, command);
    }

    public static Command Settle(string outcome, string letter = "样例: 银行函") =>
        new Command("restore.resolve", ("send", 1), ("outcome", outcome))
            .With(new InputDocument(RestoreResolve.Evidence, Encoding.UTF8.GetBytes(letter), Personal: true));

    public IReadOnlyList<ExceptionAnswer> Exceptions()
    {
        using var view = Samples.Store.Read(SampleLedger.Ledger);
        return new ExceptionAnswers(view).Of(view.List<BankExceptionRow>());
    }

    public void Dispose()
    {
        _database.Dispose();
        _lost.Dispose();
        Directory.Delete(_keys, recursive: true);
    }

    /// <summary>A payroll's wages as the send journal names them.</summary>
    private static IEnumerable<JournalledClaim> Rows(Host.Storage.LedgerView view, PayrollRow payroll)
    {
        var project = view.Find<ProjectRow>(("project", payroll.Project))!.Code;
        var employer = view.Find<EmployerRow>(("employer", payroll.Employer))!.CreditCode;
        return [.. view.List<WageClaimRow>(("payroll", payroll.Payroll)).OrderBy(c => c.PayrollLine)
            .Select(c => new JournalledClaim(project, employer, c.Period, c.Component, c.Revision,
                view.Find<WorkerRow>(("worker", c.Worker))!.IdentityHash,
                Convert.ToHexStringLower(view.List<PayeeAccountRow>(("worker", c.Worker))[^1].AccountHash),
                c.NetFen))];
    }
}

using System.Text;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Cli;
using Disbursement.Host.Samples;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Fixtures;

/// <summary>
/// A rehearsal ledger with three enrolled people and, step by step, the sample month of January 2026. Every act is
/// signed with a key made for the test.
/// </summary>
public sealed class SampleLedger
{
    public const long Ledger = 520100;

    /// <summary>Compiles and submits: role clerk.</summary>
    public const string Clerk = "sample-clerk";
    /// <summary>Approves payrolls: role wage-administrator.</summary>
    public const string Administrator = "sample-administrator";
    /// <summary>Moves money and decides with evidence: roles treasurer and supervisor.</summary>
    public const string Treasurer = "sample-treasurer";

    private readonly Dictionary<string, KeyPairPem> _keys = [];
    private readonly HashSet<string> _people = [];

    /// <summary>The same people and moment in a copy of this ledger's database.</summary>
    public SampleLedger On(LedgerStore copy) => new(copy, this);

    private SampleLedger(LedgerStore store, SampleLedger original)
    {
        (_keys, _people) = (original._keys, original._people);
        Moment = new FixedMoment(original.Moment.At);
        Composition = new Composition(store, Moment);
    }

    /// <summary>Opens the ledger on a fresh, migrated database and enrols the three people.</summary>
    public SampleLedger(LedgerStore store)
    {
        Moment = new FixedMoment(Instant.FromUtc(2026, 2, 6, 1, 0));
        Composition = new Composition(store, Moment);
        LedgerCommands.Open(Composition, Ledger, rehearsal: true);
        Enrol(Clerk, Roles.Clerk, 1);
        Enrol(Administrator, Roles.WageAdministrator, 2);
        Enrol(Treasurer, $"{Roles.Treasurer} {Roles.Supervisor}", 3);
    }

    public Composition Composition { get; }
    public LedgerStore Store => Composition.Store;

    /// <summary>The clock; a test moves it on by hand.</summary>
    public FixedMoment Moment { get; }

    /// <summary>A file of the shipped sample month.</summary>
    public static byte[] File(string name) =>
        System.IO.File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "samples", "month-2026-01", name));

    /// <summary>Decides a command signed by a person, or unsigned where the handle is empty.</summary>
    public Decision<Outcome> Decide(string person, Command command)
    {
        if (person.Length == 0) return Composition.Runner.Run(Ledger, command);
        return Composition.Runner.Run(Ledger, Signed(person, command));
    }

    private Command Signed(string person, Command command)
    {
        var text = Encoding.UTF8.GetBytes(Approval.Text(Ledger, command, person));
        var signature = ApprovalSignature.Sign(_keys[person].PrivatePem, text);
        return command.With(Approval.Document(Ledger, command, person, signature.Base64));
    }

    /// <summary>The key a person signs with here, whatever the ledger thinks of it.</summary>
    public KeyPairPem KeyOf(string person) => _keys[person];

    /// <summary>From now on the person signs with this key.</summary>
    public void Uses(string person, KeyPairPem key) => _keys[person] = key;

    /// <summary>Decides and expects to be accepted; the outcome.</summary>
    public Outcome Done(string person, Command command)
    {
        var decision = Decide(person, command);
        Assert.True(decision.Accepted, string.Join('\n', decision.Findings.Select(f => $"{f.Rule.Code} {f.At}")));
        return decision.Value;
    }

    public static Command Sheet(string verb, string input, string name, byte[]? bytes = null) =>
        new Command(verb, ("file", name)).With(new InputDocument(input, bytes ?? File(name), Personal: true));

    /// <summary>A payroll sheet of the sample month, for January 2026 unless said otherwise.</summary>
    public static Command Payroll(
        SampleEmployer employer, byte[]? sheet = null, string team = "", string to = "2026-01-31") =>
        new Command("payroll.receive", ("project", employer.Project.Code), ("employer", employer.CreditCode),
            ("team", team), ("from", "2026-01-01"), ("to", to), ("kind", PayrollKind.Ordinary), ("number", 0),
            ("file", SheetName(employer)))
            .With(new InputDocument(PayrollReceive.Input, sheet ?? File(SheetName(employer)), Personal: true));

    public static string SheetName(SampleEmployer employer) =>
        $"payroll-{employer.Letter}.{(employer.Letter == "c1" ? "xlsx" : "csv")}";

    /// <summary>The employers that handed in a payroll, in order.</summary>
    public static IReadOnlyList<SampleEmployer> Employers { get; } =
        [.. new SampleMonth().Sites.Employers.Where(e => e.HandsIn)];

    /// <summary>Projects, rosters with approved accounts, terms and attendance.</summary>
    public SampleLedger Registers()
    {
        Done(Clerk, Sheet("project.register", ProjectRegister.Input, "projects.csv"));
        foreach (var (letter, form) in new[] { ("a", "csv"), ("b", "csv"), ("c", "xlsx") })
        {
            var roster = Done(Clerk, Sheet("roster.import", RosterImport.Input, $"roster-{letter}.{form}"));
            var document = ((ImportResult)roster.Result!).Document;
            Done(Administrator, new Command("payee.approve", ("document", document)));
            Done(Clerk, Sheet("terms.import", TermsImport.Input, $"terms-{letter}.csv"));
            Done(Clerk, Sheet("attendance.import", AttendanceImport.Input, $"attendance-{letter}.csv"));
        }
        return this;
    }

    /// <summary>The four payrolls of the month, received.</summary>
    public IReadOnlyList<PayrollRow> Received() =>
        [.. Employers.Select(e => (PayrollRow)Done(Clerk, Payroll(e)).Result!)];

    /// <summary>Checks, submits and approves a received payroll.</summary>
    public PayrollRow Approve(PayrollRow payroll)
    {
        Done(Clerk, new Command("payroll.check", ("payroll", payroll.Payroll)));
        Done(Clerk, Act("payroll.submit", payroll));
        return (PayrollRow)Done(Administrator, Act("payroll.approve", payroll)).Result!;
    }

    /// <summary>Registers and the four approved payrolls: what money moves on.</summary>
    public IReadOnlyList<PayrollRow> Approved()
    {
        Registers();
        return [.. Received().Select(Approve)];
    }

    /// <summary>An act that signs for lines and amount.</summary>
    public static Command Act(string verb, PayrollRow payroll) => new(verb, ("payroll", payroll.Payroll),
        ("lines_root", payroll.LinesRoot), ("amount_fen", payroll.DeclaredFen));

    /// <summary>Enrols a person with a fresh Ed25519 key and a made-up identity number.</summary>
    public void Enrol(string handle, string roles, int number)
    {
        var key = Ed25519Keys.Generate();
        _keys[handle] = key;
        var identity = SampleIdentifiers.Identity($"52010119900101{number:000}");
        var known = !_people.Add(identity);
        var enrolment = new Enrolment($"样例{handle}", identity, ApprovalSignature.Ed25519, key.PublicPem);
        var command = new Command("person.enrol", ("person", handle), ("roles", roles)).With(enrolment.Document());
        // The first two of a ledger need nobody's word; from the third on two enrolled people decide.
        if (_keys.Count <= 2) Done("", command);
        else if (known) ByTheFirstVersion(command);
        else foreach (var approver in new[] { Clerk, Administrator }) Done(approver, command);
    }

    /// <summary>
    /// A second login of a person, as ledgers hold them that were kept by the first version of the decider: it is
    /// decided as a rebuild decides it.
    /// </summary>
    private void ByTheFirstVersion(Command command)
    {
        foreach (var approver in new[] { Clerk, Administrator })
        {
            var at = Instant.Max(Moment.At, Ask(v => v.Find<LedgerHeadRow>()!.LastAt));
            Assert.True(Composition.Runner.Replay(Ledger, Signed(approver, command), version: 1, at).Accepted);
        }
    }

    /// <summary>Reads the ledger as it stands.</summary>
    public T Ask<T>(Func<LedgerView, T> question)
    {
        using var view = Store.Read(Ledger);
        return question(view);
    }
}

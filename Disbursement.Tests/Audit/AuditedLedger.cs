using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host;
using Disbursement.Host.Cli;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Audit;

/// <summary>
/// A ledger (SAMPLE, 样例) in a database of its own, with what an audit must carry over: people, proposals, a calendar and a
/// profile that two people changed in between.
/// </summary>
internal sealed class AuditedLedger : IDisposable
{
    public const long Ledger = 520100;
    private readonly Database _database;
    private readonly Dictionary<string, string> _keys = [];

    public AuditedLedger(string engine)
    {
        _database = Databases.Fresh(engine);
        Clock = new FixedMoment(Instant.FromUtc(2026, 2, 13, 1, 0));
        Composition = new Composition(_database.Store, Clock);
        LedgerCommands.Open(Composition, Ledger, rehearsal: true);
        Enrol("zhang", "52010219850307001", Roles.Clerk);
        Enrol("li", "52010219860307002", Roles.Supervisor);
        Clock.At += Duration.FromHours(3);
        Adopt(Engine.Audit.Adopt.Calendar, "cn", "# SAMPLE: a notice came in between", "zhang", "li");
        Enrol("wang", "52010219870307003", Roles.Treasurer, "zhang", "li");
        Adopt(Engine.Audit.Adopt.Calendar, "cn", "# SAMPLE: and a correction of it", "li", "wang");
    }

    public Composition Composition { get; }
    public FixedMoment Clock { get; }
    public Dialect Dialect => _database.Dialect;
    public Database Database => _database;
    public long Leaves => Composition.Store.Ledgers()[0].Leaves;

    /// <summary>A person with a key; after the first two, by two people.</summary>
    public void Enrol(string handle, string first17, string roles, params string[] people)
    {
        var pair = Ed25519Keys.Generate();
        _keys[handle] = pair.PrivatePem;
        var enrolment = new Enrolment($"样例{handle}", Disbursement.Host.Samples.SampleIdentifiers.Identity(first17), "ed25519", pair.PublicPem);
        Run(new Command("person.enrol", ("person", handle), ("roles", roles)).With(enrolment.Document()), people);
    }

    /// <summary>The document in force with a line added, adopted by two people.</summary>
    public void Adopt(string kind, string name, string line, params string[] people)
    {
        byte[] content;
        using (var view = Composition.Store.Read(Ledger))
            content = view.Vault.Open(view.List<AdoptionRow>(("kind", kind), ("name", name))[^1].Document)!;
        var changed = Encoding.UTF8.GetBytes($"{Encoding.UTF8.GetString(content)}{line}\n");
        Run(new Command("ledger.adopt", ("kind", kind), ("name", name)).With(new InputDocument(kind, changed)), people);
    }

    /// <summary>Runs a command once without a name, or once for each person who signs.</summary>
    public void Run(Command command, params string[] people)
    {
        if (people.Length == 0) Accepted(Composition.Runner.Run(Ledger, command));
        foreach (var person in people)
        {
            var text = Encoding.UTF8.GetBytes(Approval.Text(Ledger, command, person));
            var signature = ApprovalSignature.Sign(_keys[person], text).Base64;
            Accepted(Composition.Runner.Run(Ledger, command.With(Approval.Document(Ledger, command, person, signature))));
            Clock.At += Duration.FromMinutes(7);
        }
    }

    public void Dispose() => _database.Dispose();

    private static void Accepted(Decision<Outcome> decision) =>
        Assert.True(decision.Accepted, string.Join('\n', decision.Findings.Select(f => f.Text(chinese: false))));
}

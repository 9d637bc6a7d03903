using System.Text;
using System.Text.Json.Nodes;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Audit;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Adapters;
using Disbursement.Host.Demo;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Simulation;

/// <summary>
/// What every simulated world begins with, made once by the product's own verbs and copied: a production ledger with
/// four people, three projects of twenty workers, their terms and accounts, and two banks. No wage is claimed yet.
/// </summary>
internal sealed class SimulationBase : IDisposable
{
    public const long Ledger = 520100;

    /// <summary>The day the base is made on, before any seed begins.</summary>
    public static readonly Instant Made = Instant.FromUtc(2025, 11, 3, 1, 0);

    public SimulationBase()
    {
        Folder = Directory.CreateDirectory(Path.Combine(Memory, $"disburse-simulation-{Environment.ProcessId}-"
            + Path.GetRandomFileName())).FullName;
        Keys = Directory.CreateDirectory(Path.Combine(Folder, "keys")).FullName;
        MakeKeys();
    }

    public string Folder { get; }

    /// <summary>Keys of both sides and of the log; a world that changes one has its own.</summary>
    public string Keys { get; }

    /// <summary>The database every world begins with.</summary>
    public string Database => Path.Combine(Folder, "base.db");

    /// <summary>A folder that lies in memory where the system has one.</summary>
    private static string Memory => Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();

    /// <summary>Makes the base in a database that is empty.</summary>
    public void Make(Dialect dialect)
    {
        var store = new LedgerStore(dialect) { KeptKeys = new SimulatedKeys() };
        store.Migrate();
        store.Create(LedgerHeadRow.Before(Ledger, "PSIM", rehearsal: 0));
        var adapters = OutsideAdapters.None with
        {
            Catalogue = OutsideAdapters.None.Catalogue.With("simulation", new SimulatedLine.Registration((_, t) => t)),
        };
        var work = new Composition(store, new FixedMoment(Made), adapters);
        Done(work, new Command("ledger.open", ("epoch", "PSIM"), ("rehearsal", 0)));
        AdoptAll(work);
        foreach (var person in SimulatedPeople.All)
        {
            if (SimulatedPeople.All.Take(2).Contains(person)) Done(work, person.Enrolment());
            else foreach (var decider in SimulatedPeople.All.Take(2)) Done(work, decider, person.Enrolment());
        }
        Register(work);
    }

    /// <summary>The database in the file all worlds copy.</summary>
    public void MakeFile()
    {
        var dialect = new SqliteDialect(Database);
        Make(dialect);
        using var connection = (Microsoft.Data.Sqlite.SqliteConnection)dialect.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        command.ExecuteNonQuery();
        Microsoft.Data.Sqlite.SqliteConnection.ClearPool(connection);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private void MakeKeys()
    {
        // Of the kind that signs fastest: envelopes are no matter of the simulation. "next": what takes their place one
        // day.
        foreach (var profile in SimulatedSites.Profiles)
            foreach (var whose in new[] { "ours-", "bank-", "next-ours-", "next-bank-" })
                MakeKey(whose + profile);
        Security.LogKey.Ensure(Path.Combine(Keys, "log.key.pem"));
    }

    private void MakeKey(string name) => SampleKeys.Ensure(Keys, name, SampleKeyKind.EcdsaP256,
        Instant.FromUtc(2025, 1, 1, 0, 0), Instant.FromUtc(2030, 1, 1, 0, 0));

    private void AdoptAll(Composition work)
    {
        void Adopt(string kind, string name, byte[] bytes) => Done(work,
            new Command("ledger.adopt", ("kind", kind), ("name", name)).With(new InputDocument(kind, bytes)));
        var rules = Shipped.Folder("rules");
        Adopt(Engine.Audit.Adopt.Calendar, "cn", File.ReadAllBytes(Path.Combine(rules, "calendar-cn.txt")));
        Adopt(Engine.Audit.Adopt.Rules, Engine.Arrears.RulePack.Name,
            File.ReadAllBytes(Path.Combine(rules, "warnings-guizhou.json")));
        Adopt(Engine.Audit.Adopt.Profile, SimulatedSites.Profiles[0], Profile("icbc-bxt", SimulatedSites.Profiles[0]));
        Adopt(Engine.Audit.Adopt.Profile, SimulatedSites.Profiles[1],
            Profile("iso20022-pain", SimulatedSites.Profiles[1]));
        foreach (var profile in SimulatedSites.Profiles)
            Adopt(BankReceive.Certificate, profile, File.ReadAllBytes(Path.Combine(Keys, $"bank-{profile}.pem")));
    }

    /// <summary>A shipped profile under another name, that goes by the simulated line and signs with CMS.</summary>
    private static byte[] Profile(string shipped, string name)
    {
        var profile = JsonNode.Parse(File.ReadAllText(Path.Combine(Shipped.Folder("profiles"), shipped + ".json")))!;
        profile["id"] = name;
        profile["envelope"] = new JsonObject
        {
            ["kind"] = CmsEnvelope.Kind,
            ["ourKey"] = $"ours-{name}",
            ["bankCertificate"] = $"bank-{name}",
        };
        profile["transport"]!["kind"] = SimulatedLine.Kind;
        profile["transport"]!.AsObject().Remove("also");
        return Encoding.UTF8.GetBytes(profile.ToJsonString());
    }

    private static void Register(Composition work)
    {
        var (clerk, administrator) = (SimulatedPeople.All[0], SimulatedPeople.All[1]);
        Outcome Import(string verb, string input, string name, string text) => Done(work, clerk,
            new Command(verb, ("file", name))
                .With(new InputDocument(input, Encoding.UTF8.GetBytes(text), Personal: true)));
        Import("project.register", ProjectRegister.Input, "projects.csv", SimulatedSites.ProjectsCsv());
        var roster = (ImportResult)Import("roster.import", RosterImport.Input, "roster.csv",
            SimulatedSites.RosterCsv()).Result!;
        Done(work, administrator, new Command("payee.approve", ("document", roster.Document)));
        Import("terms.import", TermsImport.Input, "terms.csv", SimulatedSites.TermsCsv());
    }

    private static Outcome Done(Composition work, DemoPerson person, Command command) =>
        Done(work, person.Sign(Ledger, command));

    private static Outcome Done(Composition work, Command command)
    {
        var decision = work.Runner.Run(Ledger, command);
        return decision.Accepted ? decision.Value : throw new DefectException($"simulation: {command.Verb} refused: "
            + string.Join("; ", decision.Findings.Select(f => $"{f.Rule.Code} {f.At} {f.Text(chinese: false)}")));
    }
}

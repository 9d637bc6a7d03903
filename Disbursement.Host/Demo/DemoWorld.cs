using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Jobs;
using Disbursement.Host.Returns;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Demo;

/// <summary>The demo's ledger, people, banks and clock, and the few acts its steps are told in.</summary>
public sealed class DemoWorld
{
    /// <summary>The ledger of the demo: 贵阳.</summary>
    public const long Guiyang = 520100;

    public static readonly IReadOnlyList<string> Profiles = ["icbc-bxt", "cmb-ntagcsal", "iso20022-pain"];

    private readonly FixedMoment _moment = new(Instant.FromUtc(2026, 2, 2, 0, 0));
    private readonly MessageTaking _messages;
    private readonly Pump _pump;

    public DemoWorld(DemoFolder folder, LedgerStore store, long ledger = Guiyang)
    {
        Ledger = ledger;
        Folder = folder;
        Composition = new Composition(store, _moment);
        Settings = new Settings(folder.Exchange, folder.Keys, folder.Journal);
        People = new DemoPeople(folder);
        Banks = Profiles.ToDictionary(p => p, p => new SandboxProcess(folder, p));
        _messages = new MessageTaking(store, Settings, Composition.Runner, Composition.Runner.Stage);
        _pump = new Pump(Composition, Settings);
    }

    public long Ledger { get; }
    public DemoFolder Folder { get; }
    public Composition Composition { get; }
    public Settings Settings { get; }
    public DemoPeople People { get; }
    public IReadOnlyDictionary<string, SandboxProcess> Banks { get; }

    /// <summary>The moment the demo has come to, as a day in China.</summary>
    public LocalDate Today => _moment.At.InZone(DecisionContext.China).Date;

    /// <summary>Moves the clock to a local time; the ledger itself never runs backwards.</summary>
    public void Clock(LocalDateTime local) => _moment.At = local.InZoneStrictly(DecisionContext.China).ToInstant();

    /// <summary>Keys of both sides of each exchange, made at the first run, valid through 2028.</summary>
    public void MakeKeys()
    {
        var (from, to) = (Instant.FromUtc(2025, 12, 31, 16, 0), Instant.FromUtc(2028, 12, 31, 16, 0));
        foreach (var (name, kind) in new[]
        {
            ("ours-icbc-bxt", SampleKeyKind.Sm2), ("bank-icbc-bxt", SampleKeyKind.Sm2),
            ("ours-cmb-ntagcsal", SampleKeyKind.Sm2), ("bank-cmb-ntagcsal", SampleKeyKind.Sm2),
            ("ours-iso20022-pain", SampleKeyKind.Rsa3072), ("bank-iso20022-pain", SampleKeyKind.EcdsaP256),
        })
            SampleKeys.Ensure(Folder.Keys, name, kind, from, to);
    }

    /// <summary>
    /// Decides a command signed by a person. A refusal ends the demo: its script holds only lawful acts.
    /// </summary>
    public Outcome Done(DemoPerson person, Command command) => Accepted(command, Decide(person, command));

    /// <summary>Makes a signed command ready without the lock.</summary>
    public StagedCommand Stage(DemoPerson person, Command command) =>
        Composition.Runner.Stage(Ledger, person.Sign(Ledger, command));

    /// <summary>Decides what was staged.</summary>
    public Outcome Done(StagedCommand staged) => Accepted(staged.Command, Composition.Runner.Run(Ledger, staged));

    public Decision<Outcome> Decide(DemoPerson person, Command command) =>
        Composition.Runner.Run(Ledger, person.Sign(Ledger, command));

    public Outcome Unsigned(Command command) => Accepted(command, Composition.Runner.Run(Ledger, command));

    /// <summary>Every pump until nothing is left to do.</summary>
    public void Tick()
    {
        _pump.UntilIdle(Ledger);
        if (Files(FileState.Sending, FileState.Unknown).Count > 0) LookForLost();
    }

    /// <summary>
    /// A run before this one died with a file on its way. Once its lease is out the bank is asked; of a file it does
    /// not have it writes so, two people decide by that letter, and the file goes again. One it has, it will answer.
    /// </summary>
    private void LookForLost()
    {
        // A run that died in here has set the ledger's time ahead: its lease ends later than the clock tells.
        foreach (var file in Files(FileState.Sending))
            if (file.LeaseUntil is { } until && until > _moment.At) _moment.At = until;
        _pump.UntilIdle(Ledger);
        foreach (var file in Files(FileState.Unknown))
        {
            if (File.Exists(Path.Combine(Folder.Exchange, file.Profile, "to-bank", file.Name))) continue;
            var letter = new InputDocument(FileResolve.Evidence,
                Encoding.UTF8.GetBytes($"样例银行 SAMPLE BANK: {file.Name} 未收到 not received"), Personal: true);
            var absent = new Command("file.resolve", ("file", file.File), ("outcome", "absent")).With(letter);
            foreach (var person in new[] { People.Treasurer, People.Supervisor }) Done(person, absent);
        }
        _pump.UntilIdle(Ledger);
    }

    private List<DisbursementFileRow> Files(params IReadOnlyList<FileState> states) =>
        Ask(view => states.SelectMany(s => view.List<DisbursementFileRow>(("state", s))).ToList());

    /// <summary>Every pump once.</summary>
    public void TickOnce() => _pump.Tick(Ledger);

    /// <summary>Takes what the banks sent.</summary>
    public void Receive() => _messages.FromBanks(Ledger, only: null);

    /// <summary>Every bank takes our files and answers; we take the answers.</summary>
    public void Exchange()
    {
        foreach (var bank in Banks.Values) bank.TakeFiles(Today);
        Receive();
    }

    /// <summary>Every bank closes its day: late returns and statements; we take them.</summary>
    public void BankDayEnds()
    {
        foreach (var bank in Banks.Values) bank.EndDay(Today);
        Receive();
    }

    /// <summary>Reads the ledger as it stands.</summary>
    public T Ask<T>(Func<LedgerView, T> question)
    {
        using var view = Composition.Store.Read(Ledger);
        return question(view);
    }

    private static Outcome Accepted(Command command, Decision<Outcome> decision)
    {
        if (decision.Accepted) return decision.Value;
        throw new DefectException($"demo: {command.Verb} was refused: "
            + string.Join("; ", decision.Findings.Select(f =>
                $"{f.Rule.Code} {f.At.File} {f.At.Row} {f.Text(chinese: false)}")));
    }
}

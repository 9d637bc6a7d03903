using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Adapters;
using Disbursement.Host.Files;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using NodaTime;
using NodaTime.Text;
using Command = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>The database or the adapters may not be used as they are: findings are printed, exit status 3.</summary>
public sealed class StartRefusedException(IReadOnlyList<Finding> findings)
    : Exception("the database is not at or beyond its anchor, or adapters do not hold")
{
    public IReadOnlyList<Finding> Findings => findings;
}

/// <summary>One invocation: its database, ledger, person and language, and the way answers are printed.</summary>
public sealed class Session
{
    private readonly ParseResult _parse;
    private Composition? _composition;
    private OutsideAdapters? _adapters;
    private Dialect? _dialect;
    private Instant? _deciding;

    public Session(ParseResult parse)
    {
        _parse = parse;
        Output = Output.Of(parse);
        (parse.RootCommandResult.Command as Invocation)?.Begun.Add(this);
    }

    public Output Output { get; }

    /// <summary>Whether a person signs this run.</summary>
    public bool Signs => _parse.GetValue(GlobalOptions.As) is not null;

    /// <summary>False for verbs that work on a database behind its anchor: recovery, and the audit's own.</summary>
    public bool Anchored { get; init; } = true;

    /// <summary>True for init alone: every other verb works on what is there, and makes nothing.</summary>
    public bool Creates { get; init; }

    /// <summary>The database as it stands, neither migrated nor held against its anchor.</summary>
    public Dialect Dialect => _dialect ??= Named();

    /// <summary>The database as it may be shown; null while none was named.</summary>
    public string? Place { get; private set; }

    public LogFiles LogFiles =>
        new(Dialect, _parse.GetValue(GlobalOptions.LogKey)?.FullName, _parse.GetValue(GlobalOptions.Anchor)?.FullName,
            Named(GlobalOptions.Keys));
    public LedgerStore Store => Composition.Store;

    /// <summary>Folders and files outside the database.</summary>
    public Settings Settings => SettingsOf(Store.Dialect);

    /// <summary>The same for verbs that need no database: it is not opened.</summary>
    public Settings SettingsAlone => SettingsOf(Dialect.Parse(_parse.GetValue(GlobalOptions.Database)!));

    /// <summary>Adapters and profiles from outside. Where they do not hold, nothing starts.</summary>
    public OutsideAdapters Adapters => _adapters ??= ReadAdapters();
    public Composition Composition => _composition ??= Compose();

    /// <summary>
    /// The end of the run: signs the head of each ledger that it moved on and moves the anchors. Nothing where it
    /// committed nothing.
    /// </summary>
    public IReadOnlyList<Finding> MoveAnchors() =>
        _composition is null ? [] : [.. Store.Advanced.SelectMany(LogFiles.Advance)];

    /// <summary>Tells where the send journal would come back together with the database.</summary>
    public void NearJournal()
    {
        if (JournalPlace.Warning(Dialect, Settings.Journal) is { } near) Output.Findings([near]);
    }

    /// <summary>What the send journal says against this database: it is of an older backup; or null.</summary>
    public Finding? Behind() => Recovery.Behind(Store, new SendJournal(Settings.Journal));

    /// <summary>The ledger of --ledger, or the only one there is.</summary>
    public long Ledger()
    {
        var ledgers = Store.Ledgers();
        var head = RegionOption() is { } region
            ? ledgers.FirstOrDefault(l => l.Ledger == region) ?? throw Usage.NoSuchLedger(region)
            : ledgers.Count switch
            {
                1 => ledgers[0],
                0 => throw Usage.NoLedger,
                _ => throw Usage.SeveralLedgers,
            };
        if (head.Rehearsal == 0) NoMoment();
        return head.Ledger;
    }

    /// <summary>Refuses --at: time is played with in rehearsal ledgers only.</summary>
    public void NoMoment()
    {
        if (_parse.GetValue(GlobalOptions.At) is not null)
            throw Usage.RehearsalOnly;
    }

    /// <summary>
    /// The moment a decision would be taken at now: the ledger's last moment where the clock or --at stands before it,
    /// since time never runs backwards within a ledger. That it is so is told, once.
    /// </summary>
    public Instant Deciding(long ledger)
    {
        var asked = Composition.Clock.Read();
        if (_deciding is not null) return Instant.Max(asked, _deciding.Value);
        _deciding = LastAt(ledger);
        if (asked < _deciding) Output.DecidedLater(asked, _deciding.Value);
        return Instant.Max(asked, _deciding.Value);
    }

    /// <summary>
    /// The moment that answers age by: the same, without a word, since nothing is decided.
    /// </summary>
    public Instant Now(long ledger) => Instant.Max(Composition.Clock.Read(), LastAt(ledger));

    /// <summary>Tells of a rehearsal whose time stands days behind the clock that nobody set with --at.</summary>
    public void AgedBy(long ledger)
    {
        var (head, now) = (Store.Ledgers().First(l => l.Ledger == ledger), Now(ledger));
        if (head.Rehearsal == 0 || _parse.GetValue(GlobalOptions.At) is not null
            || now - head.LastAt < Duration.FromDays(1)) return;
        var (at, last) = (TimeText.Moment.Format(now), TimeText.Moment.Format(head.LastAt));
        Console.Error.WriteLine(Output.Text($"按 {at} 计算时长; 此演练账本的最后时刻是 {last}: 用 --at 另定时刻",
            $"aged as of {at}; this rehearsal ledger's last moment is {last}: --at ages by another"));
    }

    private Instant LastAt(long ledger) => Store.Ledgers().First(l => l.Ledger == ledger).LastAt;

    /// <summary>The ledger of --ledger, or null.</summary>
    public long? RegionOption()
    {
        if (_parse.GetValue(GlobalOptions.Ledger) is not { } text) return null;
        return Region.TryLedger(text, out var region)
            ? long.Parse(region.Code, System.Globalization.CultureInfo.InvariantCulture)
            : throw Usage.NoRegion(text);
    }

    /// <summary>
    /// Runs a command, signed where --as and --key are given; refusals are printed and give the exit status.
    /// </summary>
    public int Run(Command command, Func<Outcome, int> done) => Run(Ledger(), command, done);

    public int Run(long ledger, Command command, Func<Outcome, int> done)
    {
        var decision = Decide(ledger, command);
        if (!decision.Accepted) return Output.Refused(decision.Findings);
        Output.Findings(decision.Findings);
        if (decision.Value.Result is Engine.People.TwoPeople.Pending pending)
        {
            Output.Print(new
            {
                pending = true,
                proposal = pending.Proposal,
                subject =
                pending.Subject,
                first = pending.FirstPerson
            },
                $"{Output.Text("等待另一人办理", "waiting for another person")}: {pending.Subject}");
            return ExitStatus.Done;
        }
        return done(decision.Value);
    }

    public Decision<Outcome> Decide(long ledger, Command command)
    {
        Deciding(ledger);
        return Composition.Runner.Run(ledger, Signed(ledger, command));
    }

    /// <summary>Makes a command ready, signed where a person was named.</summary>
    public StagedCommand Stage(long ledger, Command command)
    {
        Deciding(ledger);
        return Composition.Runner.Stage(ledger, Signed(ledger, command));
    }

    private Command Signed(long ledger, Command command)
    {
        if (_parse.GetValue(GlobalOptions.As) is not { } person) return command;
        var key = _parse.GetValue(GlobalOptions.Key) ?? throw Usage.AsNeedsKey;
        if (!key.Exists) throw Usage.NoFile(key, "--key ");
        var text = Encoding.UTF8.GetBytes(Approval.Text(ledger, command, person));
        return command.With(Approval.Document(ledger, command, person, SignatureOf(key, text)));
    }

    private static string SignatureOf(FileInfo key, byte[] text)
    {
        try
        {
            return ApprovalSignature.Sign(File.ReadAllText(key.FullName), text).Base64;
        }
        catch (Exception unusable) when (unusable is ArgumentException or CryptographicException or FormatException)
        {
            throw Usage.NoPrivateKey(key);
        }
    }

    private Settings SettingsOf(Dialect dialect) => Places(dialect) with { Adapters = Adapters };

    private Settings Places(Dialect dialect) => Settings.Beside(dialect, Named(GlobalOptions.Exchange),
        Named(GlobalOptions.Keys), Named(GlobalOptions.Journal), Named(GlobalOptions.Links));

    /// <summary>A path as it was written, or null.</summary>
    private string? Named<T>(GlobalOption<T> path) where T : FileSystemInfo? => _parse.GetValue(path)?.ToString();

    private OutsideAdapters ReadAdapters()
    {
        var named = _parse.GetValue(GlobalOptions.Adapters);
        if (named is { Exists: false }) throw Usage.NoFile(named, "--adapters ");
        var path = named?.FullName ?? Places(Dialect.Parse(_parse.GetValue(GlobalOptions.Database)!)).AdaptersFile;
        if (!File.Exists(path)) return OutsideAdapters.None;
        var read = OutsideAdapters.Read(path);
        return read.Accepted ? read.Value : throw new StartRefusedException(read.Findings);
    }

    private Dialect Named()
    {
        var named = _parse.GetValue(GlobalOptions.Database)!;
        var dialect = Dialect.Parse(named);
        Place = Shown(dialect);
        return Creates || dialect.HoldsLedgers() ? dialect : throw Usage.NoDatabase(Shown(dialect));
    }

    /// <summary>A connection may hold a password: only its database is named.</summary>
    private static string Shown(Dialect dialect) => dialect is PostgresDialect postgres
        ? $"postgres:…{new Npgsql.NpgsqlConnectionStringBuilder(postgres.OwnerConnection).Database}"
        : $"sqlite:{((SqliteDialect)dialect).Path}";

    private Composition Compose()
    {
        IMoment clock = Moment() is { } moment ? new FixedMoment(moment) : new MachineClock(Dialect);
        var store = new LedgerStore(Dialect) { BeforeFirstWrite = HeldSchema };
        if (Creates) store.Migrate();
        else if (Migrations.Pending(Dialect))
            throw Usage.OlderSchema;
        var found = LogFiles.CheckAnchors().ToLookup(f => f.Rule.Severity == Severity.Refusal);
        if (Anchored && found[true].Any()) throw new StartRefusedException([.. found[true]]);
        Output.Findings([.. found[false]]);
        return new Composition(store, clock, Adapters);
    }

    /// <summary>Before the first write: a law that is missing refuses it, whatever was to be written.</summary>
    private void HeldSchema()
    {
        if (SchemaCheck.Altered(Dialect) is [_, ..] altered) throw new StartRefusedException(altered);
    }

    /// <summary>The moment of --at, which only a rehearsal ledger takes.</summary>
    private Instant? Moment()
    {
        if (_parse.GetValue(GlobalOptions.At) is not { } at) return null;
        var moment = InstantPattern.ExtendedIso.Parse(at);
        return moment.Success ? moment.Value
            : throw Usage.NoInstant(at);
    }
}

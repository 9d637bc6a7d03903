using System.CommandLine;
using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using NodaTime;
using NodaTime.Text;
using Command = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>Wrong usage: said on standard error, exit status 2.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>The database may not be used as it is: findings are printed, exit status 3.</summary>
public sealed class StartRefusedException(IReadOnlyList<Finding> findings)
    : Exception("the database is not at or beyond its anchor")
{
    public IReadOnlyList<Finding> Findings => findings;
}

/// <summary>One invocation: its database, ledger, person and language, and the way answers are printed.</summary>
public sealed class Session
{
    private readonly ParseResult _parse;
    private Composition? _composition;
    private Dialect? _dialect;

    public Session(ParseResult parse)
    {
        _parse = parse;
        Output = new Output(parse.GetValue(GlobalOptions.Json), parse.GetValue(GlobalOptions.Language) == "zh");
    }

    public Output Output { get; }

    /// <summary>False for verbs that work on a database behind its anchor: recovery, and the audit's own.</summary>
    public bool Anchored { get; init; } = true;

    /// <summary>The database as it stands, neither migrated nor held against its anchor.</summary>
    public Dialect Dialect => _dialect ??= Dialect.Parse(_parse.GetValue(GlobalOptions.Database)!);

    public LogFiles LogFiles =>
        new(Dialect, _parse.GetValue(GlobalOptions.LogKey)?.FullName, _parse.GetValue(GlobalOptions.Anchor)?.FullName);
    public LedgerStore Store => Composition.Store;

    /// <summary>Folders and files outside the database.</summary>
    public Settings Settings => Settings.Beside(Store.Dialect, _parse.GetValue(GlobalOptions.Exchange),
        _parse.GetValue(GlobalOptions.Keys), _parse.GetValue(GlobalOptions.Journal));
    public Composition Composition => _composition ??= Compose();

    /// <summary>The ledger of --ledger, or the only one there is.</summary>
    public long Ledger()
    {
        if (RegionOption() is { } region) return region;
        var ledgers = Store.Ledgers();
        return ledgers.Count switch
        {
            1 => ledgers[0].Ledger,
            0 => throw new UsageException("no ledger here yet: run init --ledger REGION"),
            _ => throw new UsageException("several ledgers here: name one with --ledger"),
        };
    }

    /// <summary>The ledger of --ledger, or null.</summary>
    public long? RegionOption()
    {
        if (_parse.GetValue(GlobalOptions.Ledger) is not { } text) return null;
        return Region.TryParse(text, out var region)
            ? long.Parse(region.Code, System.Globalization.CultureInfo.InvariantCulture)
            : throw new UsageException($"--ledger {text}: no region of that code or name");
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

    public Decision<Outcome> Decide(long ledger, Command command) =>
        Composition.Runner.Run(ledger, Signed(ledger, command));

    private Command Signed(long ledger, Command command)
    {
        if (_parse.GetValue(GlobalOptions.As) is not { } person) return command;
        var key = _parse.GetValue(GlobalOptions.Key) ?? throw new UsageException("--as needs --key FILE");
        if (!key.Exists) throw new UsageException($"--key {key}: no such file");
        var text = Encoding.UTF8.GetBytes(Approval.Text(ledger, command, person));
        var signature = ApprovalSignature.Sign(File.ReadAllText(key.FullName), text);
        return command.With(Approval.Document(ledger, command, person, signature.Base64));
    }

    private Composition Compose()
    {
        var store = new LedgerStore(Dialect);
        store.Migrate();
        if (Anchored && LogFiles.CheckAnchors() is [_, ..] refused) throw new StartRefusedException(refused);
        if (_parse.GetValue(GlobalOptions.At) is not { } at) return new Composition(store, new MachineClock());
        var moment = InstantPattern.ExtendedIso.Parse(at);
        if (!moment.Success) throw new UsageException($"--at {at}: give an instant such as 2026-02-13T01:00:00Z");
        if (store.Ledgers().Any(l => l.Rehearsal == 0))
            throw new UsageException("--at works in rehearsal ledgers only");
        return new Composition(store, new FixedMoment(moment.Value));
    }
}

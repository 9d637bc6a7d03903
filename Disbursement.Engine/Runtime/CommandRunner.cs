using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Runtime;

/// <summary>What a command came to: the leaf it wrote (0 for a repeat) and what the caller is told.</summary>
public sealed record Outcome(long Leaf, bool Repeat, object? Result);

/// <summary>A command made ready without the lock: inputs sealed, sheets parsed, messages decoded.</summary>
public sealed record StagedCommand(ICommandHandler Handler, Command Command, IReadOnlyList<StoredDocument> Inputs,
    object? Prepared);

/// <summary>
/// Runs one command: seal its inputs, lock the ledger, read time once, verify who asks, decide, and commit rows,
/// documents and leaf together — or nothing. A replay runs the very same steps with the moment and documents of a leaf.
/// </summary>
public sealed class CommandRunner(
    ILedgerStore store, IMoment clock, HandlerCatalogue handlers, ISignatureCheck signatures)
{
    public Decision<Outcome> Run(long ledger, Command command) => Run(ledger, Stage(ledger, command));

    /// <summary>
    /// The part of a command that needs no lock. It changes nothing, so that it may go on beside another decision.
    /// </summary>
    public StagedCommand Stage(long ledger, Command command) =>
        Stage(ledger, handlers.Newest(command.Verb), command);

    private StagedCommand Stage(long ledger, ICommandHandler handler, Command command)
    {
        var inputs = store.Prepare(ledger, command.Inputs);
        var prepared = handler.Prepare(command);
        if (handler is not IStagedHandler staged) return new StagedCommand(handler, command, inputs, prepared);
        using var reading = store.Read(ledger);
        return new StagedCommand(handler, command, inputs, staged.Stage(reading, command, prepared));
    }

    /// <summary>Takes the lock and decides what was staged.</summary>
    public Decision<Outcome> Run(long ledger, StagedCommand staged)
    {
        using var session = store.Begin(ledger);
        var read = clock.Read();
        // Decision time never runs backwards within a ledger, whatever the clock does.
        var at = Instant.Max(Microseconds(read), session.Head.LastAt);
        return Decide(session, staged, at);
    }

    /// <summary>
    /// Decides again what a leaf records, at its moment and by its version. The store must give the keys the documents
    /// were sealed with: then they come out under the digests that the leaf names.
    /// </summary>
    public Decision<Outcome> Replay(long ledger, Command command, int version, Instant at)
    {
        var staged = Stage(ledger, handlers.Of(command.Verb, version), command);
        using var session = store.Begin(ledger);
        return Decide(session, staged, at);
    }

    private Decision<Outcome> Decide(ILedgerSession session, StagedCommand staged, Instant at)
    {
        var (head, handler, command) = (session.Head, staged.Handler, staged.Command);
        var inputs = session.Settle(staged.Inputs);
        var context = new DecisionContext(head, at, command, session, inputs) { Prepared = staged.Prepared };
        if (command.Inputs.Any(d => d.Kind == Approval.Kind))
        {
            var approved = Approval.Verify(context, signatures);
            if (!approved.Accepted) return Decision<Outcome>.Refuse(approved.Findings);
            context.Actor = approved.Value;
        }
        var decision = handler.Decide(context);
        if (!decision.Accepted) return Decision<Outcome>.Refuse(decision.Findings);
        var changes = decision.Value;
        if (changes.Repeat) return Decision<Outcome>.Accept(new Outcome(0, true, changes.Result), decision.Findings);
        foreach (var input in inputs) changes.Store(input);
        var n = head.Leaves + 1;
        var leaf = LeafOf(handler, context, changes, session.Digest(changes.Sets), n);
        var bytes = leaf.Format();
        var hash = Leaf.HashOf(bytes);
        Invariant.Holds(Frontier.TryParse(head.Frontier, out var frontier), "the ledger's frontier does not parse");
        frontier.Append(hash);
        session.Commit(changes,
            new LogLeafRow { Ledger = head.Ledger, N = n, LeafHash = hash.ToArray(), Leaf = bytes },
            head with
            {
                Version = head.Version + 1,
                LastAt = at,
                Leaves = n,
                Frontier = frontier.Format(),
                Counters = context.CountersText,
            });
        return Decision<Outcome>.Accept(new Outcome(n, false, changes.Result), decision.Findings);
    }

    private static Leaf LeafOf(
        ICommandHandler handler, DecisionContext context, Changes changes, IReadOnlyList<LeafRows> rows, long n) =>
        new(context.Ledger.ToString(System.Globalization.CultureInfo.InvariantCulture), n, context.At,
            $"{handler.Verb}/{handler.Version}")
        {
            Arguments = [.. context.Command.Arguments.Select(a => new LeafArgument(a.Key, a.Value))],
            Inputs = [.. context.Inputs.Select(Named)],
            Outputs = [.. changes.Documents.Where(d => d.Output).Select(Named)],
            Rows = rows,
            Counts = [.. changes.Counts.Select(c => new LeafCount(c.Name, c.Value))],
        };

    private static LeafDocument Named(StoredDocument document)
    {
        Invariant.Holds(Hash256.TryParseHex(document.Row.Digest, out var digest), "a document's digest is hex");
        return new(document.Row.Kind, digest);
    }

    // PostgreSQL keeps microseconds: what is compared later is cut now.
    private static Instant Microseconds(Instant moment) =>
        Instant.FromUnixTimeTicks(moment.ToUnixTimeTicks() / 10 * 10);
}

/// <summary>Every verb with every version still replayed.</summary>
public sealed class HandlerCatalogue(IEnumerable<ICommandHandler> handlers)
{
    private readonly Dictionary<(string Verb, int Version), ICommandHandler> _handlers =
        handlers.ToDictionary(h => (h.Verb, h.Version));

    public ICommandHandler Newest(string verb) => _handlers.Values.Where(h => h.Verb == verb).MaxBy(h => h.Version)
        ?? throw new DefectException($"no handler for {verb}");

    public ICommandHandler Of(string verb, int version) => _handlers.GetValueOrDefault((verb, version))
        ?? throw new DefectException($"no handler for {verb}/{version}");

    public IEnumerable<string> Verbs => _handlers.Keys.Select(k => k.Verb).Distinct().Order(StringComparer.Ordinal);
}

using Disbursement.Engine.Accounts;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Feeds;
using Disbursement.Host.Files;
using Disbursement.Host.Returns;

namespace Disbursement.Host.Jobs;

/// <summary>One act of a pump: what it ran on what, whether anything changed, and what a person should know.</summary>
public sealed record PumpStep(string Verb, long Subject, bool Changed, IReadOnlyList<Finding> Findings);

/// <summary>
/// Everything that goes by itself, each once: fund, build, seal, send files and cards, expire leases, sweep, feed. It
/// only says "now": no rule depends on when or how often it runs, and a run with nothing to do changes nothing.
/// </summary>
public sealed class Pump(Composition composition, Settings settings)
{
    /// <summary>A run until idle that does not come to rest is a defect.</summary>
    private const int MostRounds = 1000;

    private readonly FileSealing _sealing = new(composition, settings);
    private readonly FileSending _sending = new(composition, Journal(settings),
        profile => BankLinks.Of(settings, profile));
    private readonly RecallSending _recalls = new(composition, settings, Journal(settings),
        profile => BankLinks.Of(settings, profile));
    private readonly CardDelivery _cards = new(composition, settings, Journal(settings));
    private readonly HashSet<long> _sent = [];
    private readonly HashSet<string> _recalled = [];
    private readonly HashSet<long> _told = [];

    /// <summary>Runs every pump once.</summary>
    public IReadOnlyList<PumpStep> Tick(long ledger)
    {
        _sent.Clear();
        _recalled.Clear();
        _told.Clear();
        return Round(ledger);
    }

    /// <summary>Runs every pump until nothing changes. A file goes to the bank at most once in a run.</summary>
    public IReadOnlyList<PumpStep> UntilIdle(long ledger)
    {
        _sent.Clear();
        _recalled.Clear();
        _told.Clear();
        var steps = new List<PumpStep>();
        for (var round = 0; round < MostRounds; round++)
        {
            var taken = Round(ledger);
            if (!taken.Any(s => s.Changed)) return round == 0 ? taken : steps;
            steps.AddRange(taken.Where(s => s.Changed || s.Findings.Count > 0));
        }
        throw new DefectException($"the pumps do not come to rest in {MostRounds} rounds");
    }

    private List<PumpStep> Round(long ledger)
    {
        // Of a database known to be old nothing is planned, made, sent or escalated: recover comes first.
        if (_sending.Behind() is { } behind) return [new PumpStep("file.send", 0, false, [behind])];
        var steps = new List<PumpStep>
        {
            // First: what a restore forgot and the journal knows must not go out again.
            Step("restore.match", 0, composition.Runner.Run(ledger, new Command("restore.match"))),
        };
        Words(ledger, steps);
        // What two people want stopped is asked for before anything more goes out.
        var wanted = _recalls.Outstanding(ledger).Where(r => _recalled.Add(r.Reference)).ToList();
        if (wanted.Count > 0 && _sending.Lost(ledger) is { } gone)
            steps.Add(new PumpStep("file.recall", 0, false, [gone]));
        else foreach (var recall in wanted) steps.Add(Step("file.recall", recall.File, _recalls.Send(ledger, recall)));
        foreach (var release in Releases(ledger, ReleaseState.Short, ReleaseState.Planned)
            .OrderBy(r => r.SendBy).ThenBy(r => r.Release))
            steps.Add(Step("release.fund", release.Release, Run(ledger, "release.fund", "release", release.Release)));
        foreach (var release in Releases(ledger, ReleaseState.Funded))
            steps.Add(Step("file.build", release.Release, Run(ledger, "file.build", "release", release.Release)));
        foreach (var (file, prepared) in Ahead.Of(Files(ledger, FileState.Built),
            f => _sealing.SealCommand(ledger, f.File), settings.InTurn))
            steps.Add(Step("file.seal", file.File, _sealing.Seal(ledger, prepared)));
        var ready = Files(ledger, FileState.Sealed).Where(f => _sent.Add(f.File)).ToList();
        // Batches of cards take their numbers from the files', so that one set knows both.
        var cards = Cards(ledger).Where(b => _sent.Add(b.Batch)).ToList();
        // Said once, not of every file; what is owed is escalated all the same.
        if (ready.Count + cards.Count > 0 && _sending.Lost(ledger) is { } lost)
            steps.Add(new PumpStep(ready.Count > 0 ? "file.send" : "card.send", 0, false, [lost]));
        else
        {
            foreach (var (file, load) in Ahead.Of(ready, f => _sending.Load(ledger, f.File), settings.InTurn))
                steps.Add(Step("file.send", file.File, _sending.Send(ledger, file.File, load)));
            // After the wages: no card is worth their cut-off.
            foreach (var batch in cards)
                steps.Add(Step("card.send", batch.Batch, _cards.Deliver(ledger, batch.Batch)));
        }
        var now = composition.Clock.Read();
        foreach (var file in Files(ledger, FileState.Sending))
            if (file.LeaseUntil <= now)
                steps.Add(Step("file.expire-lease", file.File, Run(ledger, "file.expire-lease", "file", file.File)));
        foreach (var batch in Batches(ledger, FileState.Sending))
            if (batch.LeaseUntil <= now)
                steps.Add(Step("card.expire-lease", batch.Batch,
                    Run(ledger, "card.expire-lease", "batch", batch.Batch)));
        foreach (var sweep in composition.Sweeps)
            steps.Add(Step(sweep, 0, composition.Runner.Run(ledger, new Command(sweep))));
        Feed(ledger, steps);
        return steps;
    }

    /// <summary>After a restore: messages that told of files the journal has listed since, and words on rows that have
    /// their payment since. One that still waits is no news.</summary>
    private void Words(long ledger, List<PumpStep> steps)
    {
        using (var view = composition.Store.Read(ledger))
            if (view.Count<JournalledSendRow>() == 0
                || view.Count<MessageProgressRow>(("state", MessageState.Received))
                + view.Count<MessageProgressRow>(("state", MessageState.Applying)) == 0) return;
        var taken = new MessageTaking(composition.Store, settings, composition.Runner, composition.Runner.Stage)
            .Waiting(ledger);
        steps.AddRange(taken.Applied.Where(a => a.Lines > 0 || a.Exceptions.Count > 0)
            .Select(a => new PumpStep("bank.apply", a.Message, true, [])));
    }

    /// <summary>Last of all: whom the records of this run go to is told of them, and no wage waits for it.</summary>
    private void Feed(long ledger, List<PumpStep> steps)
    {
        using (var view = composition.Store.Read(ledger))
            if (view.Count<FeedSubscriberRow>(("state", SubscriberState.Active)) == 0) return;
        steps.AddRange(new FeedCutting(composition, settings).Cut(ledger));
        using var post = new FeedPost();
        steps.AddRange(new FeedSending(composition, post.Call).Send(ledger, _told));
    }

    private Decision<Outcome> Run(long ledger, string verb, string noun, long id) =>
        composition.Runner.Run(ledger, new Command(verb, (noun, id)));

    /// <summary>A release in allotment may have moved on by the time its turn comes: that refusal is no news.</summary>
    private static PumpStep Step(string verb, long subject, Decision<Outcome> decision) => new(verb, subject,
        decision.Accepted && !decision.Value.Repeat,
        [.. decision.Findings.Where(f => f.Rule != MachineRules.NoArrow)]);

    private static SendJournal Journal(Settings settings) => settings.InTurn
        ? new SendJournal(settings.Journal) { Patience = TimeSpan.Zero } : new SendJournal(settings.Journal);

    private List<ReleaseRow> Releases(long ledger, params ReleaseState[] states)
    {
        using var view = composition.Store.Read(ledger);
        return [.. states.SelectMany(s => view.List<ReleaseRow>(("state", s)))];
    }

    private IReadOnlyList<CardBatchRow> Cards(long ledger) =>
        [.. Batches(ledger, FileState.Built), .. Batches(ledger, FileState.Sealed)];

    private IReadOnlyList<CardBatchRow> Batches(long ledger, FileState state)
    {
        using var view = composition.Store.Read(ledger);
        return view.List<CardBatchRow>(("state", state));
    }

    private IReadOnlyList<DisbursementFileRow> Files(long ledger, FileState state)
    {
        using var view = composition.Store.Read(ledger);
        return view.List<DisbursementFileRow>(("state", state));
    }
}

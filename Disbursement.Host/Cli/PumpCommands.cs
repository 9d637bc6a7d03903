using System.CommandLine;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Host.Jobs;
using Disbursement.Host.Returns;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>tick: what goes by itself.</summary>
public static class PumpCommands
{
    public static Command Tick()
    {
        var untilIdle = new Option<bool>("--until-idle") { Description = "直到无事可做 / until nothing is left to do" };
        var tick = new Command("tick", "运行所有自动步骤一次 / run every pump and sweep once") { untilIdle };
        tick.SetAction(parse =>
        {
            var session = new Session(parse);
            var pump = new Pump(session.Composition, session.Settings);
            var ledger = session.Ledger();
            session.Deciding(ledger);
            var steps = parse.GetValue(untilIdle) ? pump.UntilIdle(ledger) : pump.Tick(ledger);
            if (steps.Any(s => s.Verb is "file.send" or "card.send")) session.NearJournal();
            foreach (var step in steps) session.Output.Findings(step.Findings);
            // Told at each tick and once per tick, however many rounds it takes.
            var keys = KeyExpiry.Of(session.Composition, session.Settings, ledger);
            session.Output.Findings(keys);
            Print(session, steps, keys, Open(session, ledger));
            return Ended(steps);
        });
        return tick;
    }

    private static void Print(Session session, IReadOnlyList<PumpStep> steps, IReadOnlyList<Finding> keys, int open)
    {
        var done = steps.Where(s => s.Changed && Unfinished(s) is null).Select(s => new { s.Verb, s.Subject }).ToList();
        var unfinished = steps.Where(s => Unfinished(s) is not null)
            .Select(s => new { s.Verb, s.Subject, Unfinished(s)!.Code }).ToList();
        var words = done.Select(d => Step(d.Verb, d.Subject)).Concat(unfinished.Select(u =>
            session.Output.Text("未办成: ", "unfinished: ") + $"{Step(u.Verb, u.Subject)} ({u.Code})")).ToList();
        if (HeldBack(steps))
            words.Add(session.Output.Text("什么都没有做: 未预留、未制作、未封签、未发送、未催办",
                "nothing was done: no money set aside, no file built, sealed or sent, nothing escalated"));
        else if (words.Count == 0) words.Add(session.Output.Text("无事可做", "nothing to do"));
        if (open > 0)
            words.Add(session.Output.Text($"待办 {open} 项, 见 exception list",
                $"{open} open on the worklist: see exception list"));
        var findings = steps.SelectMany(s => s.Findings).Concat(keys).Select(Output.Plain);
        session.Output.Print(new { done, unfinished, open, findings }, string.Join('\n', words));
    }

    private static string Step(string verb, long subject) => subject > 0 ? $"{verb} {subject}" : verb;

    /// <summary>A step that a rule refuses stays undone: a tick that met one is not a clean one.</summary>
    private static int Ended(IReadOnlyList<PumpStep> steps)
    {
        // The whole of it, by one rule: as of every other verb.
        if (HeldBack(steps)) return ExitStatus.Refused;
        var met = steps.Select(Unfinished).OfType<RefusalRule>().ToList();
        if (met.Any(r => r.Severity == Severity.Refusal)) return ExitStatus.FoundWrong;
        return met.Count > 0 ? ExitStatus.WorldFailed : ExitStatus.Done;
    }

    private static bool HeldBack(IReadOnlyList<PumpStep> steps) =>
        !steps.Any(s => s.Changed) && steps.Any(s => s.Findings.Any(f => f.Rule == RestoreRules.JournalAhead));

    /// <summary>
    /// What kept a step from its end: a rule refused it, or, as of file send, the world did not take what was to go
    /// out, or nobody knows whether it did. Null of one that is done.
    /// </summary>
    private static RefusalRule? Unfinished(PumpStep step) => step.Findings.Select(f => f.Rule)
        .FirstOrDefault(r => r.Severity == Severity.Refusal || r == FileRules.NotSent || r == FileRules.AnswerLost
            || r == FileRules.TurnedAway || r == FileRules.NameTaken);

    /// <summary>What waits for people after all that goes by itself.</summary>
    private static int Open(Session session, long ledger)
    {
        using var view = session.Store.Read(ledger);
        return new Worklist(view, session.Now(ledger)).Open().Count;
    }
}

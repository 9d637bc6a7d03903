using System.CommandLine;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
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
            var done = steps.Where(s => s.Changed).Select(s => new { s.Verb, s.Subject }).ToList();
            var open = Open(session, ledger);
            session.Output.Print(
                new { done, open, findings = steps.SelectMany(s => s.Findings).Concat(keys).Select(Output.Plain) },
                (done.Count == 0
                    ? session.Output.Text("无事可做", "nothing to do")
                    : string.Join('\n', done.Select(d => d.Subject > 0 ? $"{d.Verb} {d.Subject}" : d.Verb)))
                + (open == 0 ? "" : session.Output.Text($"\n待办 {open} 项, 见 exception list",
                    $"\n{open} open on the worklist: see exception list")));
            // A step that a rule refuses stays undone: a tick that met one is not a clean one.
            var found = steps.SelectMany(s => s.Findings).ToList();
            if (found.Any(f => f.Rule.Severity == Severity.Refusal)) return ExitStatus.FoundWrong;
            // As of file send: the world did not take what was to go out.
            return found.Any(f => f.Rule == FileRules.NotSent || f.Rule == FileRules.AnswerLost
                || f.Rule == FileRules.TurnedAway) ? ExitStatus.WorldFailed : ExitStatus.Done;
        });
        return tick;
    }

    /// <summary>What waits for people after all that goes by itself.</summary>
    private static int Open(Session session, long ledger)
    {
        using var view = session.Store.Read(ledger);
        return new Worklist(view, session.Now(ledger)).Open().Count;
    }
}

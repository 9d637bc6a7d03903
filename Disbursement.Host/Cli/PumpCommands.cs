using System.CommandLine;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Files;
using Disbursement.Host.Jobs;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>tick and recover: what goes by itself, and what is looked at after a restore.</summary>
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
            foreach (var step in steps) session.Output.Findings(step.Findings);
            var done = steps.Where(s => s.Changed).Select(s => new { s.Verb, s.Subject }).ToList();
            session.Output.Print(new { done, findings = steps.SelectMany(s => s.Findings).Select(Output.Plain) },
                done.Count == 0
                    ? session.Output.Text("无事可做", "nothing to do")
                    : string.Join('\n', done.Select(d => d.Subject > 0 ? $"{d.Verb} {d.Subject}" : d.Verb)));
            // A step that a rule refuses stays undone: a tick that met one is not a clean one.
            return steps.Any(s => s.Findings.Any(f => f.Rule.Severity == Severity.Refusal))
                ? ExitStatus.FoundWrong
                : ExitStatus.Done;
        });
        return tick;
    }

    /// <summary>
    /// With --journal: lists what went to a bank and is unknown here. Nothing is to be sent before that list is empty.
    /// </summary>
    public static Command Recover()
    {
        var recover = new Command("recover", "从备份恢复后, 用发送日志核对 / check a restored database against the send journal");
        recover.SetAction(parse =>
        {
            var session = new Session(parse);
            var journal = new SendJournal(session.Settings.Journal);
            if (!File.Exists(journal.Path)) throw new UsageException($"--journal {journal.Path}: no such file");
            var found = Recovery.Compare(session.Composition, journal);
            session.Output.Print(found, string.Join('\n',
            [
                $"{session.Output.Text("已核对", "known")} {found.Known}, "
                + $"{session.Output.Text("残缺记录 (未发送)", "torn records (not sent)")} {found.Torn}",
                .. found.Unknown.Select(s =>
                    $"{session.Output.Text("本库未知", "unknown here")} {s.Reference}: "
                        + $"{s.Lines} × {s.TotalFen} fen, {s.Digest[..16]}…"),
            ]));
            return found.Unknown.Count == 0 && found.Torn == 0 ? ExitStatus.Done : ExitStatus.FoundWrong;
        });
        return recover;
    }
}

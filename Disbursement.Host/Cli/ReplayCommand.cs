using System.CommandLine;
using System.Globalization;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Cli;

/// <summary>
/// warning replay: what a pack would have raised over the ledger's past, beside what was raised. Writes nothing.
/// </summary>
internal static class ReplayCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("PACK") { Description = "规则包文件 / the pack's file" };
        var from = new Option<string?>("--from") { Description = "首日, 缺省为账本首日 / first day, 2026-01-01" };
        var to = new Option<string?>("--to") { Description = "末日, 缺省为账本末日 / last day, 2026-01-31" };
        var replay = new Command("replay",
            "按此规则包过去会有哪些预警, 不写入账本 / what this pack would have raised; writes nothing") { file, from, to };
        replay.SetAction(parse =>
        {
            var session = new Session(parse);
            var given = parse.GetValue(file)!;
            if (!given.Exists) throw Usage.NoFile(given);
            var (first, last) = (Day("--from", parse.GetValue(from)), Day("--to", parse.GetValue(to)));
            if (last < first) throw Usage.DaysTurned;
            var ledger = session.Ledger();
            var pack = RulePackForm.Read(given.Name, File.ReadAllBytes(given.FullName));
            if (!pack.Accepted) return session.Output.Refused(pack.Findings);
            return Run(session, ledger, pack.Value, first, last);
        });
        return replay;
    }

    private static int Run(Session session, long ledger, RulePack pack, LocalDate? from, LocalDate? to)
    {
        using var folder = new TemporaryFolder();
        using var source = new LogSource(session.Dialect);
        var replay = new PackReplay(source, new SqliteDialect(folder.File("replayed.db")), pack,
            session.Adapters.Catalogue);
        var findings = replay.Run(ledger, from, to).ToList();
        // Half a past is none: what was found up to there could be taken for the whole.
        if (findings.Exists(f => f.Rule.Severity == Severity.Refusal)) return session.Output.Refused(findings);
        using var view = session.Store.Read(ledger);
        findings.AddRange(Otherwise(replay, ledger, view.List<WarningRow>()));
        var known = RulePack.InForce(view, view.Vault, ledger, ChinaTime.DayOf(session.Now(ledger)));
        Show(session.Output, pack, replay, known.Accepted && known.Value.Digest == pack.Digest, findings);
        return findings.Exists(f => f.Rule.Severity == Severity.Refusal) ? ExitStatus.FoundWrong : ExitStatus.Done;
    }

    /// <summary>
    /// Where the pack was the ledger's own, it must find what the sweep raised; and the warnings of the table must be
    /// those that the log comes to, unless days after the replayed ones moved them on.
    /// </summary>
    private static IEnumerable<Finding> Otherwise(PackReplay replay, long ledger, IReadOnlyList<WarningRow> live)
    {
        foreach (var d in replay.Differences.Where(d => d.InForce))
            yield return Differs(d.Rule, d.Subject, TimeText.Date.Format(d.Day), Word(d.Found), Word(d.Raised));
        var again = replay.Standing(ledger).ToDictionary(w => w.Warning);
        var end = ChinaTime.At(replay.To.PlusDays(1), LocalTime.Midnight);
        foreach (var row in live.Where(w => w.RaisedAt < end || again.ContainsKey(w.Warning)))
            if (!again.Remove(row.Warning, out var made) || made.RaisedAt != row.RaisedAt || made.Subject != row.Subject
                || made.Rule != row.Rule
                || (made.Version == row.Version ? made.Level != row.Level : replay.Whole))
                yield return Differs(row.Rule, row.Subject, TimeText.Date.Format(ChinaTime.DayOf(row.RaisedAt)),
                    Word(made?.Level), Word(row.Level));
        foreach (var lost in again.Values)
            yield return Differs(lost.Rule, lost.Subject, TimeText.Date.Format(ChinaTime.DayOf(lost.RaisedAt)),
                Word(lost.Level), Word(null));
    }

    private static Finding Differs(string rule, string subject, string day, string found, string raised) =>
        new(ArrearsRules.ReplayDiffers, Place.Of("warning", subject), day, $"{rule} {subject}", found, raised);

    private static string Word(WarningLevel? level) =>
        level is { } known ? Bilingual.Of(Terms.Cell(known, chinese: true), $"{known}") : Bilingual.Of("没有", "none");

    private static void Show(Output output, RulePack pack, PackReplay replay, bool inForce,
        IReadOnlyList<Finding> findings)
    {
        var rows = replay.Warnings.Select(w => new
        {
            w.Rule,
            w.Subject,
            found = Days(w.Found),
            raised = Days(w.Raised),
        }).ToList();
        var unraised = pack.Rules.Where(r => !r.Evaluated)
            .Select(r => new { r.Code, r.Name, rule = output.Text(r.Zh, r.En) }).ToList();
        if (output.Json)
        {
            output.Print(new
            {
                pack = pack.Id,
                pack.Version,
                pack.Region,
                in_force = inForce,
                from = replay.From,
                to = replay.To,
                sweeps = replay.Sweeps,
                sweeps_by_this_pack = replay.SweepsInForce,
                days_without_calendar = replay.BlindDays,
                warnings = rows,
                at_sweeps = replay.Differences,
                not_replayed = unraised,
                findings = findings.Select(Output.Plain),
            }, "");
            return;
        }
        output.Findings(findings);
        output.Table(rows, ("rule", r => r.Rule), ("subject", r => r.Subject),
            ("first day", r => r.found?.First), ("level", r => r.found?.Level), ("days y/o/r", r => r.found?.Words),
            ("raised", r => r.raised?.First), ("its level", r => r.raised?.Level),
            ("its days y/o/r", r => r.raised?.Words));
        Words(output, pack, replay, inForce, [.. unraised.Select(r => r.Code)]);
    }

    private static void Words(Output output, RulePack pack, PackReplay replay, bool inForce, string[] unraised)
    {
        string Text(FormattableString zh, FormattableString en) =>
            output.Text(zh.ToString(CultureInfo.InvariantCulture), en.ToString(CultureInfo.InvariantCulture));
        var (from, to) = (TimeText.Date.Format(replay.From), TimeText.Date.Format(replay.To));
        var (all, own) = (replay.Sweeps, replay.SweepsInForce);
        var standing = inForce ? output.Text("现行", "in force") : output.Text("非现行", "not in force");
        Console.Out.WriteLine(Text(
            $"{pack.Id} {pack.Version} ({standing}): {from} 至 {to}, 逐日; 清查 {all} 次, 其中按此规则包 {own} 次",
            $"{pack.Id} {pack.Version} ({standing}): {from} to {to}, day by day; {all} sweeps, {own} by this pack"));
        var differing = replay.Differences.Count;
        Console.Out.WriteLine(differing == 0
            ? output.Text("各次清查时所得与实际预警相同", "at the sweeps it finds what was raised")
            : Text($"各次清查时有 {differing} 处与实际预警不同",
                $"at the sweeps it differs from what was raised in {differing} places"));
        if (replay.BlindDays > 0)
            Console.Out.WriteLine(Text($"{replay.BlindDays} 天账本无日历, 未核算",
                $"{replay.BlindDays} days not looked at: no calendar"));
        if (unraised.Length > 0)
            Console.Out.WriteLine(output.Text("未重演 (程序不核算): ", "not replayed, since the program does not raise them: ")
                + string.Join(' ', unraised));
    }

    private static DaysShown? Days(WarningDays? days) => days is null ? null : new DaysShown(days.First, days.Highest,
        days.At(WarningLevel.Yellow), days.At(WarningLevel.Orange), days.At(WarningLevel.Red),
        days.Reached(WarningLevel.Orange), days.Reached(WarningLevel.Red));

    private static LocalDate? Day(string option, string? text) =>
        text is null ? null
        : TimeText.Date.Parse(text) is { Success: true } day ? day.Value
        : throw Usage.NoDay(option, text);

    /// <param name="First">First day; with the highest level and the days at each.</param>
    /// <param name="OrangeOn">First day at orange or above.</param>
    private sealed record DaysShown(LocalDate First, WarningLevel Level, int Yellow, int Orange, int Red,
        LocalDate? OrangeOn, LocalDate? RedOn)
    {
        [System.Text.Json.Serialization.JsonIgnore]
        public string Words => string.Create(CultureInfo.InvariantCulture, $"{Yellow}/{Orange}/{Red}");
    }
}

using System.CommandLine;
using System.Text.Json.Serialization;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Host.Files;
using Disbursement.Host.Returns;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>recover and recover resolve: what is done after a restore from an older backup.</summary>
public static class RecoverCommands
{
    /// <summary>
    /// With --journal: locks what went to a bank and is unknown here, and lists what is open, what the bank's word
    /// holds up, and what two people hold. Status 1 while anything of the first two is.
    /// </summary>
    public static Command Create()
    {
        var recover = new Command("recover",
            "从备份恢复后, 按发送日志锁定未知文件并列出未结项 / after a restore: lock what the send journal knows, list what is open")
        {
            Resolve(), Dismiss(), Lost(),
        };
        recover.SetAction(parse =>
        {
            var session = new Session(parse) { Anchored = false };
            var journal = new SendJournal(session.Settings.Journal);
            if (!File.Exists(journal.Path))
                return Recovery.Absent(session.Store, journal) is { } absent ? session.Output.Refused([absent])
                    : throw Usage.NoFile(journal.Path, "--journal ");
            var found = Recovery.Compare(session.Composition, journal);
            if (found.Foreign.Count > 0)
                return session.Output.Refused([.. found.Foreign.Select(l => RestoreRules.Unread(journal.Path, l))]);
            var ledgers = session.RegionOption() is { } one ? [one] : session.Store.Ledgers().Select(l => l.Ledger);
            var reports = new List<LedgerReport>();
            var notes = new List<Finding>();
            foreach (var ledger in ledgers.ToList())
            {
                if (Recovered(session, ledger, found, notes) is [_, ..] refused) return session.Output.Refused(refused);
                reports.Add(Report(session, ledger));
            }
            if (Recovery.Lost(session.Store, journal) is { } gone) notes.Add(gone);
            session.Output.Findings(notes);
            Print(session.Output, found, reports);
            // A torn record was never sent, if a crash tore it; whether one did, a person must look.
            return reports.TrueForAll(r => r.IsClear) && notes.Count == 0 && found.Torn == 0
                ? ExitStatus.Done : ExitStatus.FoundWrong;
        });
        return recover;
    }

    /// <summary>Findings that refuse; a note where the anchor waits for a supervisor's signature.</summary>
    private static IReadOnlyList<Finding> Recovered(
        Session session, long ledger, Recovery.Found found, List<Finding> notes)
    {
        byte[]? lost;
        using (var log = new LiveLog(session.Store.Dialect, ledger)) lost = Recovery.LostAnchor(session.LogFiles, log);
        var signs = session.Signs;
        var done = Recovery.Run(session.Composition, ledger, found, signs ? lost : null,
            command => session.Decide(ledger, command));
        if (!done.Accepted) return done.Findings;
        if (lost is null) return [];
        if (signs)
        {
            var passed = Recovery.PassAnchor(session.Composition, session.LogFiles, ledger);
            return passed.Accepted ? [] : passed.Findings;
        }
        var path = session.LogFiles.AnchorPath(ledger);
        notes.Add(new Finding(RestoreRules.AnchorStays, Place.Of("--anchor", path), path));
        return [];
    }

    private static LedgerReport Report(Session session, long ledger)
    {
        using var view = session.Store.Read(ledger);
        var restores = view.List<LedgerRestoreRow>();
        var sends = view.Queries.WaitingLines().Where(l => l.Held == 1).DistinctBy(l => (l.Send, l.Line))
            .GroupBy(l => (l.Send, IsDenied: l.Denied == 1));
        var held = sends.Select(s => new HeldLines(s.Key.Send, view.Find<JournalledSendRow>(("send", s.Key.Send))!
            .Reference, s.Count(), s.Sum(l => l.AmountFen), s.Key.IsDenied)).ToList();
        var ahead = new ExceptionAnswers(view).Of(RestoreLock.Ahead(view));
        return new LedgerReport(ledger, restores.Count == 0 ? null : restores[^1].Epoch, view.Queries.OpenSends(),
            ahead, held, view.Queries.StayingFiles());
    }

    private static void Print(Output output, Recovery.Found found, IReadOnlyList<LedgerReport> reports)
    {
        var lines = new List<string>
        {
            $"{output.Text("已核对", "known")} {found.Known}, {output.Text("新列入", "newly listed")} "
            + $"{found.Unknown.Count + found.Recalls.Count + found.Cards.Count}, "
            + $"{output.Text("残缺记录 (未发送)", "torn records (not sent)")} {found.Torn}",
        };
        foreach (var open in reports.SelectMany(r => r.Open))
            lines.Add($"{output.Text("未结", "open")} {open.Send}: {open.Reference} "
                + $"{open.State ?? NotMade(output, open)}, {open.Lines} × = "
                + $"{new Money(open.TotalFen).ToYuan()}"
                + (open.LinesWaiting > 0
                    ? $", {open.LinesWaiting} {output.Text("行无对应工资", "lines without their wage here")}" : ""));
        lines.AddRange(reports.SelectMany(r => r.Staying).Select(f => StayingFiles.Said(output, f)));
        // No money hangs on them, so that they hold nothing up; whose cards they were, only the bank may still know.
        foreach (var cards in found.Cards)
            lines.Add($"{output.Text("开卡批次", "card applications")} {cards.Reference}, {cards.Lines}: "
                + output.Text("已发出, 见 card list; 不在其中的, 再次申请前先问银行",
                    "went out, see card list; where it is not there, ask the bank before you apply again"));
        lines.AddRange(reports.SelectMany(r => r.Ahead).Select(x => Said(output, x)));
        lines.AddRange(reports.SelectMany(r => r.Held).Select(h => Said(output, h)));
        if (reports.All(r => r.IsClear))
            lines.Add(output.Text("没有未结项, 可以发送", "nothing is open: files may be sent"));
        output.Print(new
        {
            found.Known,
            listed = found.Unknown.Select(s => new { s.Ledger, s.Reference, s.Lines, s.TotalFen, s.Digest }),
            recalls = found.Recalls.Select(r => new { r.Ledger, r.Reference, r.Rows, r.Digest }),
            cards = found.Cards.Select(c => new { c.Ledger, c.Reference, c.Lines, c.Digest }),
            found.Torn,
            ledgers = reports,
        }, string.Join('\n', lines));
    }

    /// <summary>Why the file is not here yet, and what would make it.</summary>
    private static string NotMade(Output output, OpenSend open) =>
        open.ProjectProfile is not { } here
            ? output.Text($"账户未知 (项目 {open.Project} 尚未录入, 请重新录入)",
                $"account unknown (project {open.Project} is not known here: import it again)")
        : here == open.Profile ? output.Text("尚未匹配", "not matched yet")
        : output.Text($"账户不符 (文件经 {open.Profile} 发出, 此处项目 {open.Project} 的专户在 {here}; 由两人凭证了结各行)",
            $"account unknown (it went out by {open.Profile}, and project {open.Project} has its account at {here} "
                + "here: two people settle its lines)");

    private static string Yuan(HeldLines held) => new Money(held.AmountFen).ToYuan();

    private static string Said(Output output, HeldLines held) => held.Denied
        ? output.Text($"锁定 {held.Send}: {held.Reference}, {held.Lines} 行, {Yuan(held)} 元: 两人曾定为未付, 银行其后所言不同, "
                + "见 exception list",
            $"locked {held.Send}: {held.Reference}, {held.Lines} lines, {Yuan(held)} yuan: two people called them "
                + "absent and the bank says otherwise, see exception list")
        : output.Text($"扣住 {held.Send}: {held.Reference}, {held.Lines} 行, {Yuan(held)} 元, 由两人扣住: "
                + $"其工资仍锁定, 不会再付; 重新录入工资后自行匹配, 银行书面证明未付的执行 recover resolve {held.Send} absent",
            $"held {held.Send}: {held.Reference}, {held.Lines} lines, {Yuan(held)} yuan, held by two people: "
                + "their wages stay locked and are not paid again; they match once their payroll is entered again, and "
                + $"where the bank's letter says they were never paid: recover resolve {held.Send} absent");

    private static string Said(Output output, ExceptionAnswer ahead) =>
        $"{output.Text("异常", "exception")} {ahead.Exception} {ahead.Kind}: {ahead.Said(output)}\n  → "
        + output.Text($"在此之前不发送任何文件; 查明并非旧备份的, 由两人凭证执行 recover dismiss {ahead.Exception}",
            "nothing is sent before it is known; where it is proved to be no older backup, two people with a "
            + $"document: recover dismiss {ahead.Exception}");

    private static Command Resolve()
    {
        var id = new Argument<long>("item") { Description = "清单项 / item of the list" };
        var outcome = new Argument<string>("outcome") { Description = "held 或 absent / held or absent" };
        outcome.AcceptOnlyFromAmong("held", "absent");
        var document = new Option<FileInfo>("--document")
        {
            Required = true,
            Description = "银行凭证 / the bank's document",
        };
        var resolve = new Command("resolve",
            "由两人凭证了结找不到工资的行 / two people settle lines that match no wage here") { id, outcome, document };
        resolve.SetAction(parse =>
        {
            var session = new Session(parse);
            var evidence = parse.GetValue(document)!;
            if (!evidence.Exists) throw Usage.NoFile(evidence, "--document ");
            var command = new EngineCommand("restore.resolve", ("send", parse.GetValue(id)),
                ("outcome", parse.GetValue(outcome)!))
                .With(new InputDocument(RestoreResolve.Evidence, File.ReadAllBytes(evidence.FullName), Personal: true));
            return session.Run(command, decided =>
            {
                var send = (JournalledSendRow)decided.Result!;
                session.Output.Print(send, $"{send.Send} {send.Reference}: {parse.GetValue(outcome)}");
                return ExitStatus.Done;
            });
        });
        return resolve;
    }

    private static Command Dismiss()
    {
        var id = new Argument<long>("exception") { Description = "异常编号 / exception" };
        var document = new Option<FileInfo>("--document") { Required = true, Description = "凭证 / the document" };
        var dismiss = new Command("dismiss", "两人凭证确认银行所说的文件不是旧备份的迹象, 恢复发送 / two people with a document: "
            + "a file the bank speaks of is no sign of an older backup") { id, document };
        dismiss.SetAction(parse =>
        {
            var session = new Session(parse);
            var evidence = parse.GetValue(document)!;
            if (!evidence.Exists) throw Usage.NoFile(evidence, "--document ");
            var command = new EngineCommand(RestoreDismiss.Name, ("exception", parse.GetValue(id)))
                .With(new InputDocument(RestoreResolve.Evidence, File.ReadAllBytes(evidence.FullName), Personal: true));
            return session.Run(command, decided =>
            {
                var row = (BankExceptionRow)decided.Result!;
                session.Output.Print(row, $"{row.Exception} {row.Kind} {row.Detail}");
                return ExitStatus.Done;
            });
        });
        return dismiss;
    }

    private static Command Lost()
    {
        var document = new Option<FileInfo>("--document")
        {
            Required = true,
            Description = "与银行核对已发文件的凭证 / the document of going through the files with the banks",
        };
        var lost = new Command("lost",
            "两人凭证声明发送日志已丢失, 另起日志 / two people declare the send journal lost: another is begun") { document };
        lost.SetAction(parse =>
        {
            var session = new Session(parse);
            var journal = new SendJournal(session.Settings.Journal);
            if (journal.Length > 0)
                return session.Output.Refused(
                    [new Finding(RestoreRules.NothingLost, Place.Of("--journal", journal.Path))]);
            var evidence = parse.GetValue(document)!;
            if (!evidence.Exists) throw Usage.NoFile(evidence, "--document ");
            var command = new EngineCommand(RestoreLost.Name)
                .With(new InputDocument(RestoreResolve.Evidence, File.ReadAllBytes(evidence.FullName), Personal: true));
            return session.Run(command, decided =>
            {
                session.Output.Print(new { files_sent = (long)decided.Result!, repeat = decided.Repeat },
                    session.Output.Text($"已声明丢失: 此前发出 {decided.Result} 个文件, 下次发送另起日志",
                        $"declared lost after {decided.Result} files sent: the next sending begins another"));
                return ExitStatus.Done;
            });
        });
        return lost;
    }

    /// <param name="Open">Journalled files that hold up every sending.</param>
    /// <param name="Ahead">What the bank knows of and the journal does not: the same.</param>
    /// <param name="Held">Lines that two people hold: other files go, these wages do not.</param>
    /// <param name="Staying">Files made here that go no more, because of a journalled one.</param>
    private sealed record LedgerReport(long Ledger, string? Epoch, IReadOnlyList<OpenSend> Open,
        IReadOnlyList<ExceptionAnswer> Ahead, IReadOnlyList<HeldLines> Held, IReadOnlyList<StayingFile> Staying)
    {
        [JsonIgnore]
        public bool IsClear => Open.Count == 0 && Ahead.Count == 0;
    }

    /// <param name="Denied">Called absent by two people, and locked by what the bank said since.</param>
    private sealed record HeldLines(long Send, string Reference, int Lines, long AmountFen, bool Denied);
}

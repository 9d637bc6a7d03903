using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Host.Returns;
using Disbursement.Host.Storage;
using NodaTime;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>file list, show, send, query, recall, resolve and withdraw.</summary>
public static class FileCommands
{
    public static Command Create() => new("file", "代发文件 / disbursement files")
    {
        List(), Show(), Send(), Query(), FileRecallCommand.Create(), FileResolveCommand.Create(), Withdraw(),
    };

    /// <summary>
    /// Seals and sends what a release's files still need. A file that became Unknown is exit status 4.
    /// </summary>
    public static int SendAll(Session session, long ledger, long release) =>
        Answered(session, [.. FilesOf(session, ledger, release).Where(f => f.State != FileState.Withdrawn)
            .Select(f => SendOne(session, ledger, f))]);

    /// <summary>One answer for all: the refusals where a file was refused, else the files as they stand now.</summary>
    private static int Answered(Session session, IReadOnlyList<Decision<DisbursementFileRow>> sent)
    {
        var after = sent.Where(s => s.Accepted).Select(s => s.Value).ToList();
        var refused = sent.Where(s => !s.Accepted).SelectMany(s => s.Findings).ToList();
        if (refused.Count > 0) return session.Output.Refused(refused);
        session.Output.Findings([.. sent.SelectMany(s => s.Findings)]);
        Print(session.Output, after);
        // Not Sealed again either: the transport proved that no byte left, so the outside world did not take it.
        return after.Any(f => f.State is FileState.Unknown or FileState.Sending or FileState.Sealed
            or FileState.Refused)
            ? ExitStatus.WorldFailed
            : ExitStatus.Done;
    }

    /// <summary>What was sent before is not sent twice: the file as it stands is the answer.</summary>
    private static Decision<DisbursementFileRow> SendOne(Session session, long ledger, DisbursementFileRow file)
    {
        session.Deciding(ledger);
        if (file.State == FileState.Withdrawn)
            return Decision<DisbursementFileRow>.Refuse(
                [Guard.WrongState("file", file.File, $"{file.State}", "file.send")]);
        if (file.State is not (FileState.Built or FileState.Sealed)) return Decision<DisbursementFileRow>.Accept(file);
        if (session.Behind() is { } behind) return Decision<DisbursementFileRow>.Refuse([behind]);
        if (file.State == FileState.Built)
        {
            var made = new FileSealing(session.Composition, session.Settings).Seal(ledger, file.File);
            if (!made.Accepted) return Decision<DisbursementFileRow>.Refuse(made.Findings);
        }
        var sending = new FileSending(session.Composition, new SendJournal(session.Settings.Journal),
            profile => BankLinks.Of(session.Settings, profile)).Send(ledger, file.File);
        return sending.Accepted
            ? Decision<DisbursementFileRow>.Accept((DisbursementFileRow)sending.Value.Result!, sending.Findings)
            : Decision<DisbursementFileRow>.Refuse(sending.Findings);
    }

    private static Command Send() => ById("send", "发送文件 / seal and send a file", (session, file) =>
        Answered(session, [SendOne(session, session.Ledger(), file)]));

    private static Command List()
    {
        var list = new Command("list", "列出文件 / list the files");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var at = session.Now(session.Ledger());
            Print(session.Output, view.List<DisbursementFileRow>(), at);
            if (session.Output.Json) return ExitStatus.Done;
            foreach (var staying in view.Queries.StayingFiles())
                Console.Out.WriteLine("  → " + StayingFiles.Said(session.Output, staying));
            foreach (var (file, recall, _) in RecallTime.Overdue(view, at))
                Console.Out.WriteLine("  → " + session.Output.Text(
                    $"撤销 {recall.Row.Reference} 逾期未答复: 见 file show {file.File}",
                    $"recall {recall.Row.Reference} is overdue: see file show {file.File}"));
            return ExitStatus.Done;
        });
        return list;
    }

    private static Command Show() => ById("show", "显示一个文件 / show a file", (session, file) =>
    {
        var output = session.Output;
        using var view = session.Store.Read(session.Ledger());
        var rows = FileAnswer.Rows(view, file);
        var at = session.Now(session.Ledger());
        var recalls = RecallAnswer.Of(view, file, at);
        if (output.Json)
        {
            var shown = JsonSerializer.SerializeToNode(file, Output.Form)!.AsObject();
            shown["rows"] = JsonSerializer.SerializeToNode(rows, Output.Form);
            shown["recalls"] = JsonSerializer.SerializeToNode(recalls, Output.Form);
            output.Print(new JsonArray(shown), "");
            return ExitStatus.Done;
        }
        Print(output, [file], at);
        output.Print(rows, string.Join('\n', [$"{file.Reference}: {Terms.Of(file.State, output.Chinese)}",
            .. FileAnswer.Words(output, rows), .. RecallAnswer.Words(output, recalls)]));
        return ExitStatus.Done;
    });

    /// <summary>
    /// Asks whether the file stands there, and, where the bank takes questions, what became of it. The first decides
    /// nothing; the answer to the second is a message, taken here or by a later bank receive.
    /// </summary>
    private static Command Query() => ById("query", "查询银行一侧的文件 / ask the bank's side about the file",
        (session, file) =>
        {
            var ledger = session.Ledger();
            session.Deciding(ledger);
            BankProfile profile;
            using (var view = session.Store.Read(ledger)) profile = FileRows.Profile(view, file);
            var link = BankLinks.Of(session.Settings, profile);
            if (!link.Accepted) return session.Output.Refused(link.Findings);
            SendResult? asked = null;
            bool? holds;
            using (var open = link.Value as IDisposable)
            {
                holds = (link.Value as IQueryableTransport)?.Holds(file.Name);
                // Of a file that never left a bank can only say that it does not know it.
                var question = file.FirstSentAt is null ? null
                    : new FileAsking(session.Composition, session.Settings).Ask(ledger, file.File, link.Value);
                if (question is { Accepted: false }) return session.Output.Refused(question.Findings);
                asked = question?.Value;
            }
            var taken = asked is null ? null : new MessageTaking(session.Store, session.Settings,
                session.Composition.Runner, session.Stage).FromBanks(ledger, profile.Id);
            session.Output.Findings(taken?.Refused ?? []);
            session.Output.Print(new
            {
                file = file.File,
                file.Reference,
                file.State,
                holds,
                asked = asked?.Outcome,
                taken = taken?.Taken,
            }, $"{file.Reference} {session.Output.State(file.State)}: " + (holds switch
            {
                true => session.Output.Text("银行一侧有该文件", "it stands on the bank's side"),
                false => session.Output.Text("目前没有 (不能证明没有发出)",
                    "not there now (which does not prove that it never left)"),
                null => session.Output.Text("没有答复", "no answer"),
            }) + (asked is null ? "" : $"\n{session.Output.Text("查询", "question")} {asked.Outcome}, "
                    + $"{session.Output.Text("收到", "taken")} {taken!.Taken}"));
            return taken?.Refused.Count > 0 ? ExitStatus.Refused
                : holds is null && asked?.Outcome is not SendOutcome.Delivered ? ExitStatus.WorldFailed
                : taken?.Applied.Any(part => part.Exceptions.Count > 0) == true ? ExitStatus.FoundWrong
                : ExitStatus.Done;
        });

    private static Command Withdraw() =>
        ById("withdraw", "撤回未发送的文件 / withdraw a file that never left", (session, file) =>
        session.Run(new EngineCommand("file.withdraw", ("file", file.File)), outcome =>
        {
            Print(session.Output, [(DisbursementFileRow)outcome.Result!]);
            return ExitStatus.Done;
        }));

    private static IReadOnlyList<DisbursementFileRow> FilesOf(Session session, long ledger, long release)
    {
        using var view = session.Store.Read(ledger);
        return view.List<DisbursementFileRow>(("release", release));
    }

    /// <param name="at">Tells what is overdue at that moment; null tells no more than the rows.</param>
    internal static void Print(Output output, IReadOnlyList<DisbursementFileRow> files, Instant? at = null) =>
        output.Table(files,
        ("file", f => f.File), ("reference", f => f.Reference), ("state", f => f.State), ("release", f => f.Release),
        ("profile", f => f.Profile), ("lines", f => f.Lines), ("yuan", f => new Money(f.TotalFen).ToYuan()),
        ("open", f => f.LinesOpen), ("settled", f => f.LinesSettled), ("rejected", f => f.LinesRejected),
        ("returned", f => f.LinesReturned), ("answer by", f => f.AnswerBy is not { } by ? ""
            : TimeText.Moment.Format(by) + (by <= at && f.LinesOpen > 0 ? output.Text(" 逾期", " overdue") : "")));

    private static Command ById(string verb, string description, Func<Session, DisbursementFileRow, int> act)
    {
        var id = new Argument<long>("file") { Description = "文件编号 / file" };
        var command = new Command(verb, description) { id };
        command.SetAction(parse =>
        {
            var session = new Session(parse);
            DisbursementFileRow? file;
            using (var view = session.Store.Read(session.Ledger())) file = FileRows.Find(view, parse.GetValue(id));
            return file is not null ? act(session, file)
                : session.Output.Refused([Guard.NotFound("file", $"{parse.GetValue(id)}")]);
        });
        return command;
    }
}

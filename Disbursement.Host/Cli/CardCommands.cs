using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>card apply, send, list, show, withdraw and resolve: AnKang cards for workers without an account.</summary>
public static class CardCommands
{
    public static Command Create() => new("card", "批量开卡 (安康卡) / card applications")
    {
        Apply(), Send(), List(), Show(), Withdraw(), Resolve(),
    };

    private static Command Apply()
    {
        var project = new Option<string>("--project") { Required = true, Description = "项目编码 / project" };
        var apply = new Command("apply", "为项目上没有账户的工人申请开卡 / apply for cards for workers without an account")
        {
            project,
        };
        apply.SetAction(parse =>
        {
            var session = new Session(parse);
            return session.Run(new EngineCommand("card.apply", ("project", parse.GetValue(project)!)), outcome =>
            {
                Print(session.Output, (IReadOnlyList<CardBatchRow>)outcome.Result!);
                return ExitStatus.Done;
            });
        });
        return apply;
    }

    /// <summary>What was sent before is not sent twice: the batch as it stands is the answer.</summary>
    private static Command Send() => ById("send", "签名并发送开卡批次 / seal and send a batch", (session, ledger, batch) =>
    {
        session.Deciding(ledger);
        var sent = new CardDelivery(session.Composition, session.Settings, new SendJournal(session.Settings.Journal))
            .Deliver(ledger, batch.Batch);
        if (!sent.Accepted) return session.Output.Refused(sent.Findings);
        var after = (CardBatchRow)sent.Value.Result!;
        Print(session.Output, [after]);
        return after.State is FileState.Unknown or FileState.Sending or FileState.Sealed or FileState.Refused
            ? ExitStatus.WorldFailed : ExitStatus.Done;
    });

    private static Command List()
    {
        var list = new Command("list", "列出开卡批次 / list the batches");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            Print(session.Output, view.List<CardBatchRow>());
            return ExitStatus.Done;
        });
        return list;
    }

    /// <summary>Workers by number: names and accounts stand nowhere but in the sealed file.</summary>
    private static Command Show() => ById("show", "显示一个开卡批次 / show a batch", (session, ledger, batch) =>
    {
        var output = session.Output;
        using var view = session.Store.Read(ledger);
        var rows = view.Queries.CardLines(batch.Batch).Select(l => new
        {
            row = l.RowReference,
            worker = l.Worker,
            answer = l.Answered == 0 ? null : l.Issued is null ? "refused" : "issued",
            payee_version = l.Issued,
            reason = l.Reason,
        }).ToList();
        if (output.Json)
        {
            var shown = JsonSerializer.SerializeToNode(batch, Output.Form)!.AsObject();
            shown["rows"] = JsonSerializer.SerializeToNode(rows, Output.Form);
            output.Print(new JsonArray(shown), "");
            return ExitStatus.Done;
        }
        Print(output, [batch]);
        output.Table(rows, ("row", r => r.row), ("worker", r => r.worker), ("answer", r => r.answer switch
        {
            "issued" => output.Text("已开卡", "issued"),
            "refused" => output.Text("未开卡", "refused"),
            _ => output.Text("待答复", "waiting"),
        }), ("version", r => r.payee_version), ("reason", r => Terms.Reason(r.reason ?? "", output.Chinese)));
        return ExitStatus.Done;
    });

    private static Command Withdraw() => ById("withdraw", "撤回未发送的开卡批次 / withdraw a batch that never left",
        (session, _, batch) => session.Run(new EngineCommand("card.withdraw", ("batch", batch.Batch)), outcome =>
        {
            Print(session.Output, [(CardBatchRow)outcome.Result!]);
            return ExitStatus.Done;
        }));

    /// <summary>Two people, each by a run, say with the bank's document what became of an Unknown batch.</summary>
    private static Command Resolve()
    {
        var id = new Argument<long>("batch") { Description = "批次编号 / batch" };
        var arrived = new Option<bool>("--arrived") { Description = "银行已收到, 继续等待答复 / the bank has it: wait on" };
        var never = new Option<bool>("--never-arrived")
        {
            Description = "银行从未收到, 工人可再次申请 / the bank never got it: its workers can be applied for again",
        };
        var document = new Option<FileInfo>("--document")
        {
            Required = true,
            Description = "银行凭证 / the bank's document",
        };
        var resolve = new Command("resolve", "由两人凭银行凭证确定未知开卡批次的结果 / two people decide what became of "
            + "an unknown batch") { id, arrived, never, document };
        resolve.SetAction(parse =>
        {
            var session = new Session(parse);
            var evidence = parse.GetValue(document)!;
            if (parse.GetValue(arrived) == parse.GetValue(never)) throw Usage.CardResolveNeeds;
            if (!evidence.Exists) throw Usage.NoFile(evidence, "--document ");
            var command = new EngineCommand("card.resolve", ("batch", parse.GetValue(id)),
                ("outcome", parse.GetValue(arrived) ? CardResolve.Arrived : CardResolve.NeverArrived))
                .With(new InputDocument(CardResolve.Evidence, File.ReadAllBytes(evidence.FullName), Personal: true));
            return session.Run(command, outcome =>
            {
                Print(session.Output, [(CardBatchRow)outcome.Result!]);
                return ExitStatus.Done;
            });
        });
        return resolve;
    }

    private static void Print(Output output, IReadOnlyList<CardBatchRow> batches) => output.Table(batches,
        ("batch", b => b.Batch), ("reference", b => b.Reference), ("state", b => b.State),
        ("project", b => b.Project), ("profile", b => b.Profile), ("lines", b => b.Lines),
        ("open", b => b.LinesOpen), ("issued", b => b.LinesIssued), ("refused", b => b.LinesRefused));

    private static Command ById(string verb, string description, Func<Session, long, CardBatchRow, int> act)
    {
        var id = new Argument<long>("batch") { Description = "批次编号 / batch" };
        var command = new Command(verb, description) { id };
        command.SetAction(parse =>
        {
            var session = new Session(parse);
            var ledger = session.Ledger();
            CardBatchRow? batch;
            using (var view = session.Store.Read(ledger))
                batch = view.Find<CardBatchRow>(("batch", parse.GetValue(id)));
            return batch is not null ? act(session, ledger, batch)
                : session.Output.Refused([Guard.NotFound("card", $"{parse.GetValue(id)}")]);
        });
        return command;
    }
}

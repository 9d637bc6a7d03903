using System.CommandLine;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Host.Files;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>
/// file recall: two people, each by a run, have the bank asked not to pay a file, or rows of it, that it has. The
/// second run sends the request; status 4 where it did not arrive, and tick then sends the same bytes.
/// </summary>
internal static class FileRecallCommand
{
    private static readonly IReadOnlyDictionary<string, RecallReason> s_reasons = new Dictionary<string, RecallReason>
    {
        ["duplicate"] = RecallReason.Duplicate,
        ["wrong-amount"] = RecallReason.WrongAmount,
        ["wrong-account"] = RecallReason.WrongAccount,
        ["technical-problem"] = RecallReason.TechnicalProblem,
        ["requested-by-payer"] = RecallReason.RequestedByPayer,
        ["fraud"] = RecallReason.Fraud,
    };

    public static Command Create()
    {
        var id = new Argument<long>("file") { Description = "文件编号 / file" };
        var reason = new Option<string>("--reason")
        {
            Required = true,
            Description = $"原因 / why: {string.Join(", ", s_reasons.Keys)}",
        };
        reason.AcceptOnlyFromAmong([.. s_reasons.Keys]);
        var line = new Option<long[]>("--line")
        {
            AllowMultipleArgumentsPerToken = true,
            Description = "只撤销这些行 / these rows of the file only",
        };
        var recall = new Command("recall", "由两人请求银行撤销已发送的文件或若干行 / two people ask the bank not to pay a file it "
            + "has, or rows of it") { id, reason, line };
        recall.SetAction(parse =>
        {
            var session = new Session(parse);
            var ledger = session.Ledger();
            var rows = parse.GetValue(line) is [_, ..] some ? new RecalledRows([.. some.Distinct().Order()])
                : RecalledRows.All;
            return session.Run(ledger, new EngineCommand("file.recall", ("file", parse.GetValue(id)),
                ("reason", s_reasons[parse.GetValue(reason)!]), ("rows", rows)),
                decided => Sent(session, ledger, (RecallRow)decided.Result!));
        });
        return recall;
    }

    private static int Sent(Session session, long ledger, RecallRow recall)
    {
        session.NearJournal();
        var sending = new RecallSending(session.Composition, session.Settings,
            new SendJournal(session.Settings.Journal), profile => BankLinks.Of(session.Settings, profile))
            .Send(ledger, recall);
        if (!sending.Accepted) return session.Output.Refused(sending.Findings);
        var sent = (RecallSendingRow)sending.Value.Result!;
        session.Output.Print(new
        {
            recall.File,
            recall.Recall,
            recall.Reference,
            recall.Reason,
            recall.Rows,
            recall.Lines,
            recall.TotalFen,
            sent.Sending,
            sent.Result,
        }, Said(session.Output, recall, sent));
        return sent.Result == SendingResult.Delivered ? ExitStatus.Done : ExitStatus.WorldFailed;
    }

    private static string Said(Output output, RecallRow recall, RecallSendingRow sent)
    {
        var yuan = new Money(recall.TotalFen).ToYuan();
        return $"{recall.Reference} {Terms.Of(sent.Result, output.Chinese)}: "
            + output.Text($"撤销文件 {recall.File} 的 {recall.Lines} 笔, {yuan} 元; 以银行答复为准",
                $"file {recall.File}, {recall.Lines} lines, {yuan} yuan; what becomes of them is the bank's answer")
            + (sent.Result is SendingResult.NotSent or SendingResult.Unknown
                ? output.Text("\n未确认送达, tick 将再次发送同一请求",
                    "\nnot known to have arrived: tick sends the same request again")
                : "");
    }
}

using System.CommandLine;
using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>payee change|approve|list: payee accounts in versions, each approved by a second person.</summary>
public static class PayeeCommands
{
    public static Command Create() => new("payee", "收款账户 / payee accounts") { Change(), Approve(), List() };

    private static Command Change()
    {
        var worker = new Argument<long>("worker") { Description = "工人编号 / worker" };
        var account = new Option<string>("--account") { Required = true, Description = "银行卡号 / account" };
        var holder = new Option<string>("--holder") { Required = true, Description = "户名 / holder" };
        var bank = new Option<string>("--bank") { Required = true, Description = "开户行名称 / bank" };
        var code = new Option<string>("--bank-code") { Required = true, Description = "联行号 / CNAPS number" };
        var change = new Command("change", "变更收款账户 / a new account") { worker, account, holder, bank, code };
        change.SetAction(parse =>
        {
            var session = new Session(parse);
            var text = new PayeeChangeText(parse.GetValue(account)!, parse.GetValue(holder)!, parse.GetValue(bank)!,
                parse.GetValue(code)!);
            var command = new Engine.Runtime.Command("payee.change", ("worker", parse.GetValue(worker)));
            return session.Run(command.With(text.Document()), outcome =>
            {
                var payee = (PayeeAccountRow)outcome.Result!;
                session.Output.Print(new { payee.Worker, payee.Version, repeat = outcome.Repeat },
                    $"payee {payee.Worker}/{payee.Version}");
                return ExitStatus.Done;
            });
        });
        return change;
    }

    private static Command Approve()
    {
        var worker = new Option<long?>("--worker") { Description = "工人编号 / worker" };
        var version = new Option<long?>("--version") { Description = "版本 / version" };
        var document = new Option<string?>("--document") { Description = "名册摘要 / a roster's digest" };
        var approve = new Command("approve", "复核收款账户 / approve accounts") { worker, version, document };
        approve.SetAction(parse =>
        {
            var session = new Session(parse);
            var command = (parse.GetValue(document), parse.GetValue(worker), parse.GetValue(version)) switch
            {
                ({ } digest, null, null) => new Engine.Runtime.Command("payee.approve", ("document", digest)),
                (null, { } w, { } v) => new Engine.Runtime.Command("payee.approve", ("worker", w), ("version", v)),
                _ => throw Usage.PayeeNeeds,
            };
            return session.Run(command, outcome =>
            {
                var approvals = (IReadOnlyList<PayeeApprovalRow>)outcome.Result!;
                session.Output.Print(new { approved = approvals.Count, repeat = outcome.Repeat },
                    $"{session.Output.Text("已复核", "approved")}: {approvals.Count}");
                return ExitStatus.Done;
            });
        });
        return approve;
    }

    private static Command List()
    {
        var list = new Command("list", "待复核的收款账户 / accounts that wait for approval");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var pending = view.Queries.PendingPayees(null)
                .Select(p => new { p.Worker, p.Version, p.BankCode, p.Document }).ToList();
            session.Output.Table(pending, ("worker", p => p.Worker), ("version", p => p.Version),
                ("bank", p => p.BankCode), ("document", p => p.Document));
            return ExitStatus.Done;
        });
        return list;
    }
}

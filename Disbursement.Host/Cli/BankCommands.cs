using System.CommandLine;
using System.Text.Json;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Host.Reasons;
using Disbursement.Host.Returns;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>bank receive, import statement.</summary>
public static class BankCommands
{
    public static Command Create() => new("bank", "银行往来 / exchange with the banks")
    {
        Receive(), BankVerifyCommand.Create(),
    };

    private static Command Receive()
    {
        var files = new Argument<FileInfo[]>("FILE")
        { Arity = ArgumentArity.ZeroOrMore, Description = "报文文件, 签名在旁 / messages, each with its signature beside it" };
        var profile = new Option<string?>("--profile") { Description = "银行配置 / bank profile, with FILE" };
        var receive = new Command("receive", "接收并处理银行报文 / take and apply the banks' messages")
        { files, profile };
        receive.SetAction(parse =>
        {
            var session = new Session(parse);
            var ledger = session.Ledger();
            var given = parse.GetValue(files) ?? [];
            if (given.Select(NamedPaths.Signature).FirstOrDefault(s => s is not null) is { } signature) throw signature;
            session.Deciding(ledger);
            var taking = new MessageTaking(
                session.Store, session.Settings, session.Composition.Runner, session.Stage);
            if (given.Length == 0) return Told(session, ledger, taking.FromBanks(ledger, parse.GetValue(profile)));
            return parse.GetValue(profile) is { } named
                ? Told(session, ledger, taking.FromFiles(ledger, named, given))
                : throw Usage.ReceiveNeedsProfile;
        });
        return receive;
    }

    private static int Told(Session session, long ledger, MessagesTaken taken)
    {
        var output = session.Output;
        using var view = session.Store.Read(ledger);
        var exceptions = new ExceptionAnswers(view).Of(taken.Applied.SelectMany(a => a.Exceptions));
        var (messages, lines) = (taken.Applied.Select(a => a.Message).Distinct().Count(),
            taken.Applied.Sum(a => a.Lines));
        output.Findings(taken.Refused);
        foreach (var fault in taken.Faults)
            Console.Error.WriteLine(ReasonWords.Behind(fault, output.Chinese));
        output.Print(new
        {
            taken = taken.Taken,
            messages,
            lines,
            exceptions,
            faults = taken.Faults,
            findings = taken.Refused.Select(Output.Plain),
        }, output.Text(
            $"收到 {taken.Taken}, 行 {lines}, 异常 {exceptions.Count}",
            $"taken {taken.Taken}, lines {lines}, exceptions {exceptions.Count}"));
        if (!output.Json) ExceptionLines.Say(output, exceptions, Console.Error);
        return taken.Refused.Count > 0 ? ExitStatus.Refused
            : taken.Faults.Count > 0 ? ExitStatus.WorldFailed
            : exceptions.Count > 0 ? ExitStatus.FoundWrong : ExitStatus.Done;
    }

    /// <summary>import statement: to stand under the import verb family.</summary>
    public static Command ImportStatement()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "对账单文件 / the statement" };
        var profile = new Option<string>("--profile") { Required = true, Description = "银行配置 / bank profile" };
        var import = new Command("statement", "导入对账单 / import an account statement") { file, profile };
        import.SetAction(parse =>
        {
            var session = new Session(parse);
            var path = parse.GetValue(file)!;
            if (!path.Exists) throw Usage.NoFile(path);
            var name = BankProfile.StatementName + path.Name;
            var command = new Engine.Runtime.Command("statement.import",
                ("profile", parse.GetValue(profile)!), ("name", name))
                .With(new InputDocument(BankReceive.Body, File.ReadAllBytes(path.FullName), Personal: true, path.Name));
            return session.Run(command, outcome =>
            {
                var applied = (MessageApplied)outcome.Result!;
                using var view = session.Store.Read(session.Ledger());
                var exceptions = new ExceptionAnswers(view).Of(applied.Exceptions, path.Name);
                session.Output.Print(
                    new { repeat = outcome.Repeat, entries = applied.Lines, exceptions },
                    $"{session.Output.Text("入账", "entries booked")} {applied.Lines}");
                if (!session.Output.Json) ExceptionLines.Say(session.Output, exceptions, Console.Error);
                return exceptions.Count > 0 ? ExitStatus.FoundWrong : ExitStatus.Done;
            });
        });
        return import;
    }
}

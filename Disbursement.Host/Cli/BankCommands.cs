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
using Disbursement.Host.Returns;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>bank receive, import statement, exception list.</summary>
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
            session.Deciding(ledger);
            var taking = new MessageTaking(
                session.Store, session.Settings, session.Composition.Runner, session.Stage);
            if (given.Length == 0) return Told(session.Output, taking.FromBanks(ledger, parse.GetValue(profile)));
            return parse.GetValue(profile) is { } named ? Told(session.Output, taking.FromFiles(ledger, named, given))
                : throw new UsageException("bank receive FILE needs --profile");
        });
        return receive;
    }

    private static int Told(Output output, MessagesTaken taken)
    {
        var exceptions = taken.Applied.SelectMany(a => a.Exceptions).ToList();
        var (messages, lines) = (taken.Applied.Select(a => a.Message).Distinct().Count(),
            taken.Applied.Sum(a => a.Lines));
        output.Findings(taken.Refused);
        foreach (var fault in taken.Faults) Console.Error.WriteLine(fault);
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
        ExceptionLines.Say(output, exceptions);
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
            if (!path.Exists) throw new UsageException($"{path}: no such file");
            var name = BankProfile.StatementName + path.Name;
            var command = new Engine.Runtime.Command("statement.import",
                ("profile", parse.GetValue(profile)!), ("name", name))
                .With(new InputDocument(BankReceive.Body, File.ReadAllBytes(path.FullName), Personal: true, path.Name));
            return session.Run(command, outcome =>
            {
                var applied = (MessageApplied)outcome.Result!;
                session.Output.Print(
                    new { repeat = outcome.Repeat, entries = applied.Lines, exceptions = applied.Exceptions },
                    $"{session.Output.Text("入账", "entries booked")} {applied.Lines}");
                ExceptionLines.Say(session.Output, applied.Exceptions);
                return applied.Exceptions.Count > 0 ? ExitStatus.FoundWrong : ExitStatus.Done;
            });
        });
        return import;
    }

    /// <summary>exception list: what did not fit.</summary>
    public static Command Exceptions()
    {
        var kind = new Option<string?>("--kind") { Description = "只列一种 / one kind only" };
        var list = new Command("list", "列出异常 / list exceptions") { kind };
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var rows = parse.GetValue(kind) is { } one
                ? view.List<BankExceptionRow>(("kind", one))
                : view.List<BankExceptionRow>();
            session.Output.Table(rows, ("exception", x => x.Exception),
                ("kind", x => x.Kind), ("message", x => x.Message),
                ("line", x => x.DocumentLine), ("file", x => x.File), ("claim", x => x.Claim),
                ("amount", x => new Money(x.AmountFen).ToYuan()), ("expected", x => new Money(x.ExpectedFen).ToYuan()),
                ("detail", x => x.Detail));
            return ExitStatus.Done;
        });
        return new Command("exception", "异常清单 / the worklist of exceptions") { list };
    }
}

/// <summary>Exceptions with their amounts, on standard error.</summary>
internal static class ExceptionLines
{
    public static void Say(Output output, IReadOnlyList<BankExceptionRow> exceptions)
    {
        if (output.Json) return;
        foreach (var x in exceptions)
            Console.Error.WriteLine(
                $"{x.Kind}: {new Money(x.AmountFen).ToYuan()} ({new Money(x.ExpectedFen).ToYuan()}) {x.Detail}");
    }
}

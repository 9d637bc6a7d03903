using System.CommandLine;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Returns;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>exception list and explain: the worklist of what did not fit and of what nobody knows.</summary>
public static class ExceptionCommands
{
    public static Command Create() =>
        new("exception", "异常与待办清单 / the worklist of exceptions") { List(), Explain() };

    private static Command List()
    {
        var kind = new Option<string?>("--kind") { Description = "只列一种 / one kind only" };
        var all = new Option<bool>("--all") { Description = "含已了结的 / those that are over too" };
        var list = new Command("list", "列出未了的异常、未知文件和扣住的行 / list open exceptions, Unknown files and held lines")
        {
            kind, all,
        };
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            var ledger = session.Ledger();
            session.AgedBy(ledger);
            using var view = session.Store.Read(ledger);
            var worklist = new Worklist(view, session.Now(ledger));
            var items = (parse.GetValue(all) ? worklist.All() : worklist.Open())
                .Where(a => parse.GetValue(kind) is not { } one || a.Kind == one).ToList();
            if (session.Output.Json) session.Output.Table(items);
            else ExceptionLines.Say(session.Output, items, Console.Out);
            return ExitStatus.Done;
        });
        return list;
    }

    private static Command Explain()
    {
        var id = new Argument<long>("exception") { Description = "异常编号 / number of the exception" };
        var document = new Option<FileInfo>("--document")
        {
            Required = true,
            Description = "说明或银行证明 / the document that explains it",
        };
        var explain = new Command("explain", "由两人凭证说明一项异常已如何处理 / two people say by a document what became of an "
            + "exception") { id, document };
        explain.SetAction(parse =>
        {
            var session = new Session(parse);
            var evidence = parse.GetValue(document)!;
            if (!evidence.Exists) throw Usage.NoFile(evidence, "--document ");
            var command = new EngineCommand("exception.explain", ("exception", parse.GetValue(id)))
                .With(new InputDocument(ExceptionExplain.Evidence, File.ReadAllBytes(evidence.FullName),
                    Personal: true));
            return session.Run(command, outcome =>
            {
                using var view = session.Store.Read(session.Ledger());
                var answers = new ExceptionAnswers(view).Of([(BankExceptionRow)outcome.Result!]);
                if (session.Output.Json) session.Output.Print(answers[0], "");
                else ExceptionLines.Say(session.Output, answers, Console.Out);
                return ExitStatus.Done;
            });
        });
        return explain;
    }
}

/// <summary>Exceptions in words: number, kind, where, what is wrong, and what to do or what ended it.</summary>
internal static class ExceptionLines
{
    public static void Say(Output output, IReadOnlyList<ExceptionAnswer> exceptions, TextWriter to)
    {
        if (exceptions.Count == 0 && to == Console.Out) to.WriteLine(output.Text("没有待办", "nothing is open"));
        foreach (var x in exceptions)
        {
            var state = x.State switch
            {
                ExceptionAnswer.Settled => output.Text(" [已了结 Settled]", " [settled]"),
                ExceptionAnswer.Explained => output.Text(" [已说明 Explained]", " [explained]"),
                _ => "",
            };
            to.WriteLine($"{(x.Exception is { } n ? $"{n} " : "")}{x.Kind}{state}: {x.Said(output)}");
            to.WriteLine($"  → {x.Advice(output)}");
        }
    }
}

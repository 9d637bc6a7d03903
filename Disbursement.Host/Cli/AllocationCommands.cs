using System.CommandLine;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Storage;
using NodaTime;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>account unallocated: credits that named no project; account allocate: one of them is given to a
/// project.</summary>
internal static class AllocationCommands
{
    public static Command Unallocated()
    {
        var list = new Command("unallocated", "待分配入账 / credits that named no project and wait to be allocated");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            session.Output.Table(Waiting(view), ("statement", c => c.Statement), ("line", c => c.Line),
                ("booked on", c => c.BookedOn), ("yuan", c => new Money(c.AmountFen).ToYuan()),
                ("reference", c => c.BankReference), ("body", c => c.Text),
                ("accounts", c => string.Join(", ", c.Accounts)));
            return ExitStatus.Done;
        });
        return list;
    }

    public static Command Allocate()
    {
        var statement = Needed("--statement", "对账单编号 / statement");
        var line = Needed("--line", "对账单行 / its line");
        var account = Needed("--account", "项目的工资专用账户 / the project's wage account");
        var obligation = new Option<long?>("--obligation")
        {
            Description = "专用于此义务 / earmarked for this obligation",
        };
        var allocate = new Command("allocate", "把待分配入账记入一个项目 / give an unallocated credit, whole, to a project")
            { statement, line, account, obligation };
        allocate.SetAction(parse =>
        {
            var session = new Session(parse);
            var arguments = new List<(string, object)>
            {
                ("statement", parse.GetValue(statement)), ("line", parse.GetValue(line)),
                ("account", parse.GetValue(account)),
            };
            if (parse.GetValue(obligation) is { } number) arguments.Add(("obligation", number));
            var command = new EngineCommand("account.allocate", [.. arguments]);
            return session.Run(command, outcome =>
            {
                var entry = (AccountEntryRow)outcome.Result!;
                session.Output.Print(new
                {
                    entry.Account,
                    entry.N,
                    allocated_fen = entry.PostedDeltaFen,
                    posted_fen = entry.PostedAfterFen,
                    repeat = outcome.Repeat,
                }, $"{session.Output.Text("账户", "account")} {entry.Account}: "
                    + $"+{new Money(entry.PostedDeltaFen).ToYuan()} "
                    + $"= {new Money(entry.PostedAfterFen).ToYuan()}");
                return ExitStatus.Done;
            });
        });
        return allocate;
    }

    private static Option<long> Needed(string name, string description) =>
        new(name) { Required = true, Description = description };

    private static List<Credit> Waiting(LedgerView view)
    {
        var waiting = new List<Credit>();
        var accounts = view.List<WageAccountRow>();
        foreach (var bank in accounts.Where(a => a.Project is null))
        {
            // An allocation takes the whole credit away again, under the same line of the same document.
            var given = view.List<AccountEntryRow>(("account", bank.Account), ("kind", EntryKind.Allocation))
                .Select(e => (e.Document, e.DocumentLine)).ToHashSet();
            var projects = accounts.Where(a => a.BankAccount == bank.BankAccount && a.Project is not null)
                .Select(a => a.Account).ToList();
            foreach (var entry in view.List<StatementEntryRow>(("account", bank.Account)))
            {
                var statement = view.Find<BankStatementRow>(("statement", entry.Statement))!;
                if (entry.AmountFen > 0 && !given.Contains((statement.Document, entry.Line)))
                    waiting.Add(new Credit(entry.Statement, entry.Line, entry.BookedOn, entry.AmountFen,
                        entry.BankReference, entry.Reference, projects));
            }
        }
        return waiting;
    }

    private sealed record Credit(long Statement, long Line, LocalDate BookedOn, long AmountFen, string BankReference,
        string Text, IReadOnlyList<long> Accounts);
}

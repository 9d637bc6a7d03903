using System.CommandLine;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>account list, show, explain, unallocated, allocate, attribute, forecast, free and closing: what an account
/// has, and why.</summary>
public static class AccountCommands
{
    public static Command Create() => new("account", "工资专用账户 / wage accounts")
    {
        List(), Show(), Explain(), AllocationCommands.Unallocated(), AllocationCommands.Allocate(),
        AttributionCommand.Create(), ForecastCommand.Create(), Free(),
        ClosingCommand.Create(),
    };

    /// <summary>Whose account is which, a page at a time; what is earmarked of it `account show` tells.</summary>
    private static Command List()
    {
        var page = new ListPage();
        var list = new Command("list", "列出账户 / list accounts");
        page.AddTo(list);
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            session.Output.Page(view.Lists.AccountPage(page.After(parse), page.Asked(parse)), page.Limit(parse),
                a => a.Account, ("account", a => a.Account), ("bank account", a => a.BankAccount),
                ("bank", a => a.Profile), ("project", a => a.Project), ("name", a => a.ProjectName),
                ("posted", a => Yuan(a.PostedFen)), ("reserved", a => Yuan(a.ReservedFen)),
                ("available", a => Yuan(a.PostedFen - a.ReservedFen)));
            return ExitStatus.Done;
        });
        return list;
    }

    private static Command Show()
    {
        var show = new Command("show", "各账户余额 / the balances of all accounts");
        show.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            var accounts = view.List<WageAccountRow>().Select(a => Balance(view, a)).ToList();
            session.Output.Table(accounts, ("account", a => a.Account),
                ("bank", a => a.Profile), ("project", a => a.Project),
                ("posted", a => Yuan(a.PostedFen)), ("reserved", a => Yuan(a.ReservedFen)),
                ("available", a => Yuan(a.AvailableFen)), ("earmarked", a => Earmarked(session.Output, a.Earmarks)),
                (session.Output.Text("透支停发", "impaired"), a => a.Impaired ? "!" : ""));
            return ExitStatus.Done;
        });
        return show;
    }

    /// <summary>Every entry with what it left: the balance is the last of them.</summary>
    private static Command Explain()
    {
        var id = new Argument<long>("account") { Description = "账户编号 / account" };
        var explain = new Command("explain", "逐笔说明余额 / why the balance is what it is") { id };
        explain.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            if (view.Find<WageAccountRow>(("account", parse.GetValue(id))) is null)
                return session.Output.Refused([Guard.NotFound("account", $"{parse.GetValue(id)}")]);
            var obligations = view.List<EarmarkRow>(("account", parse.GetValue(id)))
                .ToDictionary(m => m.Earmark, m => m.Obligation);
            session.Output.Table(view.List<AccountEntryRow>(("account", parse.GetValue(id))), ("n", e => e.N),
                ("kind", e => e.Kind), ("posted ±", e => Yuan(e.PostedDeltaFen)),
                ("reserved ±", e => Yuan(e.ReservedDeltaFen)),
                ("posted", e => Yuan(e.PostedAfterFen)), ("reserved", e => Yuan(e.ReservedAfterFen)),
                ("available", e => Yuan(e.PostedAfterFen - e.ReservedAfterFen)),
                ("earmarked", e => e.Earmark is { } m
                    ? Earmarked(session.Output, [new(m, obligations[m], e.EarmarkDeltaFen)]) : ""),
                (session.Output.Text("由来", "because of"), e => Cause(e)));
            return ExitStatus.Done;
        });
        return explain;
    }

    private static Command Free()
    {
        var id = new Argument<long>("earmark") { Description = "专项编号 / earmark" };
        var free = new Command("free", "释放已结清义务的专项余额 / free what an ended obligation left in its earmark") { id };
        free.SetAction(parse =>
        {
            var session = new Session(parse);
            return session.Run(new Engine.Runtime.Command("account.free", ("earmark", parse.GetValue(id))), outcome =>
            {
                var freed = (Money)outcome.Result!;
                var (earmark, repeat) = (parse.GetValue(id), outcome.Repeat);
                session.Output.Print(new { earmark, freed_fen = freed.Fen, repeat },
                    $"{session.Output.Text("释放", "freed")} {freed}");
                return ExitStatus.Done;
            });
        });
        return free;
    }

    /// <summary>"专项 1 义务 17: 300.00", one after the other.</summary>
    private static string Earmarked(Output output, IEnumerable<EarmarkBalance> earmarks) => string.Join("; ",
        earmarks.Select(m => $"{output.Text("专项", "earmark")} {m.Earmark} {output.Text("义务", "obligation")} "
            + $"{m.Obligation}: {Yuan(m.Fen)}"));

    private static AccountBalance Balance(LedgerView view, WageAccountRow account)
    {
        var last = view.Queries.LastEntry(account.Account);
        var profile = view.Find<BankAccountRow>(("bank_account", account.BankAccount))!.Profile;
        return new AccountBalance(account.Account, profile, account.Project,
            last?.PostedAfterFen ?? 0, last?.ReservedAfterFen ?? 0,
            [.. view.List<EarmarkRow>(("account", account.Account)).Select(m =>
                new EarmarkBalance(m.Earmark, m.Obligation, view.Queries.EarmarkFen(m.Earmark)))]);
    }

    private static string Cause(AccountEntryRow entry) => entry switch
    {
        { File: { } file } => $"file {file}",
        { Release: { } release } => $"release {release}",
        { Document: { } document } => $"{document[..12]}… {entry.DocumentLine}",
        _ => "",
    };

    private static string Yuan(long fen) => new Money(fen).ToYuan();

    /// <summary>What is in an earmark, or what an entry moves of it.</summary>
    private sealed record EarmarkBalance(long Earmark, long Obligation, long Fen);

    private sealed record AccountBalance(long Account, string Profile, long? Project, long PostedFen, long ReservedFen,
        IReadOnlyList<EarmarkBalance> Earmarks)
    {
        public long AvailableFen => PostedFen - ReservedFen;
        public bool Impaired => AvailableFen < 0;
    }
}

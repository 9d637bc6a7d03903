using System.Globalization;
using System.Text;
using Dapper;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Simulation.Laws;
using Disbursement.Tests.Fixtures;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Laws;

/// <summary>What people decide, and what is looked at between steps.</summary>
internal sealed partial class LawWorld
{
    private const int Newest = 8;

    /// <summary>A claim with money set aside, as the paying order sees it.</summary>
    private sealed record SetAside
    {
        public long Account { get; init; }
        public long Claim { get; init; }
        public long NetFen { get; init; }
        public string Period { get; init; } = "";
        public long Payroll { get; init; }
        public long PayrollLine { get; init; }
    }

    /// <summary>
    /// L10: the bank answers everything, people decide what is doubtful, time goes on. Returns claims still in flight.
    /// </summary>
    public IReadOnlyList<string> Rest()
    {
        for (var round = 0; round < 8; round++)
        {
            Rich();
            foreach (var bank in Banks) Coming.AddRange([.. bank.Works(0, 9, kind: true), .. bank.Returns()]);
            Close();
            while (Coming.Count > 0) Deliver(Coming[0]);
            Samples.Moment.At += Duration.FromDays(4);
            foreach (var file in Files(FileState.Sending)) Try("file.expire-lease", "file", file.File);
            foreach (var file in Files(FileState.Unknown)) ResolveFile(file);
            for (var line = 0; line < 20; line++) ResolveLine(0, null);
            Pump(0);
            Sweep();
            Hold();
        }
        return Broken(LawQueries.InFlight);
    }

    /// <summary>More money than anything asks for, on every account and on those that belong to nobody.</summary>
    public void Rich()
    {
        for (var project = 1; project <= 3; project++)
            Banks[LawBase.BankOf(project)].Books(20_000_000, "TRANSFER", LawBase.Project(project));
        Banks[1].Books(20_000_000, "TRANSFER", "人工费");
    }

    private void Approve(int a)
    {
        var waiting = Samples.Ask(v => v.List<PayrollRow>(("state", PayrollState.Submitted)));
        With(waiting, a, p => By(SampleLedger.Administrator, SampleLedger.Act("payroll.approve", p)));
    }

    private void Plan(int a, int b)
    {
        ReleaseKind[] kinds = [ReleaseKind.Ordinary, ReleaseKind.Ordinary, ReleaseKind.Advance, ReleaseKind.Deposit];
        var kind = b < 8 ? kinds[b % kinds.Length] : ReleaseKind.RePayment;
        foreach (var payroll in a % 3 == 0 ? [1, 2, 3, 4, 5] : new[] { 1 + a % 5 })
            By(SampleLedger.Treasurer, new Command("release.plan", ("kind", kind), ("payrolls", payroll)));
    }

    /// <summary>Whatever was rejected or came back is to be paid again, and has its money.</summary>
    private void Again()
    {
        for (var payroll = 1; payroll <= 5; payroll++)
            By(SampleLedger.Treasurer,
                new Command("release.plan", ("kind", ReleaseKind.RePayment), ("payrolls", payroll)));
        foreach (var r in Releases(ReleaseState.Planned).Where(r => r.Kind == ReleaseKind.RePayment))
            Try("release.fund", "release", r.Release);
    }

    /// <summary>Two people bring the same document.</summary>
    /// <param name="input">Null where they forgot it.</param>
    /// <param name="twice">One of them tries to be the other as well, by a second login.</param>
    private void Both(Command command, string? input, bool twice = false)
    {
        var text = Encoding.UTF8.GetBytes($"{command.Verb} {Samples.Moment.At}");
        var paper = input is null ? command : command.With(new InputDocument(input, text));
        string[] people = [SampleLedger.Treasurer, .. twice ? [LawBase.Twin] : Array.Empty<string>(),
            SampleLedger.Administrator];
        foreach (var person in people) By(person, paper);
    }

    /// <summary>A line the bank contradicts or leaves without a word.</summary>
    /// <param name="said">Null: settled, but where the claim is being paid again: rejected.</param>
    private void ResolveLine(int a, OutcomeKind? said)
    {
        var doubtful = _eye.Query<(long File, long Row, long Later)>(LawQueries.DoubtfulLines,
            new { ledger = SampleLedger.Ledger }).AsList();
        With(doubtful, a, l => Both(Word(l.File, l.Row,
            said ?? (l.Later > 0 ? OutcomeKind.Rejected : OutcomeKind.Settled)), LineResolve.Evidence));
        // The bank's clerk on the telephone: of one line of a file nobody knows of, that it is not there.
        if (said is not null)
            With(Files(FileState.Unknown).FindAll(f => !BankOf(f).Got.Contains(f.Reference)
                && BankOf(f).OnTheWay.All(l => l.Reference != f.Reference)), a,
                f => Both(Word(f.File, 1, OutcomeKind.NotSent), LineResolve.Evidence));

        static Command Word(long file, long row, OutcomeKind said) =>
            new("line.resolve", ("file", file), ("row", row), ("outcome", said));
    }

    private void Allocate(int a, int b)
    {
        var credits = _eye.Query<(long Statement, long Line)>("""
            SELECT n.statement, n.line FROM statement_entry n
            JOIN wage_account w ON w.ledger = n.ledger AND w.account = n.account AND w.project IS NULL
            WHERE n.ledger = @ledger AND n.amount_fen > 0 ORDER BY n.statement, n.line
            """, new { ledger = SampleLedger.Ledger }).AsList();
        With(credits, a, c => By(SampleLedger.Treasurer, new Command("account.allocate", ("statement", c.Statement),
            ("line", c.Line), ("account", 1 + b % 5))));
    }

    private List<SetAside> Funded() =>
        _eye.Query<SetAside>(LawQueries.Funded, new { ledger = SampleLedger.Ledger }).AsList();

    private List<SetAside> Earmarked() =>
        _eye.Query<SetAside>(LawQueries.Earmarked, new { ledger = SampleLedger.Ledger }).AsList();

    /// <summary>
    /// L2: who yielded stands behind everyone who kept, in the paying order; and no more yielded than was lacking.
    /// </summary>
    private void YieldedInTurn(List<SetAside> before, List<SetAside> after)
    {
        foreach (var account in before.GroupBy(c => c.Account))
        {
            var kept = after.Where(c => c.Account == account.Key).ToHashSet();
            var yielded = account.Where(c => !kept.Contains(c)).OrderBy(PlaceOf, StringComparer.Ordinal).ToList();
            if (yielded.Count == 0) continue;
            Reached.Add(account.Any(kept.Contains) ? "yielded in part" : "yielded whole");
            if (yielded.Select(c => c.Payroll).Distinct().Count() > 1) Reached.Add("several yielded");
            Assert.All(kept.Where(account.Contains), k => Assert.True(
                string.CompareOrdinal(PlaceOf(k), PlaceOf(yielded[0])) < 0, $"{k} kept, {yielded[0]} yielded"));
            var available = _eye.ExecuteScalar<long>("""
                SELECT CAST(sum(e.posted_delta_fen - e.reserved_delta_fen) AS bigint) FROM account_entry e
                WHERE e.ledger = @ledger AND e.account = @account
                """, new { ledger = SampleLedger.Ledger, account = account.Key });
            Assert.True(available < yielded[0].NetFen, $"{yielded[0]} yielded for nothing: {available} is left");
        }
    }

    private static string PlaceOf(SetAside c) =>
        string.Create(CultureInfo.InvariantCulture, $"{c.Period} {c.NetFen:D15} {c.Payroll:D9} {c.PayrollLine:D9}");

    private List<ReleaseRow> Releases(params ReleaseState[] states) => All<ReleaseRow>(r => states.Contains(r.State));
    private List<DisbursementFileRow> Files(params FileState[] states) =>
        All<DisbursementFileRow>(f => states.Contains(f.State));
    private List<T> All<T>(Func<T, bool> where) where T : class, IRow =>
        [.. Samples.Ask(v => v.List<T>()).Where(where)];

    /// <summary>Numbers of <see cref="Newest"/> and more mean what came last.</summary>
    private static void With<T>(IReadOnlyList<T> things, int which, Action<T> act)
    {
        if (things.Count > 0) act(which < Newest ? things[which % things.Count] : things[^1]);
    }

    private static void With<T>(IReadOnlyList<T> things, int which, Func<T, object> act) =>
        With(things, which, thing => { act(thing); });

    private Engine.Primitives.Decision<Outcome> Try(string verb, string noun, long id) =>
        By("", new Command(verb, (noun, id)));

    private Engine.Primitives.Decision<Outcome> By(string person, Command command)
    {
        var decision = Samples.Decide(person, command);
        Reached.Add(decision.Accepted ? command.Verb : "refused " + decision.Findings[0].Rule.Code);
        return decision;
    }
}

using System.Globalization;
using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Laws;
using Disbursement.Tests.Returns;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Accounts;

/// <summary>Credits named for an obligation are its own (专款专用), from the credit to what is left at the end.</summary>
public class EarmarkTests
{
    /// <summary>
    /// The worked table of specs/ledger.md, event by event, with every law asked after each: December's four claims of
    /// 3,637, 3,774, 3,911 and 4,048 yuan are overdue.
    /// </summary>
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void The_books_are_those_of_the_worked_table(string engine)
    {
        using var world = new LawWorld(engine);
        var obligation = Overdue(world);
        Action[] events =
        [
            () => Book(world, 800_000, $"垫付 {obligation.Obligation}"),
            () => Book(world, 100_000, "人工费"),
            () => Advance(world, obligation),
            () => Book(world, -200_000, "司法扣划", "COURT"),
            () => Book(world, 100_000, "人工费"),
            () => Cancel(world),
            () => PaidOutside(world, obligation),
            () => Done(world, new Command("account.free", ("earmark", 1))),
        ];
        var rows = Table();
        Assert.Equal(events.Length, rows.Count);
        foreach (var (act, row) in events.Zip(rows))
        {
            act();
            Assert.Equal(row, Figures(world));
            world.Hold();
        }
        Assert.True(Done(world, new Command("account.free", ("earmark", 1))).Repeat);
        Assert.DoesNotContain(LiveRebuild.Compare(world.Database.Dialect, SampleLedger.Ledger, _ => []).Findings,
            f => f.Rule.Severity == Severity.Refusal);
    }

    /// <summary>
    /// All four go out; the bank debits the whole file, rejects the second and gives its money back; days later the
    /// fourth comes back too (退票). Both sums are earmarked as before, and pay the next attempt.
    /// </summary>
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void What_a_bank_gives_back_is_earmarked_as_before(string engine)
    {
        using var world = new LawWorld(engine);
        var obligation = Overdue(world);
        Book(world, 1_537_000, $"垫付 {obligation.Obligation}");
        Advance(world, obligation);
        world.Pump(0);
        var file = Assert.Single(world.Samples.Ask(v => v.List<DisbursementFileRow>()));
        // Of rows 1 … 4 the bank of the laws draws 3, 10 (rejected), 1, 8 (returned later).
        var fate = Enumerable.Range(0, 16).First(f => (f * 31L + 7 + file.Reference[^1]) % 16 == 3);
        world.Coming.AddRange(world.Banks[0].Works(fate, 9));
        Settle(world);
        Assert.Equal((377_400L, 377_400L, 377_400L), Sums(world));
        world.Coming.AddRange(world.Banks[0].Returns());
        Settle(world);
        Assert.Equal((782_200L, 782_200L, 782_200L), Sums(world));
        Assert.Equal(0, world.Samples.Ask(v => v.Count<RecoveryClaimRow>()) - 1);
        Advance(world, obligation);
        var again = world.Samples.Ask(v => v.List<ReleaseRow>())[^1];
        Assert.Equal((ReleaseState.Funded, 377_400L, (long?)1), (again.State, again.AmountFen, again.Earmark));
        world.Hold();
    }

    /// <summary>
    /// The bank rejects all four, and says that it paid them once the next advance is funded: that money is earmarked
    /// again, not free.
    /// </summary>
    [Fact]
    public void A_release_with_nothing_left_to_pay_gives_back_to_the_earmark()
    {
        using var world = new LawWorld();
        var obligation = Overdue(world);
        Book(world, 1_537_000, $"垫付 {obligation.Obligation}");
        Advance(world, obligation);
        world.Pump(0);
        Says(world, "result-1", LawBank.Rejected);
        Advance(world, obligation);
        var funded = world.Samples.Ask(v => v.List<ReleaseRow>())[^1];
        var before = Sums(world);
        Assert.Equal((ReleaseState.Funded, 0L), (funded.State, before.Item3));
        Says(world, "result-2", LawBank.Settled);
        Done(world, new Command("file.build", ("release", funded.Release)));
        var ended = world.Samples.Ask(v => v.Find<ReleaseRow>(("release", funded.Release)))!;
        Assert.Equal((ReleaseState.Cancelled, (long?)null), (ended.State, ended.Earmark));
        Assert.Equal(before with { Item3 = funded.ReservedFen }, Sums(world));
        world.Hold();
    }

    [Fact]
    public void A_credit_named_for_what_is_not_known_is_nobodys_until_a_person_says_whose()
    {
        using var world = new LawWorld();
        var obligation = Overdue(world);
        Book(world, 500_000, "垫付 9999");
        var exception = Assert.Single(world.Samples.Ask(v => v.List<BankExceptionRow>()));
        Assert.Equal((ExceptionKinds.UnknownPurpose, 500_000L), (exception.Kind, exception.AmountFen));
        Assert.Empty(world.Samples.Ask(v => v.List<AccountEntryRow>(("account", Account(world)))));
        Command Give(params (string, object)[] more) => new("account.allocate",
            [("statement", 1), ("line", 4), ("account", Account(world)), .. more]);
        var unfit = world.Samples.Decide(SampleLedger.Treasurer, Give(("obligation", 9999)));
        Assert.Contains(unfit.Findings, f => f.Rule == ReturnsRules.ObligationUnfit);
        Done(world, Give(("obligation", obligation.Obligation)));
        Assert.True(Done(world, Give(("obligation", obligation.Obligation))).Repeat);
        Assert.Contains(world.Samples.Decide(SampleLedger.Treasurer, Give()).Findings,
            f => f.Rule == ReturnsRules.AllocatedElsewhere);
        Assert.Equal((500_000L, 500_000L, 500_000L), Sums(world));
        var needed = world.Samples.Decide(SampleLedger.Treasurer, new Command("account.free", ("earmark", 1)));
        Assert.Contains(needed.Findings, f => f.Rule == ReturnsRules.EarmarkNeeded);
        world.Hold();
    }

    /// <summary>
    /// An order to pay all of a subcontractor's arrears: the older obligation gets what it lacks, the last the rest.
    /// </summary>
    [Fact]
    public void A_credit_by_an_order_is_shared_out_oldest_first()
    {
        using var world = new LawWorld();
        world.Samples.Moment.At += NodaTime.Duration.FromDays(30);
        var obligation = Overdue(world);
        Order(world, obligation);
        Book(world, 2_000_000, "责令 人社令〔２０２６〕 7 号");
        var earmarks = world.Samples.Ask(v => v.List<EarmarkRow>()
            .Select(m => (m.Obligation, v.Queries.EarmarkFen(m.Earmark))).ToList());
        Assert.Equal((obligation.Obligation, 1_537_000L), earmarks[0]);
        Assert.Equal(2_000_000, earmarks.Sum(m => m.Item2));
        Assert.Equal(2, earmarks.Count);
        world.Hold();
    }

    /// <summary>The second credit of a statement counts what the first has filled, in an earmark made for it.</summary>
    [Fact]
    public void Two_credits_by_an_order_in_one_statement_fill_what_one_of_their_sum_does()
    {
        using var world = new LawWorld();
        world.Samples.Moment.At += NodaTime.Duration.FromDays(30);
        Order(world, Overdue(world));
        foreach (var fen in new[] { 1_500_000, 500_000 })
            world.Banks[0].Books(fen, "TRANSFER", "责令 人社令〔２０２６〕 7 号");
        Settle(world);
        Assert.Equal([1_537_000L, 463_000], world.Samples.Ask(v => v.List<EarmarkRow>()
            .Select(m => v.Queries.EarmarkFen(m.Earmark)).ToList()));
        world.Hold();
    }

    [Theory, InlineData("zh", "专项 1 义务 1: 8000.00"), InlineData("en", "earmark 1 obligation 1: 8000.00")]
    public void Earmarks_are_shown_with_their_amounts(string language, string says)
    {
        using var world = new LawWorld();
        Assert.Equal(1, Overdue(world).Obligation);
        Book(world, 800_000, "垫付 1");
        foreach (var verb in new[] { new[] { "account", "show" }, ["account", "explain", $"{Account(world)}"] })
        {
            var (code, output, errors) = Disburse.Run([.. verb, "--db", world.Database.Option, "--lang", language]);
            Assert.True(code == 0, output + errors);
            Assert.Contains(says, output, StringComparison.Ordinal);
            var json = Disburse.Run([.. verb, "--db", world.Database.Option, "--json"]).Output;
            Assert.Contains(verb.Length == 2 ? "\"fen\": 800000" : "\"earmark_delta_fen\": 800000", json,
                StringComparison.Ordinal);
        }
    }

    private static ObligationRow Overdue(LawWorld world)
    {
        world.Sweep();
        return world.Samples.Ask(v => v.List<ObligationRow>(("payroll", 1L))).Single();
    }

    private static void Book(LawWorld world, long fen, string purpose, string kind = "TRANSFER")
    {
        world.Banks[0].Books(fen, kind, purpose);
        Settle(world);
    }

    private static void Settle(LawWorld world)
    {
        world.Close();
        while (world.Coming.Count > 0) world.Deliver(world.Coming[0]);
    }

    private static Outcome Done(LawWorld world, Command command) => world.Samples.Done(SampleLedger.Treasurer, command);

    private static void Advance(LawWorld world, ObligationRow obligation)
    {
        var planned = (IReadOnlyList<ReleaseRow>)Done(world, new Command("release.plan",
            ("kind", ReleaseKind.Advance), ("obligation", obligation.Obligation))).Result!;
        world.Samples.Done("", new Command("release.fund", ("release", planned[0].Release)));
    }

    private static void Cancel(LawWorld world)
    {
        foreach (var release in world.Samples.Ask(v => v.List<ReleaseRow>()))
            Done(world, new Command("release.cancel", ("release", release.Release)));
    }

    private static void PaidOutside(LawWorld world, ObligationRow obligation)
    {
        for (var claim = 1; claim <= 4; claim++)
        {
            var command = new Command("arrears.discharge", ("claim", claim))
                .With(new InputDocument(Discharge.Evidence, Encoding.UTF8.GetBytes($"样例凭证 {claim}")));
            foreach (var person in new[] { SampleLedger.Treasurer, SampleLedger.Administrator })
                world.Samples.Done(person, command);
        }
        Assert.Equal(ObligationState.Discharged, world.Samples.Ask(v =>
            v.Find<ObligationRow>(("obligation", obligation.Obligation)))!.State);
    }

    private static void Order(LawWorld world, ObligationRow obligation)
    {
        var (project, employer) = world.Samples.Ask(v => (
            v.Find<Engine.People.ProjectRow>(("project", obligation.Project))!.Code,
            v.Find<Engine.People.EmployerRow>(("employer", obligation.Subcontractor))!.CreditCode));
        var text = "文书编号,机关,日期,期限,项目编码,用工单位统一社会信用代码,工资表,金额\n"
            + $"人社令〔2026〕7号,样例人社局,2026-03-20,2026-04-10,{project},{employer},,20000.00\n";
        world.Samples.Done(SampleLedger.Clerk, new Command("order.import", ("file", "orders.csv"))
            .With(new InputDocument(OrderImport.Input, Encoding.UTF8.GetBytes(text), Personal: true)));
    }

    /// <summary>The bank's word on rows 1 … 4 of the first file.</summary>
    private static void Says(LawWorld world, string what, string status)
    {
        var file = world.Samples.Ask(v => v.List<DisbursementFileRow>())[0];
        world.Deliver(new BankWord(0, $"{file.Reference}-{what}.txt", MoneyRig.ReportText(
            Enumerable.Range(1, 4).Select(r => ((long)r, LawBase.Card(r), 350_000L + 13_700 * r, status)))));
    }

    private static long Account(LawWorld world) =>
        world.Samples.Ask(v => v.Find<WageAccountRow>(("project", 1L))!.Account);

    /// <summary>Posted, reserved, earmarked.</summary>
    private static (long, long, long) Sums(LawWorld world) => world.Samples.Ask(v =>
    {
        var last = v.Queries.LastEntry(Account(world))!;
        return (last.PostedAfterFen, last.ReservedAfterFen, v.Queries.EarmarkFen(1));
    });

    private static string Figures(LawWorld world)
    {
        var (posted, reserved, earmarked) = Sums(world);
        return string.Join(' ', new[] { posted, reserved, posted - reserved, earmarked }.Select(Yuan));
    }

    private static string Yuan(long fen) => (fen / 100).ToString(CultureInfo.InvariantCulture);

    /// <summary>The four figures of each row of the table under "Earmarks".</summary>
    private static List<string> Table() => [.. File.ReadAllText(Repository.PathOf("specs", "ledger.md"))
        .Split("## Earmarks")[1].Split("\n## ")[0].Split('\n').Where(l => l.StartsWith("| ", StringComparison.Ordinal))
        .Skip(1).Select(l => string.Join(' ', l.Split('|')[2..6].Select(Plain)))];

    private static string Plain(string cell) =>
        cell.Trim().Replace(",", "", StringComparison.Ordinal).Replace('−', '-');
}

using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Returns;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Laws;
using Disbursement.Tests.Storage;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Returns;

/// <summary>What ends an exception by its kind, and what does not: by the bank's own later word, by money put in its
/// place, by two people.</summary>
public sealed class ExceptionEndTests
{
    private static readonly byte[] s_letter = "样例: 银行函"u8.ToArray();

    public static TheoryData<string> Each => [Engines.Sqlite, Engines.Postgres];

    [Theory, MemberData(nameof(Each))]
    public void A_second_copy_that_was_refused_is_open_until_the_first_is_answered(string engine)
    {
        using var rig = new MoneyRig(engine: engine);
        rig.Word($"{MoneyRig.Reference}-status-1.txt", "批次被拒绝", "重复业务");
        Assert.Equal((ExceptionKinds.DuplicateRefused, ExceptionAnswer.Open, null), Only(rig.Worklist()));
        rig.Report($"{MoneyRig.Reference}-result-2.txt", [.. Enumerable.Range(1, 4).Select(r => ((long)r, "处理成功"))]);
        Assert.Equal((ExceptionKinds.DuplicateRefused, ExceptionAnswer.Settled, "File 1 Accepted"),
            Only(rig.Worklist()));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_line_refused_as_a_copy_is_open_until_that_very_line_is_answered(string engine)
    {
        using var rig = new MoneyRig(engine: engine);
        rig.Report($"{MoneyRig.Reference}-result-1.txt", (2, "处理失败/重复业务"));
        Assert.Equal((ExceptionKinds.DuplicateRefused, ExceptionAnswer.Open, null), Only(rig.Worklist()));
        rig.Report($"{MoneyRig.Reference}-result-2.txt", (1, "处理成功"), (3, "处理成功"));
        Assert.Equal(ExceptionAnswer.Open, Only(rig.Worklist()).State);
        rig.Report($"{MoneyRig.Reference}-result-3.txt", (2, "处理成功"));
        Assert.Equal((ExceptionKinds.DuplicateRefused, ExceptionAnswer.Settled, "Outcome Settled Report"),
            Only(rig.Worklist()));
    }

    [Theory, MemberData(nameof(Each))]
    public void Half_a_statement_is_open_until_the_whole_one_is_booked(string engine)
    {
        using var rig = new MoneyRig(engine: engine);
        var whole = MoneyRig.StatementText("S1", rig.Fund, [(300, "TRANSFER", "", ""), (400, "TRANSFER", "", "")]);
        var half = string.Concat(whole.TrimEnd('\n').Split('\n').SkipLast(1).Select(l => l + "\n"));
        rig.Receive("statement-0017-S1.csv", half);
        // Beside it stands the line that says otherwise, for people to explain.
        Assert.Equal([ExceptionKinds.UnreadableLine, ExceptionKinds.EntriesDiffer], rig.Kinds);
        Assert.Equal(ExceptionAnswer.Open, Differs().State);
        Assert.DoesNotContain(rig.All<BankStatementRow>(), s => s.StatementId == "S1");
        // Another statement of the account, whole as it may be, is no answer to this one.
        rig.Statement("S2", rig.Fund + 700);
        Assert.Equal(ExceptionAnswer.Open, Differs().State);
        rig.Receive("statement-0017-S1-2.csv", whole);
        Assert.Equal(ExceptionAnswer.Settled, Differs().State);
        Assert.Matches("^Statement [0-9]+ S1$", Differs().SettledBy);

        ExceptionAnswer Differs() => Assert.Single(rig.Worklist(), a => a.Kind == ExceptionKinds.EntriesDiffer);
    }

    [Theory, MemberData(nameof(Each))]
    public void A_credit_of_no_project_is_open_until_a_treasurer_gives_it_to_one_and_no_document_ends_it(string engine)
    {
        using var database = Databases.Fresh(engine);
        var ledger = new SampleLedger(database.Store);
        var site = Projects(ledger);
        ledger.Done(Treasurer, Statement(MoneyRig.StatementText(site.Account, "S1", "2026-02-05", 0,
            [(100, "TRANSFER", "", "")])));
        Assert.Equal((ExceptionKinds.UnallocatedCredit, ExceptionAnswer.Open, null), Only(Worklist(ledger)));
        var refused = ledger.Decide(Treasurer, Explain(1));
        Assert.Equal(ReturnsRules.CauseStands, Assert.Single(refused.Findings).Rule);
        var account = ledger.Ask(v => v.Find<WageAccountRow>(
            ("project", v.Find<ProjectRow>(("code", site.Code))!.Project)))!.Account;
        ledger.Done(Treasurer, new Command("account.allocate", ("statement", 1), ("line", 4), ("account", account)));
        Assert.Equal((ExceptionKinds.UnallocatedCredit, ExceptionAnswer.Settled, $"Allocation {account}"),
            Only(Worklist(ledger)));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_credit_given_away_after_a_court_took_of_it_leaves_a_lack_that_is_told(string engine)
    {
        using var database = Databases.Fresh(engine);
        var ledger = new SampleLedger(database.Store);
        var site = Projects(ledger);
        ledger.Done(Treasurer, Statement(MoneyRig.StatementText(site.Account, "S1", "2026-02-05", 0,
            [(100, "TRANSFER", "", ""), (-60, "COURT", "", "")])));
        var account = ledger.Ask(v => v.Find<WageAccountRow>(
            ("project", v.Find<ProjectRow>(("code", site.Code))!.Project)))!.Account;
        ledger.Done(Treasurer, new Command("account.allocate", ("statement", 1), ("line", 4), ("account", account)));
        var lack = Assert.Single(ledger.Ask(v => v.List<BankExceptionRow>(("kind", ExceptionKinds.Impaired))));
        var shared = ledger.Ask(v => v.List<StatementEntryRow>())[0].Account;
        Assert.Equal((-60, shared), (lack.AmountFen, lack.Account));
    }

    [Theory, MemberData(nameof(Each))]
    public void What_no_later_word_can_end_is_explained_by_two_people_and_stays_as_it_was_met(string engine)
    {
        using var database = Databases.Fresh(engine);
        var ledger = new SampleLedger(database.Store);
        var site = Projects(ledger);
        foreach (var fen in new[] { 100L, 200L })
            ledger.Done(Treasurer, Statement(MoneyRig.StatementText(site.Account, "S1", "2026-02-05", 0,
                [(fen, "TRANSFER", "", site.Code)])));
        Assert.Equal((ExceptionKinds.StatementChanged, ExceptionAnswer.Open, null), Only(Worklist(ledger)));
        var met = ledger.Ask(v => v.List<BankExceptionRow>());
        Assert.IsType<TwoPeople.Pending>(ledger.Done(Treasurer, Explain(1)).Result);
        Assert.IsType<TwoPeople.Pending>(ledger.Done(Treasurer, Explain(1)).Result);
        // By another letter it is another explanation, which again needs two.
        Assert.IsType<TwoPeople.Pending>(ledger.Done(Clerk, Explain(1, "另一封")).Result);
        Assert.Equal(ExceptionAnswer.Open, Only(Worklist(ledger)).State);
        ledger.Done(Clerk, Explain(1));
        Assert.True(ledger.Done(Administrator, Explain(1)).Repeat);
        var over = Assert.Single(Worklist(ledger));
        Assert.Equal(ExceptionAnswer.Explained, over.State);
        Assert.StartsWith("Explained ", over.SettledBy, StringComparison.Ordinal);
        Assert.Matches("two people explained it by a document", over.SettledEn);
        Assert.Equal(met, ledger.Ask(v => v.List<BankExceptionRow>()));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_worker_credited_twice_is_open_until_the_money_is_back_or_given_up(string engine)
    {
        using var world = PaidTwice(engine);
        var ledger = world.Samples;
        Assert.Equal(ExceptionAnswer.Open, Twice(ledger).State);
        var owed = ledger.Ask(v => v.List<RecoveryClaimRow>())[^1];
        var back = new Command("recovery.recovered", ("recovery", owed.Recovery))
            .With(new InputDocument(Discharge.Evidence, s_letter, Personal: true));
        ledger.Done(Treasurer, back);
        Assert.Equal(ExceptionAnswer.Open, Twice(ledger).State);
        ledger.Done(Administrator, back);
        Assert.Equal((ExceptionAnswer.Settled, $"Recovery {owed.Recovery} Recovered"),
            (Twice(ledger).State, Twice(ledger).SettledBy));
    }

    [Theory, MemberData(nameof(Each))]
    public void Lines_that_two_people_hold_stay_on_the_list_until_two_people_prove_them_unpaid(string engine)
    {
        using var outlay = new SampleOutlay(engine);
        var ledger = outlay.Samples;
        var site = Employers[0];
        var claim = new JournalledClaim(
            site.Project.Code, site.CreditCode, "2026-01-01/2026-01-31", 0, 1, "00ff", "00ff", 100);
        var record = JournalText.Format(new JournalledSend(Ledger, outlay.Account, site.Project.Profile,
            ReleaseKind.Ordinary, FileReference.Of("ROLD", Ledger, 900, 20), "0900", 1, claim.Fen, "0900", [claim]));
        ledger.Done("", new Command("restore.begin", ("epoch", "R001"))
            .With(new InputDocument(RestoreBegin.Journal, Encoding.UTF8.GetBytes(record))));
        ledger.Done("", new Command("restore.match"));
        Assert.Equal([Host.Returns.Worklist.LineWaiting], Lines(ledger));
        Both(ledger, Settle("held"));
        Assert.Equal([Host.Returns.Worklist.LineHeld], Lines(ledger));
        Assert.Equal(100, Worklist(ledger).Single(a => a.Kind == Host.Returns.Worklist.LineHeld).AmountFen);
        Both(ledger, Settle("absent"));
        Assert.Empty(Lines(ledger));
    }

    private static (string Kind, string State, string? By) Only(IReadOnlyList<ExceptionAnswer> list)
    {
        var only = Assert.Single(list);
        return (only.Kind, only.State, only.SettledBy);
    }

    private static IReadOnlyList<ExceptionAnswer> Worklist(SampleLedger ledger) =>
        ledger.Ask(v => new Worklist(v, ledger.Moment.At).All());

    private static ExceptionAnswer Twice(SampleLedger ledger) =>
        Assert.Single(Worklist(ledger), a => a.Kind == ExceptionKinds.DoubleCredit);

    private static IReadOnlyList<string> Lines(SampleLedger ledger) =>
        [.. Worklist(ledger).Where(a => a.Kind.StartsWith("Line", StringComparison.Ordinal)).Select(a => a.Kind)];

    private static void Both(SampleLedger ledger, Command command)
    {
        foreach (var person in new[] { Treasurer, Administrator }) ledger.Done(person, command);
    }

    private static Command Settle(string outcome) =>
        new Command("restore.resolve", ("send", 1), ("outcome", outcome))
            .With(new InputDocument(RestoreResolve.Evidence, s_letter, Personal: true));

    private static Command Explain(long exception, string words = "样例: 银行函") =>
        new Command("exception.explain", ("exception", exception)).With(
            new InputDocument(ExceptionExplain.Evidence, Encoding.UTF8.GetBytes(words), Personal: true));

    private static Command Statement(string text) =>
        new Command("statement.import", ("profile", "icbc-bxt"), ("name", "statement-S1.csv"))
            .With(new InputDocument(BankReceive.Body, Encoding.UTF8.GetBytes(text), Personal: true));

    /// <summary>Two projects on one bank account, so that a credit must say whose it is.</summary>
    private static Host.Samples.SampleProject Projects(SampleLedger ledger)
    {
        var site = Employers[0].Project;
        ledger.Done(Clerk, Sheet("project.register", ProjectRegister.Input, "projects.csv"));
        ledger.Done(Clerk, Sheet("project.register", ProjectRegister.Input, "more.csv", Encoding.UTF8.GetBytes(
            "项目编码,项目名称,总包统一社会信用代码,总包名称,建设单位,银行档案,专户账号,专户户名,联行号,所在地\n"
            + $"GY2025A009,样例九期,{site.ContractorCode},{site.Contractor},{site.Owner},{site.Profile},{site.Account},"
            + $"{site.AccountName},{site.Cnaps},520100\n")));
        return site;
    }

    /// <summary>The bank rejected a line, it was put into another file, and the bank says of the first that it was
    /// credited after all.</summary>
    private static LawWorld PaidTwice(string engine)
    {
        var world = new LawWorld(engine);
        world.Rich();
        world.Close();
        while (world.Coming.Count > 0) world.Deliver(world.Coming[0]);
        world.Do(new Step(Laws.Act.Plan, 1, 0));
        world.Pump(0);
        Says("result-1", LawBank.Rejected);
        world.Do(new Step(Laws.Act.Plan, 1, 8));
        world.Do(new Step(Laws.Act.Fund, 0, 0));
        world.Do(new Step(Laws.Act.Build, 0, 0));
        Says("result-2", LawBank.Settled);
        return world;

        void Says(string what, string status) => world.Deliver(new BankWord(0,
            $"{world.Samples.Ask(v => v.List<DisbursementFileRow>())[0].Reference}-{what}.txt",
            MoneyRig.ReportText([(1, LawBase.Card(1), 313_700, status)])));
    }
}

using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>The worked tables of the account's books (domain decision 12), four lines in a file.</summary>
public class StatementTests
{
    private const string Settled = "处理成功";
    private const string Rejected = "处理失败/账户已销户";
    private static readonly (long, string)[] s_threeOfFour = [(1, Settled), (2, Settled), (3, Settled), (4, Rejected)];

    private static string Name(string what) => $"{MoneyRig.Reference}-{what}.txt";

    private static void Agrees(MoneyRig rig, long posted)
    {
        Assert.Equal((posted, 0L), (rig.Balance().PostedAfterFen, rig.Balance().ReservedAfterFen));
        Assert.Equal((FileState.Reconciled, 0L), (rig.TheFile.State, rig.TheFile.ReservedFen));
        Assert.Empty(rig.Kinds);
    }

    [Fact]
    public void Report_before_statement_with_one_refund_per_line()
    {
        using var rig = new MoneyRig();
        var total = rig.TheFile.TotalFen;
        rig.Report(Name("result-1"), s_threeOfFour);
        Assert.Equal(total, rig.Balance().ReservedAfterFen); // Refund due stays reserved.
        rig.Statement("S1", rig.Fund, (-total, "WAGE", MoneyRig.Reference, ""),
            (MoneyRig.Fen(4), "REFUND", MoneyRig.Reference, "退回"));
        Agrees(rig, rig.Fund - total + MoneyRig.Fen(4));
    }

    [Fact]
    public void Statement_before_report()
    {
        using var rig = new MoneyRig();
        var total = rig.TheFile.TotalFen;
        rig.Statement("S1", rig.Fund, (-total, "WAGE", MoneyRig.Reference, ""),
            (MoneyRig.Fen(4), "REFUND", MoneyRig.Reference, "退回"));
        Assert.Equal(FileState.Accepted, rig.TheFile.State); // The debit proves that the bank took it.
        rig.Report(Name("result-1"), s_threeOfFour);
        Agrees(rig, rig.Fund - total + MoneyRig.Fen(4));
    }

    /// <summary>A file's reference on the statement of another account of that bank moves nothing of it.</summary>
    [Fact]
    public void A_statement_of_another_account_books_nothing_on_the_file()
    {
        using var rig = new MoneyRig();
        var (file, balance, total) = (rig.TheFile, rig.Balance(), rig.TheFile.TotalFen);
        rig.Receive("statement-0025-S1.csv", MoneyRig.StatementText(MoneyRig.OtherAccount, "S1", "2026-03-14", 0,
            [(total, "TRANSFER", "", "样例"), (-total, "WAGE", MoneyRig.Reference, "")]));
        Assert.Equal((file, balance), (rig.TheFile, rig.Balance()));
        Assert.Equal([ExceptionKinds.UnallocatedCredit, ExceptionKinds.ForeignDebit], rig.Kinds);
        Assert.Equal([0, total, 0], rig.All<AccountEntryRow>().Where(e => e.Account > 2)
            .Select(e => e.PostedAfterFen).Prepend(0));
    }

    [Fact]
    public void One_refund_for_two_lines()
    {
        using var rig = new MoneyRig();
        var (total, back) = (rig.TheFile.TotalFen, MoneyRig.Fen(3) + MoneyRig.Fen(4));
        rig.Report(Name("result-1"), (1, Settled), (2, Settled), (3, Rejected), (4, Rejected));
        rig.Statement("S1", rig.Fund, (-total, "WAGE", MoneyRig.Reference, ""));
        Assert.Equal(FileState.Accepted, rig.TheFile.State);
        rig.Statement("S2", rig.Fund - total, (back, "REFUND", MoneyRig.Reference, ""));
        Agrees(rig, rig.Fund - total + back);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_net_debit(bool wholeFile)
    {
        using var rig = new MoneyRig(wholeFileDebit: wholeFile);
        var net = rig.TheFile.TotalFen - MoneyRig.Fen(4);
        rig.Report(Name("result-1"), s_threeOfFour);
        Assert.Equal(wholeFile ? rig.TheFile.TotalFen : net, rig.Balance().ReservedAfterFen);
        rig.Statement("S1", rig.Fund, (-net, "WAGE", MoneyRig.Reference, ""));
        Agrees(rig, rig.Fund - net);
    }

    [Fact]
    public void A_fee_is_booked_on_the_only_project_without_an_exception()
    {
        using var rig = new MoneyRig();
        rig.Statement("S1", rig.Fund, (-1_500, "FEE", "", "手续费"));
        Assert.Equal(rig.Fund - 1_500, rig.Balance().PostedAfterFen);
        Assert.Empty(rig.Kinds);
    }

    [Fact]
    public void A_courts_deduction_impairs_the_account_and_is_named()
    {
        using var rig = new MoneyRig();
        rig.Statement("S1", rig.Fund, (-rig.Fund, "COURT", "", "司法扣划"));
        Assert.Equal((0L, rig.TheFile.TotalFen), (rig.Balance().PostedAfterFen, rig.Balance().ReservedAfterFen));
        Assert.Equal([ExceptionKinds.ForeignDebit, ExceptionKinds.Impaired], rig.Kinds);
    }

    [Fact]
    public void A_gap_is_named_and_closes_when_the_missing_statement_comes()
    {
        using var rig = new MoneyRig();
        rig.Statement("S2", rig.Fund + 100, (50, "TRANSFER", "", ""));
        Assert.Equal([ExceptionKinds.StatementGap, ExceptionKinds.BalanceDiffers], rig.Kinds);
        rig.Statement("S1", rig.Fund, (100, "TRANSFER", "", ""));
        Assert.Equal(2, rig.Kinds.Count);
        Assert.Equal(rig.Fund + 150, rig.Balance().PostedAfterFen);
    }

    [Fact]
    public void A_statement_told_twice_is_booked_once_and_a_changed_one_is_named()
    {
        using var rig = new MoneyRig();
        rig.Statement("S1", rig.Fund, (100, "TRANSFER", "", ""));
        rig.Receive("statement-again.csv", MoneyRig.StatementText("S1", rig.Fund, (100, "TRANSFER", "", "")));
        Assert.Empty(rig.Kinds);
        rig.Receive("statement-other.csv", MoneyRig.StatementText("S1", rig.Fund, (101, "TRANSFER", "", "")));
        Assert.Equal([ExceptionKinds.StatementChanged], rig.Kinds);
        Assert.Equal(rig.Fund + 100, rig.Balance().PostedAfterFen);
    }

    [Fact]
    public void With_two_projects_a_credit_goes_where_its_purpose_says_and_else_nowhere()
    {
        using var rig = new MoneyRig(projects: 2);
        rig.Statement("S1", rig.Fund,
            (100, "TRANSFER", "", SampleFile.ProjectCode(2) + " 人工费"), (50, "TRANSFER", "", "人工费"));
        Assert.Equal(100, rig.Balance(2).PostedAfterFen);
        Assert.Equal(50, rig.Balance(3).PostedAfterFen);
        Assert.Equal([ExceptionKinds.UnallocatedCredit], rig.Kinds);
    }
}

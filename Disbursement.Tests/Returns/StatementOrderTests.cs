using Disbursement.Engine.Accounts;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>In whatever order statements come, and what each exception says of which line and of how much.</summary>
public class StatementOrderTests
{
    [Fact]
    public void A_gap_names_what_the_newest_statement_before_it_by_its_dates_closed_with()
    {
        using var rig = new MoneyRig();
        rig.Statement("S2", rig.Fund, (10, "TRANSFER", "", ""));
        Assert.Empty(rig.Kinds);
        // The one before it comes later: its number is higher, its day is earlier.
        rig.Statement("S1", rig.Fund, (5, "TRANSFER", "", ""));
        rig.Statement("S4", rig.Fund + 500, (1, "TRANSFER", "", ""));
        Assert.Equal(
        [
            (ExceptionKinds.BalanceDiffers, 0, rig.Fund + 15, rig.Fund + 10),
            (ExceptionKinds.StatementGap, 0, rig.Fund + 500, rig.Fund + 10),
            (ExceptionKinds.BalanceDiffers, 0, rig.Fund + 16, rig.Fund + 501),
        ], Told(rig));
    }

    [Fact]
    public void Of_several_of_one_day_the_last_to_come_is_the_one_before()
    {
        using var rig = new MoneyRig();
        Whole(rig, "A", "2026-03-17", "2026-03-17", rig.Fund);
        Whole(rig, "B", "2026-03-17", "2026-03-17", rig.Fund + 900);
        Whole(rig, "C", "2026-03-17", "2026-03-17", rig.Fund + 2000);
        Assert.Equal([(rig.Fund + 900, rig.Fund + 1), (rig.Fund + 2000, rig.Fund + 901)], Gaps(rig));
    }

    [Fact]
    public void One_of_several_days_goes_on_from_what_ended_within_them_and_not_from_what_ends_with_it()
    {
        using var rig = new MoneyRig();
        Whole(rig, "A", "2026-03-18", "2026-03-18", rig.Fund);
        Whole(rig, "B", "2026-03-17", "2026-03-20", rig.Fund + 3000);
        Whole(rig, "C", "2026-03-18", "2026-03-20", rig.Fund + 5000);
        Assert.Equal([(rig.Fund + 3000, rig.Fund + 1), (rig.Fund + 5000, rig.Fund + 1)], Gaps(rig));
    }

    [Fact]
    public void An_exception_names_the_line_the_account_and_the_amount_of_the_entry()
    {
        using var rig = new MoneyRig(projects: 2);
        rig.Statement("S1", rig.Fund, (100, "TRANSFER", "", SampleFile.ProjectCode(2) + " 人工费"),
            (500, "TRANSFER", "", "人工费"), (-70, "COURT", "", "司法扣划"), (-5, "FEE", "", "手续费"));
        var statement = rig.All<BankStatementRow>()[^1].Statement;
        // Two rows of the head and the headings stand above the entries.
        Assert.Equal([4L, 5, 6, 7], rig.All<StatementEntryRow>().Where(e => e.Statement == statement)
            .Select(e => e.Line));
        Assert.Equal(
        [
            (ExceptionKinds.UnallocatedCredit, 5, 500L, 0L),
            (ExceptionKinds.ForeignDebit, 6, -70, 0),
        ], Told(rig));
        Assert.Equal([($"statement {statement}", (long?)3), ($"statement {statement} COURT", 3)],
            rig.All<BankExceptionRow>().Select(x => (x.Detail, x.Account)));
    }

    [Fact]
    public void What_an_account_lacks_is_told_as_that()
    {
        using var rig = new MoneyRig();
        rig.Statement("S1", rig.Fund, (-rig.Fund, "COURT", "", "司法扣划"));
        Assert.Equal(
        [
            (ExceptionKinds.ForeignDebit, 4, -rig.Fund, 0L), (ExceptionKinds.Impaired, 0, -rig.TheFile.TotalFen, 0),
        ], Told(rig));
    }

    [Fact]
    public void A_file_and_its_release_move_by_one_version_with_the_debit_and_not_without()
    {
        using var rig = new MoneyRig();
        var (file, release) = (rig.TheFile, rig.TheRelease);
        rig.Statement("S1", rig.Fund, (50, "TRANSFER", "", ""));
        Assert.Equal((file, release), (rig.TheFile, rig.TheRelease));
        rig.Statement("S2", rig.Fund + 50, (-file.TotalFen, "WAGE", MoneyRig.Reference, ""));
        Assert.Equal((file.Version + 1, file.TotalFen, release.Version + 1),
            (rig.TheFile.Version, rig.TheFile.DebitedFen, rig.TheRelease.Version));
        Assert.Equal(ReleaseState.Settling, rig.TheRelease.State);
        rig.Statement("S3", rig.Fund + 50 - file.TotalFen, (-7, "WAGE", MoneyRig.Reference, ""));
        Assert.Equal((file.Version + 2, release.Version + 1), (rig.TheFile.Version, rig.TheRelease.Version));
    }

    [Fact]
    public void A_message_that_cannot_be_trusted_or_read_is_an_exception_of_no_line_and_no_money()
    {
        using var rig = new MoneyRig();
        var forged = rig.Receive($"{MoneyRig.Reference}-result-1.txt",
            MoneyRig.ReportText([(1, MoneyRig.Account(1), MoneyRig.Fen(1), "处理成功")]), forged: true);
        var unread = rig.Receive($"{MoneyRig.Reference}-result-2.txt", "样例: 不是报文\n");
        Assert.Equal([(ExceptionKinds.Unverified, 0L, 0L), (ExceptionKinds.Unreadable, 0, 0)],
            rig.All<BankExceptionRow>().Select(x => (x.Kind, x.AmountFen, x.ExpectedFen)));
        Assert.Equal(0, rig.One<BankExceptionRow>().DocumentLine);
        Assert.All([forged, unread], applied => Assert.Equal(((long?)null, 0, 1),
            (applied[^1].Next, applied[^1].Lines, applied[^1].Exceptions.Count)));
        Assert.Equal([(0L, 1L), (0, 1)], rig.All<MessageProgressRow>().TakeLast(2)
            .Select(p => (p.LinesApplied, (long)p.Exceptions)));
    }

    /// <summary>A statement of a period with one credit of a fen.</summary>
    private static void Whole(MoneyRig rig, string id, string from, string to, long opening) =>
        rig.Receive($"statement-0017-{id}.csv", MoneyRig.StatementText(MoneyRig.WageAccount, id, to, opening,
            [(1, "TRANSFER", "", "")]).Replace($",{id},{to},{to},", $",{id},{from},{to},", StringComparison.Ordinal));

    private static IEnumerable<(string Kind, long Line, long Fen, long Expected)> Told(MoneyRig rig) =>
        rig.All<BankExceptionRow>().Select(x => (x.Kind, x.DocumentLine, x.AmountFen, x.ExpectedFen));

    private static IEnumerable<(long Fen, long Expected)> Gaps(MoneyRig rig) =>
        Told(rig).Where(t => t.Kind == ExceptionKinds.StatementGap).Select(t => (t.Fen, t.Expected));
}

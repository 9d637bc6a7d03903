using System.Globalization;
using System.Text;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>Answers that name the rows that failed, by account and amount alone, and count the rest: SBS n052 and CCB's
/// FAIL_LIST.</summary>
public class FailureListTests
{
    private const string Name = MoneyRig.Reference + "-result-1.txt";

    [Fact]
    public void Rows_that_are_not_named_are_paid_where_counts_and_sums_leave_no_other_reading()
    {
        using var rig = new MoneyRig(shipped: "sbs-n050");
        rig.Receive(Name, List(3, rig.TheFile.TotalFen - MoneyRig.Fen(2), 2));
        Assert.Empty(rig.Kinds);
        Assert.Equal((3L, 1L, 0L), (rig.TheFile.LinesSettled, rig.TheFile.LinesRejected, rig.TheFile.LinesOpen));
        var rejected = Assert.Single(rig.All<PaymentOutcomeRow>(), o => o.Kind == OutcomeKind.Rejected);
        Assert.Equal((2L, MoneyRig.Fen(2)), (rejected.Claim, rejected.AmountFen));
    }

    [Fact]
    public void A_file_paid_whole_has_an_empty_list()
    {
        using var rig = new MoneyRig(shipped: "sbs-n050");
        rig.Receive(Name, List(4, rig.TheFile.TotalFen));
        Assert.Empty(rig.Kinds);
        Assert.Equal((4L, 0L), (rig.TheFile.LinesSettled, rig.TheFile.LinesOpen));
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(2, 0)]
    public void Where_they_leave_another_reading_the_rest_stays_open(int paid, long fenMore)
    {
        using var rig = new MoneyRig(shipped: "sbs-n050");
        rig.Receive(Name, List(paid, rig.TheFile.TotalFen - MoneyRig.Fen(2) + fenMore, 2));
        Assert.Contains(ExceptionKinds.StatedTotalsDiffer, rig.Kinds);
        Assert.Equal((0L, 1L, 3L), (rig.TheFile.LinesSettled, rig.TheFile.LinesRejected, rig.TheFile.LinesOpen));
    }

    [Fact]
    public void A_failure_that_is_none_of_the_file_settles_nothing()
    {
        using var rig = new MoneyRig(shipped: "sbs-n050");
        rig.Receive(Name, List(3, rig.TheFile.TotalFen - MoneyRig.Fen(9), 9));
        Assert.Contains(ExceptionKinds.UnknownRow, rig.Kinds);
        Assert.Equal((0L, 0L, 4L), (rig.TheFile.LinesSettled, rig.TheFile.LinesRejected, rig.TheFile.LinesOpen));
    }

    [Fact]
    public void A_list_without_counts_rejects_what_it_names_and_says_nothing_of_the_rest()
    {
        using var rig = new MoneyRig(shipped: "ccb-wage");
        rig.Receive(Name, $"{MoneyRig.Account(3)}|样例工人|{new Money(MoneyRig.Fen(3)).ToYuan()}|账户已销户\n");
        Assert.Empty(rig.Kinds);
        Assert.Equal((0L, 1L, 3L), (rig.TheFile.LinesSettled, rig.TheFile.LinesRejected, rig.TheFile.LinesOpen));
    }

    /// <summary>One n052 packet with these rows as failed.</summary>
    private static string List(int paid, long paidFen, params long[] failed)
    {
        var text = new StringBuilder(new string(' ', 21)).Append("T541").Append(' ', 4);
        text.Append(Count(paid)).Append(Count(failed.Length)).Append(Yuan(paidFen));
        text.Append(Yuan(failed.Sum(MoneyRig.Fen))).Append('0').Append(Count(failed.Length)).Append(' ', 198);
        foreach (var row in failed)
            text.Append(MoneyRig.Account(row).PadRight(32)).Append("样例工人").Append(' ', 52)
                .Append("账户已销户").Append(' ', 30).Append(Yuan(MoneyRig.Fen(row)));
        return text.ToString();
    }

    private static string Count(int count) => count.ToString("000000", CultureInfo.InvariantCulture);

    private static string Yuan(long fen) => "+" + new Money(fen).ToYuan().PadLeft(16, '0');
}

using Disbursement.Engine.Returns;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>
/// L9: any order, repetition and split of the same words of the bank gives the same states and balances.
/// </summary>
public class OrderTests
{
    private const string Settled = "处理成功";
    private const string Rejected = "处理失败/账户已销户";
    private const string Returned = "已退汇/退票";

    /// <summary>Everything the bank says; row 2 comes back, row 3 is rejected, row 4 is contradicted.</summary>
    private static readonly (long Row, string Status)[] s_words =
        [(1, Settled), (2, Settled), (3, Rejected), (4, Settled), (2, Returned), (4, Rejected)];

    [Property(MaxTest = 12)]
    public void Any_order_repetition_and_split_gives_the_same(int[] keys, PositiveInt split, bool wholeFile)
    {
        var order = Enumerable.Range(0, 9).Select(i => keys.Length == 0 ? -i : keys[i % keys.Length] * (i + 3) % 11);
        var expected = Play([.. s_words.Select(w => new[] { w })], 0, wholeFile);
        var shuffled = s_words.Concat(s_words.Take(3)).Zip(order).OrderBy(w => w.Second).Select(w => w.First);
        Assert.Equal(expected, Play([.. shuffled.Chunk(split.Get % 5 + 1)], split.Get % 3, wholeFile));
    }

    private static string Play(IReadOnlyList<(long Row, string Status)[]> messages, int statementAt, bool wholeFile)
    {
        using var rig = new MoneyRig(wholeFileDebit: wholeFile);
        for (var i = 0; i < messages.Count; i++)
        {
            if (i == statementAt)
                rig.Statement("S1", rig.Fund, (-rig.TheFile.TotalFen, "WAGE", MoneyRig.Reference, ""),
                    (MoneyRig.Fen(3), "REFUND", MoneyRig.Reference, ""));
            rig.Report($"{MoneyRig.Reference}-result-{i + 1}.txt", messages[i]);
        }
        if (messages.Count <= statementAt)
            rig.Statement("S1", rig.Fund, (-rig.TheFile.TotalFen, "WAGE", MoneyRig.Reference, ""),
                (MoneyRig.Fen(3), "REFUND", MoneyRig.Reference, ""));
        var (f, p, b) = (rig.TheFile, rig.ThePayroll, rig.Balance());
        return string.Join(' ', Enumerable.Range(1, 4).Select(r => $"{rig.State(r)}")
            .Append($"file {f.LinesOpen} {f.LinesSettled} {f.LinesRejected} {f.LinesReturned} "
                + $"{f.DebitedFen} {f.RefundedFen} {f.ReservedFen}")
            .Append($"payroll {p.State} {p.LinesPaid} {p.LinesInFlight} {p.LinesUnpaid}")
            .Append($"account {b.PostedAfterFen} {b.ReservedAfterFen}"));
    }
}

using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Returns;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>What was dealt with is over, what is not stands open, and a file nobody knows of is on the list.</summary>
public sealed class WorklistTests
{
    public static TheoryData<string> Each => [Engines.Sqlite, Engines.Postgres];

    [Theory, MemberData(nameof(Each))]
    public void A_line_of_another_amount_is_open_until_the_bank_sends_the_right_one(string engine)
    {
        using var rig = new MoneyRig(engine: engine);
        rig.Report($"{MoneyRig.Reference}-result-1.txt", (1, MoneyRig.Account(1), MoneyRig.Fen(1) + 1, "处理成功"));
        var open = Assert.Single(rig.Worklist());
        Assert.Equal((ExceptionKinds.AmountDiffers, ExceptionAnswer.Open, null),
            (open.Kind, open.State, open.SettledBy));
        rig.Report($"{MoneyRig.Reference}-result-2.txt", (1, "处理成功"));
        var over = Assert.Single(rig.Worklist());
        Assert.Equal((ExceptionAnswer.Settled, "Outcome Settled Report"), (over.State, over.SettledBy));
        Assert.Contains("已到账", over.SettledZh, StringComparison.Ordinal);
    }

    /// <summary>The bank answered, with another amount: that it gave no answer is not another thing to do.</summary>
    [Theory, MemberData(nameof(Each))]
    public void A_row_whose_amount_differs_is_not_open_a_second_time_for_silence(string engine)
    {
        using var rig = new MoneyRig(engine: engine, state: FileState.Accepted);
        rig.Report($"{MoneyRig.Reference}-result-1.txt", (1, MoneyRig.Account(1), MoneyRig.Fen(1) + 1, "处理成功"));
        rig.Clock.At += Duration.FromDays(3);
        rig.Run(new Command("returns.silence"));
        Assert.Equal([ExceptionKinds.AmountDiffers, .. Enumerable.Repeat(ExceptionKinds.Silent, 3)],
            rig.Worklist().Where(a => a.IsOpen).Select(a => a.Kind));
        var same = Assert.Single(rig.Worklist(), a => !a.IsOpen);
        Assert.Equal((ExceptionKinds.Silent, "Exception 1 AmountDiffers"), (same.Kind, same.SettledBy));
        Assert.Contains("AmountDiffers", same.SettledZh, StringComparison.Ordinal);
        // The right answer ends both by itself.
        rig.Report($"{MoneyRig.Reference}-result-2.txt", (1, "处理成功"));
        Assert.All(rig.Worklist().Where(a => a.Claim == same.Claim),
            a => Assert.Equal("Outcome Settled Report", a.SettledBy));
    }

    [Fact]
    public void A_word_that_stood_before_ends_nothing()
    {
        using var rig = new MoneyRig();
        rig.Report($"{MoneyRig.Reference}-result-1.txt", (1, "处理成功"));
        rig.Report($"{MoneyRig.Reference}-result-2.txt", (1, MoneyRig.Account(1), MoneyRig.Fen(1) + 1, "处理成功"));
        Assert.Equal(ExceptionAnswer.Open, Assert.Single(rig.Worklist()).State);
    }

    [Theory, MemberData(nameof(Each))]
    public void A_line_called_paid_and_not_paid_is_open_until_it_comes_back(string engine)
    {
        using var rig = new MoneyRig(engine: engine);
        rig.Report($"{MoneyRig.Reference}-result-1.txt", (1, "处理成功"));
        rig.Report($"{MoneyRig.Reference}-result-2.txt", (1, "处理失败/账户已销户"));
        Assert.Equal((ExceptionKinds.Contradicted, ExceptionAnswer.Open), Only(rig));
        rig.Report($"{MoneyRig.Reference}-result-3.txt", (1, "已退汇/退票"));
        Assert.Equal(AttemptState.Returned, rig.State(1));
        Assert.Equal((ExceptionKinds.Contradicted, ExceptionAnswer.Settled), Only(rig));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_forged_message_is_over_once_the_same_bytes_come_signed(string engine)
    {
        using var rig = new MoneyRig(engine: engine);
        var text = MoneyRig.ReportText([(1, MoneyRig.Account(1), MoneyRig.Fen(1), "处理成功")]);
        rig.Receive($"{MoneyRig.Reference}-result-1.txt", text, forged: true);
        Assert.Equal((ExceptionKinds.Unverified, ExceptionAnswer.Open), Only(rig));
        rig.Receive($"{MoneyRig.Reference}-result-2.txt", text);
        Assert.Equal((ExceptionKinds.Unverified, ExceptionAnswer.Settled), Only(rig));
    }

    [Theory, MemberData(nameof(Each))]
    public void A_gap_between_statements_and_the_books_that_do_not_fit_end_when_the_missing_one_comes(string engine)
    {
        using var rig = new MoneyRig(engine: engine);
        rig.Statement("S2", rig.Fund + 700, (300, "TRANSFER", "", ""));
        Assert.Equal([ExceptionKinds.StatementGap, ExceptionKinds.BalanceDiffers],
            rig.Worklist().Where(a => a.IsOpen).Select(a => a.Kind));
        rig.Statement("S1", rig.Fund, (700, "TRANSFER", "", ""));
        Assert.All(rig.Worklist(), a => Assert.Equal(ExceptionAnswer.Settled, a.State));
    }

    [Theory, MemberData(nameof(Each))]
    public void An_account_short_of_its_money_is_open_until_it_is_paid_in(string engine)
    {
        using var rig = new MoneyRig(engine: engine);
        rig.Statement("S1", rig.Fund, (-rig.Fund, "COURT", "", ""));
        string[] open = [.. rig.Worklist().Where(a => a.IsOpen).Select(a => a.Kind).Order(StringComparer.Ordinal)];
        Assert.Equal([ExceptionKinds.ForeignDebit, ExceptionKinds.Impaired], open);
        rig.Statement("S2", 0, (rig.Fund, "TRANSFER", "", ""));
        Assert.Equal(ExceptionKinds.ForeignDebit, Assert.Single(rig.Worklist(), a => a.IsOpen).Kind);
    }

    [Theory, MemberData(nameof(Each))]
    public void A_file_that_is_Unknown_stands_there_with_its_age_and_amount_until_the_bank_speaks(string engine)
    {
        using var rig = new MoneyRig(engine: engine, state: FileState.Unknown);
        rig.Clock.At += Duration.FromDays(3);
        var waits = Assert.Single(rig.Worklist());
        Assert.Equal((Worklist.FileUnknown, ExceptionAnswer.Open, rig.TheFile.TotalFen, rig.TheFile.File),
            (waits.Kind, waits.State, waits.AmountFen, waits.File!.Value));
        Assert.Contains("3 days", waits.En, StringComparison.Ordinal);
        Assert.Contains($"file resolve {waits.File}", waits.DoEn, StringComparison.Ordinal);
        rig.Word($"{MoneyRig.Reference}-status-1.txt", "批次被拒绝");
        Assert.DoesNotContain(rig.Worklist(), a => a.Kind == Worklist.FileUnknown);
    }

    private static (string Kind, string State) Only(MoneyRig rig)
    {
        var only = Assert.Single(rig.Worklist());
        return (only.Kind, only.State);
    }
}

using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Returns;

public class ReportExceptionTests
{
    private const string Settled = "处理成功";

    private static string Name(string what) => $"{MoneyRig.Reference}-{what}.txt";

    private static void Untouched(MoneyRig rig, string kind)
    {
        Assert.Equal([kind], rig.Kinds);
        Assert.Empty(rig.All<PaymentOutcomeRow>());
        Assert.Equal((4L, 4L), (rig.TheFile.LinesOpen, rig.ThePayroll.LinesInFlight));
    }

    [Fact]
    public void Another_amount_is_named_with_both_amounts_and_changes_nothing()
    {
        using var rig = new MoneyRig();
        rig.Report(Name("result-1"), (1, MoneyRig.Account(1), MoneyRig.Fen(1) + 1, Settled));
        Untouched(rig, ExceptionKinds.AmountDiffers);
        Assert.Equal((MoneyRig.Fen(1) + 1, MoneyRig.Fen(1)),
            (rig.One<BankExceptionRow>().AmountFen, rig.One<BankExceptionRow>().ExpectedFen));
    }

    [Fact]
    public void Another_account_is_named_and_changes_nothing()
    {
        using var rig = new MoneyRig();
        rig.Report(Name("result-1"), (1, MoneyRig.Account(2), MoneyRig.Fen(1), Settled));
        Untouched(rig, ExceptionKinds.AccountDiffers);
    }

    [Fact]
    public void An_unknown_row_is_named_and_changes_nothing()
    {
        using var rig = new MoneyRig();
        rig.Report(Name("result-1"), (9, Settled));
        Untouched(rig, ExceptionKinds.UnknownRow);
    }

    [Fact]
    public void A_report_about_somebody_elses_file_changes_nothing()
    {
        using var rig = new MoneyRig();
        rig.Report("SAMPLE26030000000002-result-1.txt", (1, Settled));
        Untouched(rig, ExceptionKinds.UnknownFile);
    }

    [Fact]
    public void A_word_about_a_file_never_sent_changes_nothing()
    {
        using var rig = new MoneyRig(state: FileState.Sealed);
        rig.Report(Name("result-1"), (1, Settled));
        Untouched(rig, ExceptionKinds.NeverSent);
    }

    [Fact]
    public void A_forged_message_is_kept_and_changes_nothing()
    {
        using var rig = new MoneyRig();
        rig.Receive(Name("result-1"), "[BatchPayDetail]\n", forged: true);
        Untouched(rig, ExceptionKinds.Unverified);
        Assert.Equal(MessageState.Unverified, rig.All<MessageProgressRow>()[^1].State);
    }

    [Fact]
    public void An_unreadable_message_is_kept_and_changes_nothing()
    {
        using var rig = new MoneyRig();
        rig.Receive(Name("result-1"), "nothing\n");
        Untouched(rig, ExceptionKinds.Unreadable);
    }

    [Fact]
    public void One_bad_line_is_named_and_the_others_are_settled()
    {
        using var rig = new MoneyRig();
        rig.Receive(Name("result-1"), "[BatchPayDetail]\n查询时间:2026-03-13\n批次号:S\n"
            + "序号|币种|收款账号|收款单位名称|金额|网上银行状态|银行反馈信息\n"
            + $"S-1|人民币|{MoneyRig.Account(1)}|样例|5001元元|{Settled}||\n"
            + $"S-2|人民币|{MoneyRig.Account(2)}|样例|5002.00元|{Settled}||\n");
        Assert.Equal([ExceptionKinds.UnreadableLine], rig.Kinds);
        Assert.Equal(1, rig.TheFile.LinesSettled);
    }

    [Theory]
    [InlineData("重复业务")]
    [InlineData("批次号重复")]
    public void A_refusal_as_duplicate_says_nothing_about_the_first_copy(string why)
    {
        using var rig = new MoneyRig();
        rig.Word(Name("status-1"), "批次被拒绝", why);
        Untouched(rig, ExceptionKinds.DuplicateRefused);
        Assert.Equal(FileState.Delivered, rig.TheFile.State);
    }

    [Fact]
    public void A_refusal_after_paid_lines_is_a_contradiction()
    {
        using var rig = new MoneyRig();
        rig.Report(Name("result-1"), (1, Settled));
        rig.Word(Name("status-2"), "批次被拒绝");
        Assert.Equal(FileState.Accepted, rig.TheFile.State);
        Assert.Equal(AttemptState.Contradicted, rig.State(1));
        Assert.Contains(ExceptionKinds.FileContradicted, rig.Kinds);
    }

    [Fact]
    public void Silence_is_named_once_per_line_and_the_claim_stays_in_flight()
    {
        using var rig = new MoneyRig(state: FileState.Accepted);
        rig.Report(Name("result-1"), (1, Settled));
        Assert.True(rig.Run(new Command("returns.silence")).Repeat);
        rig.Clock.At += Duration.FromDays(3);
        rig.Run(new Command("returns.silence"));
        Assert.True(rig.Run(new Command("returns.silence")).Repeat);
        Assert.Equal([ExceptionKinds.Silent, ExceptionKinds.Silent, ExceptionKinds.Silent], rig.Kinds);
        Assert.Equal(3, rig.ThePayroll.LinesInFlight);
    }
}

using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Returns;

public class SettlementTests
{
    private const string Settled = "处理成功";
    private const string Rejected = "处理失败/账户已销户";
    private const string Returned = "已退汇/退票";

    private static string Name(string what) => $"{MoneyRig.Reference}-{what}.txt";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_report_settles_and_rejects_its_lines_and_moves_every_counter(string engine)
    {
        using var rig = new MoneyRig(engine: engine);
        rig.Report(Name("result-1"), (1, Settled), (2, Settled), (3, Rejected));
        Assert.Equal((FileState.Accepted, 1L, 2L, 1L),
            (rig.TheFile.State, rig.TheFile.LinesOpen, rig.TheFile.LinesSettled, rig.TheFile.LinesRejected));
        Assert.Equal((2L, 1L, 1L),
            (rig.ThePayroll.LinesPaid, rig.ThePayroll.LinesInFlight, rig.ThePayroll.LinesUnpaid));
        Assert.Equal((ReleaseState.Settling, 1L), (rig.TheRelease.State, rig.TheRelease.LinesOpen));
        Assert.Single(rig.All<PaymentDeathRow>());
        Assert.Empty(rig.Kinds);
    }

    [Fact]
    public void The_same_message_applied_twice_and_under_another_name_changes_nothing()
    {
        using var rig = new MoneyRig();
        rig.Report(Name("result-1"), (1, Settled), (2, Rejected));
        var (file, payroll, balance) = (rig.TheFile, rig.ThePayroll, rig.Balance());
        Assert.True(rig.Run(new Engine.Runtime.Command("bank.apply", ("message", 2), ("from", 0))).Repeat);
        rig.Report(Name("result-1"), (1, Settled), (2, Rejected));
        rig.Report(Name("result-2"), (1, Settled), (2, Rejected));
        Assert.Equal((file, payroll, balance), (rig.TheFile, rig.ThePayroll, rig.Balance()));
        Assert.Equal(2, rig.All<PaymentOutcomeRow>().Count);
    }

    [Fact]
    public void A_late_return_reopens_a_settled_payroll_and_leaves_the_file_as_it_is()
    {
        using var rig = new MoneyRig(lines: 2);
        rig.Report(Name("result-1"), (1, Settled), (2, Settled));
        Assert.Equal(PayrollState.Settled, rig.ThePayroll.State);
        Assert.Equal(ReleaseState.Done, rig.TheRelease.State);
        rig.Statement("S1", rig.Fund, (-rig.TheFile.TotalFen, "WAGE", MoneyRig.Reference, "代发工资"));
        Assert.Equal(FileState.Reconciled, rig.TheFile.State);
        rig.Report(Name("returns-1"), (2, Returned));
        Assert.Equal((PayrollState.Approved, 1L, 1L),
            (rig.ThePayroll.State, rig.ThePayroll.LinesPaid, rig.ThePayroll.LinesUnpaid));
        Assert.Equal((FileState.Reconciled, 1L, 1L),
            (rig.TheFile.State, rig.TheFile.LinesSettled, rig.TheFile.LinesReturned));
        Assert.Single(rig.All<PaymentDeathRow>());
    }

    [Theory]
    [InlineData(Settled, Rejected)]
    [InlineData(Rejected, Settled)]
    public void A_contradicted_line_is_in_flight_and_named_whichever_word_came_first(string first, string then)
    {
        using var rig = new MoneyRig(wholeFileDebit: false);
        rig.Report(Name("result-1"), (1, first));
        rig.Report(Name("result-2"), (1, then));
        Assert.Equal(AttemptState.Contradicted, rig.State(1));
        Assert.Equal((4L, 0L), (rig.ThePayroll.LinesInFlight, rig.ThePayroll.LinesPaid));
        Assert.Equal(rig.TheFile.TotalFen, rig.Balance().ReservedAfterFen);
        Assert.Equal([ExceptionKinds.Contradicted], rig.Kinds);
    }

    public static TheoryData<FileState, string, FileState> Words => new()
    {
        { FileState.Sending, "银行已接收", FileState.Accepted },
        { FileState.Unknown, "银行已接收", FileState.Accepted },
        { FileState.Delivered, "银行已接收", FileState.Accepted },
        { FileState.Accepted, "银行已接收", FileState.Accepted },
        { FileState.Sending, "批次被拒绝", FileState.Refused },
        { FileState.Unknown, "批次被拒绝", FileState.Refused },
        { FileState.Delivered, "批次被拒绝", FileState.Refused },
        { FileState.Accepted, "批次被拒绝", FileState.Refused },
        { FileState.Delivered, "不明", FileState.Delivered },
    };

    [Theory, MemberData(nameof(Words))]
    public void A_word_on_the_whole_file_goes_by_its_machine(FileState state, string word, FileState then)
    {
        using var rig = new MoneyRig(state: state);
        rig.Word(Name("status-1"), word);
        Assert.Equal(then, rig.TheFile.State);
        if (then != FileState.Refused) return;
        Assert.Equal((4L, 4L), (rig.TheFile.LinesRejected, rig.ThePayroll.LinesUnpaid));
        Assert.Equal((0L, 4), (rig.Balance().ReservedAfterFen, rig.All<PaymentDeathRow>().Count));
    }

    [Theory]
    [InlineData(ReleaseKind.Advance)]
    [InlineData(ReleaseKind.Deposit)]
    public void What_an_advance_or_the_deposit_pays_is_paid(ReleaseKind kind)
    {
        using var rig = new MoneyRig(lines: 2, kind: kind);
        rig.Report(Name("result-1"), (1, Settled), (2, Settled));
        Assert.Equal((PayrollState.Settled, 2L), (rig.ThePayroll.State, rig.ThePayroll.LinesPaid));
    }

    [Fact]
    public void A_large_report_is_applied_in_parts_and_goes_on_where_it_stopped()
    {
        const int Lines = MessageParts.LinesPerSegment + 10;
        using var rig = new MoneyRig(lines: Lines);
        var text = Enumerable.Range(1, Lines).Select(r => ((long)r, Settled)).ToArray();
        var applied = rig.Report(Name("result-1"), text);
        Assert.Equal([MessageParts.LinesPerSegment, 10], applied.Select(a => a.Lines));
        Assert.Equal((0L, (long)Lines), (rig.TheFile.LinesOpen, rig.ThePayroll.LinesPaid));
        Assert.Equal(MessageState.Applied, rig.All<MessageProgressRow>()[^1].State);
    }
}

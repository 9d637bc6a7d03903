using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>A wage of a journalled file that people called absent and another file paid: by the bank's two words it was
/// paid twice.</summary>
public class PaidTwiceTests
{
    private const string Settled = "处理成功", Rejected = "处理失败/账户已销户";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_wage_paid_by_another_file_since_is_a_double_credit_once_the_bank_calls_the_lost_one_paid(
        string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Both(new Command("file.resolve", ("file", TwinRig.Number), ("outcome", "absent")).With(TwinRig.Letter));
        Assert.Equal(FileState.Withdrawn, lost.Journalled.State);
        lost.SendHere();
        lost.Told(lost.Here.Reference, 1, (1, Settled), (2, Settled));
        Assert.Empty(lost.Kinds);

        lost.Report(1, (1, Settled), (2, Rejected));
        lost.Match();
        lost.Match();
        Assert.Equal([ExceptionKinds.FileContradicted, ExceptionKinds.PaidAfterAbsence, ExceptionKinds.DoubleCredit],
            lost.Kinds.Order(Comparer<string>.Create((a, b) => Order(a) - Order(b))));
        var twice = lost.Rows<BankExceptionRow>().Single(x => x.Kind == ExceptionKinds.DoubleCredit);
        Assert.Equal((lost.Claims[0].Fen, (long?)TwinRig.Number), (twice.AmountFen, twice.File));
        Assert.Equal((twice.Claim, lost.Claims[0].Fen),
            lost.Rows<RecoveryClaimRow>() is [var claim] ? (claim.Claim, claim.AmountFen) : default);

        static int Order(string kind) => kind == ExceptionKinds.DoubleCredit ? 2
            : kind == ExceptionKinds.PaidAfterAbsence ? 1 : 0;
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Paid_again_after_people_s_second_absence_it_is_a_double_credit_by_the_bank_s_word(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Report(1, (1, Settled));
        lost.Both(lost.Settle("absent", "样例: 银行第二封函"));
        lost.Match();
        lost.SendHere();
        Assert.DoesNotContain(ExceptionKinds.DoubleCredit, lost.Kinds);
        lost.Told(lost.Here.Reference, 1, (1, Settled), (2, Settled));
        lost.Match();
        // The second wage too was called absent and paid again: of that the bank never said otherwise.
        var twice = lost.Rows<BankExceptionRow>().Single(x => x.Kind == ExceptionKinds.DoubleCredit);
        Assert.Equal((lost.Claims[0].Fen, (long?)TwinRig.Number), (twice.AmountFen, twice.File));
        Assert.Equal((twice.Claim, lost.Claims[0].Fen),
            lost.Rows<RecoveryClaimRow>() is [var claim] ? (claim.Claim, claim.AmountFen) : default);
    }
}

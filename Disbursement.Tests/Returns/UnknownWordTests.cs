using System.Text.Json.Nodes;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Returns;
using Disbursement.Tests.Codecs;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>A word of the bank that no code list knows is told at once, with row, element and word; it decides nothing.
/// So is a row without the account that the words are held against.</summary>
public sealed class UnknownWordTests
{
    private const string Name = MoneyRig.Reference + "-result-";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_status_of_no_list_is_told_once_until_the_bank_says_a_known_one(string engine)
    {
        using var rig = Rig("iso20022-pain", engine);
        rig.Receive(Name + "1.xml", Pain002("WXYZ", 2));
        Told(rig, ExceptionKinds.UnknownWord, "row 00000002 TxSts WXYZ");
        var open = Assert.Single(rig.Worklist(), a => a.IsOpen);
        Assert.Contains("TxSts WXYZ", open.En, StringComparison.Ordinal);
        Assert.Contains("TxSts WXYZ", open.Zh, StringComparison.Ordinal);
        // Silence about that row is not another thing to do.
        rig.Receive(Name + "2.xml", Pain002("ACSC", 1));
        rig.Clock.At += Duration.FromDays(5);
        rig.Run(new Command("returns.silence"));
        Assert.Equal(2, rig.Worklist().Count(a => a.Kind == ExceptionKinds.Silent && a.IsOpen));
        Assert.Equal("Exception 1 UnknownWord",
            Assert.Single(rig.Worklist(), a => a.Kind == ExceptionKinds.Silent && !a.IsOpen).SettledBy);
        rig.Receive(Name + "3.xml", Pain002("ACSC", 2));
        Assert.Equal((ExceptionAnswer.Settled, "Outcome Settled Report"),
            rig.Worklist().Where(a => a.Kind == ExceptionKinds.UnknownWord).Select(a => (a.State, a.SettledBy))
                .Single());
        Assert.Equal(2, rig.TheFile.LinesSettled);
    }

    [Theory]
    [InlineData("QQQQ", "row 00000002 返回码 QQQQ")]
    // What is no code may be anybody's name: it stays in the sealed message.
    [InlineData("样例甲", "row 00000002 返回码")]
    public void A_status_of_no_list_in_a_delimited_text_is_told(string status, string detail)
    {
        using var rig = Rig("gyb-delimited");
        rig.Receive(Name + "1.csv", $"H,{MoneyRig.Reference},B1,1,{Yuan(2)},0,0.00\n"
            + $"D,2,{MoneyRig.Account(2)},样例工人,{Yuan(2)},{status},,X1,20260313\n");
        // The head speaks of one row, the file has four: told as before.
        Assert.Equal([ExceptionKinds.StatedTotalsDiffer, ExceptionKinds.UnknownWord], rig.Kinds);
        Assert.Equal(detail, rig.All<BankExceptionRow>()[^1].Detail);
        Assert.Empty(rig.All<PaymentOutcomeRow>());
    }

    [Fact]
    public void A_status_of_no_list_in_a_text_of_ICBC_is_told_and_the_other_rows_are_settled()
    {
        using var rig = new MoneyRig();
        rig.Report($"{MoneyRig.Reference}-result-1.txt", (1, "处理成功"), (2, "WXYZ"));
        Assert.Equal([ExceptionKinds.UnknownWord], rig.Kinds);
        Assert.Equal("row 00000002 网上银行状态 WXYZ", rig.One<BankExceptionRow>().Detail);
        Assert.Equal((1L, 3L), (rig.TheFile.LinesSettled, rig.TheFile.LinesOpen));
    }

    /// <summary>Neither a word for what is still on its way nor one for what is in doubt is unknown.</summary>
    [Theory]
    [InlineData("ACSP")]
    [InlineData("BLCK")]
    public void A_word_that_is_known_and_says_nothing_yet_is_no_exception(string status)
    {
        using var rig = Rig("iso20022-pain");
        rig.Receive(Name + "1.xml", Pain002(status, 2));
        Assert.Empty(rig.Kinds);
        Assert.Empty(rig.All<PaymentOutcomeRow>());
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_row_without_account_is_told_as_that_and_changes_nothing(string engine)
    {
        using var rig = Rig("iso20022-pain", engine);
        rig.Receive(Name + "1.xml", Pain002("ACSC", 2, account: false));
        Told(rig, ExceptionKinds.AccountMissing, "row 00000002");
        var open = Assert.Single(rig.Worklist());
        Assert.Contains("names no account", open.En, StringComparison.Ordinal);
        Assert.Contains("未报收款账户", open.Zh, StringComparison.Ordinal);
        rig.Receive(Name + "2.xml", Pain002("ACSC", 2));
        Assert.Equal("Outcome Settled Report", Assert.Single(rig.Worklist()).SettledBy);
    }

    /// <summary>The sample bank, but it answers in the form and words of another.</summary>
    private static MoneyRig Rig(string form, string engine = Engines.Sqlite) => new(engine: engine,
        own: ("icbc-other", text =>
        {
            var (own, other) = (JsonNode.Parse(text)!.AsObject(), JsonNode.Parse(CodecSamples.ProfileBytes(form))!);
            own["id"] = "icbc-other";
            own["inbound"] = other["inbound"]!.DeepClone();
            own["codes"] = other["codes"]!.DeepClone();
            return own.ToJsonString();
        }
    ));

    private static void Told(MoneyRig rig, string kind, string detail)
    {
        Assert.Equal([kind], rig.Kinds);
        var told = rig.One<BankExceptionRow>();
        Assert.Equal((detail, 2L, MoneyRig.Fen(2)), (told.Detail, told.Claim, told.AmountFen));
        Assert.Empty(rig.All<PaymentOutcomeRow>());
        Assert.Equal((4L, 4L), (rig.TheFile.LinesOpen, rig.ThePayroll.LinesInFlight));
    }

    private static string Pain002(string status, long row, bool account = true) =>
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.03\"><CstmrPmtStsRpt><OrgnlGrpInfAndSts>"
        + $"<OrgnlMsgId>{MoneyRig.Reference}</OrgnlMsgId></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts><TxInfAndSts>"
        + $"<OrgnlEndToEndId>{MoneyRig.Reference}{row:00000000}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
        + $"<OrgnlTxRef><Amt><InstdAmt Ccy=\"CNY\">{Yuan(row)}</InstdAmt></Amt>"
        + (account ? $"<CdtrAcct><Id><Othr><Id>{MoneyRig.Account(row)}</Id></Othr></Id></CdtrAcct>" : "")
        + "</OrgnlTxRef></TxInfAndSts></OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>";

    private static string Yuan(long row) => new Money(MoneyRig.Fen(row)).ToYuan();
}

using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

public class Iso20022DecoderTests
{
    private static readonly LocalDate PaidOn = new(2026, 11, 6);

    [Fact]
    public void The_golden_status_report_gives_its_head_and_every_line()
    {
        var read = CollectedMessage.OfIso(SampleFile.Golden("pain.002.xml"));
        Assert.Empty(read.Errors);
        Assert.Equal(new MessageHead(MessageKind.Report, SampleFile.Reference, "SAMPLEBANK0001", FileWord.Accepted,
            "", "", 4, new Money(1201196)), Assert.Single(read.Heads));
        Assert.Equal(
        [
            new(1, "00000001", "6217999900000000016", "样例工一", new Money(512345), LineWord.Settled, ReturnReason.None,
                "ACSC", "", "SB0001", PaidOn),
            new(2, "00000002", "6217999900000000024", "𠮷样例&<工>二", new Money(1), LineWord.Rejected,
                ReturnReason.NameMismatch, "BE01", "户名不符", "SB0002", PaidOn),
            new(3, "00000003", "6222089900000000033", "阿依古丽·样例", new Money(600050), LineWord.Pending, ReturnReason.None,
                "PDNG", "", "SB0003", PaidOn),
            new(4, "00000004", "6217999900000000040", "样例工四", new Money(88800), LineWord.Settled, ReturnReason.None,
                "ACSC", "", "SB0004", PaidOn),
        ], read.Lines);
    }

    [Fact]
    public void The_golden_notification_gives_the_late_return()
    {
        var read = CollectedMessage.OfIso(SampleFile.Golden("camt.054.xml"));
        Assert.Empty(read.Errors);
        Assert.Equal(
            new MessageHead(MessageKind.LateReturns, SampleFile.Reference, "N0001", FileWord.None, "", "", null, null),
            Assert.Single(read.Heads));
        Assert.Equal(new ReportLine(1, "00000004", "6217999900000000040", "样例工四", new Money(88800), LineWord.Returned,
            ReturnReason.AccountClosed, "AC04", "账户已销户", "RT0001", new LocalDate(2026, 11, 9)),
            Assert.Single(read.Lines));
    }

    [Fact]
    public void The_golden_statement_gives_balances_and_signed_entries()
    {
        var read = CollectedMessage.OfIso(SampleFile.Golden("camt.053.xml"));
        Assert.Empty(read.Errors);
        Assert.Equal(new StatementHead(SampleFile.PayerAccount, "ST0001", new LocalDate(2026, 11, 5),
            new LocalDate(2026, 11, 9), new Money(100000), new Money(1587155)), Assert.Single(read.Statements));
        Assert.Equal(
        [
            new(1, "SB1001", new LocalDate(2026, 11, 5), new Money(2000000), "样例总承包公司",
                "95559900000000099", "", "人工费用", "TRANSFER"),
            new(2, "SB1002", PaidOn, new Money(-601145), "", "", SampleFile.Reference, "代发工资", "WAGE"),
            new(3, "SB1003", PaidOn, new Money(-500), "", "", "", "手续费", "FEE"),
            new(4, "SB0005", new LocalDate(2026, 11, 9), new Money(88800), "样例建筑<一>有限公司", SampleFile.PayerAccount,
                SampleFile.Reference, "", "REFUND"),
        ], read.Entries);
    }

    [Fact]
    public void A_statement_that_does_not_add_up_is_told_with_both_figures()
    {
        var wrong = Encoding.UTF8.GetString(SampleFile.Golden("camt.053.xml"))
            .Replace("15871.55", "15871.56", StringComparison.Ordinal);
        var reason = Assert.Single(CollectedMessage.OfIso(wrong).Errors).Reason;
        Assert.Contains("15871.56", reason, StringComparison.Ordinal);
        Assert.Contains("15871.55", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RCVD", FileWord.Pending)]
    [InlineData("PDNG", FileWord.Pending)]
    [InlineData("ACTC", FileWord.Accepted)]
    [InlineData("ACCP", FileWord.Accepted)]
    [InlineData("ACSP", FileWord.Accepted)]
    [InlineData("ACSC", FileWord.Accepted)]
    [InlineData("PART", FileWord.Accepted)]
    [InlineData("RJCT", FileWord.Refused)]
    [InlineData("ZZZZ", FileWord.Doubtful)]
    public void A_group_status_without_lines_is_a_word_about_the_file(string status, FileWord word)
    {
        var why = "<StsRsnInf><Rsn><Cd>DS0C</Cd></Rsn></StsRsnInf>";
        var read = CollectedMessage.OfIso(Report($"<GrpSts>{status}</GrpSts>{why}", ""));
        Assert.Equal(new MessageHead(MessageKind.FileStatus, SampleFile.Reference, "B1", word, "DS0C", "", null, null),
            Assert.Single(read.Heads));
    }

    [Theory]
    [InlineData("ACSC", "", LineWord.Settled, ReturnReason.None)]
    [InlineData("ACCC", "", LineWord.Settled, ReturnReason.None)]
    [InlineData("ACSP", "", LineWord.Pending, ReturnReason.None)]
    [InlineData("RJCT", "AC01", LineWord.Rejected, ReturnReason.AccountNotFound)]
    [InlineData("RJCT", "AC04", LineWord.Rejected, ReturnReason.AccountClosed)]
    [InlineData("RJCT", "AC06", LineWord.Rejected, ReturnReason.AccountFrozen)]
    [InlineData("RJCT", "AM02", LineWord.Rejected, ReturnReason.LimitExceeded)]
    [InlineData("RJCT", "ZZ99", LineWord.Rejected, ReturnReason.Other)]
    [InlineData("RJCT", "AM05", LineWord.Doubtful, ReturnReason.Duplicate)]
    [InlineData("BLCK", "", LineWord.Doubtful, ReturnReason.Other)]
    public void A_transaction_status_is_a_word_about_the_line(string status, string code, LineWord word,
        ReturnReason reason)
    {
        var why = code.Length == 0 ? "" : $"<StsRsnInf><Rsn><Cd>{code}</Cd></Rsn></StsRsnInf>";
        var report = Report("", Transaction(SampleFile.Reference + "00000007", $"{status}|{why}"));
        var line = Assert.Single(CollectedMessage.OfIso(report).Lines);
        Assert.Equal(("00000007", word, reason), (line.RowReference, line.Word, line.Reason));
    }

    [Fact]
    public void A_line_without_a_status_takes_that_of_a_refused_file()
    {
        var line = Transaction(SampleFile.Reference + "00000001", null);
        var read = CollectedMessage.OfIso(Report("<GrpSts>RJCT</GrpSts>", line));
        Assert.Equal(LineWord.Rejected, Assert.Single(read.Lines).Word);
        read = CollectedMessage.OfIso(Report("<GrpSts>PART</GrpSts>", line));
        Assert.Equal(LineWord.Doubtful, Assert.Single(read.Lines).Word);
    }

    [Fact]
    public void A_line_of_another_file_is_not_taken_for_a_row_of_this_one()
    {
        var other = "SAMPLE0000000000004300000001";
        var read = CollectedMessage.OfIso(Report("", Transaction(other, "ACSC|")));
        Assert.Equal(other, Assert.Single(read.Lines).RowReference);
    }

    [Fact]
    public void Another_currency_or_a_missing_amount_is_told_and_the_other_lines_still_come()
    {
        var good = Transaction(SampleFile.Reference + "00000001", "ACSC|");
        var read = CollectedMessage.OfIso(Report("", good.Replace("CNY", "USD", StringComparison.Ordinal)
            + "<TxInfAndSts><TxSts>ACSC</TxSts></TxInfAndSts>" + good));
        Assert.Equal(3, Assert.Single(read.Lines).Line);
        Assert.Equal(["InstdAmt", "OrgnlTxRef/Amt"], read.Errors.Select(e => e.Field));
    }

    [Fact]
    public void An_error_names_the_line_and_the_byte_where_the_value_stands()
    {
        var xml = "\uFEFF" + Report("", "\r\n<!-- 𠮷 -->" + Transaction(SampleFile.Reference + "00000001", "ACSC|")
            .Replace(">1.00<", "><![CDATA[]]>样<", StringComparison.Ordinal));
        var error = Assert.Single(CollectedMessage.OfIso(xml).Errors);
        Assert.Equal((2, "InstdAmt", "样"), (error.Line, error.Field, error.Value));
        Assert.Equal(Encoding.UTF8.GetByteCount(xml[..xml.IndexOf('样', StringComparison.Ordinal)]), error.ByteOffset);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<a>")]
    [InlineData("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>")]
    [InlineData("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08'/>")]
    [InlineData("<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt/></Document>")]
    [InlineData("<?xml version='1.0' encoding='no-such-set'?><a/>")]
    public void What_is_no_message_of_ours_is_one_located_error(string xml)
    {
        var read = CollectedMessage.OfIso(xml);
        Assert.Equal(0, read.Parts);
        var error = Assert.Single(read.Errors);
        Assert.True(error.Line >= 1 && error.ByteOffset >= 0);
    }

    [Fact]
    public void A_value_longer_than_any_is_an_error_and_not_held_in_memory()
    {
        var read = CollectedMessage.OfIso(Report($"<GrpSts>{new string('A', 100_000)}</GrpSts>", ""));
        Assert.Contains("longer", Assert.Single(read.Errors).Reason, StringComparison.Ordinal);
    }

    private static string Report(string group, string lines) =>
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>"
        + "<GrpHdr><MsgId>B1</MsgId></GrpHdr>"
        + $"<OrgnlGrpInfAndSts><OrgnlMsgId>{SampleFile.Reference}</OrgnlMsgId>{group}</OrgnlGrpInfAndSts>"
        + $"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{SampleFile.Reference}</OrgnlPmtInfId>{lines}</OrgnlPmtInfAndSts>"
        + "</CstmrPmtStsRpt></Document>";

    /// <param name="status">"status|what follows it", or null.</param>
    private static string Transaction(string endToEnd, string? status)
    {
        var said = status is null ? "" : $"<TxSts>{status.Split('|')[0]}</TxSts>{status.Split('|')[1]}";
        return $"<TxInfAndSts><OrgnlEndToEndId>{endToEnd}</OrgnlEndToEndId>{said}"
            + "<OrgnlTxRef><Amt><InstdAmt Ccy=\"CNY\">1.00</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>";
    }
}

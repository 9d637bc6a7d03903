using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Codecs.StatementCsv;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Codecs.Iso20022;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Codecs.StatementCsv;

public class StatementCsvDecoderTests
{
    private const string Sample = """"
        账号,对账单号,起始日期,截止日期,期初余额,期末余额
        95559900000000001,ST0001,2026-11-05,2026-11-09,1000.00,14988.55
        序号,日期,金额,对方户名,对方账号,业务参考号,用途,类型,流水号
        1,2026-11-05,20000.00,样例总承包公司,95559900000000099,,"人工费用,""十月""",TRANSFER,SB1001
        2,2026-11-06,-6011.45,𠮷样例·代发,,SAMPLE00000000000042,代发工资,WAGE,SB1002

        """";

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!;

    [Theory]
    [InlineData("utf-8", "utf-8", "")]
    [InlineData("gb18030", "gb18030", "")]
    [InlineData("auto", "utf-8", "")]
    [InlineData("auto", "utf-8", "\uFEFF")]
    [InlineData("auto", "gb18030", "")]
    public void A_statement_is_read_whole_in_either_encoding(string charset, string written, string mark)
    {
        var encoding = written == "utf-8" ? new UTF8Encoding(false) : Gb18030;
        var read = Read(encoding.GetBytes(mark + Sample.ReplaceLineEndings("\r\n")), charset);
        Assert.Empty(read.Errors);
        Assert.Equal(new StatementHead("95559900000000001", "ST0001", new LocalDate(2026, 11, 5),
            new LocalDate(2026, 11, 9), new Money(100000), new Money(1498855)), Assert.Single(read.Statements));
        Assert.Equal(
        [
            new(4, "SB1001", new LocalDate(2026, 11, 5), new Money(2000000), "样例总承包公司", "95559900000000099", "",
                "人工费用,\"十月\"", "TRANSFER"),
            new(5, "SB1002", new LocalDate(2026, 11, 6), new Money(-601145), "𠮷样例·代发", "",
                "SAMPLE00000000000042", "代发工资", "WAGE"),
        ], read.Entries);
    }

    [Fact]
    public void A_closing_balance_that_is_not_reached_is_told_with_both_figures()
    {
        var error = Assert.Single(Read(Change("14988.55", "14988.54")).Errors);
        Assert.Contains("14988.54", error.Reason, StringComparison.Ordinal);
        Assert.Contains("14988.55", error.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-6011.45", "-6011.455", "金额", 5)]
    [InlineData("2026-11-06", "2026-11-31", "日期", 5)]
    [InlineData("2026-11-05,2026", "05.11.2026,2026", "起始日期", 2)]
    [InlineData(",14988.55", ",", "期末余额", 2)]
    public void A_field_that_cannot_be_read_is_told_with_line_and_byte(string was, string becomes, string field,
        long line)
    {
        var bytes = Change(was, becomes);
        var error = Assert.Single(Read(bytes).Errors);
        Assert.Equal((line, field), (error.Line, error.Field));
        var width = Encoding.UTF8.GetByteCount(error.Value);
        Assert.Equal(error.Value, Encoding.UTF8.GetString(bytes, (int)error.ByteOffset, width));
    }

    [Theory]
    [InlineData("对账单号", "单号")]
    [InlineData("WAGE,SB1002", "WAGE")]
    [InlineData("\"人工费用,", "\"人工\"费用,")]
    [InlineData("账号", "")]
    public void A_line_of_another_shape_is_one_located_error(string was, string becomes) =>
        Assert.True(Assert.Single(Read(Change(was, becomes)).Errors).Line is >= 1 and <= 5);

    [Fact]
    public void Bytes_of_another_encoding_are_told()
    {
        var bytes = Encoding.UTF8.GetBytes(Sample);
        bytes[^3] = 0xFF;
        Assert.Equal(5, Assert.Single(Read(bytes).Errors).Line);
    }

    [Fact]
    public void A_line_without_end_is_an_error_and_not_held_in_memory()
    {
        var read = Read(Encoding.UTF8.GetBytes(Sample + new string('9', 1_000_000)));
        Assert.Contains("too long", Assert.Single(read.Errors).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Sums_beyond_any_amount_are_an_error_and_no_overflow()
    {
        var huge = Sample + "3,2026-11-06,90000000000000000.00,,,,,,\n" + "4,2026-11-06,90000000000000000.00,,,,,,\n";
        var error = Assert.Single(Read(Encoding.UTF8.GetBytes(huge)).Errors);
        Assert.Contains("18000000000001498855 fen", error.Reason, StringComparison.Ordinal);
    }

    [Property(MaxTest = 200)]
    public void Random_bytes_never_throw(byte[] bytes) => Assert.NotEmpty(Read(bytes).Errors);

    [Property(MaxTest = 500)]
    public void A_mutated_statement_never_throws_and_says_where((int At, byte Value)[] changes, bool gb18030)
    {
        var bytes = gb18030 ? Gb18030.GetBytes(Sample) : Encoding.UTF8.GetBytes(Sample);
        foreach (var (at, value) in changes) bytes[(at & int.MaxValue) * 31L % bytes.Length] = value;
        var read = Read(bytes);
        Assert.True(read.Parts + read.Errors.Count > 0);
        Assert.All(read.Errors, e => Assert.InRange(e.ByteOffset, 0, bytes.Length));
    }

    [Property(MaxTest = 200)]
    public void What_a_bank_writes_is_read_back(int[] fen, string? purpose)
    {
        var text = new string([.. (purpose ?? "").Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]).Trim();
        var quoted = $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
        var closing = new Money(fen.Sum(f => (long)f)).ToYuan();
        var csv = new StringBuilder("账号,对账单号,起始日期,截止日期,期初余额,期末余额\n")
            .Append(CultureInfo.InvariantCulture, $"1,S,2026-11-05,2026-11-09,0.00,{closing}\n")
            .Append("序号,日期,金额,对方户名,对方账号,业务参考号,用途,类型,流水号\n");
        for (var i = 0; i < fen.Length; i++)
            csv.Append(CultureInfo.InvariantCulture,
                $"{i + 1},2026-11-06,{new Money(fen[i]).ToYuan()},,,,{quoted},FEE,B{i}\n");
        var read = Read(Encoding.UTF8.GetBytes(csv.ToString()));
        Assert.Empty(read.Errors);
        Assert.Equal(fen.Select((f, i) => (new Money(f), text, $"B{i}")),
            read.Entries.Select(e => (e.Amount, e.Purpose, e.BankReference)));
    }

    private static byte[] Change(string was, string becomes)
    {
        var at = Sample.IndexOf(was, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(string.Concat(Sample.AsSpan(0, at), becomes, Sample.AsSpan(at + was.Length)));
    }

    private static CollectedMessage Read(byte[] bytes, string charset = "auto") => CollectedMessage.Of(
        new StatementCsvDecoder(),
        SampleFile.Profile with { Statement = new FileForm(StatementCsvDecoder.Name, charset) },
        bytes);
}

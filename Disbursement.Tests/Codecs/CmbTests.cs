using System.Text;
using System.Xml;
using System.Xml.Linq;
using Disbursement.Engine.Returns;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Codecs;

public sealed class CmbTests
{
    private const string Payer = "851900000000001";

    [Fact]
    public void The_upload_equals_the_golden_file_byte_for_byte()
    {
        var rows = new[]
        {
            CodecSamples.Row(1, "6222020000000000004", "样例甲", 512345, "2026年1月"),
            CodecSamples.Row(2, "6222020000000000012", "样例·乙", 1, "", "403701000016", "中国邮政储蓄银行"),
        };
        var (bytes, errors) = CodecSamples.Encode(CodecSamples.Cmb,
            CodecSamples.Plan("SAMPLE00000000000001", Payer, new LocalDate(2026, 1, 30), rows), rows);
        Assert.Empty(errors);
        Assert.Equal(CodecSamples.Golden("cmb-ntagcsal", "two-rows.golden"), bytes);
    }

    [Fact]
    public void Markup_in_a_text_is_escaped_as_in_the_golden_file()
    {
        var row = CodecSamples.Row(1, "6222020000000000004", "样例<甲>&乙", 100, "a<b & c>d");
        var (bytes, errors) = CodecSamples.Encode(CodecSamples.Cmb,
            CodecSamples.Plan("SAMPLE00000000000002", Payer, new LocalDate(2026, 2, 13), row), row);
        Assert.Empty(errors);
        Assert.Equal(CodecSamples.Golden("cmb-ntagcsal", "markup-in-text.golden"), bytes);
    }

    [Fact]
    public void A_rare_name_is_refused_with_its_row()
    {
        var rows = new[]
        {
            CodecSamples.Row(1, "6222020000000000004", "样例甲", 1),
            CodecSamples.Row(2, "6222020000000000012", "样例𠮷", 1),
        };
        var plan = CodecSamples.Plan("SAMPLE00000000000003", Payer, new LocalDate(2026, 1, 30), rows);
        var (_, errors) = CodecSamples.Encode(CodecSamples.Cmb, plan, rows);
        Assert.Equal((2, "ACCNAM"), (Assert.Single(errors).Line, errors[0].Field));
    }

    [Fact]
    public void The_result_decodes_with_totals_rows_and_reasons()
    {
        var message = CodecSamples.Decode(CodecSamples.Cmb, "X-result-1.xml",
            CodecSamples.Golden("cmb-ntagcsal", "result.golden"));
        Assert.Empty(message.Errors);
        var head = Assert.Single(message.Heads);
        Assert.Equal((MessageKind.Report, "SAMPLE00000000000001", "0000978052", FileWord.Accepted, 3, 512546L),
            (head.Kind, head.FileReference, head.BankBatch, head.FileWord, head.StatedLines,
                head.StatedTotal!.Value.Fen));
        Assert.Equal(new (string, string, string, long, LineWord, ReturnReason)[]
        {
            ("00000001", "6222020000000000004", "样例甲", 512345, LineWord.Settled, ReturnReason.None),
            ("00000002", "6222020000000000012", "样例<乙>&", 1, LineWord.Rejected, ReturnReason.NameMismatch),
            ("00000003", "6222020000000000020", "样例丙", 200, LineWord.Pending, ReturnReason.None),
        }, message.Lines.Select(l => (l.RowReference, l.Account, l.Name, l.Amount.Fen, l.Word, l.Reason)));
    }

    [Fact]
    public void A_refund_decodes_as_a_late_return_with_its_day()
    {
        var message = CodecSamples.Decode(CodecSamples.Cmb, "X-returns-1.xml",
            CodecSamples.Golden("cmb-ntagcsal", "returns.golden"));
        Assert.Empty(message.Errors);
        var head = Assert.Single(message.Heads);
        Assert.Equal((MessageKind.LateReturns, "SAMPLE00000000000001"), (head.Kind, head.FileReference));
        var line = Assert.Single(message.Lines);
        Assert.Equal((LineWord.Returned, ReturnReason.NameMismatch, new LocalDate(2026, 2, 2), "0030899420-00000001"),
            (line.Word, line.Reason, line.ValueDate!.Value, line.BankReference));
    }

    [Fact]
    public void An_acceptance_speaks_about_the_file_named_by_the_message()
    {
        var message = CodecSamples.Decode(CodecSamples.Cmb, "SAMPLE7-status-1.xml",
            CodecSamples.Golden("cmb-ntagcsal", "accepted.golden"));
        var head = Assert.Single(message.Heads);
        Assert.Equal((MessageKind.FileStatus, "SAMPLE7", FileWord.Accepted, "0099960770"),
            (head.Kind, head.FileReference, head.FileWord, head.BankBatch));
    }

    [Theory]
    [InlineData("FIN", "F", FileWord.Refused)]
    [InlineData("FIN", "S", FileWord.Accepted)]
    [InlineData("FIN", "U", FileWord.Doubtful)]
    [InlineData("BNK", "", FileWord.Accepted)]
    [InlineData("OPR", "", FileWord.Pending)]
    [InlineData("???", "", FileWord.Doubtful)]
    public void A_batch_result_without_rows_is_a_word_on_the_whole_file(string state, string result, FileWord word)
    {
        var message = Answer(
            $"<NTAGCINQZ><REQSTA>{state}</REQSTA><RTNFLG>{result}</RTNFLG><YURREF>A1</YURREF></NTAGCINQZ>");
        Assert.Empty(message.Errors);
        var head = Assert.Single(message.Heads);
        Assert.Equal((MessageKind.FileStatus, "A1", word), (head.Kind, head.FileReference, head.FileWord));
    }

    [Theory]
    [InlineData("-3", FileWord.Refused)]
    [InlineData("-2", FileWord.Doubtful)]
    public void A_failed_call_refuses_the_file_only_where_it_proves_so(string code, FileWord word)
    {
        var message = Answer($"<INFO><RETCOD>{code}</RETCOD><ERRMSG>样例</ERRMSG></INFO>");
        Assert.Equal(word, Assert.Single(message.Heads).FileWord);
    }

    [Theory]
    [InlineData("<CMBSDKPGK/>")]
    [InlineData("<CMBSDKPGK></CMBSDKPGK>")]
    [InlineData("<CMBSDKPGK>\n<NTAGCDTLX><TRXSEQ>1</TRXSEQ></NTAGCDTLX></CMBSDKPGK>")]
    public void A_document_that_says_nothing_of_ours_is_a_located_refusal(string text)
    {
        var message = CodecSamples.Decode(CodecSamples.Cmb, "x", Encoding.UTF8.GetBytes(text));
        var error = Assert.Single(message.Errors);
        Assert.Equal(("document", (long)Encoding.UTF8.GetByteCount(text)), (error.Field, error.ByteOffset));
        Assert.Contains("NTAGCINQZ", error.Reason, StringComparison.Ordinal);
        Assert.Empty(message.Heads);
    }

    [Fact]
    public void Control_totals_that_differ_from_the_rows_are_an_error()
    {
        var golden = Encoding.UTF8.GetString(CodecSamples.Golden("cmb-ntagcsal", "result.golden"));
        var message = CodecSamples.Decode(CodecSamples.Cmb, "x",
            Encoding.UTF8.GetBytes(golden.Replace("<SUCAMT>5123.45", "<SUCAMT>5123.46")));
        Assert.Equal("SUCAMT", Assert.Single(message.Errors).Field);
    }

    [Theory]
    [InlineData("<!DOCTYPE CMBSDKPGK [<!ENTITY a \"b\">]><CMBSDKPGK/>")]
    [InlineData("<CMBSDKPGK><A><B>1</C></A></CMBSDKPGK>")]
    [InlineData("<CMBSDKPGK><A><B x=\"1\">1</B></A></CMBSDKPGK>")]
    [InlineData("<CMBSDKPGK><A>")]
    [InlineData("<CMBSDKPGK/><CMBSDKPGK/>")]
    [InlineData("")]
    public void What_is_not_the_banks_flat_document_is_one_located_error(string text)
    {
        var message = CodecSamples.Decode(CodecSamples.Cmb, "x", Encoding.UTF8.GetBytes(text));
        Assert.Equal("XML", Assert.Single(message.Errors).Field);
    }

    [Fact]
    public void A_million_empty_blocks_are_read_through()
    {
        var message = Answer(string.Concat(Enumerable.Repeat("<A/>", 1_000_000)) + "<INFO/>");
        Assert.Empty(message.Errors);
    }

    [Fact]
    public void A_bad_amount_is_an_error_at_its_byte()
    {
        var golden = CodecSamples.Golden("cmb-ntagcsal", "result.golden");
        var at = golden.AsSpan().IndexOf("0.01"u8);
        golden[at] = (byte)'x';
        var error = Assert.Single(CodecSamples.Decode(CodecSamples.Cmb, "x", golden).Errors);
        Assert.Equal((5, "TRSAMT", at), (error.Line, error.Field, error.ByteOffset));
    }

    [Property(MaxTest = 300)]
    public void Any_bytes_give_parts_or_errors(byte[] bytes, ushort cut)
    {
        var golden = CodecSamples.Golden("cmb-ntagcsal", "result.golden");
        var at = cut % golden.Length;
        Assert.NotEmpty(CodecSamples.Decode(CodecSamples.Cmb, "x", bytes ?? []).Errors);
        var message = CodecSamples.Decode(CodecSamples.Cmb, "x", [.. golden[..at], .. bytes ?? [], .. golden[at..]]);
        Assert.All(message.Errors, error => Assert.InRange(error.ByteOffset, 0, golden.Length + (bytes?.Length ?? 0)));
    }

    [Property(MaxTest = 200)]
    public void Rows_written_by_XmlWriter_read_back_in_any_of_the_sets(uint[] amounts, bool indent, byte set)
    {
        var encoding = set % 2 == 0 ? Encoding.UTF8 : CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        using var bytes = new MemoryStream();
        var names = (amounts ?? []).Select((fen, i) => $"样<{fen}>&㐂𠮷{(char)(0x4E00 + i)}").ToArray();
        var document = new XElement("CMBSDKPGK", (amounts ?? []).Select((fen, i) => new XElement("NTAGCDTLY1",
            new XElement("TRXSEQ", $"{i + 1:00000000}"),
            new XElement("ACCNBR", $"62220200{i:00000000000}"),
            new XElement("ACCNAM", names[i]),
            new XElement("TRSAMT", $"{fen / 100}.{fen % 100:00}"),
            new XElement("STSCOD", "S"),
            new XElement("ERRCOD"))));
        using (var xml = XmlWriter.Create(bytes, new() { Encoding = encoding, Indent = indent })) document.Save(xml);
        var message = CodecSamples.Decode(CodecSamples.Cmb, "A1-result-1.xml", bytes.ToArray());
        // Without a row the document says nothing at all: that is a refusal, not an empty answer.
        Assert.Equal(amounts is { Length: > 0 } ? [] : ["document"], message.Errors.Select(e => e.Field));
        Assert.Equal((amounts ?? []).Select((fen, i) => (names[i], (long)fen)),
            message.Lines.Select(l => (l.Name, l.Amount.Fen)));
    }

    private static GatheredMessage Answer(string blocks) =>
        CodecSamples.Decode(CodecSamples.Cmb, "SAMPLE1-status-1.xml",
            Encoding.UTF8.GetBytes($"<CMBSDKPGK>{blocks}</CMBSDKPGK>"));
}

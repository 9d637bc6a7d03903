using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Codecs;

public sealed class IcbcTests
{
    private const string Payer = "2402000000000000001";
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
    private static readonly string PipeTrail = Gb18030.GetString([0x81, 0x7C]);

    [Fact]
    public void The_upload_equals_the_golden_file_byte_for_byte()
    {
        var rows = new[]
        {
            CodecSamples.Row(1, "6222020000000000004", "样例甲", 512345, "2026年1月"),
            CodecSamples.Row(2, "6222020000000000012", "样例乙", 1),
        };
        var (bytes, errors) = CodecSamples.Encode(CodecSamples.Icbc,
            CodecSamples.Plan("SAMPLE00000000000001", Payer, new LocalDate(2026, 1, 30), rows), rows);
        Assert.Empty(errors);
        Assert.Equal(CodecSamples.Golden("icbc-bxt", "two-rows.golden"), bytes);
    }

    [Fact]
    public void Rare_names_go_out_in_GB18030_as_in_the_golden_file()
    {
        var rows = new[]
        {
            CodecSamples.Row(1, "6222020000000000004", "样例𠮷", 100),
            CodecSamples.Row(2, "6222020000000000012", "样例㐂", 200, bankCode: "403701000016", bank: "中国邮政储蓄银行"),
            CodecSamples.Row(3, "6222020000000000020", PipeTrail + "样例", 300),
        };
        var (bytes, errors) = CodecSamples.Encode(CodecSamples.Icbc,
            CodecSamples.Plan("SAMPLE00000000000002", Payer, new LocalDate(2026, 2, 13), rows), rows);
        Assert.Empty(errors);
        Assert.Equal(CodecSamples.Golden("icbc-bxt", "rare-names.golden"), bytes);
    }

    [Theory]
    [InlineData("样例𠮷")]
    [InlineData("样例㐂")]
    public void A_rare_name_is_refused_with_its_row_where_the_bank_takes_GBK_only(string name)
    {
        var profile = CodecSamples.Icbc with { Outbound = CodecSamples.Icbc.Outbound with { Charset = "GBK" } };
        var rows = new[]
        {
            CodecSamples.Row(1, "6222020000000000004", "样例甲", 1),
            CodecSamples.Row(2, "6222020000000000012", name, 1),
        };
        var plan = CodecSamples.Plan("SAMPLE00000000000003", Payer, new LocalDate(2026, 1, 30), rows);
        var (_, errors) = CodecSamples.Encode(profile, plan, rows);
        var error = Assert.Single(errors);
        Assert.Equal((2, "收款名称", name), (error.Line, error.Field, error.Value));
    }

    [Fact]
    public void A_separator_in_a_text_is_refused_with_its_row()
    {
        var row = CodecSamples.Row(1, "6222020000000000004", "样例|甲", 1);
        var (_, errors) = CodecSamples.Encode(CodecSamples.Icbc,
            CodecSamples.Plan("SAMPLE00000000000003", Payer, new LocalDate(2026, 1, 30), row), row);
        Assert.Equal((1, "收款名称"), (Assert.Single(errors).Line, errors[0].Field));
    }

    [Fact]
    public void The_result_decodes_with_amounts_in_fen_reasons_and_positions()
    {
        var message = CodecSamples.Decode(CodecSamples.Icbc, "SAMPLE00000000000001-result-1.txt",
            CodecSamples.Golden("icbc-bxt", "result.golden"));
        Assert.Empty(message.Errors);
        var head = Assert.Single(message.Heads);
        Assert.Equal((MessageKind.Report, "SAMPLE00000000000001", "HEZ000000001", FileWord.Accepted),
            (head.Kind, head.FileReference, head.BankBatch, head.FileWord));
        Assert.Equal(new (long, string, string, string, long, LineWord, ReturnReason)[]
        {
            (5, "00000001", "6222020000000000004", "样例甲", 512345, LineWord.Settled, ReturnReason.None),
            (6, "00000002", "6222020000000000012", PipeTrail + "样例", 1, LineWord.Rejected, ReturnReason.NameMismatch),
            (7, "00000003", "6222020000000000020", "样例𠮷", 300, LineWord.Pending, ReturnReason.None),
            (8, "00000004", "6222020000000000038", "样例丁", 400, LineWord.Doubtful, ReturnReason.Other),
        }, message.Lines.Select(l => (l.Line, l.RowReference, l.Account, l.Name, l.Amount.Fen, l.Word, l.Reason)));
        Assert.Equal("样例未知状态", message.Lines[3].ReasonCode);
    }

    [Theory]
    [InlineData("银行已接收", FileWord.Accepted)]
    [InlineData("批次被拒绝", FileWord.Refused)]
    [InlineData("样例状态", FileWord.Doubtful)]
    public void A_batch_status_line_is_a_word_on_the_whole_file(string state, FileWord word)
    {
        var text = $"[BatchPayDetail]\n查询时间: 20260130 16:13:19\n批次号: HEZ1\n批次状态: {state}\n银行反馈信息: 验签失败\n"
            + "序号|币种|付款账号|付款单位名称|收款账号|收款单位名称|金额|用途|网上银行状态|银行反馈信息\n";
        var message = CodecSamples.Decode(CodecSamples.Icbc, "SAMPLE1-status-1.txt", Gb18030.GetBytes(text));
        Assert.Empty(message.Errors);
        var head = Assert.Single(message.Heads);
        Assert.Equal((MessageKind.FileStatus, word, "验签失败", "SAMPLE1"),
            (head.Kind, head.FileWord, head.ReasonText, head.FileReference));
    }

    [Fact]
    public void A_bad_row_is_an_error_with_line_field_and_byte_offset_and_not_the_end()
    {
        var good = CodecSamples.Golden("icbc-bxt", "result.golden");
        var at = good.AsSpan().IndexOf("5123.45"u8);
        var bad = good.ToArray();
        bad[at] = (byte)'x';
        var message = CodecSamples.Decode(CodecSamples.Icbc, "SAMPLE1-result-1.txt", bad);
        var error = Assert.Single(message.Errors);
        Assert.Equal((5, "金额", at, "x123.45元"), (error.Line, error.Field, error.ByteOffset, error.Value));
        Assert.Equal(3, message.Lines.Count);
    }

    [Fact]
    public void A_line_without_end_is_an_error_and_costs_no_memory()
    {
        var head = CodecSamples.Golden("icbc-bxt", "result.golden");
        var endless = new byte[1_000_000];
        Array.Fill(endless, (byte)'9');
        var message = CodecSamples.Decode(CodecSamples.Icbc, "SAMPLE1-result-1.txt",
            [.. head, .. endless, (byte)'\n', .. "x\n"u8]);
        Assert.Equal([("行", 9L, (long)head.Length), ("列数", 10L, head.Length + 1_000_001L)],
            message.Errors.Select(e => (e.Field, e.Line, e.ByteOffset)));
    }

    [Theory]
    [Trait("Category", "OutsideSamples")]
    [InlineData("icbc_result_personal.txt", 1, LineWord.Settled, "HEZ327561163", "6222000000000009207", 1)]
    [InlineData("icbc_pending_personal.txt", 1, LineWord.Pending, "HEZ327561885", "6222000000000009207", 1)]
    [InlineData("icbc_result_company_rejected.txt", 2, LineWord.Rejected, "HQF309076996", "5861602011201100017507",
        100)]
    public void The_samples_of_the_bank_decode(string file, int lines, LineWord word, string batch, string account,
        long fen)
    {
        var message = CodecSamples.Decode(CodecSamples.Icbc, file, CodecSamples.Outside($"cn-bank/{file}"));
        Assert.Empty(message.Errors);
        Assert.Equal(batch, Assert.Single(message.Heads).BankBatch);
        Assert.Equal(lines, message.Lines.Count);
        Assert.All(message.Lines, line => Assert.Equal(word, line.Word));
        Assert.Equal((account, new Money(fen), "00000001"),
            (message.Lines[0].Account, message.Lines[0].Amount, message.Lines[0].RowReference));
    }

    [Property(MaxTest = 200)]
    public void Any_bytes_give_parts_or_errors(byte[] bytes, ushort cut)
    {
        var golden = CodecSamples.Golden("icbc-bxt", "result.golden");
        var at = cut % golden.Length;
        Assert.NotEmpty(CodecSamples.Decode(CodecSamples.Icbc, "x", bytes ?? []).Errors);
        var message = CodecSamples.Decode(CodecSamples.Icbc, "x", [.. golden[..at], .. bytes ?? [], .. golden[at..]]);
        Assert.All(message.Errors, error => Assert.InRange(error.ByteOffset, 0, golden.Length + (bytes?.Length ?? 0)));
    }

    [Property(MaxTest = 100)]
    public void What_goes_out_comes_back_in_the_banks_answer(uint[] amounts)
    {
        var rows = (amounts ?? []).Select((fen, i) =>
            CodecSamples.Row(i + 1, $"62220200{i:00000000000}", $"样例{(char)(0x4E00 + i)}", fen + 1L)).ToArray();
        var plan = CodecSamples.Plan("SAMPLE00000000000009", Payer, new LocalDate(2026, 1, 30), rows);
        var (bytes, errors) = CodecSamples.Encode(CodecSamples.Icbc, plan, rows);
        Assert.Empty(errors);
        var answer = new StringBuilder("[BatchPayDetail]\n查询时间: 20260130 16:13:19\n批次号: HEZ1\n");
        answer.Append("序号|收款账号|收款单位名称|金额|网上银行状态\n");
        var written = Gb18030.GetString(bytes).Split('\n')
            .Where(line => line.StartsWith("RMB|20260130|2|", StringComparison.Ordinal));
        foreach (var line in written)
        {
            var field = line.Split('|');
            var amount = new Money(long.Parse(field[15], CultureInfo.InvariantCulture));
            answer.Append(CultureInfo.InvariantCulture, $"HEZ1-{field[3]}|{field[13]}|{field[14]}|{amount}元|处理成功\n");
        }
        var message = CodecSamples.Decode(CodecSamples.Icbc, "SAMPLE00000000000009-result-1.txt",
            Gb18030.GetBytes(answer.ToString()));
        Assert.Empty(message.Errors);
        Assert.Equal(rows.Select(r => (r.RowReference, r.Account, r.Name, r.Amount)),
            message.Lines.Select(l => (l.RowReference, l.Account, l.Name, l.Amount)));
    }
}

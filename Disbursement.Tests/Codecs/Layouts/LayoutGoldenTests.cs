using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Codecs.Layouts;

/// <summary>Text files that are layout data, against files made by a script in another language from the sources.
/// </summary>
public sealed class LayoutGoldenTests
{
    public static TheoryData<string> Orders => [.. CodecSamples.ProfileIds
        .Where(id => CodecSamples.Profile(id).Outbound.Layout is not null)];

    public static TheoryData<string> Results => [.. CodecSamples.ProfileIds
        .Where(id => CodecSamples.Profile(id).Inbound.Layout is not null)];

    [Theory, MemberData(nameof(Orders))]
    public void An_order_is_the_golden_file_byte_for_byte(string id)
    {
        var profile = CodecSamples.Profile(id);
        var (plan, rows) = Plan(profile);
        var (bytes, errors) = CodecSamples.Encode(profile, plan, rows);
        Assert.Empty(errors);
        Assert.Equal(Text(CodecSamples.Golden(id, "order.golden")), Text(bytes));
        Assert.Equal(CodecSamples.Golden(id, "order.golden"), bytes);
    }

    [Theory, MemberData(nameof(Results))]
    public void A_result_gives_its_rows_with_word_and_reason(string id)
    {
        var profile = CodecSamples.Profile(id);
        var read = CodecSamples.Decode(profile, $"{Reference(profile)}-result-1.txt",
            CodecSamples.Golden(id, "result.golden"));
        Assert.Empty(read.Errors);
        var head = Assert.Single(read.Heads);
        Assert.Equal((MessageKind.Report, Reference(profile), FileWord.Accepted),
            (head.Kind, head.FileReference, head.FileWord));
        var failed = id == "unionpay-chinapay"
            ? (LineWord.Returned, ReturnReason.ReturnedAfterSuccess)
            : (LineWord.Rejected, ReturnReason.NameMismatch);
        // SBS lists what failed, without row references; all others list both rows by position.
        (string, string, long, LineWord, ReturnReason)[] expected = id == "sbs-n050"
            ? [("", "6222020000000000012", 1, failed.Item1, failed.Item2)]
            : [
                ("00000001", "6222020000000000004", 512_345, LineWord.Settled, ReturnReason.None),
                ("00000002", "6222020000000000012", 1, failed.Item1, failed.Item2),
            ];
        Assert.Equal(expected, read.Lines.Select(l => (l.RowReference, l.Account, l.Amount.Fen, l.Word, l.Reason)));
        if (id == "sbs-n050") Assert.Equal((2, 512_346), (head.StatedLines, head.StatedTotal!.Value.Fen));
    }

    [Theory, MemberData(nameof(Results))]
    public void A_figure_stated_wrongly_is_told_with_its_place(string id)
    {
        var bytes = Text(CodecSamples.Golden(id, "result.golden"));
        var changed = bytes.Replace("|2|5123.46|", "|3|5123.46|", StringComparison.Ordinal)
            .Replace(",2,5123.46,", ",3,5123.46,", StringComparison.Ordinal)
            .Replace("T541    000001000001", "T541    000001000002", StringComparison.Ordinal);
        if (changed == bytes) return; // this form states nothing
        var read = CodecSamples.Decode(CodecSamples.Profile(id), "SAMPLE1-result-1.txt", Bytes(changed));
        var error = Assert.Single(read.Errors);
        Assert.Contains("the rows listed come to", error.Reason, StringComparison.Ordinal);
        Assert.True(error.ByteOffset > 0);
    }

    /// <summary>However a result is damaged, what comes out are rows and located errors.</summary>
    [Property(MaxTest = 300)]
    public void Any_damage_gives_rows_and_located_errors(byte[] insert, ushort cut, byte drop)
    {
        foreach (var id in Results.Select(row => row.Data))
        {
            var good = CodecSamples.Golden(id, "result.golden");
            var at = cut % (good.Length + 1);
            byte[] bytes = [.. good[..at], .. insert ?? [], .. good[Math.Min(good.Length, at + drop % 24)..]];
            var read = CodecSamples.Decode(CodecSamples.Profile(id), "SAMPLE1-result-1.txt", bytes);
            Assert.True(read.Heads.Count + read.Errors.Count > 0);
            Assert.All(read.Errors, e => Assert.True(e.Line >= 1 && e.ByteOffset >= 0 && e.ByteOffset <= bytes.Length
                && e.Reason.Length > 0, e.ToString()));
        }
    }

    /// <summary>Damage within lines: as many rows and refusals come out as rows went in.</summary>
    [Property(MaxTest = 60)]
    public void No_row_is_lost_and_none_arises(byte[] damage, ushort seed)
    {
        const int Rows = 40;
        foreach (var id in Results.Select(row => row.Data).Where(id => id != "sbs-n050"))
        {
            var good = Text(CodecSamples.Golden(id, "result.golden")).Split('\n');
            var row = Bytes(good[^2]);
            var bytes = new MemoryStream();
            foreach (var line in good[..^3]) bytes.Write(Bytes(line + "\n"));
            for (var i = 0; i < Rows; i++)
            {
                var copy = row.ToArray();
                // Never its first byte, which may make a comment of it, nor a line end.
                foreach (var b in damage ?? [])
                    if (i % 3 == 0 && b is not ((byte)'\n' or (byte)'\r'))
                        copy[1 + (seed + b * 31 + i * 7) % (copy.Length - 1)] = b;
                bytes.Write(copy);
                bytes.WriteByte((byte)'\n');
            }
            var read = CodecSamples.Decode(CodecSamples.Profile(id), "SAMPLE1-result-1.txt", bytes.ToArray());
            var refused = read.Errors.Count(e => !e.Reason.StartsWith("the rows listed", StringComparison.Ordinal));
            Assert.True(Rows == read.Lines.Count + refused, $"{id}: {read.Lines.Count} rows, {refused} refused");
        }
    }

    private static (PaymentPlan Plan, CreditInstruction[] Rows) Plan(BankProfile profile)
    {
        CreditInstruction[] rows =
        [
            CodecSamples.Row(1, "6222020000000000004", "样例甲", 512_345, "2026年1月"),
            CodecSamples.Row(2, "6222020000000000012", "样例乙", 1, "", "403701000014", "中国邮政储蓄银行"),
        ];
        return (CodecSamples.Plan(Reference(profile), "2402000000000000001", new(2026, 1, 30), rows), rows);
    }

    private static string Reference(BankProfile profile) =>
        profile.Limits.BatchReferenceWidth < 20 ? "SAMPLE0000000001" : "SAMPLE00000000000001";

    private static Encoding Gb18030 { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static string Text(byte[] bytes) => Gb18030.GetString(bytes);

    private static byte[] Bytes(string text) => Gb18030.GetBytes(text);
}

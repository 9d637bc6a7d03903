using System.IO.Compression;
using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Intake;
using Disbursement.Host.Samples;
using FsCheck.Xunit;
using MiniExcelLibs;
using Xunit;
using SheetColumn = Disbursement.Host.Intake.SheetColumn;
using SheetReader = Disbursement.Host.Intake.SheetReader;

namespace Disbursement.Tests.Intake;

public sealed class SheetReaderTests
{
    private static readonly SheetShape Shape = new(
        new SheetColumn(ColumnUse.Required, "姓名", "工人姓名"),
        new SheetColumn(ColumnUse.RequiredIdentifier, "银行卡号"),
        new SheetColumn(ColumnUse.Optional, "备注"));

    private static Encoding Gb18030 => CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("GB18030", false)]
    [InlineData("GB18030", true)]
    public void A_rare_name_reads_the_same_in_every_encoding(string charset, bool mark)
    {
        var encoding = charset == "utf-8" ? new UTF8Encoding(false) : Gb18030;
        var table = Read(encoding.GetBytes((mark ? "\uFEFF" : "") + "姓名,银行卡号\n杨㛃,6222\n田𠮷,6223\n吉克·阿木,6224\n")).Value;
        Assert.Equal(["姓名", "银行卡号"], table.Columns);
        Assert.Equal(["杨㛃", "田𠮷", "吉克·阿木"], table.Rows.Select(r => r[0]));
    }

    [Theory]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData(';')]
    public void The_heading_line_tells_the_separator(char separator)
    {
        var text = $"姓名|银行卡号|备注\n张三|6222|\"a,b;c\td\"\n".Replace('|', separator);
        Assert.Equal("a,b;c\td", Read(text).Value.Rows.Single()[2]);
    }

    [Fact]
    public void Rows_know_their_line_and_empty_rows_are_left_out()
    {
        var rows = Read("姓名,银行卡号\r\n张三,1\r\n\r\n,\r\n\"李\r\n四\",2\r\n王五,3\r\n").Value.Rows;
        Assert.Equal([(2L, "张三"), (5L, "李\r\n四"), (7L, "王五")], rows.Select(r => (r.Number, r[0])));
    }

    [Fact]
    public void Rows_can_be_read_twice()
    {
        var table = Read("姓名,银行卡号\n张三,1\n").Value;
        Assert.Equal(table.Rows.Select(r => r[0]), table.Rows.Select(r => r[0]));
        Assert.Single(table.Rows);
    }

    [Fact]
    public void A_byte_that_no_encoding_knows_is_named_by_its_offset_beyond_the_first_block()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes("姓名,银行卡号\n" + new string('a', 200_000)), 0xFF, (byte)'\n'];
        var finding = Assert.Single(Read(bytes).Findings);
        Assert.Equal(IntakeRules.Encoding, finding.Rule);
        Assert.Equal([$"{bytes.Length - 2}", "1"], finding.Arguments);
        Assert.Equal(2, finding.At.Row);
    }

    [Fact]
    public void UTF_16_is_told_as_such_with_and_without_its_mark()
    {
        const string text = "name,card\n张三,1\n";
        foreach (var bytes in new byte[][] { [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)], Encoding.Unicode.GetBytes(text),
            Encoding.BigEndianUnicode.GetBytes(text) })
            Assert.Equal(IntakeRules.Utf16, Assert.Single(Read(bytes).Findings).Rule);
    }

    [Fact]
    public void A_multibyte_character_across_blocks_is_whole()
    {
        foreach (var encoding in new[] { new UTF8Encoding(false), Gb18030 })
            for (var shift = 0; shift < 4; shift++)
            {
                var name = new string('a', shift) + string.Concat(Enumerable.Repeat("𠮷", 40_000));
                var table = Read(encoding.GetBytes($"姓名,银行卡号\n{name},1\n")).Value;
                Assert.Equal(name, table.Rows.Single()[0]);
            }
    }

    [Property(MaxTest = 200)]
    public void Any_table_written_with_quotes_reads_back(string?[] names, string?[] notes)
    {
        string[][] rows = [.. names.Zip(notes, (n, r) => new[] { Clean(n) + "x", "6222", Clean(r) })];
        var sheet = new SampleSheet("any.csv", ["姓名", "银行卡号", "备注"], rows);
        foreach (var gb in new[] { false, true })
        {
            var read = Read(sheet.Bytes(gb)).Value.Rows.Select(r => r.Cells).ToArray();
            Assert.Equal(rows.Length, read.Length);
            Assert.All(rows.Zip(read), pair => Assert.Equal(pair.First, pair.Second));
        }
        // A lone surrogate is no text in any encoding.
        static string Clean(string? text) => string.Concat((text ?? "").EnumerateRunes().Where(r =>
            r.Value is not (0xFFFD or 0)));
    }

    [Property(MaxTest = 500)]
    public void Any_bytes_give_a_table_or_a_refusal(byte[] bytes)
    {
        foreach (var start in new[] { "", "姓名,银行卡号\n", "PK\u0003\u0004" })
        {
            var read = Read([.. Encoding.UTF8.GetBytes(start), .. bytes]);
            if (read.Accepted) Assert.All(read.Value.Rows, row => Assert.Equal(read.Value.Columns.Count,
                row.Cells.Length));
            else Assert.NotEmpty(read.Findings);
        }
    }

    [Fact]
    public void A_workbook_reads_with_amounts_as_people_see_them()
    {
        var table = Read(Workbook([
            new Line("张三", "6222020000000000001", 1234.5, null), new Line("李四", "0012", 0.1 + 0.2, null),
            new Line("王五", "1", 12.345, new DateTime(2026, 2, 3))])).Value;
        Assert.Equal(["1234.5", "0.3", "12.345"], table.Rows.Select(r => r[2]));
        Assert.Equal(["", "", "2026-02-03"], table.Rows.Select(r => r[3]));
        Assert.Equal("6222020000000000001", table.Rows.First()[1]);
        Assert.Equal(2, table.Rows.First().Number);
    }

    [Fact]
    public void A_workbook_cut_anywhere_is_no_workbook_and_nobody_is_sent_to_look_for_quotes()
    {
        var whole = new SampleSheet("a.xlsx", ["姓名", "银行卡号"], [["张三", "1"], ["李四", "2"]]).Bytes();
        for (var length = 4; length < whole.Length; length += 13)
            Assert.Equal(IntakeRules.Workbook, Assert.Single(Read(whole[..length]).Findings).Rule);
    }

    [Fact]
    public void A_zip_that_is_no_workbook_is_told_as_such()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        using (var letter = zip.CreateEntry("word/document.xml").Open()) letter.Write("<document/>"u8);
        Assert.Equal(IntakeRules.Workbook, Assert.Single(Read(bytes.ToArray()).Findings).Rule);
    }

    [Fact]
    public void Every_line_of_a_million_is_given_out_without_keeping_it()
    {
        var text = new StringBuilder("姓名,银行卡号\n");
        for (var i = 0; i < SheetReader.MostRows; i++) text.Append("张三,6222020000000000001\n");
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        text.Clear();
        var table = Read(bytes).Value;
        List<WeakReference> sampled = [];
        long rows = 0;
        foreach (var row in table.Rows)
        {
            if (rows++ % 1_000 == 0) sampled.Add(new WeakReference(row.Cells));
            if (rows < SheetReader.MostRows) continue;
            GC.Collect();
            Assert.InRange(sampled.Count(s => s.IsAlive), 0, 2);
        }
        Assert.Equal(SheetReader.MostRows, rows);
    }

    private static Decision<RawTable> Read(string text) => Read(Encoding.UTF8.GetBytes(text));
    private static Decision<RawTable> Read(byte[] bytes) =>
        SheetReader.Read(SheetSource.OfBytes("样例.csv", bytes), Shape);

    private static byte[] Workbook(IEnumerable<Line> rows)
    {
        using var bytes = new MemoryStream();
        bytes.SaveAs(rows);
        return bytes.ToArray();
    }

    private sealed record Line(string 姓名, string 银行卡号, double 备注, DateTime? 日期);
}

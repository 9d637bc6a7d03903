using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Codecs.Trees;

/// <summary>Documents in a tree, against files made by a script in another language from the sources.</summary>
public sealed class TreeGoldenTests
{
    public static TheoryData<string> Orders => [.. CodecSamples.ProfileIds
        .Where(id => CodecSamples.Profile(id).Outbound.Tree is not null)];

    public static TheoryData<string> Results => [.. CodecSamples.ProfileIds
        .Where(id => CodecSamples.Profile(id).Inbound.Tree is not null)];

    [Theory, MemberData(nameof(Orders))]
    public void An_order_is_the_golden_file_byte_for_byte(string id)
    {
        var profile = CodecSamples.Profile(id);
        var rows = Rows();
        var plan = CodecSamples.Plan("SAMPLE00000000000001", "2402000000000000001", new(2026, 1, 30), rows);
        var (bytes, errors) = CodecSamples.Encode(profile, plan, rows);
        Assert.Empty(errors);
        Assert.Equal(Text(profile, CodecSamples.Golden(id, "order.golden")), Text(profile, bytes));
        Assert.Equal(CodecSamples.Golden(id, "order.golden"), bytes);
    }

    public static TheoryData<string, string> Questions
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var profile in CodecSamples.ProfileIds.Select(CodecSamples.Profile))
            {
                if (profile.Queries?.File is not null) data.Add(profile.Id, "query");
                if (profile.Queries?.Returns is not null) data.Add(profile.Id, "query-returns");
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Questions))]
    public void A_question_is_the_golden_file_byte_for_byte(string id, string golden)
    {
        var profile = CodecSamples.Profile(id);
        var form = golden == "query" ? profile.Queries!.File! : profile.Queries!.Returns!;
        var question = new BankQuestion("SAMPLE00000000000001Q0001", golden == "query" ? "SAMPLE00000000000001" : "",
            "2402000000000000001", "样例建设有限公司", "102701000017", "样例用户1", new(2026, 2, 2, 9, 30),
            new(2026, 1, 30), new(2026, 2, 2));
        using var output = new MemoryStream();
        Assert.Empty(BankCatalogue.Shipped.Asker(form.Codec)!.Encode(profile, form, question, output));
        Assert.Equal(Text(profile, CodecSamples.Golden(id, $"{golden}.golden")), Text(profile, output.ToArray()));
        Assert.Equal(CodecSamples.Golden(id, $"{golden}.golden"), output.ToArray());
    }

    [Theory, MemberData(nameof(Results))]
    public void A_result_gives_its_rows_with_word_and_reason(string id)
    {
        var reference = Reference(id);
        var read = Decode(id, "result.golden");
        Assert.Empty(read.Errors);
        var head = Assert.Single(read.Heads);
        Assert.Equal((MessageKind.Report, reference, FileWord.Accepted),
            (head.Kind, head.FileReference, head.FileWord));
        // CMB's JSON has no place for a row's reason.
        var failed = ("00000002", "6222020000000000012", "样例乙", 1L, LineWord.Rejected,
            id == "cmb-bb6bthhl" ? ReturnReason.Other : ReturnReason.NameMismatch);
        // CCB names the rows that failed, and counts and sums the others.
        (string, string, string, long, LineWord, ReturnReason)[] expected = id == "ccb-6w2102" ? [failed]
            :
            [
                ("00000001", "6222020000000000004", "样例甲", 512_345, LineWord.Settled, ReturnReason.None), failed,
            ];
        Assert.Equal(expected,
            read.Lines.Select(l => (l.RowReference, l.Account, l.Name, l.Amount.Fen, l.Word, l.Reason)));
        if (id != "ccb-6w2102") return;
        Assert.Equal((2, 512_346L), (head.StatedLines, head.StatedTotal!.Value.Fen));
        Assert.Equal(new UnlistedRows(1, new Money(512_345)), head.Unlisted);
    }

    [Theory]
    [InlineData("icbc-payper", "taken", FileWord.Accepted, "成功")]
    [InlineData("icbc-payper", "absent", FileWord.NotFound, "没有符合条件的记录")]
    [InlineData("cmb-bb6bthhl", "taken", FileWord.Accepted, "")]
    [InlineData("ccb-6w2102", "working", FileWord.Pending, "")]
    [InlineData("ccb-6w2102", "submitted", FileWord.Pending, "")]
    [InlineData("ccb-6w2102", "single", FileWord.Accepted, "")]
    public void A_word_on_the_whole_file_settles_nothing(string id, string golden, FileWord word, string text)
    {
        var read = Decode(id, $"{golden}.golden");
        Assert.Empty(read.Errors);
        Assert.Empty(read.Lines);
        var head = Assert.Single(read.Heads);
        Assert.Equal((word, Reference(id), text), (head.FileWord, head.FileReference, head.ReasonText));
        Assert.Null(head.Unlisted);
    }

    /// <summary>Domain facts 7.3: 98 is a doubtful communication, 6, 8 and 11 failed, 7 alone is paid; 20 has no
    /// meaning we know.</summary>
    [Theory]
    [InlineData("7", LineWord.Settled)]
    [InlineData("6", LineWord.Rejected)]
    [InlineData("8", LineWord.Rejected)]
    [InlineData("11", LineWord.Rejected)]
    [InlineData("98", LineWord.Doubtful)]
    [InlineData("20", LineWord.Doubtful)]
    [InlineData("0", LineWord.Pending)]
    [InlineData("5", LineWord.Pending)]
    [InlineData("10", LineWord.Pending)]
    [InlineData("95", LineWord.Pending)]
    public void A_result_code_of_icbc_means_what_the_bank_says(string code, LineWord word)
    {
        var text = Text(CodecSamples.Profile("icbc-payper"), CodecSamples.Golden("icbc-payper", "result.golden"))
            .Replace("<Result>7<", $"<Result>{code}<", StringComparison.Ordinal);
        var read = CodecSamples.Decode(CodecSamples.Profile("icbc-payper"), "SAMPLE1-result-1.xml",
            Gb18030.GetBytes(text));
        Assert.Equal(word, read.Lines[0].Word);
    }

    [Fact]
    public void A_failing_answer_of_a_single_payment_proves_nothing_of_a_file()
    {
        var text = Text(CodecSamples.Profile("ccb-6w2102"), CodecSamples.Golden("ccb-6w2102", "single.golden"))
            .Replace("<DEAL_RESULT>4<", "<DEAL_RESULT>3<", StringComparison.Ordinal);
        var read = CodecSamples.Decode(CodecSamples.Profile("ccb-6w2102"), "SAMPLE1-query-1.xml",
            Gb18030.GetBytes(text));
        Assert.Equal(FileWord.Doubtful, Assert.Single(read.Heads).FileWord);
    }

    [Fact]
    public void Figures_that_do_not_agree_with_the_rows_are_told_with_their_place()
    {
        var golden = Text(CodecSamples.Profile("ccb-6w2102"), CodecSamples.Golden("ccb-6w2102", "result.golden"));
        var text = golden.Replace("<FAIL_NUM>1<", "<FAIL_NUM>2<", StringComparison.Ordinal);
        var read = CodecSamples.Decode(CodecSamples.Profile("ccb-6w2102"), "SAMPLE1-result-1.xml",
            Gb18030.GetBytes(text));
        var error = Assert.Single(read.Errors);
        Assert.Equal(("FAIL_NUM", "2", "the rows listed come to 1"), (error.Field, error.Value, error.Reason));
        Assert.Equal(golden.IndexOf("<FAIL_NUM>", StringComparison.Ordinal) + 10, error.ByteOffset);
    }

    /// <summary>An hour of the day that is past cannot be asked for; of another day the first is.</summary>
    [Theory]
    [InlineData(13, 9, 59, "100000")]
    [InlineData(13, 10, 0, "100000")]
    [InlineData(13, 10, 1, "120000")]
    [InlineData(13, 16, 0, "160000")]
    [InlineData(13, 16, 1, null)]
    [InlineData(12, 23, 0, "100000")]
    public void Citic_is_asked_for_the_next_of_its_hours(int day, int hour, int minute, string? expected)
    {
        var profile = CodecSamples.Profile("citic-dlsalimp");
        var rows = Rows();
        var plan = CodecSamples.Plan("SAMPLE00000000000001", "2402000000000000001", new(2026, 1, 13), rows) with
        {
            CreatedAt = new LocalDateTime(2026, 1, day, hour, minute),
        };
        var (bytes, errors) = CodecSamples.Encode(profile, plan, rows);
        if (expected is not null)
            Assert.Contains($"<preTime>{expected}</preTime>", Text(profile, bytes), StringComparison.Ordinal);
        else Assert.Equal("the last of these hours is past on the day of execution", Assert.Single(errors).Reason);
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
            var read = CodecSamples.Decode(CodecSamples.Profile(id), "SAMPLE1-result-1.xml", bytes);
            Assert.True(read.Heads.Count + read.Errors.Count > 0);
            Assert.All(read.Errors, e => Assert.True(e.Line >= 1 && e.ByteOffset >= 0 && e.ByteOffset <= bytes.Length
                && e.Reason.Length > 0, e.ToString()));
        }
    }

    [Theory, MemberData(nameof(Results))]
    public void A_document_that_breaks_off_says_nothing_of_the_whole_file(string id)
    {
        var good = CodecSamples.Golden(id, "result.golden");
        for (var length = 0; length < good.Length - 8; length += 7)
        {
            var read = CodecSamples.Decode(CodecSamples.Profile(id), "SAMPLE1-result-1.xml", good[..length]);
            Assert.NotEmpty(read.Errors);
            if (read.Lines.Count == 0) Assert.Empty(read.Heads);
        }
    }

    private GatheredMessage Decode(string id, string golden) => CodecSamples.Decode(CodecSamples.Profile(id),
        $"{Reference(id)}-result-1.xml", CodecSamples.Golden(id, golden));

    internal static CreditInstruction[] Rows() =>
    [
        CodecSamples.Row(1, "6222020000000000004", "样例甲", 512_345, "2026年1月"),
        CodecSamples.Row(2, "6222020000000000012", "样例乙", 1, "", "403701000014", "中国邮政储蓄银行"),
    ];

    private static string Reference(string id) =>
        CodecSamples.Profile(id).Limits.BatchReferenceWidth < 20 ? "SAMPLE0000000001" : "SAMPLE00000000000001";

    private static Encoding Gb18030 { get; } = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;

    private static string Text(BankProfile profile, byte[] bytes) =>
        (profile.Outbound.Charset == "UTF-8" ? Encoding.UTF8 : Gb18030).GetString(bytes);
}

using System.Text;
using Disbursement.BankAdapters.Codecs.Swift;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Codecs.Iso20022;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Codecs;

public sealed class Mt940DecoderTests
{
    private const string Statement =
        "{1:F01SAMPLEXXXXXX0000000000}{2:O940SAMPLEXXXXXXN}{4:\r\n:20:S-1\r\n:25:6212260000000000017\r\n:28C:5/1\r\n"
        + ":60F:C260312CNY1000,00\r\n:61:2603130313D512,34NMSCSAMPLE0000000001//SB1\r\n"
        + ":86:?20wages?2102?31622202000000?32SAMPLE?33 COMPANY\r\n:61:2512310101RC,01NRTINONREF//SB2\r\ndetails\r\n"
        + ":86:free words\r\n-with a dash\r\n:62F:C260313CNY487,65\r\n-}\r\n";

    [Fact]
    public void A_statement_gives_its_balances_and_entries()
    {
        var read = Read(Statement);
        Assert.Empty(read.Errors);
        Assert.Equal(new StatementHead("6212260000000000017", "5/1", new(2026, 3, 12), new(2026, 3, 13),
            new Money(100_000), new Money(48_765)), Assert.Single(read.Statements));
        Assert.Equal(
            [
                new StatementEntry(6, "SB1", new LocalDate(2026, 3, 13), new Money(-51_234), "SAMPLE COMPANY",
                    "622202000000", "SAMPLE0000000001", "wages02", "WAGE"),
                // A reversed credit takes away; its booking day lies in the next year.
                new StatementEntry(8, "SB2", new LocalDate(2026, 1, 1), new Money(-1), "", "", "",
                    "free words-with a dash", "REFUND"),
            ], read.Entries);
    }

    [Fact]
    public void The_golden_statement_made_in_another_language_reads_as_its_page_says()
    {
        var read = Read(CodecSamples.Golden("iso20022-mt940", "statement.golden"));
        Assert.Empty(read.Errors);
        Assert.Equal(("6212260000000000017", "1/1", 100_000L, 48_816L), Assert.Single(read.Statements) is var head
            ? (head.Account, head.StatementId, head.Opening!.Value.Fen, head.Closing!.Value.Fen) : default);
        Assert.Equal(
            [
                ("WAGE", -51_234L, "SAMPLE0000000001", "SB00000001", "样例甲", "6222020000000000004", "代发工资"),
                ("REFUND", 50L, "", "SB00000002", "", "", ""),
            ],
            read.Entries.Select(e => (e.Kind, e.Amount.Fen, e.Reference, e.BankReference, e.Counterparty,
                e.CounterpartyAccount, e.Purpose)));
        Assert.Equal(new LocalDate(2026, 1, 1), read.Entries[1].BookedOn);
    }

    public static TheoryData<string, string, string, string> Broken => new()
    {
        { "CNY487,65", "CNY487,66", ":62:", "come to" },
        { ":25:6212260000000000017", ":21:x", ":25:", "account" },
        { ":60F:C260312CNY", ":60F:C260312EUR", ":60:", "not in CNY" },
        { ":62F:C260313CNY487,65", ":64:C260313CNY487,65", ":62:", "closing balance" },
        { "D512,34N", "D512.34N", ":61:", "is no entry" },
        { ":60F:C260312CNY1000,00", ":13D:2603121200+0800", ":60:", "opening balance" },
        { "2603130313D", "2613130313D", ":61:", "is no entry" },
    };

    [Theory, MemberData(nameof(Broken))]
    public void What_is_wrong_is_told_with_its_place(string from, string to, string field, string reason)
    {
        var text = Statement.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Statement, text);
        var error = Assert.Single(Read(text).Errors);
        Assert.Equal(field, error.Field);
        Assert.Contains(reason, error.Reason, StringComparison.Ordinal);
        Assert.True(error.Line >= 2 && error.ByteOffset > 0);
    }

    private const string Interim = ":20:I-1\n:25:6212260000000000017\n:28C:1/1\n:34F:CNYD0,\n:34F:CNYC0,\n"
        + ":13D:2603121200+0800\n:61:2603120312D512,34NMSCSAMPLE0000000001//SB1\n:61:260312C1,NTRFNONREF//SB2\n"
        + ":90D:1CNY512,34\n:90C:1CNY1,\n-\n";

    [Fact]
    public void An_interim_report_gives_its_entries_and_is_no_statement()
    {
        var read = Read(Interim);
        Assert.Empty(read.Errors);
        Assert.Equal(new StatementHead("6212260000000000017", "1/1", null, null, null, null, StatementKind.Interim),
            Assert.Single(read.Statements));
        Assert.False(read.Statements[0].IsBookable);
        Assert.Equal([("SAMPLE0000000001", -51_234L), ("", 100L)],
            read.Entries.Select(e => (e.Reference, e.Amount.Fen)));
    }

    [Theory]
    [InlineData(":90D:1CNY512,34", ":90D:2CNY512,34", ":90D:")]
    [InlineData(":90C:1CNY1,", ":90C:1CNY1,01", ":90C:")]
    [InlineData(":34F:CNYD0,\n:34F:CNYC0,\n", ":34F:EURD0,\n", ":34F:")]
    [InlineData(":25:6212260000000000017\n", "", ":25:")]
    public void What_an_interim_report_states_is_compared(string from, string to, string field) =>
        Assert.Equal(field, Assert.Single(Read(Interim.Replace(from, to, StringComparison.Ordinal)).Errors).Field);

    [Fact]
    public void Under_a_floor_limit_fewer_entries_are_listed_than_counted_never_more()
    {
        var floor = Interim.Replace("CNYC0,", "CNYC0,50", StringComparison.Ordinal);
        Assert.Empty(Read(floor.Replace(":90C:1CNY1,", ":90C:9CNY4,20", StringComparison.Ordinal)).Errors);
        Assert.Single(Read(floor.Replace(":90C:1CNY1,", ":90C:0CNY0,", StringComparison.Ordinal)).Errors);
    }

    [Fact]
    public void A_statement_without_its_closing_balance_is_read_and_cannot_be_booked()
    {
        var read = Read(Statement.Replace(":62F:C260313CNY487,65", ":64:x", StringComparison.Ordinal));
        Assert.Equal(":62:", Assert.Single(read.Errors).Field);
        var head = Assert.Single(read.Statements);
        Assert.Equal((false, null), (head.IsBookable, head.Closing));
        Assert.Equal(2, read.Entries.Count);
    }

    [Fact]
    public void Without_any_currency_nothing_is_counted()
    {
        var read = Read(":20:S-1\n:25:6212260000000000017\n:28C:5/1\n:61:2603120312D512,34NMSCNONREF\n-\n");
        Assert.Equal(0, read.Parts);
        Assert.Contains("no currency", Assert.Single(read.Errors).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stream_that_cannot_be_read_twice_gives_the_same()
    {
        var message = new CollectedMessage();
        using var once = new Once(Encoding.ASCII.GetBytes(Statement));
        new Mt940Decoder().Decode(CodecSamples.Profile("iso20022-mt940"), "statement-1.sta", once, message);
        Assert.Equal(2, message.Entries.Count);
    }

    [Property(MaxTest = 500)]
    public void Any_damage_gives_parts_or_located_errors(byte[] insert, ushort cut, byte drop)
    {
        var good = Encoding.ASCII.GetBytes(Statement);
        var at = cut % (good.Length + 1);
        byte[] bytes = [.. good[..at], .. insert ?? [], .. good[Math.Min(good.Length, at + drop)..]];
        var read = Read(bytes);
        Assert.True(read.Parts + read.Errors.Count > 0);
        Assert.All(read.Errors, e => Assert.True(e.Line >= 1 && e.ByteOffset >= 0 && e.ByteOffset <= bytes.Length));
    }

    private static CollectedMessage Read(string text) => Read(Encoding.ASCII.GetBytes(text));

    private static CollectedMessage Read(byte[] bytes)
    {
        var message = new CollectedMessage();
        using var input = new MemoryStream(bytes);
        new Mt940Decoder().Decode(CodecSamples.Profile("iso20022-mt940"), "statement-1.sta", input, message);
        return message;
    }

    /// <summary>Bytes that pass by once.</summary>
    private sealed class Once(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

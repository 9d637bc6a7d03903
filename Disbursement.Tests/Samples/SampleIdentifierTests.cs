using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Intake;
using Disbursement.Host.Samples;
using Xunit;
using SheetReader = Disbursement.Host.Intake.SheetReader;

namespace Disbursement.Tests.Samples;

/// <summary>Check digits are checked here by other ways than they are made: weights as powers, remainders of the
/// whole number.</summary>
public sealed class SampleIdentifierTests
{
    [Theory]
    [InlineData("11010519491231002X")]
    [InlineData("440524188001010014")]
    public void Identity_numbers_published_for_tests_are_reproduced(string published) =>
        Assert.Equal(published, SampleIdentifiers.Identity(published.AsSpan(0, 17)));

    [Fact]
    public void A_published_credit_code_is_reproduced() =>
        Assert.Equal("91350100M000100Y43", SampleIdentifiers.CreditCode("91350100M000100Y4"));

    [Fact]
    public void A_known_luhn_number_is_reproduced() => Assert.Equal("79927398713",
        SampleIdentifiers.Card("7992739871"));

    [Fact]
    public void Ten_thousand_people_have_valid_numbers_and_no_two_share_one()
    {
        var people = new SamplePeople(new SampleSeed(7));
        var all = Enumerable.Range(0, 10_000).Select(_ => people.Next()).ToArray();
        Assert.All(all, person =>
        {
            Assert.True(IsIdentity(person.Identity), person.Identity);
            Assert.True(IsLuhn(person.Card), person.Card);
            Assert.True(IsMod1110(person.Cnaps), person.Cnaps);
            Assert.InRange(person.Card.Length, 16, 19);
            Assert.StartsWith("62", person.Card, StringComparison.Ordinal);
            Assert.False(SampleIdentifiers.IsMagic(person.Card));
            Assert.Matches("^1[3-9][0-9]{9}$", person.Phone);
        });
        Assert.Equal(all.Length, all.Select(p => p.Identity).Distinct().Count());
        Assert.Equal(all.Length, all.Select(p => p.Card).Distinct().Count());
    }

    [Fact]
    public void A_magic_card_is_given_when_asked_for()
    {
        var card = new SamplePeople(new SampleSeed(7)).Next(magic: 990005).Card;
        Assert.Equal("990005", card[^7..^1]);
        Assert.True(IsLuhn(card));
    }

    [Fact]
    public void A_seed_gives_the_same_numbers_for_ever() =>
        // SplitMix64's published first output for the seed 0.
        Assert.Equal(0xE220A8397B1DCDAFul, new SampleSeed(0).Next());

    [Fact]
    public void Bench_lines_are_valid_distinct_and_misbehave_as_often_as_asked()
    {
        var payrolls = SampleBench.Payrolls(new BenchShape(20_000, 600, ClosedPerMille: 10,
            LateReturnPerMille: 2)).ToArray();
        BenchLine[] lines = [.. payrolls.SelectMany(p => p.Lines)];
        Assert.Equal(20_000, lines.Length);
        Assert.Equal(200, lines.Count(l => l.Card[^7..^1] == "990002"));
        Assert.Equal(40, lines.Count(l => l.Card[^7..^1] == "990005"));
        Assert.Equal(lines.Length, lines.Select(l => l.Card).Distinct().Count());
        Assert.Equal(lines.Length, lines.Select(l => l.Identity).Distinct().Count());
        Assert.All(lines, line => Assert.True(IsIdentity(line.Identity) && IsLuhn(line.Card), line.Identity));
        foreach (var payroll in payrolls)
        {
            Assert.Equal(payroll.Total.Fen, payroll.Lines.Sum(l => l.Net.Fen));
            var sheet = Read(payroll.Payroll, SheetShape.Payroll);
            Assert.Equal([.. payroll.Lines.Select(l => l.Net.ToYuan()), payroll.Total.ToYuan()], sheet.Rows
                .Select(r => r[7]));
            var roster = Read(payroll.Roster, SheetShape.Roster);
            Assert.Equal(payroll.Lines.Select(l => l.Card), roster.Rows.Select(r => r[roster.Column("银行卡号")]));
        }
    }

    [Fact]
    public void Bench_cards_are_never_magic_unless_asked() =>
        Assert.DoesNotContain(SampleBench.Payrolls(new BenchShape(1_000_000, 50_000)).SelectMany(p => p.Lines),
            line => SampleIdentifiers.IsMagic(line.Card));

    private static RawTable Read(byte[] bytes, SheetShape shape) =>
        SheetReader.Read(SheetSource.OfBytes("样例.csv", bytes), shape).Value;

    private static bool IsIdentity(string text)
    {
        var sum = text[17] is 'X' ? 10 : text[17] - '0';
        for (var i = 0; i < 17; i++) sum += (text[i] - '0') * (1 << (17 - i)) % 11;
        return sum % 11 == 1 && DateTime.TryParseExact(text[6..14], "yyyyMMdd", CultureInfo.InvariantCulture, default,
            out _);
    }

    private static bool IsLuhn(string text) =>
        text.Reverse().Select((c, i) => i % 2 == 0 ? c - '0' : "0246813579"[c - '0'] - '0').Sum() % 10 == 0;

    private static bool IsMod1110(string text)
    {
        var p = 10;
        foreach (var c in text[..^1]) p = ((p + c - '0') % 10 is var s && s == 0 ? 20 : s * 2) % 11;
        return (p + text[^1] - '0') % 10 == 1;
    }
}

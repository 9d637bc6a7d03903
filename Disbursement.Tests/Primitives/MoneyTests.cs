using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Primitives;

public class MoneyTests
{
    [Property(MaxTest = 500)]
    public bool Yuan_text_reads_back_as_the_same_fen(long fen)
    {
        var money = new Money(fen % 9_000_000_000_000_000_000);
        return Money.ParseYuan(money.ToYuan(), out var read) == MoneyText.Valid && read == money;
    }

    [Theory]
    [InlineData("1234.5", 123450)]
    [InlineData(" 1,234.50 ", 123450)]
    [InlineData(".01", 1)]
    [InlineData("-3", -300)]
    [InlineData("+0.10", 10)]
    [InlineData("12.3400", 1234)]
    [InlineData("90000000000000000", 9_000_000_000_000_000_000)]
    public void Yuan_is_read_as_sheets_write_it(string text, long fen)
    {
        Assert.Equal(MoneyText.Valid, Money.ParseYuan(text, out var money));
        Assert.Equal(fen, money.Fen);
    }

    [Theory]
    [InlineData("", MoneyText.NotANumber)]
    [InlineData("-", MoneyText.NotANumber)]
    [InlineData(".", MoneyText.NotANumber)]
    [InlineData("1.2.3", MoneyText.NotANumber)]
    [InlineData("1e3", MoneyText.NotANumber)]
    [InlineData("１２", MoneyText.NotANumber)]
    [InlineData("1.001", MoneyText.TooManyDecimals)]
    [InlineData("90000000000000001", MoneyText.TooLarge)]
    [InlineData("99999999999999999999999", MoneyText.TooLarge)]
    public void What_is_no_amount_is_told_why(string text, MoneyText why)
    {
        Assert.Equal(why, Money.ParseYuan(text, out var money));
        Assert.Equal(Money.Zero, money);
    }

    [Fact]
    public void The_least_amount_there_is_can_be_written() =>
        Assert.Equal("-92233720368547758.08", new Money(long.MinValue).ToYuan());

    [Property(MaxTest = 500)]
    public bool A_share_is_the_nearest_fen(int rate, int quantity, int per)
    {
        var parts = Math.Abs((long)per) + 1;
        var share = Money.Share(new(rate), quantity, parts).Fen;
        var error = (Int128)share * parts - (Int128)rate * quantity;
        return 2 * Int128.Abs(error) <= parts;
    }

    [Theory]
    [InlineData(1, 1, 2, 1)]
    [InlineData(-1, 1, 2, -1)]
    [InlineData(1, 1, 3, 0)]
    [InlineData(2, 1, 3, 1)]
    [InlineData(30000, 7, 8, 26250)]
    public void A_share_of_half_a_fen_goes_away_from_zero(long rate, long quantity, long per, long fen) =>
        Assert.Equal(fen, Money.Share(new(rate), quantity, per).Fen);

    [Fact]
    public void An_overflow_throws_and_never_wraps()
    {
        var most = new Money(long.MaxValue);
        Assert.Throws<OverflowException>(() => most + new Money(1));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue) - new Money(1));
        Assert.Throws<OverflowException>(() => -new Money(long.MinValue));
        Assert.Throws<OverflowException>(() => Money.Share(most, 2, 1));
    }
}

using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Xunit;

namespace Disbursement.Tests.Payroll;

public sealed class DeductionsTests
{
    private static readonly Money Minimum = new(189_000);

    // Gross and damage in fen; the minimum wage is 1,890.00.
    [Theory]
    [InlineData(500_000, 100_000, null)] // exactly 20 %
    [InlineData(500_000, 100_001, "payroll.damage-over-fifth")]
    [InlineData(236_250, 47_250, null)] // 20 %, and exactly the minimum is left
    [InlineData(236_249, 47_249, null)]
    [InlineData(236_249, 47_250, "payroll.damage-over-fifth")]
    [InlineData(200_000, 11_001, "payroll.damage-below-minimum")]
    [InlineData(180_000, 0, null)] // below the minimum, but nothing is taken for damage
    public void Damage_is_held_to_a_fifth_and_to_the_minimum_wage(long gross, long damage, string? code)
    {
        var list = damage == 0 ? DeductionList.None : new DeductionList([new Deduction(DeductionCode.Damage,
            new Money(damage))]);
        Assert.Equal(code, Deductions.DamageLimit(new Money(gross), list, Minimum)?.Code);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("无", 0)]
    [InlineData("TAX:1", 100)]
    [InlineData("个人所得税：1.05；抚养费:200；借支:0;", 20_105)]
    [InlineData("tax:1;Tax:2", 300)]
    public void Deductions_are_read_in_both_languages(string text, long fen)
    {
        Assert.Null(Deductions.Read(text, out var list, out _));
        Assert.Equal(fen, list.Total.Fen);
    }

    [Theory]
    [InlineData("罚款:50", "payroll.unlawful-deduction")]
    [InlineData("个税12.50", "payroll.deduction-form")]
    [InlineData("12.50", "payroll.deduction-form")]
    [InlineData("个税:", "sheet.not-a-number")]
    [InlineData("个税:1.005", "sheet.three-decimals")]
    [InlineData("个税:-1", "sheet.negative")]
    public void What_cannot_be_deducted_is_refused_by_name(string text, string code)
    {
        Assert.Equal(code, Deductions.Read(text, out _, out var at)?.Code);
        Assert.Equal(text, at);
    }
}

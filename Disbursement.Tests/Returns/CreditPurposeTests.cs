using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>The table of specs/statement-csv.md: what a purpose text names.</summary>
public class CreditPurposeTests
{
    [Theory]
    [InlineData("垫付 17", 17L)]
    [InlineData("垫付17", 17L)]
    [InlineData("垫付：１７", 17L)]
    [InlineData("总包先行垫付　#17, 十月", 17L)]
    [InlineData("垫付 99999999999999999999", -1L)]
    [InlineData("垫付2026年10月工资", null)]
    [InlineData("垫付工资", null)]
    [InlineData("人工费 17", null)]
    [InlineData("", null)]
    public void An_obligation_is_a_number_that_stands_alone_after_the_word(string purpose, long? obligation) =>
        Assert.Equal((obligation, null), (CreditPurpose.Of(purpose).Obligation, CreditPurpose.Of(purpose).Order));

    [Theory]
    [InlineData("责令 人社令〔2026〕1号", "人社令〔2026〕1号")]
    [InlineData("责令人社令〔２０２６〕 １ 号", "人社令〔2026〕1号")]
    [InlineData("责令:A-7；贵阳样例", "A-7")]
    [InlineData("责令支付", null)]
    public void An_order_is_named_by_its_number_whatever_its_blanks_and_widths(string purpose, string? order) =>
        Assert.Equal((null, order), (CreditPurpose.Of(purpose).Obligation, CreditPurpose.Of(purpose).Order));
}

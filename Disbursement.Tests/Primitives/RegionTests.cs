using Disbursement.Engine.Primitives;
using Xunit;

namespace Disbursement.Tests.Primitives;

public class RegionTests
{
    [Theory]
    [InlineData("520100", "520100")]
    [InlineData("贵阳市", "520100")]
    [InlineData(" 贵阳 ", "520100")]
    [InlineData("guiyang", "520100")]
    [InlineData("黔西南", "522300")]
    [InlineData("黔东南", "522600")]
    [InlineData("黔南", "522700")]
    [InlineData("黔南布依族苗族自治州", "522700")]
    public void A_ledger_is_named_by_code_or_name(string text, string code)
    {
        Assert.True(Region.TryParse(text, out var region));
        Assert.Equal(code, region.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("520000")]
    [InlineData("贵州省")]
    [InlineData("520102")]
    [InlineData("成都市")]
    public void A_place_that_is_no_prefecture_is_refused(string text)
    {
        var decision = Region.Parse(text, Place.Of("--ledger", text));
        Assert.False(decision.Accepted);
        Assert.Equal("region.not-a-ledger", Assert.Single(decision.Findings).Rule.Code);
    }

    [Theory]
    [InlineData("321023", true)]
    [InlineData("321000", true)]
    [InlineData("贵阳", true)]
    [InlineData("520102", false)]
    [InlineData("320000", false)]
    [InlineData("991023", false)]
    [InlineData("宝应县", false)]
    public void A_ledger_outside_Guizhou_is_a_prefecture_or_county_by_its_code(string text, bool known) =>
        Assert.Equal(known, Region.TryLedger(text, out _));

    [Theory]
    [InlineData("321023", "321023", true)]
    [InlineData("321023", "321000", true)]
    [InlineData("321023", "320000", true)]
    [InlineData("321000", "321023", false)]
    [InlineData("321023", "", false)]
    public void A_place_lies_in_itself_its_prefecture_and_its_province(string code, string other, bool within) =>
        Assert.Equal(within, Region.Within(code, other));

    [Fact]
    public void There_are_nine_prefectures_and_each_reads_back()
    {
        Assert.Equal(9, Region.Prefectures.Count);
        foreach (var place in Region.Prefectures)
            foreach (var name in (string[])[place.Code, place.Zh, place.ShortZh, place.En])
                Assert.Same(place, Region.TryParse(name, out var read) ? read : null);
    }

    [Theory]
    [InlineData("520000", RegionTier.Province)]
    [InlineData("522300", RegionTier.Prefecture)]
    [InlineData("520102", RegionTier.County)]
    public void A_code_tells_its_tier(string code, RegionTier tier) => Assert.Equal(tier, Region.TierOf(code));

    [Fact]
    public void A_county_lies_in_the_prefecture_of_its_first_four_digits()
    {
        Assert.True(Region.TryPrefectureOf("520102", out var place));
        Assert.Equal("贵阳市", place.Zh);
        Assert.False(Region.TryPrefectureOf("110105", out _));
        Assert.False(Region.TryPrefectureOf("贵阳", out _));
    }
}

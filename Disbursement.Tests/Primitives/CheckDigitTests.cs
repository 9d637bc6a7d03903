using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Primitives;

public class CheckDigitTests
{
    [Theory]
    [InlineData("11010519491231002X")]
    [InlineData("11010519491231002x")]
    [InlineData("440524188001010014")]
    public void A_published_identity_number_passes(string number) =>
        Assert.Equal(IdentityFault.None, IdentityNumber.Check(number));

    [Theory]
    [InlineData("", IdentityFault.Form)]
    [InlineData("110105491231002", IdentityFault.Form)]
    [InlineData("11010519491231002 ", IdentityFault.Form)]
    [InlineData("1101051949123100２X", IdentityFault.Form)]
    [InlineData("110105194912310029", IdentityFault.CheckDigit)]
    [InlineData("110105194913310025", IdentityFault.Date)]
    [InlineData("110105194902290025", IdentityFault.Date)]
    [InlineData("110105000001010025", IdentityFault.Date)]
    public void A_wrong_identity_number_is_told_by_its_first_fault(string number, IdentityFault fault) =>
        Assert.Equal(fault, IdentityNumber.Check(number));

    [Fact]
    public void An_identity_number_gives_birth_date_and_region()
    {
        Assert.True(IdentityNumber.TryBirthDate("11010519491231002X", out var birth));
        Assert.Equal(new LocalDate(1949, 12, 31), birth);
        Assert.Equal("110105", IdentityNumber.RegionCode("11010519491231002X"));
        Assert.Equal("11010519491231002X", IdentityNumber.Canonical(" 11010519491231002x "));
    }

    [Property(MaxTest = 200)]
    public bool An_identity_number_shows_every_single_wrong_digit(uint seed, uint at, uint shift)
    {
        var digits = $"520{seed % 1000:000}19900115{seed / 1000 % 1000:000}";
        var number = digits + IdentityNumber.CheckCharacter(digits);
        Assert.Equal(IdentityFault.None, IdentityNumber.Check(number));
        return IdentityNumber.Check(WithWrongDigit(number, 17, at, shift)) != IdentityFault.None;
    }

    [Theory]
    [InlineData("91350100M000100Y43", CreditCodeFault.None)]
    [InlineData("91350100M000100Y44", CreditCodeFault.CheckDigit)]
    [InlineData("91350100M000100143", CreditCodeFault.CheckDigit)]
    [InlineData("91350100M000100O43", CreditCodeFault.Form)]
    [InlineData("91350100m000100Y43", CreditCodeFault.Form)]
    [InlineData("21350100M000100Y43", CreditCodeFault.Form)]
    [InlineData("94350100M000100Y43", CreditCodeFault.Form)]
    [InlineData("9135A100M000100Y43", CreditCodeFault.Form)]
    [InlineData("91350100M000100Y4", CreditCodeFault.Form)]
    public void A_credit_code_is_held_to_its_form_and_check(string code, CreditCodeFault fault) =>
        Assert.Equal(fault, CreditCode.Check(code));

    [Property(MaxTest = 200)]
    public bool A_credit_code_shows_every_single_wrong_digit(uint seed, uint at, uint shift)
    {
        var digits = $"91520100{seed % 1_000_000_000:000000000}";
        var code = digits + CreditCode.CheckCharacter(digits);
        Assert.Equal(CreditCodeFault.None, CreditCode.Check(code));
        return CreditCode.Check(WithWrongDigit(code, 17, at, shift)) != CreditCodeFault.None;
    }

    [Fact]
    public void The_published_Luhn_number_passes_and_is_no_card()
    {
        Assert.True(BankCard.PassesLuhn("79927398713"));
        Assert.False(BankCard.IsValid("79927398713"));
        Assert.False(BankCard.PassesLuhn("79927398710"));
        Assert.False(BankCard.PassesLuhn("7992 7398713"));
        Assert.False(BankCard.PassesLuhn("0"));
    }

    [Property(MaxTest = 200)]
    public bool A_card_number_shows_every_single_wrong_digit(uint seed, uint at, uint shift)
    {
        var digits = $"6222{seed % 1_000_000_000:00000000000000}";
        var card = digits + BankCard.CheckDigit(digits);
        Assert.True(BankCard.IsValid(card));
        return !BankCard.IsValid(WithWrongDigit(card, card.Length, at, shift));
    }

    // Published numbers of the head offices of five banks.
    [Theory]
    [InlineData("102100099996")]
    [InlineData("103100000026")]
    [InlineData("104100000004")]
    [InlineData("105100000017")]
    [InlineData("308584000013")]
    public void A_published_CNAPS_number_passes(string number) => Assert.True(CnapsNumber.IsValid(number));

    // By hand for the digits 10270100001: p runs 10 → 2, 4, 1, 5, 10, 2, 4, 8, 5, 10, 2, so the check is 11 − 2 = 9.
    [Fact]
    public void A_CNAPS_number_worked_by_hand_passes()
    {
        Assert.Equal('9', CnapsNumber.CheckDigit("10270100001"));
        Assert.True(CnapsNumber.IsValid("102701000019"));
        Assert.False(CnapsNumber.IsValid("102701000011"));
        Assert.False(CnapsNumber.IsValid("1027010000"));
        Assert.Equal("102", CnapsNumber.BankCode("102701000019"));
    }

    [Property(MaxTest = 200)]
    public bool A_CNAPS_number_shows_every_single_wrong_digit(uint seed, uint at, uint shift)
    {
        var digits = $"{seed % 1_000_000_000:00000000000}";
        var number = digits + CnapsNumber.CheckDigit(digits);
        Assert.True(CnapsNumber.IsValid(number));
        return !CnapsNumber.IsValid(WithWrongDigit(number, 12, at, shift));
    }

    [Fact]
    public void People_and_companies_refuse_where_cards_and_branches_warn()
    {
        var at = Place.Of("身份证", "x");
        Assert.Equal("id.identity-check-digit", IdentifierRules.Identity("110105194912310029", at)?.Rule.Code);
        Assert.Equal(Severity.Refusal, IdentifierRules.Identity("110105194912310029", at)?.Rule.Severity);
        Assert.Equal(Severity.Refusal, IdentifierRules.Company("91350100M000100Y44", at)?.Rule.Severity);
        Assert.Equal(Severity.Warning, IdentifierRules.Card("6222000000000000", at)?.Rule.Severity);
        Assert.Equal(Severity.Warning, IdentifierRules.Cnaps("102701000011", at)?.Rule.Severity);
        Assert.Null(IdentifierRules.Identity("11010519491231002X", at));
        Assert.Null(IdentifierRules.Company("91350100M000100Y43", at));
        Assert.Null(IdentifierRules.Cnaps("102701000019", at));
    }

    /// <summary>The number with one of its first digits replaced by another digit.</summary>
    private static string WithWrongDigit(string number, int among, uint at, uint shift)
    {
        var place = (int)(at % among);
        if (!char.IsAsciiDigit(number[place])) place = 0;
        var wrong = (char)('0' + (number[place] - '0' + 1 + shift % 9) % 10);
        return string.Concat(number.AsSpan(0, place), [wrong], number.AsSpan(place + 1));
    }
}

namespace Disbursement.Engine.Primitives;

/// <summary>
/// Rules on numbers that carry their own check. People and companies refuse; cards and branches warn.
/// </summary>
public static class IdentifierRules
{
    public static readonly RefusalRule IdentityForm = new("id.identity-form", Severity.Refusal,
        "身份证号码“{0}”不是18位（17位数字加1位校验码）",
        "the identity number \"{0}\" is not 17 digits and a check character",
        "请按身份证原件核对后重新填写，不要留空格；15位旧号码请换为18位",
        "copy all 18 characters from the card, without spaces; a number of 15 digits is out of use");

    public static readonly RefusalRule IdentityDate = new("id.identity-date", Severity.Refusal,
        "身份证号码“{0}”中的出生日期不存在",
        "the birth date inside the identity number \"{0}\" is no day of the calendar",
        "请按身份证原件核对第7至14位", "compare characters 7 to 14 with the card");

    public static readonly RefusalRule IdentityCheckDigit = new("id.identity-check-digit", Severity.Refusal,
        "身份证号码“{0}”的校验码不符（GB 11643）",
        "the check character of the identity number \"{0}\" is wrong (GB 11643)",
        "请按身份证原件逐位核对，至少有一位写错", "compare it with the card: at least one character is mistyped");

    public static readonly RefusalRule CreditCodeForm = new("id.credit-code-form", Severity.Refusal,
        "统一社会信用代码“{0}”不是18位大写字母和数字，或含有不允许的字符",
        "the unified social credit code \"{0}\" is not 18 digits and capitals of its alphabet",
        "请按营业执照核对；代码中不使用字母I、O、S、V、Z", "copy it from the business licence; the letters I, O, S, V and Z do not occur");

    public static readonly RefusalRule CreditCodeCheckDigit = new("id.credit-code-check-digit", Severity.Refusal,
        "统一社会信用代码“{0}”的校验码不符（GB 32100）",
        "the check character of the unified social credit code \"{0}\" is wrong (GB 32100)",
        "请按营业执照逐位核对，至少有一位写错", "compare it with the business licence: at least one character is mistyped");

    public static readonly RefusalRule CardCheckDigit = new("id.card-check-digit", Severity.Warning,
        "银行卡号“{0}”未通过校验（16至19位，Luhn）",
        "the card number \"{0}\" does not pass the check of cards (16 to 19 digits, Luhn)",
        "请与工人的银行卡核对；如为存折等老账号，可不处理", "compare it with the worker's card; an old passbook account may stay as it is");

    public static readonly RefusalRule CnapsCheckDigit = new("id.cnaps-check-digit", Severity.Warning,
        "联行号“{0}”未通过校验（12位，末位校验）",
        "the CNAPS number \"{0}\" does not pass its check (12 digits, the last a check)",
        "请向开户行核对联行号", "ask the branch for its CNAPS number");

    /// <summary>In order of precedence.</summary>
    public static IReadOnlyList<RefusalRule> All =>
    [
        IdentityForm, IdentityDate, IdentityCheckDigit,
        CreditCodeForm, CreditCodeCheckDigit,
        CardCheckDigit, CnapsCheckDigit,
    ];

    /// <summary>What is wrong with an identity number, or null.</summary>
    public static Finding? Identity(string number, Place at) => IdentityNumber.Check(number) switch
    {
        IdentityFault.None => null,
        IdentityFault.Form => new(IdentityForm, at, number),
        IdentityFault.Date => new(IdentityDate, at, number),
        _ => new(IdentityCheckDigit, at, number),
    };

    /// <summary>What is wrong with a unified social credit code, or null.</summary>
    public static Finding? Company(string code, Place at) => CreditCode.Check(code) switch
    {
        CreditCodeFault.None => null,
        CreditCodeFault.Form => new(CreditCodeForm, at, code),
        _ => new(CreditCodeCheckDigit, at, code),
    };

    /// <summary>A warning on a card number that fails its check, or null.</summary>
    public static Finding? Card(string number, Place at) =>
        BankCard.IsValid(number) ? null : new(CardCheckDigit, at, number);

    /// <summary>A warning on a CNAPS number that fails its check, or null.</summary>
    public static Finding? Cnaps(string number, Place at) =>
        CnapsNumber.IsValid(number) ? null : new(CnapsCheckDigit, at, number);
}

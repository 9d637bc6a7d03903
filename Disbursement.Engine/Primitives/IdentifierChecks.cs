namespace Disbursement.Engine.Primitives;

/// <summary>The check digits a sheet is held to, as functions: each takes a trimmed text of any form and never
/// throws.</summary>
/// <param name="Identity">身份证号, GB 11643. A wrong one is refused.</param>
/// <param name="CreditCode">统一社会信用代码, GB 32100. A wrong one is refused.</param>
/// <param name="Card">Bank card, Luhn. Old passbooks fail it, so a wrong one only warns.</param>
/// <param name="BankCode">联行号 (CNAPS), ISO 7064 MOD 11,10. No published text of the rule, so a wrong one only
/// warns.</param>
public sealed record IdentifierChecks(Func<string, bool> Identity, Func<string, bool> CreditCode,
    Func<string, bool> Card, Func<string, bool> BankCode)
{
    /// <summary>The rules themselves.</summary>
    public static readonly IdentifierChecks Standard = new(
        s => IdentityNumber.Check(s) == IdentityFault.None, s => Primitives.CreditCode.Check(s) == CreditCodeFault.None,
        s => BankCard.IsValid(s), s => CnapsNumber.IsValid(s));
}

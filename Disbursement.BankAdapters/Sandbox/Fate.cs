namespace Disbursement.BankAdapters.Sandbox;

/// <summary>What becomes of a row at this bank.</summary>
public enum Fate
{
    Settled, NameMismatch, Closed, Frozen, OverLimit, ReturnsLate, Silent, AnsweredTwice, WrongAmount, Contradicted,
    DuplicateRow, Held,
}

/// <summary>The magic accounts: six digits right before the check digit of the payee's account tell its fate.</summary>
public static class Fates
{
    public static Fate Of(string account) => account.Length < 7 ? Fate.Settled : account[^7..^1] switch
    {
        "990001" => Fate.NameMismatch,
        "990002" => Fate.Closed,
        "990003" => Fate.Frozen,
        "990004" => Fate.OverLimit,
        "990005" => Fate.ReturnsLate,
        "990006" => Fate.Silent,
        "990007" => Fate.AnsweredTwice,
        "990008" => Fate.WrongAmount,
        "990009" => Fate.Contradicted,
        "990010" => Fate.Held,
        _ => Fate.Settled,
    };

    /// <summary>The payee's account was credited at once, whatever the answers say.</summary>
    public static bool Credited(this Fate fate) =>
        fate is Fate.Settled or Fate.ReturnsLate or Fate.AnsweredTwice or Fate.Contradicted;

    /// <summary>The first answer says nothing of the row.</summary>
    public static bool Unanswered(this Fate fate) => fate is Fate.Silent or Fate.Held;

    /// <summary>The first answer rejects the row.</summary>
    public static bool Rejected(this Fate fate) =>
        fate is Fate.NameMismatch or Fate.Closed or Fate.Frozen or Fate.OverLimit or Fate.DuplicateRow;
}

/// <summary>A reason in the words of each form: the bank's text, the
/// number of the code map (domain facts 7.15), the ISO code.</summary>
internal readonly record struct Reason(string Text, string Number, string Iso)
{
    public static readonly Reason Returned = new("退票", "3056", "AC04");
    public static readonly Reason SaidBefore = new("账户状态错误", "3057", "AC06");

    public static Reason Of(Fate fate) => fate switch
    {
        Fate.NameMismatch => new("账号户名不符", "3031", "BE01"),
        Fate.Closed => new("账户已销户", "3018", "AC04"),
        Fate.Frozen => new("账户已冻结", "3017", "AC06"),
        Fate.OverLimit => new("超过交易限额", "3013", "AM02"),
        Fate.DuplicateRow => new("重复业务", "3051", "AM05"),
        _ => new("", "", ""),
    };

    public static Reason Of(FileRefusal refusal) => refusal switch
    {
        FileRefusal.SignatureMissing => new("签名缺失", "3058", "DS0A"),
        FileRefusal.SignatureInvalid => new("验签失败", "3058", "DS04"),
        FileRefusal.WrongSigner => new("签名人不符", "3058", "DS0E"),
        FileRefusal.Structure => new("文件格式错误", "3999", "FF01"),
        FileRefusal.Duplicate => new("批次号重复", "3051", "DU01"),
        FileRefusal.Count => new("总笔数不符", "3999", "AM18"),
        FileRefusal.Total => new("总金额不符", "3999", "AM10"),
        FileRefusal.InsufficientFunds => new("余额不足", "3008", "AM04"),
        _ => new("", "", ""),
    };
}

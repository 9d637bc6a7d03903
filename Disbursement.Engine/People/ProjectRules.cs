using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.People;

/// <summary>What the register of projects (工程项目) is held to, in order of precedence.</summary>
public static class ProjectRules
{
    public static readonly RefusalRule BadContractor = new("project.bad-contractor", Severity.Refusal,
        "总包统一社会信用代码校验不通过", "the general contractor's credit code fails its check digit",
        "对照营业执照改正", "correct it from the business licence");

    public static readonly RefusalRule UnknownRegion = new("project.unknown-region", Severity.Refusal,
        "所在地 {0} 不是行政区划代码或名称", "{0} is no code or name of a region",
        "填写六位行政区划代码，例如 520100", "write the six-digit code, e.g. 520100");

    public static readonly RefusalRule AccountNotDigits = new("project.account-not-digits", Severity.Refusal,
        "专户账号不是 8 至 32 位数字", "the wage account's number is not 8 to 32 digits",
        "对照开户资料改正，单元格按文本填写", "correct it from the bank's papers; keep the cell as text");

    public static readonly RefusalRule Duplicate = new("project.duplicate", Severity.Refusal,
        "项目编码重复，首次出现在第 {0} 行", "the project stands twice, first in row {0}",
        "删除重复行", "delete one of the rows");

    public static readonly RefusalRule UnknownProfile = new("project.unknown-profile", Severity.Refusal,
        "账本中没有银行档案 {0}", "the ledger has no bank profile {0}",
        "用 profile list 查看可用的银行档案", "see the bank profiles with profile list");

    public static readonly RefusalRule OtherContent = new("project.other-content", Severity.Refusal,
        "项目 {0} 已登记，{1} 不同", "project {0} is registered with another {1}",
        "核对表格；已登记的项目不能改写", "check the sheet; a registered project is not rewritten");

    public static readonly RefusalRule AccountOtherProfile = new("project.account-other-profile", Severity.Refusal,
        "该专户已按银行档案 {0} 登记", "the account is registered with bank profile {0}",
        "同一账户只用一个银行档案", "one account has one bank profile");

    public static readonly RefusalRule CnapsCheck = new("project.bank-code-check", Severity.Warning,
        "联行号校验位不符", "the bank's CNAPS number fails its check digit",
        "向开户行核对联行号", "ask the bank for its number");

    public static IReadOnlyList<RefusalRule> All =>
    [
        BadContractor, UnknownRegion, AccountNotDigits, Duplicate, UnknownProfile, OtherContent, AccountOtherProfile,
        CnapsCheck,
    ];
}

using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.People;

/// <summary>What rosters (用工花名册) and contract terms (合同约定) are held to, in order of precedence.</summary>
public static class PeopleRules
{
    public static readonly RefusalRule BadCreditCode = new("roster.bad-credit-code", Severity.Refusal,
        "统一社会信用代码校验不通过", "the unified social credit code fails its check digit",
        "对照营业执照改正后重新导入", "correct it from the business licence and import again");

    public static readonly RefusalRule DuplicateWorker = new("roster.duplicate-worker", Severity.Refusal,
        "同一项目同一用工单位的工人重复，首次出现在第 {0} 行",
        "the worker stands twice for the same project and employer, first in row {0}",
        "删除重复行", "delete one of the rows");

    public static readonly RefusalRule SpaceInName = new("roster.space-in-name", Severity.Refusal,
        "姓名中有空格", "the name holds a space",
        "按身份证填写姓名，不加空格；少数民族姓名用间隔号“·”",
        "write the name as on the identity card, without spaces; minority names use the middle dot ·");

    public static readonly RefusalRule LeftBeforeJoined = new("roster.left-before-joined", Severity.Refusal,
        "离场日期早于进场日期", "the leaving day is before the joining day",
        "核对进场、离场日期", "check both days");

    public static readonly RefusalRule AccountNotDigits = new("roster.account-not-digits", Severity.Refusal,
        "银行卡号不是 8 至 32 位数字", "the card number is not 8 to 32 digits",
        "对照安康卡卡面改正，单元格按文本填写", "correct it from the AnKang card; keep the cell as text");

    public static readonly RefusalRule SharedCard = new("roster.shared-card", Severity.Finding,
        "一张银行卡对应多名工人，另一名在第 {0} 行", "one card stands for several workers, another is in row {0}",
        "一人一卡、本人持卡（国令第724号第三十一条）；核实是否扣押或冒用",
        "one card per worker, held by the worker (Decree 724 art. 31); look whether a card is withheld or misused");

    public static readonly RefusalRule HolderDiffers = new("roster.holder-differs", Severity.Finding,
        "户名与工人姓名不一致", "the account holder is not the worker",
        "工资只能付到本人账户（国令第724号第三十一条），请工人提供本人银行卡",
        "wages go to the worker's own account only (Decree 724 art. 31); ask for the worker's own card");

    public static readonly RefusalRule DotVariant = new("roster.dot-variant", Severity.Finding,
        "姓名中的间隔号已统一为“·”", "the dot in the name was written as ·",
        "核对与银行户名一致", "see that the bank holds the name so");

    public static readonly RefusalRule CardCheck = new("roster.card-check", Severity.Warning,
        "银行卡号校验位不符", "the card number fails its check digit",
        "旧存折和部分账户无校验位；请核对卡号", "old passbooks have none; check the number");

    public static readonly RefusalRule BankCodeCheck = new("roster.bank-code-check", Severity.Warning,
        "联行号校验位不符", "the bank's CNAPS number fails its check digit",
        "向开户行核对联行号", "ask the bank for its number");

    public static readonly RefusalRule UnknownRateKind = new("terms.rate-kind", Severity.Refusal,
        "计薪方式无法识别", "the rate kind is not known",
        "填写 月、周、日、小时 或 计件（MONTH WEEK DAY HOUR PIECE）", "write MONTH, WEEK, DAY, HOUR or PIECE");

    public static readonly RefusalRule UnknownCycle = new("terms.cycle", Severity.Refusal,
        "支付周期无法识别", "the pay cycle is not known",
        "填写 月、周、日、计件 或 一次付清（MONTH WEEK DAY PIECE FINAL）", "write MONTH, WEEK, DAY, PIECE or FINAL");

    public static readonly RefusalRule RateNotPositive = new("terms.rate-not-positive", Severity.Refusal,
        "单价必须大于零", "the rate must be more than zero",
        "按劳动合同填写单价", "write the rate of the contract");

    public static readonly RefusalRule MissingPieceUnit = new("terms.piece-unit", Severity.Refusal,
        "计件工资缺少计件单位", "a piece rate without its unit",
        "填写计件单位，例如 平方米、吨", "write the unit, e.g. square metre, tonne");

    public static readonly RefusalRule BadPayDay = new("terms.pay-day", Severity.Refusal,
        "约定发薪日无效", "the agreed pay day is not valid",
        "周期工资填写次期的日 1–31；计件填写具体日期（国令第724号第十二、十三条）",
        "write the day 1–31 of the period after; for piece work the date itself (Decree 724 arts. 12, 13)");

    public static readonly RefusalRule BadStandardDay = new("terms.standard-day", Severity.Refusal,
        "标准日工时应大于 0 且不超过 24 小时", "the standard day must be more than 0 and at most 24 hours",
        "一般填写 8（劳动法第三十六条）", "usually 8 (Labour Law art. 36)");

    public static readonly RefusalRule DuplicateTerms = new("terms.duplicate", Severity.Refusal,
        "同一工人同一项目同一签订日期的合同重复，首次出现在第 {0} 行",
        "the same worker, project and signing day stand twice, first in row {0}",
        "删除重复行", "delete one of the rows");

    public static IReadOnlyList<RefusalRule> All =>
    [
        BadCreditCode, DuplicateWorker, SpaceInName, LeftBeforeJoined, AccountNotDigits,
        UnknownRateKind, UnknownCycle, RateNotPositive, MissingPieceUnit, BadPayDay, BadStandardDay, DuplicateTerms,
        SharedCard, HolderDiffers, DotVariant, CardCheck, BankCodeCheck,
    ];
}

using System.Collections.Frozen;
using System.Text;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Complaints;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Reasons;

namespace Disbursement.Host.Cli;

/// <summary>
/// States, standings, outcomes and reasons in words: in Chinese the field's term with the name that --json and the
/// pages use behind it, in English that name spelled out.
/// </summary>
public static class Terms
{
    private static readonly FrozenDictionary<Type, FrozenDictionary<string, string>> s_chinese =
        new Dictionary<Type, string>
        {
            [typeof(ClaimStanding)] = "Unpaid=未付 InFlight=在途 Paid=已付 Voided=已作废",
            [typeof(ClaimState)] = "Pending=待发 Reserved=已预留资金 NotSent=未发出 Rejected=被拒 Returned=退票 "
                + "Filed=已入文件 Sent=已发送待答复 Unknown=结果未知 Contradicted=答复矛盾 Settled=已到账 Advanced=已垫付 "
                + "PaidOutside=系统外已付 Voided=已作废",
            [typeof(PayrollState)] = "Received=已收表 Checked=已核对 Refused=核对未通过 Submitted=已提交 Approved=已审核 "
                + "SentBack=已退回 Settled=已付清 Withdrawn=已撤回",
            [typeof(ReleaseState)] = "Planned=已计划 Funded=资金已预留 Short=资金不足 Filed=已制文件 Settling=核销中 "
                + "Done=已完成 Cancelled=已取消",
            [typeof(ReleaseKind)] = "Ordinary=正常 Partial=部分 RePayment=补发 Advance=垫付 Deposit=动用保证金",
            [typeof(FileState)] = "Built=已制作 Sealed=已签名 Sending=发送中 Delivered=已送达 Unknown=结果未知 "
                + "Refused=被银行拒绝 Accepted=银行已受理 Reconciled=已核销 Withdrawn=已撤回",
            [typeof(SendingResult)] = "Delivered=已送达 NotSent=未发出 Refused=被拒 Unknown=结果未知",
            [typeof(RecallReason)] = "Duplicate=重复 WrongAmount=金额有误 WrongAccount=账户有误 TechnicalProblem=技术故障 "
                + "RequestedByPayer=付款人要求 Fraud=欺诈",
            [typeof(RecallWord)] = "Cancelled=已撤销 Refused=未撤销 Pending=处理中 Doubtful=同意未确认",
            [typeof(OutcomeKind)] = "Settled=已到账 Rejected=被拒 Returned=退票 NotSent=未发出",
            [typeof(OutcomeSource)] = "Report=银行回单 Statement=对账单 People=两人凭证",
            [typeof(PaymentChannel)] = "File=银行代发 Outside=系统外支付 Void=作废",
            [typeof(AttemptState)] = "Open=无结果 NotSent=未发出 Rejected=被拒 Returned=退票 Contradicted=答复矛盾 "
                + "Settled=已到账",
            [typeof(ReturnReason)] = "None=无 NameMismatch=户名不符 AccountNotFound=账号不存在 AccountClosed=账户已销户 "
                + "CardExpired=卡已过期 NotPersonalSettlement=非个人结算账户 Currency=币种不符 AccountFrozen=账户冻结 Lost=已挂失 "
                + "Locked=账户锁定 Dormant=久悬账户 LimitExceeded=超过限额 InsufficientFunds=余额不足 Duplicate=重复 "
                + "SignatureOrCertificate=签名或证书有误 Busy=系统繁忙 Timeout=超时 CommunicationFailure=通讯故障 "
                + "ReturnedAfterSuccess=成功后退回 Other=其他",
            [typeof(ComplaintOutcome)] = "Paid=已付 Owed=确有拖欠 Withdrawn=撤回投诉",
            [typeof(Contradiction)] = "ReceiptOfUnpaid=本人确认收到而账上未付 ComplaintOfPaid=账上已付而本人投诉未付 "
                + "ComplaintAfterReceipt=确认收到后又投诉",
            [typeof(ObligationKind)] = "Unpaid=欠薪 Unassessed=未核算",
            [typeof(ObligationState)] = "Open=未了 Demanded=已催告 Overdue=逾期 Discharged=已清偿 Withdrawn=已撤销",
            [typeof(RecoveryState)] = "Open=未了 Recovered=已追回 WrittenOff=已核销",
            [typeof(DebtorKind)] = "Subcontractor=分包单位 Worker=工人",
            [typeof(WarningState)] = "Raised=已发现 Published=已派单 Acknowledged=已接收 Handling=处置中 Replied=已反馈 "
                + "Closed=已销号 Cleared=已解除",
            [typeof(SubscriberState)] = "Active=订阅中 Stopped=已停止",
            [typeof(FeedAnswer)] = "None=尚未推送 Acknowledged=已确认 Unreachable=连接不上 Silent=限时内无应答 "
                + "Refused=对方拒收 Unreadable=应答不能读取 Gap=对方缺少已确认的记录 Ahead=对方记录多于本账本",
            [typeof(WarningTier)] = "County=县级 City=市级 Province=省级",
            [typeof(WarningLevel)] = "Yellow=黄色 Orange=橙色 Red=红色",
            [typeof(PayrollKind)] = "Ordinary=正常 Supplementary=补发 FinalSettlement=结算",
            [typeof(EntryKind)] = "BankCredit=银行入账 BankDebit=银行出账 Allocation=分配 Attribution=归属 "
                + "Reserve=预留 Release=释放 Yield=让出",
            [typeof(ComplianceFinding)] = "NoContract=无合同 ContractLate=合同晚签 NoAccount=无账户",
            [typeof(ForecastItem)] = "Agreed=约定拨付 Approved=已批准工资 PutForward=未批准工资 Expected=预计工资",
            [typeof(FileRefusal)] = "None=无 SignatureMissing=缺少签名 SignatureInvalid=签名不符 WrongSigner=签名者不符 "
                + "Structure=结构有误 Duplicate=重复 Count=笔数不符 Total=合计不符 InsufficientFunds=余额不足",
            [typeof(LeftCause)] = "SettledLate=迟付到账 Advanced=先行清偿 Outside=系统外支付 Deposit=动用保证金 Voided=作废 "
                + "FoundPaid=查明已付 Assessed=已核算 Withdrawn=撤销",
        }.ToFrozenDictionary(kind => kind.Key, kind => kind.Value.Split(' ').Select(pair => pair.Split('='))
            .ToFrozenDictionary(pair => pair[0], pair => pair[1]));

    /// <summary>The kinds that have Chinese words.</summary>
    public static IReadOnlyList<Type> Kinds => [.. s_chinese.Keys];

    /// <summary>"被拒 Rejected", or "rejected".</summary>
    public static string Of(Enum value, bool chinese) =>
        chinese ? $"{s_chinese[value.GetType()][$"{value}"]} {value}" : Spelled($"{value}");

    /// <summary>"被拒": the Chinese word alone, as papers have it.</summary>
    public static string Chinese(Enum value) => s_chinese[value.GetType()][$"{value}"];

    /// <summary>"被拒 Rejected" in Chinese, else the name as --json has it; what has no Chinese word keeps its name.
    /// </summary>
    public static string Cell(Enum value, bool chinese) =>
        chinese && s_chinese.ContainsKey(value.GetType()) ? Of(value, chinese: true) : $"{value}";

    /// <summary>A finding's words: in Chinese its reasons are Chinese, and of those about a subject in a state both.
    /// </summary>
    public static string Of(Finding finding, bool chinese) => Told(finding, chinese).Text(chinese);

    /// <summary>What to do about it.</summary>
    public static string Advice(Finding finding, bool chinese) => Told(finding, chinese).Advice(chinese);

    private static Finding Told(Finding finding, bool chinese)
    {
        if (!chinese) return finding;
        string[] said = [.. finding.Arguments.Select(a => ReasonWords.Of(a, chinese: true))];
        var state = finding.Rule == MachineRules.NoArrow ? 1 : finding.Rule == RuntimeRules.WrongState ? 2 : 0;
        if (state == 0 && finding.Rule != RuntimeRules.NotFound) return new Finding(finding.Rule, finding.At, said);
        var noun = said[0] == RecoveryMachine.Table.Noun ? "recovery" : said[0];
        if (state > 0 && s_machines.TryGetValue(noun, out var states)
            && s_chinese[states].TryGetValue(said[state], out var zh)) said[state] = $"{zh} {said[state]}";
        said[0] = Subject.Nouns.Contains(noun) ? Subject.Named(noun).Zh : noun;
        return new Finding(finding.Rule, finding.At, said);
    }

    private static readonly FrozenDictionary<string, Type> s_machines = new Dictionary<string, Type>
    {
        ["payroll"] = typeof(PayrollState),
        ["release"] = typeof(ReleaseState),
        ["file"] = typeof(FileState),
        ["card"] = typeof(FileState),
        ["obligation"] = typeof(ObligationState),
        ["recovery"] = typeof(RecoveryState),
        ["warning"] = typeof(WarningState),
        ["subscriber"] = typeof(SubscriberState),
    }.ToFrozenDictionary();

    /// <summary>A recorded reason, such as "AccountClosed 4002": "账户已销户 (AccountClosed 4002)".</summary>
    public static string Reason(string recorded, bool chinese)
    {
        var code = recorded.Split(' ')[0];
        if (!Enum.TryParse<ReturnReason>(code, out var reason)) return recorded;
        if (reason == ReturnReason.None) return recorded[code.Length..].Trim();
        var words = chinese ? s_chinese[typeof(ReturnReason)][code] : Spelled(code);
        return $"{words} ({recorded})";
    }

    /// <summary>Why lines left a release.</summary>
    public static string Exit(string cause, bool chinese)
    {
        var (zh, en) = cause switch
        {
            ReleaseExit.NoPayee => ("没有已复核的收款账户", "no approved payee account"),
            ReleaseExit.OverLimit => ("超过银行限额", "more than the bank takes"),
            ReleaseExit.Met => ("已另行支付或作废", "paid otherwise or voided meanwhile"),
            ReleaseExit.Covered => ("资金足够的部分另成一批", "goes in a partial release, which the money covers"),
            ReleaseExit.Yielded => ("账户资金不足, 另成一批等待", "waits for money in a release of its own"),
            ReleaseExit.Advanced => ("改由垫付或保证金支付", "paid by an advance or the deposit instead"),
            ReleaseExit.Journalled => ("发送日志表明已发出", "the send journal shows that it went out"),
            _ => throw new DefectException($"no words for {cause}"),
        };
        return $"{(chinese ? zh : en)} ({cause})";
    }

    /// <summary>"account closed" of AccountClosed.</summary>
    private static string Spelled(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
            words.Append(char.IsUpper(letter) && words.Length > 0 ? " " : "").Append(char.ToLowerInvariant(letter));
        return words.ToString();
    }
}

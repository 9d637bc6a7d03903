using System.Collections.Frozen;

namespace Disbursement.Host.Cli;

/// <summary>Headings of tables in Chinese. Documents of --json keep the English names in every language.</summary>
internal static class Headings
{
    private const string Chinese = """
        account=账户; bank account=银行账户; fingerprint=指纹; in force=有效; standing=结果;
        statement=对账单; accounts=可选账户; booked on=记账日; algorithm=算法;
        amount=金额; contractor=总包单位; credit code=统一社会信用代码; employer=用工单位; joined=进场; left on=离场; name=名称;
        owner=建设单位; region=地区; team=班组; trade=工种; answer by=应答期限; at most=限额;
        available=可用; bank=银行; bare s=裸底线 秒; body=内容; claim=应付工资; code=代码; debtor=债务人;
        debtor_kind=债务人类别; detail=说明; difference=差额; document=文件摘要; due=应付日; earmarked=专项; engine=数据库; episode=次;
        epoch=纪元; evaluated=是否核算; exception=异常; expected=应为; file=代发文件; floor s=底线 秒; handle=登记名;
        job s=作业 秒; key=密钥; kind=种类; last_at=最后时刻; leaves=日志条数; ledger=账本; left=离开原因; level=级别; line=行;
        lines=行数; lines/s=行/秒; lock s=最长锁 秒; mark=标识; message=报文; n=序号; next=下一期限; next cut-off=下一截止时间;
        obligation=义务; open=未了; open yuan=未了(元); out, in, statement, envelope=发出, 接收, 对账单, 签名;
        payroll=工资表; period=周期; person=人员; posted=账面; posted ±=账面 ±; profile=银行配置; project=项目;
        ratio=倍数; recovery=追偿; reference=批次号; rehearsal=演练; rejected=被拒; release=代发批次; reserved=预留;
        reserved ±=预留 ±; returned=退回; roles=角色; rule=规则; send by=最迟发送; sequence=序号; settled=已付;
        shown=显示级别; source=依据; state=状态; subcontractor=分包单位; subject=对象; tier=层级; unsourced=无出处;
        version=版本; warning=预警; worker=工人; yuan=元; what=项目; found=结果; trouble=问题; signature=签名;
        acknowledged=已确认; behind=未确认; last answer=上次应答; next attempt=下次推送; records=记录; subscriber=订阅方; address=地址;
        on=日期; item=事项; balance=余额; lacks=缺口; workers=在场; contract=合同签订; contract %=合同率; no contract=无合同;
        contract late=合同晚签; no account=无账户; at work=上月出勤; on payrolls=上月列入工资表; paid=上月已付;
        kinds=记录种类; first day=首日; days y/o/r=天数 黄/橙/红; raised=实际预警日; its level=实际级别; its days y/o/r=实际天数 黄/橙/红;
        payer account=付款账户; what it is=性质; rows=笔数; total (fen)=合计(分); verdict=结论; until=到期; days=天数; check=检查; seen=所见;
        """;

    private static readonly FrozenDictionary<string, string> s_chinese = Chinese
        .Split([';', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=')).ToFrozenDictionary(p => p[0], p => p[1], StringComparer.Ordinal);

    public static string Of(string heading, bool chinese) =>
        chinese && s_chinese.TryGetValue(heading, out var zh) ? zh : heading;
}

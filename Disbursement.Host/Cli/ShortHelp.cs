using System.CommandLine;

namespace Disbursement.Host.Cli;

/// <summary>help, and what the program says when it is run without a verb: what it is, and the month's work in order.
/// </summary>
public static class ShortHelp
{
    private const string Zh = """
        disburse: 农民工工资代发。考勤和工资表经两人审核成为应付工资, 由工资专用账户经银行文件发放,
        逐笔核销; 每一决定记入 Merkle 日志, 可供审计。

        一个工资月, 按先后:
          建账    init · person enroll|rekey|revoke|list · key list|check · ledger list|adopt
                  profile list|check|test
          登记    import project|roster|terms|attendance · payee list|approve|change
                  card apply|send|list|show|resolve|withdraw
          名册    project list|compliance|complete · employer list · worker list|erase (个人信息删除)
          本人    worker complain|answer|complaints|confirm (投诉未付、答复, 确认工资表和收款)
          审核    import payroll · payroll check|submit|approve|send-back|withdraw|show|list
          资金    import statement · account list|show|explain|unallocated|allocate|attribute|forecast|free|closing
          发放    release plan|fund|send|cancel|show|list · file list|show|send|query|recall|resolve|withdraw
          回执    bank receive|verify · exception list|explain · claim list|show|void · tick
          欠薪    arrears list|show|discharge|sweep · import order|funding · recovery list|recovered|write-off
          预警    warning list|rules|replay|ack|handle|reply|close
          上报    feed subscribe|stop|list|show|records|pull · feed receive|check (订阅方)
          文书    paper ledger|slips|voucher|evidence|bulletin (台账、清单、凭证、证据、通报)
          审计    audit verify|prove|export|rebuild|checkpoint · backup · recover (从备份恢复后)
          试用    demo · bank-sandbox · bench · fuzz · kills · simulate

        看一个完整的月:   disburse demo
        自己的一个月:     disburse init --ledger 520100
                          disburse person enroll li --name 李某 --identity 身份证号 --roles clerk --public-key li.pem
                          disburse import project projects.csv --as li --key li.key.pem

        各命令的用法: disburse help payroll check。通用: --json, --lang zh|en, --db, --ledger, --as 人员 --key 私钥
        退出状态: 0 完成, 1 查出问题, 2 用法或输入有误, 3 按规则拒绝, 4 外部无应答, 70 程序缺陷
        """;

    private const string En = """
        disburse: pays the wages of migrant construction workers. Attendance and payrolls become wages owed by two
        people's word, and are paid from the dedicated wage account through bank files, line by line; every decision
        is a leaf of a Merkle log that can be audited.

        A wage month, in order:
          set up    init · person enroll|rekey|revoke|list · key list|check · ledger list|adopt
                    profile list|check|test
          register  import project|roster|terms|attendance · payee list|approve|change
                    card apply|send|list|show|resolve|withdraw
          lists     project list|compliance|complete · employer list · worker list|erase
          workers   worker complain|answer|complaints|confirm
          approve   import payroll · payroll check|submit|approve|send-back|withdraw|show|list
          money     import statement · account list|show|explain|unallocated|allocate|attribute|forecast|free|closing
          pay       release plan|fund|send|cancel|show|list · file list|show|send|query|recall|resolve|withdraw
          answers   bank receive|verify · exception list|explain · claim list|show|void · tick
          arrears   arrears list|show|discharge|sweep · import order|funding · recovery list|recovered|write-off
          warnings  warning list|rules|replay|ack|handle|reply|close
          feed      feed subscribe|stop|list|show|records|pull · feed receive|check (the subscriber's)
          papers    paper ledger|slips|voucher|evidence|bulletin
          audit     audit verify|prove|export|rebuild|checkpoint · backup · recover (after a restore)
          try       demo · bank-sandbox · bench · fuzz · kills · simulate

        See a whole month:    disburse demo
        A month of your own:  disburse init --ledger 520100
                              disburse person enroll li --name NAME --identity NUMBER --roles clerk --public-key li.pem
                              disburse import project projects.csv --as li --key li.key.pem

        Usage: disburse help payroll check. Always: --json, --lang zh|en, --db, --ledger, --as PERSON --key FILE
        Status: 0 done, 1 found wrong, 2 bad usage or input, 3 refused by a rule, 4 no answer from outside, 70 a defect
        """;

    public static string Text(bool chinese) => chinese ? Zh : En;

    /// <summary>help alone prints the page; help VERB… that verb's own usage.</summary>
    public static Command Create(RootCommand root)
    {
        var verb = new Argument<string[]>("verb")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "命令 / the verb",
        };
        var help = new Command("help", "简要说明 / what there is, in short") { verb };
        help.SetAction(parse =>
        {
            var output = Output.Of(parse);
            if (parse.GetValue(verb) is not [_, ..] words)
            {
                output.Print(new { help = Text(output.Chinese) }, Text(output.Chinese));
                return ExitStatus.Done;
            }
            var asked = root.Parse([.. words]);
            if (asked.CommandResult.Command is RootCommand || asked.UnmatchedTokens.Count > 0)
                throw Usage.NoSuchVerb(string.Join(' ', words));
            return root.Parse([.. words, "--help"]).Invoke();
        });
        return help;
    }

    /// <summary>The program without a verb: the page on standard error, status 2.</summary>
    public static int NoVerb(ParseResult parse)
    {
        var output = Output.Of(parse);
        if (output.Json) throw Usage.NoVerb;
        Console.Error.WriteLine(Text(output.Chinese));
        return ExitStatus.BadUsage;
    }
}

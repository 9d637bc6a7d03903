#!/usr/bin/env python3
"""Makes order.golden and result.golden with their pages for the text files that are layout data.

Written from the sources named in specs/bank-text-files.md, independently of the product's code and profiles: a field is
(name, meaning, value), a line is fields with a separator, and the page says where each field stands in the bytes."""
import pathlib

HERE = pathlib.Path(__file__).parent
PAYER, COMPANY, DAY, CUSTOMER = "2402000000000000001", "样例建设有限公司", "20260130", "样例用户1"
REF, POST = "SAMPLE00000000000001", "中国邮政储蓄银行"
ROWS = [  # position, account, name, fen, remark, CNAPS number of another bank, its name
    (1, "6222020000000000004", "样例甲", 512345, "2026年1月", "", ""),
    (2, "6222020000000000012", "样例乙", 1, "", "403701000014", POST),
]
TOTAL = sum(row[3] for row in ROWS)


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def write(folder, name, title, lines, charset="gbk"):
    """lines: (fields, separator, whether it also ends the line, line end); a field's value is filled up already."""
    data, page = b"", [f"# {title}", "", f"{charset.upper()}. Made by `make_text_golden.py`; offsets and lengths in bytes.", "",
                       "| line | field | meaning | offset | length | value |", "|---|---|---|---|---|---|"]
    for number, (fields, separator, ends, line_end) in enumerate(lines, 1):
        for i, (field, meaning, value) in enumerate(fields):
            if i:
                data += separator.encode(charset)
            raw = value.encode(charset)
            # A separator may stand within a heading: it is one field of the page.
            shown = value.replace("|", "\\|")
            page.append(f"| {number} | {field} | {meaning} | {len(data)} | {len(raw)} | " + (f"`{shown}` |" if shown else "|"))
            data += raw
        data += (separator if ends else "").encode(charset) + line_end.encode()
    (HERE / folder).mkdir(exist_ok=True)
    (HERE / folder / f"{name}.golden").write_bytes(data)
    (HERE / folder / f"{name}.md").write_text("\n".join(page) + "\n", encoding="utf-8")


def bar(*fields, separator="|", ends=True, line_end="\n"):
    return (fields, separator, ends, line_end)


def text(value, line_end="\n"):
    return ([("标题", "a line of the form", value)], "", False, line_end)


def fixed(*fields, line_end="\n"):
    return (fields, "", False, line_end)


def left(value, width, fill=" ", charset="gbk"):
    return value + fill * (width - len(value.encode(charset)))


def right(value, width, fill="0"):
    return value.rjust(width, fill)


def own(bank, row):
    return row[6] or bank


def both(row, ref=REF):
    return f"{ref}{row[0]:08d}"


def orders():
    icbc = "中国工商银行"
    write("icbc-finance", "order", "工商银行企业财务室, two rows", [
        text("#总计信息"), text("#注意：本文件中的金额均以分为单位！"), text("#币种|日期|总计标志|总金额|总笔数|"),
        bar(("币种", "currency", "人民币"), ("日期", "day to pay", DAY), ("总计标志", "1 = total", "1"),
            ("总金额", "total in fen", str(TOTAL)), ("总笔数", "rows", "2")),
        text("#明细指令信息"),
        text("#币种|日期|明细标志|顺序号|报销号|单据张数|付款账号开户行|付款账号|付款账号名称|收款账号开户行|收款账号省份|收款账号地市"
             "|收款账号地区码|收款账号|收款账号名称|金额|汇款用途|备注信息|收款账户短信通知手机号码|付方账号是否他行账号|"),
        *[bar(("币种", "currency", "RMB"), ("日期", "day to pay", DAY), ("明细标志", "2 = credit", "2"),
              ("顺序号", "position", str(r[0])), ("报销号", "our file reference", REF), ("单据张数", "always 0", "0"),
              ("付款账号开户行", "payer's bank", icbc), ("付款账号", "payer's account", PAYER), ("付款账号名称", "payer", COMPANY),
              ("收款账号开户行", "payee's bank", own(icbc, r)), ("收款账号省份", "empty", ""), ("收款账号地市", "empty", ""),
              ("收款账号地区码", "empty", ""), ("收款账号", "payee's account", r[1]), ("收款账号名称", "payee", r[2]),
              ("金额", "amount in fen", str(r[3])), ("汇款用途", "purpose", "代发工资"), ("备注信息", "remark", r[4]),
              ("收款账户短信通知手机号码", "empty", ""), ("付方账号是否他行账号", "0 = no", "0")) for r in ROWS],
        text("*", "")])
    write("ccb-transfer", "order", "建设银行 # file, two rows", [
        text("#序号|付款账户|收款人账户|收款人名称|交易金额|", "\r\n"),
        *[bar(("序号", "position", str(r[0])), ("付款账户", "payer's account", PAYER), ("收款人账户", "payee's account", r[1]),
              ("收款人名称", "payee", r[2]), ("交易金额", "yuan", yuan(r[3])), line_end="\r\n") for r in ROWS]])
    ref = REF[:6] + REF[-10:]
    write("ccb-6w2102", "order", f"建设银行 file that 6W2102 uploads as {ref}, two rows", [
        text("#序号|付款账户|收款人账户|收款人名称|交易金额|", "\r\n"),
        *[bar(("序号", "position", str(r[0])), ("付款账户", "payer's account", PAYER), ("收款人账户", "payee's account", r[1]),
              ("收款人名称", "payee", r[2]), ("交易金额", "yuan", yuan(r[3])), line_end="\r\n") for r in ROWS]])
    write("ccb-wage", "order", "建设银行代发, two rows", [
        bar(("序号", "position, 7 digits", f"{r[0]:07d}"), ("收款账号", "payee's account", r[1]), ("收款人姓名", "payee", r[2]),
            ("金额", "yuan", yuan(r[3])), ("摘要", "remark", r[4]), ("订单号", "file and row reference", both(r))) for r in ROWS])
    write("abc-wage", "order", "农业银行代发文本, two rows", [
        bar(("卡号", "payee's card", r[1]), ("金额", "yuan", yuan(r[3])), ("姓名", "payee", r[2]), ("金额", "yuan again", yuan(r[3])),
            ("标志", "always 0", "0"), ("备用", "empty", "")) for r in ROWS])
    write("abc-csv", "order", "农业银行 CSV, two rows", [
        bar(("序号", "position", str(r[0])), ("转入账号", "payee's account", r[1]), ("转入户名", "payee", r[2]),
            ("交易金额", "yuan", yuan(r[3])), ("备注", "remark", r[4]), separator=",", ends=False) for r in ROWS])
    write("boc-payoff", "order", "中国银行 PAYOFFSTART, two rows", [
        text("PAYOFFSTART"),
        bar(("批次号", "our file reference", REF), ("客户号", "customer", CUSTOMER), ("付款账号", "payer's account", PAYER),
            ("币种", "currency", "CNY"), ("总金额", "total in yuan", yuan(TOTAL)), ("总笔数", "rows", "2"), ("地区", "1", "1"),
            ("标志", "1", "1"), ("备用", "empty", ""), ("日期", "day to pay", DAY), ("备用", "empty", "")),
        *[bar(("收款行联行号", "CNAPS number of another bank", r[5]), ("备用", "empty", ""), ("备用", "empty", ""), ("金额", "yuan", yuan(r[3])),
              ("收款账号", "payee's account", r[1]), ("收款人姓名", "payee", r[2]), ("备用", "empty", ""), ("备用", "empty", ""),
              ("标志", "always 4", "4")) for r in ROWS],
        text("PAYOFFEND", "")])
    write("spdb-ubd", "order", "浦发银行 UBD_, two rows", [
        bar(("文件标志", "F", "F"), ("企业编号", "customer", CUSTOMER), ("业务编号", "1008", "1008"), ("总金额", "total in yuan", yuan(TOTAL)),
            ("总笔数", "rows", "2"), ("备用", "empty", ""), ("总笔数", "rows again", "2"), ("备用", "empty", ""), ("备用", "empty", ""),
            ("标志", "N", "N"), separator="※", ends=False),
        *[bar(("账号", "payee's account", r[1]), ("金额", "yuan", yuan(r[3])), ("户名", "payee", r[2]), ("参考号", "both references", both(r)),
              ("摘要号", "empty", ""), ("备用1", "empty", ""), ("备用2", "empty", ""), ("标志", "empty", ""), separator="※", ends=False)
          for r in ROWS]])
    write("citic-text", "order", "中信银行代发文本, two rows", [
        text("文件类型:FTThirdGetcashBatch"), text("标题:商户提现"), ((), "", False, "\n"), text("导入模板的字段内容为："), ((), "", False, "\n"),
        text("*收款帐号*|*提现金额*|*姓名*|*商户流水号*|备注|摘要"), ((), "", False, "\n"), text("说明: 1.前后加'*'号的字段为必填项"),
        text("\t\t\t2.各字段前后不允许有空格"), text("------------------------------------------"),
        *[bar(("收款帐号", "payee's account", r[1]), ("提现金额", "yuan", yuan(r[3])), ("姓名", "payee", r[2]),
              ("商户流水号", "both references", both(r)), ("备注", "remark", r[4]), ("摘要", "empty", ""), ends=False) for r in ROWS]])
    write("bcm-wage", "order", "交通银行代发, two rows", [
        bar(("卡号", "payee's card", r[1]), ("户名", "payee", r[2]), ("金额", "yuan", yuan(r[3])), ("工号", "row reference", f"{r[0]:08d}"),
            ("卡折标志", "empty", ""), ends=False) for r in ROWS])
    cgb = "广发银行"
    write("cgb-wage", "order", "广发银行代发, two rows", [
        text("#总计信息"), text("#注意事项说明：本文件中的金额均以分为单位！"), text("#币种|日期|总计标志|总金额|总笔数|"),
        bar(("币种", "currency", "RMB"), ("日期", "day to pay", DAY), ("总计标志", "1 = total", "1"), ("总金额", "total in fen", str(TOTAL)),
            ("总笔数", "rows", "2")),
        text("#明细指令信息"),
        text("#币种|日期|明细标志|顺序号|付款账号开户行|付款账号|付款账号名称|收款账号开户行|收款账户银行名称|收款账号省份地市|收款账号地区码"
             "|收款账号|收款账号名称|收款账户公私标志|金额|汇款用途|备注信息|"),
        *[bar(("币种", "currency", "RMB"), ("日期", "day to pay", DAY), ("明细标志", "2 = credit", "2"), ("顺序号", "position", str(r[0])),
              ("付款账号开户行", "payer's bank", cgb), ("付款账号", "payer's account", PAYER), ("付款账号名称", "payer", COMPANY),
              ("收款账号开户行", "payee's bank", own(cgb, r)), ("收款账户银行名称", "payee's bank", own(cgb, r)), ("收款账号省份地市", "empty", ""),
              ("收款账号地区码", "CNAPS number of another bank", r[5]), ("收款账号", "payee's account", r[1]), ("收款账号名称", "payee", r[2]),
              ("收款账户公私标志", "2 = person", "2"), ("金额", "amount in fen", str(r[3])), ("汇款用途", "purpose", "代发工资"),
              ("备注信息", "our file reference", REF)) for r in ROWS]])
    write("ceb-transfer", "order", "光大银行, two rows", [
        bar(("备用", "empty", ""), ("付款账号", "payer's account", PAYER), ("客户号", "customer", CUSTOMER), ("付款人名称", "payer", COMPANY),
            ("金额", "yuan", yuan(r[3])), ("收款账号", "payee's account", r[1]), ("收款人名称", "payee", r[2]),
            ("收款行名称", "payee's bank", own("中国光大银行", r)), ("币种", "01", "01"), ("标志", "0", "0"), ("备用", "empty", ""), ("标志", "0", "0"),
            ("用途", "purpose", "代发工资"), ("标志", "1", "1"), ("收款行联行号", "CNAPS number of another bank", r[5])) for r in ROWS])
    write("cib-transfer", "order", "兴业银行, two rows", [
        bar(("付款账号", "payer's account", PAYER), ("是否兴业银行账户", "same bank", "否" if r[5] else "是"), ("收款账号", "payee's account", r[1]),
            ("收款人名称", "payee", r[2]), ("收款行名称", "payee's bank", own("兴业银行", r)), ("汇入地址", "empty", ""), ("金额", "yuan", yuan(r[3])),
            ("用途", "purpose", "代发工资"), ("备注", "remark", r[4]), ("标志", "否", "否"), ("备用", "empty", ""),
            ("收款行联行号", "CNAPS number of another bank", r[5])) for r in ROWS])
    q = lambda value: f'"{value}"'
    write("hxb-transfer", "order", "华夏银行, two rows", [
        bar(("记录顺序号", "position", str(r[0])), ("付款人名称", "payer", q(COMPANY)), ("付款账号", "payer's account", q(PAYER)), ("标志", "1", q("1")),
            ("标志", "1", q("1")), ("收款人名称", "payee", q(r[2])), ("收款账号", "payee's account", q(r[1])), ("备用", "empty", q("")),
            ("收款行名称", "payee's bank", q(own("华夏银行", r))), ("备用", "empty", q("")), ("收款网点", "payee's bank again", q(own("华夏银行", r))),
            ("备用", "empty", q("")), ("金额", "yuan", q(yuan(r[3]))), ("备用", "empty", q("")), ("日期", "day to pay", q("2026-01-30")),
            ("备注", "remark", q(r[4])), ("备用", "empty", q("")), ("备用", "empty", q("")), ("备用", "empty", q("")), separator=",", ends=False)
        for r in ROWS])
    write("pab-transfer", "order", "平安银行, two rows", [
        bar(("转账类型", "1 same bank, 3 other", "3" if r[5] else "1"), ("付款账号", "payer's account", PAYER), ("转账方式", "empty", ""),
            ("收款账号", "payee's account", r[1]), ("收款人名称", "payee", r[2]), ("省份", "empty", ""), ("城市", "empty", ""),
            ("收款网点", "payee's bank", own("平安银行", r)), ("金额", "yuan", yuan(r[3])), ("是否预期付款", "empty", ""), ("用途", "purpose", "代发工资"),
            ("预期付款日期", "empty", ""), ("币种", "人民币", "人民币"), ("币种标志", "empty", ""), separator=";") for r in ROWS])
    write("cmbc-csv", "order", "民生银行 CSV, two rows", [
        bar(("收款帐号", "payee's account", r[1]), ("帐户类型", "empty", ""), ("帐户名称", "payee", r[2]), ("金额", "yuan", yuan(r[3])),
            ("用途", "purpose", "代发工资"), separator=",", ends=False) for r in ROWS])
    write("psbc-wage", "order", "邮储银行代发, two rows", [
        bar(("收款人账号", "payee's account", r[1]), ("备用", "empty", ""), ("收款人姓名", "payee", r[2]), ("备用", "empty", ""),
            ("金额", "yuan", yuan(r[3])), ("用途", "purpose", "代发工资"), ("附言", "both references", both(r))) for r in ROWS])
    write("unionpay-chinapay", "order", "银联 ChinaPay, two rows", [
        bar(("商户号", "customer", CUSTOMER), ("批次号", "our file reference", REF), ("总笔数", "rows", "2"), ("总金额", "total in fen", str(TOTAL)),
            ends=False),
        *[bar(("交易日期", "day to pay", DAY), ("订单号", "both references", both(r)), ("卡号", "payee's card", r[1]), ("用户名", "payee", r[2]),
              ("开户行", "payee's bank", own("中国银联 ChinaPay", r)), ("省份", "empty", ""), ("城市", "empty", ""),
              ("支行名", "payee's bank", own("中国银联 ChinaPay", r)), ("金额", "amount in fen", str(r[3])), ("交易目的", "both references", both(r)),
              ("付款类型", "empty", ""), ends=False) for r in ROWS]])
    ref = REF[:6] + REF[-10:]
    write("sbs-n050", "order", "SBS n050, one packet of two rows", [
        fixed(("交易日期", "day to pay", DAY), ("业务编号", "our file reference, 18", left(ref, 18)), ("报文包号", "our file reference, 16", left(ref, 16)),
              ("总金额", "sign", "+"), ("总金额", "total in yuan, 16", right(yuan(TOTAL), 16)), ("总笔数", "rows, 7", "0000002"),
              ("本包笔数", "rows of the packet, 7", "0000002"), ("是否有后续包", "0 = the last", "0"), ("转出帐户", "payer's account, 22", left(PAYER, 22)),
              ("用途", "none agreed, 12", left("99999998", 12)), ("备注", "purpose, 30", left("代发工资", 30)), ("备注1", "blank, 32", " " * 32),
              ("备注2", "blank, 32", " " * 32), ("银行代码", "3", "105"), ("失败金额", "none, 17", "+0000000000000.00"),
              ("失败笔数", "none, 7", "0000000"), ("交易类别", "batch wages", "BAS"),
              *[field for r in ROWS for field in (("金额", "yuan", yuan(r[3])), ("分隔", "", "|"), ("分隔", "", "|"), ("帐号", "payee's account", r[1]),
                                                  ("分隔", "", "|"), ("户名", "payee", r[2]), ("分隔", "", "|"), ("分隔", "", "|"))])])
    write("lzb-text", "order", "兰州银行, two rows", [
        bar(("序号", "position", str(r[0])), ("姓名", "payee", r[2]), ("帐号", "payee's account", r[1]), ("金额", "yuan", yuan(r[3])),
            ("身份证", "empty", "")) for r in ROWS])
    for folder, separator, ends in (("gzb-delimited", "|", True), ("gyb-delimited", ",", False)):
        write(folder, "order", f"generic layout with {separator}, two rows", [
            bar(("标志", "head", "H"), ("批次号", "our file reference", REF), ("付款账号", "payer's account", PAYER), ("付款人名称", "payer", COMPANY),
                ("总笔数", "rows", "2"), ("总金额", "total in yuan", yuan(TOTAL)), ("日期", "day to pay", DAY), ("用途", "purpose", "代发工资"),
                separator=separator, ends=ends),
            *[bar(("标志", "credit", "D"), ("序号", "row reference", f"{r[0]:08d}"), ("收款账号", "payee's account", r[1]), ("收款人姓名", "payee", r[2]),
                  ("金额", "yuan", yuan(r[3])), ("收款行联行号", "CNAPS number of another bank", r[5]), ("备注", "remark", r[4]),
                  separator=separator, ends=ends) for r in ROWS]], "gb18030")
    write("gzrc-fixed", "order", "generic fixed-width layout, two rows", [
        fixed(("标志", "head", "H"), ("批次号", "our file reference, 16", left(ref, 16)), ("付款账号", "payer's account, 32", left(PAYER, 32)),
              ("付款人名称", "payer, 60", left(COMPANY, 60)), ("总笔数", "rows, 7", "0000002"), ("总金额", "total in yuan, 16", right(yuan(TOTAL), 16)),
              ("日期", "day to pay, 8", DAY), ("用途", "purpose, 40", left("代发工资", 40))),
        *[fixed(("标志", "credit", "D"), ("序号", "position, 7", f"{r[0]:07d}"), ("账号", "payee's account, 19", left(r[1], 19)),
                ("户名", "payee, 42", left(r[2], 42)), ("金额", "yuan, 13", right(yuan(r[3]), 13)), ("收款行联行号", "12", left(r[5], 12)),
                ("备注", "remark, 40", left(r[4], 40))) for r in ROWS]], "gb18030")


def results():
    paid = {1: True, 2: False}
    why = lambda r: "" if paid[r[0]] else "账号户名不符"
    write("ccb-wage", "result", "建设银行代发结果 without heading", [
        bar(("序号", "position", f"{r[0]:07d}"), ("收款账号", "payee's account", r[1]), ("收款人姓名", "payee", r[2]),
            ("金额", "yuan; the bank leaves out a zero", yuan(r[3]).lstrip("0")), ("摘要", "remark", r[4]), ("订单号", "both references", both(r)),
            ("交易结果", "status", "成功" if paid[r[0]] else "失败"), ("失败原因", "reason", why(r))) for r in ROWS])
    write("citic-text", "result", "中信银行代发结果", [
        text("文件类型:FTThirdGetcashQueryDetail"), text("标题:第三方支付-商户提现结果明细"),
        text("批次号|收款账号|收款账户名称|商户提现号|交易金额|备注|摘要|状态|失败原因"), text("-" * 49),
        *[bar(("批次号", "not read", "1"), ("收款账号", "payee's account", r[1]), ("收款账户名称", "payee", r[2]), ("商户提现号", "both references", both(r)),
              ("交易金额", "yuan", yuan(r[3])), ("备注", "not read", ""), ("摘要", "not read", ""), ("状态", "status", "交易成功" if paid[r[0]] else "交易失败"),
              ("失败原因", "reason", why(r)), ends=False) for r in ROWS]])
    write("bcm-wage", "result", "交通银行代发结果, lines with tabs", [
        text("\t".join(["序号", "户名", "工号", "卡号/折号", "金额(元)", "入账状态", "失败原因", "交易流水号"])),
        *[bar(("序号", "position", f" {r[0]:07d} "), ("户名", "payee", f" {r[2]} "), ("工号", "not read", "  "), ("卡号/折号", "payee's card", f" {r[1]} "),
              ("金额(元)", "yuan", f" {yuan(r[3])} "), ("入账状态", "status", " 入账成功 " if paid[r[0]] else " 入账失败 "), ("失败原因", "reason", f" {why(r)}"),
              ("交易流水号", "the bank's reference", f"200110623190946842{r[0]}"), separator="\t", ends=False) for r in ROWS]])
    write("cgb-wage", "result", "广发银行代发结果", [
        text("#[BatchPayDetail]"), text("#查询时间：20260130 13:26:38"), text("#批次号：10021264"), text("#银行的代理流水号：10021264"),
        text("#序号|收款账号|收款账号单位名称|金额|网上银行状态|用户备注|银行反馈信息|"),
        *[bar(("序号", "position", str(r[0])), ("收款账号", "payee's account", r[1]), ("收款账号单位名称", "payee", r[2]), ("金额", "yuan with 元", yuan(r[3]) + "元"),
              ("网上银行状态", "0 paid, 1 not", "0" if paid[r[0]] else "1"), ("用户备注", "our file reference", REF), ("银行反馈信息", "reason", why(r)))
          for r in ROWS]])
    write("psbc-wage", "result", "邮储银行代发结果, cells missing", [
        text("批量转账查询结果" + "\t" * 9), text("收款人账号\t  \t\t\t \t\t金额\t\t手续费\t汇划费\t用途\t\t附言\t\t\t交易时间\t\t处理结果\t\t失败原因"),
        bar(*[(n, m, v) for n, m, v in (("收款人账号", "payee's account", ROWS[0][1]), ("空", "merged", ""), ("收款人", "payee", ROWS[0][2] + " "),
            ("金额", "yuan", yuan(ROWS[0][3])), ("手续费", "fee", "0"), ("空", "merged", ""), ("汇划费", "fee", "0"), ("空", "merged", ""), ("用途", "purpose", "代发工资"),
            ("空", "merged", ""), ("附言", "both references", both(ROWS[0]) + ","), ("交易时间", "day", "2026-01-30"), ("处理结果", "status", "交易成功"))],
            separator="\t"),
        bar(*[(n, m, v) for n, m, v in (("收款人账号", "payee's account", ROWS[1][1]), ("空", "merged", ""), ("收款人", "payee", ROWS[1][2]),
            ("金额", "yuan", ".01"), ("手续费", "fee", "0"), ("空", "merged", ""), ("汇划费", "fee", "0"), ("空", "merged", ""), ("用途", "purpose", "代发工资"),
            ("空", "merged", ""), ("附言", "both references", both(ROWS[1])), ("空", "merged", ""), ("空", "merged", ""), ("交易时间", "day", "2026-01-30"),
            ("处理结果", "status", "交易失败"), ("失败原因", "reason", "账号户名不符"))], separator="\t", ends=False)])
    names = ("交易日期|商户号|商户流水|上传日期|上传流水|上传批次|CP日期|退单日期|状态|用户卡号|用户名|开户行|交易金额|手续费|支行名|支行号"
             "|省(自治区、直辖市)|市(地区、自治州)|交易目的|处理银行|批次文件名|批次内行号")
    write("unionpay-chinapay", "result", "银联 ChinaPay 结果, 22 columns", [
        text(names),
        *[bar(*[(name, "not read" if name not in used else used[name], value) for name, value in zip(names.split("|"), (
            DAY, "12345678", f"32147{r[0]}", DAY, "123456", "100002", DAY, "", "5" if paid[r[0]] else "6", r[1], r[2], "样例银行", f"{r[3]}.00", "2.1", "", "", "", "",
            both(r), "样例银行", REF + ".txt", str(r[0])))], ends=False) for r in ROWS
          for used in [{"商户流水": "the bank's reference", "CP日期": "value day", "状态": "0 to 6", "用户卡号": "payee's card", "用户名": "payee",
                        "交易金额": "fen with decimals of nothing", "批次文件名": "our file's name", "批次内行号": "position"}]]])
    write("sbs-n050", "result", "SBS n052, the failed row alone", [
        fixed(("报文头", "not read, 21", " " * 21), ("返回码", "T541 = result", "T541"), ("报文头", "not read, 4", " " * 4), ("SUCCNT", "rows paid, 6", "000001"),
              ("FALCNT", "rows failed, 6", "000001"), ("SUCAMT", "yuan paid, 17", "+" + right(yuan(ROWS[0][3]), 16)),
              ("FALAMT", "yuan failed, 17", "+" + right(yuan(ROWS[1][3]), 16)), ("FLOFLG", "0 = the last packet", "0"), ("CURCNT", "rows here, 6", "000001"),
              ("REMARK1", "99", " " * 99), ("REMARK2", "99", " " * 99), ("ACTNUM", "payee's account, 32", left(ROWS[1][1], 32)),
              ("ACTNAM", "payee, 60", left(ROWS[1][2], 60)), ("REASON", "reason, 40", left("账号户名不符", 40)),
              ("TXNAMT", "yuan, 17", "+" + right(yuan(ROWS[1][3]), 16)), line_end="")])
    for folder, separator in (("gzb-delimited", "|"), ("gyb-delimited", ",")):
        write(folder, "result", f"generic result with {separator}", [
            bar(("标志", "head", "H"), ("批次号", "our file reference", REF), ("银行批次号", "the bank's number", "B0001"), ("总笔数", "rows", "2"),
                ("总金额", "yuan", yuan(TOTAL)), ("成功笔数", "rows paid", "1"), ("成功金额", "yuan paid", yuan(ROWS[0][3])), separator=separator, ends=False),
            *[bar(("标志", "row", "D"), ("序号", "row reference", f"{r[0]:08d}"), ("收款账号", "payee's account", r[1]), ("收款人姓名", "payee", r[2]),
                  ("金额", "yuan", yuan(r[3])), ("返回码", "code", "0000" if paid[r[0]] else "3031"), ("返回信息", "text", why(r)),
                  ("流水号", "the bank's reference", f"B0001-{r[0]}"), ("入账日期", "day", DAY), separator=separator, ends=False) for r in ROWS]], "gb18030")
    cell = lambda name, meaning, value: [(name, meaning, value), ("分隔", "bar", "|")]
    write("gzrc-fixed", "result", "代付回盘 record of fixed width with bars", [
        fixed(*cell("批次号", "our file reference, 16", left(REF[:6] + REF[-10:], 16)), *cell("序号", "position, 7", f"{r[0]:07d}"), *cell("账号", "payee's account, 19", left(r[1], 19)),
              *cell("证件号", "not read, 20", " " * 20), *cell("户名", "payee, 42", left(r[2], 42)), *cell("应发金额", "not read, 13", right(yuan(r[3]), 13)),
              *cell("实发金额", "yuan, 13", right(yuan(r[3]), 13)), *cell("入账日期", "day, 8", DAY), *cell("记录状态", "0 paid, 1 not", "0" if paid[r[0]] else "1"),
              *cell("返回码", "not read, 7", left("0000" if paid[r[0]] else "3031", 7)), *cell("返回信息", "reason, 40", left(why(r), 40))) for r in ROWS], "gb18030")


# Generic layouts of our own (specs/cards.md): no bank publishes its card application file.
APPLICANTS = [(1, "样例甲", "11010519491231002X", "13800000000", "6222020000000000004"), (2, "样例乙", "440524188001010014", "13800000001", "")]


def cards():
    reason = lambda a: "" if a[4] else "户名错"
    for folder, separator, ends in (("gzb-delimited", "|", True), ("gyb-delimited", ",", False)):
        write(folder, "cards", f"generic card applications with {separator}, two workers", [
            bar(("标志", "head", "A"), ("批次号", "our batch reference", REF), ("客户号", "the bank's id of its customer", "C000001"), ("工资专户账号", "wage account", PAYER),
                ("单位名称", "its name", COMPANY), ("总笔数", "rows", "2"), ("日期", "day of the batch", DAY), separator=separator, ends=ends),
            *[bar(("标志", "application", "D"), ("序号", "row reference", f"{a[0]:08d}"), ("姓名", "worker", a[1]), ("证件类型", "identity card", "01"),
                  ("证件号码", "identity number", a[2]), ("手机号", "phone", a[3]), separator=separator, ends=ends) for a in APPLICANTS]], "gb18030")
        write(folder, "cards-answer", f"generic answer to card applications with {separator}", [
            bar(("标志", "head", "A"), ("批次号", "our batch reference", REF), ("银行批次号", "the bank's number", "B0001"), ("总笔数", "rows", "2"),
                ("成功笔数", "cards issued", "1"), separator=separator, ends=False),
            *[bar(("标志", "row", "D"), ("序号", "row reference", f"{a[0]:08d}"), ("姓名", "worker", a[1]), ("卡号", "the new account", a[4]),
                  ("返回码", "code", "0000" if a[4] else "3065"), ("返回信息", "text", reason(a)), separator=separator, ends=False) for a in APPLICANTS]], "gb18030")
    ref = REF[:6] + REF[-10:]
    write("gzrc-fixed", "cards", "generic fixed-width card applications, two workers", [
        fixed(("标志", "head", "A"), ("批次号", "our batch reference, 16", left(ref, 16)), ("客户号", "customer, 20", left("C000001", 20)),
              ("工资专户账号", "wage account, 32", left(PAYER, 32)), ("单位名称", "its name, 60", left(COMPANY, 60)), ("总笔数", "rows, 7", "0000002"), ("日期", "day, 8", DAY)),
        *[fixed(("标志", "application", "D"), ("序号", "position, 7", f"{a[0]:07d}"), ("姓名", "worker, 42", left(a[1], 42)), ("证件类型", "identity card", "01"),
                ("证件号码", "identity number, 30", left(a[2], 30)), ("手机号", "phone, 20", left(a[3], 20))) for a in APPLICANTS]], "gb18030")
    cell = lambda name, meaning, value: [(name, meaning, value), ("分隔", "bar", "|")]
    write("gzrc-fixed", "cards-answer", "generic fixed-width answer to card applications", [
        fixed(*cell("批次号", "our batch reference, 16", left(ref, 16)), *cell("序号", "position, 7", f"{a[0]:07d}"), *cell("姓名", "worker, 42", left(a[1], 42)),
              *cell("卡号", "the new account, 19", left(a[4], 19)), *cell("记录状态", "0 issued, 1 not", "0" if a[4] else "1"),
              *cell("返回信息", "reason, 40", left(reason(a), 40))) for a in APPLICANTS], "gb18030")


orders()
results()
cards()

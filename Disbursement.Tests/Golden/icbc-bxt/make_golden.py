#!/usr/bin/env python3
"""Makes the golden files of this folder from the layout (see the .md files), independently of the product's code."""
import pathlib

HERE = pathlib.Path(__file__).parent
BANK, PAYER, PAYER_NAME = "中国工商银行", "2402000000000000001", "样例建设有限公司"


def upload(name, reference, date, rows):
    total = sum(row[2] for row in rows)
    lines = ["#ICBC", "#注意：本文件中的金额均以分为单位！", "#币种|日期|总计标志|总金额|总笔数|",
             f"RMB|{date}|1|{total}|{len(rows)}|"]
    for serial, (account, payee, fen, bank, remark) in enumerate(rows, 1):
        fields = ["RMB", date, "2", str(serial), reference, "1", BANK, PAYER, PAYER_NAME, bank or BANK, "", "", "",
                  account, payee, str(fen), "代发工资", remark]
        assert len(fields) == 18
        lines.append("|".join(fields) + "|")
    lines.append("*")
    (HERE / name).write_bytes(("\n".join(lines) + "\n").encode("gb18030"))


def result(name, batch, rows):
    lines = ["[BatchPayDetail]", "查询时间: 20260130 16:13:19", f"批次号: {batch}",
             "序号|币种|付款账号|付款单位名称|收款账号|收款单位名称|金额|用途|网上银行状态|银行反馈信息"]
    for serial, account, payee, yuan, status, detail in rows:
        lines.append("|".join([f"{batch}-{serial}", "RMB", PAYER, PAYER_NAME, account, payee, yuan + "元", "代发工资", status, detail]))
    (HERE / name).write_bytes(("\n".join(lines) + "\n").encode("gb18030"))


upload("two-rows.golden", "SAMPLE00000000000001", "20260130", [
    ("6222020000000000004", "样例甲", 512345, "", "2026年1月"),
    ("6222020000000000012", "样例乙", 1, "", ""),
])
# 𠮷 and 㐂 have four bytes in GB18030; 亅 (0x817C… family) has '|' as its second byte.
upload("rare-names.golden", "SAMPLE00000000000002", "20260213", [
    ("6222020000000000004", "样例𠮷", 100, "", ""),
    ("6222020000000000012", "样例㐂", 200, "中国邮政储蓄银行", ""),
    ("6222020000000000020", bytes([0x81, 0x7C]).decode("gb18030") + "样例", 300, "", ""),
])
result("result.golden", "HEZ000000001", [
    ("1", "6222020000000000004", "样例甲", "5123.45", "处理成功", "全部成功"),
    ("2", "6222020000000000012", bytes([0x81, 0x7C]).decode("gb18030") + "样例", ".01", "指令处理失败", "账号户名不符"),
    ("00000003", "6222020000000000020", "样例𠮷", "3.00", "等待银行处理", ""),
    ("4", "6222020000000000038", "样例丁", "4.00", "样例未知状态", ""),
])

#!/usr/bin/env python3
"""Makes statement.golden and interim.golden with their pages from the fields of SWIFT MT940 and MT942, independently
of the product's code."""
import pathlib

HERE = pathlib.Path(__file__).parent
STATEMENT = [  # line: parts of (field, meaning, value)
    [("头", "header of the message", "{1:F01SAMPLECNXXXX0000000000}{2:O940SAMPLECNXXXXN}{4:")],
    [("20", "tag", ":20:"), ("参考号", "not read", "S-0017-00001")],
    [("25", "tag", ":25:"), ("账号", "account", "6212260000000000017")],
    [("28C", "tag", ":28C:"), ("对账单号", "statement and page", "1/1")],
    [("60F", "tag", ":60F:"), ("借贷", "C = credit", "C"), ("日期", "day of the opening balance", "260312"), ("币种", "currency", "CNY"),
     ("期初余额", "with a comma", "1000,00")],
    [("61", "tag", ":61:"), ("起息日", "value day", "260313"), ("记账日", "booking day", "0313"), ("借贷", "D = debit", "D"), ("金额", "512.34", "512,34"),
     ("类型", "kind", "NMSC"), ("参考号", "our file reference, 16", "SAMPLE0000000001"), ("分隔", "", "//"), ("银行流水", "the bank's reference", "SB00000001")],
    [("86", "tag", ":86:"), ("用途码", "20 = purpose", "?20"), ("用途", "purpose", "代发工资"), ("账号码", "31 = account", "?31"), ("对方账号", "", "6222020000000000004"),
     ("户名码", "32 = name", "?32"), ("对方户名", "name", "样例甲")],
    [("61", "tag", ":61:"), ("起息日", "value day", "251231"), ("记账日", "booking day, next year", "0101"), ("借贷", "RD = a debit taken back", "RD"),
     ("金额", "0.50", ",5"), ("类型", "kind", "NRTI"), ("参考号", "none", "NONREF"), ("分隔", "", "//"), ("银行流水", "the bank's reference", "SB00000002")],
    [("62F", "tag", ":62F:"), ("借贷", "C = credit", "C"), ("日期", "day of the closing balance", "260313"), ("币种", "currency", "CNY"),
     ("期末余额", "1000.00 - 512.34 + 0.50", "488,16")],
    [("尾", "end of the message", "-}")],
]

INTERIM = [
    [("20", "tag", ":20:"), ("参考号", "not read", "I-0017-00001")],
    [("25", "tag", ":25:"), ("账号", "account", "6212260000000000017")],
    [("28C", "tag", ":28C:"), ("报告号", "report and page", "2/1")],
    [("34F", "tag", ":34F:"), ("币种", "currency", "CNY"), ("借贷", "D = debits", "D"), ("下限", "every debit is listed", "0,")],
    [("34F", "tag", ":34F:"), ("币种", "currency", "CNY"), ("借贷", "C = credits", "C"), ("下限", "every credit is listed", "0,")],
    [("13D", "tag", ":13D:"), ("时间", "not read", "2603131200+0800")],
    [("61", "tag", ":61:"), ("起息日", "value day", "260313"), ("记账日", "booking day", "0313"), ("借贷", "D = debit", "D"), ("金额", "512.34", "512,34"),
     ("类型", "kind", "NMSC"), ("参考号", "our file reference, 16", "SAMPLE0000000001"), ("分隔", "", "//"), ("银行流水", "the bank's reference", "SB00000001")],
    [("86", "tag", ":86:"), ("用途码", "20 = purpose", "?20"), ("用途", "purpose", "代发工资")],
    [("61", "tag", ":61:"), ("起息日", "value day", "260313"), ("借贷", "C = credit", "C"), ("金额", "0.50", ",5"),
     ("类型", "kind", "NTRF"), ("参考号", "none", "NONREF")],
    [("90D", "tag", ":90D:"), ("笔数", "debits", "1"), ("币种", "currency", "CNY"), ("合计", "their sum", "512,34")],
    [("90C", "tag", ":90C:"), ("笔数", "credits", "1"), ("币种", "currency", "CNY"), ("合计", "their sum", ",5")],
    [("尾", "end of the message", "-")],
]


def make(name, fields):
    data, page = b"", [f"# {name}.golden", "", "GB18030, CR LF. Made by make_golden.py; offsets and lengths in bytes.", "",
                       "| line | field | meaning | offset | length | value |", "|---|---|---|---|---|---|"]
    for number, parts in enumerate(fields, 1):
        for field, meaning, value in parts:
            raw = value.encode("gb18030")
            page.append(f"| {number} | {field} | {meaning} | {len(data)} | {len(raw)} | `{value}` |")
            data += raw
        data += b"\r\n"
    (HERE / f"{name}.golden").write_bytes(data)
    (HERE / f"{name}.md").write_text("\n".join(page) + "\n", encoding="utf-8")


make("statement", STATEMENT)
make("interim", INTERIM)

#!/usr/bin/env python3
"""Makes the golden files of this folder from the layout (see the .md files), independently of the product's code."""
import pathlib
from xml.sax.saxutils import escape

HERE = pathlib.Path(__file__).parent
PAYER = "851900000000001"


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def block(name, fields):
    return f"<{name}>" + "".join(f"<{k}>{escape(v)}</{k}>" for k, v in fields) + f"</{name}>"


def upload(name, reference, date, rows):
    total, count = yuan(sum(row[2] for row in rows)), str(len(rows))
    lines = ['<?xml version="1.0" encoding="GBK"?>', "<CMBSDKPGK>",
             block("INFO", [("FUNNAM", "NTAGCSAL"), ("DATTYP", "2"), ("LGNNAM", "样例用户1")]),
             block("NTBUSMODY", [("BUSMOD", "00001")]),
             block("NTAGCAGCX1", [("BEGTAG", "Y"), ("ENDTAG", "Y"), ("TTLAMT", total), ("TTLCNT", count), ("TTLNUM", "1"),
                                  ("CURAMT", total), ("CURCNT", count), ("CCYNBR", "10"), ("BBKNBR", "85"), ("ACCNBR", PAYER),
                                  ("CCYMKT", "0"), ("TRSTYP", "BYSA"), ("NUSAGE", "代发工资"), ("EPTDAT", date),
                                  ("YURREF", reference)])]
    for serial, (account, payee, fen, bank, remark) in enumerate(rows, 1):
        fields = [("TRXSEQ", f"{serial:08d}"), ("ACCNBR", account), ("ACCNAM", payee), ("TRSAMT", yuan(fen)), ("TRSDSP", remark)]
        if bank:
            fields += [("BNKFLG", "N"), ("EACBNK", bank[1]), ("EACCTY", bank[1]), ("FSTFLG", "Y"), ("RCVBNK", bank[0])]
        else:
            fields += [("BNKFLG", "Y")]
        lines.append(block("NTAGCDTLY1", fields))
    lines.append("</CMBSDKPGK>")
    (HERE / name).write_bytes(("\n".join(lines) + "\n").encode("gbk"))


def answer(name, function, blocks):
    lines = ['<?xml version="1.0" encoding = "UTF-8"?> <CMBSDKPGK>',
             block("INFO", [("DATTYP", "2"), ("ERRMSG", ""), ("FUNNAM", function), ("LGNNAM", "样例用户1"), ("RETCOD", "0")])]
    lines += [block(kind, fields) for kind, fields in blocks] + ["</CMBSDKPGK>"]
    (HERE / name).write_bytes(("\n".join(lines) + "\n").encode("utf-8"))


def row(serial, account, payee, amount, state, code="", text=""):
    return ("NTAGCDTLY1", [("ACCNAM", payee), ("ACCNBR", account), ("TRSAMT", amount), ("TRXSEQ", serial), ("STSCOD", state),
                           ("ERRCOD", code), ("ERRDSP", text)])


upload("two-rows.golden", "SAMPLE00000000000001", "20260130", [
    ("6222020000000000004", "样例甲", 512345, None, "2026年1月"),
    ("6222020000000000012", "样例·乙", 1, ("403701000016", "中国邮政储蓄银行"), ""),
])
upload("markup-in-text.golden", "SAMPLE00000000000002", "20260213", [
    ("6222020000000000004", "样例<甲>&乙", 100, None, "a<b & c>d"),
])
answer("result.golden", "NTAGDINF", [
    ("NTAGCINQZ", [("REQNBR", "0000978052"), ("REQSTA", "FIN"), ("RTNFLG", "S"), ("SUCAMT", "5123.45"), ("SUCNUM", "000001"),
                   ("TOTAMT", "5125.46"), ("TRSNUM", "000003"), ("YURREF", "SAMPLE00000000000001")]),
    row("00000001", "6222020000000000004", "样例甲", "5123.45", "S"),
    row("00000002", "6222020000000000012", "样例<乙>&", "0.01", "E", "3031", "账号户名不符"),
    row("00000003", "6222020000000000020", "样例丙", "2.00", "A"),
])
answer("returns.golden", "NTAGDRFD", [
    ("NTAGDRFDZ1", [("BTHDTL", "00000001"), ("EACNAM", "样例甲"), ("EACNBR", "6222020000000000004"), ("REQNBR", "0030899420"),
                    ("RTNCOD", "002"), ("RTNTXT", "账号、户名不符"), ("STSCOD", "E"), ("TRSAMT", "5123.45"),
                    ("TRSDAT", "20260202"), ("YURREF", "SAMPLE00000000000001")]),
])
answer("accepted.golden", "NTAGCSAL", [("NTAGCAGCZ1", [("REQNBR", "0099960770"), ("REQSTA", "NTE")])])

#!/usr/bin/env python3
"""Makes the golden files of the ISO 20022 profile from the layout alone. Run it in this folder.

People, companies, accounts and references are made up (样例 / SAMPLE); the account numbers carry valid Luhn digits.
"""
from xml.sax.saxutils import escape

URN = "urn:iso:std:iso:20022:tech:xsd:"
REFERENCE = "SAMPLE00000000000042"
PAYER = "样例建筑<一>有限公司"
PAYER_ACCOUNT = "95559900000000001"


def luhn(body):
    """Appends the check digit."""
    total = 0
    for i, digit in enumerate(reversed(body)):
        d = int(digit) * (2 if i % 2 == 0 else 1)
        total += d - 9 if d > 9 else d
    return body + str(-total % 10)


# row, account, name, CNAPS number, bank, fen, remark
LINES = [
    (1, luhn("621799990000000001"), "样例工一", "", "", 512345, "2026-10"),
    (2, luhn("621799990000000002"), "𠮷样例&<工>二", "", "", 1, ""),
    (3, luhn("622208990000000003"), "阿依古丽·样例", "102100099996", "样例工商银行<&>", 600050, "2026-10"),
    (4, luhn("621799990000000004"), "样例工四", "", "", 88800, "2026-10"),
]


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def e2e(row):
    return f"{REFERENCE}{row:08d}"


def document(schema, root, body):
    return f'<?xml version="1.0" encoding="utf-8"?>\n<Document xmlns="{URN}{schema}"><{root}>\n{body}\n</{root}></Document>'


def othr(element, account):
    return f"<{element}><Id><Othr><Id>{account}</Id></Othr></Id></{element}>"


def agent(element, cnaps, name=""):
    nm = f"<Nm>{escape(name)}</Nm>" if name else ""
    return (f"<{element}><FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>{cnaps}</MmbId></ClrSysMmbId>"
            f"{nm}</FinInstnId></{element}>")


def pain001():
    sums = f"<NbOfTxs>{len(LINES)}</NbOfTxs><CtrlSum>{yuan(sum(x[5] for x in LINES))}</CtrlSum>"
    out = [
        f"<GrpHdr><MsgId>{REFERENCE}</MsgId><CreDtTm>2026-11-05T09:30:00+08:00</CreDtTm>{sums}"
        f"<InitgPty><Nm>{escape(PAYER)}</Nm><Id><OrgId><Othr><Id>SAMPLE-C-01</Id></Othr></OrgId></Id></InitgPty></GrpHdr>",
        f"<PmtInf><PmtInfId>{REFERENCE}</PmtInfId><PmtMtd>TRF</PmtMtd><BtchBookg>true</BtchBookg>{sums}"
        "<PmtTpInf><CtgyPurp><Cd>SALA</Cd></CtgyPurp></PmtTpInf><ReqdExctnDt><Dt>2026-11-06</Dt></ReqdExctnDt>"
        f"<Dbtr><Nm>{escape(PAYER)}</Nm></Dbtr>" + othr("DbtrAcct", PAYER_ACCOUNT) + agent("DbtrAgt", "403100000004"),
    ]
    for row, account, name, cnaps, bank, fen, remark in LINES:
        out.append(
            f"<CdtTrfTxInf><PmtId><InstrId>{e2e(row)}</InstrId><EndToEndId>{e2e(row)}</EndToEndId></PmtId>"
            f'<Amt><InstdAmt Ccy="CNY">{yuan(fen)}</InstdAmt></Amt>'
            + (agent("CdtrAgt", cnaps, bank) if cnaps else "")
            + f"<Cdtr><Nm>{escape(name)}</Nm></Cdtr>" + othr("CdtrAcct", account)
            + f"<RmtInf><Ustrd>{('代发工资 ' + remark).strip()}</Ustrd></RmtInf></CdtTrfTxInf>")
    body = "\n".join(out)
    return (f'<?xml version="1.0" encoding="utf-8"?>\n<Document xmlns="{URN}pain.001.001.09"><CstmrCdtTrfInitn>\n{body}\n'
            "</PmtInf></CstmrCdtTrfInitn></Document>")


def pain002():
    words = {1: ("ACSC", ""), 2: ("RJCT", "BE01"), 3: ("PDNG", ""), 4: ("ACSC", "")}
    out = ["<GrpHdr><MsgId>SAMPLEBANK0001</MsgId><CreDtTm>2026-11-06T18:00:00+08:00</CreDtTm></GrpHdr>",
           f"<OrgnlGrpInfAndSts><OrgnlMsgId>{REFERENCE}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>"
           f"<OrgnlNbOfTxs>{len(LINES)}</OrgnlNbOfTxs><OrgnlCtrlSum>{yuan(sum(x[5] for x in LINES))}</OrgnlCtrlSum>"
           "<GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>",
           f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{REFERENCE}</OrgnlPmtInfId>"]
    for row, account, name, _, _, fen, _ in LINES:
        status, reason = words[row]
        why = f"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn><AddtlInf>户名不符</AddtlInf></StsRsnInf>" if reason else ""
        out.append(
            f"<TxInfAndSts><StsId>S{row}</StsId><OrgnlInstrId>{e2e(row)}</OrgnlInstrId>"
            f"<OrgnlEndToEndId>{e2e(row)}</OrgnlEndToEndId><TxSts>{status}</TxSts>{why}<AcctSvcrRef>SB{row:04d}</AcctSvcrRef>"
            f'<OrgnlTxRef><Amt><InstdAmt Ccy="CNY">{yuan(fen)}</InstdAmt></Amt><IntrBkSttlmDt>2026-11-06</IntrBkSttlmDt>'
            f"<Cdtr><Pty><Nm>{escape(name)}</Nm></Pty></Cdtr>" + othr("CdtrAcct", account) + "</OrgnlTxRef></TxInfAndSts>")
    return document("pain.002.001.10", "CstmrPmtStsRpt", "\n".join(out) + "\n</OrgnlPmtInfAndSts>")


def entry(fen, sign, day, reference, kind, details, note=""):
    return (f'<Ntry><Amt Ccy="CNY">{yuan(fen)}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
            f"<BookgDt><Dt>{day}</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt><AcctSvcrRef>{reference}</AcctSvcrRef>"
            f"<BkTxCd><Prtry><Cd>{kind}</Cd></Prtry></BkTxCd><NtryDtls>{details}</NtryDtls>"
            + (f"<AddtlNtryInf>{note}</AddtlNtryInf>" if note else "") + "</Ntry>")


def returned():
    row, account, name, _, _, fen, _ = LINES[3]
    return (f"<TxDtls><Refs><AcctSvcrRef>RT0001</AcctSvcrRef><PmtInfId>{REFERENCE}</PmtInfId><EndToEndId>{e2e(row)}</EndToEndId></Refs>"
            f'<Amt Ccy="CNY">{yuan(fen)}</Amt><CdtDbtInd>CRDT</CdtDbtInd>'
            f"<RltdPties><Dbtr><Pty><Nm>{escape(PAYER)}</Nm></Pty></Dbtr>{othr('DbtrAcct', PAYER_ACCOUNT)}"
            f"<Cdtr><Pty><Nm>{escape(name)}</Nm></Pty></Cdtr>{othr('CdtrAcct', account)}</RltdPties>"
            "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>")


def camt054():
    return document("camt.054.001.08", "BkToCstmrDbtCdtNtfctn", "\n".join([
        "<GrpHdr><MsgId>SAMPLEBANK0002</MsgId><CreDtTm>2026-11-09T18:00:00+08:00</CreDtTm></GrpHdr>",
        "<Ntfctn><Id>N0001</Id>" + othr("Acct", PAYER_ACCOUNT),
        entry(LINES[3][5], "CRDT", "2026-11-09", "SB0005", "REFUND", returned()),
        "</Ntfctn>"]))


def camt053():
    def balance(kind, fen, day):
        return (f'<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">{yuan(fen)}</Amt>'
                f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>")
    settled = LINES[0][5] + LINES[3][5]
    top_up = ("<TxDtls><Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs><RltdPties><Dbtr><Pty><Nm>样例总承包公司</Nm></Pty></Dbtr>"
              + othr("DbtrAcct", "95559900000000099") + "</RltdPties><RmtInf><Ustrd>人工费用</Ustrd></RmtInf></TxDtls>")
    wages = f"<Btch><PmtInfId>{REFERENCE}</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>"
    fee = "<TxDtls/>"
    return document("camt.053.001.08", "BkToCstmrStmt", "\n".join([
        "<GrpHdr><MsgId>SAMPLEBANK0003</MsgId><CreDtTm>2026-11-09T20:00:00+08:00</CreDtTm></GrpHdr>",
        "<Stmt><Id>ST0001</Id><FrToDt><FrDtTm>2026-11-05T00:00:00</FrDtTm><ToDtTm>2026-11-09T23:59:59</ToDtTm></FrToDt>"
        + othr("Acct", PAYER_ACCOUNT),
        balance("OPBD", 100000, "2026-11-05"),
        balance("CLBD", 100000 + 2000000 - settled - 500 + LINES[3][5], "2026-11-09"),
        entry(2000000, "CRDT", "2026-11-05", "SB1001", "TRANSFER", top_up),
        entry(settled, "DBIT", "2026-11-06", "SB1002", "WAGE", wages, "代发工资"),
        entry(500, "DBIT", "2026-11-06", "SB1003", "FEE", fee, "手续费"),
        entry(LINES[3][5], "CRDT", "2026-11-09", "SB0005", "REFUND", returned()),
        "</Stmt>"]))


for name, make in [("pain.001", pain001), ("pain.002", pain002), ("camt.053", camt053), ("camt.054", camt054)]:
    with open(f"{name}.xml", "wb") as f:
        f.write(make().encode("utf-8"))

#!/usr/bin/env python3
"""Makes the golden messages of the older versions, of interim reports and of recalls, with their pages, from the
schemas alone and independently of the product's code. Run it in this folder.

In the texts below [[field~meaning~value]] is a value with its row of the page. People, companies, accounts and
references are made up (样例 / SAMPLE); the workers' account numbers carry valid Luhn digits.
"""
import pathlib
import re

HERE = pathlib.Path(__file__).parent
URN = "urn:iso:std:iso:20022:tech:xsd:"
FILE = "SAMPLE00000000000042"
PAYER = "样例建筑&lt;一&gt;有限公司"
ACCOUNTS = {1: "6217999900000000016", 2: "6217999900000000024", 4: "6217999900000000040"}


def make(name, text):
    data, last = b"", 0
    page = [f"# {name}.golden", "", "UTF-8, LF. Made by make_golden.py; offsets and lengths in bytes.", "",
            "| line | field | meaning | offset | length | value |", "|---|---|---|---|---|---|"]
    for mark in re.finditer(r"\[\[([^~\]]*)~([^~\]]*)~([^\]]*)\]\]", text):
        data += text[last:mark.start()].encode()
        field, meaning, value = mark.groups()
        raw = value.encode()
        line = data.count(b"\n") + 1
        page.append(f"| {line} | {field} | {meaning} | {len(data)} | {len(raw)} | `{value}` |")
        data, last = data + raw, mark.end()
    data += text[last:].encode()
    (HERE / f"{name}.golden").write_bytes(data)
    (HERE / f"{name}.md").write_text("\n".join(page) + "\n", encoding="utf-8")


def othr(element, value, field, meaning):
    return f"<{element}><Id><Othr><Id>[[{field}~{meaning}~{value}]]</Id></Othr></Id></{element}>"


def header(message, identifier, moment):
    return (f'<AppHdr xmlns="{URN}head.001.001.01"><Fr><OrgId><Nm>样例银行</Nm></OrgId></Fr><To><OrgId><Nm>样例客户</Nm></OrgId></To>'
            f"<BizMsgIdr>{identifier}</BizMsgIdr><MsgDefIdr>[[MsgDefIdr~the message headed~{message}]]</MsgDefIdr>"
            f"<CreDt>{moment}</CreDt></AppHdr>\n")


def wrapped(message, identifier, moment, root, body):
    return (f"<BizMsg>{header(message, identifier, moment)}"
            f'<Document xmlns="{URN}{message}"><{root}>\n{body}\n</{root}></Document></BizMsg>\n')


def bare(message, root, body):
    return f'<Document xmlns="{URN}{message}"><{root}>\n{body}\n</{root}></Document>\n'


def pain002():
    def line(row, fen, status, why, name):
        reason = (f"<StsRsnInf><Rsn><Cd>[[Rsn/Cd~reason~{why}]]</Cd></Rsn><AddtlInf>[[AddtlInf~its words~户名不符]]</AddtlInf></StsRsnInf>"
                  if why else "")
        return (f"<TxInfAndSts><StsId>S{row}</StsId><OrgnlInstrId>{FILE}{row:08d}</OrgnlInstrId>"
                f"<OrgnlEndToEndId>[[OrgnlEndToEndId~file and row~{FILE}{row:08d}]]</OrgnlEndToEndId><TxSts>[[TxSts~word~{status}]]</TxSts>{reason}"
                f'<AcctSvcrRef>[[AcctSvcrRef~the bank\'s reference~SB{row:04d}]]</AcctSvcrRef><OrgnlTxRef><Amt><InstdAmt Ccy="CNY">'
                f"[[InstdAmt~{fen} fen~{fen // 100}.{fen % 100:02d}]]</InstdAmt></Amt><Cdtr><Nm>[[Cdtr/Nm~payee, bare before .08~{name}]]</Nm></Cdtr>"
                + othr("CdtrAcct", ACCOUNTS[row], "CdtrAcct", "payee's account") + "</OrgnlTxRef></TxInfAndSts>")
    make("pain.002.001.03", wrapped("pain.002.001.03", "SAMPLEBANK0101", "2026-11-06T10:00:00Z", "CstmrPmtStsRpt", "\n".join([
        "<GrpHdr><MsgId>[[MsgId~the report~SAMPLEBANK0101]]</MsgId><CreDtTm>2026-11-06T18:00:00</CreDtTm></GrpHdr>",
        f"<OrgnlGrpInfAndSts><OrgnlMsgId>[[OrgnlMsgId~file reference~{FILE}]]</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.03</OrgnlMsgNmId>"
        "<OrgnlNbOfTxs>[[OrgnlNbOfTxs~lines of the file~2]]</OrgnlNbOfTxs><OrgnlCtrlSum>[[OrgnlCtrlSum~5123.45 + 0.01~5123.46]]</OrgnlCtrlSum>"
        "<GrpSts>[[GrpSts~word on the file~PART]]</GrpSts></OrgnlGrpInfAndSts>",
        f"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{FILE}</OrgnlPmtInfId><NbOfTxsPerSts><DtldNbOfTxs>[[DtldNbOfTxs~lines of that word~1]]</DtldNbOfTxs>"
        "<DtldSts>[[DtldSts~the word~RJCT]]</DtldSts></NbOfTxsPerSts>",
        line(1, 512345, "ACSC", "", "样例工一"), line(2, 1, "RJCT", "BE01", "样例工二"), "</OrgnlPmtInfAndSts>"])))


def returned(amount):
    return (f"<TxDtls><Refs><AcctSvcrRef>[[Refs/AcctSvcrRef~the bank's reference~RT0001]]</AcctSvcrRef><PmtInfId>[[Refs/PmtInfId~file reference~{FILE}]]</PmtInfId>"
            f"<EndToEndId>[[Refs/EndToEndId~file and row~{FILE}00000004]]</EndToEndId></Refs>{amount}<RltdPties>"
            "<Cdtr><Nm>[[Cdtr/Nm~payee~样例工四]]</Nm></Cdtr>" + othr("CdtrAcct", ACCOUNTS[4], "CdtrAcct", "payee's account")
            + "</RltdPties><RtrInf><Rsn><Cd>[[RtrInf/Rsn/Cd~account closed~AC04]]</Cd></Rsn></RtrInf></TxDtls>")


def entry(yuan, sign, state, reference, details, kind="REFUND", day="2026-11-09"):
    dates = f"<BookgDt><Dt>[[BookgDt~booking day~{day}]]</Dt></BookgDt><ValDt><Dt>{day}</Dt></ValDt>" if day else ""
    return (f'<Ntry><Amt Ccy="CNY">[[Amt~in yuan~{yuan}]]</Amt><CdtDbtInd>[[CdtDbtInd~sign~{sign}]]</CdtDbtInd><Sts>{state}</Sts>{dates}'
            f"<AcctSvcrRef>[[AcctSvcrRef~the bank's reference~{reference}]]</AcctSvcrRef><BkTxCd><Prtry><Cd>[[BkTxCd~kind~{kind}]]</Cd></Prtry></BkTxCd>"
            f"<NtryDtls>{details}</NtryDtls></Ntry>")


def camt054():
    bare_state = "[[Sts~booked~BOOK]]"
    make("camt.054.001.04", wrapped("camt.054.001.04", "SAMPLEBANK0102", "2026-11-09T10:00:00Z", "BkToCstmrDbtCdtNtfctn", "\n".join([
        "<GrpHdr><MsgId>SAMPLEBANK0102</MsgId><CreDtTm>2026-11-09T18:00:00</CreDtTm></GrpHdr>",
        "<Ntfctn><Id>[[Ntfctn/Id~the notification~N0101]]</Id><CreDtTm>2026-11-09T18:00:00</CreDtTm>" + othr("Acct", "95559900000000001", "Acct", "our account"),
        "<TxsSummry><TtlCdtNtries><NbOfNtries>[[TtlCdtNtries/NbOfNtries~credits~1]]</NbOfNtries><Sum>[[TtlCdtNtries/Sum~their sum~888.00]]</Sum></TtlCdtNtries></TxsSummry>",
        entry("888.00", "CRDT", bare_state, "SB0105", returned(
            '<Amt Ccy="CNY">[[TxDtls/Amt~in yuan~888.00]]</Amt><CdtDbtInd>CRDT</CdtDbtInd>')), "</Ntfctn>"])))
    amount = '<AmtDtls><TxAmt><Amt Ccy="CNY">[[TxAmt/Amt~in yuan, where .02 has it~888.00]]</Amt></TxAmt></AmtDtls>'
    make("camt.054.001.02", bare("camt.054.001.02", "BkToCstmrDbtCdtNtfctn", "\n".join([
        "<GrpHdr><MsgId>SAMPLEBANK0103</MsgId><CreDtTm>2026-11-09T18:00:00</CreDtTm></GrpHdr>",
        "<Ntfctn><Id>[[Ntfctn/Id~the notification~N0102]]</Id><CreDtTm>2026-11-09T18:00:00</CreDtTm>" + othr("Acct", "95559900000000001", "Acct", "our account"),
        entry("900.00", "CRDT", bare_state, "SB0106", "<Btch><NbOfTxs>2</NbOfTxs></Btch>" + returned(amount)
              + '<TxDtls><AmtDtls><TxAmt><Amt Ccy="CNY">12.00</Amt></TxAmt></AmtDtls></TxDtls>'), "</Ntfctn>"])))


def camt052():
    booked, announced = "<Cd>[[Sts/Cd~booked~BOOK]]</Cd>", "<Cd>[[Sts/Cd~announced only~PDNG]]</Cd>"
    batch = f"<Btch><PmtInfId>[[Btch/PmtInfId~file reference~{FILE}]]</PmtInfId><NbOfTxs>2</NbOfTxs></Btch>"
    make("camt.052.001.08", bare("camt.052.001.08", "BkToCstmrAcctRpt", "\n".join([
        "<GrpHdr><MsgId>SAMPLEBANK0104</MsgId><CreDtTm>2026-11-06T12:00:00</CreDtTm></GrpHdr>",
        "<Rpt><Id>[[Rpt/Id~the report~I0101]]</Id><CreDtTm>2026-11-06T12:00:00</CreDtTm>" + othr("Acct", "95559900000000001", "Acct", "our account"),
        "<TxsSummry><TtlNtries><NbOfNtries>[[TtlNtries/NbOfNtries~entries~2]]</NbOfNtries><Sum>[[TtlNtries/Sum~6011.45 + 100.00~6111.45]]</Sum></TtlNtries></TxsSummry>",
        entry("6011.45", "DBIT", booked, "SB1002", batch, "WAGE", "2026-11-06"),
        entry("100.00", "CRDT", announced, "SB1003", "<TxDtls/>", "TRANSFER", ""), "</Rpt>"])))


def camt053():
    def balance(kind, yuan, day):
        return (f'<Bal><Tp><CdOrPrtry><Cd>[[Tp/Cd~kind of balance~{kind}]]</Cd></CdOrPrtry></Tp><Amt Ccy="CNY">[[Bal/Amt~in yuan~{yuan}]]</Amt>'
                f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>[[Bal/Dt~its day~{day}]]</Dt></Dt></Bal>")
    two = "".join(f"<TxDtls><Refs><EndToEndId>[[Refs/EndToEndId~file and row~{reference}]]</EndToEndId></Refs>"
                  f'<AmtDtls><TxAmt><Amt Ccy="CNY">{yuan}</Amt></TxAmt></AmtDtls></TxDtls>'
                  for reference, yuan in [(FILE + "00000001", "500.00"), (FILE + "00000004", "388.00"), ("SAMPLE0000000000004300000001", "112.00")])
    make("camt.053.001.02", bare("camt.053.001.02", "BkToCstmrStmt", "\n".join([
        "<GrpHdr><MsgId>SAMPLEBANK0105</MsgId><CreDtTm>2026-11-06T20:00:00</CreDtTm></GrpHdr>",
        "<Stmt><Id>[[Stmt/Id~the statement~ST0101]]</Id><CreDtTm>2026-11-06T20:00:00</CreDtTm>" + othr("Acct", "95559900000000001", "Acct", "our account"),
        balance("PRCD", "2000.00", "2026-11-06"), balance("CLBD", "1000.00", "2026-11-06"),
        entry("1000.00", "DBIT", "[[Sts~booked~BOOK]]", "SB1004", two, "WAGE", ""), "</Stmt>"])))


def party(element):
    return (f"<{element}><Pty><Nm>[[{element}~the payer~{PAYER}]]</Nm><Id><OrgId><Othr><Id>[[Othr/Id~the bank's id of it~SAMPLE-C-01]]</Id></Othr></OrgId></Id></Pty></{element}>")


def camt055(name, reference, lines, yuan, underlying):
    bank = ("<Assgne><Agt><FinInstnId><ClrSysMmbId><ClrSysId><Cd>CNAPS</Cd></ClrSysId><MmbId>[[MmbId~the bank~403100000004]]</MmbId></ClrSysMmbId>"
            "</FinInstnId></Agt></Assgne>")
    make(name, '<?xml version="1.0" encoding="utf-8"?>\n'
         f'<Document xmlns="{URN}camt.055.001.08"><CstmrPmtCxlReq>\n<Assgnmt><Id>[[Assgnmt/Id~the request~{reference}]]</Id>' + party("Assgnr") + bank
         + f"<CreDtTm>[[CreDtTm~of the request~2026-11-06T10:00:00+08:00]]</CreDtTm></Assgnmt>\n<Case><Id>[[Case/Id~what the answer repeats~{reference}]]</Id>"
         + party("Cretr") + f"</Case>\n<CtrlData><NbOfTxs>[[NbOfTxs~lines called back~{lines}]]</NbOfTxs><CtrlSum>[[CtrlSum~their sum~{yuan}]]</CtrlSum></CtrlData>\n"
         + f"<Undrlyg>{underlying}\n</Undrlyg></CstmrPmtCxlReq></Document>")


def recalls():
    original = f"<OrgnlMsgId>[[OrgnlMsgId~file reference~{FILE}]]</OrgnlMsgId><OrgnlMsgNmId>[[OrgnlMsgNmId~what was sent~pain.001.001.09]]</OrgnlMsgNmId>"
    reason = "<CxlRsnInf><Rsn><Cd>[[CxlRsnInf~reason~%s]]</Cd></Rsn></CxlRsnInf>"
    camt055("camt.055-file", FILE + "C01", 4, "12011.96",
            f"<OrgnlGrpInfAndCxl><GrpCxlId>{FILE}C01</GrpCxlId>{original}<OrgnlCreDtTm>2026-11-05T09:30:00+08:00</OrgnlCreDtTm>"
            "<NbOfTxs>4</NbOfTxs><CtrlSum>12011.96</CtrlSum><GrpCxl>[[GrpCxl~the whole file~true]]</GrpCxl>" + reason % "DUPL" + "</OrgnlGrpInfAndCxl>")

    def line(row, yuan):
        return (f"\n<TxInf><CxlId>[[CxlId~request and row~C02{row:08d}]]</CxlId><OrgnlInstrId>{FILE}{row:08d}</OrgnlInstrId>"
                f"<OrgnlEndToEndId>[[OrgnlEndToEndId~file and row~{FILE}{row:08d}]]</OrgnlEndToEndId>"
                f'<OrgnlInstdAmt Ccy="CNY">[[OrgnlInstdAmt~in yuan~{yuan}]]</OrgnlInstdAmt>' + reason % "AC03"
                + "<OrgnlTxRef>" + othr("CdtrAcct", ACCOUNTS[row], "CdtrAcct", "payee's account") + "</OrgnlTxRef></TxInf>")
    camt055("camt.055-lines", FILE + "C02", 2, "6011.45",
            f"<OrgnlPmtInfAndCxl><PmtCxlId>{FILE}C02</PmtCxlId><OrgnlPmtInfId>[[OrgnlPmtInfId~file reference~{FILE}]]</OrgnlPmtInfId>"
            f"<OrgnlGrpInf>{original}</OrgnlGrpInf><PmtInfCxl>[[PmtInfCxl~not the whole~false]]</PmtInfCxl>"
            + line(1, "5123.45") + line(4, "888.00") + "</OrgnlPmtInfAndCxl>")


def camt029(name, confirmation, case, details):
    def agent(element):
        return f"<{element}><Pty><Nm>样例</Nm></Pty></{element}>"
    make(name, bare("camt.029.001.09", "RsltnOfInvstgtn", "\n".join([
        "<Assgnmt><Id>SAMPLEBANK0106</Id>" + agent("Assgnr") + agent("Assgne") + "<CreDtTm>2026-11-06T15:00:00</CreDtTm></Assgnmt>",
        f"<RslvdCase><Id>[[RslvdCase/Id~our request~{case}]]</Id>" + agent("Cretr") + "</RslvdCase>",
        f"<Sts><Conf>[[Conf~what became of it~{confirmation}]]</Conf></Sts>", details])))


def answers():
    original = f"<OrgnlMsgId>[[OrgnlMsgId~file reference~{FILE}]]</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>"
    camt029("camt.029-cancelled", "CNCL", FILE + "C01",
            f"<CxlDtls><OrgnlGrpInfAndSts>{original}<OrgnlNbOfTxs>[[OrgnlNbOfTxs~lines of the file~4]]</OrgnlNbOfTxs>"
            "<OrgnlCtrlSum>[[OrgnlCtrlSum~its total~12011.96]]</OrgnlCtrlSum><GrpCxlSts>[[GrpCxlSts~accepted~ACCR]]</GrpCxlSts></OrgnlGrpInfAndSts></CxlDtls>")

    def line(row, yuan, status, reason=""):
        why = (f"<CxlStsRsnInf><Rsn><Cd>[[CxlStsRsnInf~reason~{reason}]]</Cd></Rsn><AddtlInf>[[AddtlInf~its words~已入账]]</AddtlInf></CxlStsRsnInf>"
               if reason else "")
        return (f"<TxInfAndSts><CxlStsId>[[CxlStsId~the bank's reference~CX{row}]]</CxlStsId>"
                f"<OrgnlEndToEndId>[[OrgnlEndToEndId~file and row~{FILE}{row:08d}]]</OrgnlEndToEndId><TxCxlSts>[[TxCxlSts~word~{status}]]</TxCxlSts>{why}"
                f'<OrgnlInstdAmt Ccy="CNY">[[OrgnlInstdAmt~in yuan~{yuan}]]</OrgnlInstdAmt><OrgnlTxRef>'
                + othr("CdtrAcct", ACCOUNTS[row], "CdtrAcct", "payee's account") + "</OrgnlTxRef></TxInfAndSts>")
    camt029("camt.029-lines", "PECR", FILE + "C02",
            f"<CxlDtls><OrgnlPmtInfAndSts><OrgnlPmtInfId>{FILE}</OrgnlPmtInfId><OrgnlGrpInf>{original}</OrgnlGrpInf>\n"
            + "\n".join([line(1, "5123.45", "ACCR"), line(2, "0.01", "PDCR"), line(4, "888.00", "RJCR", "AGNT")])
            + "\n</OrgnlPmtInfAndSts></CxlDtls>")
    camt029("camt.029-pending", "PDCR", FILE + "C01", "")


for step in (pain002, camt054, camt052, camt053, recalls, answers):
    step()

#!/usr/bin/env python3
"""Makes the golden files with their pages for documents in a tree (XML and JSON).

Written from the sources named in specs/bank-direct-links.md, independently of the product's code and profiles: a document
is parts, markup as it stands or (field, meaning, value), and the page says where each field stands in the bytes."""
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


def write(folder, name, title, parts, charset):
    data, page = b"", [f"# {title}", "", f"{charset.upper()}. Made by `make_tree_golden.py`; offsets and lengths in bytes.", "",
                       "| row | field | meaning | offset | length | value |", "|---|---|---|---|---|---|"]
    row = 0
    for part in parts:
        if isinstance(part, int):
            row = part
        elif isinstance(part, str):
            data += part.encode(charset)
        else:
            field, meaning, value = part
            raw = value.encode(charset)
            page.append(f"| {row} | {field} | {meaning} | {len(data)} | {len(raw)} | " + (f"`{value}` |" if value else "|"))
            data += raw
    (HERE / folder).mkdir(exist_ok=True)
    (HERE / folder / f"{name}.golden").write_bytes(data)
    (HERE / folder / f"{name}.md").write_text("\n".join(page) + "\n", encoding="utf-8")


def xml(name, meaning, value):
    """One element with a text."""
    return [f"<{name}>", (name, meaning, value), f"</{name}>"]


def flat(*lists):
    return [part for parts in lists for part in (parts if isinstance(parts, list) else [parts])]


def declared(charset):
    return f'<?xml version="1.0" encoding="{charset}"?>'


def icbc():
    order = flat(declared("GBK"), "<CMS><eb><pub>",
                 xml("TransCode", "pay persons", "PAYPER"), xml("CIS", "customer", CUSTOMER), xml("BankCode", "102", "102"),
                 xml("ID", "the customer's certificate, to be filled in", ""), xml("TranDate", "day made", DAY), xml("TranTime", "HHmmssSSS", "000000000"),
                 xml("fSeqno", "our file reference", REF), "</pub><in>",
                 xml("OnlBatF", "online", "1"), xml("SettleMode", "booked in one sum", "2"), xml("TotalNum", "rows", "2"), xml("TotalAmt", "total in fen", str(TOTAL)),
                 xml("SignTime", "yyyyMMddhhmmssSSS", DAY + "000000000"), xml("THBaseAccFlag", "empty", ""), xml("RegSerialNO", "empty", ""),
                 xml("PackageName", "empty", ""), xml("TotalSummary", "empty", ""), xml("BatchSumFlag", "empty", ""))
    for r in ROWS:
        order += flat(r[0], "<rd>", xml("iSeqno", "row reference", f"{r[0]:08d}"), xml("ReimburseNo", "empty", ""), xml("StartDate", "empty", ""), xml("StartTime", "empty", ""),
                      xml("PayType", "normal", "2"), xml("PayAccNo", "payer's account", PAYER), xml("PayAccNameCN", "payer", COMPANY),
                      xml("RecAccNo", "payee's account", r[1]), xml("RecAccNameCN", "payee", r[2]), xml("SysIOFlg", "1 this bank, 2 another", "2" if r[5] else "1"),
                      xml("IsSameCity", "empty", ""), xml("Prop", "a person", "1"), xml("RecBankNo", "CNAPS number of another bank", r[5]), xml("RecBankName", "its name", r[6]),
                      xml("CurrType", "yuan", "001"), xml("PayAmt", "amount in fen", str(r[3])), xml("UseCode", "empty", ""), xml("UseCN", "purpose", "代发工资"),
                      xml("PostScript", "remark", r[4]), xml("Summary", "empty", ""), xml("Ref", "empty", ""), "</rd>")
    write("icbc-payper", "order", "工商银行 PAYPER, two rows", order + ["</in></eb></CMS>"], "gbk")
    query = flat(declared("GBK"), "<CMS><eb><pub>", xml("TransCode", "query", "QPAYPER"), xml("CIS", "customer", CUSTOMER), xml("BankCode", "102", "102"),
                 xml("ID", "the customer's certificate, to be filled in", ""), xml("TranDate", "day asked", "20260202"), xml("TranTime", "HHmmssSSS", "093000000"),
                 xml("fSeqno", "the question's own number", REF + "Q0001"), "</pub><in>", xml("QryfSeqno", "our file reference", REF), xml("QrySerialNo", "empty", ""),
                 "</in></eb></CMS>")
    write("icbc-payper", "query", "工商银行 QPAYPER, one file", query, "gbk")
    reply = lambda code: flat("<?xml  version=\"1.0\" encoding=\"GBK\" ?>\n<CMS><eb>", "<pub>", xml("TransCode", "tells the form", code))
    result = flat(reply("QPAYPER"), xml("fSeqno", "the question's own number, not read", REF + "Q0001"), xml("RetCode", "0 = answered", "0"), xml("RetMsg", "why not", ""),
                  "</pub>\n<out>", xml("QryfSeqno", "our file reference", REF), xml("QrySerialNo", "the bank's number", "HQP001"))
    for r in ROWS:
        result += flat(r[0], "\n<rd>", xml("iSeqno", "not read", str(r[0])), xml("QryiSeqno", "row reference", f"{r[0]:08d}"), xml("QryOrderNo", "the bank's reference", f"2026013000{r[0]}"),
                       xml("RecAccNo", "payee's account", r[1]), xml("RecAccNameCN", "payee", r[2]), xml("PayAmt", "amount in fen", str(r[3])),
                       xml("Result", "7 paid, 6 refused", "7" if r[0] == 1 else "6"), xml("instrRetCode", "not read", "" if r[0] == 1 else "B0001"),
                       xml("instrRetMsg", "reason", "" if r[0] == 1 else "账号户名不符"), "</rd>")
    write("icbc-payper", "result", "工商银行 QPAYPER's answer", result + ["\n</out></eb></CMS>\n"], "gbk")
    taken = flat(reply("PAYPER"), xml("fSeqno", "our file reference", REF), xml("SerialNo", "the bank's number", "HQP001"), xml("RetCode", "0 = taken", "0"),
                 xml("RetMsg", "text", "成功"), "</pub></eb></CMS>")
    write("icbc-payper", "taken", "工商银行 PAYPER's answer without rows, as a public client shows it", taken, "gbk")
    absent = flat(reply("QPAYPER"), xml("RetCode", "no such file", "B0116"), xml("RetMsg", "text", "没有符合条件的记录"), "</pub><out>", xml("QryfSeqno", "our file reference", REF), "</out></eb></CMS>")
    write("icbc-payper", "absent", "工商银行 QPAYPER's answer to an unknown file", absent, "gbk")


def ccb():
    ref = REF[:6] + REF[-10:]
    row = lambda r: flat(r[0], "<FAIL_LIST>", xml("OID", "position", str(r[0])), xml("RECV_ACCNO", "payee's account", r[1]), xml("RECV_ACCNAME", "payee", r[2]),
                         xml("AMOUNT", "yuan", yuan(r[3])), xml("REMARK", "reason", "账号户名不符"), "</FAIL_LIST>")
    head = lambda code: flat('<?xml version="1.0" encoding="GB18030"?>\n<TX>', xml("REQUEST_SN", "the question's own number, not read", "2601300000000002"),
                             xml("CUST_ID", "not read", "SAMPLE"), xml("TX_CODE", "tells the form", code), xml("RETURN_CODE", "000000 = answered", "000000"),
                             xml("RETURN_MSG", "why not", ""), xml("LANGUAGE", "not read", "CN"), "<TX_INFO>")
    write("ccb-6w2102", "result", f"建设银行 6W2104's answer about {ref}: the failed row alone", flat(
        head("6W2104"), xml("F_STATUS", "1 = done", "1"), xml("F_MSG", "not read", ""), xml("SUCCESS_AMOUNT", "yuan paid", yuan(ROWS[0][3])), xml("SUCCESS_NUM", "rows paid", "1"),
        xml("FAIL_AMOUNT", "yuan failed", yuan(ROWS[1][3])), xml("FAIL_NUM", "rows failed", "1"), row(ROWS[1]), "</TX_INFO></TX>"), "gb18030")
    write("ccb-6w2102", "working", "建设银行 6W2104's answer while the bank works", flat(
        head("6W2104"), xml("F_STATUS", "2 = in progress", "2"), xml("SUCCESS_AMOUNT", "nothing yet", "0.00"), xml("SUCCESS_NUM", "nothing yet", "0"), "</TX_INFO></TX>"), "gb18030")
    write("ccb-6w2102", "submitted", "建设银行 6W2104's answer to the submission: figures that promise nothing", flat(
        head("6W2104"), xml("SUCCESS_AMOUNT", "submitted", yuan(TOTAL)), xml("SUCCESS_NUM", "submitted", "2"), "</TX_INFO></TX>"), "gb18030")
    write("ccb-6w2102", "single", "建设银行 6W1503's answer", flat(
        head("6W1503"), xml("CREDIT_NO", "not read", "SAMPLE"), xml("DEAL_RESULT", "4 = success", "4"), "</TX_INFO></TX>"), "gb18030")


def boc():
    order = flat(declared("UTF-8"), '<bocb2e version="100" security="true" lang="chs"><head>', xml("termid", "of the session, to be filled in", ""), xml("trnid", "our file reference", REF),
                 xml("custid", "customer", CUSTOMER), xml("cusopr", "of the session", ""), xml("trncod", "pay wages", "b2e0078"), xml("token", "of the session", ""),
                 "</head><trans><trn-b2e0078-rq><b2e0078-rq>", xml("insid", "our file reference", REF), "<fractn>", xml("fribkn", "payer's branch", "102701000017"),
                 xml("actacn", "payer's account", PAYER), xml("actnam", "payer", COMPANY), "</fractn>", xml("pybcur", "currency", "CNY"), xml("pybamt", "total in yuan", yuan(TOTAL)),
                 xml("pybnum", "rows", "2"), xml("crdtyp", "to be confirmed", ""), xml("furinfo", "purpose", "代发工资"), xml("useinf", "empty", ""), xml("trfdate", "day to pay", DAY))
    for r in ROWS:
        order += flat(r[0], "<detail>", xml("toibkn", "CNAPS number of another bank", r[5]), xml("tobank", "its name", r[6]), xml("toactn", "payee's account", r[1]), xml("pydcur", "currency", "CNY"),
                      xml("pydamt", "yuan", yuan(r[3])), xml("toname", "payee", r[2]), xml("toidtp", "empty", ""), xml("toidet", "empty", ""), xml("furinfo", "remark", r[4]),
                      xml("purpose", "purpose", "代发工资"), xml("reserve1", "empty", ""), xml("reserve2", "empty", ""), xml("reserve3", "empty", ""), xml("reserve4", "empty", ""), "</detail>")
    write("boc-b2e0078", "order", "中国银行 b2e0078, two rows", order + ["</b2e0078-rq></trn-b2e0078-rq></trans></bocb2e>"], "utf-8")


def citic():
    order = flat(declared("GBK"), "<stream>", xml("action", "pay wages", "DLSALIMP"), xml("clientID", "our file reference", REF), xml("totalNumber", "rows", "2"),
                 xml("totalAmount", "yuan", yuan(TOTAL)), xml("payAccountNo", "payer's account", PAYER), xml("abstract", "purpose", "代发工资"), xml("msgAbstract", "1 = wages", "1"),
                 xml("preFlg", "1 = at an hour", "1"), xml("preDate", "day to pay", DAY), xml("preTime", "the first hour not past when made", "100000"), xml("yearMonth", "month", DAY[:6]),
                 '<list name="userDataList">')
    for r in ROWS:
        order += flat(r[0], "<row>", xml("employeeNo", "position, 5 digits", f"{r[0]:05d}"), xml("employeeName", "payee", r[2]), xml("recAccountNo", "payee's account", r[1]),
                      xml("tranAmount", "yuan", yuan(r[3])), xml("wagDetl", "empty", ""), "</row>")
    write("citic-dlsalimp", "order", "中信银行 DLSALIMP, two rows", order + ["</list></stream>"], "gbk")


def cmb():
    def members(*fields):
        """Members of an object: name, meaning, value."""
        parts = []
        for i, (name, meaning, value) in enumerate(fields):
            parts += [("," if i else "") + f'"{name}":"', (name, meaning, value), '"']
        return parts
    sigdat = lambda moment: flat('},"signature":{', members(("sigdat", "where the signature comes", "__signature_sigdat__"), ("sigtim", "moment", moment)), "}}")
    head = lambda function, number: flat('"head":{', members(("funcode", "function", function), ("reqid", "number of the message", number), ("userid", "customer", CUSTOMER)), "}")
    order = flat('{"request":{"body":{"bb6busmod":[{', members(("buscod", "wages", "N03010"), ("busmod", "mode", "00001")), '}],"bb6cdcbhx1":[{', members(
        ("begtag", "the first", "Y"), ("endtag", "and the last", "Y"), ("accnbr", "payer's account", PAYER), ("accnam", "payer", COMPANY), ("ttlamt", "total in yuan", yuan(TOTAL)),
        ("ttlcnt", "rows", "2"), ("ttlnum", "one upload", "1"), ("curamt", "total of this upload", yuan(TOTAL)), ("curcnt", "rows of this upload", "2"), ("ccynbr", "yuan", "10"),
        ("trstyp", "wages", "BYSA"), ("nusage", "purpose", "代发工资"), ("eptdat", "day to pay", DAY), ("epttim", "hour", "000000"), ("yurref", "our file reference", REF), ("chlflg", "channel", "N")),
        '}],"bb6cdcdlx1":[')
    for r in ROWS:
        fields = [("trxseq", "row reference", f"{r[0]:08d}"), ("accnbr", "payee's account", r[1]), ("accnam", "payee", r[2]), ("digflg", "an account", "N"), ("trsamt", "yuan", yuan(r[3])),
                  ("trsdsp", "remark", r[4]), ("bnkflg", "Y this bank, N another", "N" if r[5] else "Y")]
        if r[6]:
            fields += [("eacbnk", "the other bank", r[6]), ("eaccty", "its place", r[6])]
        order += flat(r[0], ("," if r[0] > 1 else "") + "{", members(*fields), "}")
    write("cmb-bb6bthhl", "order", "招商银行 BB6BTHHL, two rows", flat(order, 0, "]},", head("BB6BTHHL", REF), sigdat(DAY + "000000")), "utf-8")
    write("cmb-bb6bthhl", "query", "招商银行 BB6BPDQY, one file", flat('{"request":{"body":{"bb6bpdqyy1":[{', members(("buscod", "wages", "N03010"), ("yurref", "our file reference", REF)), "}]},",
          head("BB6BPDQY", REF + "Q0001"), sigdat("20260202093000")), "utf-8")
    write("cmb-bb6bthhl", "query-returns", "招商银行 BB6RFDQY, four days", flat('{"request":{"body":{"bb6rfdqyy1":[{', members(("accnbr", "payer's account", PAYER), ("trstyp", "wages", "BYSA"),
          ("bgndat", "first day", "20260130"), ("enddat", "last day", "20260202")), "}]},", head("BB6RFDQY", REF + "Q0001"), sigdat("20260202093000")), "utf-8")
    answer = lambda function, number: flat('{"response":{"head":{', members(("bizcode", "not read", ""), ("funcode", "tells the form", function), ("reqid", "number of the message", number),
                                           ("resultcode", "not read", ""), ("resultmsg", "text", ""), ("rspid", "not read", "SAMPLE")), '},"body":{')
    result = flat(answer("BB6BPDQY", REF + "Q0001"), '"bb6bpdqyz1":[{', members(("accnbr", "not read", PAYER), ("yurref", "our file reference", REF), ("reqnbr", "the bank's number", "0030899420"),
                  ("reqsta", "FIN = done", "FIN"), ("rtnflg", "S = well", "S"), ("trsnum", "rows", "2"), ("totamt", "total in yuan", yuan(TOTAL)), ("sucnum", "rows paid", "1"),
                  ("sucamt", "yuan paid", yuan(ROWS[0][3]))), '}],"bb6bpdqyz2":[')
    for r in ROWS:
        result += flat(r[0], ("," if r[0] > 1 else "") + "\n{", members(("trxseq", "row reference", f"{r[0]:08d}"), ("accnbr", "payee's account", r[1]), ("accnam", "payee", r[2]),
                       ("trsamt", "yuan", yuan(r[3])), ("trsdat", "day", DAY), ("stscod", "S paid, E failed", "S" if r[0] == 1 else "E")), "}")
    write("cmb-bb6bthhl", "result", "招商银行 BB6BPDQY's answer", flat(result, 0, "]}", sigdat("20260202093001")), "utf-8")
    write("cmb-bb6bthhl", "taken", "招商银行 BB6BTHHL's answer", flat(answer("BB6BTHHL", REF), '"bb6cdcbhz1":[{', members(("reqnbr", "the bank's number", "0030899420"),
          ("reqsta", "BNK = the bank works", "BNK")), "}]}", sigdat("20260202093001")), "utf-8")
    ask = lambda function, block, *fields: flat(declared("GBK"), "<CMBSDKPGK><INFO>", xml("FUNNAM", "function", function), xml("DATTYP", "2", "2"), xml("LGNNAM", "customer", CUSTOMER), f"</INFO><{block}>",
                                                *[xml(*field) for field in fields], f"</{block}></CMBSDKPGK>")
    write("cmb-ntagcsal", "query", "招商银行 NTAGCINY, one file", ask("NTAGCINY", "NTAGCINYX1", ("BUSCOD", "wages", "N03010"), ("YURREF", "our file reference", REF), ("BGNDAT", "first day", "20260130"),
          ("ENDDAT", "last day", "20260202")), "gbk")
    write("cmb-ntagcsal", "query-returns", "招商银行 NTAGDRFD, four days", ask("NTAGDRFD", "NTAGDRFDY1", ("BBKNBR", "branch", "85"), ("ACCNBR", "payer's account", PAYER), ("TRSTYP", "wages", "BYSA"),
          ("BGNDAT", "first day", "20260130"), ("ENDDAT", "last day", "20260202"), ("REQNBR", "empty", "")), "gbk")


icbc()
cmb()
ccb()
boc()
citic()

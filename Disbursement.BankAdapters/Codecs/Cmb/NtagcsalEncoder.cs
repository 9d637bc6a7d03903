using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Cmb;

/// <summary>招商银行 大批量代发工资 (NTAGCSAL): one <c>CMBSDKPGK</c> document per file, so
/// BEGTAG = ENDTAG = Y and REQNBR is not sent. Amounts in yuan. YURREF is our
/// file reference, TRXSEQ our row reference. Layout: specs/bank-cmb.md.</summary>
/// <remarks>Bytes are written directly: XmlWriter would turn a character outside
/// the bank's set into a reference (&amp;#x…;) instead of refusing it. Options:
/// branch (BBKNBR), transactionType (TRSTYP), businessMode (BUSMOD).</remarks>
public sealed class NtagcsalEncoder : IPaymentEncoder
{
    /// <summary>NUSAGE and TRSDSP: Z(42).</summary>
    private const int MostTextBytes = 42;
    /// <summary>EACBNK and EACCTY: Z(62).</summary>
    private const int MostBankBytes = 62;

    public IReadOnlyList<LocatedError> Encode(BankProfile profile, PaymentPlan plan,
        IEnumerable<CreditInstruction> instructions, Stream output)
    {
        var file = new OutboundWriter(profile, plan, output)
        {
            Forbidden = c => c is '\uFFFE' or '\uFFFF',
            Escape = Escape,
        };
        Head(file, profile, plan);
        var limits = profile.Limits;
        var remarkWidth = Math.Min(limits.RemarkWidth, MostTextBytes);
        foreach (var row in instructions)
        {
            file.Row(row);
            file.Raw("<NTAGCDTLY1><TRXSEQ>"u8);
            file.Text(row.Row, "TRXSEQ", row.RowReference, limits.RowReferenceWidth);
            file.Raw("</TRXSEQ><ACCNBR>"u8);
            file.Text(row.Row, "ACCNBR", row.Account, limits.AccountWidth);
            file.Raw("</ACCNBR><ACCNAM>"u8);
            file.Text(row.Row, "ACCNAM", row.Name, limits.NameWidth);
            file.Raw("</ACCNAM><TRSAMT>"u8);
            file.Yuan(row.Amount);
            file.Raw("</TRSAMT><TRSDSP>"u8);
            file.Text(row.Row, "TRSDSP", row.Remark, remarkWidth);
            file.Raw("</TRSDSP>"u8);
            if (row.BankCode.Length == 0) file.Raw("<BNKFLG>Y</BNKFLG>"u8);
            else OtherBank(file, row);
            file.Raw("</NTAGCDTLY1>\n"u8);
        }
        file.Raw("</CMBSDKPGK>\n"u8);
        return file.Finish();
    }

    private static void Head(OutboundWriter file, BankProfile profile, PaymentPlan plan)
    {
        var set = file.Charset.Name;
        file.Raw(Encoding.ASCII.GetBytes($"<?xml version=\"1.0\" encoding=\"{set}\"?>\n<CMBSDKPGK>\n<INFO>"));
        Element("FUNNAM", "NTAGCSAL", 8);
        Element("DATTYP", "2", 1);
        Element("LGNNAM", plan.CustomerId, 30);
        file.Raw("</INFO>\n<NTBUSMODY>"u8);
        Element("BUSMOD", profile.Outbound.Option("businessMode", "00001"), 5);
        file.Raw("</NTBUSMODY>\n<NTAGCAGCX1>"u8);
        Element("BEGTAG", "Y", 1);
        Element("ENDTAG", "Y", 1);
        Element("TTLAMT", plan.Total.ToYuan(), 16);
        Element("TTLCNT", Text(plan.Lines), 8);
        Element("TTLNUM", "1", 3);
        Element("CURAMT", plan.Total.ToYuan(), 16);
        Element("CURCNT", Text(plan.Lines), 8);
        Element("CCYNBR", "10", 2);
        Element("BBKNBR", profile.Outbound.Option("branch", "85"), 2);
        Element("ACCNBR", plan.PayerAccount, profile.Limits.AccountWidth);
        Element("CCYMKT", "0", 1);
        Element("TRSTYP", profile.Outbound.Option("transactionType", "BYSA"), 4);
        Element("NUSAGE", plan.Purpose, MostTextBytes);
        Element("EPTDAT", plan.ExecutionDate.ToString("yyyyMMdd", CultureInfo.InvariantCulture), 8);
        Element("YURREF", plan.Reference, profile.Limits.BatchReferenceWidth);
        file.Raw("</NTAGCAGCX1>\n"u8);

        void Element(string name, string value, int width)
        {
            file.Raw(Encoding.ASCII.GetBytes($"<{name}>"));
            file.Text(0, name, value, width);
            file.Raw(Encoding.ASCII.GetBytes($"</{name}>"));
        }

        static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Another bank's account: its name and place must stand there (他行必输); the place is the bank's name
    /// again, since RCVBNK, the CNAPS number, says it exactly.</summary>
    private static void OtherBank(OutboundWriter file, in CreditInstruction row)
    {
        if (row.BankName.Length == 0) file.Error(row.Row, "EACBNK", "", "another bank's account needs the bank's name");
        file.Raw("<BNKFLG>N</BNKFLG><EACBNK>"u8);
        file.Text(row.Row, "EACBNK", row.BankName, MostBankBytes);
        file.Raw("</EACBNK><EACCTY>"u8);
        file.Text(row.Row, "EACCTY", row.BankName, MostBankBytes);
        file.Raw("</EACCTY><FSTFLG>Y</FSTFLG><RCVBNK>"u8);
        file.Text(row.Row, "RCVBNK", row.BankCode, 12);
        file.Raw("</RCVBNK>"u8);
    }

    private static string Escape(char c) => c switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", _ => "" };
}

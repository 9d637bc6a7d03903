using System.Globalization;
using System.Text;
using Disbursement.BankAdapters.Sandbox;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>A sandbox bank on a folder of its own, with files
/// written by hand: no codec of ours has a part in it.</summary>
internal sealed class SandboxRig : IDisposable
{
    public const string Payer = "6212260000000000017";
    public const string Reference = "SAMPLE26030000000001";
    public static readonly BankDay Day = new(new(2026, 3, 13), "2026-03-13T17:00:00");
    public static readonly BankDay NextDay = new(new(2026, 3, 16), "2026-03-16T17:00:00");

    private readonly string _root = Directory.CreateTempSubdirectory("sandbox").FullName;

    public SandboxRig(string profile)
    {
        Partner = Partner.Find(profile)!;
        Keys = BankKeys.Read(SandboxKeys.Folder, profile);
        Bank = Open();
        Exchange = new(_root, Partner);
    }

    public Partner Partner { get; }
    public BankKeys Keys { get; }
    public Exchange Exchange { get; }
    public SandboxBank Bank { get; private set; }
    public string Books => Path.Combine(_root, "books", Partner.Id);
    public string Inbox => Path.Combine(_root, Partner.Id, "to-bank");
    public string Outbox => Path.Combine(_root, Partner.Id, "from-bank");
    public string FileName => Reference + (Partner.Form == BankForm.IcbcText ? ".bxt" : ".xml");

    /// <summary>A new process on the same folders.</summary>
    public void Restart() => Bank = Open();

    public void Deposit(long fen, string id = "D1") => Bank.Post(
        new(Day.Date, Day.At, id, "TRANSFER", Payer, fen, "样例建设单位", "6212260000000000025", "人工费用"));

    public void Put(byte[] body, byte[]? seal)
    {
        File.Delete(Path.Combine(Inbox, FileName + Partner.SealSuffix));
        if (seal is not null) File.WriteAllBytes(Path.Combine(Inbox, FileName + Partner.SealSuffix), seal);
        File.WriteAllBytes(Path.Combine(Inbox, FileName), body);
    }

    /// <summary>Puts a signed file of these rows and lets the bank take it.</summary>
    public PassCount Send(params (string Account, long Fen)[] rows)
    {
        var body = OrderFile.Write(Partner.Form, rows);
        Put(body, SandboxKeys.Sign(Partner.Id, body));
        return Bank.Pass(Exchange, Keys, Day);
    }

    public IReadOnlyList<string> Answers() => [.. Directory.GetFiles(Outbox).Select(f => Path.GetFileName(f)!)
        .Where(n => !n.StartsWith('.') && !n.EndsWith(Partner.SealSuffix,
            StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(Outbox, name));

    public string Text(string name)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var encoding = Partner.Form == BankForm.Iso20022 ? Encoding.UTF8 : Encoding.GetEncoding("GB18030");
        return encoding.GetString(Bytes(name));
    }

    public string Answer(string what) => Text($"{Reference}-{what}.{Partner.AnswerExtension}");

    public static string Account(string magic) => "621226000000" + magic + "0";

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private SandboxBank Open() => new(Partner, Path.Combine(_root, "books"));
}

/// <summary>Disbursement files written by hand, in the three forms.</summary>
internal static class OrderFile
{
    public static byte[] Write(BankForm form, IReadOnlyList<(string Account, long Fen)> rows, long? total = null,
        int? count = null,
        bool sameRowReference = false)
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var sum = total ?? rows.Sum(r => r.Fen);
        var lines = rows.Select((r, i) => (Reference: sameRowReference ? "00000001" : (i + 1).ToString("00000000",
            CultureInfo.InvariantCulture),
            r.Account, Name: $"样例工人{i + 1}", r.Fen));
        return form switch
        {
            BankForm.IcbcText => Encoding.GetEncoding("GB18030").GetBytes(
                $"#ICBC\n#注意：本文件中的金额均以分为单位！\n#币种|日期|总计标志|总金额|总笔数|\nRMB|20260313|1|{sum}|{count ?? rows.Count}|\n"
                + string.Concat(lines.Select(l =>
                    $"RMB|20260313|2|{l.Reference}|||102700000000|{SandboxRig.Payer}|样例专户|||||"
                    + $"{l.Account}|{l.Name}|{l.Fen}|代发工资|2026-02|\n")) + "*\n"),
            BankForm.CmbXml => Encoding.GetEncoding("GBK").GetBytes(
                "<?xml version=\"1.0\" encoding=\"GBK\"?><CMBSDKPGK><INFO><FUNNAM>NTAGCSAL</FUNNAM></INFO><NTAGCAGCX1>"
                + $"<TTLAMT>{Yuan(sum)}</TTLAMT><TTLCNT>{count ?? rows.Count}</TTLCNT>"
                + $"<ACCNBR>{SandboxRig.Payer}</ACCNBR>"
                + $"<NUSAGE>代发工资</NUSAGE><YURREF>{SandboxRig.Reference}</YURREF></NTAGCAGCX1>"
                + string.Concat(lines.Select(l =>
                    $"<NTAGCDTLY1><TRXSEQ>{l.Reference}</TRXSEQ><ACCNBR>{l.Account}</ACCNBR>"
                    + $"<ACCNAM>{l.Name}</ACCNAM><TRSAMT>{Yuan(l.Fen)}</TRSAMT></NTAGCDTLY1>")) + "</CMBSDKPGK>"),
            _ => Encoding.UTF8.GetBytes("<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.001.001.09\">"
                + "<CstmrCdtTrfInitn>"
                + $"<GrpHdr><MsgId>{SandboxRig.Reference}</MsgId>"
                + $"<NbOfTxs>{count ?? rows.Count}</NbOfTxs><CtrlSum>{Yuan(sum)}</CtrlSum></GrpHdr>"
                + $"<PmtInf><PmtInfId>{SandboxRig.Reference}</PmtInfId><Dbtr><Nm>样例专户</Nm></Dbtr>"
                + $"<DbtrAcct><Id><Othr><Id>{SandboxRig.Payer}</Id></Othr></Id></DbtrAcct>"
                + string.Concat(lines.Select(l => $"<CdtTrfTxInf><PmtId>"
                    + $"<EndToEndId>{SandboxRig.Reference}{l.Reference}</EndToEndId></PmtId>"
                    + $"<Amt><InstdAmt Ccy=\"CNY\">{Yuan(l.Fen)}</InstdAmt></Amt><Cdtr><Nm>{l.Name}</Nm></Cdtr>"
                    + $"<CdtrAcct><Id><Othr><Id>{l.Account}</Id></Othr></Id></CdtrAcct></CdtTrfTxInf>"))
                + "</PmtInf></CstmrCdtTrfInitn></Document>"),
        };
    }

    private static string Yuan(long fen) => string.Create(CultureInfo.InvariantCulture, $"{fen / 100}.{fen % 100:00}");
}

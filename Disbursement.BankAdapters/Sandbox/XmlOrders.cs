using System.Globalization;
using System.Xml;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>招商银行 NTAGCSAL: one NTAGCAGCX1 head, then NTAGCDTLY1 rows; amounts in yuan.</summary>
internal static class NtagcsalOrder
{
    public static OrderReading Read(ReadOnlyMemory<byte> body) => XmlOrder.Read(body, Take);

    private static void Take(XmlWalk walk, XmlOrder order)
    {
        if (walk.At("NTAGCDTLY1")) order.EndRow(walk);
        else if (walk.At("NTAGCDTLY1", "TRXSEQ")) order.RowReference = walk.Text;
        else if (walk.At("NTAGCDTLY1", "ACCNBR")) order.Account = walk.Text;
        else if (walk.At("NTAGCDTLY1", "ACCNAM")) order.Name = walk.Text;
        else if (walk.At("NTAGCDTLY1", "TRSAMT")) order.Amount = walk.Text;
        else if (walk.At("NTAGCDTLY1", "EACBNK")) order.BankName = walk.Text;
        else if (walk.At("NTAGCDTLY1", "TRSDSP")) order.Remark = walk.Text;
        else if (walk.At("NTAGCAGCX1", "YURREF")) order.Reference = walk.Text;
        else if (walk.At("NTAGCAGCX1", "ACCNBR")) order.SetPayer(walk);
        else if (walk.At("NTAGCAGCX1", "NUSAGE")) order.Purpose = walk.Text;
        else if (walk.At("NTAGCAGCX1", "TTLCNT") || walk.At("NTAGCAGCX1", "CURCNT")) order.StateRows(walk);
        else if (walk.At("NTAGCAGCX1", "TTLAMT") || walk.At("NTAGCAGCX1", "CURAMT")) order.StateTotal(walk);
    }
}

/// <summary>pain.001.001.09: one group, one payment information;
/// the row reference is the last 8 digits of EndToEndId.</summary>
internal static class PainOrder
{
    public static OrderReading Read(ReadOnlyMemory<byte> body) => XmlOrder.Read(body, Take);

    private static void Take(XmlWalk walk, XmlOrder order)
    {
        if (walk.At("CdtTrfTxInf")) order.EndRow(walk);
        else if (walk.At("PmtId", "EndToEndId"))
            order.RowReference = walk.Text.Length > 8 ? walk.Text[^8..] : walk.Text;
        else if (walk.At("CdtTrfTxInf", "Amt", "InstdAmt")) order.Amount = walk.Text;
        else if (walk.At("CdtTrfTxInf", "Cdtr", "Nm")) order.Name = walk.Text;
        else if (IsAccount(walk, "CdtTrfTxInf", "CdtrAcct")) order.Account = walk.Text;
        else if (walk.At("CdtTrfTxInf", "RmtInf", "Ustrd")) (order.Purpose, order.Remark) = (walk.Text, walk.Text);
        else if (walk.At("CdtrAgt", "FinInstnId", "ClrSysMmbId", "MmbId")) order.Bank = walk.Text;
        else if (walk.At("CdtrAgt", "FinInstnId", "Nm")) order.BankName = walk.Text;
        else if (walk.At("GrpHdr", "MsgId")) order.Reference = walk.Text;
        else if (IsAccount(walk, "PmtInf", "DbtrAcct")) order.SetPayer(walk);
        else if (walk.At("PmtInf", "Dbtr", "Nm")) order.PayerName = walk.Text;
        else if (walk.At("GrpHdr", "NbOfTxs") || walk.At("PmtInf", "NbOfTxs")) order.StateRows(walk);
        else if (walk.At("GrpHdr", "CtrlSum") || walk.At("PmtInf", "CtrlSum")) order.StateTotal(walk);
    }

    // Domestic accounts stand in Othr; a bank that takes files from abroad sees IBANs.
    private static bool IsAccount(XmlWalk walk, string within, string element) =>
        walk.At(within, element, "Id", "Othr", "Id") || walk.At(within, element, "Id", "IBAN");
}

/// <summary>An order being put together from XML leaves: what both XML forms have in common.</summary>
internal sealed class XmlOrder
{
    private const long MostFen = 1_000_000_000_000_000;

    private readonly List<OrderTrouble> _troubles = [];
    private readonly List<OrderRow> _rows = [];
    private readonly List<Stated> _counts = [], _totals = [];
    private string _payerAccount = "";

    public string Reference { get; set; } = "";
    public string PayerName { get; set; } = "";
    public string Purpose { get; set; } = "";
    public string RowReference { get; set; } = "";
    public string Account { get; set; } = "";
    public string Name { get; set; } = "";
    public string Amount { get; set; } = "";
    public string? Bank { get; set; }
    public string? BankName { get; set; }
    public string? Remark { get; set; }
    /// <summary>Amounts are whole fen; else yuan.</summary>
    public bool IsFen { get; set; }
    /// <summary>The reference of the next row where the form has none: its place.</summary>
    public string Serial => (_rows.Count + 1).ToString("00000000", CultureInfo.InvariantCulture);

    public static OrderReading Read(ReadOnlyMemory<byte> body, Action<XmlWalk, XmlOrder> take)
    {
        var order = new XmlOrder();
        try
        {
            using var walk = new XmlWalk(body);
            while (walk.Next()) take(walk, order);
        }
        catch (XmlException e)
        {
            return OrderReading.Failed(new(FileRefusal.Structure, e.LineNumber, "not well-formed XML"));
        }
        if (order.Reference.Length == 0) order._troubles.Add(new(FileRefusal.Structure, 0, "no file reference"));
        return new(new(order.Reference, order._payerAccount, order.PayerName, order.Purpose, order._counts,
            order._totals, order._rows),
            order._troubles);
    }

    public void SetPayer(XmlWalk walk)
    {
        if (_payerAccount.Length > 0 && _payerAccount != walk.Text) Wrong(walk, "a second payer account");
        _payerAccount = walk.Text;
    }

    public void StateRows(XmlWalk walk)
    {
        if (long.TryParse(walk.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var rows))
            _counts.Add(new("count", rows));
        else Wrong(walk, $"the count {walk.Text} is not of digits");
    }

    public void StateTotal(XmlWalk walk)
    {
        if (Fen(walk.Text) is { } total) _totals.Add(new("total", total));
        else Wrong(walk, $"the total {walk.Text} is no amount");
    }

    public void EndRow(XmlWalk walk)
    {
        if (Fen(Amount) is not { } amount || amount is <= 0 or > MostFen)
            Wrong(walk, $"the amount {Amount} is no amount");
        else if (RowReference.Length == 0 || Account.Length == 0) Wrong(walk, "a row without reference or account");
        else
            _rows.Add(new(RowReference, Account, Name, amount) { Bank = Bank, BankName = BankName, Remark = Remark });
        (RowReference, Account, Name, Amount, Bank, BankName, Remark) = ("", "", "", "", null, null, null);
    }

    private long? Fen(string text) =>
        IsFen ? long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var fen) ? fen : null
            : Money.ParseYuan(text, out var yuan) == MoneyText.Valid ? yuan.Fen : null;

    public void Wrong(XmlWalk walk, string detail) => _troubles.Add(new(FileRefusal.Structure, walk.Line, detail));
}

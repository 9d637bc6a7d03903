namespace Disbursement.BankAdapters.Sandbox;

/// <summary>工商银行 PAYPER: pub and in, then rd rows that each name the payer; amounts in fen.</summary>
internal static class PayperOrder
{
    public static OrderReading Read(ReadOnlyMemory<byte> body) => XmlOrder.Read(body, Take);

    private static void Take(XmlWalk walk, XmlOrder order)
    {
        if (walk.At("pub", "TransCode"))
        {
            order.IsFen = true;
            if (walk.Text != "PAYPER") order.Wrong(walk, $"the transaction {walk.Text} is not PAYPER");
        }
        else if (walk.At("in", "rd")) order.EndRow(walk);
        else if (walk.At("rd", "iSeqno")) order.RowReference = walk.Text;
        else if (walk.At("rd", "RecAccNo")) order.Account = walk.Text;
        else if (walk.At("rd", "RecAccNameCN")) order.Name = walk.Text;
        else if (walk.At("rd", "PayAmt")) order.Amount = walk.Text;
        else if (walk.At("rd", "RecBankNo")) order.Bank = walk.Text;
        else if (walk.At("rd", "RecBankName")) order.BankName = walk.Text;
        else if (walk.At("rd", "PostScript")) order.Remark = walk.Text;
        else if (walk.At("rd", "PayAccNo")) order.SetPayer(walk);
        else if (walk.At("rd", "PayAccNameCN")) order.PayerName = walk.Text;
        else if (walk.At("rd", "UseCN")) order.Purpose = walk.Text;
        else if (walk.At("pub", "fSeqno")) order.Reference = walk.Text;
        else if (walk.At("in", "TotalNum")) order.StateRows(walk);
        else if (walk.At("in", "TotalAmt")) order.StateTotal(walk);
    }
}

/// <summary>中国银行 b2e0078: details without a number of their own, in yuan.</summary>
internal static class B2e0078Order
{
    public static OrderReading Read(ReadOnlyMemory<byte> body) => XmlOrder.Read(body, Take);

    private static void Take(XmlWalk walk, XmlOrder order)
    {
        if (walk.At("b2e0078-rq", "detail"))
        {
            order.RowReference = order.Serial;
            order.EndRow(walk);
        }
        else if (walk.At("detail", "toactn")) order.Account = walk.Text;
        else if (walk.At("detail", "toname")) order.Name = walk.Text;
        else if (walk.At("detail", "pydamt")) order.Amount = walk.Text;
        else if (walk.At("detail", "toibkn")) order.Bank = walk.Text;
        else if (walk.At("detail", "tobank")) order.BankName = walk.Text;
        else if (walk.At("detail", "furinfo")) order.Remark = walk.Text;
        else if (walk.At("b2e0078-rq", "insid")) order.Reference = walk.Text;
        else if (walk.At("fractn", "actacn")) order.SetPayer(walk);
        else if (walk.At("fractn", "actnam")) order.PayerName = walk.Text;
        else if (walk.At("b2e0078-rq", "furinfo")) order.Purpose = walk.Text;
        else if (walk.At("b2e0078-rq", "pybnum")) order.StateRows(walk);
        else if (walk.At("b2e0078-rq", "pybamt")) order.StateTotal(walk);
    }
}

/// <summary>中信银行 DLSALIMP: rows by a staff number of five digits, at four hours of the day, in yuan.</summary>
internal static class DlsalimpOrder
{
    private static readonly string[] s_hours = ["100000", "120000", "140000", "160000"];

    public static OrderReading Read(ReadOnlyMemory<byte> body) => XmlOrder.Read(body, Take);

    private static void Take(XmlWalk walk, XmlOrder order)
    {
        if (walk.At("list", "row")) order.EndRow(walk);
        else if (walk.At("row", "employeeNo"))
        {
            if (walk.Text.Length != 5) order.Wrong(walk, $"the staff number {walk.Text} has not five digits");
            order.RowReference = walk.Text.PadLeft(8, '0');
        }
        else if (walk.At("row", "recAccountNo")) order.Account = walk.Text;
        else if (walk.At("row", "employeeName")) order.Name = walk.Text;
        else if (walk.At("row", "tranAmount")) order.Amount = walk.Text;
        else if (walk.At("stream", "clientID")) order.Reference = walk.Text;
        else if (walk.At("stream", "payAccountNo")) order.SetPayer(walk);
        else if (walk.At("stream", "abstract")) order.Purpose = walk.Text;
        else if (walk.At("stream", "totalNumber")) order.StateRows(walk);
        else if (walk.At("stream", "totalAmount")) order.StateTotal(walk);
        else if (walk.At("stream", "preTime") && !s_hours.Contains(walk.Text))
            order.Wrong(walk, $"{walk.Text} is none of the four hours");
    }
}

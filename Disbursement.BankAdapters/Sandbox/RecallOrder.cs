using System.Globalization;
using System.Xml;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>A recall request (camt.055, 撤销) as the bank read it.</summary>
/// <param name="Reference">The customer's reference of the request.</param>
/// <param name="File">Reference of the file called back.</param>
/// <param name="Rows">Empty where the whole file is called back. Row references and amounts as asked.</param>
internal sealed record RecallOrder(string Reference, string File, bool IsWhole, IReadOnlyList<OrderRow> Rows)
{
    private const int RowDigits = 8;

    /// <summary>Whether a message of that name is one.</summary>
    public static bool Is(string name) => name.Contains("-recall-", StringComparison.Ordinal);

    /// <summary>Null where the bytes are no request, or one that is not what it says of itself.</summary>
    public static RecallOrder? Read(byte[] body)
    {
        try
        {
            using var walk = new XmlWalk(body);
            return new Reading().Read(walk);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private sealed class Reading
    {
        private readonly List<OrderRow> _rows = [];
        private string _reference = "", _file = "", _row = "", _account = "", _amount = "", _count = "", _sum = "";
        private bool _isWhole, _isBroken;

        public RecallOrder? Read(XmlWalk walk)
        {
            while (walk.Next()) Take(walk);
            var isCounted = _isWhole || _count == _rows.Count.ToString(CultureInfo.InvariantCulture)
                && Fen(_sum) == _rows.Sum(r => r.Fen);
            return _isBroken || !isCounted || _reference.Length == 0 || _isWhole == _rows.Count > 0 ? null
                : new(_reference, _file, _isWhole, _rows);
        }

        private void Take(XmlWalk walk)
        {
            if (walk.At("TxInf")) EndRow();
            else if (walk.At("TxInf", "OrgnlEndToEndId")) _row = walk.Text;
            else if (walk.At("TxInf", "OrgnlInstdAmt")) _amount = walk.Text;
            else if (walk.At("TxInf", "OrgnlTxRef", "CdtrAcct", "Id", "Othr", "Id")) _account = walk.Text;
            else if (walk.At("CstmrPmtCxlReq", "Assgnmt", "Id")) _reference = walk.Text;
            else if (walk.At("OrgnlMsgId")) _file = walk.Text;
            else if (walk.At("OrgnlGrpInfAndCxl", "GrpCxl")) _isWhole = walk.Text == "true";
            else if (walk.At("CtrlData", "NbOfTxs")) _count = walk.Text;
            else if (walk.At("CtrlData", "CtrlSum")) _sum = walk.Text;
        }

        private void EndRow()
        {
            if (_row.Length <= RowDigits || _account.Length == 0 || Fen(_amount) is not { } fen) _isBroken = true;
            else _rows.Add(new(_row[^RowDigits..], _account, "", fen));
            (_row, _account, _amount) = ("", "", "");
        }

        private static long? Fen(string text) =>
            Money.ParseYuan(text, out var yuan) == MoneyText.Valid ? yuan.Fen : null;
    }
}

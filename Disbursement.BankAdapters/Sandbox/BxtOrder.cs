using System.Globalization;
using System.Text;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>工商银行 .bxt: GB18030 lines of fields ended by '|', amounts in fen, closed by a line '*'.</summary>
/// <remarks>Two layouts are in use: 企业财务室 with 报销号 and 单据张数 (18 fields), and 代发 without them but with the sending
/// method, phone and own number at the end (19 fields). Which one a row has is told by its field count.</remarks>
internal static class BxtOrder
{
    private const int ReimbursementFields = 18, PayrollFields = 19;

    public static OrderReading Read(string name, ReadOnlyMemory<byte> body)
    {
        string text;
        try { text = BankText.Gb18030.GetString(body.Span); }
        catch (DecoderFallbackException e)
        {
            return OrderReading.Failed(new(FileRefusal.Structure, 0, $"not GB18030 at byte {e.Index}"));
        }
        var reading = new Reading(name);
        foreach (var line in text.AsSpan().EnumerateLines()) reading.Take(line);
        return reading.End();
    }

    private sealed class Reading(string name)
    {
        private readonly List<OrderTrouble> _troubles = [];
        private readonly List<OrderRow> _rows = [];
        private readonly List<Stated> _counts = [], _totals = [];
        private string _payerAccount = "", _payerName = "", _purpose = "";
        private long _line;
        private bool _closed;

        public void Take(ReadOnlySpan<char> line)
        {
            _line++;
            if (line.IsWhiteSpace() || line[0] == '#') return;
            if (_closed) Wrong("text after the closing *");
            else if (line.Trim() is "*") _closed = true;
            else Record(line.ToString().Split('|'));
        }

        public OrderReading End()
        {
            if (!_closed) Wrong("the closing * is missing");
            return new(new(Path.GetFileNameWithoutExtension(name), _payerAccount, _payerName, _purpose, _counts,
                _totals, _rows), _troubles);
        }

        private void Record(string[] fields)
        {
            if (fields.Length < 6 || fields[^1].Length > 0 || fields[0] is not ("RMB" or "人民币"))
                Wrong("no record of a known kind");
            else if (fields[2] == "1") Summary(fields);
            else if (fields[2] != "2") Wrong($"unknown record mark {fields[2]}");
            else if (fields.Length - 1 is ReimbursementFields or PayrollFields) Row(fields, fields.Length - 1);
            else Wrong($"{fields.Length - 1} fields in a row");
        }

        private void Summary(string[] fields)
        {
            if (_totals.Count > 0) Wrong("a second summary");
            else if (Fen(fields[3], out var total) && Fen(fields[4], out var count))
            {
                _totals.Add(new("总金额", total));
                _counts.Add(new("总笔数", count));
            }
            else Wrong("the summary is not of digits");
        }

        private void Row(string[] fields, int layout)
        {
            var payer = layout == ReimbursementFields ? 7 : 5;
            var payee = layout == ReimbursementFields ? 13 : 11;
            if (_rows.Count == 0)
                (_payerAccount, _payerName, _purpose) = (fields[payer], fields[payer + 1], fields[payee + 3]);
            else if (fields[payer] != _payerAccount) Wrong("a second payer account");
            if (!Fen(fields[payee + 2], out var fen) || fen == 0)
                Wrong($"the amount {fields[payee + 2]} is no amount in fen");
            else if (fields[3].Length == 0 || fields[payee].Length == 0) Wrong("a row without serial or account");
            else
                _rows.Add(new(fields[3], fields[payee], fields[payee + 1], fen)
                {
                    BankName = fields[payer + 2],
                    Remark = fields[payee + 4],
                });
        }

        private void Wrong(string detail) => _troubles.Add(new(FileRefusal.Structure, _line, detail));

        private static bool Fen(string text, out long value) =>
            long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && value <= 1_000_000_000_000_000;
    }
}

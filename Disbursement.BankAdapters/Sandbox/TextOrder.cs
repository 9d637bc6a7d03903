using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Reads a text file by the patterns of its form.</summary>
internal sealed class TextOrder(TextForm form, string name)
{
    private const long MostFen = 1_000_000_000_000_000;

    private readonly List<OrderTrouble> _troubles = [];
    private readonly List<OrderRow> _rows = [];
    private readonly List<Stated> _counts = [], _totals = [];
    private string _reference = "", _payer = "", _payerName = "", _use = "";
    private long _line;

    public static OrderReading Read(TextForm form, string name, ReadOnlyMemory<byte> body)
    {
        string text;
        try { text = BankText.Gb18030.GetString(body.Span); }
        catch (DecoderFallbackException e)
        {
            return OrderReading.Failed(new(FileRefusal.Structure, 0, $"not GB18030 at byte {e.Index}"));
        }
        var order = new TextOrder(form, name);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            order._line++;
            if (!line.IsWhiteSpace()) order.Take(line.ToString());
        }
        return order.End();
    }

    /// <summary>The file reference in a file's name: what stands before the dot and behind the last '_'.</summary>
    public static string ReferenceOf(string name) => Path.GetFileNameWithoutExtension(name).Split('_')[^1];

    private OrderReading End() => new(new(_reference.Length > 0 ? _reference : ReferenceOf(name), _payer, _payerName,
        _use, _counts, _totals, _rows), _troubles);

    private void Take(string line)
    {
        if (form.Skips?.Any(skip => line.StartsWith(skip, StringComparison.Ordinal)) == true) return;
        foreach (var pattern in form.Lines)
        {
            var words = TextForm.Words(pattern, form.Separator);
            if (Cells(form, line, pattern) is { } cells && cells.Count == words.Count
                && words.Zip(cells).All(pair => Fits(pair.First, pair.Second)))
            {
                Facts(words.Zip(cells).ToList());
                return;
            }
        }
        Wrong("no line of a known kind");
    }

    /// <summary>A literal must be there; no word at all is nothing at all.</summary>
    internal static bool Fits(string word, string cell) =>
        word.Length == 0 ? cell.Length == 0 : word[0] != '=' || word[1..] == cell;

    private void Facts(List<(string Word, string Cell)> cells)
    {
        foreach (var (word, cell) in cells)
        {
            switch (word)
            {
                case "ref": _reference = cell; break;
                case "payer" when _payer.Length > 0 && _payer != cell: Wrong("a second payer account"); break;
                case "payer": _payer = cell; break;
                case "payer-name": _payerName = cell; break;
                case "use": _use = cell; break;
                case "count": State(_counts, cell, Count(cell)); break;
                case "sum-yuan": State(_totals, cell, Yuan(cell)); break;
                case "sum-fen": State(_totals, cell, Count(cell)); break;
            }
        }
        if (cells.Any(c => c.Word == "acct")) Row(cells);
    }

    private void State(List<Stated> figures, string cell, long? value)
    {
        if (value is { } figure) figures.Add(new("stated", figure));
        else Wrong($"{cell} is no control figure");
    }

    private void Row(List<(string Word, string Cell)> cells)
    {
        string? Cell(string word) => cells.FirstOrDefault(c => c.Word == word).Cell;
        var row = Cell("row") ?? (_rows.Count + 1).ToString(CultureInfo.InvariantCulture);
        if (Cell("both") is { Length: > 8 } both) (_reference, row) = (both[..^8], both[^8..]);
        var fen = Cell("yuan") is { } yuan ? Yuan(yuan) : Count(Cell("fen") ?? "");
        var account = Cell("acct") ?? "";
        if (fen is null or 0) Wrong("an amount is no amount");
        else if (account.Length == 0 || !account.All(char.IsAsciiDigit)) Wrong("an account is no account");
        else if (row.Length == 0 || !row.All(char.IsAsciiDigit)) Wrong("a serial is no serial");
        else _rows.Add(new(row.TrimStart('0').PadLeft(8, '0'), account, Cell("name") ?? "", fen.Value)
        {
            Bank = Cell("bank"),
            BankName = Cell("bank-name"),
            Remark = Cell("remark"),
        });
    }

    private void Wrong(string detail) => _troubles.Add(new(FileRefusal.Structure, _line, detail));

    /// <summary>The cells of a line, or null where it has none of that pattern.</summary>
    internal static IReadOnlyList<string>? Cells(TextForm form, string line, string pattern) =>
        form.HasWidths ? Cut(line, TextForm.Widths(pattern))
            : form.Quoted ? Unquoted(form, line)
            : line.Split(form.Separator);

    /// <summary>Widths are bytes of the bank's character set.</summary>
    private static List<string>? Cut(string line, IReadOnlyList<int> widths)
    {
        var bytes = BankText.Gb18030.GetBytes(line);
        if (bytes.Length != widths.Sum()) return null;
        var (cells, at) = (new List<string>(), 0);
        foreach (var width in widths)
        {
            // A cut through a character is another pattern's line, or a wrong one.
            try { cells.Add(BankText.Gb18030.GetString(bytes, at, width).Trim()); }
            catch (DecoderFallbackException) { return null; }
            at += width;
        }
        return cells;
    }

    private static List<string>? Unquoted(TextForm form, string line)
    {
        var (cells, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '"' && quoted && at + 1 < line.Length && line[at + 1] == '"') cell.Append(line[at++]);
            else if (line[at] == '"') quoted = !quoted;
            else if (!quoted && line[at] == form.Separator[0])
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else cell.Append(line[at]);
        }
        cells.Add(cell.ToString());
        return quoted ? null : cells;
    }

    private static long? Count(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= MostFen
            ? value : null;

    private static long? Yuan(string text) =>
        Money.ParseYuan(text, out var amount) == MoneyText.Valid && amount.Fen is >= 0 and <= MostFen
            ? amount.Fen : null;
}

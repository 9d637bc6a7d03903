using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>SBS n050 packets, one a line: a head of fixed widths, then rows of cells ended by '|'. Every packet states
/// the whole file's figures and its own, and whether another follows.</summary>
internal static class SbsOrder
{
    private const int HeadBytes = 232;

    /// <summary>Says what the form has; the lines are read here.</summary>
    public static TextForm Form { get; } = new(["payer|sum-yuan|count|acct"]);

    public static OrderReading Read(string name, ReadOnlyMemory<byte> body)
    {
        var troubles = new List<OrderTrouble>();
        var (counts, totals, rows) = (new List<Stated>(), new List<Stated>(), new List<OrderRow>());
        var (payer, reference, use, more, line) = ("", TextOrder.ReferenceOf(name), "", true, 0);
        foreach (var packet in Lines(body.ToArray()))
        {
            line++;
            if (packet.Length < HeadBytes || !more)
            {
                troubles.Add(new(FileRefusal.Structure, line, more ? "a head too short" : "a packet behind the last"));
                continue;
            }
            string Cell(int at, int width) => Encoding.Latin1.GetString(packet, at, width).Trim();
            (reference, payer, use) = (Cell(26, 16), Cell(74, 22), BankText.Gb18030.GetString(packet, 108, 30).Trim());
            more = Cell(73, 1) == "1";
            var own = Figure(Cell(66, 7));
            counts.Add(new("count", Figure(Cell(59, 7))));
            totals.Add(new("total", Money.ParseYuan(Cell(42, 17), out var sum) == MoneyText.Valid ? sum.Fen : -1));
            var before = rows.Count;
            Rows(packet.AsSpan(HeadBytes), rows, troubles, line);
            if (rows.Count - before != own) troubles.Add(new(FileRefusal.Count, line, $"the packet says {own} rows"));
        }
        if (more) troubles.Add(new(FileRefusal.Structure, line, "the last packet is missing"));
        return new(new(reference, payer, "", use, counts, totals, rows), troubles);
    }

    private static void Rows(ReadOnlySpan<byte> content, List<OrderRow> rows, List<OrderTrouble> troubles, int line)
    {
        string text;
        try { text = BankText.Gb18030.GetString(content); }
        catch (DecoderFallbackException) { text = ""; }
        var cells = text.Split('|');
        for (var at = 0; at + 5 < cells.Length; at += 5)
        {
            // amount | note | account | name | paper
            if (Money.ParseYuan(cells[at], out var amount) == MoneyText.Valid && amount > Money.Zero
                && cells[at + 2].Length > 0)
                rows.Add(new((rows.Count + 1).ToString("00000000", CultureInfo.InvariantCulture), cells[at + 2],
                    cells[at + 3], amount.Fen));
            else troubles.Add(new(FileRefusal.Structure, line, $"row {rows.Count + 1} of the packet is no row"));
        }
    }

    private static long Figure(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : -1;

    private static IEnumerable<byte[]> Lines(byte[] body)
    {
        var start = 0;
        for (var at = 0; at <= body.Length; at++)
        {
            if (at < body.Length && body[at] != '\n') continue;
            if (at > start) yield return body[start..at];
            start = at + 1;
        }
    }
}

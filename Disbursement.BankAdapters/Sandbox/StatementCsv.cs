using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>The generic CSV statement, GB18030: headings and values of the
/// statement, then headings and entries. Not a bank's own layout.</summary>
internal static class StatementCsv
{
    public static byte[] Write(StatementCut cut, IReadOnlyList<BookedEntry> entries)
    {
        var text = new StringBuilder("账号,对账单号,起始日期,截止日期,期初余额,期末余额\n");
        Line(text, cut.Account, cut.Id, Day(cut.From), Day(cut.To), Yuan(cut.OpeningFen), Yuan(cut.ClosingFen));
        text.Append("序号,日期,金额,对方户名,对方账号,业务参考号,用途,类型,流水号\n");
        var number = 0;
        foreach (var entry in entries)
            Line(text, (++number).ToString(CultureInfo.InvariantCulture), Day(entry.Date), Yuan(entry.Fen), entry.Party,
                entry.PartyAccount, entry.Reference, entry.Purpose, entry.Kind, entry.Serial);
        return BankText.Gb18030.GetBytes(text.ToString());
    }

    private static void Line(StringBuilder text, params ReadOnlySpan<string> cells)
    {
        for (var i = 0; i < cells.Length; i++) text.Append(i == 0 ? "" : ",").Append(Quoted(cells[i]));
        text.Append('\n');
    }

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n\r") < 0
            ? cell
            : "\"" + cell.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    private static string Yuan(long fen) => new Money(fen).ToYuan();

    private static string Day(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>A statement as MT940: :20:, :25:, :28C:, :60F:, then :61: and :86: of each movement, :62F:. GB18030, as
/// SWIFT's own characters have no Chinese names; names stand behind ?32.</summary>
internal static class StatementMt940
{
    public static byte[] Write(StatementCut cut, IReadOnlyList<BookedEntry> entries)
    {
        var text = new StringBuilder();
        Line(text, $":20:{cut.Id}");
        Line(text, $":25:{cut.Account}");
        Line(text, $":28C:{cut.Id}/1");
        Line(text, $":60F:{Balance(cut.OpeningFen, cut.From)}");
        foreach (var entry in entries)
        {
            var side = entry.Fen < 0 ? "D" : "C";
            var reference = entry.Reference.Length > 0 ? entry.Reference : "NONREF";
            var days = $"{entry.Date:yyMMdd}{entry.Date:MMdd}";
            Line(text, $":61:{days}{side}{Amount(entry.Fen)}{Kind(entry.Kind)}{reference}//{entry.Serial}");
            Line(text, $":86:?20{entry.Purpose}?31{entry.PartyAccount}?32{entry.Party}");
        }
        Line(text, $":62F:{Balance(cut.ClosingFen, cut.To)}");
        Line(text, $"-");
        return BankText.Gb18030.GetBytes(text.ToString());
    }

    private static string Balance(long fen, DateOnly day) =>
        string.Create(CultureInfo.InvariantCulture, $"{(fen < 0 ? "D" : "C")}{day:yyMMdd}CNY{Amount(fen)}");

    private static string Amount(long fen) => new Money(Math.Abs(fen)).ToYuan().Replace('.', ',');

    // Codes of SWIFT's list; that a bank means these by them is agreed with the sandbox alone.
    private static string Kind(string kind) => kind switch
    {
        "WAGE" => "NMSC",
        "REFUND" => "NRTI",
        "FEE" => "NCHG",
        "COURT" => "NDDT",
        _ => "NTRF",
    };

    private static void Line(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture)).Append("\r\n");
}

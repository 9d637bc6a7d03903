using System.Globalization;
using System.Text;

namespace Disbursement.Engine.Attendance;

/// <summary>The document of what attendance derives for a period: each figure with the records it was summed from.</summary>
/// <remarks>
/// UTF-8 lines, fields in one space, no name and no identity number: "document n digest" names an attendance sheet;
/// "worker id fen" is a worker's sum; under it "kind quantity unit rate_fen fen n:from-to …", rows of document n.
/// </remarks>
public static class EarningsText
{
    public static byte[] Format(IEnumerable<KeyValuePair<long, DerivedPay>> derived)
    {
        var body = new StringBuilder();
        var documents = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (worker, pay) in derived.OrderBy(d => d.Key))
        {
            Append(body, $"worker {worker} {pay.Total.Fen}\n");
            foreach (var e in pay.Earnings)
            {
                Append(body, $"{e.Kind} {e.Quantity} {e.Unit} {e.Rate.Fen} {e.Amount.Fen}");
                foreach (var rows in e.Trace)
                {
                    if (!documents.TryGetValue(rows.Document, out var n))
                        documents[rows.Document] = n = documents.Count + 1;
                    Append(body, $" {n}:{rows.From}-{rows.To}");
                }
                body.Append('\n');
            }
        }
        var head = new StringBuilder("earnings/1\n");
        foreach (var (digest, n) in documents.OrderBy(d => d.Value)) Append(head, $"document {n} {digest}\n");
        return Encoding.UTF8.GetBytes(head.Append(body).ToString());
    }

    private static void Append(StringBuilder text, FormattableString line) =>
        text.Append(line.ToString(CultureInfo.InvariantCulture));
}

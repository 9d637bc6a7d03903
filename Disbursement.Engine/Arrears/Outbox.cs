using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Runtime;
using NodaTime.Text;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// The outward feed (outbox): contiguous numbers, content fixed when written, in the transaction of what it tells of.
/// </summary>
public static class Outbox
{
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Appends one record.</summary>
    /// <param name="kind">What happened: "warning.raised", "warning.changed", "warning.cleared".</param>
    /// <param name="subject">Whom it happened to: "warning/12".</param>
    /// <param name="region">Code of GB/T 2260 of the place it happened at.</param>
    /// <param name="fields">Ids, figures and words, in this order; never personal data.</param>
    public static void Append(DecisionContext context, Changes changes, string kind, string subject, string region,
        params IReadOnlyList<(string Name, object Value)> fields)
    {
        var sequence = context.NextId("outbox");
        changes.Insert(new OutboxRow
        {
            Sequence = sequence,
            Kind = kind,
            Subject = subject,
            Region = region,
            Body = Text([("sequence", sequence), ("kind", kind), ("ledger", context.Ledger),
                ("at", InstantPattern.ExtendedIso.Format(context.At)), ("subject", subject), ("region", region),
                .. fields]),
        });
    }

    /// <summary>
    /// One JSON object without blanks, its fields in the order given: the same record is the same text.
    /// </summary>
    private static string Text(IReadOnlyList<(string Name, object Value)> fields)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Form))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                if (value is long number) writer.WriteNumber(name, number);
                else writer.WriteString(name, value.ToString());
            }
            writer.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

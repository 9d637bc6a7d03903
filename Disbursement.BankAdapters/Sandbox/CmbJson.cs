using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>招商银行 BB6BTHHL: one bb6cdcbhx1 head and bb6cdcdlx1 rows, in yuan.</summary>
internal static class Bb6bthhlOrder
{
    public static OrderReading Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var request = json.RootElement.GetProperty("request");
            if (Text(request.GetProperty("head"), "funcode") != "BB6BTHHL")
                return Failed("the function is not BB6BTHHL");
            return Read(request.GetProperty("body"));
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return Failed("no JSON of this form");
        }
    }

    private static OrderReading Read(JsonElement body)
    {
        var (troubles, rows) = (new List<OrderTrouble>(), new List<OrderRow>());
        var heads = body.GetProperty("bb6cdcbhx1").EnumerateArray().ToList();
        if (heads is not [var head]) return Failed("not one bb6cdcbhx1");
        if (Text(head, "begtag") + Text(head, "endtag") != "YY") return Failed("the file is not whole");
        foreach (var row in body.GetProperty("bb6cdcdlx1").EnumerateArray())
        {
            var (reference, account) = (Text(row, "trxseq"), Text(row, "accnbr"));
            if (Fen(Text(row, "trsamt")) is not (> 0 and var fen) || reference.Length == 0 || account.Length == 0)
                troubles.Add(new(FileRefusal.Structure, rows.Count + 1, "a row without reference, account or amount"));
            else
                rows.Add(new(reference, account, Text(row, "accnam"), fen)
                {
                    BankName = Text(row, "eacbnk"),
                    Remark = Text(row, "trsdsp"),
                });
        }
        List<Stated> counts = [], totals = [];
        foreach (var name in new[] { "ttlcnt", "curcnt" })
            if (long.TryParse(Text(head, name), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
                counts.Add(new(name, count));
        foreach (var name in new[] { "ttlamt", "curamt" })
            if (Fen(Text(head, name)) is { } total) totals.Add(new(name, total));
        return new(new(Text(head, "yurref"), Text(head, "accnbr"), Text(head, "accnam"), Text(head, "nusage"), counts,
            totals, rows), troubles);
    }

    private static long? Fen(string text) =>
        Money.ParseYuan(text, out var amount) == MoneyText.Valid && amount.Fen is >= 0 and <= 1_000_000_000_000_000
            ? amount.Fen : null;

    private static string Text(JsonElement of, string name) =>
        of.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString()! : "";

    private static OrderReading Failed(string detail) => OrderReading.Failed(new(FileRefusal.Structure, 0, detail));
}

/// <summary>招商银行 BB6BPDQY's answer: the batch, and its rows with stscod S or E. The form has no reason for a row.
/// </summary>
internal static class Bb6bpdqyAnswer
{
    private static readonly JsonSerializerOptions s_plain =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(AnswerHead head, IReadOnlyList<AnswerRow> rows)
    {
        var paid = rows.Where(r => r.Settled).ToList();
        var batch = new JsonObject
        {
            ["yurref"] = head.File.Reference,
            ["reqnbr"] = head.Batch,
            ["reqsta"] = "FIN",
            ["rtnflg"] = "S",
            ["trsnum"] = rows.Count.ToString(CultureInfo.InvariantCulture),
            ["totamt"] = new Money(rows.Sum(r => r.Fen) + head.WrongByFen).ToYuan(),
            ["sucnum"] = paid.Count.ToString(CultureInfo.InvariantCulture),
            ["sucamt"] = new Money(paid.Sum(r => r.Fen)).ToYuan(),
        };
        var details = new JsonArray([.. rows.Select(r => (JsonNode)new JsonObject
        {
            ["trxseq"] = r.Row.Reference,
            ["accnbr"] = r.Row.Account,
            ["accnam"] = r.Row.Name,
            ["trsamt"] = new Money(r.Fen).ToYuan(),
            ["trsdat"] = head.Date.ToString("yyyyMMdd", CultureInfo.InvariantCulture),
            ["stscod"] = r.Settled ? "S" : "E",
        })]);
        return BankText.Utf8.GetBytes(new JsonObject
        {
            ["response"] = new JsonObject
            {
                ["head"] = new JsonObject
                {
                    ["funcode"] = "BB6BPDQY",
                    ["reqid"] = $"Q{head.Batch}",
                    ["resultmsg"] = "",
                },
                ["body"] = new JsonObject { ["bb6bpdqyz1"] = new JsonArray(batch), ["bb6bpdqyz2"] = details },
            },
            ["signature"] = new JsonObject { ["sigdat"] = "__signature_sigdat__", ["sigtim"] = "20260101000000" },
        }.ToJsonString(s_plain));
    }
}

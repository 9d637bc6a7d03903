using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>The bank's desk for card applications (批量开卡): reads a batch by patterns of its own and gives each
/// applicant an account, or says why not.</summary>
internal static class CardDesk
{
    /// <summary>Whoever gives a phone that ends so is not the person of the identity number, the bank finds.</summary>
    public const string Refused = "44";

    // As of TextForm; id is the identity number.
    private static readonly Dictionary<string, TextForm> s_forms = new()
    {
        ["gzb-delimited"] = new(["=A|ref|_|_|_|count|_|", "=D|row|name|=01|id|phone|"]),
        ["gyb-delimited"] = new(["=A,ref,_,_,_,count,_", "=D,row,name,=01,id,phone"], ",", Quoted: true),
        ["gzrc-fixed"] = new(["_:1 ref:16 _:20 _:32 _:60 count:7 _:8", "_:1 row:7 name:42 _:2 id:30 phone:20"], " ",
            HasWidths: true),
    };

    /// <summary>Whether a file of that name holds card applications.</summary>
    public static bool Is(string name) =>
        Path.GetFileNameWithoutExtension(name).EndsWith("-cards", StringComparison.Ordinal);

    /// <summary>Reference and applicants of a batch; null where this bank takes none, or cannot read it.</summary>
    public static (string Reference, int Rows)? Read(Partner partner, byte[] body) =>
        Batch(partner, body) is { } batch ? (batch.Head["ref"], batch.Rows.Count) : null;

    /// <summary>The answer to a batch; null where this bank takes none, or cannot read it.</summary>
    public static byte[]? Answer(Partner partner, byte[] body)
    {
        if (Batch(partner, body) is not var (form, head, rows)) return null;
        var (by, count) = (form.Separator, rows.Count);
        var issued = rows.Count(r => !IsRefused(r)).ToString(CultureInfo.InvariantCulture);
        var text = new StringBuilder();
        if (!form.HasWidths)
            text.Append(string.Join(by, "A", head["ref"], "C" + head["ref"][^8..], $"{count}", issued)).Append('\n');
        foreach (var row in rows)
            text.Append(form.HasWidths ? Fixed(head["ref"], row) : string.Join(by, "D", row["row"], row["name"],
                IsRefused(row) ? "" : AccountOf(partner, row["id"]), IsRefused(row) ? "3065" : "0000",
                IsRefused(row) ? "户名错" : "")).Append('\n');
        return BankText.Gb18030.GetBytes(text.ToString());

        string Fixed(string reference, Dictionary<string, string> row) => string.Join("|",
            TextAnswers.Filled(reference, 16), row["row"].PadLeft(7, '0'), TextAnswers.Filled(row["name"], 42),
            TextAnswers.Filled(IsRefused(row) ? "" : AccountOf(partner, row["id"]), 19), IsRefused(row) ? "1" : "0",
            TextAnswers.Filled(IsRefused(row) ? "户名错" : "", 40)) + "|";
    }

    /// <summary>One head whose count is that of the rows.</summary>
    private static (TextForm Form, Dictionary<string, string> Head, List<Dictionary<string, string>> Rows)? Batch(
        Partner partner, byte[] body)
    {
        if (!s_forms.TryGetValue(partner.Id, out var form) || Lines(form, body) is not { } lines) return null;
        var heads = lines.Where(l => l.ContainsKey("ref")).ToList();
        var rows = lines.Where(l => l.ContainsKey("id")).ToList();
        return heads is [var head] && int.TryParse(head["count"], NumberStyles.None, CultureInfo.InvariantCulture,
            out var count) && count == rows.Count ? (form, head, rows) : null;
    }

    private static bool IsRefused(Dictionary<string, string> row) =>
        row["phone"].EndsWith(Refused, StringComparison.Ordinal);

    /// <summary>Each line as word → cell; null where one fits no pattern or the bytes are no text.</summary>
    private static List<Dictionary<string, string>>? Lines(TextForm form, byte[] body)
    {
        string text;
        try { text = BankText.Gb18030.GetString(body); }
        catch (DecoderFallbackException) { return null; }
        var lines = new List<Dictionary<string, string>>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (form.Lines.Select(pattern => Read(form, pattern, line)).FirstOrDefault(r => r is not null)
                is not { } read) return null;
            lines.Add(read);
        }
        return lines;
    }

    private static Dictionary<string, string>? Read(TextForm form, string pattern, string line)
    {
        var words = TextForm.Words(pattern, form.Separator);
        if (TextOrder.Cells(form, line, pattern) is not { } cells || cells.Count != words.Count) return null;
        var read = new Dictionary<string, string>();
        for (var i = 0; i < words.Count; i++)
        {
            if (!TextOrder.Fits(words[i], cells[i])) return null;
            if (words[i].Length > 1 && words[i][0] != '=') read[words[i]] = cells[i];
        }
        return read;
    }

    /// <summary>Nineteen digits that begin with 62 (UnionPay) and end with a check digit, one a person.</summary>
    internal static string AccountOf(Partner partner, string identity)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{partner.Id} {identity}"));
        var digits = "62" + string.Concat(digest.Take(16).Select(b => (char)('0' + b % 10)));
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = (digits[^(i + 1)] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
        }
        return digits + (char)('0' + (10 - sum % 10) % 10);
    }
}

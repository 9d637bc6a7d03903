using System.Globalization;
using System.Text;

namespace Disbursement.BankAdapters.Codecs;

/// <summary>The five references of XML and character numbers; a document without a DTD has no others.</summary>
internal static class XmlReferences
{
    /// <summary>The text itself, or null where one is no reference of XML.</summary>
    public static string? Resolved(string text)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '&') { result.Append(text[at]); continue; }
            var end = text.IndexOf(';', at);
            if (end < 0 || Reference(text[(at + 1)..end]) is not { } character) return null;
            result.Append(character);
            at = end;
        }
        return result.ToString();
    }

    private static string? Reference(string name)
    {
        if (name is "amp") return "&";
        if (name is "lt") return "<";
        if (name is "gt") return ">";
        if (name is "quot") return "\"";
        if (name is "apos") return "'";
        if (!name.StartsWith('#') || name.Length is < 2 or > 8) return null;
        var hex = name[1] == 'x';
        var style = hex ? NumberStyles.AllowHexSpecifier : NumberStyles.None;
        return int.TryParse(name.AsSpan(hex ? 2 : 1), style, CultureInfo.InvariantCulture, out var code)
            && code is >= 0x20 and <= 0x10FFFF && Rune.IsValid(code) ? new Rune(code).ToString() : null;
    }
}

using System.Net;
using System.Text;
using Disbursement.BankAdapters.Profiles;

namespace Disbursement.BankAdapters.Transports.Https;

/// <summary>Reads what a signing service said. Its answer is HTML in name only, with the text of an error in any
/// character set: the two elements are looked for as bytes of ASCII.</summary>
internal static class SigningAnswer
{
    /// <summary>The signed file as Base64 without line ends; null, and why, where it was not signed.</summary>
    public static string? Signed(HttpsAnswer answer, PostForm form, out string trouble)
    {
        trouble = $"the signing service said {(int)answer.Status}";
        if (answer.Status != HttpStatusCode.OK) return null;
        var text = Encoding.Latin1.GetString(answer.Body);
        var result = Element(text, form.SignResult)?.Trim();
        trouble = result is null ? $"the signing service's answer has no {form.SignResult}"
            : $"the signing service's {form.SignResult} is {Short(result)}";
        if (result != form.SignDone) return null;
        var signed = Element(text, form.SignElement) is { } found
            ? string.Concat(found.Where(c => !char.IsWhiteSpace(c))) : "";
        trouble = signed.Length == 0 ? $"the signing service's answer has no {form.SignElement}"
            : $"the signing service's {form.SignElement} is no Base64";
        return signed.Length > 0 && System.Buffers.Text.Base64.IsValid(signed) ? signed : null;
    }

    /// <summary>The text between the tags; null where they do not stand there exactly once.</summary>
    private static string? Element(string text, string name)
    {
        var parts = text.Split($"<{name}>");
        if (parts.Length != 2) return null;
        var end = parts[1].IndexOf($"</{name}>", StringComparison.Ordinal);
        return end < 0 ? null : parts[1][..end];
    }

    private static string Short(string text) =>
        string.Concat(text.Where(c => c is > ' ' and <= '~').Take(20));
}

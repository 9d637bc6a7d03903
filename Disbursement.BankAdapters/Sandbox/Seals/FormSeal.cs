using System.Net;
using System.Text;
using Org.BouncyCastle.Security;

namespace Disbursement.BankAdapters.Sandbox.Seals;

/// <summary>Forms whose last field is the digest of all others, by name, and of the secret of both sides.</summary>
internal static class FormSeal
{
    public static (FileRefusal Refusal, byte[] Body) Open(byte[] form, string secret, bool isSm3)
    {
        var text = Encoding.UTF8.GetString(form);
        var at = text.LastIndexOf("&sign=", StringComparison.Ordinal);
        if (at < 0) return (FileRefusal.SignatureMissing, []);
        return secret.Length > 0 && text[(at + "&sign=".Length)..] == Digest(text[..at], secret, isSm3)
            ? (FileRefusal.None, Encoding.UTF8.GetBytes(text[..at])) : (FileRefusal.SignatureInvalid, []);
    }

    public static byte[] Make(byte[] body, string secret, bool isSm3)
    {
        var text = Encoding.UTF8.GetString(body);
        return Encoding.UTF8.GetBytes($"{text}&sign={Digest(text, secret, isSm3)}");
    }

    private static string Digest(string form, string secret, bool isSm3)
    {
        var fields = form.Split('&').Select(pair => pair.Split('=', 2))
            .Select(pair => (Name: WebUtility.UrlDecode(pair[0]), Value: WebUtility.UrlDecode(pair[1])))
            .OrderBy(field => field.Name, StringComparer.Ordinal).Select(field => $"{field.Name}={field.Value}");
        var bytes = Encoding.UTF8.GetBytes($"{string.Join('&', fields)}&key={secret}");
        return Convert.ToHexString(DigestUtilities.CalculateDigest(isSm3 ? "SM3" : "SHA-256", bytes));
    }
}

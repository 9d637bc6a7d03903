using System.Text.Json;
using System.Xml;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Questions about a file, in the forms of the banks that take them: QPAYPER, NTAGCINY and BB6BPDQY.</summary>
internal static class Questions
{
    /// <summary>Whether a message of that name is one.</summary>
    public static bool Is(string name) => name.Contains("-query-", StringComparison.Ordinal);

    /// <summary>The file reference asked about; null where the bytes are no question of this bank.</summary>
    public static string? Reference(Partner partner, byte[] body)
    {
        try
        {
            return partner.Id switch
            {
                "icbc-payper" => Text(body, "in", "QryfSeqno"),
                "cmb-ntagcsal" => Text(body, "NTAGCINYX1", "YURREF"),
                "cmb-bb6bthhl" => Member(body),
                _ => null,
            };
        }
        catch (Exception broken) when (broken is XmlException or JsonException or KeyNotFoundException
            or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>ICBC has words for a file that it does not know; what CMB then says is not known.</summary>
    public static byte[]? Absent(Partner partner, string reference) =>
        partner.Id == "icbc-payper" ? PayperAnswer.Absent(reference) : null;

    private static string? Text(byte[] body, params ReadOnlySpan<string> path)
    {
        using var walk = new XmlWalk(body);
        while (walk.Next())
            if (walk.At(path)) return walk.Text;
        return null;
    }

    private static string? Member(byte[] body)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.GetProperty("request").GetProperty("body").GetProperty("bb6bpdqyy1")[0]
            .GetProperty("yurref").GetString();
    }
}

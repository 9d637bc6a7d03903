using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Arrears;

namespace Disbursement.Engine.Feeds;

/// <summary>The bytes of a batch and of its line (specs/feed.md). The same rows are the same bytes.</summary>
public static class FeedText
{
    public const string Form = "disburse-feed/1";

    /// <summary>Records of a batch, at most: a third of a mebibyte.</summary>
    public const int MostRecords = 1000;

    /// <summary>What the first batch names as the one before it.</summary>
    public static readonly string Beginning = new('0', 64);

    /// <summary>The signed text: one JSON object without blanks.</summary>
    /// <param name="first">The subscriber's number of the first record.</param>
    /// <param name="previous">SHA-256 of the batch before.</param>
    public static byte[] Payload(FeedSubscriberRow subscriber, long batch, long first, string previous,
        IReadOnlyList<OutboxRow> records)
    {
        var plain = CultureInfo.InvariantCulture;
        var text = new StringBuilder(records.Count * 384 + 256);
        text.Append(plain, $"{{\"feed\":\"{Form}\",\"ledger\":{subscriber.Ledger},\"subscriber\":\"{subscriber.Name}\"")
            .Append(plain, $",\"batch\":{batch},\"first\":{first},\"last\":{first + records.Count - 1}")
            .Append(plain, $",\"previous\":\"{previous}\",\"records\":[");
        for (var i = 0; i < records.Count; i++)
            text.Append(i == 0 ? "" : ",").Append(plain, $"{{\"n\":{first + i},\"record\":{records[i].Body}}}");
        return Encoding.UTF8.GetBytes(text.Append("]}").ToString());
    }

    public static string Digest(ReadOnlySpan<byte> payload) => Convert.ToHexStringLower(SHA256.HashData(payload));

    /// <summary>The line, without its end: the signed text as it is, and behind it what checks it.</summary>
    public static string Line(FeedSubscriberRow subscriber, FeedBatchRow batch, ReadOnlySpan<byte> payload) =>
        $"{{\"batch\":{Encoding.UTF8.GetString(payload)},\"sha256\":\"{batch.Digest}\""
        + $",\"algorithm\":\"{subscriber.Algorithm}\",\"key\":\"{KeyId(batch.KeyDocument)}\""
        + $",\"signature\":\"{batch.Signature}\"}}";

    /// <summary>How a line names its key: the beginning of the SHA-256 of the public key's PEM file.</summary>
    public static string KeyId(string digest) => digest[..16];
}

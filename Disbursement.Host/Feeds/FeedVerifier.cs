using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Security;

namespace Disbursement.Host.Feeds;

/// <summary>What a line came to.</summary>
internal enum FeedVerdict { Next, Repeated, Gap, Wrong }

/// <summary>
/// What a subscriber holds lines to: the signature, and that each follows the one before. It knows no database.
/// </summary>
/// <param name="keys">Public keys (PEM) that lines may be signed with; of those that came one after the other, all.
/// </param>
internal sealed partial class FeedVerifier(IReadOnlyList<PersonKey> keys)
{
    private readonly Dictionary<string, PersonKey> _keys = keys.ToDictionary(k =>
        FeedText.KeyId(FeedText.Digest(Encoding.UTF8.GetBytes(k.Pem))), StringComparer.Ordinal);
    private readonly Dictionary<long, string> _digests = [];

    /// <summary>The subscriber's number of the last record held.</summary>
    public long Last { get; private set; }

    public long Batches => _digests.Count;
    private string? Subscriber { get; set; }
    private long Ledger { get; set; }
    private long Batch { get; set; }
    private string Previous { get; set; } = FeedText.Beginning;

    /// <summary>Whether a line is the next one; only then does it count as held.</summary>
    /// <param name="why">Where it is wrong: in both languages.</param>
    public FeedVerdict Take(string line, out string why)
    {
        why = "";
        if (line.Length < 2 || !line.StartsWith(Head, StringComparison.Ordinal)
            || line.LastIndexOf(Tail, StringComparison.Ordinal) is not (var cut and > 0)
            || Seal().Match(line[cut..]) is not { Success: true } seal)
            return Wrong("不是一行批次", "not the line of a batch", out why);
        var payload = line[Head.Length..cut];
        var bytes = Encoding.UTF8.GetBytes(payload);
        var digest = FeedText.Digest(bytes);
        if (digest != seal.Groups["sha256"].Value)
            return Wrong("内容与其摘要不符", "the content is not of its digest", out why);
        if (!_keys.TryGetValue(seal.Groups["key"].Value, out var key)
            || key.Algorithm != seal.Groups["algorithm"].Value)
            return Wrong("由不认识的密钥签名", "signed with a key that was not given", out why);
        if (!new ApprovalSignature(key.Algorithm, seal.Groups["signature"].Value).Verify(key.Pem, bytes))
            return Wrong("签名不符", "the signature is wrong", out why);
        return Follows(bytes, digest, ref why);
    }

    /// <summary>What every line begins with, and what stands behind the signed text.</summary>
    internal const string Head = "{\"batch\":", Tail = ",\"sha256\":\"";

    private FeedVerdict Follows(byte[] bytes, string digest, ref string why)
    {
        using var document = JsonDocument.Parse(bytes);
        var head = document.RootElement;
        // Signed by a key we trust: what the text says of itself has its form.
        if (head.GetProperty("feed").GetString() != FeedText.Form)
            return Wrong("不是本格式的批次", "not a batch of this form", out why);
        var (ledger, subscriber) = (head.GetProperty("ledger").GetInt64(), head.GetProperty("subscriber").GetString()!);
        if (Subscriber is { } known && (known, Ledger) != (subscriber, ledger))
            return Wrong("是另一账本或另一订阅方的", "of another ledger or subscriber", out why);
        var (batch, first, last) = (head.GetProperty("batch").GetInt64(), head.GetProperty("first").GetInt64(),
            head.GetProperty("last").GetInt64());
        if (batch <= Batch)
            return _digests.TryGetValue(batch, out var held) && held == digest ? FeedVerdict.Repeated
                : Wrong($"批次 {batch} 与已有的不同", $"batch {batch} is another than the one held", out why);
        if (batch > Batch + 1 || first != Last + 1)
        {
            why = Bilingual.Of($"应为批次 {Batch + 1}, 从 {Last + 1} 起, 实为批次 {batch}, 从 {first} 起",
                $"batch {Batch + 1} from {Last + 1} on was to come, this is batch {batch} from {first} on");
            return FeedVerdict.Gap;
        }
        if (head.GetProperty("previous").GetString() != Previous)
            return Wrong("不接在前一批次之后", "does not follow the batch before it", out why);
        if (!Numbered(head.GetProperty("records"), first, last))
            return Wrong("记录序号不连续", "its records are not numbered without a gap", out why);
        (Subscriber, Ledger, Batch, Last, Previous) = (subscriber, ledger, batch, last, digest);
        _digests[batch] = digest;
        return FeedVerdict.Next;
    }

    private static bool Numbered(JsonElement records, long first, long last)
    {
        var (next, sequence) = (first, 0L);
        foreach (var record in records.EnumerateArray())
        {
            var own = record.GetProperty("record").GetProperty("sequence").GetInt64();
            if (record.GetProperty("n").GetInt64() != next++ || own <= sequence) return false;
            sequence = own;
        }
        return next == last + 1;
    }

    private static FeedVerdict Wrong(string zh, string en, out string why)
    {
        why = Bilingual.Of(zh, en);
        return FeedVerdict.Wrong;
    }

    [GeneratedRegex("^,\"sha256\":\"(?<sha256>[0-9a-f]{64})\",\"algorithm\":\"(?<algorithm>[a-z0-9-]+)\""
        + ",\"key\":\"(?<key>[0-9a-f]{16})\",\"signature\":\"(?<signature>[A-Za-z0-9+/=]+)\"}$")]
    private static partial Regex Seal();
}

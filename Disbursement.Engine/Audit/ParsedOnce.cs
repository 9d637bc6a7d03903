using System.Collections.Concurrent;

namespace Disbursement.Engine.Audit;

/// <summary>
/// What a document's bytes mean, worked out once per content. Calendars, profiles and rule packs are read by nearly
/// every decision and change once a year; the same bytes always mean the same.
/// </summary>
/// <typeparam name="T">What the parser makes of them; it must not be changed by its users.</typeparam>
public sealed class ParsedOnce<T>(Func<ReadOnlyMemory<byte>, T> parse)
{
    // Far more than a ledger has in force; a caller that parses for ever starts again instead of growing.
    private const int Kept = 256;

    private readonly ConcurrentDictionary<Hash256, T> _known = new();

    /// <summary>The meaning of the bytes. What the parser throws is thrown each time.</summary>
    public T Of(ReadOnlyMemory<byte> bytes)
    {
        var digest = Hash256.Of(bytes.Span);
        if (_known.TryGetValue(digest, out var known)) return known;
        if (_known.Count >= Kept) _known.Clear();
        return _known[digest] = parse(bytes);
    }
}

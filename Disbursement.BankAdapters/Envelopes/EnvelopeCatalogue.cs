using System.Collections.Frozen;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>Every kind of envelope a bank profile can name. Envelopes
/// hold no state: one of each serves all threads.</summary>
public static class EnvelopeCatalogue
{
    private static readonly FrozenDictionary<string, IEnvelope> ByKind = new Dictionary<string, IEnvelope>
    {
        [CmsEnvelope.Kind] = new CmsEnvelope(),
        [Sm2RawEnvelope.Kind] = new Sm2RawEnvelope(),
        [Sm2CmsEnvelope.Kind] = new Sm2CmsEnvelope(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kinds in alphabetical order.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. ByKind.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The envelope of that kind, or null where no such kind is known.</summary>
    public static IEnvelope? Find(string kind) => ByKind.GetValueOrDefault(kind);
}

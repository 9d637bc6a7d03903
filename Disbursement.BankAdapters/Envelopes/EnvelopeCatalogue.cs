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

    /// <summary>Why this PEM text cannot serve as a bank's certificate or public key; null where it can.</summary>
    public static string? KeyFault(string pem)
    {
        try
        {
            _ = VerifyingKey.Parse("", pem);
            return null;
        }
        catch (System.Security.Cryptography.CryptographicException unusable)
        {
            return unusable.Message;
        }
    }
}

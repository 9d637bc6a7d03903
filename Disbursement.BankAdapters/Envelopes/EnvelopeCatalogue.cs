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
        [CmsEnvelope.AttachedKind] = new CmsEnvelope(isAttached: true),
        [CmsEnvelopedEnvelope.Kind] = new CmsEnvelopedEnvelope(),
        [FormEnvelope.Sha256Kind] = new FormEnvelope(FormEnvelope.Sha256Kind),
        [FormEnvelope.Sm3Kind] = new FormEnvelope(FormEnvelope.Sm3Kind),
        [OpenPgpEnvelope.Kind] = new OpenPgpEnvelope(),
        [SigdatEnvelope.Kind] = new SigdatEnvelope(),
        [Sm2RawEnvelope.Kind] = new Sm2RawEnvelope(),
        [Sm2RawEnvelope.JoinedKind] = new Sm2RawEnvelope(isJoined: true),
        [Sm2CmsEnvelope.Kind] = new Sm2CmsEnvelope(),
        [Sm2CmsEnvelope.AttachedKind] = new Sm2CmsEnvelope(isAttached: true),
        [Sm2AttributedEnvelope.Kind] = new Sm2AttributedEnvelope(),
        [Sm2AttributedEnvelope.AttachedKind] = new Sm2AttributedEnvelope(isAttached: true),
        [Sm4FormEnvelope.Kind] = new Sm4FormEnvelope(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The kinds in alphabetical order.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. ByKind.Keys.Order(StringComparer.Ordinal)];

    /// <summary>What the name of a detached signature of that kind ends with; empty where there is none.</summary>
    public static string SignatureSuffix(string kind) => kind switch
    {
        CmsEnvelope.Kind or Sm2CmsEnvelope.Kind or Sm2AttributedEnvelope.Kind => CmsEnvelope.Suffix,
        Sm2RawEnvelope.Kind or Sm2RawEnvelope.JoinedKind => Sm2RawEnvelope.Suffix,
        _ => "",
    };

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

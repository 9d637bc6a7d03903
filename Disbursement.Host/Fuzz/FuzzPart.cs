using Disbursement.BankAdapters.Profiles;

namespace Disbursement.Host.Fuzz;

/// <summary>What a message answers. One decoder reads several; each is a target of its own, so that the many messages
/// of one do not hide the few of another.</summary>
internal enum FuzzPart { Payments, Recalls, Cards }

/// <summary>Parts by names: of a message, and behind a decoder's.</summary>
internal static class FuzzParts
{
    /// <summary>Every decoder that a shipped profile reads its answers with, with what they answer.</summary>
    public static IReadOnlyList<(string Name, string Codec, FuzzPart Part)> All { get; } =
    [
        .. BankCatalogue.Shipped.DecoderNames.Select(codec => (codec, codec, FuzzPart.Payments)),
        .. Codecs(profile => profile.Recall is null ? null : profile.Inbound)
            .Select(codec => (codec + "-recalls", codec, FuzzPart.Recalls)),
        .. Codecs(profile => profile.Cards?.Answer)
            .Select(codec => (codec + "-cards", codec, FuzzPart.Cards)),
    ];

    /// <summary>Of a message of that name.</summary>
    public static FuzzPart Of(string message) =>
        message.Contains("-recall-", StringComparison.Ordinal) ? FuzzPart.Recalls
        : message.Contains("-cards-", StringComparison.Ordinal) ? FuzzPart.Cards : FuzzPart.Payments;

    private static IEnumerable<string> Codecs(Func<BankProfile, FileForm?> form) => FuzzSeeds.Profiles.Values
        .Select(form).OfType<FileForm>().Select(f => f.Codec).Distinct().Order(StringComparer.Ordinal);
}

using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;

namespace Disbursement.Host.Fuzz;

/// <summary>Every reader of what comes from outside, asked from the catalogues: a new one is fuzzed by being there.
/// </summary>
public static class FuzzTargets
{
    private const string Packets = "packet-frame";

    static FuzzTargets() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static IReadOnlyList<string> Names { get; } =
    [
        .. FuzzParts.All.Select(part => part.Name), Packets,
        .. EnvelopeCatalogue.Kinds.Select(kind => EnvelopeTarget.Prefix + kind),
    ];

    /// <summary>The target of that name, with its seeds made; null where there is none.</summary>
    public static FuzzTarget? Find(string name)
    {
        if (name == Packets) return new PacketTarget();
        foreach (var (known, codec, part) in FuzzParts.All)
            if (known == name) return new DecoderTarget(name, codec, part, BankCatalogue.Shipped.Decoder(codec)!);
        var kind = name.StartsWith(EnvelopeTarget.Prefix, StringComparison.Ordinal)
            ? name[EnvelopeTarget.Prefix.Length..] : "";
        return EnvelopeCatalogue.Find(kind) is null ? null : new EnvelopeTarget(kind);
    }
}

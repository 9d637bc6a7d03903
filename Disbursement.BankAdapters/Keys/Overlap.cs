using System.Security.Cryptography;
using Disbursement.BankAdapters.Seams;
using NodaTime;

namespace Disbursement.BankAdapters.Keys;

/// <summary>
/// Rotation with overlap: the entry of a partner's certificate may hold several, and a message of any of them opens. A
/// block labelled REVOKED CERTIFICATE opens nothing any more, whatever its dates say; it stays in the entry so that
/// the fault can say so. Both follow from the entry alone: what was decided by it is decided alike ever after.
/// </summary>
public static class Overlap
{
    private const string Revoked = "REVOKED CERTIFICATE";

    /// <summary>Opens with each block in turn; with none, the fault of the first. Total, as envelopes are.</summary>
    public static OpenedMessage Open(IEnvelope envelope, SealedMessage message, IKeyRing keys, EnvelopeKeys names,
        Instant at)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(names);
        var blocks = keys.CertificatePem(names.BankCertificate) is { } entry ? Blocks(entry) : [];
        if (blocks.Count < 2 && blocks.All(block => !block.IsRevoked))
            return envelope.Open(message, keys, names, at);
        OpenedMessage? first = null;
        foreach (var block in blocks.Where(block => !block.IsRevoked))
        {
            var opened = envelope.Open(message, new OneOf(keys, names.BankCertificate, block.Pem), names, at);
            if (opened.Fault == OpenFault.None) return opened;
            // The certificate that signed says more than one that did not: a date passed is no stranger.
            if (first is null || first.Fault == OpenFault.SignerUnknown) first = opened;
        }
        foreach (var block in blocks.Where(block => block.IsRevoked))
            if (envelope.Open(message, new OneOf(keys, names.BankCertificate, block.Pem), names, at)
                is { Fault: OpenFault.None } signed)
                return new(OpenFault.SignerUnknown, default, signed.Signer, "its certificate was revoked");
        return first ?? new OpenedMessage(OpenFault.SignerUnknown, default, "", "every certificate was revoked");
    }

    /// <summary>The PEM blocks of an entry in their order, a revoked one as the certificate it was.</summary>
    public static IReadOnlyList<(string Pem, bool IsRevoked)> Blocks(string entry)
    {
        var blocks = new List<(string, bool)>();
        for (var rest = entry; PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
        {
            var isRevoked = rest[found.Label] == Revoked;
            var pem = rest[found.Location];
            blocks.Add((isRevoked ? pem.Replace(Revoked, "CERTIFICATE", StringComparison.Ordinal) : pem, isRevoked));
        }
        return blocks;
    }

    /// <summary>Whether a block begins in it and does not end: the file was cut off.</summary>
    public static bool IsCutOff(string entry)
    {
        const string Begin = "-----BEGIN ";
        var rest = entry;
        for (; PemEncoding.TryFind(rest, out var found); rest = rest[found.Location.End..])
            if (rest[..found.Location.Start.Value].Contains(Begin, StringComparison.Ordinal)) return true;
        return rest.Contains(Begin, StringComparison.Ordinal);
    }

    private sealed class OneOf(IKeyRing keys, string name, string pem) : IKeyRing
    {
        public string? PrivateKeyPem(string asked) => keys.PrivateKeyPem(asked);
        public string? CertificatePem(string asked) => asked == name ? pem : keys.CertificatePem(asked);
        public string? Secret(string asked) => keys.Secret(asked);
    }
}

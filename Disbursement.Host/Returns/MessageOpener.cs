using System.Text;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Ports;
using NodaTime;

namespace Disbursement.Host.Returns;

/// <summary>
/// Verifies a bank's message by the envelope its adopted profile names and the bank's adopted certificate.
/// </summary>
/// <param name="catalogue">The envelopes there are; null for what ships.</param>
public sealed class MessageOpener(BankCatalogue? catalogue = null) : IMessageOpener
{
    private readonly BankCatalogue _catalogue = catalogue ?? BankCatalogue.Shipped;

    public MessageOpening Open(ReadOnlyMemory<byte> profile, ReadOnlyMemory<byte> body, ReadOnlyMemory<byte>? signature,
        ReadOnlyMemory<byte> certificate, Instant at)
    {
        var bank = BankProfile.Of(profile)!;
        var kind = bank.Envelope.KindOf(signature is not null);
        if (_catalogue.Envelope(kind) is not { } envelope)
            return new MessageOpening($"no envelope of kind {kind}", default);
        var names = bank.Envelope.Names(signature is not null);
        var message = new SealedMessage(body, signature,
            signature is null ? "" : _catalogue.SignatureSuffix(kind));
        var opened = Overlap.Open(envelope, message, new AdoptedCertificate(certificate), names, at);
        return opened.Fault == OpenFault.None
            ? new MessageOpening(null, opened.Body)
            : new MessageOpening($"{opened.Fault}: {opened.Detail}", default);
    }

    /// <summary>One certificate, as it was adopted: never the one that lies on disk today.</summary>
    private sealed class AdoptedCertificate(ReadOnlyMemory<byte> pem) : IKeyRing
    {
        public string? PrivateKeyPem(string name) => null;
        public string? CertificatePem(string name) => Encoding.UTF8.GetString(pem.Span);
    }
}

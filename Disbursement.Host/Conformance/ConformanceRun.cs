using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports.Https;
using Disbursement.BankAdapters.Transports.Packets;
using NodaTime;

namespace Disbursement.Host.Conformance;

/// <summary>The conformance kit on a profile: its codecs, its envelope with sample keys of every algorithm the kind
/// takes, and every transport it names, each against the real server of its kind on this machine.</summary>
public static class ConformanceRun
{
    // A day of its own: the report of a profile is the same whenever it is made.
    private static readonly Instant s_at = Instant.FromUtc(2026, 6, 1, 4, 0);

    /// <summary>Runs on sample keys and folders of its own, which are gone afterwards.</summary>
    /// <param name="link">The one transport that is tried; null for every kind the profile names, on
    /// loopback.</param>
    /// <param name="catalogue">What reads, writes and seals; null for what ships.</param>
    /// <param name="seal">Another kind of envelope than the profile's own, as a bank may agree on; kinds that take one
    /// form of text only are tried on a text of that form.</param>
    public static IReadOnlyList<ConformanceCheck> Of(BankProfile profile, IReadOnlyList<SampleMessage> answers,
        ITransport? link = null, string run = "0001", BankCatalogue? catalogue = null,
        string? seal = null)
    {
        var (shipped, isOther) = (profile, seal is not null && seal != profile.Envelope.Kind);
        if (isOther) profile = SealedBy(profile, seal!);
        var known = catalogue ?? BankCatalogue.Shipped;
        var folder = Directory.CreateTempSubdirectory("conformance-").FullName;
        try
        {
            var keys = SampleKeys.EnsureFor(profile.Envelope.Kind, folder, profile.Envelope.OurKey,
                s_at - Duration.FromDays(1), s_at + Duration.FromDays(365));
            var subject = ConformanceSubject.Of(profile, known, s_at, answers) with
            {
                Run = run,
                Body = isOther && ConformanceSample.FormOf(profile.Envelope.Kind) is { } form
                    ? (ReadOnlyMemory<byte>?)form : null,
            };
            return [.. ConformanceKit.Run(subject), .. keys.SelectMany(Sealed), .. Sent(WithKeys(keys[0].Folder))];

            IEnumerable<ConformanceCheck> Sealed((string Algorithm, string Folder) key) =>
                Named(keys.Count > 1 ? key.Algorithm : "", ConformanceKit.Sealing(WithKeys(key.Folder)));

            ConformanceSubject WithKeys(string ring) => subject with
            {
                Envelope = known.Envelope(profile.Envelope.Kind),
                Keys = new PemKeyRing(ring),
            };

            IEnumerable<ConformanceCheck> Sent(ConformanceSubject with) => link is { } given
                ? ConformanceKit.Sending(with with { Transport = given })
                : profile.Transport.Kinds.SelectMany(kind =>
                    Named(kind, [.. OnLoopback(kind, with, known), .. Answered(kind, with)]));

            IReadOnlyList<ConformanceCheck> Answered(string kind, ConformanceSubject with)
            {
                if (AnsweringBank.PartnerOf(shipped, profile) is not { } partner) return [];
                SampleKeys.EnsureFor(profile.Envelope.Kind, folder, profile.Envelope.BankCertificate,
                    s_at - Duration.FromDays(1), s_at + Duration.FromDays(365));
                // Another one: the bank of the checks before is full of what it must not take.
                try
                {
                    using var bank = LoopbackBank.Of(kind, profile, known, with.FileReference);
                    return bank is { Transport: { } transport, Root: { } root }
                        ? AnsweringBank.Of(with, known, transport, partner, root, keys[0].Folder) : [];
                }
                catch (IOException)
                {
                    return []; // no server: the checks before have failed by it
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The profile agreed on another kind of envelope, with key names as before.</summary>
    public static BankProfile SealedBy(BankProfile profile, string kind) => profile with
    {
        Envelope = new EnvelopeForm(kind, profile.Envelope.OurKey, profile.Envelope.BankCertificate,
            ConformanceSample.UserOf(kind)),
    };

    private static List<ConformanceCheck> OnLoopback(string kind, ConformanceSubject subject, BankCatalogue known)
    {
        try
        {
            using var bank = LoopbackBank.Of(kind, subject.Profile, known, subject.FileReference);
            if (bank.Transport is not { } transport)
                return [new("a server to try it on", false, $"give a link, and --transport {kind}")];
            // Eager: the server is gone when this returns.
            return [.. ConformanceKit.Sending(subject with
            {
                Transport = transport,
                OtherEnd = bank,
                IsSignedOnTheWay = transport is SignedPostTransport,
                TellsWhatItHolds = kind != PacketTransport.Kind || subject.Profile.Transport.Answer?.Query is not null,
            })];
        }
        catch (IOException absent)
        {
            return [new("a server to try it on", false, absent.Message)];
        }
    }

    private static IEnumerable<ConformanceCheck> Named(string part, IEnumerable<ConformanceCheck> checks) =>
        part.Length == 0 ? checks : checks.Select(check => check with { Name = $"{part}: {check.Name}" });
}

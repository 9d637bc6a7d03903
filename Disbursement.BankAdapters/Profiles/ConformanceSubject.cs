using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>What is tried. Encoder and decoders are asked for; envelope
/// (with keys) and transport only where they are given.</summary>
/// <param name="Statement">The decoder of account statements; the same as Decoder where one codec reads both.</param>
/// <param name="Notices">The decoder of words on a whole file and of late returns, where they have a form of their own.
/// </param>
/// <param name="Answers">Messages of the bank to read and to mutate, e.g. the golden files.</param>
/// <param name="At">The moment certificates are judged at.</param>
/// <param name="Run">Names the files sent through the transport;
/// a new one for each run: names are never reused.</param>
/// <param name="Body">What is sealed and sent; null for a file of three rows. For kinds of envelope that take one form
/// of text only, tried on a profile whose files have another.</param>
/// <param name="OtherEnd">The bank's end of the transport, where the kit can look into it.</param>
/// <param name="TellsWhatItHolds">False where the transport can ask, but the profile has no question.</param>
/// <param name="IsSignedOnTheWay">Whether the transport has the file signed by the bank's machine in the house: the
/// signature beside it stays at home, and the bank's end tells the file alone.</param>
public sealed record ConformanceSubject(BankProfile Profile, IPaymentEncoder Encoder, IMessageDecoder Decoder,
    IMessageDecoder Statement, IReadOnlyList<SampleMessage> Answers, Instant At, string Run = "0001",
    IEnvelope? Envelope = null, IKeyRing? Keys = null, ITransport? Transport = null, IMessageDecoder? Notices = null,
    ReadOnlyMemory<byte>? Body = null, IOtherEnd? OtherEnd = null, bool TellsWhatItHolds = true,
    bool IsSignedOnTheWay = false)
{
    /// <summary>The name the kit's file has at the bank, as the profile names files.</summary>
    public string FileName => Profile.Transport.NamePattern
        .Replace("{reference}", FileReference, StringComparison.Ordinal);

    /// <summary>The reference in that name.</summary>
    public string FileReference => $"CONFORMANCE{Run}";

    /// <summary>What writes card applications, where the profile has a form of them.</summary>
    public ICardEncoder? Cards { get; init; }

    /// <summary>What reads the answers to them.</summary>
    public IMessageDecoder? CardAnswers { get; init; }

    /// <summary>The decoder of a message of that name.</summary>
    internal IMessageDecoder DecoderOf(string name)
    {
        var form = Profile.FormOf(name);
        return ReferenceEquals(form, Profile.Statement) ? Statement
            : ReferenceEquals(form, Profile.Notices) ? Notices ?? Decoder
            : ReferenceEquals(form, Profile.Cards?.Answer) ? CardAnswers ?? Decoder
            : Decoder;
    }

    /// <summary>The profile's codecs of a catalogue; a profile that
    /// holds against the catalogue names them all.</summary>
    public static ConformanceSubject Of(BankProfile profile, BankCatalogue catalogue, Instant at,
        IReadOnlyList<SampleMessage> answers) => new(profile,
        catalogue.Encoder(profile.Outbound.Codec) ?? throw new DefectException($"no codec {profile.Outbound.Codec}"),
        catalogue.Decoder(profile.Inbound.Codec) ?? throw new DefectException($"no codec {profile.Inbound.Codec}"),
        catalogue.Decoder(profile.Statement.Codec) ?? throw new DefectException($"no codec {profile.Statement.Codec}"),
        answers, at)
        {
            Cards = profile.Cards is { } cards ? catalogue.CardWriter(cards.Request.Codec) : null,
            CardAnswers = profile.Cards is { } forms ? catalogue.Decoder(forms.Answer.Codec) : null,
            Notices = profile.Notices is { } notices
                ? catalogue.Decoder(notices.Codec) ?? throw new DefectException($"no codec {notices.Codec}") : null,
        };
}

/// <summary>The bank's end of a transport on this machine: what came, and a place to answer in.</summary>
public interface IOtherEnd
{
    /// <summary>What arrived under the name, or null.</summary>
    SealedMessage? Arrived(string name);

    /// <summary>Lays a message out for the customer. False where this transport brings none back.</summary>
    bool Answer(string name, SealedMessage message);
}

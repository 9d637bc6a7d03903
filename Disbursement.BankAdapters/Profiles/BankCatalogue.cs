using Disbursement.BankAdapters.Codecs.Cmb;
using Disbursement.BankAdapters.Codecs.Icbc;
using Disbursement.BankAdapters.Codecs.Iso20022;
using Disbursement.BankAdapters.Codecs.Layouts;
using Disbursement.BankAdapters.Codecs.StatementCsv;
using Disbursement.BankAdapters.Codecs.Swift;
using Disbursement.BankAdapters.Codecs.Trees;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>The names a profile can give → what reads, writes, seals and carries. One line each; adapters of another
/// assembly are added the same way, to a catalogue of its own (<see cref="With"/>).</summary>
public sealed class BankCatalogue
{
    private static readonly string[] s_suffixes = ["", ".p7s", ".sig"];
    private readonly Dictionary<string, IPaymentEncoder> _encoders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IRecallEncoder> _recalls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IMessageDecoder> _decoders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (IEnvelope Envelope, string Suffix)> _envelopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<TransportSetting, ITransport?>> _transports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);
    private string _registering = "";

    /// <summary>The codecs that ship.</summary>
    public static BankCatalogue Shipped { get; } = new BankCatalogue()
        .Writes("icbc-bxt", new BxtEncoder())
        .Reads("icbc-batch-pay-detail", new BatchPayDetailDecoder())
        .Writes("cmb-ntagcsal", new NtagcsalEncoder())
        .Reads("cmb-answer", new CmbAnswerDecoder())
        .Writes(Pain001Encoder.Name, new Pain001Encoder())
        .Writes(Pain001Encoder.Older, new Pain001Encoder(Pain001Encoder.Older))
        .Recalls(Camt055Encoder.Name, new Camt055Encoder())
        .Recalls(Camt055Encoder.Older, new Camt055Encoder(Camt055Encoder.Older))
        .Reads(Iso20022Decoder.Name, new Iso20022Decoder())
        .Reads(StatementCsvDecoder.Name, new StatementCsvDecoder())
        .Reads(Mt940Decoder.Name, new Mt940Decoder())
        .Writes(LayoutEncoder.Delimited, new LayoutEncoder(fixedWidth: false))
        .Reads(LayoutEncoder.Delimited, new LayoutDecoder(fixedWidth: false))
        .Writes(TreeEncoder.Name, new TreeEncoder())
        .Reads(TreeEncoder.Name, new TreeDecoder())
        .Writes(LayoutEncoder.FixedWidth, new LayoutEncoder(fixedWidth: true))
        .Reads(LayoutEncoder.FixedWidth, new LayoutDecoder(fixedWidth: true));

    public IEnumerable<string> EncoderNames => _encoders.Keys.Order(StringComparer.Ordinal);
    public IEnumerable<string> RecallNames => _recalls.Keys.Order(StringComparer.Ordinal);
    public IEnumerable<string> DecoderNames => _decoders.Keys.Order(StringComparer.Ordinal);
    public IEnumerable<string> EnvelopeKinds =>
        EnvelopeCatalogue.Kinds.Concat(_envelopes.Keys).Order(StringComparer.Ordinal);
    public IEnumerable<string> TransportKinds =>
        TransportCatalogue.Kinds.Concat(_transports.Keys).Order(StringComparer.Ordinal);

    /// <summary>A codec that writes files. ArgumentException where the name is taken, as with all four.</summary>
    public BankCatalogue Writes(string codec, IPaymentEncoder encoder)
    {
        _encoders.Add(codec, encoder);
        return From(codec);
    }

    /// <summary>A codec that writes recalls.</summary>
    public BankCatalogue Recalls(string codec, IRecallEncoder encoder)
    {
        _recalls.Add(codec, encoder);
        return From(codec);
    }

    /// <summary>A codec that reads messages.</summary>
    public BankCatalogue Reads(string codec, IMessageDecoder decoder)
    {
        _decoders.Add(codec, decoder);
        return From(codec);
    }

    /// <summary>A kind of envelope.</summary>
    /// <param name="suffix">Of the signature beside a body: .p7s, .sig, or empty where none stands beside it.</param>
    public BankCatalogue Seals(string kind, IEnvelope envelope, string suffix = "")
    {
        if (EnvelopeCatalogue.Find(kind) is not null || !s_suffixes.Contains(suffix))
            throw new ArgumentException($"the envelope '{kind}' is there, or its suffix '{suffix}' is none of ours");
        _envelopes.Add(kind, (envelope, suffix));
        return From(kind);
    }

    /// <summary>A kind of transport; null where its setting lacks what it needs.</summary>
    public BankCatalogue Carries(string kind, Func<TransportSetting, ITransport?> transport)
    {
        if (TransportCatalogue.Kinds.Contains(kind)) throw new ArgumentException($"the transport '{kind}' is there");
        _transports.Add(kind, transport);
        return From(kind);
    }

    /// <summary>This catalogue with the adapters of another assembly beside its own; itself unchanged.</summary>
    /// <param name="origin">What is told of every name it adds: which file, with which digest.</param>
    /// <exception cref="ArgumentException">A name is taken: nobody's adapter replaces another's.</exception>
    public BankCatalogue With(string origin, IAdapterRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(registration);
        var wider = new BankCatalogue { _registering = origin };
        foreach (var (name, encoder) in _encoders) wider._encoders.Add(name, encoder);
        foreach (var (name, recall) in _recalls) wider._recalls.Add(name, recall);
        foreach (var (name, decoder) in _decoders) wider._decoders.Add(name, decoder);
        foreach (var (name, envelope) in _envelopes) wider._envelopes.Add(name, envelope);
        foreach (var (name, transport) in _transports) wider._transports.Add(name, transport);
        foreach (var (name, known) in _origins) wider._origins.Add(name, known);
        registration.Register(wider);
        return wider;
    }

    private BankCatalogue From(string name)
    {
        if (_registering.Length > 0) _origins[name] = _registering;
        return this;
    }

    /// <summary>Where an adapter of that name is from; null for those that ship.</summary>
    public string? Origin(string name) => _origins.GetValueOrDefault(name);

    /// <summary>The envelope of that kind, or null if there is none.</summary>
    public IEnvelope? Envelope(string kind) =>
        EnvelopeCatalogue.Find(kind) ?? _envelopes.GetValueOrDefault(kind).Envelope;

    /// <summary>What the name of a detached signature of that kind ends with; empty where there is none.</summary>
    public string SignatureSuffix(string kind) => _envelopes.TryGetValue(kind, out var known)
        ? known.Suffix : EnvelopeCatalogue.SignatureSuffix(kind);

    /// <summary>A transport of that kind; null where no such kind is known or the setting lacks its part.</summary>
    public ITransport? Transport(string kind, TransportSetting setting) => _transports.TryGetValue(kind, out var make)
        ? make(setting) : TransportCatalogue.Find(kind, setting);

    /// <summary>The encoder of that name, or null if there is none.</summary>
    public IPaymentEncoder? Encoder(string codec) => _encoders.GetValueOrDefault(codec);

    /// <summary>The encoder of recall requests of that name, or null if there is none.</summary>
    public IRecallEncoder? Recall(string codec) => _recalls.GetValueOrDefault(codec);

    /// <summary>The encoder of that name, if it writes questions too; else null.</summary>
    public IQueryEncoder? Asker(string codec) => Encoder(codec) as IQueryEncoder;

    /// <summary>The encoder of that name, if it writes card applications too; else null.</summary>
    public ICardEncoder? CardWriter(string codec) => Encoder(codec) as ICardEncoder;

    /// <summary>The decoder of that name, or null if there is none.</summary>
    public IMessageDecoder? Decoder(string codec) => _decoders.GetValueOrDefault(codec);
}

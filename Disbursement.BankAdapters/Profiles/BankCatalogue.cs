using Disbursement.BankAdapters.Codecs.Cmb;
using Disbursement.BankAdapters.Codecs.Icbc;
using Disbursement.BankAdapters.Codecs.Iso20022;
using Disbursement.BankAdapters.Codecs.Layouts;
using Disbursement.BankAdapters.Codecs.StatementCsv;
using Disbursement.BankAdapters.Codecs.Swift;
using Disbursement.BankAdapters.Codecs.Trees;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>Codec names of profiles → what reads and writes them. One line each; adapters of another assembly are
/// added the same way to a catalogue of their own.</summary>
public sealed class BankCatalogue
{
    private readonly Dictionary<string, IPaymentEncoder> _encoders = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IRecallEncoder> _recalls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IMessageDecoder> _decoders = new(StringComparer.Ordinal);

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

    public BankCatalogue Writes(string codec, IPaymentEncoder encoder)
    {
        _encoders.Add(codec, encoder);
        return this;
    }

    public BankCatalogue Recalls(string codec, IRecallEncoder encoder)
    {
        _recalls.Add(codec, encoder);
        return this;
    }

    public BankCatalogue Reads(string codec, IMessageDecoder decoder)
    {
        _decoders.Add(codec, decoder);
        return this;
    }

    /// <summary>The encoder of that name, or null if there is none.</summary>
    public IPaymentEncoder? Encoder(string codec) => _encoders.GetValueOrDefault(codec);

    /// <summary>The encoder of recall requests of that name, or null if there is none.</summary>
    public IRecallEncoder? Recall(string codec) => _recalls.GetValueOrDefault(codec);

    /// <summary>The encoder of that name, if it writes questions too; else null.</summary>
    public IQueryEncoder? Asker(string codec) => Encoder(codec) as IQueryEncoder;

    /// <summary>The decoder of that name, or null if there is none.</summary>
    public IMessageDecoder? Decoder(string codec) => _decoders.GetValueOrDefault(codec);
}

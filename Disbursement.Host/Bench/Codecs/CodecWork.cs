using System.Text.Json;
using Disbursement.BankAdapters.Codecs.Iso20022;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.Host.Bench.Codecs;

/// <summary>One work of the bench of codecs: a message written, or read from a file and totalled.</summary>
/// <param name="Name">"write" or "read" and the form.</param>
/// <param name="Writes">Whether bytes are made; else they are read.</param>
/// <param name="Xml">Whether a bare XML reader or writer is the floor.</param>
internal sealed record CodecWork(string Name, bool Writes, bool Xml)
{
    // Read when used: a process of its own does one work and reads one profile.
    private readonly Lazy<BankProfile> _shipped = null!;
    private readonly IMessageDecoder? _decoder;
    private readonly Action<int, Stream>? _message;

    /// <summary>Every work measured, in the order of the table.</summary>
    public static IReadOnlyList<CodecWork> All { get; } =
    [
        Write("pain.001.001.09", "iso20022-pain", xml: true),
        Read("camt.053.001.08", "iso20022-pain", Iso20022Decoder.Name, CodecMonth.Camt053, xml: true),
        Read("pain.002.001.10", "iso20022-pain", Iso20022Decoder.Name, CodecMonth.Pain002, xml: true),
        Read("MT940", "iso20022-mt940", "mt940", CodecMonth.Mt940),
        Write("cmb-ntagcsal", "cmb-ntagcsal"),
        Write("icbc-bxt", "icbc-bxt"),
        Write("gzb-delimited", "gzb-delimited"),
        Write("gzrc-fixed", "gzrc-fixed"),
        Read("icbc [BatchPayDetail]", "icbc-bxt", "icbc-batch-pay-detail", CodecMonth.BatchPayDetail),
        Read("gzb-delimited", "gzb-delimited", "delimited", CodecMonth.Delimited),
        Read("gzrc-fixed", "gzrc-fixed", "fixed-width", CodecMonth.FixedWidth),
        Read("statement CSV", "icbc-bxt", "statement-csv", CodecMonth.StatementCsv),
    ];

    private CodecWork(string name, bool xml, string profile) : this("write " + name, true, xml) =>
        _shipped = new(() => Shipped(profile));

    private CodecWork(string name, bool xml, string profile, IMessageDecoder decoder, Action<int, Stream> message)
        : this("read " + name, false, xml) =>
        (_shipped, _decoder, _message) = (new(() => Shipped(profile)), decoder, message);

    /// <summary>Makes the message that is read; nothing for a work that writes.</summary>
    public void Prepare(int lines, string path)
    {
        if (_message is null) return;
        using var file = File.Create(path);
        _message(lines, file);
    }

    /// <summary>Does the work once and gives the lines it handled.</summary>
    public int Run(int lines, string path)
    {
        if (_decoder is not null)
        {
            using var input = File.OpenRead(path);
            return Decoded(_decoder, lines, input);
        }
        var profile = _shipped.Value;
        using var output = File.Create(path);
        var (plan, rows) = (CodecMonth.Plan(profile, lines), CodecMonth.Rows(profile, lines));
        var errors = BankCatalogue.Shipped.Encoder(profile.Outbound.Codec)!.Encode(profile, plan, rows, output);
        Invariant.Holds(errors.Count == 0, $"{Name}: {(errors.Count > 0 ? errors[0] : null)}");
        return lines;
    }

    /// <summary>The same bytes by a bare XML reader or writer.</summary>
    public void Floor(int lines, string path)
    {
        if (!Writes) BarePain001.Pass(path);
        else BarePain001.Write(CodecMonth.Plan(_shipped.Value, lines), CodecMonth.Rows(_shipped.Value, lines), path);
    }

    private int Decoded(IMessageDecoder decoder, int lines, Stream input)
    {
        var sink = new TotallingSink();
        // The name carries the file reference where the form has none.
        decoder.Decode(_shipped.Value, "SAMPLE0000000001-result-1", input, sink);
        Invariant.Holds(sink.Errors == 0 && sink.Lines == lines && Math.Abs(sink.Fen) == CodecMonth.Total(lines),
            $"{Name}: {sink.Lines} lines of {sink.Fen} fen, {sink.Errors} errors, {sink.First}");
        return sink.Lines;
    }

    private static CodecWork Write(string name, string profile, bool xml = false) => new(name, xml, profile);

    private static CodecWork Read(string name, string profile, string codec, Action<int, Stream> message,
        bool xml = false) => new(name, xml, profile, BankCatalogue.Shipped.Decoder(codec)!, message);

    /// <summary>The shipped profile without its limits of rows and sums: they are no part of the speed.</summary>
    private static BankProfile Shipped(string id)
    {
        var profile = JsonSerializer.Deserialize<BankProfile>(
            File.ReadAllBytes(Path.Combine(Host.Shipped.Folder("profiles"), id + ".json")), BankProfile.Json)!;
        return profile with { Limits = profile.Limits with { RowsPerFile = 9_999_999, FileFen = long.MaxValue } };
    }

    private sealed class TotallingSink : IMessageSink
    {
        public int Lines { get; private set; }
        public long Fen { get; private set; }
        public int Errors { get; private set; }
        public LocatedError? First { get; private set; }

        public void Head(MessageHead head) { }
        public void Statement(StatementHead head) { }
        public void Line(in ReportLine line) => (Lines, Fen) = (Lines + 1, Fen + line.Amount.Fen);
        public void Entry(in StatementEntry entry) => (Lines, Fen) = (Lines + 1, Fen + entry.Amount.Fen);
        public void Error(LocatedError error) => (Errors, First) = (Errors + 1, First ?? error);
    }
}

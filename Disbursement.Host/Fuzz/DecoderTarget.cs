using Disbursement.BankAdapters.Codecs.Layouts;
using Disbursement.BankAdapters.Codecs.StatementCsv;
using Disbursement.BankAdapters.Codecs.Swift;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.Host.Fuzz;

/// <summary>A decoder of the catalogue: never throws, and every record of the input is read or refused by its place.
/// </summary>
internal sealed class DecoderTarget(string name, string codec, FuzzPart part, IMessageDecoder decoder) : FuzzTarget
{
    public override string Name => name;

    public override IReadOnlyList<FuzzInput> Seeds { get; } = FuzzSeeds.Of(codec, part);

    public override FuzzVerdict Judge(FuzzInput input)
    {
        var profile = FuzzSeeds.Profiles[input.Profile];
        var sink = new FuzzSink(input.Bytes.Length);
        using (var bytes = new MemoryStream(input.Bytes)) decoder.Decode(profile, input.Name, bytes, sink);
        // CMB's call that went well may have nothing to list: its document is read through and says nothing.
        var mayBeEmpty = codec == "cmb-answer";
        var trouble = sink.Trouble(mayBeEmpty) ?? sink.Unbalanced
            ?? Records(profile.FormOf(input.Name), input.Bytes, sink);
        return new(sink.PastHeader, trouble);
    }

    private protected override FuzzInput Joined(FuzzInput input, FuzzInput other, Chance chance) =>
        input with { Bytes = RecordMutation.Joined(input.Bytes, other.Bytes, chance) };

    private string? Records(FileForm form, byte[] bytes, FuzzSink sink) => codec switch
    {
        LayoutEncoder.Delimited or LayoutEncoder.FixedWidth => form.Layout!.LineEnd is LineEnd.None
            ? PacketRecords.Trouble(form.Layout, bytes, sink)
            : LineRecords.OfLayout(form, bytes, sink) ?? Figures(form.Layout, sink),
        "icbc-batch-pay-detail" => LineRecords.OfBatchPayDetail(form, bytes, sink),
        StatementCsvDecoder.Name => LineRecords.OfStatementCsv(bytes, sink),
        Mt940Decoder.Name => LineRecords.OfSwift(bytes, sink),
        "cmb-answer" or "iso20022" => MarkupRecords.Trouble(bytes, sink),
        // Of a tree the records stand where its layout says: only what holds of every decoder is asked.
        _ => null,
    };

    /// <summary>The figures a file states of itself were compared with its rows.</summary>
    private static string? Figures(FileLayout layout, FuzzSink sink)
    {
        if (layout.Lists is not RowsListed.All || sink.Errors.Count > 0 || sink.HasOpenRows) return null;
        if (sink.Heads is not [{ Kind: not Engine.Returns.MessageKind.FileStatus } head]) return null;
        return head.StatedLines is { } lines && lines != sink.Parsed.Count
            ? $"{lines} rows are stated, {sink.Parsed.Count} were read, and nothing was said"
            : head.StatedTotal is { } total && total.Fen != sink.Fen
                ? $"{total} is stated, {sink.Fen} fen were read, and nothing was said" : null;
    }
}

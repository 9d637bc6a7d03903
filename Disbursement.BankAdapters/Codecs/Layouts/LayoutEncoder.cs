using System.Globalization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>Writes the text file that the profile's outbound layout describes: "delimited", with a separator between
/// fields, or "fixed-width", every field filled up to its bytes. Layout: specs/layouts.md.</summary>
/// <remarks>What is the same for the whole file is encoded once; a row costs its own fields only.</remarks>
public sealed partial class LayoutEncoder(bool fixedWidth) : IPaymentEncoder
{
    /// <summary>Names of the two codecs in a profile, in both directions.</summary>
    public const string Delimited = "delimited", FixedWidth = "fixed-width";

    public IReadOnlyList<LocatedError> Encode(BankProfile profile, PaymentPlan plan,
        IEnumerable<CreditInstruction> instructions, Stream output)
    {
        var layout = profile.Outbound.Layout ?? throw new DefectException($"profile {profile.Id} has no layout");
        var forbidden = Forbidden(layout);
        var file = new OutboundWriter(profile, plan, output) { Forbidden = c => forbidden.Contains(c) };
        var records = new RecordWriter(profile, plan, layout, file, fixedWidth);
        records.Write(RecordKind.Head, default, 0, 0);
        var (rows, packet) = (0, layout.RowsPerPacket);
        foreach (var row in instructions)
        {
            file.Row(row);
            if (records.AnswersByPosition
                && row.RowReference.TrimStart('0') != row.Row.ToString(CultureInfo.InvariantCulture))
                file.Error(row.Row, "行参考号", row.RowReference, "the bank answers by position: the reference must be it");
            if (packet > 0 && rows % packet == 0)
                records.Write(RecordKind.Packet, row, rows / packet + 1, Math.Min(packet, plan.Lines - rows));
            records.Write(RecordKind.Row, row, 0, 0);
            rows++;
            if (packet > 0 && rows % packet == 0) records.Write(RecordKind.PacketEnd, row, 0, 0);
        }
        if (packet > 0 && rows % packet != 0) records.Write(RecordKind.PacketEnd, default, 0, 0);
        records.Write(RecordKind.Tail, default, 0, 0);
        return file.Finish();
    }

    /// <summary>A separator has no escape; with quotes as needed it may stand in a text, within quotes.</summary>
    private static string Forbidden(FileLayout layout) => layout.Quoting switch
    {
        Quoting.AsNeeded => layout.Forbidden,
        Quoting.All => layout.Forbidden + layout.Separator + "\"",
        _ => layout.Forbidden + layout.Separator,
    };
}

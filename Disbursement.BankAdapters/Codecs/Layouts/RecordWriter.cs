using System.Globalization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>Writes records of one file. What does not depend on the row is encoded when the file begins: a record is
/// then runs of bytes with the row's own fields between them.</summary>
internal sealed class RecordWriter
{
    private readonly Dictionary<RecordKind, List<Step>> _records = [];
    private readonly BankProfile _profile;
    private readonly PaymentPlan _plan;
    private readonly FileLayout _layout;
    private readonly OutboundWriter _file;
    private readonly PlanText _constants;
    private readonly bool _fixedWidth;

    public RecordWriter(BankProfile profile, PaymentPlan plan, FileLayout layout, OutboundWriter file, bool fixedWidth)
    {
        (_profile, _plan, _layout, _file, _fixedWidth) = (profile, plan, layout, file, fixedWidth);
        _constants = new(profile, plan, layout.Amounts);
        foreach (var kind in Enum.GetValues<RecordKind>()) _records[kind] = [];
        foreach (var record in layout.Records) Compile(record, _records[record.Kind]);
        AnswersByPosition = layout.Records.Any(record => record.Kind is RecordKind.Row
            && record.Fields.Any(field => field.Value is FieldValue.Position));
    }

    /// <summary>Whether a row says its position instead of our row reference.</summary>
    public bool AnswersByPosition { get; }

    /// <summary>Writes every record of that kind.</summary>
    /// <param name="packet">The packet's number from 1, and how many rows it has.</param>
    public void Write(RecordKind kind, in CreditInstruction row, int packet, int packetRows)
    {
        foreach (var step in _records[kind])
        {
            if (step.Field is { } field) Field(field, row, packet, packetRows);
            else _file.Raw(step.Bytes);
        }
    }

    private void Compile(LayoutRecord record, List<Step> steps)
    {
        var run = new List<byte>();
        var separator = Bytes(record.Separator.Length > 0 ? record.Separator : _layout.Separator);
        for (var i = 0; i < record.Fields.Count; i++)
        {
            var field = record.Fields[i];
            if (i > 0) run.AddRange(separator);
            var quoted = _layout.Quoting is Quoting.All && !field.Bare;
            if (quoted) run.Add((byte)'"');
            // A reference with the row behind it begins the same in every row.
            if (field is { Value: FieldValue.EndToEnd, Pad: Pad.None, Width: 0 } && !_fixedWidth)
                run.AddRange(Bytes(_plan.Reference));
            if (PlanText.IsOfRow(field.Value)) Cut(run, steps, field);
            else run.AddRange(Constant(field));
            if (quoted) run.Add((byte)'"');
        }
        if (_layout.EndsWithSeparator && record.Fields.Any(field => field.Value is not FieldValue.Text))
            run.AddRange(separator);
        if (!record.RunsOn && _layout.LineEnd is not LineEnd.None)
            run.AddRange(_layout.LineEnd is LineEnd.CrLf ? "\r\n"u8 : "\n"u8);
        if (run.Count > 0) steps.Add(new([.. run], null));
    }

    private static void Cut(List<byte> run, List<Step> steps, LayoutField field)
    {
        if (run.Count > 0) steps.Add(new([.. run], null));
        run.Clear();
        steps.Add(new([], field));
    }

    /// <summary>The bytes of a field that every row has the same; errors are of row 0.</summary>
    private byte[] Constant(LayoutField field)
    {
        // The layout's own text may hold what no other may: a heading has separators in it, and tabs.
        if (field is { Value: FieldValue.Text, Pad: Pad.None }) return Bytes(field.Text);
        using var bytes = new MemoryStream();
        var writer = new OutboundWriter(_profile, _plan, bytes) { Forbidden = _file.Forbidden };
        Write(writer, _layout, 0, field, _constants.Of(field), WidthOf(field));
        foreach (var error in writer.Errors.Where(error => error.Field == field.Name))
            _file.Error(0, error.Field, error.Value, error.Reason);
        writer.Flush();
        return bytes.ToArray();
    }

    private void Field(LayoutField field, in CreditInstruction row, int packet, int packetRows)
    {
        switch (field.Value)
        {
            case FieldValue.Amount: Amount(field, row.Row, row.Amount); break;
            case FieldValue.Position: Number(field, row.Row, row.Row); break;
            case FieldValue.PacketRows: Number(field, 0, packetRows); break;
            case FieldValue.PacketNumber: Number(field, 0, packet); break;
            case FieldValue.MorePackets:
                _file.Raw((long)packet * _layout.RowsPerPacket < _plan.Lines ? "1"u8 : "0"u8);
                break;
            default:
                Write(_file, _layout, row.Row, field, _constants.Of(field, row, _fixedWidth), WidthOf(field));
                break;
        }
    }

    private void Amount(LayoutField field, int row, Money amount)
    {
        if (field.Pad is not Pad.None)
            Write(_file, _layout, row, field, _constants.Amount(amount), WidthOf(field));
        else if (_layout.Amounts is AmountUnit.Fen) _file.Number(amount.Fen);
        else _file.Yuan(amount);
        if (field.Pad is Pad.None && _layout.AmountSuffix.Length > 0) _file.Raw(Bytes(_layout.AmountSuffix));
    }

    private void Number(LayoutField field, int row, long value)
    {
        if (field is { Pad: Pad.Left, PadWith: "0" } && value < Power(field.Width)) _file.Number(value, field.Width);
        else Write(_file, _layout, row, field, value.ToString(CultureInfo.InvariantCulture), WidthOf(field));
    }

    /// <summary>One field with its filling and quotes as the layout has them; the row is for the errors.</summary>
    internal static void Write(OutboundWriter writer, FileLayout layout, int row, LayoutField field, string value,
        int width)
    {
        if (field.Pad is not Pad.None)
        {
            writer.Padded(row, field.Name, value, width, field.Pad is Pad.Left, (byte)field.PadWith[0]);
            return;
        }
        var needsQuotes = layout.Quoting is Quoting.AsNeeded && !field.Bare
            && (value.Contains('"') || value.Contains(layout.Separator, StringComparison.Ordinal));
        if (needsQuotes) writer.Raw("\""u8);
        writer.Text(row, field.Name, needsQuotes ? value.Replace("\"", "\"\"") : value, width);
        if (needsQuotes) writer.Raw("\""u8);
    }

    private int WidthOf(LayoutField field) => PlanText.WidthOf(field, _profile.Limits);

    private byte[] Bytes(string text)
    {
        var bytes = new byte[_file.Charset.RoomFor(text.Length)];
        return bytes[..Math.Max(_file.Charset.Encode(text, bytes), 0)];
    }

    private static long Power(int digits)
    {
        var power = 1L;
        for (var i = 0; i < digits && i < 18; i++) power *= 10;
        return power;
    }

    /// <summary>Bytes as they are, or a field of the row.</summary>
    private readonly record struct Step(byte[] Bytes, LayoutField? Field);
}

using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Codecs.Layouts;
using Disbursement.Engine.Primitives;
using NodaTime.Text;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>Holds a layout to what the codecs rely on, so that they need not look again.</summary>
internal static class LayoutValidation
{
    /// <summary>Findings about one form's layout; <paramref name="isOutbound"/> tells the direction.</summary>
    /// <param name="isCards">Whether its rows are card applications or the answers to them.</param>
    public static IEnumerable<Finding> Check(string at, FileForm form, bool isOutbound, bool isCards = false)
    {
        var isDriven = form.Codec is LayoutEncoder.Delimited or LayoutEncoder.FixedWidth;
        if (isDriven == form.Layout is null)
            yield return new(ProfileRules.Layout, Place.Of($"{at}.layout", form.Codec), at, form.Codec);
        if (!isDriven || form.Layout is not { } layout) yield break;
        if (BankCharset.Named(form.Charset) is not { } charset) yield break;
        var isFixed = form.Codec is LayoutEncoder.FixedWidth;
        foreach (var problem in Problems(layout, isFixed, isOutbound, isCards, charset))
            yield return new(ProfileRules.LayoutRecord, Place.Of($"{at}.layout", ""), at, problem);
        for (var i = 0; i < layout.Records.Count; i++)
            foreach (var field in layout.Records[i].Fields)
                if (Problem(field, layout.Records[i], isFixed, isOutbound, isCards, charset) is { } problem)
                    yield return new(ProfileRules.LayoutField, Place.Of($"{at}.layout.records[{i}]", field.Name),
                        $"{at}.layout.records[{i}]", field.Name, problem);
    }

    /// <summary>JSON null where a layout has none to give.</summary>
    public static bool HasNull(FileLayout? layout) => layout is not null
        && (layout.Records is null || layout.Separator is null || layout.AmountSuffix is null
            || layout.Forbidden is null || layout.Comment is null
            || layout.Records.Any(record => record?.Fields is null || record.Starts is null || record.Separator is null
                || record.Fields.Any(field => field?.Name is null || field.Text is null || field.PadWith is null
                    || field.Format is null)));

    private static IEnumerable<string> Problems(FileLayout layout, bool isFixed, bool isOutbound, bool isCards,
        BankCharset charset)
    {
        if (isFixed == layout.Separator.Length > 0) yield return "separator: with delimited, and only with it";
        if (!IsWritable(layout.Separator, charset) || !IsWritable(layout.AmountSuffix, charset)
            || layout.Records.Any(r => !IsWritable(r.Starts, charset) || !IsWritable(r.Separator, charset)))
            yield return $"a separator, suffix or start is not {charset.Name}";
        if (isFixed && layout.Quoting is not Quoting.None) yield return "quoting: with delimited only";
        if (layout.RowsPerPacket is < 0 or > 50_000) yield return "rowsPerPacket: 0 to 50000";
        var rows = layout.Records.Where(r => r.Kind is RecordKind.Row or RecordKind.Columns).ToList();
        if (isOutbound ? rows.Count != 1 || rows[0].Kind is not RecordKind.Row : rows.Count == 0)
            yield return isOutbound ? "exactly one row record" : "a row or columns record";
        var hasNoLines = !isOutbound && layout.LineEnd is LineEnd.None;
        if (hasNoLines && !isFixed) yield return "lineEnd none: with fixed-width only";
        if (hasNoLines && isFixed && !HasPackets(layout))
            yield return "without line ends: one packet record with packetRows and one row record";
        if (isOutbound && layout.RowsPerPacket > 0 != layout.Records.Any(r => r.Kind is RecordKind.Packet))
            yield return "rowsPerPacket and a packet record go together";
        foreach (var record in rows)
            foreach (var value in Needed(isOutbound, isCards))
                if (!record.Fields.Any(field => field.Value == value)) yield return $"each row needs {value}";
        if (layout.Records.Any(record => record.Fields.Count > Cells.Most)) yield return $"at most {Cells.Most} fields";
    }

    private static FieldValue[] Needed(bool isOutbound, bool isCards) => (isOutbound, isCards) switch
    {
        (true, false) => [FieldValue.Account, FieldValue.Name, FieldValue.Amount],
        (false, false) => [FieldValue.Account, FieldValue.Amount, FieldValue.Status],
        (true, true) => [FieldValue.Name, FieldValue.IdentityNumber],
        (false, true) => [FieldValue.Account, FieldValue.Name, FieldValue.Status],
    };

    private static bool HasPackets(FileLayout layout) =>
        layout.Records.Count(r => r.Kind is RecordKind.Packet) == 1
        && layout.Records.Count(r => r.Kind is RecordKind.Row) == 1
        && layout.Records.First(r => r.Kind is RecordKind.Packet).Fields
            .Count(f => f.Value is FieldValue.PacketRows) == 1;

    private static string? Problem(LayoutField field, LayoutRecord record, bool isFixed, bool isOutbound,
        bool isCards, BankCharset charset)
    {
        if (isOutbound && !(isCards ? CardText.IsOutbound(field.Value) : PlanText.IsOutbound(field.Value)))
            return $"{field.Value} does not go out";
        if (isOutbound && (isCards ? CardText.IsOfRow(field.Value) : PlanText.IsOfRow(field.Value))
            && record.Kind is (RecordKind.Head or RecordKind.Tail))
            return $"{field.Value} is of a row";
        if (field.Width is < 0 or > 4096) return "width: 0 to 4096";
        if (field.PadWith.Length != 1 || field.PadWith[0] is < ' ' or > '~') return "padWith: one character of ASCII";
        if (field.Pad is not Pad.None && field.Width == 0) return "pad needs a width";
        if (!IsWritable(field.Text, charset)) return $"its text is not {charset.Name}";
        var isConstant = field.Value is not FieldValue.Text && field.Text.Length > 0;
        if (isOutbound && isConstant) return "a text goes with the value text";
        if (isFixed && !isOutbound && field.Width == 0 && !isConstant) return "needs its width";
        if (isFixed && isOutbound && field is { Width: > 0, Pad: Pad.None }
            && Bytes(field.Text, charset) != field.Width)
            return "needs a side to be filled on";
        return field.Value is FieldValue.ExecutionDate or FieldValue.CreatedOn or FieldValue.ValueDate
            && field.Format.Length > 0 && !IsDay(field.Format) ? $"{field.Format} is no format of a day" : null;
    }

    /// <summary>Digits and plain separators only: the width of a day is then that of its format.</summary>
    public static bool IsDay(string format)
    {
        if (format.Any(c => c is not ('y' or 'M' or 'd' or '-' or '/' or '.'))) return false;
        try
        {
            return LocalDatePattern.CreateWithInvariantCulture(format).Format(new(2026, 1, 2)).Length == format.Length;
        }
        catch (InvalidPatternException)
        {
            return false;
        }
    }

    private static bool IsWritable(string text, BankCharset charset) => Bytes(text, charset) >= 0;

    private static int Bytes(string text, BankCharset charset) =>
        charset.Encode(text, new byte[charset.RoomFor(text.Length)]);
}

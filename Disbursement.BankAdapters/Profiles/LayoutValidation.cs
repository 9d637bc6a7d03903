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
        for (var i = 0; i < layout.Records.Count && !isOutbound; i++)
            foreach (var (name, problem) in Unread(layout.Records[i], layout))
                yield return new(ProfileRules.LayoutField, Place.Of($"{at}.layout.records[{i}]", name),
                    $"{at}.layout.records[{i}]", name, problem);
        // Answers to card applications are told by their name as well.
        if (!isOutbound && !isCards && !TellsFile(layout, form))
            yield return new(ProfileRules.LayoutRecord, Place.Of($"{at}.layout", ""), at,
                "no fileReference, no endToEnd, no option referenceFrom of name: of no file");
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

    /// <summary>What the decoder would pass over in silence: by then the rows are read by the wrong cells, or not at
    /// all.</summary>
    private static IEnumerable<(string Field, string Problem)> Unread(LayoutRecord record, FileLayout layout)
    {
        var separator = record.Separator.Length > 0 ? record.Separator : layout.Separator;
        var cells = separator.Length > 0 ? record.Starts.Split(separator).Length - 1 : 0;
        if (record.Kind is RecordKind.Row && record.Starts.Length > 0)
            yield return ("starts", "of head, tail and columns records only");
        // The names behind it would be read by cells that are not theirs.
        if (record.Kind is RecordKind.Columns && cells > 0) yield return ("starts", "ends before the first separator");
        // Several fields are those of the whole line, what it starts with among them.
        if (record.Kind is RecordKind.Head or RecordKind.Tail && record.Fields.Count > 1)
            foreach (var field in record.Fields.Take(cells).Where(field => field.Value is not FieldValue.Text))
                yield return (field.Name, "stands where the line starts: with value text only");
        if (record.Kind is not (RecordKind.Row or RecordKind.Columns)) yield break;
        foreach (var twice in Twice(record.Fields.Where(field => record.Kind is RecordKind.Columns
            && !RowColumns.IsConstant(field)).Select(field => field.Name)))
            yield return (twice, "stands twice");
        foreach (var twice in Twice(record.Fields.Where(field => field.Value is not FieldValue.Text)
            .Select(field => $"{field.Value}")))
            yield return (record.Fields.Last(field => $"{field.Value}" == twice).Name, $"{twice} stands twice");

        static IEnumerable<string> Twice(IEnumerable<string> names) =>
            names.GroupBy(name => name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key);
    }

    private static bool TellsFile(FileLayout layout, FileForm form) => form.Option("referenceFrom", "") == "name"
        // Without rows it is refused for that.
        || layout.Records.All(record => record.Kind is not (RecordKind.Row or RecordKind.Columns))
        || layout.Records.Any(record =>
            record.Fields.Any(field => field.Value is FieldValue.FileReference or FieldValue.EndToEnd));

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

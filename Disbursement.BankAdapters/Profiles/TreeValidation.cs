using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Codecs.Layouts;
using Disbursement.BankAdapters.Codecs.Trees;
using Disbursement.Engine.Primitives;
using NodaTime.Text;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>Holds a tree to what its codec relies on, so that it need not look again.</summary>
internal static class TreeValidation
{
    /// <summary>Findings about one form's tree; <paramref name="isOutbound"/> tells the direction.</summary>
    public static IEnumerable<Finding> Check(string at, FileForm form, bool isOutbound)
    {
        var isDriven = form.Codec is TreeEncoder.Name;
        if (isDriven == form.Tree is null)
            yield return new(ProfileRules.Layout, Place.Of($"{at}.tree", form.Codec), at, form.Codec);
        if (!isDriven || form.Tree is not { } tree || BankCharset.Named(form.Charset) is not { } charset) yield break;
        if (tree.Syntax is TreeSyntax.Json && charset.Name != "UTF-8")
            yield return new(ProfileRules.LayoutRecord, Place.Of($"{at}.tree", ""), at, "JSON is UTF-8");
        if (isOutbound ? tree.Records.Count != 1 : tree.Records.Count == 0)
            yield return new(ProfileRules.LayoutRecord, Place.Of($"{at}.tree", ""), at,
                "one record, coming in one or more");
        for (var i = 0; i < tree.Records.Count; i++)
        {
            var (place, record) = ($"{at}.tree.records[{i}]", tree.Records[i]);
            foreach (var problem in Problems(tree, record, isOutbound))
                yield return new(ProfileRules.LayoutRecord, Place.Of(place, ""), at, problem);
            foreach (var (field, ofRow) in record.Fields.Select(f => (f, false))
                .Concat(record.OfRow.Select(f => (f, true))))
                if (Problem(field, ofRow, tree.Syntax, isOutbound, charset) is { } problem)
                    yield return new(ProfileRules.LayoutField, Place.Of(place, field.Name), place, field.Name, problem);
        }
    }

    /// <summary>Findings about one question of the bank's.</summary>
    public static IEnumerable<Finding> CheckQuestion(string at, BankProfile profile, FileForm form)
    {
        if (form.Codec is not TreeEncoder.Name || form.Tree is not { Records: [{ OfRow.Count: 0 } record] } tree)
        {
            yield return new(ProfileRules.LayoutRecord, Place.Of($"{at}.tree", form.Codec), at,
                "a question is one record of a tree, without rows");
            yield break;
        }
        // One writer, one set: what a name may hold does not change between an order and a question about it.
        if (BankCharset.Named(form.Charset) is not { } charset
            || charset != BankCharset.Named(profile.Outbound.Charset))
        {
            yield return new(ProfileRules.Charset, Place.Of($"{at}.charset", form.Charset), form.Charset);
            yield break;
        }
        foreach (var problem in Paths(tree, record))
            yield return new(ProfileRules.LayoutRecord, Place.Of($"{at}.tree", ""), at, problem);
        foreach (var field in record.Fields)
            if ((PlanText.IsOfQuestion(field.Value) ? Common(field, tree.Syntax, true, charset) ?? Day(field)
                : $"{field.Value} is of no question") is { } problem)
                yield return new(ProfileRules.LayoutField, Place.Of($"{at}.tree", field.Name), at, field.Name, problem);
    }

    /// <summary>JSON null where a tree has none to give.</summary>
    public static bool HasNull(TreeLayout? tree) => tree is not null
        && (tree.Records is null || tree.Records.Any(record => record?.Fields is null || record.Rows is null
            || record.When is null || record.Is is null || record.Fields.Concat(record.OfRow)
                .Any(field => field?.Name is null || field.Text is null || field.PadWith is null
                    || field.Format is null)));

    private static IEnumerable<string> Problems(TreeLayout tree, TreeRecord record, bool isOutbound)
    {
        var rows = record.Fields.Count(field => field.Value is FieldValue.Rows);
        if (isOutbound && (rows != 1 || record.Rows.Length + record.When.Length > 0))
            yield return "going out: one field of value rows, no rows path, no when";
        if (!isOutbound && rows > 0) yield return "coming in: a rows path, no field of value rows";
        if (record.When.Length > 0 != record.Is.Length > 0) yield return "when and is go together";
        if ((isOutbound ? rows : record.Rows.Length) > 0 != record.OfRow.Count > 0) yield return "rows have row fields";
        foreach (var value in record.OfRow.Count == 0 ? []
            : isOutbound ? new[] { FieldValue.Account, FieldValue.Name, FieldValue.Amount }
            : [FieldValue.Account, FieldValue.Amount, FieldValue.Status])
            if (!record.OfRow.Any(field => field.Value == value)) yield return $"each row needs {value}";
        foreach (var path in new[] { record.Rows, record.When }.Where(path => path.Length > 0))
            if (!IsPath(path, tree.Syntax, attributes: false)) yield return $"{path} is no path";
        if (record.Fields.Count + record.OfRow.Count > Cells.Most) yield return $"at most {Cells.Most} fields";
        if (!isOutbound) yield break;
        foreach (var problem in Paths(tree, record)) yield return problem;
    }

    /// <summary>Paths of a document of ours make one tree.</summary>
    private static IEnumerable<string> Paths(TreeLayout tree, TreeRecord record)
    {
        if (tree.Syntax is TreeSyntax.Xml
            && record.Fields.Select(field => field.Name.Split('/')[0]).Distinct().Count() != 1)
            yield return "one root element";
        foreach (var names in new[] { record.Fields, record.OfRow }.Select(list => list.Select(f => f.Name).ToList()))
        {
            if (names.Distinct(StringComparer.Ordinal).Count() != names.Count) yield return "a path stands twice";
            if (names.Any(name => names.Any(other => other.StartsWith(name + "/", StringComparison.Ordinal))))
                yield return "a path leads through a field";
        }
        if (tree.Syntax is TreeSyntax.Json && FirstMembers(record).Any(field => field.Optional))
            yield return "the first member of an object cannot be left out";
    }

    /// <summary>Fields that are the first of their object: the comma stands before every other.</summary>
    private static IEnumerable<LayoutField> FirstMembers(TreeRecord record) =>
        new[] { record.Fields, record.OfRow }.SelectMany(list => list
            .GroupBy(field => field.Name[..(field.Name.LastIndexOf('/') + 1)], StringComparer.Ordinal)
            .Select(group => group.First()));

    private static string? Problem(LayoutField field, bool ofRow, TreeSyntax syntax, bool isOutbound,
        BankCharset charset)
    {
        if (Common(field, syntax, isOutbound, charset) is { } problem) return problem;
        if (!isOutbound) return field.Value is FieldValue.Rows ? "rows do not come in so" : Day(field);
        if (field.Value is FieldValue.Rows) return ofRow ? "rows stand in no row" : null;
        if (!PlanText.IsOutbound(field.Value) || field.Value is FieldValue.PacketRows or FieldValue.PacketNumber
            or FieldValue.MorePackets) return $"{field.Value} does not go out";
        if (PlanText.IsOfRow(field.Value) && !ofRow) return $"{field.Value} is of a row";
        return Day(field);
    }

    private static string? Common(LayoutField field, TreeSyntax syntax, bool isOutbound, BankCharset charset)
    {
        var isConstant = !isOutbound && RowColumns.IsConstant(field);
        if (!isConstant && !IsPath(field.Name, syntax, attributes: isOutbound && field.Value is FieldValue.Text))
            return "is no path";
        if (field.Width is < 0 or > 4096) return "width: 0 to 4096";
        if (field.PadWith.Length != 1 || field.PadWith[0] is < ' ' or > '~') return "padWith: one character of ASCII";
        if (field.Pad is not Pad.None && field.Width == 0) return "pad needs a width";
        var bytes = new byte[charset.RoomFor(field.Text.Length)];
        if (charset.Encode(field.Text, bytes) < 0) return $"its text is not {charset.Name}";
        if (!isOutbound) return null;
        if (field.Value is not FieldValue.Text && field.Text.Length > 0) return "a text goes with the value text";
        return field.Name.Contains('@') && field.Text.Any(c => c is < ' ' or > '~' or '"' or '<' or '&')
            ? "an attribute is plain ASCII" : null;
    }

    private static string? Day(LayoutField field)
    {
        if (field.Value is FieldValue.ExecutionHour)
        {
            var hours = field.Format.Split('/');
            return hours.All(hour => hour.Length == 6 && TimeOnly.TryParseExact(hour, "HHmmss", out _))
                && hours.SequenceEqual(hours.Order(StringComparer.Ordinal)) ? null : "hours HHmmss, rising";
        }
        if (field.Value is FieldValue.CreatedAt) return IsMoment(field.Format) ? null : "is no format of a moment";
        return field.Value is FieldValue.ExecutionDate or FieldValue.CreatedOn or FieldValue.ValueDate
            or FieldValue.FirstDay or FieldValue.LastDay
            && field.Format.Length > 0 && !LayoutValidation.IsDay(field.Format)
            ? $"{field.Format} is no format of a day" : null;
    }

    private static bool IsMoment(string format)
    {
        if (format.Length == 0 || format.Any(c => !"yMdHmsf-:. ".Contains(c, StringComparison.Ordinal))) return false;
        try
        {
            return LocalDateTimePattern.CreateWithInvariantCulture(format).Format(new(2026, 1, 2, 3, 4)).Length
                == format.Length;
        }
        catch (InvalidPatternException)
        {
            return false;
        }
    }

    private static bool IsPath(string path, TreeSyntax syntax, bool attributes)
    {
        var parts = path.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            var part = parts[i].AsSpan();
            if (syntax is TreeSyntax.Json && part.EndsWith("[]") && i < parts.Length) part = part[..^2];
            if (attributes && syntax is TreeSyntax.Xml && i > 0 && i == parts.Length - 1 && part.StartsWith("@"))
                part = part[1..];
            if (part.IsEmpty || !char.IsAsciiLetter(part[0])) return false;
            foreach (var c in part)
                if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.')) return false;
        }
        return parts.Length is > 0 and < 24;
    }
}

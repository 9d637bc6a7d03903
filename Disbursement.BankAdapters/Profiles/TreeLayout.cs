using System.Text.Json.Serialization;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>A bank's document in a tree, XML or JSON, as data, for the codec "tree". A field's name is its path:
/// element or member names with '/' between them; where each fact was read stands in the profile's sources.</summary>
/// <remarks>Coming in, attributes, and members of no path, are passed over.</remarks>
public sealed record TreeLayout
{
    public required TreeSyntax Syntax { get; init; }
    /// <summary>The unit amounts are written in.</summary>
    public required AmountUnit Amounts { get; init; }
    /// <summary>Whether an answer lists every row, or only those that failed.</summary>
    public RowsListed Lists { get; init; } = RowsListed.All;
    /// <summary>Going out: whether XML begins with its declaration.</summary>
    public bool Declared { get; init; } = true;
    /// <summary>Going out exactly one; coming in the first that a document fits.</summary>
    public required IReadOnlyList<TreeRecord> Records { get; init; }
}

/// <summary>What a document is written in. JSON is UTF-8; a name that ends with "[]" is an array of objects.</summary>
public enum TreeSyntax { Xml, Json }

/// <summary>One kind of document.</summary>
/// <param name="Fields">Going out in their order, the one of value rows where the rows stand; the last part of an XML
/// path may be an attribute ("@version"). Several fields of value fileStatus are one word, with '/' between.</param>
/// <param name="Rows">Coming in: the path of one row; empty where the document has none.</param>
/// <param name="RowFields">Paths within a row.</param>
/// <param name="When">Coming in: the path whose text must be Is; empty for any document.</param>
public sealed record TreeRecord(IReadOnlyList<LayoutField> Fields, string Rows = "",
    IReadOnlyList<LayoutField>? RowFields = null, string When = "", string Is = "")
{
    /// <summary>Fields of a row, none where the document has no rows.</summary>
    [JsonIgnore]
    public IReadOnlyList<LayoutField> OfRow => RowFields ?? [];
}

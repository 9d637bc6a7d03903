using Disbursement.Engine.Audit;

namespace Disbursement.Engine.Runtime;

/// <summary>
/// What is asked of a ledger: a verb, its arguments, and the documents that cause it. Leaf and stored documents hold
/// all of it, so a replay asks exactly the same.
/// </summary>
/// <param name="Verb">Noun and act, e.g. "payroll.approve".</param>
/// <param name="Arguments">Short values without personal data; they stand in the leaf.</param>
/// <param name="Inputs">Documents in a fixed order; a signed approval is one of them.</param>
public sealed record Command(
    string Verb, IReadOnlyList<KeyValuePair<string, string>> Arguments, IReadOnlyList<InputDocument> Inputs)
{
    public Command(string verb, params (string Name, object Value)[] arguments)
        : this(verb, [.. arguments.Select(a => KeyValuePair.Create(a.Name, Text(a.Value)))], [])
    {
    }

    public Command With(params ReadOnlySpan<InputDocument> inputs) => this with { Inputs = [.. Inputs, .. inputs] };

    public string? Find(string name)
    {
        foreach (var (key, value) in Arguments) if (key == name) return value;
        return null;
    }

    public string Text(string name) => Find(name)
        ?? throw new Primitives.DefectException($"{Verb}: the argument {name} is missing");

    public long Number(string name) => long.Parse(Text(name), System.Globalization.CultureInfo.InvariantCulture);

    private static string Text(object value) => value is IFormattable f
        ? f.ToString(null, System.Globalization.CultureInfo.InvariantCulture) : value.ToString() ?? "";
}

/// <summary>A document that causes a decision.</summary>
/// <param name="Kind">"payroll-sheet", "roster", "bank-message", "approval", …</param>
/// <param name="Content">Plain bytes as received.</param>
/// <param name="Personal">Stored sealed under a key of its own, so that it can be erased.</param>
/// <param name="Name">How the user or the bank named it; an argument of the command
/// repeats it where it matters.</param>
public sealed record InputDocument(string Kind, ReadOnlyMemory<byte> Content, bool Personal = false, string Name = "")
{
    /// <summary>Of a document whose key was erased: as it is stored, since its content is there no more. A decision
    /// that is made again over it never read it. Null of every other.</summary>
    public DocumentRow? Sealed { get; init; }

    /// <summary>SHA-256 of the content of such a document, hex, by the approval that was signed over it.</summary>
    public string Stated { get; init; } = "";
}

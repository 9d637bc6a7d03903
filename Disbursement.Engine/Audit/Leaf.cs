using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Engine.Audit;

/// <summary>A named argument of the decision. The value is free text.</summary>
public readonly record struct LeafArgument(string Name, string Value);

/// <summary>A document the decision used or made: its kind and the digest of its stored bytes.</summary>
public readonly record struct LeafDocument(string Kind, Hash256 Digest);

/// <summary>The rows the decision wrote into one table: how many, and their <see cref="RowsRoot"/>.</summary>
public readonly record struct LeafRows(string Table, long Count, Hash256 Root);

/// <summary>
/// A sum over the decision that can be checked against the tables, with its unit in the name: paid_fen.
/// </summary>
public readonly record struct LeafCount(string Name, long Value);

/// <summary>
/// One decision in the audit log, as short text (format: <c>specs/audit-format.md</c>). The bytes that
/// <see cref="Format"/> writes are stored and hashed as they are, never written anew from tables.
/// </summary>
/// <param name="Ledger">The ledger, a word: "520100".</param>
/// <param name="N">Number of the decision in its ledger, from 1 without gaps; its index in the tree is N − 1.</param>
/// <param name="At">The time the command read, whole microseconds.</param>
/// <param name="Decider">Name and version of the decider, which rebuild selects it by: "payroll.approve/1".</param>
public sealed record Leaf(string Ledger, long N, Instant At, string Decider)
{
    /// <summary>The longest leaf there may be, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    internal const string Header = "disburse-leaf/1";
    internal static readonly InstantPattern TimePattern =
        InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss.ffffff'Z'");

    /// <summary>Arguments; a name stands once.</summary>
    public IReadOnlyList<LeafArgument> Arguments { get; init; } = [];

    /// <summary>Documents used: sheet, approvals, calendar, profile, rule pack.</summary>
    public IReadOnlyList<LeafDocument> Inputs { get; init; } = [];

    /// <summary>Documents made: the sealed file, a notice.</summary>
    public IReadOnlyList<LeafDocument> Outputs { get; init; } = [];

    /// <summary>Rows written; a table stands once.</summary>
    public IReadOnlyList<LeafRows> Rows { get; init; } = [];

    /// <summary>Sums; a name stands once.</summary>
    public IReadOnlyList<LeafCount> Counts { get; init; } = [];

    /// <summary>The hash under which the stored bytes enter the log.</summary>
    public static Hash256 HashOf(ReadOnlySpan<byte> stored) => MerkleTree.LeafHash(stored);

    /// <summary>The bytes to store and hash. A leaf that could not be read back is a defect and throws.</summary>
    public byte[] Format()
    {
        var bytes = AuditText.StrictUtf8.GetBytes(ToText());
        Invariant.Holds(LeafReader.Read(bytes, out var read, out var error), $"leaf {Ledger} {N}: {error}");
        // A line end smuggled into a word would read as one more line, and a time as another time.
        Invariant.Holds(IsSame(read), $"leaf {Ledger} {N} reads back as another");
        return bytes;
    }

    private bool IsSame(Leaf other) =>
        (Ledger, N, At, Decider) == (other.Ledger, other.N, other.At, other.Decider)
        && Arguments.SequenceEqual(other.Arguments) && Inputs.SequenceEqual(other.Inputs)
        && Outputs.SequenceEqual(other.Outputs) && Rows.SequenceEqual(other.Rows) && Counts.SequenceEqual(other.Counts);

    /// <summary>
    /// Reads a stored leaf, or says what is wrong with which line. Strict: accepts only bytes that <see cref="Format"/>
    /// writes for the same leaf, so nothing can hide in spelling.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> bytes, out Leaf leaf, out string error)
    {
        if (!LeafReader.Read(bytes, out leaf, out error)) return false;
        // Line by line everything was canonical; this holds even if a line's reader is ever made more lenient.
        if (Encoding.UTF8.GetBytes(leaf.ToText()).AsSpan().SequenceEqual(bytes)) return true;
        error = "not the canonical text of this leaf";
        return false;
    }

    private string ToText()
    {
        var text = new StringBuilder(256);
        var plain = CultureInfo.InvariantCulture;
        text.Append(Header).Append('\n');
        text.Append(plain, $"ledger {Ledger}\nn {N}\nat {TimePattern.Format(At)}\ndecider {Decider}\n");
        foreach (var a in Arguments) text.Append(plain, $"arg {a.Name} {AuditText.Escape(a.Value)}\n");
        foreach (var d in Inputs) text.Append(plain, $"input {d.Kind} {d.Digest}\n");
        foreach (var d in Outputs) text.Append(plain, $"output {d.Kind} {d.Digest}\n");
        foreach (var r in Rows) text.Append(plain, $"rows {r.Table} {r.Count} {r.Root}\n");
        foreach (var c in Counts) text.Append(plain, $"count {c.Name} {c.Value}\n");
        return text.ToString();
    }
}

using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Ports;

/// <summary>Everything one decision changes: committed in one transaction with its leaf, or not at all.</summary>
public sealed class Changes
{
    private readonly List<RowSet> _sets = [];
    private readonly List<StoredDocument> _documents = [];
    private readonly List<(string Name, long Value)> _counts = [];

    /// <summary>Rows in the order they are written; headers before the facts that lean on them.</summary>
    public IReadOnlyList<RowSet> Sets => _sets;
    public IReadOnlyList<StoredDocument> Documents => _documents;

    /// <summary>Figures the leaf states: lines and fen moved.</summary>
    public IReadOnlyList<(string Name, long Value)> Counts => _counts;

    /// <summary>What the caller is told; not part of the record.</summary>
    public object? Result { get; set; }

    /// <summary>True where the decision was taken before with the same content: nothing is written.</summary>
    public bool Repeat { get; private init; }

    public static Changes Repeated(object? result = null) => new() { Repeat = true, Result = result };

    public Changes Insert<T>(params IReadOnlyList<T> rows) where T : class, IRow
    {
        if (rows.Count > 0) _sets.Add(new RowSet<T>(rows, Updates: false));
        return this;
    }

    /// <summary>Writes a header over its version − 1.</summary>
    public Changes Update<T>(T header) where T : class, IHeaderRow
    {
        Invariant.Holds(header.Version > 1, $"an update of {typeof(T).Name} raises its version");
        _sets.Add(new RowSet<T>([header], Updates: true));
        return this;
    }

    public Changes Store(StoredDocument document)
    {
        if (!_documents.Exists(d => d.Row.Digest == document.Row.Digest)) _documents.Add(document);
        return this;
    }

    public Changes Count(string name, long value)
    {
        _counts.Add((name, value));
        return this;
    }
}

/// <summary>Rows of one type, all inserted or all updated.</summary>
public abstract record RowSet(bool Updates)
{
    public abstract int Count { get; }

    /// <summary>Hands the typed rows to a visitor: no reflection per row.</summary>
    public abstract void Accept(IRowSetVisitor visitor);
}

/// <inheritdoc />
public sealed record RowSet<T>(IReadOnlyList<T> Rows, bool Updates) : RowSet(Updates) where T : class, IRow
{
    public override int Count => Rows.Count;
    public override void Accept(IRowSetVisitor visitor) => visitor.Visit(this);
}

/// <summary>Writes, hashes or compares row sets.</summary>
public interface IRowSetVisitor
{
    void Visit<T>(RowSet<T> set) where T : class, IRow;
}

/// <summary>
/// A document as stored, and how the leaf names it: as input (caused the decision) or output (made by it).
/// </summary>
/// <param name="FreshKey">The key it was sealed with, where the document is new and its key not yet kept.</param>
public sealed record StoredDocument(Audit.DocumentRow Row, bool Output, byte[]? FreshKey = null);

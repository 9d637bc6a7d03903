namespace Disbursement.Engine.Ports;

/// <summary>
/// Names the table a row type stands for; property names are its columns (PayrollLine → payroll_line).
/// </summary>
/// <param name="name">Table name.</param>
/// <param name="key">Key columns, separated by blanks, the ledger first.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TableAttribute(string name, string key) : Attribute
{
    public string Name => name;
    public string Key => key;

    /// <summary>A header is updated under its version; everything else is a fact, written once.</summary>
    public bool Header { get; init; }

    /// <summary>Columns of a header that never change.</summary>
    public string Fixed { get; init; } = "";

    /// <summary>Further unique column sets within a ledger; a set with a null in it does not count.</summary>
    public string[] Unique { get; init; } = [];
}

/// <summary>A row of any table. The store fills in the ledger.</summary>
public interface IRow
{
    long Ledger { get; set; }
}

/// <summary>Written once, never changed.</summary>
public interface IFactRow : IRow;

/// <summary>Updated under its version; version 1 is the first.</summary>
public interface IHeaderRow : IRow
{
    long Version { get; }
}

using System.Reflection;
using System.Text;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Storage;

/// <summary>
/// What the store knows of a row type: its table, columns in order, and the SQL over them. Built once per type.
/// </summary>
public sealed class TableMap<T> where T : class, IRow
{
    public static readonly TableMap<T> Shared = new();

    private TableMap()
    {
        var table = typeof(T).GetCustomAttribute<TableAttribute>()
            ?? throw new DefectException($"{typeof(T).Name} names no table");
        Name = table.Name;
        Key = table.Key.Split(' ');
        Header = table.Header;
        Columns = [.. typeof(T).GetProperties()
            .Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract")
            .Select(p => Column<T>.Of(p, ColumnName(p.Name)))];
        var names = string.Join(", ", Columns.Select(c => c.Name));
        Select = $"SELECT {names} FROM {Name}";
        OrderByKey = $" ORDER BY {string.Join(", ", Key)}";
        Insert = $"INSERT INTO {Name} ({names}) VALUES ({string.Join(", ", Columns.Select(c => "@" + c.Name))})";
        var sets = Columns.Where(c => !Key.Contains(c.Name)).Select(c => $"{c.Name} = @{c.Name}");
        Update = $"UPDATE {Name} SET {string.Join(", ", sets)} WHERE "
            + string.Join(" AND ", Key.Select(k => $"{k} = @{k}")) + " AND version = @version - 1";
        Copy = $"COPY {Name} ({names}) FROM STDIN (FORMAT BINARY)";
    }

    public string Name { get; }
    public IReadOnlyList<string> Key { get; }
    public bool Header { get; }
    public IReadOnlyList<Column<T>> Columns { get; }
    public string Select { get; }
    public string OrderByKey { get; }
    public string Insert { get; }
    public string Update { get; }
    public string Copy { get; }

    /// <summary>PayrollLine → payroll_line.</summary>
    private static string ColumnName(string property)
    {
        var name = new StringBuilder(property.Length + 4);
        foreach (var c in property)
        {
            if (char.IsUpper(c) && name.Length > 0) name.Append('_');
            name.Append(char.ToLowerInvariant(c));
        }
        return name.ToString();
    }
}

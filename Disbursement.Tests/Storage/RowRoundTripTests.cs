using System.Data.Common;
using System.Reflection;
using System.Runtime.CompilerServices;
using Dapper;
using Disbursement.Engine.Ports;
using Disbursement.Host.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Storage;

/// <summary>
/// Every row type comes back as it went, by the single and by the bulk writer of both engines. Extreme rows break laws
/// that are tested elsewhere, so they go into a temporary table of the same name and columns.
/// </summary>
public sealed class RowRoundTripTests
{
    private static readonly MethodInfo Trip =
        typeof(RowRoundTripTests).GetMethod(nameof(RoundTrip), BindingFlags.NonPublic | BindingFlags.Static)!;

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Every_row_type_round_trips_by_both_writers_with_extreme_values(string engine)
    {
        using var database = Databases.Fresh(engine);
        using var connection = database.Dialect.OpenOwner();
        foreach (var (type, table) in Migrations.Tables)
        {
            Shadow(connection, database, table.Name);
            Trip.MakeGenericMethod(type).Invoke(null, [database.Dialect, connection]);
        }
        Assert.True(Migrations.Tables.Count >= 30, $"{Migrations.Tables.Count} tables");
    }

    private static void Shadow(DbConnection connection, Database database, string table)
    {
        if (database.Postgres)
        {
            connection.Execute($"CREATE TEMPORARY TABLE {table} AS SELECT * FROM public.{table} WITH NO DATA");
            return;
        }
        var columns = connection.Query<(string Name, string Type)>(
            $"SELECT name, type FROM pragma_table_info('{table}')");
        connection.Execute(
            $"CREATE TEMPORARY TABLE {table} ({string.Join(", ", columns.Select(c => $"{c.Name} {c.Type}"))}) STRICT");
    }

    private static void RoundTrip<T>(Dialect dialect, DbConnection connection) where T : class, IRow
    {
        var map = TableMap<T>.Shared;
        var rows = Enumerable.Range(0, 6).Select(Extreme<T>).ToList();
        foreach (var bulk in new[] { false, true })
        {
            using var transaction = dialect.BeginWrite(connection);
            if (bulk) dialect.WriteBulk(connection, transaction, map, rows);
            else
            {
                var batch = dialect.Batch(connection, transaction);
                foreach (var row in rows) batch.Add(map, row, update: false);
                batch.Flush();
            }
            var read = connection.Query<T>(map.Select + " ORDER BY ledger", transaction: transaction).AsList();
            Assert.Equal(rows.Select(Text), read.Select(Text));
            transaction.Rollback();
        }
    }

    /// <summary>Row n of a type: no two rows are alike, and each value takes its extremes in turn.</summary>
    private static T Extreme<T>(int n) where T : class, IRow
    {
        var row = (T)RuntimeHelpers.GetUninitializedObject(typeof(T));
        foreach (var property in Properties(typeof(T)))
            property.SetValue(row, property.Name == nameof(IRow.Ledger) ? (long)n : Value(property, n));
        return row;
    }

    private static object? Value(PropertyInfo property, int n)
    {
        var plain = Nullable.GetUnderlyingType(property.PropertyType);
        var optional = plain is not null
            || new NullabilityInfoContext().Create(property).WriteState == NullabilityState.Nullable;
        if (optional && n == 5) return null;
        plain ??= property.PropertyType;
        if (plain.IsEnum)
        {
            var names = Enum.GetValues(plain);
            return names.GetValue(n % names.Length);
        }
        return plain == typeof(long) ? Pick(n, 0L, 9_007_199_254_740_993, long.MaxValue, long.MinValue, -1, 1)
            : plain == typeof(string)
                ? Pick(n, "", "𠮷野", "样例 'x' \"y\" \\", " \t\n", new string('长', 5000), "a")
            : plain == typeof(byte[]) ? Pick<byte[]>(n, [], [0], [.. Enumerable.Range(0, 256).Select(i => (byte)i)],
                new byte[70_000], "𠮷"u8.ToArray(), [255])
            : plain == typeof(LocalDate) ? Pick(n, new LocalDate(1950, 1, 1), new(2024, 2, 29), new(9999, 12, 31),
                new(2026, 12, 31), new(2026, 1, 1), new(1970, 1, 1))
            : plain == typeof(Instant) ? Pick(n, Instant.FromUtc(1970, 1, 1, 0, 0),
                Instant.FromUnixTimeTicks(17_700_000_001_234_560), Instant.FromUtc(9999, 12, 31, 23, 59, 59),
                Instant.FromUnixTimeTicks(10), Instant.FromUtc(2026, 2, 28, 16, 0), Instant.FromUtc(1900, 1, 1, 0, 0))
            : throw new NotSupportedException($"{property.DeclaringType!.Name}.{property.Name}: {plain.Name}");
    }

    private static object Pick<TValue>(int n, params TValue[] values) => values[n % values.Length]!;

    private static IEnumerable<PropertyInfo> Properties(Type type) => type.GetProperties()
        .Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract");

    private static string Text<T>(T row) => string.Join(" | ", Properties(typeof(T)).Select(p =>
        $"{p.Name}=" + (p.GetValue(row) switch
        {
            null => "null",
            byte[] bytes => Convert.ToHexString(bytes),
            Instant at => $"{at.ToUnixTimeTicks()}",
            string text => $"“{text}”",
            var value => $"{value}",
        })));
}

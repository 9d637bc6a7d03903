using System.Reflection;
using Disbursement.Engine.Primitives;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Disbursement.Host.Storage;

/// <summary>One column of a row type: how its value goes into a COPY, a parameter, and the canonical bytes.</summary>
public abstract class Column<T>(string name)
{
    public string Name => name;

    public abstract void Copy(NpgsqlBinaryImporter writer, T row);
    public abstract object Boxed(T row, bool postgres);
    public abstract NpgsqlDbType PostgresType { get; }
    public abstract void Canonical(RowBytes bytes, T row);

    public static Column<T> Of(PropertyInfo property, string name)
    {
        var type = property.PropertyType;
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain.IsEnum)
        {
            Invariant.Holds(plain == type, $"{typeof(T).Name}.{property.Name}: an enumeration is never null");
            return (Column<T>)Activator.CreateInstance(typeof(EnumColumn<,>)
                .MakeGenericType(typeof(T), plain), name, property)!;
        }
        return type switch
        {
            _ when type == typeof(long) => new LongColumn<T>(name, Getter<long>(property)),
            _ when type == typeof(long?) => new OptionalLongColumn<T>(name, Getter<long?>(property)),
            _ when type == typeof(string) => new TextColumn<T>(name, Getter<string?>(property)),
            _ when type == typeof(byte[]) => new BytesColumn<T>(name, Getter<byte[]?>(property)),
            _ when type == typeof(LocalDate) => new DateColumn<T>(name, Optional(Getter<LocalDate>(property))),
            _ when type == typeof(LocalDate?) => new DateColumn<T>(name, Getter<LocalDate?>(property)),
            _ when type == typeof(Instant) => new InstantColumn<T>(name, Optional(Getter<Instant>(property))),
            _ when type == typeof(Instant?) => new InstantColumn<T>(name, Getter<Instant?>(property)),
            _ => throw new DefectException($"{typeof(T).Name}.{property.Name}: no column form for {type.Name}"),
        };
    }

    private static Func<T, TValue> Getter<TValue>(PropertyInfo property) =>
        property.GetMethod!.CreateDelegate<Func<T, TValue>>();
    private static Func<T, TValue?> Optional<TValue>(Func<T, TValue> getter) where TValue
        : struct => row => getter(row);
}

internal sealed class LongColumn<T>(string name, Func<T, long> get) : Column<T>(name)
{
    public override NpgsqlDbType PostgresType => NpgsqlDbType.Bigint;
    public override void Copy(NpgsqlBinaryImporter writer, T row) => writer.Write(get(row), NpgsqlDbType.Bigint);
    public override object Boxed(T row, bool postgres) => get(row);
    public override void Canonical(RowBytes bytes, T row) => bytes.Number(get(row));
}

internal sealed class OptionalLongColumn<T>(string name, Func<T, long?> get) : Column<T>(name)
{
    public override NpgsqlDbType PostgresType => NpgsqlDbType.Bigint;
    public override void Copy(NpgsqlBinaryImporter writer, T row)
    {
        if (get(row) is { } value) writer.Write(value, NpgsqlDbType.Bigint); else writer.WriteNull();
    }
    public override object Boxed(T row, bool postgres) => get(row) is { } value ? value : DBNull.Value;
    public override void Canonical(RowBytes bytes, T row)
    {
        if (get(row) is { } value) bytes.Number(value); else bytes.Null();
    }
}

internal sealed class TextColumn<T>(string name, Func<T, string?> get) : Column<T>(name)
{
    public override NpgsqlDbType PostgresType => NpgsqlDbType.Text;
    public override void Copy(NpgsqlBinaryImporter writer, T row)
    {
        if (get(row) is { } value) writer.Write(value, NpgsqlDbType.Text); else writer.WriteNull();
    }
    public override object Boxed(T row, bool postgres) => (object?)get(row) ?? DBNull.Value;
    public override void Canonical(RowBytes bytes, T row)
    {
        if (get(row) is { } value) bytes.Text(value); else bytes.Null();
    }
}

internal sealed class EnumColumn<T, TEnum>(string name, PropertyInfo property)
    : Column<T>(name) where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Names = Enum.GetValues<TEnum>()
        .ToDictionary(v => v, v => v.ToString());
    private readonly Func<T, TEnum> _get = property.GetMethod!.CreateDelegate<Func<T, TEnum>>();

    public override NpgsqlDbType PostgresType => NpgsqlDbType.Text;
    public override void Copy(NpgsqlBinaryImporter writer, T row) => writer.Write(Names[_get(row)], NpgsqlDbType.Text);
    public override object Boxed(T row, bool postgres) => Names[_get(row)];
    public override void Canonical(RowBytes bytes, T row) => bytes.Text(Names[_get(row)]);
}

internal sealed class BytesColumn<T>(string name, Func<T, byte[]?> get) : Column<T>(name)
{
    public override NpgsqlDbType PostgresType => NpgsqlDbType.Bytea;
    public override void Copy(NpgsqlBinaryImporter writer, T row)
    {
        if (get(row) is { } value) writer.Write(value, NpgsqlDbType.Bytea); else writer.WriteNull();
    }
    public override object Boxed(T row, bool postgres) => (object?)get(row) ?? DBNull.Value;
    public override void Canonical(RowBytes bytes, T row)
    {
        if (get(row) is { } value) bytes.Bytes(value); else bytes.Null();
    }
}

internal sealed class DateColumn<T>(string name, Func<T, LocalDate?> get) : Column<T>(name)
{
    public override NpgsqlDbType PostgresType => NpgsqlDbType.Date;
    public override void Copy(NpgsqlBinaryImporter writer, T row)
    {
        if (get(row) is { } value) writer.Write(value, NpgsqlDbType.Date); else writer.WriteNull();
    }
    public override object Boxed(T row, bool postgres) =>
        get(row) is { } value ? postgres ? value : TimeText.Date.Format(value) : DBNull.Value;
    public override void Canonical(RowBytes bytes, T row)
    {
        if (get(row) is { } value) bytes.Text(TimeText.Date.Format(value)); else bytes.Null();
    }
}

internal sealed class InstantColumn<T>(string name, Func<T, Instant?> get) : Column<T>(name)
{
    public override NpgsqlDbType PostgresType => NpgsqlDbType.TimestampTz;
    public override void Copy(NpgsqlBinaryImporter writer, T row)
    {
        if (get(row) is { } value) writer.Write(value, NpgsqlDbType.TimestampTz); else writer.WriteNull();
    }
    public override object Boxed(T row, bool postgres) =>
        get(row) is { } value ? postgres ? value : TimeText.Moment.Format(value) : DBNull.Value;
    public override void Canonical(RowBytes bytes, T row)
    {
        if (get(row) is { } value) bytes.Text(TimeText.Moment.Format(value)); else bytes.Null();
    }
}

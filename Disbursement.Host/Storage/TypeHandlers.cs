using System.Data;
using Dapper;
using NodaTime;
using Npgsql;
using NpgsqlTypes;

namespace Disbursement.Host.Storage;

/// <summary>Dapper's forms of days and moments on both engines.</summary>
internal static class TypeHandlers
{
    private static bool _registered;

    public static void Register()
    {
        if (_registered) return;
        _registered = true;
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new DateHandler());
        SqlMapper.AddTypeHandler(new MomentHandler());
    }

    private sealed class DateHandler : SqlMapper.TypeHandler<LocalDate>
    {
        public override LocalDate Parse(object value) => value switch
        {
            LocalDate date => date,
            DateOnly date => LocalDate.FromDateOnly(date),
            DateTime moment => LocalDate.FromDateTime(moment),
            string text => TimeText.Date.Parse(text).GetValueOrThrow(),
            _ => throw new DataException($"no day in {value.GetType()}"),
        };

        public override void SetValue(IDbDataParameter parameter, LocalDate value)
        {
            if (parameter is NpgsqlParameter postgres)
            {
                postgres.NpgsqlDbType = NpgsqlDbType.Date;
                postgres.Value = value;
                return;
            }
            parameter.DbType = DbType.String;
            parameter.Value = TimeText.Date.Format(value);
        }
    }

    private sealed class MomentHandler : SqlMapper.TypeHandler<Instant>
    {
        public override Instant Parse(object value) => value switch
        {
            Instant moment => moment,
            DateTime moment => Instant.FromDateTimeUtc(DateTime.SpecifyKind(moment, DateTimeKind.Utc)),
            string text => TimeText.Moment.Parse(text).GetValueOrThrow(),
            _ => throw new DataException($"no moment in {value.GetType()}"),
        };

        public override void SetValue(IDbDataParameter parameter, Instant value)
        {
            if (parameter is NpgsqlParameter postgres)
            {
                postgres.NpgsqlDbType = NpgsqlDbType.TimestampTz;
                postgres.Value = value;
                return;
            }
            parameter.DbType = DbType.String;
            parameter.Value = TimeText.Moment.Format(value);
        }
    }
}

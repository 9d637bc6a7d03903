using System.Data.Common;
using Dapper;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Audit;

public sealed class RebuildTests : IDisposable
{
    private readonly Scratch _files = new();

    public void Dispose() => _files.Dispose();

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Tables_rebuilt_from_documents_log_and_keys_equal_the_tables(string engine)
    {
        using var ledger = new AuditedLedger(engine);
        Sign(ledger);
        var verdict = Compare(ledger);
        Assert.Empty(verdict.Findings);
        Assert.Equal((ledger.Leaves, 1L), (verdict.Leaves, verdict.Checkpoints));
    }

    [Fact]
    public void Every_other_table_may_be_gone_when_a_ledger_is_built_anew()
    {
        using var ledger = new AuditedLedger(Engines.Sqlite);
        var into = new SqliteDialect(_files["anew.db"]);
        using (var raw = ledger.Database.Owner())
        {
            raw.Execute($"VACUUM INTO '{_files["whole.db"]}'");
            foreach (var (_, table) in Migrations.Tables)
                if (table.Name is not ("document" or "log_leaf" or "subject_key"))
                    raw.Execute($"DROP TABLE {table.Name}");
            raw.Execute("DROP TABLE schema_version");
        }
        using var source = new LogSource(ledger.Dialect);
        Assert.Empty(new Rebuild(source, into).Run());
        Assert.Empty(new TableComparison(new SqliteDialect(_files["whole.db"]), into, null).Run());
    }

    [Theory]
    [InlineData(Engines.Sqlite)]
    [InlineData(Engines.Postgres)]
    public void One_changed_digit_in_any_column_of_any_table_is_found_and_its_table_named(string engine)
    {
        using var ledger = new AuditedLedger(engine);
        Sign(ledger);
        using var raw = ledger.Database.Owner();
        Unguarded(raw, engine);
        var tables = 0;
        foreach (var table in Migrations.Tables.Select(t => t.Table.Name).Append("schema_version"))
        {
            if (raw.ExecuteScalar<long>($"SELECT count(*) FROM {table}") == 0) continue;
            tables++;
            // A whole rebuild for each column: on the second engine every third is sample enough.
            var columns = Columns(raw, table);
            for (var i = 0; i < columns.Length; i += engine == Engines.Sqlite ? 1 : 3) Flip(ledger, raw, table, columns[i]);
        }
        Assert.True(tables >= 8, $"only {tables} tables hold rows");
        Assert.Empty(Compare(ledger).Findings);
    }

    [Fact]
    public void An_added_row_and_a_document_or_key_of_no_leaf_are_found()
    {
        using var ledger = new AuditedLedger(Engines.Sqlite);
        using var raw = ledger.Database.Owner();
        Unguarded(raw, Engines.Sqlite);
        foreach (var (table, sql) in new[]
        {
            ("document", "INSERT INTO document VALUES (520100, 'ab', 'order', 'cd', NULL, x'00')"),
            ("subject_key", "INSERT INTO subject_key VALUES (520100, 'person/99', x'00')"),
            ("employer", "INSERT INTO employer VALUES (520100, 1, '91520100MA6DM00000', '样例')"),
        })
        {
            raw.Execute(sql);
            Assert.Contains(Compare(ledger).Findings,
                f => f.Rule == RebuildRules.RowUnfounded && f.Arguments[0] == table);
            raw.Execute(table == "subject_key" ? "DELETE FROM subject_key WHERE subject = 'person/99'"
                : table == "document" ? "DELETE FROM document WHERE digest = 'ab'" : "DELETE FROM employer");
        }
        Assert.Empty(Compare(ledger).Findings);
    }

    [Fact]
    public void A_field_of_an_erased_key_is_reported_erased_and_the_rest_still_compared()
    {
        using var ledger = new AuditedLedger(Engines.Sqlite);
        using var raw = ledger.Database.Owner();
        Assert.Equal(1, Erased(raw, "('person/1')"));
        var verdict = Compare(ledger);
        Assert.Equal((RebuildRules.FieldErased, "person/1"), (verdict.Findings.Single().Rule, verdict.Findings[0].Arguments[0]));
        Assert.True(verdict.Equal);
        Unguarded(raw, Engines.Sqlite);
        raw.Execute("UPDATE person SET sealed = CAST(substr(sealed, 1, 10) || x'00' AS BLOB) WHERE person = 1");
        Assert.Contains(Compare(ledger).Findings, f => f.Rule == RebuildRules.LeafDiffers
            && f.Arguments[2].Contains("rows person", StringComparison.Ordinal));
    }

    [Fact]
    public void A_document_of_an_erased_key_stops_the_rebuild_with_its_digest()
    {
        using var ledger = new AuditedLedger(Engines.Sqlite);
        using var raw = ledger.Database.Owner();
        Erased(raw, "(SELECT min(subject) FROM subject_key WHERE subject LIKE 'document/%')");
        var finding = Compare(ledger).Findings.Single();
        Assert.Equal(RebuildRules.DocumentUnusable, finding.Rule);
        Assert.StartsWith("erased", finding.Arguments[2], StringComparison.Ordinal);
    }

    /// <summary>Changes one value, wants the verdict to name its table, and puts the value back.</summary>
    private void Flip(AuditedLedger ledger, DbConnection raw, string table, string column)
    {
        var key = Key(table);
        // The last row with a value there: by then the rebuild has the most to go by that is still whole.
        using var found = new System.Data.DataTable();
        using (var reader = raw.ExecuteReader($"SELECT {column} AS flipped, {string.Join(", ", key)} FROM {table} "
            + $"WHERE {column} IS NOT NULL ORDER BY {string.Join(", ", key.Select(k => k + " DESC"))} LIMIT 1"))
            found.Load(reader);
        if (found.Rows.Count == 0) return;
        var (was, now) = (found.Rows[0][0], Changed(found.Rows[0][0]));
        Assert.Equal(1, Write(now, was));
        var findings = Compare(ledger).Findings;
        Assert.True(findings.Any(f => f.Rule.Severity == Severity.Refusal), $"{table}.{column} was changed and not found");
        var named = findings.Any(f => f.Text(chinese: false).Contains(table, StringComparison.Ordinal));
        // Another secret shows as other rows of what it seals; another leaf as the leaf itself.
        Assert.True(named || table is "subject_key" or "log_leaf", $"{table}.{column}: {findings[0].Text(chinese: false)}");
        Assert.Equal(1, Write(was, now));

        // A row is found by its key; a column of the key itself by the value it now holds.
        int Write(object value, object held)
        {
            var values = new DynamicParameters();
            values.Add("value", value);
            for (var i = 0; i < key.Length; i++) values.Add($"k{i}", key[i] == column ? held : found.Rows[0][i + 1]);
            return raw.Execute($"UPDATE {table} SET {column} = @value WHERE "
                + string.Join(" AND ", key.Select((k, i) => $"{k} = @k{i}")), values);
        }
    }

    private static string[] Key(string table) => table == "schema_version" ? ["script"]
        : Migrations.Tables.Single(t => t.Table.Name == table).Table.Key.Split(' ');

    internal static object Changed(object value) => value switch
    {
        long number => number + 1,
        byte[] { Length: > 0 } bytes => (byte[])[.. bytes[..^1], (byte)(bytes[^1] ^ 1)],
        byte[] => new byte[] { 1 },
        DateTime moment => moment.AddMilliseconds(1),
        // The last digit where there is one, so that a day stays a day and a moment a moment.
        string text when text.LastIndexOfAny([.. "0123456789"]) is var at and >= 0 =>
            $"{text[..at]}{(char)('0' + (text[at] - '0' + 1) % 10)}{text[(at + 1)..]}",
        string text => text.Length == 0 ? "1" : text[..^1] + (text[^1] == 'a' ? 'b' : 'a'),
        _ => throw new InvalidOperationException($"no other value for {value.GetType()}"),
    };

    /// <summary>Deletes a key by the owner's hand: the application has no way to, until erasure has a verb.</summary>
    internal static int Erased(DbConnection raw, string subject) =>
        raw.Execute($"DROP TRIGGER subject_key_kept; DELETE FROM subject_key WHERE subject IN {subject}");

    /// <summary>Takes the triggers and checks away, as who owns the database can.</summary>
    internal static void Unguarded(DbConnection raw, string engine)
    {
        if (engine == Engines.Postgres)
        {
            raw.Execute("SET session_replication_role = replica");
            var checks = raw.Query<string>("""
                SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) FROM pg_constraint
                WHERE contype = 'c' AND connamespace = 'public'::regnamespace
                """);
            foreach (var check in checks) raw.Execute(check);
            return;
        }
        foreach (var trigger in raw.Query<string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").ToList())
            raw.Execute($"DROP TRIGGER {trigger}");
        raw.Execute("PRAGMA ignore_check_constraints = 1; PRAGMA foreign_keys = 0");
    }

    internal static string[] Columns(DbConnection raw, string table)
    {
        using var reader = raw.ExecuteReader($"SELECT * FROM {table} WHERE 1 = 0");
        return [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
    }

    private string KeyPath => _files["keys/log.key.pem"];

    private void Sign(AuditedLedger ledger)
    {
        using var log = new LiveLog(ledger.Dialect, AuditedLedger.Ledger);
        Assert.True(log.Sign(LogKey.Ensure(KeyPath)).Accepted);
    }

    private RebuildVerdict Compare(AuditedLedger ledger) =>
        LiveRebuild.Compare(ledger.Dialect, null, origin => LogKey.Find(KeyPath)?.Verifiers(origin) ?? []);
}

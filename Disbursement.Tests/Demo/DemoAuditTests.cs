using Dapper;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;
using Disbursement.Tests.Audit;
using Disbursement.Tests.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Disbursement.Tests.Demo;

/// <summary>The demo's database is what its log, documents and keys make of it; nothing else passes for it.</summary>
public sealed class DemoAuditTests : IDisposable
{
    private static readonly string[] Sources = ["document", "log_leaf", "subject_key"];
    private readonly DemoCopy _demo = new();

    public void Dispose() => _demo.Dispose();

    [Fact]
    public void A_rebuild_gives_the_demo_s_tables()
    {
        var (code, output, errors) = Disburse.Run("audit", "rebuild", "--db", _demo.Option);
        Assert.True(code == 0, output + errors);
    }

    [Theory]
    [InlineData("document")]
    [InlineData("log_leaf")]
    [InlineData("subject_key")]
    public void One_value_changed_in_what_a_rebuild_reads_is_found(string table)
    {
        var column = Change(table);
        var (code, output, errors) = Rebuild();
        Assert.True(code == 1, $"{table}.{column}: {code} {output}{errors}");
        // Another secret shows as what it no longer opens, another leaf as the leaf itself.
        var named = table == "document" ? "document" : table == "log_leaf" ? "leaf" : "rows ";
        Assert.Contains(named, output + errors, StringComparison.Ordinal);
    }

    [Fact]
    public void One_value_changed_in_any_column_of_any_other_table_is_found_and_its_row_named()
    {
        using var folder = new Scratch();
        var rebuilt = new SqliteDialect(folder["rebuilt.db"]);
        using (var source = new LogSource(new SqliteDialect(_demo.Database)))
            Assert.Empty(new Rebuild(source, rebuilt).Run());
        using var raw = Raw();
        Unguard(raw);
        var columns = 0;
        foreach (var table in Derived())
            foreach (var column in RebuildTests.Columns(raw, table))
            {
                var flip = Flip.Of(raw, table, column);
                flip.Write(raw);
                var findings = new TableComparison(new SqliteDialect(_demo.Database), rebuilt, null).Run();
                Assert.True(findings.Any(f => f.Arguments[0] == table && flip.Names(f.Arguments[1])),
                    $"{table}.{column}: {string.Join("; ", findings.Select(f => f.Text(chinese: false)))}");
                Assert.All(findings, f => Assert.Equal(table, f.Arguments[0]));
                flip.PutBack(raw);
                columns++;
            }
        Assert.True(columns > 300, $"only {columns} columns");
        Assert.Empty(new TableComparison(new SqliteDialect(_demo.Database), rebuilt, null).Run());
    }

    /// <summary>What a rebuild reads, and the signed heads: a whole rebuild for each column.</summary>
    [Theory]
    [InlineData("document")]
    [InlineData("log_leaf")]
    [InlineData("subject_key")]
    [InlineData("checkpoint")]
    public void One_value_changed_in_any_column_of_what_is_not_decided_again_is_found(string table)
    {
        using var raw = Raw();
        Unguard(raw);
        foreach (var column in RebuildTests.Columns(raw, table))
        {
            var flip = Flip.Of(raw, table, column);
            flip.Write(raw);
            Assert.True(Refusals().Count > 0, $"{table}.{column} is not found");
            flip.PutBack(raw);
        }
        Assert.Empty(Refusals());
    }

    private IReadOnlyList<Finding> Refusals() => [.. LiveRebuild.Compare(new SqliteDialect(_demo.Database), null,
        origin => LogKey.Find(_demo["keys/log.key.pem"])?.Verifiers(origin) ?? []).Findings
        .Where(f => f.Rule.Severity == Severity.Refusal)];

    [Fact]
    public void The_command_names_every_changed_table_at_once()
    {
        var tables = Derived();
        Assert.True(tables.Count >= 35, $"only {tables.Count} tables hold rows");
        foreach (var table in tables) Change(table);
        var (code, output, errors) = Rebuild();
        Assert.Equal(1, code);
        Assert.All(tables, table => Assert.Contains($" {table}", output + errors, StringComparison.Ordinal));
    }

    [Fact]
    public void The_tables_are_built_anew_from_documents_log_and_keys_alone()
    {
        using (var raw = Raw())
        {
            foreach (var table in raw.Query<string>("SELECT name FROM sqlite_master WHERE type = 'table'").ToList())
                if (!Sources.Contains(table)) raw.Execute($"DROP TABLE {table}");
        }
        var anew = _demo["anew.db"];
        var (code, output, errors) = Disburse.Run("audit", "rebuild", "--db", _demo.Option, "--into", $"sqlite:{anew}");
        Assert.True(code == 0, output + errors);
        string[] notDecided = ["checkpoint", "schema_version"];
        Assert.Equal(FinishedDemo.Dump(FinishedDemo.Shared.Database, notDecided), FinishedDemo.Dump(anew, notDecided));
    }

    [Fact]
    public void An_export_verifies_until_one_byte_is_changed()
    {
        var export = _demo["export"];
        Assert.Equal(0, Disburse.Run("audit", "export", "--out", export, "--db", _demo.Option).Code);
        Assert.Equal(0, Disburse.Run("audit", "verify", export).Code);
        var files = Directory.GetFiles(export, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToList();
        Assert.True(files.Count > 100, $"only {files.Count} files");
        foreach (var file in files)
        {
            var bytes = File.ReadAllBytes(file);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(file, bytes);
            Assert.True(ExportCheck.Verify(export, null).Findings.Any(f => f.Rule.Severity == Severity.Refusal), file);
            // By the command itself for the folder's own files; documents are all taken the same way.
            if (Path.GetDirectoryName(file) == export)
                Assert.True(Disburse.Run("audit", "verify", export).Code == 1, file);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(file, bytes);
        }
        Assert.Equal(0, Disburse.Run("audit", "verify", export).Code);
    }

    [Fact]
    public void One_claim_is_proved_to_a_stranger()
    {
        var proof = _demo["claim-1.proof"];
        Assert.Equal(0, Disburse.Run("audit", "prove", "--claim", "1", "--out", proof, "--db", _demo.Option).Code);
        Assert.Equal(0, Disburse.Run("audit", "prove", "--check", proof).Code);
        var bytes = File.ReadAllBytes(proof);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(proof, bytes);
        Assert.Equal(1, Disburse.Run("audit", "prove", "--check", proof).Code);
    }

    private (int Code, string Output, string Errors) Rebuild() =>
        Disburse.Run("audit", "rebuild", "--lang", "en", "--db", _demo.Option);

    /// <summary>Tables with rows that the rebuild decides again or knows by itself.</summary>
    private List<string> Derived()
    {
        using var raw = Raw();
        return [.. Migrations.Tables.Select(t => t.Table.Name).Append("schema_version")
            .Where(t => !Sources.Contains(t) && t != "checkpoint"
                && raw.ExecuteScalar<long>($"SELECT count(*) FROM {t}") > 0)];
    }

    /// <summary>Changes the last column with a value, in one row, as who owns the file can; its name.</summary>
    private string Change(string table)
    {
        using var raw = Raw();
        Unguard(raw);
        var key = Migrations.Tables.Select(t => t.Table).FirstOrDefault(t => t.Name == table)?.Key ?? "script";
        var keys = key.Replace(' ', ',');
        foreach (var column in RebuildTests.Columns(raw, table).Reverse())
        {
            var row = $"FROM {table} WHERE {column} IS NOT NULL ORDER BY {keys} LIMIT 1";
            if (raw.ExecuteScalar($"SELECT {column} {row}") is not { } value) continue;
            Assert.Equal(1, raw.Execute($"UPDATE {table} SET {column} = @value WHERE ({keys}) = (SELECT {keys} {row})",
                new { value = RebuildTests.Changed(value) }));
            return column;
        }
        throw new InvalidOperationException($"{table} holds no value");
    }

    private SqliteConnection Raw()
    {
        var connection = new SqliteConnection($"Data Source={_demo.Database};Pooling=False");
        connection.Open();
        return connection;
    }

    private static void Unguard(SqliteConnection raw)
    {
        RebuildTests.Unguarded(raw, Engines.Sqlite);
        const string Indexes = "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
        foreach (var index in raw.Query<string>(Indexes).ToList()) raw.Execute($"DROP INDEX {index}");
    }
}

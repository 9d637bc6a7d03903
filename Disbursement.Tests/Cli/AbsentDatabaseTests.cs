using Dapper;
using Disbursement.Tests.Audit;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>Only init makes a database: every other verb says what is missing, and leaves nothing behind.</summary>
public sealed class AbsentDatabaseTests : IDisposable
{
    private readonly Scratch _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("ledger list")]
    [InlineData("person list")]
    [InlineData("payroll list")]
    [InlineData("release show 1")]
    [InlineData("account explain 1")]
    [InlineData("arrears list")]
    [InlineData("warning rules")]
    [InlineData("tick")]
    [InlineData("bank receive")]
    [InlineData("audit verify")]
    [InlineData("audit checkpoint")]
    [InlineData("audit rebuild")]
    [InlineData("profile list --ledger 520100")]
    public void A_verb_on_an_absent_file_is_bad_usage_and_makes_nothing(string verb)
    {
        var (code, output, errors) = Disburse.Run([.. verb.Split(' '), "--db", $"sqlite:{_files["none/none.db"]}"]);
        Assert.True(code == 2, $"{code}: {output}{errors}");
        Assert.Contains("init --ledger REGION", errors, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_files.Root));
    }

    [Fact]
    public void A_rebuild_of_what_is_not_there_makes_no_target_either()
    {
        var (code, _, _) = Disburse.Run("audit", "rebuild", "--db", $"sqlite:{_files["none.db"]}", "--into",
            $"sqlite:{_files["anew.db"]}");
        Assert.Equal(2, code);
        Assert.Empty(Directory.GetFileSystemEntries(_files.Root));
    }

    [Fact]
    public void A_target_that_is_none_is_told_by_the_name_of_its_own_option()
    {
        var (code, _, errors) = Disburse.Run(
            "audit", "rebuild", "--db", $"sqlite:{_files["none.db"]}", "--into", "anew");
        Assert.Equal(2, code);
        Assert.StartsWith("--into anew: give sqlite:PATH", errors, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_PostgreSQL_database_stays_empty()
    {
        using var database = Databases.Empty(Engines.Postgres);
        var (code, _, errors) = Disburse.Run("payroll", "list", "--db", database.Option);
        Assert.True(code == 2, errors);
        Assert.Contains("init --ledger REGION", errors, StringComparison.Ordinal);
        using var owner = database.Owner();
        Assert.Equal(0, owner.ExecuteScalar<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));
    }

    [Theory]
    [InlineData("--at", "2026-02-02T02:00:00Z")]
    [InlineData("--rehearsal", "--at", "noon")]
    public void A_refused_init_makes_nothing(params string[] wrong)
    {
        var (code, _, errors) = Disburse.Run(
            ["init", "--ledger", "520100", "--db", $"sqlite:{_files["none.db"]}", .. wrong]);
        Assert.True(code == 2, errors);
        Assert.Empty(Directory.GetFileSystemEntries(_files.Root));
    }

    [Fact]
    public void A_file_that_is_no_database_and_a_server_that_is_not_there_are_told_apart()
    {
        File.WriteAllText(_files["words.db"], "these are words and no database at all");
        var (code, _, errors) = Disburse.Run("payroll", "list", "--db", $"sqlite:{_files["words.db"]}");
        Assert.Equal(2, code);
        Assert.Contains("words.db: this file is no SQLite database", errors, StringComparison.Ordinal);
        Assert.Contains("init --ledger REGION", errors, StringComparison.Ordinal);
        Assert.Equal(4, Disburse.Run("payroll", "list", "--db", "postgres:Host=127.0.0.1;Port=1;Database=none").Code);
    }
}

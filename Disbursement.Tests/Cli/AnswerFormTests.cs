using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Dapper;
using Disbursement.Host.Storage;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>One document with --json whatever happens, and days in ISO 8601 under every locale.</summary>
public sealed class AnswerFormTests : IDisposable
{
    private readonly DemoCopy _demo = new();

    public void Dispose() => _demo.Dispose();

    [Theory]
    [InlineData("payroll list --nope")]
    [InlineData("payroll")]
    [InlineData("payroll show x")]
    [InlineData("release plan")]
    [InlineData("release plan 1 --claims x")]
    [InlineData("payroll list --lang fr")]
    [InlineData("payroll list --ledger 330100")]
    [InlineData("import roster none.csv")]
    [InlineData("release cancel 1 --as treasurer --key none.pem")]
    [InlineData("bank verify none.bxt --keys none --profile icbc-bxt")]
    public void Bad_usage_is_one_document_too(string words)
    {
        var (code, output, errors) = Disburse.Run([.. words.Split(' '), "--db", _demo.Option, "--json"]);
        Assert.True(code == 2, $"{code}: {output}{errors}");
        var said = JsonNode.Parse(output)!;
        Assert.Equal((2, "bad-usage"), ((int)said["exit_status"]!, (string)said["error"]!));
        Assert.NotEmpty(said["messages"]!.AsArray());
    }

    [Theory]
    [InlineData("ledger list")]
    [InlineData("person list")]
    [InlineData("payee list")]
    [InlineData("payroll list")]
    [InlineData("payroll show 1")]
    [InlineData("claim list")]
    [InlineData("claim show 1")]
    [InlineData("release list")]
    [InlineData("release show 1")]
    [InlineData("release plan 2 --dry-run")]
    [InlineData("account list")]
    [InlineData("account show")]
    [InlineData("key list")]
    [InlineData("worker list")]
    [InlineData("account explain 2")]
    [InlineData("file list")]
    [InlineData("file show 1")]
    [InlineData("file query 1")]
    [InlineData("arrears list --all")]
    [InlineData("arrears show 1")]
    [InlineData("recovery list")]
    [InlineData("warning list")]
    [InlineData("warning rules")]
    [InlineData("feed list")]
    [InlineData("feed records")]
    [InlineData("exception list")]
    [InlineData("profile list")]
    [InlineData("audit verify")]
    [InlineData("audit rebuild")]
    [InlineData("audit checkpoint")]
    [InlineData("tick --at 2026-02-26T02:00:00Z")]
    public void Standard_output_is_one_document_and_days_are_ISO_under_a_Chinese_locale(string words)
    {
        var (code, output, errors) = Disburse.RunUnder("zh_CN.UTF-8",
            [.. words.Split(' '), "--db", _demo.Option, "--json"]);
        Assert.True(code == 0, $"{code}: {output}{errors}");
        Assert.NotNull(JsonNode.Parse(output));
        var table = Disburse.RunUnder("zh_CN.UTF-8", [.. words.Split(' '), "--db", _demo.Option]);
        Assert.Equal(0, table.Code);
        Assert.DoesNotMatch("[0-9]年|[0-9]月|星期", table.Output);
    }

    [Fact]
    public void Days_of_obligations_are_ISO_and_whole_also_in_a_table()
    {
        foreach (var locale in new[] { "zh_CN.UTF-8", "de_DE.UTF-8", "C" })
        {
            var (code, output, _) = Disburse.RunUnder(locale, "arrears", "list", "--all", "--db", _demo.Option);
            Assert.Equal(0, code);
            Assert.Matches(new Regex("│ 2026-02-13 │ 2026-02-17 │"), output);
            var one = Disburse.RunUnder(locale, "arrears", "show", "1", "--lang", "en", "--db", _demo.Option);
            Assert.Contains("due 2026-02-13, next 2026-02-17", one.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_language_comes_from_the_locale_unless_named()
    {
        string[] list = ["payroll", "list", "--db", _demo.Option];
        Assert.Contains("工资表", Disburse.RunUnder("zh_CN.UTF-8", list).Output, StringComparison.Ordinal);
        Assert.Contains("payroll", Disburse.RunUnder("en_GB.UTF-8", list).Output, StringComparison.Ordinal);
        var named = Disburse.RunUnder("zh_CN.UTF-8", [.. list, "--lang", "en"]);
        Assert.Contains("payroll", named.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_files_of_one_import_are_one_document()
    {
        var month = Path.Combine(AppContext.BaseDirectory, "samples", "month-2026-01");
        var (code, output, errors) = Disburse.Run("import", "roster", Path.Combine(month, "roster-a.csv"),
            Path.Combine(month, "roster-b.csv"), "--as", "clerk", "--key", _demo["people/clerk.key.pem"],
            "--db", _demo.Option, "--json");
        Assert.True(code == 0, output + errors);
        Assert.Equal(2, JsonNode.Parse(output)!.AsArray().Count(d => (bool)d!["repeat"]!));
    }

    [Fact]
    public void A_moment_before_the_ledger_s_last_is_told_with_the_moment_that_counts()
    {
        string[] plan = ["release", "plan", "1", "--as", "treasurer", "--key", _demo["people/treasurer.key.pem"],
            "--db", _demo.Option, "--lang", "en", "--json", "--at"];
        var early = Disburse.Run([.. plan, "2026-02-01T00:00:00Z"]);
        Assert.True(early.Code == 0, early.Errors);
        Assert.Contains("lies before the ledger's last moment", early.Errors, StringComparison.Ordinal);
        var release = JsonNode.Parse(early.Output)![0]!;
        Assert.Equal("2026-02-01T00:00:00.000000Z", (string?)release["asked_at"]);
        Assert.True(string.CompareOrdinal("2026-02-25", (string?)release["decided_at"]) < 0);
        var late = Disburse.Run([.. plan, "2026-03-01T00:00:00Z"]);
        Assert.DoesNotContain("last moment", late.Errors, StringComparison.Ordinal);
        Assert.Null(JsonNode.Parse(late.Output)![0]!["decided_at"]);
        var refused = Disburse.Run([.. plan, "2026-02-01T00:00:00Z", "--kind", "deposit"]);
        Assert.Equal(3, refused.Code);
        Assert.NotNull(JsonNode.Parse(refused.Output)!["decided_at"]);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Tables_that_others_query_by_name_have_the_columns_they_may_rely_on(string engine)
    {
        using var database = Databases.Fresh(engine);
        using var raw = database.Owner();
        foreach (var (table, columns) in QueriedTables)
            raw.Execute($"SELECT {columns} FROM {table} WHERE 1 = 0");
        Assert.Equal(11, QueriedTables.Count);
    }

    private static readonly Dictionary<string, string> QueriedTables = new Dictionary<string, string>
    {
        ["wage_claim"] = "ledger, claim, worker, project, employer, period, component, revision, payroll, "
            + "payroll_line, days, hours, gross_fen, deductions_fen, net_fen",
        ["payment"] = "ledger, claim, attempt, prior_attempt, channel, release, file, row_reference, amount_fen, "
            + "payee_version",
        ["payment_outcome"] = "ledger, claim, attempt, seq, kind, source, amount_fen, bank_reference, value_date, "
            + "document, document_line",
        ["payment_death"] = "ledger, claim, attempt, seq",
        ["payroll"] = "ledger, payroll, version, state, due_date, lines_declared, lines_paid, lines_in_flight, "
            + "lines_unpaid, lines_voided, declared_fen, paid_fen, in_flight_fen, unpaid_fen, voided_fen",
        ["release"] = "ledger, release, version, kind, account, state",
        ["disbursement_file"] = "ledger, file, version, release, profile, reference, state, lines, total_fen",
        ["obligation"] = "ledger, obligation, version, kind, project, subcontractor, payroll, episode, state, lines, "
            + "amount_fen",
        ["warning"] = "ledger, warning, version, rule, subject, episode, tier, level, state",
        ["document"] = "ledger, digest, kind, bytes",
        ["account_entry"] = "ledger, account, n, kind, posted_delta_fen, reserved_delta_fen, posted_after_fen, "
            + "reserved_after_fen",
    };
}

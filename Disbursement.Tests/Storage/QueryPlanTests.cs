using System.Reflection;
using System.Text.RegularExpressions;
using Dapper;
using Disbursement.Host.Storage;
using Xunit;

namespace Disbursement.Tests.Storage;

/// <summary>
/// No question of the engine walks a table that grows with every wage line, whatever a ledger holds: SQLite plans by
/// statistics that come with the schema. Found once at 1,000,000 lines, where one question of each payroll did.
/// </summary>
public sealed class QueryPlanTests
{
    private static readonly string[] Large =
    [
        "wage_claim", "payment", "payment_outcome", "worker", "registration", "contract_terms", "payee_account",
        "payee_approval", "attendance", "journalled_line", "subject_key", "document", "log_leaf",
    ];

    /// <summary>Questions about a whole ledger: after a restore, the sweeps of attendance, wages and cards once a
    /// night, and the list of all accounts that wait for a second person.</summary>
    private static readonly string[] Whole =
    [
        "LockedClaimsSql", "WaitingLinesSql", "UncoveredDaysSql", "MonthHeadsSql", "PendingPayeesSql", "OverpaidSql",
        "OddCardsSql",
    ];

    public static TheoryData<string> Questions() => [.. Texts().Keys.Except(Whole)];

    [Theory, MemberData(nameof(Questions))]
    public void No_large_table_is_walked(string question)
    {
        using var database = Databases.Fresh("sqlite");
        using var owner = database.Owner();
        var text = Texts()[question].Replace("IN @listed", "IN (SELECT value FROM json_each(@listed))",
            StringComparison.Ordinal);
        var plan = Plan(owner, text);
        Assert.NotEmpty(plan);
        Assert.DoesNotContain(plan, step => Walks(text, step));
    }

    /// <summary>A question that does walk is found: the test can fail.</summary>
    [Fact]
    public void A_walk_is_seen()
    {
        using var database = Databases.Fresh("sqlite");
        using var owner = database.Owner();
        const string Text = "SELECT sum(p.amount_fen) FROM payment p WHERE p.ledger = @ledger";
        Assert.Contains(Plan(owner, Text), step => Walks(Text, step));
    }

    /// <summary>Laws ask for documents once per row written, and a message of 50,000 lines is megabytes. Found once at
    /// one payroll of 50,000: each outcome copied its whole message four times, only to see that it was there.
    /// </summary>
    [Fact]
    public void A_law_asks_for_a_document_without_reading_its_bytes()
    {
        using var database = Databases.Fresh("sqlite");
        using var owner = database.Owner();
        var laws = owner.Query<string>("SELECT sql FROM sqlite_master WHERE type = 'trigger'")
            .SelectMany(text =>
                Regex.Matches(text, @"\b(FROM|JOIN) document (?<how>d\b( INDEXED BY \w+)?)"))
            .Select(m => m.Groups["how"].Value).ToList();
        Assert.True(laws.Count >= 6, $"{laws.Count} laws ask for documents");
        Assert.All(laws, how => Assert.Equal("d INDEXED BY document_name", how));
        Assert.Contains("COVERING INDEX document_name", Assert.Single(Plan(owner,
            "SELECT 1 FROM document d INDEXED BY document_name WHERE d.ledger = @ledger AND d.digest = @digest")));
    }

    private static List<string> Plan(System.Data.Common.DbConnection owner, string text)
    {
        using var command = owner.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + text;
        foreach (var name in Regex.Matches(text, @"@\w+").Select(m => m.Value).Distinct())
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, "1");
            command.Parameters.Add(parameter);
        }
        using var reader = command.ExecuteReader();
        var plan = new List<string>();
        while (reader.Read()) plan.Add(reader.GetString(3));
        return plan;
    }

    /// <summary>A step of a plan that reads a large table whole, or one ledger of it.</summary>
    private static bool Walks(string text, string step)
    {
        var words = step.Split(' ');
        if (words[0] != "SCAN" && !step.EndsWith("(ledger=?)", StringComparison.Ordinal)) return false;
        // A plan names aliases.
        return Regex.Matches(text, $@"\b(?:FROM|JOIN)\s+(\w+)\s+{Regex.Escape(words[1])}\b")
            .Any(m => Large.Contains(m.Groups[1].Value));
    }

    private static Dictionary<string, string> Texts() => typeof(LedgerStore).Assembly
        .GetType("Disbursement.Host.Storage.SetQueries", throwOnError: true)!
        .GetFields(BindingFlags.NonPublic | BindingFlags.Static)
        .Where(f => f is { IsLiteral: true } or { IsInitOnly: true } && f.FieldType == typeof(string))
        .Select(f => (f.Name, Text: ((string)f.GetValue(null)!).Trim()))
        .Where(f => f.Text.Contains("@ledger", StringComparison.Ordinal)
            && f.Text.Split((char[]?)null, 2)[0] is "SELECT" or "WITH")
        .ToDictionary(f => f.Name, f => f.Text);
}

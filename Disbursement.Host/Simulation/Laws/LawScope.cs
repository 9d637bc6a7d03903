using System.Data.Common;
using Dapper;

namespace Disbursement.Host.Simulation.Laws;

/// <summary>
/// The same laws asked of a part: the claims of some payrolls, and some accounts, by temporary tables of the connection
/// they are asked over. What they say of everything else is for the whole question.
/// </summary>
public static class LawScope
{
    private const string Tables = """
        CREATE TEMPORARY TABLE touched_payroll (payroll bigint PRIMARY KEY);
        CREATE TEMPORARY TABLE touched_claim (claim bigint PRIMARY KEY);
        CREATE TEMPORARY TABLE touched_account (account bigint PRIMARY KEY);
        CREATE TEMPORARY TABLE touched_obligation (obligation bigint PRIMARY KEY);
        """;

    private const string Emptied = """
        DELETE FROM touched_payroll; DELETE FROM touched_claim; DELETE FROM touched_account;
        DELETE FROM touched_obligation;
        """;

    private const string PayrollsOfClaims = """
        INSERT INTO touched_payroll SELECT DISTINCT c.payroll FROM wage_claim c
        WHERE c.ledger = @ledger AND c.claim = @id
            AND NOT EXISTS (SELECT 1 FROM touched_payroll t WHERE t.payroll = c.payroll)
        """;

    private const string ClaimsOfPayrolls = """
        INSERT INTO touched_claim SELECT c.claim FROM wage_claim c
        WHERE c.ledger = @ledger AND c.payroll IN (SELECT t.payroll FROM touched_payroll t)
        """;

    // Those written about, and those that a claim stands on.
    private const string ObligationsOfClaims = """
        INSERT INTO touched_obligation SELECT DISTINCT l.obligation FROM obligation_line l
        WHERE l.ledger = @ledger AND l.claim IN (SELECT t.claim FROM touched_claim t)
            AND NOT EXISTS (SELECT 1 FROM touched_obligation t WHERE t.obligation = l.obligation)
        """;

    /// <summary>Makes the tables, once for each connection.</summary>
    public static void Begin(DbConnection connection) => connection.Execute(Tables);

    /// <summary>From now on the scoped texts are about these: payrolls with all their claims, accounts, and obligations
    /// with those of the claims.</summary>
    public static void Set(DbConnection connection, long ledger, IReadOnlySet<long> claims,
        IReadOnlySet<long> payrolls, IReadOnlySet<long> accounts, IReadOnlySet<long> obligations)
    {
        connection.Execute(Emptied);
        foreach (var payroll in payrolls)
            connection.Execute("INSERT INTO touched_payroll VALUES (@id)", new { id = payroll });
        foreach (var claim in claims) connection.Execute(PayrollsOfClaims, new { ledger, id = claim });
        connection.Execute(ClaimsOfPayrolls, new { ledger });
        foreach (var account in accounts)
            connection.Execute("INSERT INTO touched_account VALUES (@id)", new { id = account });
        foreach (var obligation in obligations)
            connection.Execute("INSERT INTO touched_obligation VALUES (@id)", new { id = obligation });
        connection.Execute(ObligationsOfClaims, new { ledger });
    }

    /// <summary>The text of a law, asked of the scope alone. Its marks are comments in the whole one.</summary>
    public static string Of(string law)
    {
        foreach (var alias in new[] { "o", "p", "c", "g", "y", "e", "r", "l" })
            law = law.Replace($"/*claims {alias}*/", In(alias, "claim"), StringComparison.Ordinal)
                .Replace($"/*obligations {alias}*/", In(alias, "obligation"), StringComparison.Ordinal)
                .Replace($"/*payrolls {alias}*/", In(alias, "payroll"), StringComparison.Ordinal)
                .Replace($"/*accounts {alias}*/", In(alias, "account"), StringComparison.Ordinal);
        // What releases carry is asked of the accounts' releases where accounts are asked about, else of the payrolls'.
        return law.Replace("/*workers c*/", Workers, StringComparison.Ordinal).Replace("/*carried g*/",
            law.Contains("touched_account", StringComparison.Ordinal) ? Releases : In("g", "payroll"),
            StringComparison.Ordinal);
    }

    private const string Workers = """
        AND c.worker IN (SELECT w.worker FROM wage_claim w WHERE w.ledger = c.ledger
            AND w.claim IN (SELECT t.claim FROM touched_claim t))
        """;

    private const string Releases = """
        AND g.release IN (SELECT s.release FROM release s WHERE s.ledger = g.ledger
            AND s.account IN (SELECT t.account FROM touched_account t))
        """;

    private static string In(string alias, string noun) =>
        $"AND {alias}.{noun} IN (SELECT t.{noun} FROM touched_{noun} t)";
}

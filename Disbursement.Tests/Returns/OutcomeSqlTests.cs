using Dapper;
using Disbursement.Engine.Returns;
using Disbursement.Host.Simulation.Laws;
using Disbursement.Host.Storage;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>What the words about an attempt come to is said three times: by the engine over bits, by planning and by
/// the laws in SQL. Each claim of a table has one of the 4096 sets.</summary>
public sealed class OutcomeSqlTests : IDisposable
{
    private readonly SqliteConnection _sets = new("Data Source=:memory:");

    public OutcomeSqlTests()
    {
        _sets.Open();
        _sets.Execute("""
            CREATE TABLE wage_claim (ledger INTEGER, claim INTEGER, worker, project, employer, period, payroll,
                payroll_line, net_fen);
            CREATE TABLE payment (ledger INTEGER, claim INTEGER, attempt INTEGER, channel TEXT, file, amount_fen,
                document, PRIMARY KEY (ledger, claim, attempt)) WITHOUT ROWID;
            CREATE TABLE payment_outcome (ledger INTEGER, claim INTEGER, attempt INTEGER, seq INTEGER, kind TEXT,
                source TEXT, PRIMARY KEY (ledger, claim, attempt, seq)) WITHOUT ROWID;
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4095)
            INSERT INTO wage_claim (ledger, claim) SELECT 1, i FROM n;
            INSERT INTO payment (ledger, claim, attempt, channel) SELECT 1, claim, 1, 'File' FROM wage_claim;
            """);
        foreach (var (source, kind, bit) in Words)
            _sets.Execute("""
                INSERT INTO payment_outcome SELECT 1, claim, 1, @bit, @kind, @source FROM wage_claim
                WHERE claim & (1 << @bit) <> 0
                """, new { bit, kind = $"{kind}", source = $"{source}" });
    }

    private static IEnumerable<(OutcomeSource Source, OutcomeKind Kind, int Bit)> Words =>
        from source in Enum.GetValues<OutcomeSource>()
        from kind in Enum.GetValues<OutcomeKind>()
        select (source, kind, 4 * (int)source + (int)kind);

    /// <summary>No statement says that something was not sent.</summary>
    private static IEnumerable<int> Sets => Enumerable.Range(0, 4096).Where(set =>
        (set & 1 << 4 * (int)OutcomeSource.Statement + (int)OutcomeKind.NotSent) == 0);

    public void Dispose() => _sets.Dispose();

    [Fact]
    public void What_may_have_been_credited_is_what_the_engine_says_of_all_sets()
    {
        var credited = _sets.Query<(long Claim, long Credited)>(
            "SELECT c.claim, " + SetQueries.CreditedSql + " FROM wage_claim c").ToDictionary(c => c.Claim);
        Assert.All(Sets, set => Assert.Equal(
            StateOf(set) is AttemptState.Settled or AttemptState.Contradicted, credited[set].Credited > 0));
    }

    [Fact]
    public void What_the_laws_make_of_words_is_what_the_engine_makes_of_all_sets()
    {
        var states = _sets.Query<(long Claim, string State)>(
            LawQueries.Words + "SELECT a.claim, a.state FROM attempt a", new { ledger = 1 })
            .ToDictionary(c => c.Claim, c => c.State);
        Assert.All(Sets, set => Assert.Equal($"{StateOf(set)}", states[set]));
    }

    private static AttemptState StateOf(int set) =>
        OutcomeSet.Of(Words.Where(w => (set & 1 << w.Bit) != 0).Select(w => (w.Source, w.Kind))).State;
}

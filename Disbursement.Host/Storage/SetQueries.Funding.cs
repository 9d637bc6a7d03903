using Disbursement.Engine.Arrears;
using NodaTime;

namespace Disbursement.Host.Storage;

/// <summary>What the owner agreed to pay into wage accounts, and what came.</summary>
internal sealed partial class SetQueries
{
    private const string AgreedDates = """
        SELECT f.project, f.agreed_on, f.amount_fen
        FROM funding_date f
        WHERE f.ledger = @ledger AND f.agreed_on < @before AND coalesce(f.amount_fen, 1) > 0
          AND NOT EXISTS (SELECT 1 FROM funding_date v WHERE v.ledger = f.ledger AND v.project = f.project
            AND v.agreed_on = f.agreed_on AND v.version > f.version)
          AND NOT EXISTS (SELECT 1 FROM project_completion c WHERE c.ledger = f.ledger AND c.project = f.project
            AND c.completed_on <= f.agreed_on)
        """;

    private const string FundingDatesSql = AgreedDates + "\nORDER BY f.project, f.agreed_on";

    // A credit is of the statement's line it was booked from; what a bank gave back is tied to the file it was of.
    private const string OwnerDepositsSql = """
        SELECT d.project, CAST(SUM(d.fen) AS bigint) AS sum_fen, MAX(d.booked_on) AS last_on
        FROM (SELECT w.project, e.posted_delta_fen AS fen,
            (SELECT MAX(t.booked_on) FROM bank_statement s
              JOIN statement_entry t ON t.ledger = s.ledger AND t.statement = s.statement
                AND t.line = e.document_line AND t.amount_fen > 0 AND t.file IS NULL
              WHERE s.ledger = e.ledger AND s.document = e.document) AS booked_on
          FROM wage_account w
          JOIN account_entry e ON e.ledger = w.ledger AND e.account = w.account
            AND e.kind IN ('BankCredit', 'Allocation') AND e.posted_delta_fen > 0 AND e.earmark IS NULL
          WHERE w.ledger = @ledger AND w.project IN (SELECT g.project FROM (
        """ + AgreedDates + """
        ) g)) d
        WHERE d.booked_on IS NOT NULL
        GROUP BY d.project
        ORDER BY d.project
        """;

    public IReadOnlyList<AgreedFunding> FundingDates(LocalDate before) =>
        view.AskOfAll<AgreedFunding>(FundingDatesSql, ("before", before));

    public IReadOnlyList<OwnerDeposit> OwnerDeposits(LocalDate before) =>
        view.AskOfAll<OwnerDeposit>(OwnerDepositsSql, ("before", before));
}

using Disbursement.Engine.Returns;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    private const string PaymentsOfSql = """
        SELECT p.row_reference, p.claim, p.attempt, p.amount_fen, p.payee_hash, c.worker, c.payroll,
            (SELECT max(l.attempt) FROM payment l WHERE l.ledger = p.ledger AND l.claim = p.claim) AS latest,
            CASE WHEN d.seq IS NULL THEN 0 ELSE 1 END AS dead
        FROM payment p
        JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        LEFT JOIN payment_death d ON d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt
        WHERE p.ledger = @ledger AND p.file = @file AND p.row_reference BETWEEN @from AND @to
        ORDER BY p.row_reference
        """;

    private const string OutcomesOfSql = """
        SELECT p.row_reference, o.seq, o.kind, o.source, o.bank_reference, o.value_date
        FROM payment p
        JOIN payment_outcome o ON o.ledger = p.ledger AND o.claim = p.claim AND o.attempt = p.attempt
        WHERE p.ledger = @ledger AND p.file = @file AND p.row_reference BETWEEN @from AND @to
        ORDER BY p.row_reference, o.seq
        """;

    // CROSS JOIN keeps the few late files first: for the order asked, SQLite would walk every payment.
    private const string SilentLinesSql = """
        SELECT p.file, p.row_reference, p.claim, p.amount_fen
        FROM disbursement_file f
        CROSS JOIN payment p
        WHERE f.ledger = @ledger AND f.state = 'Accepted' AND f.lines_open > 0 AND f.answer_by < @at
          AND p.ledger = f.ledger AND p.file = f.file
          AND NOT EXISTS (SELECT 1 FROM payment_outcome o
            WHERE o.ledger = p.ledger AND o.claim = p.claim AND o.attempt = p.attempt)
          AND NOT EXISTS (SELECT 1 FROM bank_exception x
            WHERE x.ledger = p.ledger AND x.file = p.file AND x.claim = p.claim AND x.kind = 'Silent')
        ORDER BY p.file, p.row_reference
        """;

    public IReadOnlyList<SilentLine> SilentLines(NodaTime.Instant at) =>
        view.Ask<SilentLine>(SilentLinesSql, ("at", at));

    public IReadOnlyList<FilePayment> PaymentsOf(long file, long fromRow, long toRow) =>
        view.Ask<FilePayment>(PaymentsOfSql, ("file", file), ("from", fromRow), ("to", toRow));

    public IReadOnlyList<KnownOutcome> OutcomesOf(long file, long fromRow, long toRow) =>
        view.Ask<KnownOutcome>(OutcomesOfSql, ("file", file), ("from", fromRow), ("to", toRow));
}

using Disbursement.Engine.Cards;
using NodaTime;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    private const string CardApplicantsSql = """
        SELECT w.worker, w.sealed, k.secret
        FROM worker w
        LEFT JOIN subject_key k ON k.ledger = w.ledger AND k.subject = 'worker/' || w.worker
        WHERE w.ledger = @ledger
          AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.ledger = w.ledger AND e.worker = w.worker)
          AND w.worker IN (SELECT g.worker FROM registration g
            WHERE g.ledger = @ledger AND g.project = @project AND (g.left_on IS NULL OR g.left_on > @today)
              AND g.version = (SELECT max(v.version) FROM registration v WHERE v.ledger = g.ledger
                AND v.project = g.project AND v.employer = g.employer AND v.worker = g.worker))
          AND NOT EXISTS (SELECT 1 FROM payee_account y WHERE y.ledger = w.ledger AND y.worker = w.worker)
          AND NOT EXISTS (SELECT 1 FROM card_application a
            JOIN card_batch b ON b.ledger = a.ledger AND b.batch = a.batch AND b.state NOT IN ('Withdrawn', 'Refused')
            WHERE a.ledger = w.ledger AND a.worker = w.worker
              AND NOT EXISTS (SELECT 1 FROM card_answer r WHERE r.ledger = a.ledger AND r.batch = a.batch
                AND r.row_reference = a.row_reference))
        ORDER BY w.worker
        """;

    private const string CardLinesSql = """
        SELECT a.row_reference, a.worker, w.sealed, k.secret,
            CAST(CASE WHEN r.row_reference IS NULL THEN 0 ELSE 1 END AS bigint) AS answered,
            r.payee_version AS issued, r.reason,
            i.account_hash AS issued_hash, y.version AS payee_version, y.account_hash AS payee_hash
        FROM card_application a
        JOIN worker w ON w.ledger = a.ledger AND w.worker = a.worker
        LEFT JOIN subject_key k ON k.ledger = w.ledger AND k.subject = 'worker/' || w.worker
        LEFT JOIN card_answer r ON r.ledger = a.ledger AND r.batch = a.batch AND r.row_reference = a.row_reference
        LEFT JOIN payee_account i ON i.ledger = a.ledger AND i.worker = a.worker AND i.version = r.payee_version
        LEFT JOIN payee_account y ON y.ledger = a.ledger AND y.worker = a.worker AND y.version =
            (SELECT max(v.version) FROM payee_account v WHERE v.ledger = a.ledger AND v.worker = a.worker)
        WHERE a.ledger = @ledger AND a.batch = @batch
        ORDER BY a.row_reference
        """;

    public IReadOnlyList<CardApplicant> CardApplicants(long project, LocalDate today) =>
        view.Ask<CardApplicant>(CardApplicantsSql, ("project", project), ("today", today));

    public IReadOnlyList<CardLine> CardLines(long batch) => view.Ask<CardLine>(CardLinesSql, ("batch", batch));
}

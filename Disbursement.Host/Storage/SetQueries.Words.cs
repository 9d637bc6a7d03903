using Disbursement.Engine.Restores;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    private const string KeptWordsSql = """
        SELECT s.file, w.send, w.line, w.kind, w.reason, w.bank_reference, w.value_date, w.document, w.document_line,
            CASE WHEN EXISTS (SELECT 1 FROM journalled_line_left x WHERE x.ledger = w.ledger AND x.send = w.send
                AND x.line = w.line AND x.cause = 'Absent') AND NOT EXISTS (SELECT 1 FROM journalled_line_left x
                WHERE x.ledger = w.ledger AND x.send = w.send AND x.line = w.line AND x.cause = 'Matched')
                THEN 1 ELSE 0 END AS denied
        FROM journalled_word w
        JOIN journalled_send s ON s.ledger = w.ledger AND s.send = w.send
        JOIN payment p ON p.ledger = s.ledger AND p.file = s.file AND p.row_reference = w.line
        WHERE w.ledger = @ledger AND w.source = 'Report' AND w.trouble IS NULL
          AND NOT EXISTS (SELECT 1 FROM payment_outcome o WHERE o.ledger = p.ledger AND o.claim = p.claim
            AND o.attempt = p.attempt AND o.kind = w.kind AND o.source = w.source
            AND o.bank_reference = w.bank_reference
            AND (o.value_date = w.value_date OR o.value_date IS NULL AND w.value_date IS NULL))
        ORDER BY s.file, w.line, w.seq
        """;

    // The bank's word counts whatever people said of the row: freed by their second absence its wage went once more.
    // Paid otherwise: a live attempt that a word settled, or that people saw paid outside the bank.
    private const string TwiceCreditedSql = """
        SELECT s.file, w.line, c.claim, c.worker, l.amount_fen, w.document, w.document_line
        FROM journalled_word w
        JOIN journalled_send s ON s.ledger = w.ledger AND s.send = w.send
        JOIN disbursement_file f ON f.ledger = s.ledger AND f.file = s.file
        JOIN journalled_line l ON l.ledger = w.ledger AND l.send = w.send AND l.line = w.line
        JOIN project t ON t.ledger = l.ledger AND t.code = l.project_code
        JOIN employer e ON e.ledger = l.ledger AND e.credit_code = l.employer_code
        JOIN worker k ON k.ledger = l.ledger AND k.identity_hash = l.worker_hash
        JOIN wage_claim c ON c.ledger = l.ledger AND c.worker = k.worker AND c.project = t.project
            AND c.employer = e.employer AND c.period = l.period AND c.component = l.component
            AND c.revision = l.revision
        WHERE w.ledger = @ledger AND w.kind = 'Settled' AND w.trouble IS NULL
          AND w.seq = (SELECT min(v.seq) FROM journalled_word v WHERE v.ledger = w.ledger AND v.send = w.send
            AND v.line = w.line AND v.kind = 'Settled' AND v.trouble IS NULL)
          AND NOT EXISTS (SELECT 1 FROM journalled_word v WHERE v.ledger = w.ledger AND v.send = w.send
            AND v.line = w.line AND v.kind = 'Returned' AND v.trouble IS NULL)
          AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.ledger = s.ledger AND p.file = s.file
            AND p.row_reference = w.line)
          AND EXISTS (SELECT 1 FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim
            AND NOT EXISTS (SELECT 1 FROM payment_death d WHERE d.ledger = p.ledger AND d.claim = p.claim
                AND d.attempt = p.attempt)
            AND (p.channel = 'Outside' OR EXISTS (SELECT 1 FROM payment_outcome o WHERE o.ledger = p.ledger
                AND o.claim = p.claim AND o.attempt = p.attempt AND o.kind = 'Settled')))
          AND NOT EXISTS (SELECT 1 FROM bank_exception x WHERE x.ledger = s.ledger AND x.kind = 'DoubleCredit'
            AND x.file = s.file AND x.claim = c.claim AND x.detail = 'row ' || w.line)
        ORDER BY s.file, w.line
        """;

    public IReadOnlyList<KeptWord> KeptWords() => view.Ask<KeptWord>(KeptWordsSql);

    public IReadOnlyList<TwiceCredited> TwiceCredited() => view.Ask<TwiceCredited>(TwiceCreditedSql);
}

namespace Disbursement.Host.Storage;

/// <summary>What ended an exception, found in the facts of after it.</summary>
/// <param name="Exception">Its number.</param>
/// <param name="How">Outcome, Exception, File, Message, Statement, Allocation, Attribution, Balance, Recovery,
/// Journal or Explained.</param>
/// <param name="Id">The file, message, statement, account, recovery or proposal.</param>
/// <param name="What">An outcome and its source, a state, a name, or the digest of a document.</param>
internal sealed record ExceptionEnd(long Exception, string How, long Id, string What);

internal sealed partial class SetQueries
{
    // An exception's row is a fact and never changes: whether it is still open is read from what came after it. What is
    // later goes by the number of the message: a word that stood there when the exception was met ends nothing.
    private const string ExceptionEndsSql = """
        WITH x AS (
            SELECT met.ledger, met.exception, met.kind, met.message, met.document_line, met.file, met.claim,
                met.account, met.detail, met.expected_fen, m.profile, coalesce(met.document, m.document) AS document
            FROM bank_exception met
            LEFT JOIN bank_message m ON m.ledger = met.ledger AND m.message = met.message
            WHERE met.ledger = @ledger),
        word AS (
            SELECT x.exception, o.seq, o.kind, o.source
            FROM x
            JOIN payment p ON p.ledger = x.ledger AND p.claim = x.claim AND p.file = x.file
            JOIN payment_outcome o ON o.ledger = p.ledger AND o.claim = p.claim AND o.attempt = p.attempt
            WHERE x.kind = 'Silent' OR x.kind IN ('AmountDiffers', 'AccountDiffers', 'AccountMissing', 'UnknownWord',
                    'DuplicateRefused')
                AND (o.source = 'People' OR NOT EXISTS (SELECT 1 FROM bank_message e WHERE e.ledger = x.ledger
                    AND e.document = o.document AND e.message <= x.message))
            -- Met of a row that had no payment here then; people's absence of before it is no answer to it.
            UNION ALL
            SELECT x.exception, o.seq, o.kind, o.source
            FROM x
            JOIN payment p ON p.ledger = x.ledger AND p.file = x.file AND x.detail = 'row ' || p.row_reference
            JOIN payment_outcome o ON o.ledger = p.ledger AND o.claim = p.claim AND o.attempt = p.attempt
            WHERE x.claim IS NULL AND x.kind IN ('AmountDiffers', 'AccountDiffers', 'AccountMissing', 'UnknownWord',
                    'DuplicateRefused')
                AND (o.source <> 'People' OR o.kind <> 'NotSent' OR NOT EXISTS (SELECT 1 FROM journalled_send s
                    JOIN journalled_line_left l ON l.ledger = s.ledger AND l.send = s.send AND l.line = p.row_reference
                        AND l.cause = 'Absent' AND l.document = o.document
                    WHERE s.ledger = p.ledger AND s.file = p.file))
                AND (o.source = 'People' OR NOT EXISTS (SELECT 1 FROM bank_message e WHERE e.ledger = x.ledger
                    AND e.document = o.document AND e.message <= x.message))),
        said AS (
            SELECT x.exception, max(CASE o.kind WHEN 'Settled' THEN 1 ELSE 0 END) AS settled,
                max(CASE o.kind WHEN 'Returned' THEN 1 ELSE 0 END) AS returned,
                max(CASE WHEN o.kind = 'Rejected' OR o.kind = 'NotSent' AND NOT EXISTS (SELECT 1 FROM payment_outcome w
                    WHERE w.ledger = o.ledger AND w.claim = o.claim AND w.attempt = o.attempt AND w.source = 'People'
                    AND w.kind = 'Settled') THEN 1 ELSE 0 END) AS refused,
                max(o.source) AS source
            FROM x
            JOIN payment p ON p.ledger = x.ledger AND p.claim = x.claim AND p.file = x.file
            JOIN payment_outcome o ON o.ledger = p.ledger AND o.claim = p.claim AND o.attempt = p.attempt
            WHERE x.kind = 'Contradicted' AND (o.source <> 'Report' OR NOT EXISTS (SELECT 1 FROM payment_outcome w
                WHERE w.ledger = o.ledger AND w.claim = o.claim AND w.attempt = o.attempt AND w.source <> 'Report'
                -- A payment counts beside people's word that it never went (OutcomeSet.State).
                AND (o.kind <> 'Settled' OR w.kind <> 'NotSent')))
            GROUP BY x.exception),
        last_entry AS (
            SELECT a.ledger, a.account, a.bank_account, e.posted_after_fen, e.reserved_after_fen
            FROM wage_account a
            JOIN account_entry e ON e.ledger = a.ledger AND e.account = a.account
                AND e.n = (SELECT max(n.n) FROM account_entry n WHERE n.ledger = a.ledger AND n.account = a.account)
            WHERE a.ledger = @ledger)
        SELECT v.exception, 'Outcome' AS how, v.seq AS id, v.kind || ' ' || v.source AS what, 1 AS rank
        FROM word v
        UNION ALL
        SELECT a.exception, 'Outcome', 0, CASE WHEN a.returned = 1 THEN 'Returned' WHEN a.settled = 1 THEN 'Settled'
            ELSE 'Rejected' END || ' ' || a.source, 1
        FROM said a WHERE a.returned = 1 OR a.settled = 0 OR a.refused = 0
        UNION ALL
        SELECT x.exception, 'File', f.file, f.state, 1
        FROM x JOIN disbursement_file f ON f.ledger = x.ledger AND f.file = x.file
        WHERE x.kind = 'StatedTotalsDiffer' AND f.lines_open = 0
            OR x.kind = 'DuplicateRefused' AND x.claim IS NULL
                AND f.state IN ('Accepted', 'Reconciled', 'Refused', 'Withdrawn')
                -- A row called absent that it locks is locked whatever the file is.
                AND NOT EXISTS (SELECT 1 FROM journalled_send s
                    JOIN journalled_word w ON w.ledger = s.ledger AND w.send = s.send AND w.trouble = x.kind
                        AND w.document = x.document
                    JOIN journalled_line_left a ON a.ledger = w.ledger AND a.send = w.send AND a.line = w.line
                        AND a.cause = 'Absent'
                    WHERE s.ledger = x.ledger AND s.file = x.file AND NOT EXISTS (SELECT 1 FROM journalled_line_gone g
                        WHERE g.ledger = w.ledger AND g.send = w.send AND g.line = w.line))
        UNION ALL
        SELECT x.exception, 'Message', n.message, n.name, 1
        FROM x
        JOIN bank_message n ON n.ledger = x.ledger AND n.document = x.document AND n.profile = x.profile
        JOIN message_progress g ON g.ledger = n.ledger AND g.message = n.message AND g.state = 'Applied'
        WHERE x.kind IN ('Unverified', 'Unreadable') AND n.message > x.message
        UNION ALL
        SELECT x.exception, 'Statement', s.statement, s.statement_id, 1
        FROM x JOIN bank_statement s ON s.ledger = x.ledger AND s.statement_id = x.detail
        WHERE x.kind = 'UnknownAccount' AND s.document = x.document
            OR x.kind = 'EntriesDiffer' AND s.closing_fen - s.opening_fen = x.expected_fen
        UNION ALL
        SELECT x.exception, 'Statement', b.statement, b.statement_id, 1
        FROM x
        JOIN bank_statement s ON s.ledger = x.ledger AND s.document = x.document AND s.statement_id = x.detail
        JOIN bank_statement b ON b.ledger = s.ledger AND b.bank_account = s.bank_account
            AND b.statement <> s.statement AND b.to_date <= s.to_date AND b.closing_fen = s.opening_fen
        WHERE x.kind = 'StatementGap'
        UNION ALL
        SELECT x.exception, 'Statement', c.statement, c.statement_id, 1
        FROM x
        JOIN bank_statement s ON s.ledger = x.ledger AND s.document = x.document AND s.statement_id = x.detail
        JOIN bank_statement c ON c.ledger = s.ledger AND c.statement = (SELECT n.statement FROM bank_statement n
            WHERE n.ledger = s.ledger AND n.bank_account = s.bank_account
            ORDER BY n.to_date DESC, n.statement DESC LIMIT 1)
        WHERE x.kind = 'BalanceDiffers' AND c.closing_fen = (SELECT sum(e.posted_after_fen) FROM last_entry e
            WHERE e.bank_account = s.bank_account)
        UNION ALL
        SELECT x.exception, 'Allocation', e.account, '', 1
        FROM x
        JOIN account_entry e ON e.ledger = x.ledger AND e.document = x.document AND e.document_line = x.document_line
            AND e.kind = 'Allocation' AND e.posted_delta_fen > 0
        WHERE x.kind IN ('UnallocatedCredit', 'UnknownPurpose')
        UNION ALL
        SELECT x.exception, 'Attribution', f.file, f.reference, 1
        FROM x
        JOIN account_entry e ON e.ledger = x.ledger AND e.document = x.document AND e.document_line = x.document_line
            AND e.kind = 'Attribution' AND e.file IS NOT NULL
        JOIN disbursement_file f ON f.ledger = e.ledger AND f.file = e.file
        WHERE x.kind = 'ForeignDebit'
        UNION ALL
        SELECT x.exception, 'Balance', e.account, '', 1
        FROM x JOIN last_entry e ON e.ledger = x.ledger AND e.account = x.account
        WHERE x.kind = 'Impaired' AND e.posted_after_fen >= e.reserved_after_fen
        UNION ALL
        SELECT x.exception, 'Recovery', r.recovery, r.state, 1
        FROM x JOIN recovery_claim r ON r.ledger = x.ledger AND r.claim = x.claim
        WHERE x.kind = 'DoubleCredit' AND r.state <> 'Open' AND NOT EXISTS (SELECT 1 FROM recovery_claim again
            WHERE again.ledger = r.ledger AND again.claim = r.claim AND again.state = 'Open')
        UNION ALL
        SELECT x.exception, 'Journal', j.send, j.reference, 1
        FROM x JOIN journalled_send j ON j.ledger = x.ledger AND j.reference = x.detail
        WHERE x.kind IN ('FileAhead', 'NeverSent', 'NameTaken')
            AND NOT EXISTS (SELECT 1 FROM message_progress g WHERE g.ledger = x.ledger AND g.message = x.message
                AND g.state IN ('Received', 'Applying'))
        UNION ALL
        SELECT x.exception, 'Outcome', o.seq, o.kind || ' ' || o.source, 1
        FROM x
        JOIN payment p ON p.ledger = x.ledger AND p.file = x.file AND x.detail = 'row ' || p.row_reference
        JOIN payment_outcome o ON o.ledger = p.ledger AND o.claim = p.claim AND o.attempt = p.attempt
            AND (o.source = 'People' AND o.kind <> 'NotSent' OR o.source = 'Report' AND o.kind = 'Rejected'
                AND NOT EXISTS (SELECT 1 FROM payment_outcome q WHERE q.ledger = o.ledger AND q.claim = o.claim
                    AND q.attempt = o.attempt AND q.source = 'Report' AND q.kind IN ('Settled', 'Returned')))
        WHERE x.kind = 'PaidAfterAbsence'
        UNION ALL
        SELECT x.exception, 'Outcome', w.seq, 'Rejected Report', 1
        FROM x
        JOIN journalled_send s ON s.ledger = x.ledger AND s.file = x.file
        JOIN journalled_word w ON w.ledger = s.ledger AND w.send = s.send AND x.detail = 'row ' || w.line
            AND w.kind = 'Rejected' AND w.source = 'Report' AND w.trouble IS NULL
        WHERE x.kind = 'PaidAfterAbsence' AND NOT EXISTS (SELECT 1 FROM journalled_word p WHERE p.ledger = w.ledger
            AND p.send = w.send AND p.line = w.line AND p.kind IN ('Settled', 'Returned') AND p.trouble IS NULL)
        UNION ALL
        SELECT x.exception, 'Exception', d.exception, d.kind, 3
        FROM x JOIN bank_exception d ON d.ledger = x.ledger AND d.file = x.file AND d.claim = x.claim
            AND d.kind IN ('AmountDiffers', 'AccountDiffers', 'AccountMissing', 'UnknownWord')
        WHERE x.kind = 'Silent' AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.ledger = d.ledger
            AND p.subject = 'exception/' || d.exception AND p.state = 'Decided' AND p.verb = 'exception.explain')
        UNION ALL
        SELECT x.exception, 'Journal', j.restore, j.reference, 1
        FROM x JOIN journalled_cards j ON j.ledger = x.ledger AND j.reference = x.detail
        WHERE x.kind IN ('FileAhead', 'NeverSent', 'NameTaken')
        UNION ALL
        SELECT x.exception, 'Explained', p.proposal, p.body, 2
        FROM x JOIN proposal p ON p.ledger = x.ledger AND p.state = 'Decided'
            AND p.subject = 'exception/' || x.exception AND p.verb IN ('exception.explain', 'restore.dismiss')
        ORDER BY exception, rank, id DESC
        """;

    /// <summary>The exceptions that are not open any more, each once, with what ended it.</summary>
    public IReadOnlyDictionary<long, ExceptionEnd> ExceptionEnds()
    {
        var ends = new Dictionary<long, ExceptionEnd>();
        foreach (var end in view.Ask<EndRow>(ExceptionEndsSql))
            ends.TryAdd(end.Exception, new ExceptionEnd(end.Exception, end.How, end.Id, end.What));
        return ends;
    }

    private sealed record EndRow
    {
        public required long Exception { get; init; }
        public required string How { get; init; }
        public required long Id { get; init; }
        public required string What { get; init; }
    }
}

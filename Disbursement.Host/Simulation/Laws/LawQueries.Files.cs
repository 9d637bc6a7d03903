namespace Disbursement.Host.Simulation.Laws;

/// <summary>What the laws say of files, of the words about their lines, and of the cards they pay to.</summary>
public static partial class LawQueries
{
    private const string Also = "\nUNION ALL\n";

    /// <summary>
    /// L1, when a file goes: no line of it has a word already, of the bank or of people. The same bytes carry every
    /// line. Parameter: file.
    /// </summary>
    public const string AnsweredBefore = Words + """
        SELECT 'L1: file ' || p.file || ' goes with claim ' || a.claim || ', which is ' || a.state || ' already'
        FROM payment p JOIN attempt a ON a.claim = p.claim AND a.attempt = p.attempt
        WHERE p.ledger = @ledger AND p.file = @file AND a.state <> 'Open'
        """;

    /// <summary>
    /// L1. What went out is withdrawn, or goes again, on the word of two people alone; the answer to a call is a no to
    /// every line only where it is one to the file, and no other copy of it can be on its way.
    /// </summary>
    private const string SentOnce = """
        SELECT 'L1: file ' || f.file || ' is withdrawn though it was sent, and not by two people'
        FROM disbursement_file f
        WHERE f.ledger = @ledger AND f.state = 'Withdrawn' AND f.first_sent_at IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM proposal q WHERE q.ledger = f.ledger AND q.state = 'Decided'
                AND q.verb IN ('file.withdraw', 'file.resolve') AND q.subject = 'file/' || f.file)
        UNION ALL
        SELECT 'L1: file ' || f.file || ' was sent again though nobody had its absence proved'
        FROM disbursement_file f
        WHERE f.ledger = @ledger AND f.last_sent_at > f.first_sent_at
            AND f.journal_document IS NULL -- one a restore found in the journal: its proof is lost with that history
            AND NOT EXISTS (SELECT 1 FROM proposal q WHERE q.ledger = f.ledger AND q.state = 'Decided'
                AND q.verb = 'file.resolve' AND q.subject = 'file/' || f.file AND q.body LIKE 'absent%')
        UNION ALL
        SELECT 'L1: claim ' || o.claim || ' counts as rejected by a call, and its file '
            || CASE f.state WHEN 'Refused' THEN 'had gone before' ELSE 'is ' || f.state END
        FROM payment_outcome o
        JOIN document d ON d.ledger = o.ledger AND d.digest = o.document AND d.kind = 'send-result'
        JOIN payment p ON p.ledger = o.ledger AND p.claim = o.claim AND p.attempt = o.attempt
        JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
            AND (f.state <> 'Refused' OR f.last_sent_at > f.first_sent_at)
        WHERE o.ledger = @ledger /*claims o*/
        """;

    /// <summary>L3 of a file: its counters are what the words about its lines come to.</summary>
    private const string FilesCount = """
        SELECT 'L3: file ' || f.file || ' has ' || f.open_fen || ' open, ' || f.settled_fen || ' settled, '
            || f.rejected_fen || ' rejected, ' || f.returned_fen || ' returned, its lines say ' || g.open_fen || ', '
            || g.settled_fen || ', ' || g.rejected_fen || ', ' || g.returned_fen
        FROM disbursement_file f
        JOIN (SELECT a.file, count(*) AS lines,
                sum(CASE WHEN a.state = 'Open' THEN a.amount_fen ELSE 0 END) AS open_fen,
                sum(CASE WHEN a.state IN ('Settled', 'Contradicted') THEN a.amount_fen ELSE 0 END) AS settled_fen,
                sum(CASE WHEN a.state IN ('Rejected', 'NotSent') THEN a.amount_fen ELSE 0 END) AS rejected_fen,
                sum(CASE WHEN a.state = 'Returned' THEN a.amount_fen ELSE 0 END) AS returned_fen
            FROM attempt a WHERE a.file IS NOT NULL GROUP BY a.file) g ON g.file = f.file AND g.lines = f.lines
        WHERE f.ledger = @ledger AND (f.open_fen <> g.open_fen OR f.settled_fen <> g.settled_fen
            OR f.rejected_fen <> g.rejected_fen OR f.returned_fen <> g.returned_fen)
        """;

    /// <summary>L5 of a file: what the bank took for it is what the entries say.</summary>
    private const string FilesDebited = """
        SELECT 'L5: file ' || f.file || ' has ' || f.debited_fen || ' debited, its entries say ' || coalesce(g.fen, 0)
        FROM disbursement_file f
        LEFT JOIN (SELECT e.file, -sum(e.posted_delta_fen) AS fen FROM account_entry e
            WHERE e.ledger = @ledger AND e.kind IN ('BankDebit', 'Attribution') AND e.file IS NOT NULL
            GROUP BY e.file) g
            ON g.file = f.file
        WHERE f.ledger = @ledger AND f.debited_fen <> coalesce(g.fen, 0)
        """;

    /// <summary>L7 of a payee account: nothing is paid to a card before its cooling period is over.</summary>
    private const string CooledDown = """
        SELECT 'L7: claim ' || p.claim || ' attempt ' || p.attempt || ' goes to an account that still cools'
        FROM payment p
        JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
        JOIN payee_approval v ON v.ledger = c.ledger AND v.worker = c.worker AND v.version = p.payee_version
        WHERE p.ledger = @ledger /*claims p*/ AND p.channel = 'File' AND v.effective_at > f.built_at
        """;

    /// <summary>L9: a word that comes again is the same word.</summary>
    public const string SaidOnce = """
        SELECT 'L9: ' || o.source || ' says ' || o.kind || ' of claim ' || o.claim || ' attempt ' || o.attempt || ' '
            || count(*) || ' times'
        FROM payment_outcome o WHERE o.ledger = @ledger /*claims o*/
        GROUP BY o.claim, o.attempt, o.source, o.kind, o.bank_reference, o.value_date HAVING count(*) > 1
        """;
}

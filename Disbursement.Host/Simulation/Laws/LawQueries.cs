namespace Disbursement.Host.Simulation.Laws;

/// <summary>
/// The laws as SQL over the base facts: no counter, no decider, no row type is asked. Each text gives the rows that
/// break its law, as one sentence each, and runs on both engines. Parameters: those of <see cref="LawMoment"/>, and
/// file.
/// </summary>
public static partial class LawQueries
{
    /// <summary>
    /// L1, when a file is built and when it goes: no claim in it has another attempt that may have paid it. A word that
    /// comes after the building holds the file. Parameter: file.
    /// </summary>
    public const string PaidBefore = Words + """
        SELECT 'L1: file ' || p.file || ' pays claim ' || a.claim || ', which attempt ' || a.attempt || ' may have paid'
        FROM payment p JOIN attempt a ON a.claim = p.claim AND a.attempt <> p.attempt
        WHERE p.ledger = @ledger AND p.file = @file AND a.state IN ('Open', 'Settled', 'Contradicted')
        """;

    /// <summary>
    /// L1. Two attempts of one wage that both may have paid it are a named double credit; a file that was never sent
    /// carries no wage that another attempt may have paid, but by an exception; one wage is one claim.
    /// </summary>
    public const string PaidOnce = Words + """
        SELECT 'L1: claim ' || a.claim || ' may be paid by attempts ' || a.attempt || ' and ' || b.attempt
            || ', and nobody is told'
        FROM attempt a JOIN attempt b ON b.claim = a.claim AND b.attempt > a.attempt
        WHERE a.state IN ('Open', 'Settled', 'Contradicted') AND b.state IN ('Open', 'Settled', 'Contradicted')
            AND NOT EXISTS (SELECT 1 FROM bank_exception x WHERE x.ledger = @ledger AND x.claim = a.claim
                AND x.kind = 'DoubleCredit')
        UNION ALL
        SELECT 'L1: claim ' || p.claim || ' attempt ' || p.attempt || ' follows an attempt that no word killed'
        FROM payment p WHERE p.ledger = @ledger /*claims p*/ AND p.attempt > 1 AND NOT EXISTS
            (SELECT 1 FROM payment_outcome o WHERE o.ledger = p.ledger AND o.claim = p.claim
             AND o.attempt = p.attempt - 1 AND o.kind IN ('Rejected', 'Returned', 'NotSent'))
        UNION ALL
        SELECT 'L1: claim ' || p.claim || ' attempt ' || p.attempt || ' follows a void'
        FROM payment p JOIN payment v ON v.ledger = p.ledger AND v.claim = p.claim AND v.channel = 'Void'
            AND v.attempt < p.attempt
        WHERE p.ledger = @ledger /*claims p*/
        UNION ALL
        SELECT 'L1: the wage of worker ' || c.worker || ' for ' || c.period || ' is claimed ' || count(*) || ' times'
        FROM wage_claim c WHERE c.ledger = @ledger /*workers c*/ AND NOT EXISTS
            (SELECT 1 FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim AND p.channel = 'Void')
        GROUP BY c.worker, c.project, c.employer, c.period, c.component HAVING count(*) > 1
        """;

    /// <summary>
    /// L2. The entries added up again: no reservation beyond what was there; what is reserved is what funded releases
    /// carry and files still owe; an account in want is named, and keeps nothing for releases not yet filed,
    /// but what is earmarked for them: that is in nothing but its earmark, its obligation's releases and their files.
    /// </summary>
    public const string NeverBeyondTheMoney = """
        WITH sums AS (
            SELECT e.account, e.n, e.kind, e.posted_delta_fen, e.reserved_delta_fen, e.earmark, e.release,
                e.earmark_delta_fen,
                sum(e.earmark_delta_fen) OVER (PARTITION BY e.earmark ORDER BY e.account, e.n) AS earmarked,
                sum(e.posted_delta_fen - e.reserved_delta_fen)
                    OVER (PARTITION BY e.account ORDER BY e.n) AS available,
                sum(e.reserved_delta_fen) OVER (PARTITION BY e.account ORDER BY e.n) AS reserved
            FROM account_entry e WHERE e.ledger = @ledger /*accounts e*/),
        balance AS (
            SELECT s.account, s.available, s.reserved FROM sums s
            WHERE s.n = (SELECT max(e.n) FROM account_entry e WHERE e.ledger = @ledger AND e.account = s.account)),
        carried AS (
        """ + Carried + """
        ),
        funded AS (
            SELECT r.release, r.account, r.earmark, sum(c.net_fen) AS fen
            FROM release r JOIN carried c ON c.release = r.release
            WHERE r.ledger = @ledger /*accounts r*/ AND r.state = 'Funded' GROUP BY r.release, r.account, r.earmark)
        SELECT 'L2: entry ' || s.n || ' of account ' || s.account || ' reserves ' || s.reserved_delta_fen
            || ' beyond what is there'
        FROM sums s WHERE s.reserved_delta_fen > 0 AND s.available < 0 AND s.reserved_delta_fen > s.posted_delta_fen
        UNION ALL
        SELECT 'L2: entry ' || s.n || ' of account ' || s.account || ' moves posted without the bank'
        FROM sums s WHERE s.posted_delta_fen <> 0
            AND s.kind NOT IN ('BankCredit', 'BankDebit', 'Allocation', 'Attribution')
        UNION ALL
        SELECT 'L2: account ' || b.account || ' has ' || b.reserved || ' reserved, not what releases and files hold'
        FROM balance b WHERE b.reserved <> coalesce((SELECT sum(f.fen) FROM funded f WHERE f.account = b.account), 0)
            + coalesce((SELECT sum(d.reserved_fen) FROM disbursement_file d
                WHERE d.ledger = @ledger AND d.account = b.account), 0)
            + coalesce((SELECT sum(e.earmark_delta_fen) FROM account_entry e JOIN earmark m ON m.ledger = e.ledger
                AND m.earmark = e.earmark AND m.account = b.account WHERE e.ledger = @ledger), 0)
        UNION ALL
        SELECT 'L2: account ' || b.account || ' lacks ' || b.available || ' and release ' || f.release
            || ' keeps its reservation'
        FROM balance b JOIN funded f ON f.account = b.account AND f.earmark IS NULL WHERE b.available < 0
        UNION ALL
        SELECT 'L2: account ' || b.account || ' lacks ' || b.available || ' and nobody is told'
        FROM balance b WHERE b.available < 0 AND NOT EXISTS (SELECT 1 FROM bank_exception x
            WHERE x.ledger = @ledger AND x.kind = 'Impaired' AND x.account = b.account)
        UNION ALL
        SELECT 'L2: entry ' || s.n || ' of account ' || s.account || ' takes more than earmark ' || s.earmark || ' has'
        FROM sums s WHERE s.earmark IS NOT NULL AND s.earmarked < 0
        UNION ALL
        SELECT 'L2: entry ' || s.n || ' of account ' || s.account || ' brings earmark ' || s.earmark
            || ' what it does not set aside'
        FROM sums s WHERE s.earmark IS NOT NULL AND s.release IS NULL AND s.earmark_delta_fen <> s.reserved_delta_fen
        UNION ALL
        SELECT 'L2: entry ' || s.n || ' of account ' || s.account || ' moves earmark ' || s.earmark || ' for '
            || coalesce('release ' || s.release, 'nobody') || ', which it is not for'
        FROM sums s JOIN earmark m ON m.ledger = @ledger AND m.earmark = s.earmark
        JOIN obligation o ON o.ledger = m.ledger AND o.obligation = m.obligation
        LEFT JOIN release r ON r.ledger = m.ledger AND r.release = s.release
        WHERE m.account <> s.account OR s.release IS NOT NULL AND (r.obligation IS NULL
                OR r.obligation <> m.obligation OR r.kind NOT IN ('Advance', 'Deposit'))
            OR s.release IS NULL AND s.earmark_delta_fen < 0 AND o.state NOT IN ('Discharged', 'Withdrawn')
        UNION ALL
        SELECT 'L2: release ' || f.release || ' holds ' || f.fen || ' of earmark ' || f.earmark || ', not what it took'
        FROM funded f WHERE f.earmark IS NOT NULL AND f.fen <> -coalesce((SELECT sum(s.earmark_delta_fen) FROM sums s
            WHERE s.release = f.release AND s.earmark = f.earmark), 0)
        """;

    /// <summary>L3. Claims are what the payroll declared, and stand where it says, in claims and in fen.</summary>
    public const string NothingLost = Words + """
        , counted AS (
            SELECT s.payroll, count(*) AS lines, sum(s.net_fen) AS fen,
                sum(CASE WHEN s.standing = 'paid' THEN 1 ELSE 0 END) AS paid,
                sum(CASE WHEN s.standing = 'in flight' THEN 1 ELSE 0 END) AS in_flight,
                sum(CASE WHEN s.standing = 'unpaid' THEN 1 ELSE 0 END) AS unpaid,
                sum(CASE WHEN s.standing = 'voided' THEN 1 ELSE 0 END) AS voided,
                sum(CASE WHEN s.standing = 'paid' THEN s.net_fen ELSE 0 END) AS paid_fen,
                sum(CASE WHEN s.standing = 'in flight' THEN s.net_fen ELSE 0 END) AS in_flight_fen,
                sum(CASE WHEN s.standing = 'unpaid' THEN s.net_fen ELSE 0 END) AS unpaid_fen,
                sum(CASE WHEN s.standing = 'voided' THEN s.net_fen ELSE 0 END) AS voided_fen
            FROM standing s GROUP BY s.payroll)
        SELECT 'L3: payroll ' || y.payroll || ' has ' || coalesce(n.paid, 0) || ' paid, ' || coalesce(n.in_flight, 0)
            || ' in flight, ' || coalesce(n.unpaid, 0) || ' unpaid, ' || coalesce(n.voided, 0)
            || ' voided, not what it says: ' || y.lines_paid || ', ' || y.lines_in_flight || ', ' || y.lines_unpaid
            || ', ' || y.lines_voided
        FROM payroll y LEFT JOIN counted n ON n.payroll = y.payroll
        WHERE y.ledger = @ledger /*payrolls y*/ AND y.state IN ('Approved', 'Settled') AND (n.payroll IS NULL
            OR n.lines <> y.lines_declared OR n.fen <> y.declared_fen OR n.paid <> y.lines_paid
            OR n.in_flight <> y.lines_in_flight OR n.unpaid <> y.lines_unpaid OR n.voided <> y.lines_voided
            OR n.paid_fen <> y.paid_fen OR n.in_flight_fen <> y.in_flight_fen OR n.unpaid_fen <> y.unpaid_fen
            OR n.voided_fen <> y.voided_fen)
        UNION ALL
        SELECT 'L3: claim ' || s.claim || ' is in no approved payroll' FROM standing s WHERE NOT EXISTS
            (SELECT 1 FROM payroll y WHERE y.ledger = @ledger AND y.payroll = s.payroll
             AND y.state IN ('Approved', 'Settled'))
        UNION ALL
        SELECT 'L3: claim ' || s.claim || ' is carried by ' || count(*) || ' releases that are not filed'
        FROM standing s JOIN (
        """ + Carried + """
        ) g ON g.claim = s.claim
        JOIN release r ON r.ledger = @ledger AND r.release = g.release AND r.state IN ('Planned', 'Short', 'Funded')
        GROUP BY s.claim HAVING count(*) > 1
        """;

    /// <summary>
    /// L5. What our books posted is what the statements say, entry by entry and in sum; where the sum is not the newest
    /// closing balance the difference is named with both figures.
    /// </summary>
    public const string BooksAgree = """
        WITH posted AS (
            SELECT a.bank_account, coalesce(sum(e.posted_delta_fen), 0) AS fen,
                coalesce(sum(CASE WHEN e.kind IN ('BankCredit', 'BankDebit') THEN e.posted_delta_fen ELSE 0 END), 0)
                    AS told
            FROM wage_account a
            LEFT JOIN account_entry e ON e.ledger = a.ledger AND e.account = a.account
            WHERE a.ledger = @ledger GROUP BY a.bank_account),
        stated AS (
            SELECT s.bank_account, sum(n.amount_fen) AS fen FROM bank_statement s
            JOIN statement_entry n ON n.ledger = s.ledger AND n.statement = s.statement
            WHERE s.ledger = @ledger GROUP BY s.bank_account)
        SELECT 'L5: bank account ' || p.bank_account || ' has ' || p.told || ' booked, its statements say '
            || coalesce(d.fen, 0)
        FROM posted p LEFT JOIN stated d ON d.bank_account = p.bank_account WHERE p.told <> coalesce(d.fen, 0)
        UNION ALL
        SELECT 'L5: bank account ' || p.bank_account || ' has ' || p.fen || ' posted, statement ' || s.statement_id
            || ' closes with ' || s.closing_fen || ', and nobody is told'
        FROM posted p JOIN bank_statement s ON s.ledger = @ledger AND s.bank_account = p.bank_account
        WHERE NOT EXISTS (SELECT 1 FROM bank_statement t WHERE t.ledger = s.ledger AND t.bank_account = s.bank_account
                AND (t.to_date > s.to_date OR t.to_date = s.to_date AND t.statement > s.statement))
            AND p.fen <> s.closing_fen AND NOT EXISTS (SELECT 1 FROM bank_exception x WHERE x.ledger = @ledger
                AND x.kind = 'BalanceDiffers' AND x.amount_fen = p.fen AND x.expected_fen = s.closing_fen)
        """;

    /// <summary>
    /// L7. Each act of two people was one of two identity numbers, and evidence stands behind each word of people.
    /// </summary>
    public const string TwoPeople = """
        WITH act AS (
            SELECT 'payroll ' || y.payroll AS what, y.submitted_by AS one, y.approved_by AS other
            FROM payroll y WHERE y.ledger = @ledger /*payrolls y*/ AND y.state IN ('Approved', 'Settled')
            UNION ALL
            SELECT 'payee account ' || v.worker || '/' || v.version, y.proposed_by, v.approved_by
            FROM payee_approval v LEFT JOIN payee_account y ON y.ledger = v.ledger AND y.worker = v.worker
                AND y.version = v.version
            WHERE v.ledger = @ledger
            UNION ALL
            SELECT 'proposal ' || p.proposal, p.person, p.decided_by
            FROM proposal p WHERE p.ledger = @ledger AND p.state = 'Decided')
        SELECT 'L7: ' || a.what || ' was decided by one person'
        FROM act a
        LEFT JOIN person s ON s.ledger = @ledger AND s.person = a.one
        LEFT JOIN person t ON t.ledger = @ledger AND t.person = a.other
        WHERE s.person IS NULL OR t.person IS NULL OR s.identity_hash = t.identity_hash
        UNION ALL
        SELECT 'L7: claim ' || p.claim || ' was met by ' || p.channel || ' without two people'
        FROM payment p WHERE p.ledger = @ledger /*claims p*/ AND p.channel <> 'File' AND NOT EXISTS
            (SELECT 1 FROM proposal q WHERE q.ledger = p.ledger AND q.state = 'Decided' AND q.body = p.document
             AND q.subject = 'claim/' || p.claim
             AND q.verb = CASE p.channel WHEN 'Void' THEN 'claim.void' ELSE 'arrears.discharge' END)
        UNION ALL
        SELECT 'L7: people said ' || o.kind || ' of claim ' || o.claim || ' without two people'
        FROM payment_outcome o
        JOIN payment p ON p.ledger = o.ledger AND p.claim = o.claim AND p.attempt = o.attempt
        JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
        WHERE o.ledger = @ledger /*claims o*/ AND o.source = 'People' AND f.state <> 'Withdrawn' AND NOT EXISTS
            (SELECT 1 FROM proposal q WHERE q.ledger = o.ledger AND q.state = 'Decided'
             AND ((q.verb = 'line.resolve' AND q.subject = 'file/' || p.file || '/row/' || p.row_reference
                    OR q.verb = 'file.resolve' AND q.subject = 'file/' || p.file)
                  AND q.body LIKE '%' || o.document
                -- Said of a row of the journal before it had its payment here.
                OR q.verb = 'restore.resolve' AND o.kind = 'NotSent' AND q.body LIKE 'absent ' || o.document || '%'
                  AND q.subject IN (SELECT 'send/' || s.send FROM journalled_send s
                    WHERE s.ledger = p.ledger AND s.file = p.file)))
        """;

    /// <summary>
    /// L11. Every payment by file goes from the claim's project's account to its registered worker's own card.
    /// </summary>
    public const string WagesOnly = """
        SELECT 'L11: claim ' || p.claim || ' attempt ' || p.attempt || ' goes to nobody registered on the project'
        FROM payment p JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        WHERE p.ledger = @ledger /*claims p*/ AND p.channel = 'File' AND NOT EXISTS
            (SELECT 1 FROM registration g WHERE g.ledger = c.ledger AND g.worker = c.worker
             AND g.project = c.project AND g.employer = c.employer)
        UNION ALL
        SELECT 'L11: claim ' || p.claim || ' attempt ' || p.attempt || ' goes from an account of another project'
        FROM payment p JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        LEFT JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
        LEFT JOIN wage_account a ON a.ledger = p.ledger AND a.account = f.account
        WHERE p.ledger = @ledger /*claims p*/ AND p.channel = 'File' AND (a.project IS NULL OR a.project <> c.project)
        UNION ALL
        SELECT 'L11: claim ' || p.claim || ' attempt ' || p.attempt || ' goes to an account that is not the worker''s'
        FROM payment p JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        LEFT JOIN payee_account y ON y.ledger = c.ledger AND y.worker = c.worker AND y.version = p.payee_version
        LEFT JOIN payee_approval v ON v.ledger = y.ledger AND v.worker = y.worker AND v.version = y.version
        WHERE p.ledger = @ledger /*claims p*/ AND p.channel = 'File'
            AND (v.worker IS NULL OR y.account_hash <> p.payee_hash OR p.amount_fen <> c.net_fen)
        UNION ALL
        SELECT 'L11: release ' || r.release || ' carries payroll ' || y.payroll || ' of another project'
        FROM release_range g
        JOIN release r ON r.ledger = g.ledger AND r.release = g.release
        JOIN wage_account a ON a.ledger = r.ledger AND a.account = r.account
        JOIN payroll y ON y.ledger = g.ledger AND y.payroll = g.payroll
        WHERE g.ledger = @ledger /*payrolls g*/ AND (a.project IS NULL OR a.project <> y.project)
        """;

    /// <summary>Those that hold after every step; what is past due is on its line after a sweep.</summary>
    public static IReadOnlyDictionary<string, string> Always { get; } = new Dictionary<string, string>
    {
        ["L1"] = PaidOnce + Also + SentOnce,
        ["L2"] = NeverBeyondTheMoney,
        ["L3"] = NothingLost + Also + FilesCount,
        ["L4"] = OneHolder,
        ["L5"] = BooksAgree + Also + FilesDebited,
        ["L7"] = TwoPeople + Also + CooledDown,
        ["L9"] = SaidOnce,
        ["L11"] = WagesOnly,
        ["feed"] = FeedWhole,
    };
}

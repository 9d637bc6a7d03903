namespace Disbursement.Host.Simulation.Laws;

/// <summary>
/// L4: who owes what is past due, by when it is to be done, and what it comes to. By approved claims, and by the pieces
/// of attendance that no claim covers: nothing of it is read from obligations but what it is compared with.
/// </summary>
public static partial class LawQueries
{
    private const string Standing = "('Open', 'Demanded', 'Overdue')";

    private const string Lines = Words + """
        , line AS (
            SELECT l.obligation, l.line, l.worker, l.claim, l.amount_fen,
                CASE WHEN x.line IS NULL THEN 1 ELSE 0 END AS stands
            FROM obligation_line l
            LEFT JOIN obligation_line_left x ON x.ledger = l.ledger AND x.obligation = l.obligation AND x.line = l.line
            WHERE l.ledger = @ledger /*obligations l*/),
        open_line AS (
            SELECT l.obligation, l.line, l.worker, l.claim, l.amount_fen, o.kind, o.project, o.subcontractor, o.payroll,
                o.period, CAST(o.due_date AS text) AS due_date, o.state
            FROM line l JOIN obligation o ON o.ledger = @ledger AND o.obligation = l.obligation
                AND o.state <> 'Withdrawn'
            WHERE l.stands = 1)

        """;

    /// <summary>
    /// L4, always: nothing paid or voided stands on an open line, nothing stands on two; a line is its claim's wage, a
    /// header is its lines; of what is owed one obligation stands, whose general contractor and subcontractor are known
    /// and whose deadline follows its demand.
    /// </summary>
    public const string OneHolder = Lines + """
        SELECT 'L4: claim ' || s.claim || ' is ' || s.standing || ' and on an open line'
        FROM standing s JOIN open_line l ON l.claim = s.claim WHERE s.standing IN ('paid', 'voided')
        UNION ALL
        SELECT 'L4: claim ' || l.claim || ' is on ' || count(*) || ' open lines'
        FROM open_line l WHERE l.claim IS NOT NULL GROUP BY l.claim HAVING count(*) > 1
        UNION ALL
        SELECT 'L4: worker ' || l.worker || ' is on ' || count(*) || ' open lines without a claim for ' || l.period
        FROM open_line l WHERE l.claim IS NULL GROUP BY l.worker, l.project, l.period HAVING count(*) > 1
        UNION ALL
        SELECT 'L4: line ' || l.line || ' of obligation ' || l.obligation || ' is not what its claim says'
        FROM open_line l
        LEFT JOIN wage_claim c ON c.ledger = @ledger AND c.claim = l.claim
        LEFT JOIN payroll y ON y.ledger = @ledger AND y.payroll = l.payroll
        WHERE l.kind = 'Unassessed' AND (l.claim IS NOT NULL OR l.payroll IS NOT NULL) OR l.kind = 'Unpaid'
            AND (c.claim IS NULL OR y.payroll IS NULL OR c.payroll <> l.payroll OR c.worker <> l.worker
                OR c.net_fen <> l.amount_fen OR c.project <> l.project OR c.employer <> l.subcontractor
                OR c.period <> l.period OR CAST(y.due_date AS text) <> l.due_date)
        UNION ALL
        SELECT 'L4: obligation ' || o.obligation || ' is ' || o.state || ' with ' || o.lines_open || ' lines, '
            || o.open_fen || ' fen open, its lines come to ' || coalesce(n.lines_open, 0) || ', '
            || coalesce(n.open_fen, 0)
        FROM obligation o
        LEFT JOIN (SELECT l.obligation, count(*) AS lines, sum(l.amount_fen) AS fen, sum(l.stands) AS lines_open,
                sum(l.stands * l.amount_fen) AS open_fen
            FROM line l GROUP BY l.obligation) n ON n.obligation = o.obligation
        WHERE o.ledger = @ledger /*obligations o*/ AND (n.obligation IS NULL OR o.lines <> n.lines
            OR o.amount_fen <> n.fen OR o.lines_open <> n.lines_open OR o.open_fen <> n.open_fen
            OR CASE WHEN n.lines_open > 0 THEN 1 ELSE 0 END <> CASE WHEN o.state IN
        """ + Standing + """
             THEN 1 ELSE 0 END)
        UNION ALL
        SELECT 'L4: ' || count(*) || ' obligations stand for the same, ' || min(o.obligation) || ' is one of them'
        FROM obligation o WHERE o.ledger = @ledger AND o.state IN
        """ + Standing + """

        GROUP BY o.kind, o.project, o.subcontractor, o.payroll, o.period HAVING count(*) > 1
        UNION ALL
        SELECT 'L4: obligation ' || o.obligation || ' is owed by nobody known'
        FROM obligation o
        LEFT JOIN project p ON p.ledger = o.ledger AND p.project = o.project AND p.contractor_code <> ''
        LEFT JOIN employer e ON e.ledger = o.ledger AND e.employer = o.subcontractor
        WHERE o.ledger = @ledger /*obligations o*/ AND (p.project IS NULL OR e.employer IS NULL) AND o.state IN
        """ + Standing + """

        UNION ALL
        SELECT 'L4: obligation ' || o.obligation || ' is ' || o.state || ' and has no deadline that follows its demand'
        FROM obligation o
        WHERE o.ledger = @ledger /*obligations o*/ AND (o.next_deadline IS NULL OR o.demanded_on <= o.due_date
            OR o.next_deadline < o.demanded_on OR CASE WHEN o.demanded_on IS NULL THEN 1 ELSE 0 END
                <> CASE WHEN o.state = 'Open' THEN 1 ELSE 0 END) AND o.state IN
        """ + Standing;

    // What is past due today: approved claims by what became of them, and work no claim covers. A month's pieces at
    // their rate are due on the agreed day of the month after, or the working day before it.
    private const string Due = Lines + """
        , owed AS (
            SELECT s.claim, s.standing, s.net_fen AS fen,
                CASE WHEN CAST(y.due_date AS text) < @swept THEN 1 ELSE 0 END AS swept
            FROM standing s JOIN payroll y ON y.ledger = @ledger AND y.payroll = s.payroll
                AND CAST(y.due_date AS text) < @today
            WHERE s.standing IN ('unpaid', 'in flight')),
        work AS (
            SELECT d.project, g.employer, d.worker, substr(CAST(d.day AS text), 1, 7) AS month, t.pay_day,
                CAST(sum(d.pieces * t.rate_fen) / 100 AS bigint) AS fen
            FROM attendance d
            JOIN contract_terms t ON t.ledger = d.ledger AND t.project = d.project AND t.worker = d.worker
                AND t.pay_cycle = 'Month' AND t.rate_kind = 'Piece'
            JOIN registration g ON g.ledger = d.ledger AND g.project = d.project AND g.worker = d.worker
            WHERE d.ledger = @ledger AND d.pieces > 0
                AND NOT EXISTS (SELECT 1 FROM attendance v WHERE v.ledger = d.ledger AND v.project = d.project
                    AND v.worker = d.worker AND v.day = d.day AND v.version > d.version)
                AND NOT EXISTS (SELECT 1 FROM wage_claim c WHERE c.ledger = d.ledger AND c.worker = d.worker
                    AND c.project = d.project
                    AND CAST(d.day AS text) BETWEEN substr(c.period, 1, 10) AND substr(c.period, 12, 10)
                    AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.ledger = c.ledger AND p.claim = c.claim
                        AND p.channel = 'Void'))
            GROUP BY d.project, g.employer, d.worker, substr(CAST(d.day AS text), 1, 7), t.pay_day),
        derived AS (
            SELECT w.project, w.employer, w.worker, w.month, w.pay_day, w.fen,
                CASE WHEN @pastSwept LIKE '% ' || w.month || '/' || w.pay_day || ' %' THEN 1 ELSE 0 END AS swept
            FROM work w WHERE @past LIKE '% ' || w.month || '/' || w.pay_day || ' %')

        """;

    /// <summary>
    /// L4, at any moment: what the last sweep saw past due is on its line, but for what came back since; nothing is on
    /// a line that is not owed past its due day, and a line without a claim has what attendance comes to.
    /// </summary>
    public const string OwedOnLines = Due + OnLines;

    private const string OnLines = """
        SELECT 'L4: claim ' || o.claim || ' is ' || o.standing || ' past its due date and on no open line'
        FROM owed o
        WHERE o.swept = 1 AND NOT EXISTS (SELECT 1 FROM open_line l WHERE l.claim = o.claim)
            AND NOT (@since LIKE '% c' || o.claim || ' %' AND EXISTS (SELECT 1 FROM payment_outcome p
                WHERE p.ledger = @ledger AND p.claim = o.claim AND p.kind = 'Settled'))
        UNION ALL
        SELECT 'L4: worker ' || w.worker || ' worked in ' || w.month
            || ', has no claim for it past the due date, and is on no open line'
        FROM derived w
        WHERE w.swept = 1 AND NOT EXISTS (SELECT 1 FROM open_line l WHERE l.kind = 'Unassessed'
                AND l.worker = w.worker AND l.project = w.project AND l.subcontractor = w.employer
                AND substr(l.period, 1, 7) = w.month)
            AND NOT @since LIKE '% w' || w.worker || ' %'
            AND NOT EXISTS (SELECT 1 FROM wage_claim c WHERE c.ledger = @ledger AND c.worker = w.worker
                AND substr(c.period, 1, 7) = w.month AND @since LIKE '% c' || c.claim || ' %')
        UNION ALL
        SELECT 'L4: claim ' || l.claim || ' is on an open line, and not owed past its due date'
        FROM open_line l
        WHERE l.kind = 'Unpaid' AND NOT EXISTS (SELECT 1 FROM owed o WHERE o.claim = l.claim)
        UNION ALL
        SELECT 'L4: worker ' || l.worker || ' is on an open line of ' || l.amount_fen || ' fen for ' || l.period
            || ', attendance past its due date comes to ' || coalesce(w.fen, 0)
        FROM open_line l
        LEFT JOIN derived w ON w.worker = l.worker AND w.project = l.project AND w.employer = l.subcontractor
            AND w.month = substr(l.period, 1, 7)
        WHERE l.kind = 'Unassessed' AND (w.fen IS NULL OR w.fen <> l.amount_fen)
        """;

    // Open lines come to the fen of approved claims unpaid or in flight past due and of work that no claim covers.
    private const string Sums = """
        SELECT 'L4: open lines come to ' || s.lines || ' fen, their obligations say ' || s.headers
            || '; past due are ' || s.owed || ' of claims and ' || s.derived || ' of work without one'
        FROM (SELECT (SELECT coalesce(sum(l.amount_fen), 0) FROM open_line l) AS lines,
                (SELECT coalesce(sum(o.open_fen), 0) FROM obligation o WHERE o.ledger = @ledger) AS headers,
                (SELECT coalesce(sum(o.fen), 0) FROM owed o) AS owed,
                (SELECT coalesce(sum(w.fen), 0) FROM derived w) AS derived) s
        WHERE s.lines <> s.owed + s.derived OR s.headers <> s.lines
        """;

    // A claim that only waits for its bank, which one of a file proved absent and not sent again does not; an
    // obligation somebody is warned of.
    private const string Waits = """
        , waiting AS (
            SELECT a.claim FROM attempt a JOIN disbursement_file f ON f.ledger = @ledger AND f.file = a.file
            WHERE a.state = 'Open' AND f.state NOT IN ('Built', 'Sealed') AND f.answer_by >= @now
                AND NOT EXISTS (SELECT 1 FROM payment p
                WHERE p.ledger = @ledger AND p.claim = a.claim AND p.attempt > a.attempt)),
        warned AS (
            SELECT o.obligation FROM obligation o
            JOIN warning w ON w.ledger = o.ledger AND w.rule = 'W04' AND w.state NOT IN ('Closed', 'Cleared')
                AND w.subject = CASE WHEN o.kind = 'Unpaid' THEN 'payroll/' || o.payroll
                    ELSE 'unassessed/' || o.project || '/' || o.subcontractor || '/' || o.period END
            WHERE o.ledger = @ledger)

        """;

    // No deadline was let pass; what only waits for its bank is neither demanded nor warned of, the rest is both.
    private const string Deadlines = """
        SELECT 'L4: obligation ' || o.obligation || ' is ' || o.state || ', and its next deadline is '
            || CAST(o.next_deadline AS text)
        FROM obligation o
        WHERE o.ledger = @ledger AND (o.state IN ('Open', 'Demanded') AND CAST(o.next_deadline AS text) < @today
            OR o.state = 'Overdue' AND CAST(o.next_deadline AS text) >= @today)
        UNION ALL
        SELECT 'L4: obligation ' || l.obligation || ' is not demanded, and claim ' || l.claim || ' waits for no bank'
        FROM open_line l WHERE l.state = 'Open' AND NOT EXISTS (SELECT 1 FROM waiting t WHERE t.claim = l.claim)
        UNION ALL
        SELECT 'L4: obligation ' || o.obligation || ' is ' || o.state
            || CASE WHEN o.state = 'Open' THEN ', and warned of' ELSE ', and nobody is warned' END
        FROM obligation o LEFT JOIN warned w ON w.obligation = o.obligation
        WHERE o.ledger = @ledger AND (o.state = 'Open' AND w.obligation IS NOT NULL
            OR o.state IN ('Demanded', 'Overdue') AND w.obligation IS NULL)
        """;

    // 国务院令第724号 art. 14: a pay day that is a holiday moves earlier, never later.
    private const string DueByCalendar = """
        SELECT 'L4: payroll ' || y.payroll || ' is due on ' || CAST(y.due_date AS text) || ', not on the day agreed'
        FROM payroll y WHERE y.ledger = @ledger AND y.kind = 'Ordinary' AND y.state IN ('Approved', 'Settled')
            AND EXISTS (SELECT 1 FROM wage_claim c
                JOIN contract_terms t ON t.ledger = c.ledger AND t.project = c.project AND t.worker = c.worker
                    AND t.pay_cycle = 'Month'
                WHERE c.ledger = y.ledger AND c.payroll = y.payroll
                    AND @dues LIKE '% ' || substr(c.period, 12, 7) || '/' || t.pay_day || '=%')
            AND NOT EXISTS (SELECT 1 FROM wage_claim c
                JOIN contract_terms t ON t.ledger = c.ledger AND t.project = c.project AND t.worker = c.worker
                    AND t.pay_cycle = 'Month'
                WHERE c.ledger = y.ledger AND c.payroll = y.payroll
                    AND @dues LIKE '% ' || substr(c.period, 12, 7) || '/' || t.pay_day || '='
                        || CAST(y.due_date AS text) || ' %')
        """;

    /// <summary>L4, after a sweep: all that is past due, and nothing else, is on its line, to the fen.</summary>
    public const string OverdueIsEscalated =
        Due + Waits + OnLines + Also + Sums + Also + Deadlines + Also + DueByCalendar;

    /// <summary>L4, after the day's first sweep: what it demands is not merely late at its bank.</summary>
    public const string DemandedTooEarly = Lines + Waits + """
        SELECT 'L4: obligation ' || o.obligation || ' is demanded, and each of its lines only waits for its bank'
        FROM obligation o
        WHERE o.ledger = @ledger AND o.state = 'Demanded' AND CAST(o.demanded_on AS text) = @today
            AND NOT EXISTS (SELECT 1 FROM open_line l WHERE l.obligation = o.obligation
                AND NOT EXISTS (SELECT 1 FROM waiting t WHERE t.claim = l.claim))
        """;

    /// <summary>Why the lines that are open today are not paid, and how many of each there are.</summary>
    public const string WhyOpen = Lines + """
        SELECT g.why, count(*) AS lines FROM (
            SELECT CASE WHEN l.kind = 'Unassessed' THEN coalesce((SELECT y.state FROM payroll y
                    JOIN registration r ON r.ledger = y.ledger AND r.project = y.project AND r.worker = l.worker
                        AND r.team = y.team
                    WHERE y.ledger = @ledger AND y.project = l.project AND y.employer = l.subcontractor
                        AND y.period = l.period AND y.state <> 'Withdrawn'
                    ORDER BY CASE y.state WHEN 'Refused' THEN 1 ELSE 0 END, y.payroll DESC LIMIT 1), 'None')
                WHEN a.state = 'Returned' THEN 'Returned'
                WHEN a.state = 'Open' AND f.state = 'Unknown' THEN 'Unknown'
                WHEN EXISTS (SELECT 1 FROM release_range g
                    JOIN release r ON r.ledger = g.ledger AND r.release = g.release AND r.state = 'Short'
                    JOIN wage_claim c ON c.ledger = g.ledger AND c.claim = l.claim AND c.payroll = g.payroll
                        AND c.payroll_line BETWEEN g.from_line AND g.to_line
                    WHERE g.ledger = @ledger) THEN 'Short'
                ELSE 'Other' END AS why
            FROM open_line l
            LEFT JOIN attempt a ON a.claim = l.claim AND a.attempt = (SELECT max(p.attempt) FROM payment p
                WHERE p.ledger = @ledger AND p.claim = l.claim)
            LEFT JOIN disbursement_file f ON f.ledger = @ledger AND f.file = a.file) g
        GROUP BY g.why
        """;
}

-- The laws on PostgreSQL. The application role can neither update, delete nor truncate facts; the key that carries L1 is
-- a foreign key (null on attempt 1, so free on the common path); the rest is checked set-wise, once per statement.

ALTER TABLE payment ADD CONSTRAINT payment_prior_is_dead
    FOREIGN KEY (ledger, claim, prior_attempt) REFERENCES payment_death (ledger, claim, attempt);

-- The bulk laws read each fresh row once, with one index probe per fact, and group on what a whole file or payroll
-- shares, so headers are looked up once a group. The planner knows neither fresh rows nor young tables and keeps the
-- plan of the first call; the settings leave it only that order of joins and those probes: the cost is linear.
-- A probe that may find several rows is a scalar subquery with LIMIT 1: EXISTS could be hashed over the whole table.
-- The search path is pinned: an unqualified name never means somebody's temporary table.
CREATE FUNCTION payment_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp SET join_collapse_limit = 1 SET enable_seqscan = off SET enable_bitmapscan = off
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off SET enable_memoize = off
    SET jit = off
AS $fn$
DECLARE trouble text;
BEGIN
    SELECT CASE
        WHEN k.unequal THEN 'L1: the amount is the claim''s net'
        WHEN k.channel <> 'File' AND d.digest IS NULL THEN 'a payment outside a file names its stored document'
        WHEN k.channel <> 'File' THEN 'L7: two people decide a payment outside a file, by its document'
        WHEN a.account IS NULL THEN 'L11: the file, its release and its account are not of the claim''s project'
        ELSE 'L7: the payee account is not an approved one of the worker'
    END INTO trouble
    FROM (
        SELECT p.ledger, p.channel, p.release, p.file, p.document, c.project, max(v.effective_at) AS approved_at,
            bool_or(c.net_fen IS DISTINCT FROM p.amount_fen) AS unequal, bool_or(v.worker IS NULL) AS unapproved,
            bool_or(CASE WHEN p.channel <> 'File' THEN (SELECT q.proposal FROM proposal q WHERE q.ledger = p.ledger
                AND q.verb = CASE p.channel WHEN 'Void' THEN 'claim.void' ELSE 'arrears.discharge' END
                AND q.subject = 'claim/' || p.claim AND q.state = 'Decided' AND q.body = p.document LIMIT 1)
                IS NULL END) AS undecided
        FROM fresh p
        LEFT JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        LEFT JOIN payee_account y ON y.ledger = c.ledger AND y.worker = c.worker AND y.version = p.payee_version
            AND y.account_hash = p.payee_hash
        LEFT JOIN payee_approval v ON v.ledger = y.ledger AND v.worker = y.worker AND v.version = y.version
        GROUP BY p.ledger, p.channel, p.release, p.file, p.document, c.project
    ) k
    LEFT JOIN disbursement_file f ON f.ledger = k.ledger AND f.file = k.file
    LEFT JOIN release r ON r.ledger = f.ledger AND r.release = f.release AND r.release = k.release
        AND r.account = f.account
    LEFT JOIN wage_account a ON a.ledger = r.ledger AND a.account = r.account AND a.project = k.project
    LEFT JOIN document d ON d.ledger = k.ledger AND d.digest = k.document
    WHERE k.unequal OR CASE WHEN k.channel = 'File'
        THEN a.account IS NULL OR k.unapproved OR k.approved_at > f.built_at AND f.journal_document IS NULL
        ELSE d.digest IS NULL OR k.undecided END
    LIMIT 1;
    -- Dead, and called settled since: as the engine joins words (OutcomeSet.State).
    IF trouble IS NULL AND EXISTS (SELECT 1 FROM (SELECT max(CASE WHEN q.source = 'Statement' THEN 1 ELSE 0 END) AS statement,
            max(CASE WHEN q.source <> 'Report' AND q.kind <> 'NotSent' THEN 1 ELSE 0 END) AS strong,
            max(CASE WHEN q.source <> 'Report' AND q.kind = 'Settled' THEN 1 ELSE 0 END) AS strong_settled,
            max(CASE WHEN q.source <> 'Report' AND q.kind = 'Returned' THEN 1 ELSE 0 END) AS strong_returned,
            max(CASE WHEN q.kind = 'Settled' THEN 1 ELSE 0 END) AS settled,
            max(CASE WHEN q.kind = 'Returned' THEN 1 ELSE 0 END) AS returned
        FROM fresh p JOIN payment_outcome q ON q.ledger = p.ledger AND q.claim = p.claim
            AND q.attempt = p.prior_attempt
        WHERE p.attempt > 1 GROUP BY p.claim, p.attempt) w
        WHERE w.strong_returned = 0 AND NOT (w.statement = 0 AND w.returned = 1)
            AND (w.strong_settled = 1 OR w.strong = 0 AND w.settled = 1)) THEN
        trouble := 'L1: the attempt before may have been credited';
    END IF;
    IF trouble IS NOT NULL THEN
        RAISE EXCEPTION '%', trouble USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER payment_law AFTER INSERT ON payment REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION payment_law();

GRANT SELECT ON open_send, journalled_line_gone, claim_lock TO disburse_app;

-- After a restore: what the send journal says has gone out is paid by its own file and by nothing else.
CREATE FUNCTION payment_lock_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
DECLARE broken boolean;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM journalled_line) THEN
        RETURN NULL;
    END IF;
    EXECUTE $q$ SELECT EXISTS (SELECT 1 FROM fresh p
        JOIN claim_lock k ON k.ledger = p.ledger AND k.claim = p.claim
        WHERE NOT EXISTS (SELECT 1 FROM claim_lock o
            WHERE o.ledger = p.ledger AND o.claim = p.claim AND o.file = p.file)) $q$ INTO broken;
    IF broken THEN
        RAISE EXCEPTION 'L1: this wage went out in a journalled file' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER payment_lock_law AFTER INSERT ON payment REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION payment_lock_law();

CREATE FUNCTION release_range_lock_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
DECLARE broken boolean;
BEGIN
    IF NOT EXISTS (SELECT 1 FROM journalled_line) THEN
        RETURN NULL;
    END IF;
    EXECUTE $q$ SELECT EXISTS (SELECT 1 FROM fresh g
        JOIN wage_claim c ON c.ledger = g.ledger AND c.payroll = g.payroll
            AND c.payroll_line BETWEEN g.from_line AND g.to_line
        WHERE EXISTS (SELECT 1 FROM claim_lock k WHERE k.ledger = c.ledger AND k.claim = c.claim)
            AND NOT EXISTS (SELECT 1 FROM claim_lock k
                JOIN disbursement_file f ON f.ledger = k.ledger AND f.file = k.file AND f.release = g.release
                WHERE k.ledger = c.ledger AND k.claim = c.claim)
        OR EXISTS (SELECT 1 FROM payment p
            JOIN journalled_send s ON s.ledger = p.ledger AND s.file = p.file
            WHERE p.ledger = c.ledger AND p.claim = c.claim AND p.release <> g.release
            AND NOT EXISTS (SELECT 1 FROM payment_death d
                WHERE d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt))) $q$ INTO broken;
    IF broken THEN
        RAISE EXCEPTION 'L1: a wage of this range went out in a journalled file' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER release_range_lock_law AFTER INSERT ON release_range REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION release_range_lock_law();

CREATE FUNCTION journalled_file_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NEW.state = 'Sending' AND (TG_OP = 'INSERT' OR OLD.state <> 'Sending')
        AND EXISTS (SELECT 1 FROM open_send o WHERE o.ledger = NEW.ledger) THEN
        RAISE EXCEPTION 'nothing is sent while a journalled file is open' USING ERRCODE = '23514';
    END IF;
    IF NEW.state = 'Sending' AND (TG_OP = 'INSERT' OR OLD.state <> 'Sending') AND EXISTS (SELECT 1 FROM ledger_restore)
    THEN
        IF EXISTS (SELECT 1 FROM journalled_send s WHERE s.ledger = NEW.ledger AND s.profile = NEW.profile
            AND s.reference = NEW.reference AND s.file <> NEW.file)
            OR EXISTS (SELECT 1 FROM journalled_cards c WHERE c.ledger = NEW.ledger AND c.profile = NEW.profile
            AND c.reference = NEW.reference) THEN
            RAISE EXCEPTION 'L1: what went out as another file has this reference' USING ERRCODE = '23514';
        END IF;
        IF EXISTS (SELECT 1 FROM payment p JOIN claim_lock k ON k.ledger = p.ledger AND k.claim = p.claim
            WHERE p.ledger = NEW.ledger AND p.file = NEW.file AND k.file <> p.file) THEN
            RAISE EXCEPTION 'L1: a wage of this file went out in a journalled file' USING ERRCODE = '23514';
        END IF;
    END IF;
    IF NEW.journal_document IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journalled_send s
        WHERE s.ledger = NEW.ledger AND s.file = NEW.file AND s.reference = NEW.reference) THEN
        RAISE EXCEPTION 'no journalled file of this reference' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER journalled_file_law BEFORE INSERT OR UPDATE ON disbursement_file FOR EACH ROW
    WHEN (NEW.state = 'Sending' OR NEW.journal_document IS NOT NULL) EXECUTE FUNCTION journalled_file_law();

-- A second file of one reference is the one that the journal tells of.
CREATE FUNCTION file_reference_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM disbursement_file f
        WHERE f.ledger = NEW.ledger AND f.profile = NEW.profile AND f.reference = NEW.reference) THEN
        RAISE EXCEPTION 'this reference is another file''s' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER file_reference_law BEFORE INSERT ON disbursement_file FOR EACH ROW
    WHEN (NEW.journal_document IS NULL) EXECUTE FUNCTION file_reference_law();

-- A sending has a name while it goes, or by the journal: a record that any row could make known would lock nothing.
CREATE FUNCTION file_sending_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM disbursement_file f
            WHERE f.ledger = NEW.ledger AND f.file = NEW.file AND f.state = 'Sending')
        AND NOT EXISTS (SELECT 1 FROM journalled_send s WHERE s.ledger = NEW.ledger AND s.file = NEW.file) THEN
        RAISE EXCEPTION 'a sending is named as it goes, or by the journal' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER file_sending_law BEFORE INSERT ON file_sending
    FOR EACH ROW EXECUTE FUNCTION file_sending_law();

CREATE FUNCTION journalled_line_left_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh x WHERE x.cause = 'Matched' AND NOT EXISTS (SELECT 1 FROM journalled_send s
        JOIN payment p ON p.ledger = s.ledger AND p.file = s.file AND p.row_reference = x.line
        WHERE s.ledger = x.ledger AND s.send = x.send)) THEN
        RAISE EXCEPTION 'a matched line has its payment in the file' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM fresh x WHERE x.cause <> 'Matched' AND NOT EXISTS (SELECT 1 FROM document d
        JOIN proposal p ON p.ledger = d.ledger AND p.verb = 'restore.resolve' AND p.state = 'Decided'
            AND p.subject = 'send/' || x.send
        WHERE d.ledger = x.ledger AND d.digest = x.document)) THEN
        RAISE EXCEPTION 'L7: two people and a document free a journalled line' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER journalled_line_left_law AFTER INSERT ON journalled_line_left REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION journalled_line_left_law();

-- A word on a row without its payment: of the bank by a message of it that is being applied; of two people, of a row
-- that they called absent, by a decision that counts the bank's words: one made before them is not about them.
CREATE FUNCTION journalled_word_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh w WHERE NOT EXISTS (SELECT 1 FROM journalled_line l
            WHERE l.ledger = w.ledger AND l.send = w.send AND l.line = w.line)
        OR EXISTS (SELECT 1 FROM journalled_send s
            JOIN payment p ON p.ledger = s.ledger AND p.file = s.file AND p.row_reference = w.line
            WHERE s.ledger = w.ledger AND s.send = w.send)) THEN
        RAISE EXCEPTION 'a kept word is of a journalled row without its payment' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM fresh w WHERE w.source = 'Report' AND NOT EXISTS (SELECT 1 FROM journalled_send s
        JOIN bank_message m ON m.ledger = s.ledger AND m.document = w.document AND m.profile = s.profile
        JOIN message_progress g ON g.ledger = m.ledger AND g.message = m.message
            AND g.state IN ('Received', 'Applying')
        WHERE s.ledger = w.ledger AND s.send = w.send)
        -- A statement that a treasurer brought says nothing of a row but what locks it.
        AND NOT (w.trouble IS NOT NULL AND EXISTS (SELECT 1 FROM journalled_send s
            JOIN bank_account a ON a.ledger = s.ledger AND a.profile = s.profile
            JOIN bank_statement b ON b.ledger = a.ledger AND b.bank_account = a.bank_account AND b.document = w.document
            WHERE s.ledger = w.ledger AND s.send = w.send))) THEN
        RAISE EXCEPTION 'L1: a kept word stands on a message of the bank that has the file' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM fresh w WHERE w.source = 'People' AND NOT EXISTS (SELECT 1 FROM journalled_line_left x
        JOIN proposal p ON p.ledger = x.ledger AND p.verb = 'restore.resolve' AND p.state = 'Decided'
            AND p.subject = 'send/' || x.send AND p.body = 'absent ' || w.document || ' after '
            || (SELECT count(*) FROM journalled_word k WHERE k.ledger = x.ledger AND k.send = x.send
                AND k.source <> 'People') || ' words'
        WHERE x.ledger = w.ledger AND x.send = w.send AND x.line = w.line AND x.cause = 'Absent')) THEN
        RAISE EXCEPTION 'L7: two people and a document free a journalled line' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER journalled_word_law AFTER INSERT ON journalled_word REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION journalled_word_law();

-- A recall is a request about a file that the bank may have. Two people decided these rows of it, once for each request.
CREATE FUNCTION recall_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM disbursement_file f WHERE f.ledger = NEW.ledger AND f.file = NEW.file
            AND f.first_sent_at IS NOT NULL AND f.state IN ('Delivered', 'Unknown', 'Accepted')
            AND NEW.reference = f.reference || 'C' || right('0' || NEW.recall, 2)) THEN
        RAISE EXCEPTION 'a recall is of a file that the bank may have, by its reference' USING ERRCODE = '23514';
    END IF;
    -- The whole of a file is what the bank has of it: after a restore rows of it may have no payment here.
    IF NEW.rows = '*' AND NOT EXISTS (SELECT 1 FROM disbursement_file f
            WHERE f.ledger = NEW.ledger AND f.file = NEW.file
            AND f.lines = NEW.lines AND f.total_fen = NEW.total_fen)
        OR NEW.rows <> '*' AND NOT EXISTS (SELECT 1 FROM (SELECT count(*) AS n, sum(p.amount_fen) AS fen FROM payment p
                WHERE p.ledger = NEW.ledger AND p.file = NEW.file
                AND strpos(',' || NEW.rows || ',', ',' || p.row_reference || ',') > 0) k
            WHERE k.n = NEW.lines AND k.fen = NEW.total_fen
            AND k.n = 1 + length(NEW.rows) - length(replace(NEW.rows, ',', ''))) THEN
        RAISE EXCEPTION 'a recall names rows of its file and their sum' USING ERRCODE = '23514';
    END IF;
    IF (SELECT count(*) FROM proposal q WHERE q.ledger = NEW.ledger AND q.verb = 'file.recall'
            AND q.subject = 'file/' || NEW.file AND q.state = 'Decided' AND q.body = NEW.reason || ' ' || NEW.rows)
        <= (SELECT count(*) FROM recall r WHERE r.ledger = NEW.ledger AND r.file = NEW.file
            AND r.reason = NEW.reason AND r.rows = NEW.rows) THEN
        RAISE EXCEPTION 'L7: two people decide a recall' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER recall_law BEFORE INSERT ON recall FOR EACH ROW EXECUTE FUNCTION recall_law();

CREATE FUNCTION recall_seal_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM recall r JOIN document d ON d.ledger = r.ledger AND d.digest = NEW.document
                AND d.kind = 'recall-request'
            WHERE r.ledger = NEW.ledger AND r.file = NEW.file AND r.recall = NEW.recall) THEN
        RAISE EXCEPTION 'the bytes of a recall are stored before they go' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER recall_seal_law BEFORE INSERT ON recall_seal FOR EACH ROW EXECUTE FUNCTION recall_seal_law();

CREATE FUNCTION recall_sending_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM recall_seal s JOIN document d ON d.ledger = s.ledger AND d.digest = NEW.document
                AND d.kind = 'send-result'
            WHERE s.ledger = NEW.ledger AND s.file = NEW.file AND s.recall = NEW.recall
            AND NEW.sending = 1 + (SELECT count(*) FROM recall_sending c
                WHERE c.ledger = s.ledger AND c.file = s.file AND c.recall = s.recall)) THEN
        RAISE EXCEPTION 'a call about a recall has stored bytes, its number and the transport''s words'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER recall_sending_law BEFORE INSERT ON recall_sending
    FOR EACH ROW EXECUTE FUNCTION recall_sending_law();

CREATE FUNCTION recall_answer_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh a WHERE NOT EXISTS (SELECT 1 FROM recall r
            JOIN recall_seal s ON s.ledger = r.ledger AND s.file = r.file AND s.recall = r.recall
            JOIN disbursement_file f ON f.ledger = r.ledger AND f.file = r.file
            JOIN bank_message m ON m.ledger = f.ledger AND m.message = a.message AND m.profile = f.profile
            JOIN message_progress g ON g.ledger = m.ledger AND g.message = m.message
                AND g.state IN ('Received', 'Applying')
            WHERE r.ledger = a.ledger AND r.file = a.file AND r.recall = a.recall
            AND (a.row_reference = 0 OR r.rows = '*'
                OR strpos(',' || r.rows || ',', ',' || a.row_reference || ',') > 0))) THEN
        RAISE EXCEPTION 'an answer to a recall is of the bank that was asked, about a row that was'
            USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER recall_answer_law AFTER INSERT ON recall_answer REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION recall_answer_law();

CREATE FUNCTION payment_outcome_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp SET join_collapse_limit = 1 SET enable_seqscan = off SET enable_bitmapscan = off
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off SET enable_memoize = off
    SET jit = off
AS $fn$
DECLARE trouble text;
BEGIN
    SELECT CASE
        WHEN k.unpaid THEN 'an outcome names a payment and the amount paid'
        WHEN d.digest IS NULL THEN 'an outcome names its stored document'
        WHEN k.source = 'Report' THEN
            'L1: a report''s word stands on a message of the bank about a file that went out'
        WHEN k.source = 'Statement' THEN 'L1: a statement''s word is an entry of it about this file'
        ELSE 'L7: a word of people stands on what two of them decided by this document'
    END INTO trouble
    FROM (
        SELECT o.ledger, o.document, o.source, o.kind, p.file, bool_or(p.claim IS NULL) AS unpaid,
            -- Lines have their own entry of a statement, and may have their own decision of two people.
            bool_or(CASE o.source
                WHEN 'Statement' THEN (SELECT e.statement FROM disbursement_file f
                    JOIN wage_account a ON a.ledger = f.ledger AND a.account = f.account
                    JOIN bank_statement s ON s.ledger = a.ledger AND s.bank_account = a.bank_account
                        AND s.document = o.document
                    JOIN statement_entry e ON e.ledger = s.ledger AND e.statement = s.statement
                        AND e.line = o.document_line AND e.file = f.file
                    WHERE f.ledger = p.ledger AND f.file = p.file LIMIT 1) IS NULL
                WHEN 'People' THEN (SELECT q.proposal FROM proposal q WHERE q.ledger = p.ledger
                    AND q.verb = 'line.resolve' AND q.subject = 'file/' || p.file || '/row/' || p.row_reference
                    AND q.state = 'Decided' AND q.body = o.kind || ' ' || o.document LIMIT 1) IS NULL
                    -- After a restore: the absence of the row, which the bank contradicts.
                    AND (SELECT x.line FROM journalled_send s
                        JOIN journalled_line_left x ON x.ledger = s.ledger AND x.send = s.send
                            AND x.line = p.row_reference AND x.cause = 'Absent' AND x.document = o.document
                        WHERE s.ledger = p.ledger AND s.file = p.file AND o.kind = 'NotSent' LIMIT 1) IS NULL
                END) AS alone
        FROM fresh o
        LEFT JOIN payment p ON p.ledger = o.ledger AND p.claim = o.claim AND p.attempt = o.attempt
            AND p.amount_fen = o.amount_fen
        GROUP BY o.ledger, o.document, o.source, o.kind, p.file
    ) k
    LEFT JOIN document d ON d.ledger = k.ledger AND d.digest = k.document
    LEFT JOIN disbursement_file f ON f.ledger = k.ledger AND f.file = k.file
    WHERE k.unpaid OR d.digest IS NULL OR f.file IS NULL OR CASE k.source
        -- A message of the file's own bank that is being applied now, or what the transport just said of the sending.
        WHEN 'Report' THEN f.first_sent_at IS NULL OR f.state = 'Built'
            OR (SELECT m.message FROM bank_message m
                JOIN message_progress g ON g.ledger = m.ledger AND g.message = m.message
                    AND g.state IN ('Received', 'Applying')
                WHERE m.ledger = k.ledger AND m.document = k.document AND m.profile = f.profile LIMIT 1) IS NULL
            AND NOT (k.kind = 'Rejected' AND f.state = 'Sending' AND d.kind = 'send-result')
            -- Or kept before the row had its payment here, by such a message.
            AND (SELECT o.claim FROM fresh o
                JOIN payment p ON p.ledger = o.ledger AND p.claim = o.claim AND p.attempt = o.attempt
                    AND p.file = k.file
                WHERE o.document = k.document AND o.source = k.source AND o.kind = k.kind
                    AND NOT EXISTS (SELECT 1 FROM journalled_send s
                        JOIN journalled_word w ON w.ledger = s.ledger AND w.send = s.send
                            AND w.line = p.row_reference AND w.kind = o.kind AND w.source = o.source
                            AND w.document = o.document AND w.trouble IS NULL
                        WHERE s.ledger = p.ledger AND s.file = p.file) LIMIT 1) IS NOT NULL
        WHEN 'Statement' THEN k.alone
        -- Two people on the line or on the whole file that is Unknown; or a file that never went out is withdrawn, by
        -- a signed approval, and by two people where a sending of it was proved void.
        ELSE k.alone
            AND NOT (f.state = 'Unknown' AND (SELECT q.proposal FROM proposal q WHERE q.ledger = k.ledger
                AND q.verb = 'file.resolve' AND q.subject = 'file/' || k.file AND q.state = 'Decided'
                AND q.body = CASE k.kind WHEN 'Rejected' THEN 'refused ' WHEN 'NotSent' THEN 'absent ' END
                    || k.document LIMIT 1) IS NOT NULL)
            AND NOT (k.kind = 'NotSent' AND f.state IN ('Built', 'Sealed') AND d.kind = 'approval'
                AND (f.first_sent_at IS NULL OR (SELECT q.proposal FROM proposal q WHERE q.ledger = k.ledger
                    AND q.verb = 'file.withdraw' AND q.subject = 'file/' || k.file AND q.state = 'Decided'
                    LIMIT 1) IS NOT NULL))
        END
    LIMIT 1;
    IF trouble IS NOT NULL THEN
        RAISE EXCEPTION '%', trouble USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER payment_outcome_law AFTER INSERT ON payment_outcome REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION payment_outcome_law();

-- A message is the bytes that were received; applied, or found unreadable or unverified, it is never applied again.
CREATE FUNCTION bank_message_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM document d
            WHERE d.ledger = NEW.ledger AND d.digest = NEW.document AND d.kind = 'bank-message') THEN
        RAISE EXCEPTION 'a bank message names its stored bytes' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER bank_message_law BEFORE INSERT ON bank_message
    FOR EACH ROW EXECUTE FUNCTION bank_message_law();

CREATE FUNCTION message_progress_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    RAISE EXCEPTION 'a bank message is applied once' USING ERRCODE = '23514';
END $fn$;
CREATE TRIGGER message_progress_law BEFORE UPDATE ON message_progress FOR EACH ROW
    WHEN (OLD.state NOT IN ('Received', 'Applying') OR NEW.lines_applied < OLD.lines_applied)
    EXECUTE FUNCTION message_progress_law();

CREATE FUNCTION payment_death_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
DECLARE broken boolean;
BEGIN
    EXECUTE $q$ SELECT EXISTS (SELECT 1 FROM fresh d
        LEFT JOIN (payment_outcome o
            JOIN payment p ON p.ledger = o.ledger AND p.claim = o.claim AND p.attempt = o.attempt)
            ON o.ledger = d.ledger AND o.claim = d.claim AND o.attempt = d.attempt AND o.seq = d.seq
            AND o.kind IN ('Rejected', 'Returned', 'NotSent')
            AND (p.channel = 'File' OR p.channel = 'Outside' AND o.source = 'People')
        WHERE o.claim IS NULL) $q$ INTO broken;
    IF broken THEN
        RAISE EXCEPTION 'L1: no outcome killed this attempt' USING ERRCODE = '23514';
    END IF;
    EXECUTE $q$ SELECT EXISTS (SELECT 1 FROM fresh d
        JOIN payment_outcome s ON s.ledger = d.ledger AND s.claim = d.claim AND s.attempt = d.attempt
            AND s.kind = 'Settled'
        JOIN payment_outcome o ON o.ledger = d.ledger AND o.claim = d.claim AND o.attempt = d.attempt
            AND o.seq = d.seq
        WHERE o.kind <> 'Returned' AND (o.kind = 'NotSent' OR o.source NOT IN ('Statement', 'People'))) $q$ INTO broken;
    IF broken THEN
        RAISE EXCEPTION 'L1: the bank also says settled' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER payment_death_law AFTER INSERT ON payment_death REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION payment_death_law();

CREATE FUNCTION wage_claim_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp SET join_collapse_limit = 1 SET enable_seqscan = off SET enable_bitmapscan = off
    SET enable_hashjoin = off SET enable_mergejoin = off SET enable_material = off SET enable_memoize = off
    SET jit = off
AS $fn$
DECLARE trouble text;
BEGIN
    SELECT CASE
        WHEN y.payroll IS NULL THEN 'the claim is not of its payroll, or the payroll is not approved'
        WHEN k.stranger THEN 'L11: the worker is not registered on the project with this employer'
        WHEN k.unvoided THEN 'L1: the revision before is not voided'
        ELSE 'L1: the period overlaps a claim of this worker'
    END INTO trouble
    FROM (
        SELECT c.ledger, c.payroll, c.project, c.employer, c.period, c.component,
            min(c.payroll_line) AS first_line, max(c.payroll_line) AS last_line,
            bool_or((SELECT g.worker FROM registration g WHERE g.ledger = c.ledger AND g.project = c.project
                AND g.employer = c.employer AND g.worker = c.worker LIMIT 1) IS NULL) AS stranger,
            bool_or(c.revision > 1 AND (SELECT b.claim FROM wage_claim b
                JOIN payment p ON p.ledger = b.ledger AND p.claim = b.claim AND p.channel = 'Void'
                WHERE b.ledger = c.ledger AND b.worker = c.worker AND b.project = c.project
                AND b.employer = c.employer AND b.period = c.period AND b.component = c.component
                AND b.revision = c.revision - 1 LIMIT 1) IS NULL) AS unvoided,
            bool_or(c.component = 0 AND (SELECT b.claim FROM wage_claim b
                WHERE b.ledger = c.ledger AND b.worker = c.worker AND b.project = c.project
                AND b.employer = c.employer AND b.component = 0 AND b.period <> c.period
                AND substr(b.period, 1, 10) <= substr(c.period, 12, 10)
                AND substr(c.period, 1, 10) <= substr(b.period, 12, 10)
                AND (SELECT p.claim FROM payment p
                    WHERE p.ledger = b.ledger AND p.claim = b.claim AND p.channel = 'Void' LIMIT 1) IS NULL
                LIMIT 1) IS NOT NULL) AS overlaps
        FROM fresh c
        GROUP BY c.ledger, c.payroll, c.project, c.employer, c.period, c.component
    ) k
    LEFT JOIN payroll y ON y.ledger = k.ledger AND y.payroll = k.payroll AND y.state = 'Approved'
        AND y.project = k.project AND y.employer = k.employer AND y.period = k.period AND y.number = k.component
        AND k.first_line >= 1 AND k.last_line <= y.lines_declared
    WHERE y.payroll IS NULL OR k.stranger OR k.unvoided OR k.overlaps
    LIMIT 1;
    IF trouble IS NOT NULL THEN
        RAISE EXCEPTION '%', trouble USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER wage_claim_law AFTER INSERT ON wage_claim REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION wage_claim_law();

CREATE FUNCTION account_entry_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM wage_account a WHERE a.ledger = NEW.ledger AND a.account = NEW.account) THEN
        RAISE EXCEPTION 'L2: there is no such account' USING ERRCODE = '23514';
    END IF;
    IF NEW.n <> 1 AND NOT EXISTS (SELECT 1 FROM account_entry e
            WHERE e.ledger = NEW.ledger AND e.account = NEW.account AND e.n = NEW.n - 1
            AND NEW.posted_after_fen = e.posted_after_fen + NEW.posted_delta_fen
            AND NEW.reserved_after_fen = e.reserved_after_fen + NEW.reserved_delta_fen)
        OR NEW.n = 1 AND (NEW.posted_after_fen <> NEW.posted_delta_fen
            OR NEW.reserved_after_fen <> NEW.reserved_delta_fen)
        OR NEW.n < 1 THEN
        RAISE EXCEPTION 'L2: the entry does not follow the last one' USING ERRCODE = '23514';
    END IF;
    -- Several accounts may share an entry of a statement; together they book no more than it.
    IF NEW.kind IN ('BankCredit', 'BankDebit')
        AND (NEW.posted_delta_fen > 0 AND NEW.kind = 'BankDebit' OR NEW.posted_delta_fen < 0 AND NEW.kind = 'BankCredit'
        OR abs(NEW.posted_delta_fen + coalesce((SELECT sum(x.posted_delta_fen) FROM account_entry x
                WHERE x.ledger = NEW.ledger AND x.document = NEW.document AND x.document_line = NEW.document_line
                AND x.kind = NEW.kind), 0))
            > coalesce((SELECT sum(abs(t.amount_fen)) FROM bank_statement s
                JOIN statement_entry t ON t.ledger = s.ledger AND t.statement = s.statement
                    AND t.line = NEW.document_line
                WHERE s.ledger = NEW.ledger AND s.document = NEW.document
                AND (t.amount_fen > 0) = (NEW.kind = 'BankCredit')), 0)) THEN
        RAISE EXCEPTION 'L5: the bank''s entry is one of a statement, and no more than it' USING ERRCODE = '23514';
    END IF;
    IF NEW.kind = 'Allocation' AND (NEW.posted_delta_fen > 0
            AND NEW.posted_delta_fen + coalesce((SELECT sum(x.posted_delta_fen) FROM account_entry x
                WHERE x.ledger = NEW.ledger AND x.document = NEW.document AND x.document_line = NEW.document_line
                AND x.kind = 'Allocation'), 0) > 0
        OR NEW.posted_delta_fen < 0
            AND NEW.posted_delta_fen + coalesce((SELECT sum(x.posted_delta_fen) FROM account_entry x
                WHERE x.ledger = NEW.ledger AND x.document = NEW.document AND x.document_line = NEW.document_line
                AND x.account = NEW.account AND x.kind IN ('BankCredit', 'Allocation')), 0) < 0) THEN
        RAISE EXCEPTION 'L5: an allocation shares out a credit of its account, and no more than it'
            USING ERRCODE = '23514';
    END IF;
    IF NEW.kind = 'Attribution' AND (NEW.posted_delta_fen > 0 AND (NEW.file IS NOT NULL
            OR NEW.posted_delta_fen + coalesce((SELECT sum(x.posted_delta_fen) FROM account_entry x
                WHERE x.ledger = NEW.ledger AND x.document = NEW.document AND x.document_line = NEW.document_line
                AND x.account = NEW.account AND x.file IS NULL AND x.kind IN ('BankDebit', 'Attribution')), 0) > 0)
        OR NEW.posted_delta_fen <= 0 AND (NEW.posted_delta_fen + coalesce((SELECT sum(x.posted_delta_fen)
                FROM account_entry x WHERE x.ledger = NEW.ledger AND x.document = NEW.document
                AND x.document_line = NEW.document_line AND x.kind = 'Attribution'), 0) < 0
            OR NOT EXISTS (SELECT 1 FROM disbursement_file f
                JOIN bank_statement s ON s.ledger = f.ledger AND s.document = NEW.document
                JOIN proposal p ON p.ledger = s.ledger AND p.verb = 'account.attribute' AND p.state = 'Decided'
                    AND p.subject = 'statement/' || s.statement || '/line/' || NEW.document_line
                    AND p.body LIKE f.file || ' %'
                WHERE f.ledger = NEW.ledger AND f.file = NEW.file AND f.account = NEW.account))) THEN
        RAISE EXCEPTION 'L5: two people lay a debit of no file on the file it was for, and no more than it'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
-- One entry per decision, not per line: a row trigger costs nothing here.
CREATE TRIGGER account_entry_law BEFORE INSERT ON account_entry
    FOR EACH ROW EXECUTE FUNCTION account_entry_law();

CREATE FUNCTION account_entry_earmark_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
DECLARE owned earmark%ROWTYPE;
BEGIN
    SELECT m.* INTO owned FROM earmark m WHERE m.ledger = NEW.ledger AND m.earmark = NEW.earmark;
    IF owned.account IS DISTINCT FROM NEW.account THEN
        RAISE EXCEPTION 'L2: the account has no such earmark' USING ERRCODE = '23514';
    END IF;
    IF NEW.release IS NOT NULL AND NOT EXISTS (SELECT 1 FROM release r WHERE r.ledger = NEW.ledger
            AND r.release = NEW.release AND r.account = owned.account AND r.obligation = owned.obligation) THEN
        RAISE EXCEPTION 'L2: an earmark is for the releases of its obligation alone' USING ERRCODE = '23514';
    END IF;
    IF NEW.release IS NULL AND NEW.earmark_delta_fen < 0 AND NOT EXISTS (SELECT 1 FROM obligation o
            WHERE o.ledger = NEW.ledger AND o.obligation = owned.obligation
            AND o.state IN ('Discharged', 'Withdrawn')) THEN
        RAISE EXCEPTION 'L2: an earmark is freed once its obligation has ended' USING ERRCODE = '23514';
    END IF;
    IF NEW.earmark_delta_fen + coalesce((SELECT sum(e.earmark_delta_fen) FROM account_entry e
            WHERE e.ledger = NEW.ledger AND e.earmark = NEW.earmark), 0) < 0 THEN
        RAISE EXCEPTION 'L2: an earmark gives no more than it has' USING ERRCODE = '23514';
    END IF;
    IF NEW.release IS NOT NULL AND NEW.earmark_delta_fen + coalesce((SELECT sum(e.earmark_delta_fen)
            FROM account_entry e WHERE e.ledger = NEW.ledger AND e.earmark = NEW.earmark
            AND e.release = NEW.release), 0) > 0 THEN
        RAISE EXCEPTION 'L2: a release gives back no more than it took' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER account_entry_earmark_law BEFORE INSERT ON account_entry
    FOR EACH ROW WHEN (NEW.earmark IS NOT NULL) EXECUTE FUNCTION account_entry_earmark_law();

CREATE FUNCTION earmark_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh m LEFT JOIN (wage_account a
            JOIN obligation o ON o.ledger = a.ledger AND o.project = a.project)
            ON a.ledger = m.ledger AND a.account = m.account AND o.obligation = m.obligation
        WHERE a.account IS NULL) THEN
        RAISE EXCEPTION 'L2: an earmark is for an obligation of its account''s project' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER earmark_law AFTER INSERT ON earmark REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION earmark_law();

CREATE FUNCTION release_earmark_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM earmark m WHERE m.ledger = NEW.ledger AND m.earmark = NEW.earmark
        AND m.account = NEW.account AND m.obligation = NEW.obligation) THEN
        RAISE EXCEPTION 'L2: an earmark is for the releases of its obligation alone' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER release_earmark_law BEFORE INSERT OR UPDATE ON release FOR EACH ROW
    WHEN (NEW.earmark IS NOT NULL) EXECUTE FUNCTION release_earmark_law();

CREATE FUNCTION release_range_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh g
        LEFT JOIN (release r
            JOIN wage_account a ON a.ledger = r.ledger AND a.account = r.account
            JOIN payroll y ON y.ledger = r.ledger AND y.project = a.project)
            ON r.ledger = g.ledger AND r.release = g.release AND y.payroll = g.payroll
        WHERE r.release IS NULL) THEN
        RAISE EXCEPTION 'L11: the release''s account is not of the payroll''s project' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER release_range_law AFTER INSERT ON release_range REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION release_range_law();

CREATE FUNCTION payee_approval_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh v LEFT JOIN payee_account y ON y.ledger = v.ledger AND y.worker = v.worker
        AND y.version = v.version AND y.proposed_by <> v.approved_by
        LEFT JOIN person s ON s.ledger = y.ledger AND s.person = y.proposed_by
        LEFT JOIN person a ON a.ledger = v.ledger AND a.person = v.approved_by
        WHERE y.worker IS NULL OR s.identity_hash = a.identity_hash) THEN
        RAISE EXCEPTION 'L7: a payee account is approved by another person than its proposer' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER payee_approval_law AFTER INSERT ON payee_approval REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION payee_approval_law();

CREATE FUNCTION payroll_people_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM person s JOIN person a ON a.ledger = s.ledger AND a.identity_hash = s.identity_hash
        WHERE s.ledger = NEW.ledger AND s.person = NEW.submitted_by AND a.person = NEW.approved_by) THEN
        RAISE EXCEPTION 'L7: the submitter never approves' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
-- By person, not by login: two logins of one identity number are one person.
CREATE TRIGGER payroll_people_law BEFORE INSERT OR UPDATE ON payroll FOR EACH ROW
    WHEN (NEW.approved_by IS NOT NULL) EXECUTE FUNCTION payroll_people_law();

CREATE FUNCTION proposal_people_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RAISE EXCEPTION 'L7: a proposal begins with one person; another decides it later' USING ERRCODE = '23514';
    END IF;
    IF NOT EXISTS (SELECT 1 FROM person s
        JOIN person a ON a.ledger = s.ledger AND a.identity_hash <> s.identity_hash
        WHERE s.ledger = NEW.ledger AND s.person = NEW.person AND a.person = NEW.decided_by) THEN
        RAISE EXCEPTION 'L7: a proposal is decided by another person than its first' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER proposal_people_law BEFORE INSERT OR UPDATE ON proposal FOR EACH ROW
    WHEN (NEW.decided_by IS NOT NULL OR NEW.state <> 'Pending') EXECUTE FUNCTION proposal_people_law();

-- A key is changed by what two people decided about this person, version by version, and was never anybody's before.
CREATE FUNCTION person_key_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NEW.public_key IS NOT NULL AND NEW.proposal IS NULL
        OR NEW.proposal IS NOT NULL AND NOT EXISTS (SELECT 1 FROM proposal q
            JOIN person p ON p.ledger = q.ledger AND p.person = NEW.person
            WHERE q.ledger = NEW.ledger AND q.proposal = NEW.proposal AND q.state = 'Decided'
              AND q.subject = 'person/' || p.handle
              AND q.verb = CASE WHEN NEW.public_key IS NULL THEN 'person.revoke' ELSE 'person.rekey' END) THEN
        RAISE EXCEPTION 'L7: two people change a key' USING ERRCODE = '23514';
    END IF;
    IF NEW.version <> 1 + coalesce(
            (SELECT max(k.version) FROM person_key k WHERE k.ledger = NEW.ledger AND k.person = NEW.person), 1)
        OR NOT EXISTS (SELECT 1 FROM person p WHERE p.ledger = NEW.ledger AND p.person = NEW.person) THEN
        RAISE EXCEPTION 'a key of a person enrolled follows the one before' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM person p WHERE p.ledger = NEW.ledger AND p.public_key = NEW.public_key) THEN
        RAISE EXCEPTION 'L7: one key, one person' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER person_key_law BEFORE INSERT ON person_key FOR EACH ROW EXECUTE FUNCTION person_key_law();

CREATE FUNCTION person_one_key_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM person_key k WHERE k.ledger = NEW.ledger AND k.public_key = NEW.public_key) THEN
        RAISE EXCEPTION 'L7: one key, one person' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER person_one_key_law BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION person_one_key_law();

-- Two people decide an erasure, by its request; the key goes that it names, and no other.
CREATE FUNCTION erasure_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM proposal q
        JOIN worker w ON w.ledger = q.ledger AND w.worker = NEW.worker
        JOIN document d ON d.ledger = q.ledger AND d.digest = NEW.document
        WHERE q.ledger = NEW.ledger AND q.verb = 'worker.erase' AND q.subject = 'worker/' || NEW.worker
          AND q.state = 'Decided' AND q.body = NEW.document) THEN
        RAISE EXCEPTION 'L7: two people decide an erasure' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER erasure_law BEFORE INSERT ON erasure FOR EACH ROW EXECUTE FUNCTION erasure_law();

CREATE FUNCTION worker_again_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NEW.erased_before <> (SELECT count(*) FROM worker w
        JOIN erasure e ON e.ledger = w.ledger AND e.worker = w.worker
        WHERE w.ledger = NEW.ledger AND w.identity_hash = NEW.identity_hash) THEN
        RAISE EXCEPTION 'a person has another number only where every earlier one was erased' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER worker_again_law BEFORE INSERT ON worker FOR EACH ROW
    WHEN (NEW.erased_before <> 0) EXECUTE FUNCTION worker_again_law();

CREATE FUNCTION subject_key_kept() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM erasure e
        WHERE e.ledger = OLD.ledger AND OLD.subject = 'worker/' || e.worker)
        AND NOT EXISTS (SELECT 1 FROM erasure e
            JOIN worker_document p ON p.ledger = e.ledger AND p.worker = e.worker
            JOIN document d ON d.ledger = p.ledger AND d.digest = p.document
            WHERE e.ledger = OLD.ledger AND d.key_subject = OLD.subject AND NOT EXISTS
                (SELECT 1 FROM worker_document o WHERE o.ledger = p.ledger AND o.document = p.document AND NOT EXISTS
                    (SELECT 1 FROM erasure g WHERE g.ledger = o.ledger AND g.worker = o.worker))) THEN
        RAISE EXCEPTION 'a key goes by a decided erasure alone' USING ERRCODE = '23514';
    END IF;
    RETURN OLD;
END $fn$;
CREATE TRIGGER subject_key_kept BEFORE DELETE ON subject_key FOR EACH ROW EXECUTE FUNCTION subject_key_kept();
GRANT DELETE ON subject_key TO disburse_app;
GRANT SELECT ON worker_document TO disburse_app;

-- A worker's word is taken of who was registered on the project, by a stored document; a wage is confirmed by whose it is.
CREATE FUNCTION wage_complaint_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM registration g
        JOIN document d ON d.ledger = g.ledger AND d.digest = NEW.document
        WHERE g.ledger = NEW.ledger AND g.worker = NEW.worker AND g.project = NEW.project) THEN
        RAISE EXCEPTION 'a complaint is of a worker of the project, by its stored document' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER wage_complaint_law BEFORE INSERT ON wage_complaint
    FOR EACH ROW EXECUTE FUNCTION wage_complaint_law();

CREATE FUNCTION wage_complaint_answer_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM proposal q
        JOIN wage_complaint c ON c.ledger = q.ledger AND c.complaint = NEW.complaint
        JOIN document d ON d.ledger = q.ledger AND d.digest = NEW.document
        WHERE q.ledger = NEW.ledger AND q.verb = 'worker.answer' AND q.subject = 'complaint/' || NEW.complaint
          AND q.state = 'Decided' AND q.body = NEW.outcome || ' ' || NEW.document) THEN
        RAISE EXCEPTION 'L7: two people decide an answer to a complaint' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM wage_complaint_answer a WHERE a.ledger = NEW.ledger AND a.complaint = NEW.complaint
        AND (a.outcome <> 'Owed' OR a.n >= NEW.n)) THEN
        RAISE EXCEPTION 'an answer that ends a complaint is its last' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER wage_complaint_answer_law BEFORE INSERT ON wage_complaint_answer
    FOR EACH ROW EXECUTE FUNCTION wage_complaint_answer_law();

CREATE FUNCTION wage_confirmation_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM document d WHERE d.ledger = NEW.ledger AND d.digest = NEW.document)
        OR NOT EXISTS (SELECT 1 FROM wage_claim c WHERE c.ledger = NEW.ledger AND c.claim = NEW.claim
                AND c.worker = NEW.worker AND c.project = NEW.project
            UNION ALL
            SELECT 1 FROM payroll y
            JOIN registration g ON g.ledger = y.ledger AND g.worker = NEW.worker AND g.project = y.project
            WHERE y.ledger = NEW.ledger AND y.payroll = NEW.payroll AND y.project = NEW.project) THEN
        RAISE EXCEPTION 'a worker confirms a wage or a sheet of their own, by its stored document'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER wage_confirmation_law BEFORE INSERT ON wage_confirmation
    FOR EACH ROW EXECUTE FUNCTION wage_confirmation_law();

CREATE FUNCTION payroll_owed_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    RAISE EXCEPTION 'L3: what is owed is fixed by the approval' USING ERRCODE = '23514';
END $fn$;
CREATE TRIGGER payroll_owed_law BEFORE UPDATE ON payroll FOR EACH ROW
    WHEN (OLD.state IN ('Approved', 'Settled') AND (NEW.lines_declared <> OLD.lines_declared
        OR NEW.declared_fen <> OLD.declared_fen OR NEW.due_date <> OLD.due_date
        OR NEW.approved_by IS DISTINCT FROM OLD.approved_by OR NEW.submitted_by IS DISTINCT FROM OLD.submitted_by))
    EXECUTE FUNCTION payroll_owed_law();

-- What the generated triggers of every header raise, and what its machine does.
CREATE FUNCTION header_law() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
    RAISE EXCEPTION '% of %: a header begins at version 1 and is updated under its version and key', TG_OP,
        TG_TABLE_NAME USING ERRCODE = '23514';
END $fn$;

CREATE FUNCTION arrow_law() RETURNS trigger LANGUAGE plpgsql AS $fn$
BEGIN
    RAISE EXCEPTION '%: no arrow leads from % to %', TG_TABLE_NAME, OLD.state, NEW.state USING ERRCODE = '23514';
END $fn$;

-- A card is applied for, for a worker of the batch's project, and only while the batch is made up.
CREATE FUNCTION card_application_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh a WHERE NOT EXISTS (SELECT 1 FROM card_batch b
        JOIN registration g ON g.ledger = b.ledger AND g.project = b.project AND g.worker = a.worker
        WHERE b.ledger = a.ledger AND b.batch = a.batch AND b.state = 'Built')) THEN
        RAISE EXCEPTION 'a card is applied for, for a worker of the project, in a batch that is not sealed'
            USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER card_application_law AFTER INSERT ON card_application REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION card_application_law();

-- A bank's word stands on a message of its own that is being applied, about a batch that went out; the account it
-- gives is a version of the same worker's by that message, or one that was there. Two people let it take effect: L7.
CREATE FUNCTION card_answer_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh r WHERE NOT EXISTS (SELECT 1 FROM card_application a
        JOIN card_batch b ON b.ledger = a.ledger AND b.batch = a.batch AND b.first_sent_at IS NOT NULL
        JOIN bank_message m ON m.ledger = b.ledger AND m.document = r.document AND m.profile = b.profile
        JOIN message_progress g ON g.ledger = m.ledger AND g.message = m.message
            AND g.state IN ('Received', 'Applying')
        WHERE a.ledger = r.ledger AND a.batch = r.batch AND a.row_reference = r.row_reference)) THEN
        RAISE EXCEPTION 'an answer to card applications stands on a message of the bank about a batch that went out'
            USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM fresh r WHERE r.payee_version IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM card_application a
        JOIN payee_account y ON y.ledger = a.ledger AND y.worker = a.worker AND y.version = r.payee_version
        WHERE a.ledger = r.ledger AND a.batch = r.batch AND a.row_reference = r.row_reference)) THEN
        RAISE EXCEPTION 'an account that a bank opened is a version of the worker''s payee account'
            USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $fn$;
CREATE TRIGGER card_answer_law AFTER INSERT ON card_answer REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION card_answer_law();

-- A batch is found in the journal only where a recovery listed it; what may have gone out is given up by two people.
CREATE FUNCTION card_batch_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NEW.journal_document IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journalled_cards j
        WHERE j.ledger = NEW.ledger AND j.reference = NEW.reference AND j.profile = NEW.profile) THEN
        RAISE EXCEPTION 'no journalled batch of this reference' USING ERRCODE = '23514';
    END IF;
    IF NEW.state = 'Withdrawn' AND OLD.state = 'Unknown' AND NOT EXISTS (SELECT 1 FROM proposal p
        WHERE p.ledger = NEW.ledger AND p.verb = 'card.resolve' AND p.subject = 'card/' || NEW.batch
            AND p.state = 'Decided') THEN
        RAISE EXCEPTION 'L7: two people and a document give up a batch that may have arrived' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER card_batch_law BEFORE UPDATE ON card_batch FOR EACH ROW EXECUTE FUNCTION card_batch_law();

-- Who is told of what happens is decided by two people, and a subscriber begins with nothing.
CREATE FUNCTION feed_subscriber_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM proposal p WHERE p.ledger = NEW.ledger AND p.verb = 'feed.subscribe'
        AND p.subject = 'subscriber/' || NEW.name AND p.state = 'Decided') THEN
        RAISE EXCEPTION 'L7: two people decide who is told' USING ERRCODE = '23514';
    END IF;
    IF NEW.batches <> 0 OR NEW.records <> 0 OR NEW.to_sequence <> NEW.from_sequence - 1 THEN
        RAISE EXCEPTION 'a subscriber begins with no batch' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER feed_subscriber_law BEFORE INSERT ON feed_subscriber
    FOR EACH ROW EXECUTE FUNCTION feed_subscriber_law();

-- What it holds only grows, what was made up for it goes on by its next batch, and two people stop it.
CREATE FUNCTION feed_subscriber_update_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NEW.acknowledged < OLD.acknowledged THEN
        RAISE EXCEPTION 'an acknowledgement never goes back' USING ERRCODE = '23514';
    END IF;
    IF (NEW.batches <> OLD.batches OR NEW.records <> OLD.records OR NEW.to_sequence <> OLD.to_sequence
        OR NEW.digest <> OLD.digest) AND NOT EXISTS
        (SELECT 1 FROM feed_batch b WHERE b.ledger = NEW.ledger AND b.subscriber = NEW.subscriber
            AND b.batch = NEW.batches AND b.batch = OLD.batches + 1 AND b.last_n = NEW.records
            AND b.to_sequence = NEW.to_sequence AND b.digest = NEW.digest) THEN
        RAISE EXCEPTION 'a subscriber''s records are those of its batches' USING ERRCODE = '23514';
    END IF;
    IF NEW.state = 'Stopped' AND OLD.state <> 'Stopped' AND NOT EXISTS
        (SELECT 1 FROM proposal p WHERE p.ledger = NEW.ledger AND p.verb = 'feed.stop'
            AND p.subject = 'subscriber/' || NEW.name AND p.state = 'Decided') THEN
        RAISE EXCEPTION 'L7: two people stop a subscription' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER feed_subscriber_update_law BEFORE UPDATE ON feed_subscriber
    FOR EACH ROW EXECUTE FUNCTION feed_subscriber_update_law();

CREATE FUNCTION feed_batch_law() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $fn$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM feed_subscriber s WHERE s.ledger = NEW.ledger AND s.subscriber = NEW.subscriber
        AND s.state = 'Active' AND NEW.batch = s.batches + 1 AND NEW.first_n = s.records + 1
        AND NEW.after_sequence = s.to_sequence AND NEW.previous = s.digest) THEN
        RAISE EXCEPTION 'a batch follows the one before without a gap' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $fn$;
CREATE TRIGGER feed_batch_law BEFORE INSERT ON feed_batch FOR EACH ROW EXECUTE FUNCTION feed_batch_law();

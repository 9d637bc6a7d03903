-- The laws on SQLite. Foreign keys are off on a plain connection and INSERT OR REPLACE walks past update and delete
-- triggers, so every law stands in a BEFORE INSERT trigger: what exists is never inserted again.

-- Laws ask whether a document is there and of which kind, once per row written. Its row holds its bytes, and a table
-- without a rowid reads a whole row to compare its key: this index answers without them.
CREATE UNIQUE INDEX document_name ON document (ledger, digest, kind);

CREATE TRIGGER payment_law BEFORE INSERT ON payment BEGIN
    SELECT RAISE(ABORT, 'L1: this attempt exists') WHERE EXISTS
        (SELECT 1 FROM payment p WHERE p.ledger = NEW.ledger AND p.claim = NEW.claim AND p.attempt = NEW.attempt);
    SELECT RAISE(ABORT, 'L1: this row of the file is taken') WHERE NEW.file IS NOT NULL AND EXISTS
        (SELECT 1 FROM payment p WHERE p.ledger = NEW.ledger AND p.file = NEW.file AND p.row_reference = NEW.row_reference);
    SELECT RAISE(ABORT, 'L1: the attempt before is not dead') WHERE NEW.attempt <> 1 AND NOT EXISTS
        (SELECT 1 FROM payment_death d
         WHERE d.ledger = NEW.ledger AND d.claim = NEW.claim AND d.attempt = NEW.attempt - 1);
    -- Dead, and called settled since: as the engine joins words (OutcomeSet.State).
    SELECT RAISE(ABORT, 'L1: the attempt before may have been credited') WHERE NEW.attempt > 1 AND EXISTS
        (SELECT 1 FROM (SELECT max(CASE WHEN q.source = 'Statement' THEN 1 ELSE 0 END) AS statement,
            max(CASE WHEN q.source <> 'Report' AND q.kind <> 'NotSent' THEN 1 ELSE 0 END) AS strong,
            max(CASE WHEN q.source <> 'Report' AND q.kind = 'Settled' THEN 1 ELSE 0 END) AS strong_settled,
            max(CASE WHEN q.source <> 'Report' AND q.kind = 'Returned' THEN 1 ELSE 0 END) AS strong_returned,
            max(CASE WHEN q.kind = 'Settled' THEN 1 ELSE 0 END) AS settled,
            max(CASE WHEN q.kind = 'Returned' THEN 1 ELSE 0 END) AS returned
         FROM payment_outcome q WHERE q.ledger = NEW.ledger AND q.claim = NEW.claim AND q.attempt = NEW.attempt - 1) w
         WHERE w.strong_returned = 0 AND NOT (w.statement = 0 AND w.returned = 1)
            AND (w.strong_settled = 1 OR w.strong = 0 AND w.settled = 1));
    SELECT RAISE(ABORT, 'L1: attempt and prior attempt disagree')
        WHERE NOT coalesce((NEW.prior_attempt IS NULL) = (NEW.attempt = 1)
            AND (NEW.prior_attempt IS NULL OR NEW.prior_attempt = NEW.attempt - 1), 0);
    SELECT RAISE(ABORT, 'L1: the amount is the claim''s net') WHERE NOT EXISTS
        (SELECT 1 FROM wage_claim c
         WHERE c.ledger = NEW.ledger AND c.claim = NEW.claim AND c.net_fen = NEW.amount_fen);
    SELECT RAISE(ABORT, 'L11: the file, its release and its account are not of the claim''s project')
        WHERE NEW.channel = 'File' AND NOT EXISTS
        (SELECT 1 FROM wage_claim c
         JOIN release r ON r.ledger = c.ledger AND r.release = NEW.release
         JOIN disbursement_file f ON f.ledger = r.ledger AND f.file = NEW.file AND f.release = r.release
            AND f.account = r.account
         JOIN wage_account a ON a.ledger = r.ledger AND a.account = r.account
         WHERE c.ledger = NEW.ledger AND c.claim = NEW.claim AND a.project = c.project);
    SELECT RAISE(ABORT, 'L7: the payee account is not an approved one of the worker')
        WHERE NEW.channel = 'File' AND NOT EXISTS
        (SELECT 1 FROM wage_claim c
         JOIN payee_account y ON y.ledger = c.ledger AND y.worker = c.worker AND y.version = NEW.payee_version
         JOIN payee_approval v ON v.ledger = y.ledger AND v.worker = y.worker AND v.version = y.version
         JOIN disbursement_file f ON f.ledger = c.ledger AND f.file = NEW.file AND (f.built_at >= v.effective_at
            -- It was paid before this database was restored; the hash is of an account approved here.
            OR f.journal_document IS NOT NULL)
         WHERE c.ledger = NEW.ledger AND c.claim = NEW.claim AND y.account_hash = NEW.payee_hash);
    SELECT RAISE(ABORT, 'a payment outside a file names its stored document')
        WHERE NEW.channel <> 'File' AND NOT EXISTS
        (SELECT 1 FROM document d INDEXED BY document_name WHERE d.ledger = NEW.ledger AND d.digest = NEW.document);
    SELECT RAISE(ABORT, 'L7: two people decide a payment outside a file, by its document')
        WHERE NEW.channel <> 'File' AND NOT EXISTS
        (SELECT 1 FROM proposal q
         WHERE q.ledger = NEW.ledger AND q.subject = 'claim/' || NEW.claim AND q.state = 'Decided'
         AND q.verb = CASE NEW.channel WHEN 'Void' THEN 'claim.void' ELSE 'arrears.discharge' END
         AND q.body = NEW.document);
END;

-- After a restore: what the send journal says has gone out is paid by its own file and by nothing else.
CREATE TRIGGER payment_lock_law BEFORE INSERT ON payment
WHEN EXISTS (SELECT 1 FROM journalled_line j WHERE j.ledger = NEW.ledger) BEGIN
    SELECT RAISE(ABORT, 'L1: this wage went out in a journalled file')
        WHERE EXISTS (SELECT 1 FROM claim_lock k WHERE k.ledger = NEW.ledger AND k.claim = NEW.claim)
        AND NOT EXISTS (SELECT 1 FROM claim_lock k
            WHERE k.ledger = NEW.ledger AND k.claim = NEW.claim AND k.file = NEW.file);
END;
CREATE TRIGGER release_range_lock_law BEFORE INSERT ON release_range
WHEN EXISTS (SELECT 1 FROM journalled_line j WHERE j.ledger = NEW.ledger) BEGIN
    SELECT RAISE(ABORT, 'L1: a wage of this range went out in a journalled file') WHERE EXISTS
        (SELECT 1 FROM wage_claim c
         WHERE c.ledger = NEW.ledger AND c.payroll = NEW.payroll
         AND c.payroll_line BETWEEN NEW.from_line AND NEW.to_line
         AND (EXISTS (SELECT 1 FROM claim_lock k WHERE k.ledger = c.ledger AND k.claim = c.claim)
            AND NOT EXISTS (SELECT 1 FROM claim_lock k
                JOIN disbursement_file f ON f.ledger = k.ledger AND f.file = k.file AND f.release = NEW.release
                WHERE k.ledger = c.ledger AND k.claim = c.claim)
         OR EXISTS (SELECT 1 FROM payment p
            JOIN journalled_send s ON s.ledger = p.ledger AND s.file = p.file
            WHERE p.ledger = c.ledger AND p.claim = c.claim AND p.release <> NEW.release
            AND NOT EXISTS (SELECT 1 FROM payment_death d
                WHERE d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt))));
END;
CREATE TRIGGER journalled_file_law BEFORE INSERT ON disbursement_file
WHEN NEW.state = 'Sending' OR NEW.journal_document IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'nothing is sent while a journalled file is open') WHERE NEW.state = 'Sending'
        AND EXISTS (SELECT 1 FROM open_send o WHERE o.ledger = NEW.ledger);
    SELECT RAISE(ABORT, 'L1: what went out as another file has this reference') WHERE NEW.state = 'Sending'
        AND EXISTS (SELECT 1 FROM journalled_send s WHERE s.ledger = NEW.ledger AND s.profile = NEW.profile
            AND s.reference = NEW.reference AND s.file <> NEW.file
            UNION ALL SELECT 1 FROM journalled_cards c WHERE c.ledger = NEW.ledger AND c.profile = NEW.profile
            AND c.reference = NEW.reference);
    SELECT RAISE(ABORT, 'L1: a wage of this file went out in a journalled file') WHERE NEW.state = 'Sending'
        AND EXISTS (SELECT 1 FROM journalled_line)
        AND EXISTS (SELECT 1 FROM payment p JOIN claim_lock k ON k.ledger = p.ledger AND k.claim = p.claim
            WHERE p.ledger = NEW.ledger AND p.file = NEW.file AND k.file <> p.file);
    SELECT RAISE(ABORT, 'no journalled file of this reference') WHERE NEW.journal_document IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM journalled_send s
            WHERE s.ledger = NEW.ledger AND s.file = NEW.file AND s.reference = NEW.reference);
END;
CREATE TRIGGER journalled_file_update_law BEFORE UPDATE ON disbursement_file
WHEN NEW.state = 'Sending' AND OLD.state <> 'Sending'
    OR NEW.journal_document IS NOT NULL AND OLD.journal_document IS NOT NEW.journal_document BEGIN
    SELECT RAISE(ABORT, 'nothing is sent while a journalled file is open') WHERE NEW.state = 'Sending'
        AND EXISTS (SELECT 1 FROM open_send o WHERE o.ledger = NEW.ledger);
    SELECT RAISE(ABORT, 'L1: what went out as another file has this reference') WHERE NEW.state = 'Sending'
        AND EXISTS (SELECT 1 FROM journalled_send s WHERE s.ledger = NEW.ledger AND s.profile = NEW.profile
            AND s.reference = NEW.reference AND s.file <> NEW.file
            UNION ALL SELECT 1 FROM journalled_cards c WHERE c.ledger = NEW.ledger AND c.profile = NEW.profile
            AND c.reference = NEW.reference);
    SELECT RAISE(ABORT, 'L1: a wage of this file went out in a journalled file') WHERE NEW.state = 'Sending'
        AND EXISTS (SELECT 1 FROM journalled_line)
        AND EXISTS (SELECT 1 FROM payment p JOIN claim_lock k ON k.ledger = p.ledger AND k.claim = p.claim
            WHERE p.ledger = NEW.ledger AND p.file = NEW.file AND k.file <> p.file);
    SELECT RAISE(ABORT, 'no journalled file of this reference') WHERE NEW.journal_document IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM journalled_send s
            WHERE s.ledger = NEW.ledger AND s.file = NEW.file AND s.reference = NEW.reference);
END;
-- A second file of one reference is the one that the journal tells of.
CREATE TRIGGER file_reference_law BEFORE INSERT ON disbursement_file WHEN NEW.journal_document IS NULL BEGIN
    SELECT RAISE(ABORT, 'this reference is another file''s') WHERE EXISTS (SELECT 1 FROM disbursement_file f
        WHERE f.ledger = NEW.ledger AND f.profile = NEW.profile AND f.reference = NEW.reference);
END;
-- A sending has a name while it goes, or by the journal: a record that any row could make known would lock nothing.
CREATE TRIGGER file_sending_law BEFORE INSERT ON file_sending BEGIN
    SELECT RAISE(ABORT, 'a sending is named as it goes, or by the journal') WHERE NOT EXISTS
        (SELECT 1 FROM disbursement_file f
         WHERE f.ledger = NEW.ledger AND f.file = NEW.file AND f.state = 'Sending')
        AND NOT EXISTS (SELECT 1 FROM journalled_send s WHERE s.ledger = NEW.ledger AND s.file = NEW.file);
END;
CREATE TRIGGER journalled_line_left_law BEFORE INSERT ON journalled_line_left BEGIN
    SELECT RAISE(ABORT, 'a matched line has its payment in the file') WHERE NEW.cause = 'Matched' AND NOT EXISTS
        (SELECT 1 FROM journalled_send s
         JOIN payment p ON p.ledger = s.ledger AND p.file = s.file AND p.row_reference = NEW.line
         WHERE s.ledger = NEW.ledger AND s.send = NEW.send);
    SELECT RAISE(ABORT, 'L7: two people and a document free a journalled line') WHERE NEW.cause <> 'Matched'
        AND NOT EXISTS (SELECT 1 FROM document d INDEXED BY document_name
         JOIN proposal p ON p.ledger = d.ledger AND p.verb = 'restore.resolve' AND p.state = 'Decided'
            AND p.subject = 'send/' || NEW.send
         WHERE d.ledger = NEW.ledger AND d.digest = NEW.document);
END;

-- A word on a row without its payment: of the bank by a message of it that is being applied; of two people, of a row
-- that they called absent, by a decision that counts the bank's words: one made before them is not about them.
CREATE TRIGGER journalled_word_law BEFORE INSERT ON journalled_word BEGIN
    SELECT RAISE(ABORT, 'a kept word is of a journalled row without its payment') WHERE NOT EXISTS
        (SELECT 1 FROM journalled_line l WHERE l.ledger = NEW.ledger AND l.send = NEW.send AND l.line = NEW.line)
        OR EXISTS (SELECT 1 FROM journalled_send s
            JOIN payment p ON p.ledger = s.ledger AND p.file = s.file AND p.row_reference = NEW.line
            WHERE s.ledger = NEW.ledger AND s.send = NEW.send);
    SELECT RAISE(ABORT, 'L1: a kept word stands on a message of the bank that has the file') WHERE NEW.source = 'Report'
        AND NOT EXISTS (SELECT 1 FROM journalled_send s
         JOIN bank_message m ON m.ledger = s.ledger AND m.document = NEW.document AND m.profile = s.profile
         JOIN message_progress g ON g.ledger = m.ledger AND g.message = m.message
            AND g.state IN ('Received', 'Applying')
         WHERE s.ledger = NEW.ledger AND s.send = NEW.send)
        -- A statement that a treasurer brought says nothing of a row but what locks it.
        AND NOT (NEW.trouble IS NOT NULL AND EXISTS (SELECT 1 FROM journalled_send s
         JOIN bank_account a ON a.ledger = s.ledger AND a.profile = s.profile
         JOIN bank_statement b ON b.ledger = a.ledger AND b.bank_account = a.bank_account AND b.document = NEW.document
         WHERE s.ledger = NEW.ledger AND s.send = NEW.send));
    SELECT RAISE(ABORT, 'L7: two people and a document free a journalled line') WHERE NEW.source = 'People'
        AND NOT EXISTS (SELECT 1 FROM journalled_line_left x
         JOIN proposal p ON p.ledger = x.ledger AND p.verb = 'restore.resolve' AND p.state = 'Decided'
            AND p.subject = 'send/' || x.send AND p.body = 'absent ' || NEW.document || ' after '
            || (SELECT count(*) FROM journalled_word w WHERE w.ledger = x.ledger AND w.send = x.send
                AND w.source <> 'People') || ' words'
         WHERE x.ledger = NEW.ledger AND x.send = NEW.send AND x.line = NEW.line AND x.cause = 'Absent');
END;

-- A recall is a request about a file that the bank may have. Two people decided these rows of it, once for each request.
CREATE TRIGGER recall_law BEFORE INSERT ON recall BEGIN
    SELECT RAISE(ABORT, 'a recall is of a file that the bank may have, by its reference') WHERE NOT EXISTS
        (SELECT 1 FROM disbursement_file f WHERE f.ledger = NEW.ledger AND f.file = NEW.file
         AND f.first_sent_at IS NOT NULL AND f.state IN ('Delivered', 'Unknown', 'Accepted')
         AND NEW.reference = f.reference || 'C' || substr('0' || NEW.recall, -2));
    -- The whole of a file is what the bank has of it: after a restore rows of it may have no payment here.
    SELECT RAISE(ABORT, 'a recall names rows of its file and their sum') WHERE NEW.rows = '*' AND NOT EXISTS
        (SELECT 1 FROM disbursement_file f WHERE f.ledger = NEW.ledger AND f.file = NEW.file
         AND f.lines = NEW.lines AND f.total_fen = NEW.total_fen);
    SELECT RAISE(ABORT, 'a recall names rows of its file and their sum') WHERE NEW.rows <> '*' AND NOT EXISTS
        (SELECT 1 FROM (SELECT count(*) AS n, sum(p.amount_fen) AS fen FROM payment p
            WHERE p.ledger = NEW.ledger AND p.file = NEW.file
            AND instr(',' || NEW.rows || ',', ',' || p.row_reference || ',') > 0) k
         WHERE k.n = NEW.lines AND k.fen = NEW.total_fen
         AND k.n = 1 + length(NEW.rows) - length(replace(NEW.rows, ',', '')));
    SELECT RAISE(ABORT, 'L7: two people decide a recall') WHERE
        (SELECT count(*) FROM proposal q WHERE q.ledger = NEW.ledger AND q.verb = 'file.recall'
         AND q.subject = 'file/' || NEW.file AND q.state = 'Decided' AND q.body = NEW.reason || ' ' || NEW.rows)
        <= (SELECT count(*) FROM recall r WHERE r.ledger = NEW.ledger AND r.file = NEW.file
            AND r.reason = NEW.reason AND r.rows = NEW.rows);
END;
CREATE TRIGGER recall_seal_law BEFORE INSERT ON recall_seal BEGIN
    SELECT RAISE(ABORT, 'the bytes of a recall are stored before they go') WHERE NOT EXISTS
        (SELECT 1 FROM recall r
         JOIN document d INDEXED BY document_name ON d.ledger = r.ledger AND d.digest = NEW.document
            AND d.kind = 'recall-request'
         WHERE r.ledger = NEW.ledger AND r.file = NEW.file AND r.recall = NEW.recall);
END;
CREATE TRIGGER recall_sending_law BEFORE INSERT ON recall_sending BEGIN
    SELECT RAISE(ABORT, 'a call about a recall has stored bytes, its number and the transport''s words')
        WHERE NOT EXISTS
        (SELECT 1 FROM recall_seal s
         JOIN document d INDEXED BY document_name ON d.ledger = s.ledger AND d.digest = NEW.document
            AND d.kind = 'send-result'
         WHERE s.ledger = NEW.ledger AND s.file = NEW.file AND s.recall = NEW.recall
         AND NEW.sending = 1 + (SELECT count(*) FROM recall_sending c
            WHERE c.ledger = s.ledger AND c.file = s.file AND c.recall = s.recall));
END;
CREATE TRIGGER recall_answer_law BEFORE INSERT ON recall_answer BEGIN
    SELECT RAISE(ABORT, 'an answer to a recall is of the bank that was asked, about a row that was') WHERE NOT EXISTS
        (SELECT 1 FROM recall r
         JOIN recall_seal s ON s.ledger = r.ledger AND s.file = r.file AND s.recall = r.recall
         JOIN disbursement_file f ON f.ledger = r.ledger AND f.file = r.file
         JOIN bank_message m ON m.ledger = f.ledger AND m.message = NEW.message AND m.profile = f.profile
         JOIN message_progress g ON g.ledger = m.ledger AND g.message = m.message
            AND g.state IN ('Received', 'Applying')
         WHERE r.ledger = NEW.ledger AND r.file = NEW.file AND r.recall = NEW.recall
         AND (NEW.row_reference = 0 OR r.rows = '*'
            OR instr(',' || r.rows || ',', ',' || NEW.row_reference || ',') > 0));
END;

CREATE TRIGGER payment_outcome_law BEFORE INSERT ON payment_outcome BEGIN
    SELECT RAISE(ABORT, 'a fact is written once') WHERE EXISTS
        (SELECT 1 FROM payment_outcome o WHERE o.ledger = NEW.ledger AND o.claim = NEW.claim
         AND o.attempt = NEW.attempt AND o.seq = NEW.seq);
    SELECT RAISE(ABORT, 'an outcome names a payment and the amount paid') WHERE NOT EXISTS
        (SELECT 1 FROM payment p WHERE p.ledger = NEW.ledger AND p.claim = NEW.claim AND p.attempt = NEW.attempt
         AND p.amount_fen = NEW.amount_fen);
    SELECT RAISE(ABORT, 'an outcome names its stored document') WHERE NOT EXISTS
        (SELECT 1 FROM document d INDEXED BY document_name WHERE d.ledger = NEW.ledger AND d.digest = NEW.document);
    -- A message of the file's own bank that is being applied now, or what the transport just said of the sending.
    SELECT RAISE(ABORT, 'L1: a report''s word stands on a message of the bank about a file that went out')
        WHERE NEW.source = 'Report' AND NOT EXISTS
        (SELECT 1 FROM payment p
         JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file AND f.first_sent_at IS NOT NULL
            AND f.state <> 'Built'
         WHERE p.ledger = NEW.ledger AND p.claim = NEW.claim AND p.attempt = NEW.attempt
         AND (EXISTS (SELECT 1 FROM bank_message m
                JOIN message_progress g ON g.ledger = m.ledger AND g.message = m.message
                    AND g.state IN ('Received', 'Applying')
                WHERE m.ledger = p.ledger AND m.document = NEW.document AND m.profile = f.profile)
            -- Or kept before the row had its payment here, by such a message.
            OR EXISTS (SELECT 1 FROM journalled_send s
                JOIN journalled_word w ON w.ledger = s.ledger AND w.send = s.send AND w.line = p.row_reference
                    AND w.kind = NEW.kind AND w.source = NEW.source AND w.document = NEW.document
                    AND w.trouble IS NULL
                WHERE s.ledger = p.ledger AND s.file = p.file)
            OR NEW.kind = 'Rejected' AND f.state = 'Sending' AND EXISTS
                (SELECT 1 FROM document d INDEXED BY document_name
                WHERE d.ledger = p.ledger AND d.digest = NEW.document AND d.kind = 'send-result')));
    SELECT RAISE(ABORT, 'L1: a statement''s word is an entry of it about this file')
        WHERE NEW.source = 'Statement' AND NOT EXISTS
        (SELECT 1 FROM payment p
         JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
         JOIN wage_account a ON a.ledger = f.ledger AND a.account = f.account
         JOIN bank_statement s ON s.ledger = a.ledger AND s.bank_account = a.bank_account
            AND s.document = NEW.document
         JOIN statement_entry e ON e.ledger = s.ledger AND e.statement = s.statement
            AND e.line = NEW.document_line AND e.file = f.file
         WHERE p.ledger = NEW.ledger AND p.claim = NEW.claim AND p.attempt = NEW.attempt);
    -- Two people on the line or on the whole file that is Unknown; or a file that never went out is withdrawn, by a
    -- signed approval, and by two people where a sending of it was proved void.
    SELECT RAISE(ABORT, 'L7: a word of people stands on what two of them decided by this document')
        WHERE NEW.source = 'People' AND NOT EXISTS
        (SELECT 1 FROM payment p
         JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
         WHERE p.ledger = NEW.ledger AND p.claim = NEW.claim AND p.attempt = NEW.attempt
         AND (EXISTS (SELECT 1 FROM proposal q WHERE q.ledger = p.ledger AND q.verb = 'line.resolve'
                AND q.subject = 'file/' || p.file || '/row/' || p.row_reference AND q.state = 'Decided'
                AND q.body = NEW.kind || ' ' || NEW.document)
            -- After a restore: the absence of the row, which the bank contradicts.
            OR NEW.kind = 'NotSent' AND EXISTS (SELECT 1 FROM journalled_send s
                JOIN journalled_line_left x ON x.ledger = s.ledger AND x.send = s.send AND x.line = p.row_reference
                    AND x.cause = 'Absent' AND x.document = NEW.document
                WHERE s.ledger = p.ledger AND s.file = p.file)
            OR f.state = 'Unknown' AND EXISTS (SELECT 1 FROM proposal q WHERE q.ledger = p.ledger
                AND q.verb = 'file.resolve' AND q.subject = 'file/' || p.file AND q.state = 'Decided'
                AND q.body = CASE NEW.kind WHEN 'Rejected' THEN 'refused ' WHEN 'NotSent' THEN 'absent ' END
                    || NEW.document)
            OR NEW.kind = 'NotSent' AND f.state IN ('Built', 'Sealed')
                AND (f.first_sent_at IS NULL OR EXISTS (SELECT 1 FROM proposal q WHERE q.ledger = p.ledger
                    AND q.verb = 'file.withdraw' AND q.subject = 'file/' || p.file AND q.state = 'Decided'))
                AND EXISTS (SELECT 1 FROM document d INDEXED BY document_name
                    WHERE d.ledger = p.ledger AND d.digest = NEW.document AND d.kind = 'approval')));
END;

-- A message is the bytes that were received; applied, or found unreadable or unverified, it is never applied again.
CREATE TRIGGER bank_message_law BEFORE INSERT ON bank_message BEGIN
    SELECT RAISE(ABORT, 'a bank message names its stored bytes') WHERE NOT EXISTS
        (SELECT 1 FROM document d INDEXED BY document_name
         WHERE d.ledger = NEW.ledger AND d.digest = NEW.document AND d.kind = 'bank-message');
END;
CREATE TRIGGER message_progress_law BEFORE UPDATE ON message_progress
WHEN OLD.state NOT IN ('Received', 'Applying') OR NEW.lines_applied < OLD.lines_applied BEGIN
    SELECT RAISE(ABORT, 'a bank message is applied once');
END;

CREATE TRIGGER payment_death_law BEFORE INSERT ON payment_death BEGIN
    SELECT RAISE(ABORT, 'a fact is written once') WHERE EXISTS
        (SELECT 1 FROM payment_death d
         WHERE d.ledger = NEW.ledger AND d.claim = NEW.claim AND d.attempt = NEW.attempt);
    SELECT RAISE(ABORT, 'L1: no outcome killed this attempt') WHERE NOT EXISTS
        (SELECT 1 FROM payment_outcome o
         JOIN payment p ON p.ledger = o.ledger AND p.claim = o.claim AND p.attempt = o.attempt
         WHERE o.ledger = NEW.ledger AND o.claim = NEW.claim AND o.attempt = NEW.attempt AND o.seq = NEW.seq
         AND o.kind IN ('Rejected', 'Returned', 'NotSent')
         AND (p.channel = 'File' OR p.channel = 'Outside' AND o.source = 'People'));
    SELECT RAISE(ABORT, 'L1: the bank also says settled') WHERE EXISTS
        (SELECT 1 FROM payment_outcome s WHERE s.ledger = NEW.ledger AND s.claim = NEW.claim
         AND s.attempt = NEW.attempt AND s.kind = 'Settled'
         AND NOT EXISTS (SELECT 1 FROM payment_outcome o WHERE o.ledger = NEW.ledger AND o.claim = NEW.claim
            AND o.attempt = NEW.attempt AND o.seq = NEW.seq
            AND (o.kind = 'Returned' OR o.kind = 'Rejected' AND o.source IN ('Statement', 'People'))));
END;

CREATE TRIGGER wage_claim_law BEFORE INSERT ON wage_claim BEGIN
    SELECT RAISE(ABORT, 'a fact is written once') WHERE EXISTS
        (SELECT 1 FROM wage_claim c WHERE c.ledger = NEW.ledger AND c.claim = NEW.claim);
    SELECT RAISE(ABORT, 'L1: this wage is claimed already') WHERE EXISTS
        (SELECT 1 FROM wage_claim c WHERE c.ledger = NEW.ledger AND c.worker = NEW.worker
         AND c.project = NEW.project AND c.employer = NEW.employer AND c.period = NEW.period
         AND c.component = NEW.component AND c.revision = NEW.revision);
    SELECT RAISE(ABORT, 'a payroll line is one claim') WHERE EXISTS
        (SELECT 1 FROM wage_claim c WHERE c.ledger = NEW.ledger AND c.payroll = NEW.payroll
         AND c.payroll_line = NEW.payroll_line AND c.revision = NEW.revision);
    SELECT RAISE(ABORT, 'L1: the revision before is not voided') WHERE NEW.revision > 1 AND NOT EXISTS
        (SELECT 1 FROM wage_claim c
         JOIN payment p ON p.ledger = c.ledger AND p.claim = c.claim AND p.channel = 'Void'
         WHERE c.ledger = NEW.ledger AND c.worker = NEW.worker AND c.project = NEW.project
         AND c.employer = NEW.employer AND c.period = NEW.period AND c.component = NEW.component
         AND c.revision = NEW.revision - 1);
    SELECT RAISE(ABORT, 'the claim is not of its payroll, or the payroll is not approved') WHERE NOT EXISTS
        (SELECT 1 FROM payroll y WHERE y.ledger = NEW.ledger AND y.payroll = NEW.payroll AND y.state = 'Approved'
         AND y.project = NEW.project AND y.employer = NEW.employer AND y.period = NEW.period
         AND y.number = NEW.component AND NEW.payroll_line BETWEEN 1 AND y.lines_declared);
    SELECT RAISE(ABORT, 'L11: the worker is not registered on the project with this employer') WHERE NOT EXISTS
        (SELECT 1 FROM registration g WHERE g.ledger = NEW.ledger AND g.project = NEW.project
         AND g.employer = NEW.employer AND g.worker = NEW.worker);
    SELECT RAISE(ABORT, 'L1: the period overlaps a claim of this worker') WHERE NEW.component = 0 AND EXISTS
        (SELECT 1 FROM wage_claim c WHERE c.ledger = NEW.ledger AND c.worker = NEW.worker
         AND c.project = NEW.project AND c.employer = NEW.employer AND c.component = 0 AND c.period <> NEW.period
         AND substr(c.period, 1, 10) <= substr(NEW.period, 12, 10)
         AND substr(NEW.period, 1, 10) <= substr(c.period, 12, 10)
         AND NOT EXISTS (SELECT 1 FROM payment p
            WHERE p.ledger = c.ledger AND p.claim = c.claim AND p.channel = 'Void'));
END;

CREATE TRIGGER account_entry_law BEFORE INSERT ON account_entry BEGIN
    SELECT RAISE(ABORT, 'a fact is written once') WHERE EXISTS
        (SELECT 1 FROM account_entry e WHERE e.ledger = NEW.ledger AND e.account = NEW.account AND e.n = NEW.n);
    SELECT RAISE(ABORT, 'L2: there is no such account') WHERE NOT EXISTS
        (SELECT 1 FROM wage_account a WHERE a.ledger = NEW.ledger AND a.account = NEW.account);
    SELECT RAISE(ABORT, 'L2: the entry does not follow the last one') WHERE
        NEW.n <> 1 + coalesce((SELECT max(e.n) FROM account_entry e
            WHERE e.ledger = NEW.ledger AND e.account = NEW.account), 0)
        OR NEW.posted_after_fen <> NEW.posted_delta_fen + coalesce((SELECT e.posted_after_fen FROM account_entry e
            WHERE e.ledger = NEW.ledger AND e.account = NEW.account ORDER BY e.n DESC LIMIT 1), 0)
        OR NEW.reserved_after_fen <> NEW.reserved_delta_fen + coalesce((SELECT e.reserved_after_fen
            FROM account_entry e WHERE e.ledger = NEW.ledger AND e.account = NEW.account ORDER BY e.n DESC LIMIT 1), 0);
    SELECT RAISE(ABORT, 'L2: reserved beyond available')
        WHERE NEW.kind NOT IN ('BankCredit', 'BankDebit', 'Allocation', 'Attribution') AND NEW.reserved_delta_fen > 0
        AND NEW.posted_after_fen - NEW.reserved_after_fen < 0;
    -- Several accounts may share an entry of a statement; together they book no more than it.
    SELECT RAISE(ABORT, 'L5: the bank''s entry is one of a statement, and no more than it')
        WHERE NEW.kind IN ('BankCredit', 'BankDebit')
        AND (NEW.posted_delta_fen > 0 AND NEW.kind = 'BankDebit' OR NEW.posted_delta_fen < 0 AND NEW.kind = 'BankCredit'
        OR abs(NEW.posted_delta_fen + coalesce((SELECT sum(x.posted_delta_fen) FROM account_entry x
                WHERE x.ledger = NEW.ledger AND x.document = NEW.document AND x.document_line = NEW.document_line
                AND x.kind = NEW.kind), 0))
            > coalesce((SELECT sum(abs(t.amount_fen)) FROM bank_statement s
                JOIN statement_entry t ON t.ledger = s.ledger AND t.statement = s.statement
                    AND t.line = NEW.document_line
                WHERE s.ledger = NEW.ledger AND s.document = NEW.document
                AND (t.amount_fen > 0) = (NEW.kind = 'BankCredit')), 0));
    SELECT RAISE(ABORT, 'L5: an allocation shares out a credit of its account, and no more than it')
        WHERE NEW.kind = 'Allocation' AND (NEW.posted_delta_fen > 0
            AND NEW.posted_delta_fen + coalesce((SELECT sum(x.posted_delta_fen) FROM account_entry x
                WHERE x.ledger = NEW.ledger AND x.document = NEW.document AND x.document_line = NEW.document_line
                AND x.kind = 'Allocation'), 0) > 0
        OR NEW.posted_delta_fen < 0
            AND NEW.posted_delta_fen + coalesce((SELECT sum(x.posted_delta_fen) FROM account_entry x
                WHERE x.ledger = NEW.ledger AND x.document = NEW.document AND x.document_line = NEW.document_line
                AND x.account = NEW.account AND x.kind IN ('BankCredit', 'Allocation')), 0) < 0);
    SELECT RAISE(ABORT, 'L5: two people lay a debit of no file on the file it was for, and no more than it')
        WHERE NEW.kind = 'Attribution' AND (NEW.posted_delta_fen > 0 AND (NEW.file IS NOT NULL
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
                WHERE f.ledger = NEW.ledger AND f.file = NEW.file AND f.account = NEW.account)));
END;
CREATE TRIGGER account_entry_earmark_law BEFORE INSERT ON account_entry WHEN NEW.earmark IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'L2: the account has no such earmark') WHERE NOT EXISTS
        (SELECT 1 FROM earmark m WHERE m.ledger = NEW.ledger AND m.earmark = NEW.earmark
         AND m.account = NEW.account);
    SELECT RAISE(ABORT, 'L2: an earmark is for the releases of its obligation alone')
        WHERE NEW.release IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM release r JOIN earmark m ON m.ledger = r.ledger AND m.account = r.account
            AND m.obligation = r.obligation
         WHERE r.ledger = NEW.ledger AND r.release = NEW.release AND m.earmark = NEW.earmark);
    SELECT RAISE(ABORT, 'L2: an earmark is freed once its obligation has ended')
        WHERE NEW.release IS NULL AND NEW.earmark_delta_fen < 0 AND NOT EXISTS
        (SELECT 1 FROM earmark m JOIN obligation o ON o.ledger = m.ledger AND o.obligation = m.obligation
            AND o.state IN ('Discharged', 'Withdrawn')
         WHERE m.ledger = NEW.ledger AND m.earmark = NEW.earmark);
    SELECT RAISE(ABORT, 'L2: an earmark gives no more than it has') WHERE NEW.earmark_delta_fen
        + coalesce((SELECT sum(e.earmark_delta_fen) FROM account_entry e
            WHERE e.ledger = NEW.ledger AND e.earmark = NEW.earmark), 0) < 0;
    SELECT RAISE(ABORT, 'L2: a release gives back no more than it took')
        WHERE NEW.release IS NOT NULL AND NEW.earmark_delta_fen
        + coalesce((SELECT sum(e.earmark_delta_fen) FROM account_entry e WHERE e.ledger = NEW.ledger
            AND e.earmark = NEW.earmark AND e.release = NEW.release), 0) > 0;
END;
CREATE TRIGGER earmark_law BEFORE INSERT ON earmark BEGIN
    SELECT RAISE(ABORT, 'L2: an earmark is for an obligation of its account''s project') WHERE NOT EXISTS
        (SELECT 1 FROM wage_account a JOIN obligation o ON o.ledger = a.ledger AND o.project = a.project
         WHERE a.ledger = NEW.ledger AND a.account = NEW.account AND o.obligation = NEW.obligation);
END;
CREATE TRIGGER release_earmark_law BEFORE INSERT ON release WHEN NEW.earmark IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'L2: an earmark is for the releases of its obligation alone') WHERE NOT EXISTS
        (SELECT 1 FROM earmark m WHERE m.ledger = NEW.ledger AND m.earmark = NEW.earmark
         AND m.account = NEW.account AND m.obligation = NEW.obligation);
END;
CREATE TRIGGER release_earmark_update_law BEFORE UPDATE ON release WHEN NEW.earmark IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'L2: an earmark is for the releases of its obligation alone') WHERE NOT EXISTS
        (SELECT 1 FROM earmark m WHERE m.ledger = NEW.ledger AND m.earmark = NEW.earmark
         AND m.account = NEW.account AND m.obligation = NEW.obligation);
END;

CREATE TRIGGER release_range_law BEFORE INSERT ON release_range BEGIN
    SELECT RAISE(ABORT, 'a fact is written once') WHERE EXISTS
        (SELECT 1 FROM release_range g WHERE g.ledger = NEW.ledger AND g.release = NEW.release
         AND g.payroll = NEW.payroll AND g.from_line = NEW.from_line);
    SELECT RAISE(ABORT, 'L11: the release''s account is not of the payroll''s project') WHERE NOT EXISTS
        (SELECT 1 FROM release r
         JOIN wage_account a ON a.ledger = r.ledger AND a.account = r.account
         JOIN payroll y ON y.ledger = r.ledger AND y.payroll = NEW.payroll AND y.project = a.project
         WHERE r.ledger = NEW.ledger AND r.release = NEW.release);
END;

CREATE TRIGGER payee_approval_law BEFORE INSERT ON payee_approval BEGIN
    SELECT RAISE(ABORT, 'L7: a payee account is approved by another person than its proposer') WHERE NOT EXISTS
        (SELECT 1 FROM payee_account y WHERE y.ledger = NEW.ledger AND y.worker = NEW.worker
         AND y.version = NEW.version AND y.proposed_by <> NEW.approved_by
         AND NOT EXISTS (SELECT 1 FROM person s
            JOIN person a ON a.ledger = s.ledger AND a.identity_hash = s.identity_hash
            WHERE s.ledger = y.ledger AND s.person = y.proposed_by AND a.person = NEW.approved_by));
END;

CREATE TRIGGER proposal_people_law BEFORE INSERT ON proposal
WHEN NEW.state IS NOT 'Pending' OR NEW.decided_by IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'L7: a proposal begins with one person; another decides it later');
END;
CREATE TRIGGER proposal_people_update_law BEFORE UPDATE ON proposal WHEN NEW.decided_by IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'L7: a proposal is decided by another person than its first') WHERE NOT EXISTS
        (SELECT 1 FROM person s JOIN person a ON a.ledger = s.ledger AND a.identity_hash <> s.identity_hash
         WHERE s.ledger = NEW.ledger AND s.person = NEW.person AND a.person = NEW.decided_by);
END;

-- A key is changed by what two people decided about this person, version by version, and was never anybody's before.
CREATE TRIGGER person_key_law BEFORE INSERT ON person_key BEGIN
    SELECT RAISE(ABORT, 'L7: two people change a key') WHERE NEW.public_key IS NOT NULL AND NEW.proposal IS NULL
        OR NEW.proposal IS NOT NULL AND NOT EXISTS (SELECT 1 FROM proposal q
            JOIN person p ON p.ledger = q.ledger AND p.person = NEW.person
            WHERE q.ledger = NEW.ledger AND q.proposal = NEW.proposal AND q.state = 'Decided'
              AND q.subject = 'person/' || p.handle
              AND q.verb = CASE WHEN NEW.public_key IS NULL THEN 'person.revoke' ELSE 'person.rekey' END);
    SELECT RAISE(ABORT, 'a key of a person enrolled follows the one before') WHERE NEW.version <> 1 + coalesce(
            (SELECT max(k.version) FROM person_key k WHERE k.ledger = NEW.ledger AND k.person = NEW.person), 1)
        OR NOT EXISTS (SELECT 1 FROM person p WHERE p.ledger = NEW.ledger AND p.person = NEW.person);
    SELECT RAISE(ABORT, 'L7: one key, one person') WHERE EXISTS
        (SELECT 1 FROM person p WHERE p.ledger = NEW.ledger AND p.public_key = NEW.public_key);
END;
CREATE TRIGGER person_one_key_law BEFORE INSERT ON person BEGIN
    SELECT RAISE(ABORT, 'L7: one key, one person') WHERE EXISTS
        (SELECT 1 FROM person_key k WHERE k.ledger = NEW.ledger AND k.public_key = NEW.public_key);
END;

-- By person, not by login: two logins of one identity number are one person.
CREATE TRIGGER payroll_people_law BEFORE INSERT ON payroll WHEN NEW.approved_by IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'L7: the submitter never approves') WHERE EXISTS
        (SELECT 1 FROM person s JOIN person a ON a.ledger = s.ledger AND a.identity_hash = s.identity_hash
         WHERE s.ledger = NEW.ledger AND s.person = NEW.submitted_by AND a.person = NEW.approved_by);
END;
CREATE TRIGGER payroll_people_update_law BEFORE UPDATE ON payroll WHEN NEW.approved_by IS NOT NULL BEGIN
    SELECT RAISE(ABORT, 'L7: the submitter never approves') WHERE EXISTS
        (SELECT 1 FROM person s JOIN person a ON a.ledger = s.ledger AND a.identity_hash = s.identity_hash
         WHERE s.ledger = NEW.ledger AND s.person = NEW.submitted_by AND a.person = NEW.approved_by);
END;

CREATE TRIGGER payroll_owed_law BEFORE UPDATE ON payroll
WHEN OLD.state IN ('Approved', 'Settled') AND (NEW.lines_declared <> OLD.lines_declared
    OR NEW.declared_fen <> OLD.declared_fen OR NEW.due_date <> OLD.due_date
    OR NEW.approved_by IS NOT OLD.approved_by OR NEW.submitted_by IS NOT OLD.submitted_by) BEGIN
    SELECT RAISE(ABORT, 'L3: what is owed is fixed by the approval');
END;

-- The partial unique indexes again: OR REPLACE would keep them by deleting the other row.
CREATE TRIGGER payroll_live_law BEFORE INSERT ON payroll WHEN NEW.state <> 'Withdrawn' BEGIN
    SELECT RAISE(ABORT, 'a live payroll of this period exists') WHERE NEW.state <> 'Refused' AND EXISTS
        (SELECT 1 FROM payroll y WHERE y.ledger = NEW.ledger AND y.project = NEW.project
         AND y.employer = NEW.employer AND y.team = NEW.team AND y.period = NEW.period AND y.kind = NEW.kind
         AND y.number = NEW.number AND y.state NOT IN ('Refused', 'Withdrawn'));
    SELECT RAISE(ABORT, 'this sheet is a payroll already') WHERE EXISTS
        (SELECT 1 FROM payroll y WHERE y.ledger = NEW.ledger AND y.sheet = NEW.sheet AND y.project = NEW.project
         AND y.employer = NEW.employer AND y.team = NEW.team AND y.period = NEW.period AND y.kind = NEW.kind
         AND y.number = NEW.number AND y.state <> 'Withdrawn');
END;
CREATE TRIGGER payroll_live_update_law BEFORE UPDATE ON payroll
WHEN NEW.state NOT IN ('Refused', 'Withdrawn') AND OLD.state IN ('Refused', 'Withdrawn') BEGIN
    SELECT RAISE(ABORT, 'what is refused or withdrawn stays so');
END;
CREATE TRIGGER wage_account_law BEFORE INSERT ON wage_account BEGIN
    SELECT RAISE(ABORT, 'a bank account has one unallocated account') WHERE NEW.project IS NULL AND EXISTS
        (SELECT 1 FROM wage_account a
         WHERE a.ledger = NEW.ledger AND a.bank_account = NEW.bank_account AND a.project IS NULL);
END;
CREATE TRIGGER obligation_law BEFORE INSERT ON obligation BEGIN
    SELECT RAISE(ABORT, 'this episode exists') WHERE EXISTS
        (SELECT 1 FROM obligation o WHERE o.ledger = NEW.ledger AND o.project = NEW.project
         AND o.subcontractor = NEW.subcontractor AND o.kind = NEW.kind AND o.period = NEW.period
         AND coalesce(o.payroll, 0) = coalesce(NEW.payroll, 0) AND o.episode = NEW.episode);
END;

-- Two people decide an erasure, by its request.
CREATE TRIGGER erasure_law BEFORE INSERT ON erasure BEGIN
    SELECT RAISE(ABORT, 'L7: two people decide an erasure') WHERE NOT EXISTS
        (SELECT 1 FROM proposal q
         JOIN worker w ON w.ledger = q.ledger AND w.worker = NEW.worker
         JOIN document d INDEXED BY document_name ON d.ledger = q.ledger AND d.digest = NEW.document
         WHERE q.ledger = NEW.ledger AND q.verb = 'worker.erase' AND q.subject = 'worker/' || NEW.worker
         AND q.state = 'Decided' AND q.body = NEW.document);
END;
CREATE TRIGGER worker_again_law BEFORE INSERT ON worker WHEN NEW.erased_before <> 0 BEGIN
    SELECT RAISE(ABORT, 'a person has another number only where every earlier one was erased')
        WHERE NEW.erased_before <> (SELECT count(*) FROM worker w
            JOIN erasure e ON e.ledger = w.ledger AND e.worker = w.worker
            WHERE w.ledger = NEW.ledger AND w.identity_hash = NEW.identity_hash);
END;

-- No key is replaced or changed: what is sealed under it would be lost. The key goes that a decided erasure names, and
-- no other.
CREATE TRIGGER subject_key_once BEFORE INSERT ON subject_key BEGIN
    SELECT RAISE(ABORT, 'a key is drawn once') WHERE EXISTS
        (SELECT 1 FROM subject_key k WHERE k.ledger = NEW.ledger AND k.subject = NEW.subject);
END;
CREATE TRIGGER subject_key_fixed BEFORE UPDATE ON subject_key BEGIN
    SELECT RAISE(ABORT, 'a key is never changed');
END;
CREATE TRIGGER subject_key_kept BEFORE DELETE ON subject_key BEGIN
    SELECT RAISE(ABORT, 'a key goes by a decided erasure alone') WHERE NOT EXISTS
        (SELECT 1 FROM erasure e WHERE e.ledger = OLD.ledger AND OLD.subject = 'worker/' || e.worker)
        AND NOT EXISTS
        (SELECT 1 FROM erasure e
         JOIN worker_document p ON p.ledger = e.ledger AND p.worker = e.worker
         JOIN document d INDEXED BY document_name ON d.ledger = p.ledger AND d.digest = p.document
         WHERE e.ledger = OLD.ledger AND d.key_subject = OLD.subject AND NOT EXISTS
            (SELECT 1 FROM worker_document o WHERE o.ledger = p.ledger AND o.document = p.document AND NOT EXISTS
                (SELECT 1 FROM erasure g WHERE g.ledger = o.ledger AND g.worker = o.worker)));
END;

-- A worker's word is taken of who was registered on the project, by a stored document; a wage is confirmed by whose it is.
CREATE TRIGGER wage_complaint_law BEFORE INSERT ON wage_complaint BEGIN
    SELECT RAISE(ABORT, 'a complaint is of a worker of the project, by its stored document') WHERE NOT EXISTS
        (SELECT 1 FROM registration g
         JOIN document d INDEXED BY document_name ON d.ledger = g.ledger AND d.digest = NEW.document
         WHERE g.ledger = NEW.ledger AND g.worker = NEW.worker AND g.project = NEW.project);
END;
CREATE TRIGGER wage_complaint_answer_law BEFORE INSERT ON wage_complaint_answer BEGIN
    SELECT RAISE(ABORT, 'L7: two people decide an answer to a complaint') WHERE NOT EXISTS
        (SELECT 1 FROM proposal q
         JOIN wage_complaint c ON c.ledger = q.ledger AND c.complaint = NEW.complaint
         JOIN document d INDEXED BY document_name ON d.ledger = q.ledger AND d.digest = NEW.document
         WHERE q.ledger = NEW.ledger AND q.verb = 'worker.answer' AND q.subject = 'complaint/' || NEW.complaint
         AND q.state = 'Decided' AND q.body = NEW.outcome || ' ' || NEW.document);
    SELECT RAISE(ABORT, 'an answer that ends a complaint is its last') WHERE EXISTS
        (SELECT 1 FROM wage_complaint_answer a WHERE a.ledger = NEW.ledger AND a.complaint = NEW.complaint
         AND (a.outcome <> 'Owed' OR a.n >= NEW.n));
END;
CREATE TRIGGER wage_confirmation_law BEFORE INSERT ON wage_confirmation BEGIN
    SELECT RAISE(ABORT, 'a worker confirms a wage or a sheet of their own, by its stored document') WHERE NOT EXISTS
        (SELECT 1 FROM document d INDEXED BY document_name WHERE d.ledger = NEW.ledger AND d.digest = NEW.document)
        OR NOT EXISTS
        (SELECT 1 FROM wage_claim c WHERE c.ledger = NEW.ledger AND c.claim = NEW.claim AND c.worker = NEW.worker
            AND c.project = NEW.project
         UNION ALL
         SELECT 1 FROM payroll y
         JOIN registration g ON g.ledger = y.ledger AND g.worker = NEW.worker AND g.project = y.project
         WHERE y.ledger = NEW.ledger AND y.payroll = NEW.payroll AND y.project = NEW.project);
END;

-- The journal of these scripts: a script is noted once, as it was run.
CREATE TRIGGER schema_version_once BEFORE INSERT ON schema_version BEGIN
    SELECT RAISE(ABORT, 'a script is run once') WHERE EXISTS
        (SELECT 1 FROM schema_version v WHERE v.script = NEW.script);
END;
CREATE TRIGGER schema_version_fixed BEFORE UPDATE ON schema_version BEGIN
    SELECT RAISE(ABORT, 'the note of a script is never changed');
END;
CREATE TRIGGER schema_version_kept BEFORE DELETE ON schema_version BEGIN
    SELECT RAISE(ABORT, 'the note of a script is never deleted');
END;

-- A card is applied for, for a worker of the batch's project, and only while the batch is made up.
CREATE TRIGGER card_application_law BEFORE INSERT ON card_application BEGIN
    SELECT RAISE(ABORT, 'a card is applied for, for a worker of the project, in a batch that is not sealed')
        WHERE NOT EXISTS
        (SELECT 1 FROM card_batch b
         JOIN registration g ON g.ledger = b.ledger AND g.project = b.project AND g.worker = NEW.worker
         WHERE b.ledger = NEW.ledger AND b.batch = NEW.batch AND b.state = 'Built');
END;

-- A bank's word stands on a message of its own that is being applied, about a batch that went out; the account it
-- gives is a version of the same worker's by that message, or one that was there. Two people let it take effect: L7.
CREATE TRIGGER card_answer_law BEFORE INSERT ON card_answer BEGIN
    SELECT RAISE(ABORT, 'an answer to card applications stands on a message of the bank about a batch that went out')
        WHERE NOT EXISTS
        (SELECT 1 FROM card_application a
         JOIN card_batch b ON b.ledger = a.ledger AND b.batch = a.batch AND b.first_sent_at IS NOT NULL
         JOIN bank_message m ON m.ledger = b.ledger AND m.document = NEW.document AND m.profile = b.profile
         JOIN message_progress g ON g.ledger = m.ledger AND g.message = m.message
            AND g.state IN ('Received', 'Applying')
         WHERE a.ledger = NEW.ledger AND a.batch = NEW.batch AND a.row_reference = NEW.row_reference);
    SELECT RAISE(ABORT, 'an account that a bank opened is a version of the worker''s payee account')
        WHERE NEW.payee_version IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM card_application a
         JOIN payee_account y ON y.ledger = a.ledger AND y.worker = a.worker AND y.version = NEW.payee_version
         WHERE a.ledger = NEW.ledger AND a.batch = NEW.batch AND a.row_reference = NEW.row_reference);
END;

-- A batch is found in the journal only where a recovery listed it; what may have gone out is given up by two people.
CREATE TRIGGER card_batch_law BEFORE UPDATE ON card_batch
WHEN NEW.state = 'Withdrawn' AND OLD.state = 'Unknown'
    OR NEW.journal_document IS NOT NULL AND OLD.journal_document IS NOT NEW.journal_document BEGIN
    SELECT RAISE(ABORT, 'no journalled batch of this reference') WHERE NEW.journal_document IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM journalled_cards j
            WHERE j.ledger = NEW.ledger AND j.reference = NEW.reference AND j.profile = NEW.profile);
    SELECT RAISE(ABORT, 'L7: two people and a document give up a batch that may have arrived')
        WHERE NEW.state = 'Withdrawn' AND NOT EXISTS (SELECT 1 FROM proposal p WHERE p.ledger = NEW.ledger
            AND p.verb = 'card.resolve' AND p.subject = 'card/' || NEW.batch AND p.state = 'Decided');
END;

-- Who is told of what happens is decided by two people, and a subscriber begins with nothing.
CREATE TRIGGER feed_subscriber_law BEFORE INSERT ON feed_subscriber BEGIN
    SELECT RAISE(ABORT, 'L7: two people decide who is told') WHERE NOT EXISTS
        (SELECT 1 FROM proposal p WHERE p.ledger = NEW.ledger AND p.verb = 'feed.subscribe'
            AND p.subject = 'subscriber/' || NEW.name AND p.state = 'Decided');
    SELECT RAISE(ABORT, 'a subscriber begins with no batch')
        WHERE NEW.batches <> 0 OR NEW.records <> 0 OR NEW.to_sequence <> NEW.from_sequence - 1;
END;

-- What it holds only grows, what was made up for it goes on by its next batch, and two people stop it.
CREATE TRIGGER feed_subscriber_update_law BEFORE UPDATE ON feed_subscriber BEGIN
    SELECT RAISE(ABORT, 'an acknowledgement never goes back') WHERE NEW.acknowledged < OLD.acknowledged;
    SELECT RAISE(ABORT, 'a subscriber''s records are those of its batches')
        WHERE (NEW.batches <> OLD.batches OR NEW.records <> OLD.records OR NEW.to_sequence <> OLD.to_sequence
            OR NEW.digest <> OLD.digest) AND NOT EXISTS
        (SELECT 1 FROM feed_batch b WHERE b.ledger = NEW.ledger AND b.subscriber = NEW.subscriber
            AND b.batch = NEW.batches AND b.batch = OLD.batches + 1 AND b.last_n = NEW.records
            AND b.to_sequence = NEW.to_sequence AND b.digest = NEW.digest);
    SELECT RAISE(ABORT, 'L7: two people stop a subscription')
        WHERE NEW.state = 'Stopped' AND OLD.state <> 'Stopped' AND NOT EXISTS
        (SELECT 1 FROM proposal p WHERE p.ledger = NEW.ledger AND p.verb = 'feed.stop'
            AND p.subject = 'subscriber/' || NEW.name AND p.state = 'Decided');
END;

CREATE TRIGGER feed_batch_law BEFORE INSERT ON feed_batch BEGIN
    SELECT RAISE(ABORT, 'a batch follows the one before without a gap') WHERE NOT EXISTS
        (SELECT 1 FROM feed_subscriber s WHERE s.ledger = NEW.ledger AND s.subscriber = NEW.subscriber
            AND s.state = 'Active' AND NEW.batch = s.batches + 1 AND NEW.first_n = s.records + 1
            AND NEW.after_sequence = s.to_sequence AND NEW.previous = s.digest);
END;

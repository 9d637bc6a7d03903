-- The laws on SQLite. Foreign keys are off on a plain connection and INSERT OR REPLACE walks past update and delete
-- triggers, so every law stands in a BEFORE INSERT trigger: what exists is never inserted again.

CREATE TRIGGER payment_law BEFORE INSERT ON payment BEGIN
    SELECT RAISE(ABORT, 'L1: this attempt exists') WHERE EXISTS
        (SELECT 1 FROM payment p WHERE p.ledger = NEW.ledger AND p.claim = NEW.claim AND p.attempt = NEW.attempt);
    SELECT RAISE(ABORT, 'L1: this row of the file is taken') WHERE NEW.file IS NOT NULL AND EXISTS
        (SELECT 1 FROM payment p WHERE p.ledger = NEW.ledger AND p.file = NEW.file AND p.row_reference = NEW.row_reference);
    SELECT RAISE(ABORT, 'L1: the attempt before is not dead') WHERE NEW.attempt <> 1 AND NOT EXISTS
        (SELECT 1 FROM payment_death d
         WHERE d.ledger = NEW.ledger AND d.claim = NEW.claim AND d.attempt = NEW.attempt - 1);
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
         JOIN wage_account a ON a.ledger = r.ledger AND a.account = r.account
         WHERE c.ledger = NEW.ledger AND c.claim = NEW.claim AND a.project = c.project);
    SELECT RAISE(ABORT, 'L7: the payee account is not an approved one of the worker')
        WHERE NEW.channel = 'File' AND NOT EXISTS
        (SELECT 1 FROM wage_claim c
         JOIN payee_account y ON y.ledger = c.ledger AND y.worker = c.worker AND y.version = NEW.payee_version
         JOIN payee_approval v ON v.ledger = y.ledger AND v.worker = y.worker AND v.version = y.version
         WHERE c.ledger = NEW.ledger AND c.claim = NEW.claim AND y.account_hash = NEW.payee_hash);
END;

CREATE TRIGGER payment_outcome_law BEFORE INSERT ON payment_outcome BEGIN
    SELECT RAISE(ABORT, 'a fact is written once') WHERE EXISTS
        (SELECT 1 FROM payment_outcome o WHERE o.ledger = NEW.ledger AND o.claim = NEW.claim
         AND o.attempt = NEW.attempt AND o.seq = NEW.seq);
    SELECT RAISE(ABORT, 'an outcome names a payment and the amount paid') WHERE NOT EXISTS
        (SELECT 1 FROM payment p WHERE p.ledger = NEW.ledger AND p.claim = NEW.claim AND p.attempt = NEW.attempt
         AND p.amount_fen = NEW.amount_fen);
    SELECT RAISE(ABORT, 'an outcome names its stored document') WHERE NOT EXISTS
        (SELECT 1 FROM document d WHERE d.ledger = NEW.ledger AND d.digest = NEW.document);
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
            AND (o.kind = 'Returned' OR o.source IN ('Statement', 'People'))));
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
    SELECT RAISE(ABORT, 'L2: the entry does not follow the last one') WHERE
        NEW.n <> 1 + coalesce((SELECT max(e.n) FROM account_entry e
            WHERE e.ledger = NEW.ledger AND e.account = NEW.account), 0)
        OR NEW.posted_after_fen <> NEW.posted_delta_fen + coalesce((SELECT e.posted_after_fen FROM account_entry e
            WHERE e.ledger = NEW.ledger AND e.account = NEW.account ORDER BY e.n DESC LIMIT 1), 0)
        OR NEW.reserved_after_fen <> NEW.reserved_delta_fen + coalesce((SELECT e.reserved_after_fen
            FROM account_entry e WHERE e.ledger = NEW.ledger AND e.account = NEW.account ORDER BY e.n DESC LIMIT 1), 0);
    SELECT RAISE(ABORT, 'L2: reserved beyond available')
        WHERE NEW.kind NOT IN ('BankCredit', 'BankDebit') AND NEW.reserved_delta_fen > 0
        AND NEW.posted_after_fen - NEW.reserved_after_fen < 0;
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

-- The row model: facts are written once, headers are updated under a version. One text for both engines; the tokens
-- $BIGINT$ $TEXT$ $BYTES$ $DATE$ $INSTANT$ $STRICT$ are the dialect's. Every key begins with the ledger, amounts are fen.

-- Head of a ledger: every write transaction locks this row first. Counters allocate ids, so a replay allocates the same.
CREATE TABLE ledger_head (
    ledger $BIGINT$ NOT NULL PRIMARY KEY,
    version $BIGINT$ NOT NULL,
    epoch $TEXT$ NOT NULL,
    rehearsal $BIGINT$ NOT NULL,
    last_at $INSTANT$ NOT NULL,
    leaves $BIGINT$ NOT NULL,
    frontier $TEXT$ NOT NULL,
    counters $TEXT$ NOT NULL
) $STRICT$;

CREATE TABLE log_leaf (
    ledger $BIGINT$ NOT NULL,
    n $BIGINT$ NOT NULL,
    leaf_hash $BYTES$ NOT NULL,
    leaf $BYTES$ NOT NULL,
    PRIMARY KEY (ledger, n)
) $STRICT$;

CREATE TABLE checkpoint (
    ledger $BIGINT$ NOT NULL,
    size $BIGINT$ NOT NULL,
    note $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, size)
) $STRICT$;

-- The only deletable table: deleting a row erases what was sealed under its key.
CREATE TABLE subject_key (
    ledger $BIGINT$ NOT NULL,
    subject $TEXT$ NOT NULL,
    secret $BYTES$ NOT NULL,
    PRIMARY KEY (ledger, subject)
) $STRICT$;

-- Every document received or produced, as stored: digest = SHA-256 of bytes. Personal ones are sealed under their own key.
CREATE TABLE document (
    ledger $BIGINT$ NOT NULL,
    digest $TEXT$ NOT NULL,
    kind $TEXT$ NOT NULL,
    content_mac $TEXT$ NOT NULL,
    key_subject $TEXT$,
    bytes $BYTES$ NOT NULL,
    PRIMARY KEY (ledger, digest)
) $STRICT$;
CREATE UNIQUE INDEX document_content ON document (ledger, kind, content_mac);

-- Calendars, bank profiles and rule packs as adopted: decisions use what was in force in the ledger, never files on disk.
CREATE TABLE adoption (
    ledger $BIGINT$ NOT NULL,
    kind $TEXT$ NOT NULL,
    name $TEXT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    document $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, kind, name, version)
) $STRICT$;

CREATE TABLE person (
    ledger $BIGINT$ NOT NULL,
    person $BIGINT$ NOT NULL,
    handle $TEXT$ NOT NULL,
    identity_hash $TEXT$ NOT NULL,
    roles $TEXT$ NOT NULL,
    algorithm $TEXT$ NOT NULL,
    public_key $TEXT$ NOT NULL,
    sealed $BYTES$ NOT NULL,
    PRIMARY KEY (ledger, person)
) $STRICT$;
CREATE UNIQUE INDEX person_handle ON person (ledger, handle);
-- L7: one key, one person.
CREATE UNIQUE INDEX person_public_key ON person (ledger, public_key);

-- Later keys of a person, from version 2; without a key it is a revocation. The newest is in force.
CREATE TABLE person_key (
    ledger $BIGINT$ NOT NULL,
    person $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    algorithm $TEXT$,
    public_key $TEXT$,
    proposal $BIGINT$,
    PRIMARY KEY (ledger, person, version),
    CHECK (version >= 2 AND (algorithm IS NULL) = (public_key IS NULL)),
    -- L7: alone a person can do no more than give up a key.
    CHECK (public_key IS NULL OR proposal IS NOT NULL)
) $STRICT$;
CREATE UNIQUE INDEX person_key_public_key ON person_key (ledger, public_key);
CREATE UNIQUE INDEX person_key_proposal ON person_key (ledger, proposal);

-- The first of two people; the second person's decision closes it.
CREATE TABLE proposal (
    ledger $BIGINT$ NOT NULL,
    proposal $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    verb $TEXT$ NOT NULL,
    subject $TEXT$ NOT NULL,
    body $TEXT$ NOT NULL,
    person $BIGINT$ NOT NULL,
    decided_by $BIGINT$,
    state $TEXT$ NOT NULL CHECK (state IN ('Pending', 'Decided')),
    PRIMARY KEY (ledger, proposal),
    CHECK ((state = 'Decided') = (decided_by IS NOT NULL)),
    CHECK (decided_by IS NULL OR decided_by <> person)
) $STRICT$;
CREATE INDEX proposal_subject ON proposal (ledger, verb, subject);

CREATE TABLE employer (
    ledger $BIGINT$ NOT NULL,
    employer $BIGINT$ NOT NULL,
    credit_code $TEXT$ NOT NULL,
    name $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, employer)
) $STRICT$;
CREATE UNIQUE INDEX employer_code ON employer (ledger, credit_code);

CREATE TABLE project (
    ledger $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    code $TEXT$ NOT NULL,
    name $TEXT$ NOT NULL,
    contractor_code $TEXT$ NOT NULL,
    contractor_name $TEXT$ NOT NULL,
    owner_name $TEXT$ NOT NULL,
    region $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, project)
) $STRICT$;
CREATE UNIQUE INDEX project_code ON project (ledger, code);

CREATE TABLE worker (
    ledger $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    identity_hash $TEXT$ NOT NULL,
    -- How many numbers of this person were erased before: who comes back is a new number with a key of its own.
    erased_before $BIGINT$ NOT NULL,
    sealed $BYTES$ NOT NULL,
    PRIMARY KEY (ledger, worker),
    CHECK (erased_before >= 0)
) $STRICT$;
CREATE UNIQUE INDEX worker_identity ON worker (ledger, identity_hash, erased_before);

-- Projects completed (竣工) with every wage settled, in versions: from then on wage records are kept three years more.
CREATE TABLE project_completion (
    ledger $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    completed_on $DATE$ NOT NULL,
    settled_on $DATE$ NOT NULL,
    payroll_versions $BIGINT$ NOT NULL,
    person $BIGINT$ NOT NULL,
    document $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, project, version)
) $STRICT$;

-- Workers whose key two people had deleted.
CREATE TABLE erasure (
    ledger $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    retained_until $DATE$ NOT NULL,
    document $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, worker)
) $STRICT$;

-- Sheets taken in whole (projects, roster, terms, attendance): the same file twice is one import.
CREATE TABLE import (
    ledger $BIGINT$ NOT NULL,
    document $TEXT$ NOT NULL,
    kind $TEXT$ NOT NULL,
    name $TEXT$ NOT NULL,
    lines $BIGINT$ NOT NULL,
    person $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, document)
) $STRICT$;

-- A worker's place on a project with one employer, in versions: leaving is a new version.
CREATE TABLE registration (
    ledger $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    employer $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    team $TEXT$ NOT NULL,
    trade $TEXT$ NOT NULL,
    joined_on $DATE$ NOT NULL,
    left_on $DATE$,
    document $TEXT$ NOT NULL,
    document_row $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, project, employer, worker, version)
) $STRICT$;
CREATE INDEX registration_worker ON registration (ledger, worker);
CREATE INDEX registration_left ON registration (ledger, left_on) WHERE left_on IS NOT NULL;

-- What workers say of their wages, taken down with its evidence: a complaint stands whatever the books say.
CREATE TABLE wage_complaint (
    ledger $BIGINT$ NOT NULL,
    complaint $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    period $TEXT$,
    made_on $DATE$ NOT NULL,
    person $BIGINT$ NOT NULL,
    document $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, complaint)
) $STRICT$;
CREATE INDEX wage_complaint_worker ON wage_complaint (ledger, worker);

CREATE TABLE wage_complaint_answer (
    ledger $BIGINT$ NOT NULL,
    complaint $BIGINT$ NOT NULL,
    n $BIGINT$ NOT NULL,
    outcome $TEXT$ NOT NULL CHECK (outcome IN ('Paid', 'Owed', 'Withdrawn')),
    answered_on $DATE$ NOT NULL,
    document $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, complaint, n)
) $STRICT$;

-- Of a payroll's sheet, or of a wage received.
CREATE TABLE wage_confirmation (
    ledger $BIGINT$ NOT NULL,
    confirmation $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    payroll $BIGINT$,
    claim $BIGINT$,
    confirmed_on $DATE$ NOT NULL,
    person $BIGINT$ NOT NULL,
    document $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, confirmation),
    CHECK ((payroll IS NULL) <> (claim IS NULL))
) $STRICT$;
CREATE INDEX wage_confirmation_worker ON wage_confirmation (ledger, worker);

-- Evidence that is about one worker and goes with them: erased once nobody unerased is named by it. An answer's stands
-- at the end of its proposal's body, also where no second person agreed.
CREATE VIEW worker_document AS
SELECT c.ledger, c.worker, c.document FROM wage_complaint c
UNION ALL
SELECT q.ledger, c.worker, substr(q.body, length(q.body) - 63) AS document FROM wage_complaint c
JOIN proposal q ON q.ledger = c.ledger AND q.verb = 'worker.answer' AND q.subject = 'complaint/' || c.complaint
UNION ALL
SELECT f.ledger, f.worker, f.document FROM wage_confirmation f;

CREATE TABLE contract_terms (
    ledger $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    signed_on $DATE$ NOT NULL,
    rate_kind $TEXT$ NOT NULL,
    rate_fen $BIGINT$ NOT NULL,
    pay_cycle $TEXT$ NOT NULL,
    pay_day $BIGINT$,
    piece_due_on $DATE$,
    standard_minutes $BIGINT$ NOT NULL,
    document $TEXT$ NOT NULL,
    document_row $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, project, worker, version)
) $STRICT$;

CREATE TABLE payee_account (
    ledger $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    account_hash $BYTES$ NOT NULL,
    bank_code $TEXT$ NOT NULL,
    sealed $BYTES$ NOT NULL,
    proposed_by $BIGINT$ NOT NULL,
    document $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, worker, version)
) $STRICT$;
CREATE INDEX payee_account_hash ON payee_account (ledger, account_hash);
-- A second person approves a whole sheet of accounts: found by their document.
CREATE INDEX payee_account_document ON payee_account (ledger, document);

CREATE TABLE payee_approval (
    ledger $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    approved_by $BIGINT$ NOT NULL,
    effective_at $INSTANT$ NOT NULL,
    PRIMARY KEY (ledger, worker, version)
) $STRICT$;

CREATE TABLE attendance (
    ledger $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    day $DATE$ NOT NULL,
    version $BIGINT$ NOT NULL,
    minutes $BIGINT$ NOT NULL,
    overtime_minutes $BIGINT$ NOT NULL,
    rest_day_minutes $BIGINT$ NOT NULL,
    holiday_minutes $BIGINT$ NOT NULL,
    pieces $BIGINT$ NOT NULL,
    document $TEXT$ NOT NULL,
    document_row $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, project, worker, day, version)
) $STRICT$;

CREATE TABLE payroll (
    ledger $BIGINT$ NOT NULL,
    payroll $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    state $TEXT$ NOT NULL CHECK (state IN
        ('Received', 'Checked', 'Refused', 'Submitted', 'Approved', 'SentBack', 'Settled', 'Withdrawn')),
    project $BIGINT$ NOT NULL,
    employer $BIGINT$ NOT NULL,
    team $TEXT$ NOT NULL,
    period $TEXT$ NOT NULL,
    kind $TEXT$ NOT NULL CHECK (kind IN ('Ordinary', 'Supplementary', 'FinalSettlement')),
    number $BIGINT$ NOT NULL,
    due_date $DATE$ NOT NULL,
    sheet $TEXT$ NOT NULL,
    sheet_name $TEXT$ NOT NULL,
    lines_document $TEXT$ NOT NULL,
    lines_root $TEXT$ NOT NULL,
    earnings_document $TEXT$,
    submitted_by $BIGINT$,
    sent_back_document $TEXT$,
    approved_by $BIGINT$,
    lines_declared $BIGINT$ NOT NULL,
    lines_paid $BIGINT$ NOT NULL,
    lines_in_flight $BIGINT$ NOT NULL,
    lines_unpaid $BIGINT$ NOT NULL,
    lines_voided $BIGINT$ NOT NULL,
    declared_fen $BIGINT$ NOT NULL,
    paid_fen $BIGINT$ NOT NULL,
    in_flight_fen $BIGINT$ NOT NULL,
    unpaid_fen $BIGINT$ NOT NULL,
    voided_fen $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, payroll),
    -- L3: declared is exactly the sum of the four standings, in claims and in fen.
    CHECK (lines_declared = lines_paid + lines_in_flight + lines_unpaid + lines_voided),
    CHECK (declared_fen = paid_fen + in_flight_fen + unpaid_fen + voided_fen),
    CHECK (lines_paid >= 0 AND lines_in_flight >= 0 AND lines_unpaid >= 0 AND lines_voided >= 0),
    CHECK (state <> 'Settled' OR (lines_in_flight = 0 AND lines_unpaid = 0)),
    CHECK ((kind = 'Supplementary') = (number >= 1)),
    CHECK (state <> 'SentBack' OR sent_back_document IS NOT NULL),
    -- L7: the submitter never approves.
    CHECK (approved_by IS NULL OR submitted_by IS NOT NULL AND approved_by <> submitted_by)
) $STRICT$;
-- One live payroll per project, subcontractor, team, period, kind and number.
CREATE UNIQUE INDEX payroll_live ON payroll (ledger, project, employer, team, period, kind, number)
    WHERE state NOT IN ('Refused', 'Withdrawn');
CREATE UNIQUE INDEX payroll_sheet ON payroll (ledger, sheet, project, employer, team, period, kind, number)
    WHERE state <> 'Withdrawn';

CREATE TABLE payroll_finding (
    ledger $BIGINT$ NOT NULL,
    payroll $BIGINT$ NOT NULL,
    n $BIGINT$ NOT NULL,
    rule $TEXT$ NOT NULL,
    severity $TEXT$ NOT NULL,
    line $BIGINT$ NOT NULL,
    document_column $TEXT$ NOT NULL,
    arguments $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, payroll, n)
) $STRICT$;

-- days are hundredths of days, hours are minutes.
CREATE TABLE wage_claim (
    ledger $BIGINT$ NOT NULL,
    claim $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    employer $BIGINT$ NOT NULL,
    period $TEXT$ NOT NULL,
    component $BIGINT$ NOT NULL,
    revision $BIGINT$ NOT NULL,
    payroll $BIGINT$ NOT NULL,
    payroll_line $BIGINT$ NOT NULL,
    days $BIGINT$ NOT NULL,
    hours $BIGINT$ NOT NULL,
    gross_fen $BIGINT$ NOT NULL,
    deductions_fen $BIGINT$ NOT NULL,
    net_fen $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, claim),
    CHECK (net_fen = gross_fen - deductions_fen AND net_fen > 0 AND deductions_fen >= 0),
    CHECK (component >= 0 AND revision >= 1)
) $STRICT$;
CREATE UNIQUE INDEX wage_claim_key ON wage_claim (ledger, worker, project, employer, period, component, revision);
CREATE UNIQUE INDEX wage_claim_line ON wage_claim (ledger, payroll, payroll_line, revision);

CREATE TABLE bank_account (
    ledger $BIGINT$ NOT NULL,
    bank_account $BIGINT$ NOT NULL,
    profile $TEXT$ NOT NULL,
    number_hash $BYTES$ NOT NULL,
    sealed $BYTES$ NOT NULL,
    PRIMARY KEY (ledger, bank_account)
) $STRICT$;
CREATE UNIQUE INDEX bank_account_number ON bank_account (ledger, number_hash);

-- A wage account (a project's sub-ledger of a bank account) or the bank account's unallocated account (project null).
CREATE TABLE wage_account (
    ledger $BIGINT$ NOT NULL,
    account $BIGINT$ NOT NULL,
    bank_account $BIGINT$ NOT NULL,
    project $BIGINT$,
    PRIMARY KEY (ledger, account)
) $STRICT$;
CREATE UNIQUE INDEX wage_account_project ON wage_account (ledger, project) WHERE project IS NOT NULL;
CREATE UNIQUE INDEX wage_account_unallocated ON wage_account (ledger, bank_account) WHERE project IS NULL;

CREATE TABLE funding_date (
    ledger $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    agreed_on $DATE$ NOT NULL,
    version $BIGINT$ NOT NULL,
    amount_fen $BIGINT$,
    document $TEXT$ NOT NULL,
    document_row $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, project, agreed_on, version),
    CHECK (version > 0 AND amount_fen >= 0)
) $STRICT$;

CREATE TABLE account_entry (
    ledger $BIGINT$ NOT NULL,
    account $BIGINT$ NOT NULL,
    n $BIGINT$ NOT NULL,
    kind $TEXT$ NOT NULL CHECK (kind IN ('BankCredit', 'BankDebit', 'Allocation', 'Attribution', 'Reserve',
        'Release', 'Yield')),
    posted_delta_fen $BIGINT$ NOT NULL,
    reserved_delta_fen $BIGINT$ NOT NULL,
    posted_after_fen $BIGINT$ NOT NULL,
    reserved_after_fen $BIGINT$ NOT NULL,
    release $BIGINT$,
    file $BIGINT$,
    document $TEXT$,
    document_line $BIGINT$,
    earmark $BIGINT$,
    earmark_delta_fen $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, account, n),
    CHECK (reserved_after_fen >= 0),
    CHECK ((earmark IS NULL) = (earmark_delta_fen = 0)),
    -- What a credit brings an earmark is reserved in the same entry, whole. Between an earmark and a release money only
    -- changes hands; what is freed of one leaves what is reserved.
    CHECK (earmark IS NULL
        OR kind IN ('BankCredit', 'Allocation') AND earmark_delta_fen > 0 AND release IS NULL
            AND reserved_delta_fen = earmark_delta_fen AND posted_delta_fen = earmark_delta_fen
        OR kind = 'Reserve' AND earmark_delta_fen < 0 AND reserved_delta_fen = 0 AND release IS NOT NULL
        OR kind IN ('Release', 'Yield') AND earmark_delta_fen > 0 AND reserved_delta_fen = 0 AND release IS NOT NULL
        OR kind = 'Release' AND earmark_delta_fen < 0 AND reserved_delta_fen = earmark_delta_fen AND release IS NULL),
    -- posted moves by statement entries only, by sharing out an unallocated credit, and by laying a debit on its file.
    CHECK (kind IN ('BankCredit', 'BankDebit', 'Allocation', 'Attribution') OR posted_delta_fen = 0),
    -- L2: only what the bank booked may leave less posted than reserved.
    CHECK (kind IN ('BankCredit', 'BankDebit', 'Allocation', 'Attribution') OR reserved_delta_fen <= 0
        OR posted_after_fen - reserved_after_fen >= 0),
    -- Such an entry reserves no more than it brings, and only to an earmark.
    CHECK (kind NOT IN ('BankCredit', 'BankDebit', 'Allocation', 'Attribution') OR reserved_delta_fen <= 0
        OR earmark IS NOT NULL AND reserved_delta_fen <= posted_delta_fen)
) $STRICT$;
CREATE INDEX account_entry_document ON account_entry (ledger, document, document_line) WHERE document IS NOT NULL;
CREATE INDEX account_entry_earmark ON account_entry (ledger, earmark) WHERE earmark IS NOT NULL;

-- Money of an account for one obligation and nothing else; its balance is the sum of its entries.
CREATE TABLE earmark (
    ledger $BIGINT$ NOT NULL,
    earmark $BIGINT$ NOT NULL,
    account $BIGINT$ NOT NULL,
    obligation $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, earmark)
) $STRICT$;
CREATE UNIQUE INDEX earmark_obligation ON earmark (ledger, account, obligation);

CREATE TABLE release (
    ledger $BIGINT$ NOT NULL,
    release $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    kind $TEXT$ NOT NULL CHECK (kind IN ('Ordinary', 'Partial', 'RePayment', 'Advance', 'Deposit')),
    account $BIGINT$ NOT NULL,
    state $TEXT$ NOT NULL CHECK (state IN ('Planned', 'Funded', 'Short', 'Filed', 'Settling', 'Done', 'Cancelled')),
    due_date $DATE$ NOT NULL,
    send_by $INSTANT$ NOT NULL,
    lines $BIGINT$ NOT NULL,
    amount_fen $BIGINT$ NOT NULL,
    reserved_fen $BIGINT$ NOT NULL,
    lines_open $BIGINT$ NOT NULL,
    obligation $BIGINT$,
    earmark $BIGINT$,
    PRIMARY KEY (ledger, release),
    -- Only an advance or a deposit is paid out of an earmark, and once it has its money.
    CHECK (obligation IS NULL OR kind IN ('Advance', 'Deposit')),
    CHECK (earmark IS NULL OR obligation IS NOT NULL AND state NOT IN ('Planned', 'Short', 'Cancelled')),
    CHECK (lines >= 0 AND lines_open >= 0 AND lines_open <= lines AND reserved_fen >= 0),
    CHECK (state <> 'Done' OR lines_open = 0),
    CHECK (state NOT IN ('Planned', 'Short', 'Cancelled') OR reserved_fen = 0)
) $STRICT$;
CREATE INDEX release_account ON release (ledger, account, state);

CREATE TABLE release_range (
    ledger $BIGINT$ NOT NULL,
    release $BIGINT$ NOT NULL,
    payroll $BIGINT$ NOT NULL,
    from_line $BIGINT$ NOT NULL,
    to_line $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, release, payroll, from_line),
    CHECK (from_line >= 1 AND to_line >= from_line)
) $STRICT$;
CREATE INDEX release_range_payroll ON release_range (ledger, payroll);

CREATE TABLE release_left (
    ledger $BIGINT$ NOT NULL,
    release $BIGINT$ NOT NULL,
    payroll $BIGINT$ NOT NULL,
    from_line $BIGINT$ NOT NULL,
    to_line $BIGINT$ NOT NULL,
    cause $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, release, payroll, from_line),
    CHECK (from_line >= 1 AND to_line >= from_line)
) $STRICT$;
CREATE INDEX release_left_payroll ON release_left (ledger, payroll);

CREATE TABLE disbursement_file (
    ledger $BIGINT$ NOT NULL,
    file $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    release $BIGINT$ NOT NULL,
    account $BIGINT$ NOT NULL,
    profile $TEXT$ NOT NULL,
    profile_version $BIGINT$ NOT NULL,
    reference $TEXT$ NOT NULL,
    name $TEXT$ NOT NULL,
    state $TEXT$ NOT NULL CHECK (state IN
        ('Built', 'Sealed', 'Sending', 'Delivered', 'Unknown', 'Refused', 'Accepted', 'Reconciled', 'Withdrawn')),
    built_at $INSTANT$ NOT NULL,
    lines $BIGINT$ NOT NULL,
    total_fen $BIGINT$ NOT NULL,
    sealed_document $TEXT$,
    signature_document $TEXT$,
    journal_document $TEXT$,
    first_sent_at $INSTANT$,
    last_sent_at $INSTANT$,
    lease_until $INSTANT$,
    answer_by $INSTANT$,
    lines_open $BIGINT$ NOT NULL,
    lines_settled $BIGINT$ NOT NULL,
    lines_rejected $BIGINT$ NOT NULL,
    lines_returned $BIGINT$ NOT NULL,
    open_fen $BIGINT$ NOT NULL,
    settled_fen $BIGINT$ NOT NULL,
    rejected_fen $BIGINT$ NOT NULL,
    returned_fen $BIGINT$ NOT NULL,
    debited_fen $BIGINT$ NOT NULL,
    refunded_fen $BIGINT$ NOT NULL,
    reserved_fen $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, file),
    CHECK (lines = lines_open + lines_settled + lines_rejected + lines_returned),
    CHECK (total_fen = open_fen + settled_fen + rejected_fen + returned_fen),
    CHECK (lines_open >= 0 AND lines_settled >= 0 AND lines_rejected >= 0 AND lines_returned >= 0),
    CHECK (reserved_fen >= 0 AND debited_fen >= 0 AND refunded_fen >= 0),
    -- Of a file that only the send journal remembers the bytes are lost: it can be answered, and never goes again.
    CHECK (state = 'Built' OR state = 'Withdrawn' OR sealed_document IS NOT NULL
        OR journal_document IS NOT NULL AND state <> 'Sealed' AND state <> 'Sending'),
    CHECK ((state = 'Sending') = (lease_until IS NOT NULL)),
    CHECK (state <> 'Reconciled' OR lines_open = 0)
) $STRICT$;
CREATE INDEX disbursement_file_reference ON disbursement_file (ledger, profile, reference);
-- The journalled file stands beside one that was built here under its reference, and never went (file_reference_law).
CREATE UNIQUE INDEX disbursement_file_built ON disbursement_file (ledger, profile, reference)
    WHERE journal_document IS NULL;
CREATE INDEX disbursement_file_release ON disbursement_file (ledger, release);
CREATE INDEX disbursement_file_state ON disbursement_file (ledger, state);

CREATE TABLE payment (
    ledger $BIGINT$ NOT NULL,
    claim $BIGINT$ NOT NULL,
    attempt $BIGINT$ NOT NULL,
    prior_attempt $BIGINT$,
    channel $TEXT$ NOT NULL CHECK (channel IN ('File', 'Outside', 'Void')),
    release $BIGINT$,
    file $BIGINT$,
    row_reference $BIGINT$,
    amount_fen $BIGINT$ NOT NULL,
    payee_version $BIGINT$,
    payee_hash $BYTES$,
    document $TEXT$,
    PRIMARY KEY (ledger, claim, attempt),
    -- L1: attempt 1 has no prior, attempt n + 1 has exactly n. An OR alone would let NULL through.
    CHECK ((prior_attempt IS NULL) = (attempt = 1) AND (prior_attempt IS NULL OR prior_attempt = attempt - 1)),
    CHECK (attempt >= 1 AND amount_fen > 0),
    CHECK ((channel = 'File') = (file IS NOT NULL AND row_reference IS NOT NULL AND release IS NOT NULL
        AND payee_version IS NOT NULL AND payee_hash IS NOT NULL)),
    CHECK (channel = 'File' OR (document IS NOT NULL AND file IS NULL AND row_reference IS NULL))
) $STRICT$;
CREATE UNIQUE INDEX payment_row ON payment (ledger, file, row_reference) WHERE file IS NOT NULL;
-- Few: whether a claim was voided is asked of every day worked, and a planner without statistics would read all payments.
CREATE INDEX payment_void ON payment (ledger, claim) WHERE channel = 'Void';

CREATE TABLE payment_outcome (
    ledger $BIGINT$ NOT NULL,
    claim $BIGINT$ NOT NULL,
    attempt $BIGINT$ NOT NULL,
    seq $BIGINT$ NOT NULL,
    kind $TEXT$ NOT NULL CHECK (kind IN ('Settled', 'Rejected', 'Returned', 'NotSent')),
    source $TEXT$ NOT NULL CHECK (source IN ('Report', 'Statement', 'People')),
    reason $TEXT$ NOT NULL,
    amount_fen $BIGINT$ NOT NULL,
    bank_reference $TEXT$ NOT NULL,
    value_date $DATE$,
    document $TEXT$ NOT NULL,
    document_line $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, claim, attempt, seq)
) $STRICT$;

CREATE TABLE payment_death (
    ledger $BIGINT$ NOT NULL,
    claim $BIGINT$ NOT NULL,
    attempt $BIGINT$ NOT NULL,
    seq $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, claim, attempt)
) $STRICT$;

-- A recovery after a restore from an older backup; its epoch is the one new references begin with.
CREATE TABLE ledger_restore (
    ledger $BIGINT$ NOT NULL,
    restore $BIGINT$ NOT NULL,
    epoch $TEXT$ NOT NULL,
    journal $TEXT$ NOT NULL,
    anchor $TEXT$,
    person $BIGINT$,
    sends $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, restore)
) $STRICT$;
CREATE UNIQUE INDEX ledger_restore_epoch ON ledger_restore (ledger, epoch);

-- Files that the send journal knows and the restored database did not.
CREATE TABLE journalled_send (
    ledger $BIGINT$ NOT NULL,
    send $BIGINT$ NOT NULL,
    restore $BIGINT$ NOT NULL,
    account $BIGINT$ NOT NULL,
    profile $TEXT$ NOT NULL,
    kind $TEXT$ NOT NULL CHECK (kind IN ('Ordinary', 'Partial', 'RePayment', 'Advance', 'Deposit')),
    reference $TEXT$ NOT NULL,
    digest $TEXT$ NOT NULL,
    lines $BIGINT$ NOT NULL,
    total_fen $BIGINT$ NOT NULL,
    file $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, send)
) $STRICT$;
CREATE UNIQUE INDEX journalled_send_reference ON journalled_send (ledger, reference, digest, file);
CREATE UNIQUE INDEX journalled_send_file ON journalled_send (ledger, file);

-- Every sending by the name the journal has it under: what stands here this database knows of.
CREATE TABLE file_sending (
    ledger $BIGINT$ NOT NULL,
    sending $TEXT$ NOT NULL,
    file $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, sending)
) $STRICT$;

-- Their lines by the natural key of the wage: the claim itself may not be there yet.
CREATE TABLE journalled_line (
    ledger $BIGINT$ NOT NULL,
    send $BIGINT$ NOT NULL,
    line $BIGINT$ NOT NULL,
    project_code $TEXT$ NOT NULL,
    employer_code $TEXT$ NOT NULL,
    period $TEXT$ NOT NULL,
    component $BIGINT$ NOT NULL,
    revision $BIGINT$ NOT NULL,
    worker_hash $TEXT$ NOT NULL,
    payee_hash $BYTES$ NOT NULL,
    amount_fen $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, send, line)
) $STRICT$;
CREATE INDEX journalled_line_worker ON journalled_line (ledger, worker_hash);

CREATE TABLE journalled_line_left (
    ledger $BIGINT$ NOT NULL,
    send $BIGINT$ NOT NULL,
    line $BIGINT$ NOT NULL,
    cause $TEXT$ NOT NULL CHECK (cause IN ('Matched', 'Held', 'Absent')),
    document $TEXT$,
    PRIMARY KEY (ledger, send, line, cause),
    CHECK ((cause = 'Matched') = (document IS NULL))
) $STRICT$;

-- What the bank said of a row that has no payment here; and what two people said again after it contradicted them.
CREATE TABLE journalled_word (
    ledger $BIGINT$ NOT NULL,
    send $BIGINT$ NOT NULL,
    line $BIGINT$ NOT NULL,
    seq $BIGINT$ NOT NULL,
    kind $TEXT$ NOT NULL CHECK (kind IN ('Settled', 'Rejected', 'Returned')),
    source $TEXT$ NOT NULL CHECK (source IN ('Report', 'People')),
    reason $TEXT$ NOT NULL,
    bank_reference $TEXT$ NOT NULL,
    value_date $DATE$,
    document $TEXT$ NOT NULL,
    document_line $BIGINT$ NOT NULL,
    -- Why it is never an outcome: the exception it was told as.
    trouble $TEXT$ CHECK (trouble IN ('AmountDiffers', 'AccountDiffers', 'AccountMissing', 'DuplicateRefused',
        'UnknownWord', 'PaidAfterAbsence')),
    PRIMARY KEY (ledger, send, line, seq),
    CHECK (source = 'Report' OR kind = 'Rejected' AND trouble IS NULL)
) $STRICT$;

-- Lines that lock no wage: matched, or called absent by two people and not called paid or returned by the bank, be it
-- with another amount or account, nor said to be there; unless two people, told of that word, said so after it. That
-- the bank has it is answered by its own refusal of the row, whenever it came.
CREATE VIEW journalled_line_gone AS
SELECT x.ledger, x.send, x.line
FROM journalled_line_left x
WHERE x.cause = 'Matched' OR x.cause = 'Absent' AND NOT EXISTS (
    SELECT 1 FROM journalled_word w WHERE w.ledger = x.ledger AND w.send = x.send AND w.line = x.line
        AND (w.kind IN ('Settled', 'Returned') OR w.trouble <> 'PaidAfterAbsence'
            OR w.trouble = 'PaidAfterAbsence' AND NOT EXISTS (SELECT 1 FROM journalled_word r WHERE r.ledger = w.ledger
                AND r.send = w.send AND r.line = w.line AND r.source = 'Report' AND r.kind = 'Rejected'
                AND r.trouble IS NULL))
        AND NOT EXISTS (SELECT 1 FROM journalled_word p WHERE p.ledger = w.ledger AND p.send = w.send
            AND p.line = w.line AND p.source = 'People' AND p.seq > w.seq));

-- While one stands here nothing is sent: its file is Unknown, or a line of it is neither matched nor settled by people.
CREATE VIEW open_send AS
SELECT s.ledger, s.send
FROM journalled_send s
WHERE EXISTS (SELECT 1 FROM disbursement_file f
        WHERE f.ledger = s.ledger AND f.file = s.file AND f.state = 'Unknown')
    OR EXISTS (SELECT 1 FROM journalled_line l WHERE l.ledger = s.ledger AND l.send = s.send
        AND NOT EXISTS (SELECT 1 FROM journalled_line_left x
            WHERE x.ledger = l.ledger AND x.send = l.send AND x.line = l.line));

-- What locks a claim, asked by claim; a cross join keeps SQLite to this order, the one that is a probe at each step.
-- A period's wage is locked by any period that overlaps it, whatever the revision: it is the same wage.
CREATE VIEW claim_lock AS
SELECT c.ledger, c.claim, s.send, s.file
FROM wage_claim c CROSS JOIN worker w CROSS JOIN journalled_line l CROSS JOIN journalled_send s
CROSS JOIN project t CROSS JOIN employer e
WHERE w.ledger = c.ledger AND w.worker = c.worker
    AND l.ledger = w.ledger AND l.worker_hash = w.identity_hash AND l.component = c.component
    AND (l.period = c.period OR l.component = 0 AND substr(l.period, 1, 10) <= substr(c.period, 12, 10)
        AND substr(c.period, 1, 10) <= substr(l.period, 12, 10))
    AND s.ledger = l.ledger AND s.send = l.send
    AND t.ledger = c.ledger AND t.project = c.project AND t.code = l.project_code
    AND e.ledger = c.ledger AND e.employer = c.employer AND e.credit_code = l.employer_code
    AND NOT EXISTS (SELECT 1 FROM journalled_line_gone x WHERE x.ledger = l.ledger AND x.send = l.send
        AND x.line = l.line);

CREATE TABLE bank_message (
    ledger $BIGINT$ NOT NULL,
    message $BIGINT$ NOT NULL,
    profile $TEXT$ NOT NULL,
    name $TEXT$ NOT NULL,
    document $TEXT$ NOT NULL,
    signature $TEXT$,
    received_at $INSTANT$ NOT NULL,
    PRIMARY KEY (ledger, message)
) $STRICT$;
CREATE UNIQUE INDEX bank_message_content ON bank_message (ledger, document, profile, name);

CREATE TABLE message_progress (
    ledger $BIGINT$ NOT NULL,
    message $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    state $TEXT$ NOT NULL CHECK (state IN ('Received', 'Applying', 'Applied', 'Unreadable', 'Unverified')),
    lines_applied $BIGINT$ NOT NULL,
    exceptions $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, message)
) $STRICT$;

-- Questions to a bank about a file: requests, of which only the answers, messages as any other, are evidence.
CREATE TABLE file_query (
    ledger $BIGINT$ NOT NULL,
    file $BIGINT$ NOT NULL,
    query $BIGINT$ NOT NULL,
    reference $TEXT$ NOT NULL,
    document $TEXT$ NOT NULL,
    signature $TEXT$,
    asked_at $INSTANT$ NOT NULL,
    PRIMARY KEY (ledger, file, query)
) $STRICT$;

-- Recalls (撤销): what two people had a bank asked, the bytes, the calls, and what the bank said of the request itself.
CREATE TABLE recall (
    ledger $BIGINT$ NOT NULL,
    file $BIGINT$ NOT NULL,
    recall $BIGINT$ NOT NULL,
    reference $TEXT$ NOT NULL,
    name $TEXT$ NOT NULL,
    reason $TEXT$ NOT NULL CHECK (reason IN
        ('Duplicate', 'WrongAmount', 'WrongAccount', 'TechnicalProblem', 'RequestedByPayer', 'Fraud')),
    rows $TEXT$ NOT NULL,
    lines $BIGINT$ NOT NULL,
    total_fen $BIGINT$ NOT NULL,
    asked_at $INSTANT$ NOT NULL,
    PRIMARY KEY (ledger, file, recall),
    -- No BETWEEN: a restored dump spells it otherwise, and the schema would be called altered.
    CHECK (recall >= 1 AND recall <= 99 AND lines > 0 AND total_fen > 0 AND rows <> '')
) $STRICT$;
CREATE UNIQUE INDEX recall_reference ON recall (ledger, reference);

CREATE TABLE recall_seal (
    ledger $BIGINT$ NOT NULL,
    file $BIGINT$ NOT NULL,
    recall $BIGINT$ NOT NULL,
    document $TEXT$ NOT NULL,
    signature $TEXT$,
    PRIMARY KEY (ledger, file, recall)
) $STRICT$;

CREATE TABLE recall_sending (
    ledger $BIGINT$ NOT NULL,
    file $BIGINT$ NOT NULL,
    recall $BIGINT$ NOT NULL,
    sending $BIGINT$ NOT NULL,
    result $TEXT$ NOT NULL CHECK (result IN ('Delivered', 'NotSent', 'Refused', 'Unknown')),
    document $TEXT$ NOT NULL,
    sent_at $INSTANT$ NOT NULL,
    PRIMARY KEY (ledger, file, recall, sending),
    CHECK (sending >= 1)
) $STRICT$;

-- Row 0: of all that was asked.
CREATE TABLE recall_answer (
    ledger $BIGINT$ NOT NULL,
    file $BIGINT$ NOT NULL,
    recall $BIGINT$ NOT NULL,
    row_reference $BIGINT$ NOT NULL,
    word $TEXT$ NOT NULL CHECK (word IN ('Cancelled', 'Refused', 'Pending', 'Doubtful')),
    message $BIGINT$ NOT NULL,
    document_line $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, file, recall, row_reference, word)
) $STRICT$;

-- Recalls that the send journal knows and the restored database did not: their answers may still come.
CREATE TABLE journalled_recall (
    ledger $BIGINT$ NOT NULL,
    reference $TEXT$ NOT NULL,
    digest $TEXT$ NOT NULL,
    restore $BIGINT$ NOT NULL,
    profile $TEXT$ NOT NULL,
    file_reference $TEXT$ NOT NULL,
    rows $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, reference, digest)
) $STRICT$;

-- Card applications (批量开卡, 安康卡): a batch on its way to a bank, its workers, the bank's word on each.
CREATE TABLE card_batch (
    ledger $BIGINT$ NOT NULL,
    batch $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    account $BIGINT$ NOT NULL,
    profile $TEXT$ NOT NULL,
    profile_version $BIGINT$ NOT NULL,
    reference $TEXT$ NOT NULL,
    name $TEXT$ NOT NULL,
    person $BIGINT$ NOT NULL,
    state $TEXT$ NOT NULL CHECK (state IN
        ('Built', 'Sealed', 'Sending', 'Delivered', 'Unknown', 'Refused', 'Accepted', 'Reconciled', 'Withdrawn')),
    built_at $INSTANT$ NOT NULL,
    sealed_document $TEXT$,
    signature_document $TEXT$,
    first_sent_at $INSTANT$,
    journal_document $TEXT$,
    lease_until $INSTANT$,
    lines $BIGINT$ NOT NULL,
    lines_open $BIGINT$ NOT NULL,
    lines_issued $BIGINT$ NOT NULL,
    lines_refused $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, batch),
    CHECK (lines = lines_open + lines_issued + lines_refused AND lines_open >= 0 AND lines_issued >= 0
        AND lines_refused >= 0 AND lines > 0),
    -- As of a file: of what only the send journal remembers the bytes are lost.
    CHECK (state IN ('Built', 'Withdrawn') OR sealed_document IS NOT NULL
        OR journal_document IS NOT NULL AND state <> 'Sealed' AND state <> 'Sending'),
    CHECK (state NOT IN ('Reconciled', 'Refused') OR lines_open = 0 OR state = 'Refused' AND lines_issued = 0)
) $STRICT$;
CREATE UNIQUE INDEX card_batch_reference ON card_batch (ledger, profile, reference);

-- Batches that the send journal knows and the restored database did not know as sent.
CREATE TABLE journalled_cards (
    ledger $BIGINT$ NOT NULL,
    reference $TEXT$ NOT NULL,
    digest $TEXT$ NOT NULL,
    restore $BIGINT$ NOT NULL,
    profile $TEXT$ NOT NULL,
    lines $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, reference, digest)
) $STRICT$;

CREATE TABLE card_application (
    ledger $BIGINT$ NOT NULL,
    batch $BIGINT$ NOT NULL,
    row_reference $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, batch, row_reference)
) $STRICT$;
CREATE UNIQUE INDEX card_application_worker ON card_application (ledger, worker, batch);

CREATE TABLE card_answer (
    ledger $BIGINT$ NOT NULL,
    batch $BIGINT$ NOT NULL,
    row_reference $BIGINT$ NOT NULL,
    payee_version $BIGINT$,
    reason $TEXT$,
    document $TEXT$ NOT NULL,
    document_line $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, batch, row_reference),
    CHECK ((payee_version IS NULL) <> (reason IS NULL))
) $STRICT$;

-- What did not fit, with its amount: a worklist that is explained, never deleted.
CREATE TABLE bank_exception (
    ledger $BIGINT$ NOT NULL,
    exception $BIGINT$ NOT NULL,
    kind $TEXT$ NOT NULL,
    message $BIGINT$,
    document $TEXT$,
    document_line $BIGINT$ NOT NULL,
    file $BIGINT$,
    claim $BIGINT$,
    account $BIGINT$,
    amount_fen $BIGINT$ NOT NULL,
    expected_fen $BIGINT$ NOT NULL,
    detail $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, exception)
) $STRICT$;
CREATE INDEX bank_exception_claim ON bank_exception (ledger, claim) WHERE claim IS NOT NULL;
CREATE INDEX bank_exception_kind ON bank_exception (ledger, kind);

CREATE TABLE bank_statement (
    ledger $BIGINT$ NOT NULL,
    statement $BIGINT$ NOT NULL,
    bank_account $BIGINT$ NOT NULL,
    statement_id $TEXT$ NOT NULL,
    document $TEXT$ NOT NULL,
    from_date $DATE$ NOT NULL,
    to_date $DATE$ NOT NULL,
    opening_fen $BIGINT$ NOT NULL,
    closing_fen $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, statement)
) $STRICT$;
CREATE INDEX bank_statement_document ON bank_statement (ledger, document);
CREATE UNIQUE INDEX bank_statement_id ON bank_statement (ledger, bank_account, statement_id);

CREATE TABLE statement_entry (
    ledger $BIGINT$ NOT NULL,
    statement $BIGINT$ NOT NULL,
    line $BIGINT$ NOT NULL,
    booked_on $DATE$ NOT NULL,
    amount_fen $BIGINT$ NOT NULL,
    kind $TEXT$ NOT NULL,
    bank_reference $TEXT$ NOT NULL,
    reference $TEXT$ NOT NULL,
    account $BIGINT$ NOT NULL,
    file $BIGINT$,
    PRIMARY KEY (ledger, statement, line)
) $STRICT$;

CREATE TABLE obligation (
    ledger $BIGINT$ NOT NULL,
    obligation $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    kind $TEXT$ NOT NULL CHECK (kind IN ('Unpaid', 'Unassessed')),
    project $BIGINT$ NOT NULL,
    subcontractor $BIGINT$ NOT NULL,
    payroll $BIGINT$,
    period $TEXT$ NOT NULL,
    episode $BIGINT$ NOT NULL,
    state $TEXT$ NOT NULL CHECK (state IN ('Open', 'Demanded', 'Overdue', 'Discharged', 'Withdrawn')),
    due_date $DATE$ NOT NULL,
    demanded_on $DATE$,
    next_deadline $DATE$ NOT NULL,
    lines $BIGINT$ NOT NULL,
    amount_fen $BIGINT$ NOT NULL,
    lines_open $BIGINT$ NOT NULL,
    open_fen $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, obligation),
    CHECK (lines_open >= 0 AND lines_open <= lines AND open_fen >= 0 AND open_fen <= amount_fen),
    CHECK ((state = 'Discharged') = (lines_open = 0 AND state <> 'Withdrawn')),
    CHECK ((kind = 'Unpaid') = (payroll IS NOT NULL))
) $STRICT$;
CREATE UNIQUE INDEX obligation_episode
    ON obligation (ledger, project, subcontractor, kind, period, coalesce(payroll, 0), episode);
CREATE INDEX obligation_payroll ON obligation (ledger, payroll);

CREATE TABLE obligation_line (
    ledger $BIGINT$ NOT NULL,
    obligation $BIGINT$ NOT NULL,
    line $BIGINT$ NOT NULL,
    worker $BIGINT$ NOT NULL,
    claim $BIGINT$,
    amount_fen $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, obligation, line)
) $STRICT$;
CREATE INDEX obligation_line_claim ON obligation_line (ledger, claim);

CREATE TABLE obligation_line_left (
    ledger $BIGINT$ NOT NULL,
    obligation $BIGINT$ NOT NULL,
    line $BIGINT$ NOT NULL,
    cause $TEXT$ NOT NULL CHECK (cause IN
        ('SettledLate', 'Advanced', 'Outside', 'Deposit', 'Voided', 'FoundPaid', 'Assessed', 'Withdrawn')),
    document $TEXT$,
    PRIMARY KEY (ledger, obligation, line)
) $STRICT$;

-- Orders of an authority to pay; which obligations a line is about is derived: project, subcontractor, payroll or date.
CREATE TABLE pay_order (
    ledger $BIGINT$ NOT NULL,
    pay_order $BIGINT$ NOT NULL,
    number $TEXT$ NOT NULL,
    authority $TEXT$ NOT NULL,
    issued_on $DATE$ NOT NULL,
    deadline $DATE$ NOT NULL,
    document $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, pay_order),
    CHECK (deadline >= issued_on)
) $STRICT$;
CREATE UNIQUE INDEX pay_order_number ON pay_order (ledger, number);

CREATE TABLE pay_order_line (
    ledger $BIGINT$ NOT NULL,
    pay_order $BIGINT$ NOT NULL,
    line $BIGINT$ NOT NULL,
    project $BIGINT$ NOT NULL,
    subcontractor $BIGINT$ NOT NULL,
    payroll $BIGINT$,
    amount_fen $BIGINT$ NOT NULL,
    document_row $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, pay_order, line),
    CHECK (amount_fen > 0)
) $STRICT$;
CREATE INDEX pay_order_line_project ON pay_order_line (ledger, project, subcontractor);

CREATE TABLE recovery_claim (
    ledger $BIGINT$ NOT NULL,
    recovery $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    state $TEXT$ NOT NULL CHECK (state IN ('Open', 'Recovered', 'WrittenOff')),
    debtor_kind $TEXT$ NOT NULL CHECK (debtor_kind IN ('Subcontractor', 'Worker')),
    debtor $BIGINT$ NOT NULL,
    release $BIGINT$,
    claim $BIGINT$,
    amount_fen $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, recovery)
) $STRICT$;

CREATE TABLE warning (
    ledger $BIGINT$ NOT NULL,
    warning $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    rule $TEXT$ NOT NULL,
    subject $TEXT$ NOT NULL,
    episode $BIGINT$ NOT NULL,
    tier $TEXT$ NOT NULL CHECK (tier IN ('County', 'City', 'Province')),
    level $TEXT$ NOT NULL CHECK (level IN ('Yellow', 'Orange', 'Red')),
    state $TEXT$ NOT NULL CHECK (state IN
        ('Raised', 'Published', 'Acknowledged', 'Handling', 'Replied', 'Closed', 'Cleared')),
    raised_at $INSTANT$ NOT NULL,
    amount_fen $BIGINT$ NOT NULL,
    lines $BIGINT$ NOT NULL,
    PRIMARY KEY (ledger, warning)
) $STRICT$;
CREATE UNIQUE INDEX warning_episode ON warning (ledger, rule, subject, episode);

-- The outward feed: contiguous sequence, content fixed when written.
CREATE TABLE outbox (
    ledger $BIGINT$ NOT NULL,
    sequence $BIGINT$ NOT NULL,
    kind $TEXT$ NOT NULL,
    subject $TEXT$ NOT NULL,
    region $TEXT$ NOT NULL,
    body $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, sequence)
) $STRICT$;

-- Who is told of it (订阅方), and what each was told: batches, numbered and chained for each subscriber by itself.
CREATE TABLE feed_subscriber (
    ledger $BIGINT$ NOT NULL,
    subscriber $BIGINT$ NOT NULL,
    version $BIGINT$ NOT NULL,
    name $TEXT$ NOT NULL,
    state $TEXT$ NOT NULL CHECK (state IN ('Active', 'Stopped')),
    region $TEXT$ NOT NULL,
    kinds $TEXT$ NOT NULL,
    algorithm $TEXT$ NOT NULL,
    from_sequence $BIGINT$ NOT NULL,
    url $TEXT$,
    key_document $TEXT$ NOT NULL,
    batches $BIGINT$ NOT NULL,
    records $BIGINT$ NOT NULL,
    to_sequence $BIGINT$ NOT NULL,
    digest $TEXT$ NOT NULL,
    acknowledged $BIGINT$ NOT NULL,
    attempts $BIGINT$ NOT NULL,
    answer $TEXT$ NOT NULL,
    answer_status $BIGINT$,
    attempted_at $INSTANT$,
    next_attempt_at $INSTANT$,
    lease_until $INSTANT$,
    PRIMARY KEY (ledger, subscriber),
    CHECK (acknowledged >= 0 AND acknowledged <= records AND batches >= 0 AND batches <= records AND attempts >= 0),
    CHECK (state = 'Active' OR lease_until IS NULL AND next_attempt_at IS NULL)
) $STRICT$;
CREATE UNIQUE INDEX feed_subscriber_name ON feed_subscriber (ledger, name);

CREATE TABLE feed_batch (
    ledger $BIGINT$ NOT NULL,
    subscriber $BIGINT$ NOT NULL,
    batch $BIGINT$ NOT NULL,
    first_n $BIGINT$ NOT NULL,
    last_n $BIGINT$ NOT NULL,
    after_sequence $BIGINT$ NOT NULL,
    to_sequence $BIGINT$ NOT NULL,
    previous $TEXT$ NOT NULL,
    digest $TEXT$ NOT NULL,
    key_document $TEXT$ NOT NULL,
    signature $TEXT$ NOT NULL,
    PRIMARY KEY (ledger, subscriber, batch),
    CHECK (last_n >= first_n AND last_n - first_n < to_sequence - after_sequence)
) $STRICT$;
CREATE UNIQUE INDEX feed_batch_last ON feed_batch (ledger, subscriber, last_n);

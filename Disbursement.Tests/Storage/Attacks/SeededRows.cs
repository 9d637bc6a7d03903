namespace Disbursement.Tests.Storage.Attacks;

/// <summary>
/// A small lawful ledger, written row by row as facts would be. Project 1 pays workers 1, 2, 4 and 5 for January; worker 3
/// is registered nowhere; project 2 pays worker 2 too.
/// </summary>
internal static class SeededRows
{
    private const string January = "period = '2026-01-01/2026-01-31'";
    private const string OfProject1 = "project = 1, employer = 1, submitted_by = 1, approved_by = 2, " + January;

    /// <summary>In an order in which the laws take them.</summary>
    public static IReadOnlyList<SeedRow> All { get; } =
    [
        new("ledger_head", "epoch = 'R1', counters = ''"),
        new("subject_key", "subject = 'worker/1', secret = x'01'"),
        new("document", "digest = 'd1', kind = 'bank-message', content_mac = 'm1'"),
        new("document", "digest = 'd2', kind = 'void-evidence', content_mac = 'm2'"),
        new("document", "digest = 'd3', kind = 'bank-message', content_mac = 'm3'"),
        new("document", "digest = 'd4', kind = 'bank-message', content_mac = 'm4'"),
        new("document", "digest = 'd5', kind = 'approval', content_mac = 'm5'"),
        new("document", "digest = 'd6', kind = 'send-result', content_mac = 'm6'"),
        new("document", "digest = 'd7', kind = 'recall-request', content_mac = 'm7'"),
        new("log_leaf", "n = 0"),
        new("checkpoint", "size = 1"),
        new("adoption", "kind = 'calendar', name = 'cn', document = 'd1'"),
        new("person", "person = 1, handle = 'li', identity_hash = 'h1', public_key = 'key of li'"),
        new("person", "person = 2, handle = 'wang', identity_hash = 'h2', public_key = 'key of wang'"),
        new("person", "person = 3, handle = 'li-again', identity_hash = 'h1', public_key = 'key of li-again'"),
        new("proposal", "proposal = 1, verb = 'claim.void', subject = 'claim/1', body = 'b', person = 1, state = 'Pending'"),
        new("employer", "employer = 1, credit_code = 'c1', name = 'n'"),
        new("project", "project = 1, code = 'p1', name = 'n'"),
        new("project", "project = 2, code = 'p2', name = 'n'"),
        .. Worker(1), .. Worker(2), .. Worker(3), .. Worker(4), .. Worker(5), .. Worker(7), .. Worker(8),
        new("payee_account", "worker = 1, version = 2, account_hash = x'11', proposed_by = 1"),
        new("payee_account", "worker = 1, version = 3, account_hash = x'12', proposed_by = 1"),
        new("payee_approval", "worker = 1, version = 3, approved_by = 2, effective_at = '2026-03-01T00:00:00.000000Z'"),
        .. Registered(1, 1), .. Registered(1, 2), .. Registered(1, 4), .. Registered(1, 5), .. Registered(1, 7),
        .. Registered(2, 2),
        // Worker 8 was erased by two people; nothing was decided of the others.
        new("project_completion", "project = 2, version = 1, document = 'd2'"),
        new("subject_key", "subject = 'worker/8', secret = x'08'"),
        new("proposal", "proposal = 40, verb = 'worker.erase', subject = 'worker/8', body = 'd2', person = 1, "
            + "state = 'Decided', decided_by = 2"),
        new("erasure", "worker = 8, document = 'd2'"),
        new("contract_terms", "project = 1, worker = 1"),
        new("attendance", "project = 1, worker = 1, day = '2026-01-05'"),
        new("import", "document = 'd1'"),
        Payroll(1, "team = 'A', kind = 'Ordinary', number = 0, sheet = 's1', lines_declared = 6, lines_unpaid = 6, "
            + "declared_fen = 6000, unpaid_fen = 6000"),
        Payroll(2, "team = 'B', kind = 'FinalSettlement', number = 0, sheet = 's2', lines_declared = 3, lines_unpaid = 3"),
        Payroll(4, "team = 'A', kind = 'Supplementary', number = 1, sheet = 's4', lines_declared = 3, lines_unpaid = 3"),
        Payroll(5, "team = 'B', kind = 'Supplementary', number = 1, sheet = 's5', lines_declared = 3, lines_unpaid = 3"),
        new("payroll", "payroll = 3, state = 'Approved', project = 1, employer = 1, submitted_by = 1, approved_by = 2, "
            + "period = '2026-01-16/2026-02-15', team = 'C', kind = 'FinalSettlement', number = 0, sheet = 's3', "
            + "lines_declared = 3, lines_unpaid = 3"),
        new("payroll", "payroll = 6, state = 'Approved', project = 2, employer = 1, submitted_by = 1, approved_by = 2, "
            + January + ", team = 'A', kind = 'Ordinary', number = 0, sheet = 's6', lines_declared = 3, lines_unpaid = 3"),
        new("payroll", "payroll = 7, state = 'Submitted', project = 1, employer = 1, submitted_by = 1, "
            + "period = '2026-02-01/2026-02-28', team = 'A', kind = 'Ordinary', number = 0, sheet = 's7', "
            + "lines_declared = 3, lines_unpaid = 3"),
        new("payroll", "payroll = 8, state = 'Withdrawn', project = 1, employer = 1, "
            + "period = '2026-02-01/2026-02-28', team = 'A', kind = 'Ordinary', number = 0, sheet = 's8'"),
        new("payroll_finding", "payroll = 1, n = 1"),
        .. Decided(),
        new("person_key", "person = 1, version = 2, algorithm = 'ed25519', public_key = 'next key of li', proposal = 20"),
        Claim(1, 1, 1), Claim(2, 2, 2), Claim(4, 4, 3), Claim(5, 5, 4),
        new("wage_claim", "claim = 3, worker = 1, payroll = 4, payroll_line = 1, component = 1, revision = 1, "
            + "project = 1, employer = 1, gross_fen = 1000, net_fen = 1000, " + January),
        new("wage_claim", "claim = 7, worker = 7, payroll = 4, payroll_line = 2, component = 1, revision = 1, "
            + "project = 1, employer = 1, gross_fen = 1000, net_fen = 1000, " + January),
        new("wage_claim", "claim = 8, worker = 2, payroll = 4, payroll_line = 3, component = 1, revision = 1, "
            + "project = 1, employer = 1, gross_fen = 1000, net_fen = 1000, " + January),
        // Worker 1 complained, was told that it is owed, and confirmed a wage.
        new("wage_complaint", "complaint = 1, worker = 1, project = 1, document = 'd2'"),
        new("proposal", "proposal = 50, verb = 'worker.answer', subject = 'complaint/1', body = 'Owed d2', person = 1, "
            + "state = 'Decided', decided_by = 2"),
        new("proposal", "proposal = 51, verb = 'worker.answer', subject = 'complaint/1', body = 'Paid d2', person = 1, "
            + "state = 'Decided', decided_by = 2"),
        new("wage_complaint_answer", "complaint = 1, n = 1, outcome = 'Owed', document = 'd2'"),
        new("wage_confirmation", "confirmation = 1, worker = 1, project = 1, claim = 1, document = 'd2'"),
        new("bank_account", "bank_account = 1, number_hash = x'01'"),
        new("wage_account", "account = 1, bank_account = 1, project = 1"),
        new("wage_account", "account = 2, bank_account = 1, project = 2"),
        new("wage_account", "account = 3, bank_account = 1"),
        new("bank_statement", "statement = 1, bank_account = 1, statement_id = 's1', document = 'd1'"),
        new("statement_entry", "statement = 1, line = 1, file = 1, amount_fen = 10000"),
        new("statement_entry", "statement = 1, line = 2, amount_fen = 3000"),
        new("statement_entry", "statement = 1, line = 3, amount_fen = 5"),
        new("account_entry", "account = 1, n = 1, kind = 'BankCredit', posted_delta_fen = 10000, "
            + "posted_after_fen = 10000, document = 'd1', document_line = 1"),
        new("account_entry", "account = 1, n = 2, kind = 'Reserve', reserved_delta_fen = 4000, "
            + "posted_after_fen = 10000, reserved_after_fen = 4000"),
        new("release", "release = 1, kind = 'Ordinary', account = 1, state = 'Settling', lines = 4, lines_open = 1"),
        new("release", "release = 2, kind = 'Advance', account = 1, state = 'Filed', lines = 1, lines_open = 1"),
        new("release", "release = 3, kind = 'Ordinary', account = 2, state = 'Filed'"),
        new("release_range", "release = 1, payroll = 1, from_line = 1, to_line = 4"),
        new("release_left", "release = 1, payroll = 1, from_line = 4, to_line = 4"),
        File(1, "release = 1, account = 1, reference = 'r1', state = 'Accepted', sealed_document = 'd1', "
            + "first_sent_at = '2026-02-01T00:00:00.000000Z'", lines: 3, fen: 3000),
        File(2, "release = 2, account = 1, reference = 'r2', state = 'Built'"),
        File(3, "release = 3, account = 2, reference = 'r3', state = 'Built'"),
        Paid(1, 1), Paid(2, 2), Paid(4, 3),
        new("payment", "claim = 8, attempt = 1, channel = 'File', release = 2, file = 2, row_reference = 7, "
            + "amount_fen = 1000, payee_version = 1, payee_hash = x'02'"),
        new("payment", "claim = 5, attempt = 1, channel = 'Void', amount_fen = 1000, document = 'd2'"),
        // Message 1 is being applied, 2 is of another bank, 3 was applied before.
        new("bank_message", "message = 1, profile = 'p', name = 'n', document = 'd1'"),
        new("message_progress", "message = 1, state = 'Applying'"),
        new("bank_message", "message = 2, profile = 'q', name = 'n', document = 'd3'"),
        new("message_progress", "message = 2, state = 'Received'"),
        new("bank_message", "message = 3, profile = 'p', name = 'n', document = 'd4'"),
        new("message_progress", "message = 3, state = 'Applied'"),
        new("payment_outcome", "claim = 2, attempt = 1, seq = 1, kind = 'Rejected', source = 'Report', amount_fen = 1000, document = 'd1'"),
        new("payment_outcome", "claim = 4, attempt = 1, seq = 1, kind = 'Settled', source = 'Report', amount_fen = 1000, document = 'd1'"),
        new("payment_death", "claim = 2, attempt = 1, seq = 1"),
        new("file_query", "file = 1, query = 1, reference = 'r', document = 'd1'"),
        // Rows 1 and 3 of file 1 were called back; that all of it be was decided and not asked yet.
        Recall(30, "Duplicate 1,3"), Recall(31, "Fraud *"),
        new("recall", "file = 1, recall = 1, reference = 'r1C01', reason = 'Duplicate', rows = '1,3', lines = 2, "
            + "total_fen = 2000"),
        new("recall_seal", "file = 1, recall = 1, document = 'd7'"),
        new("recall_sending", "file = 1, recall = 1, sending = 1, result = 'Delivered', document = 'd6'"),
        new("recall_answer", "file = 1, recall = 1, row_reference = 1, word = 'Refused', message = 1"),
        // A batch of cards for project 1: worker 1 was given an account, worker 2 waits.
        new("card_batch", "batch = 11, project = 1, account = 1, profile = 'p', reference = 'r11', name = 'n', "
            + "person = 1, state = 'Built', first_sent_at = '2026-02-01T00:00:00.000000Z', lines = 2, lines_open = 2"),
        new("card_application", "batch = 11, row_reference = 1, worker = 1"),
        new("card_application", "batch = 11, row_reference = 2, worker = 2"),
        new("card_answer", "batch = 11, row_reference = 1, payee_version = 1, document = 'd1', document_line = 1"),
        new("bank_exception", "exception = 1"),
        new("obligation", "obligation = 1, kind = 'Unpaid', project = 1, subcontractor = 1, payroll = 1, episode = 1, "
            + "state = 'Demanded', lines = 1, lines_open = 1, " + January),
        new("obligation", "obligation = 2, kind = 'Unassessed', project = 1, subcontractor = 1, episode = 1, "
            + "state = 'Withdrawn', lines = 1, lines_open = 1, " + January),
        new("obligation_line", "obligation = 1, line = 1, worker = 1"),
        new("obligation_line_left", "obligation = 1, line = 1, cause = 'Outside'"),
        new("recovery_claim", "recovery = 1, state = 'WrittenOff', debtor_kind = 'Worker', debtor = 1"),
        new("warning", "warning = 1, rule = 'W1', subject = 's', episode = 1, tier = 'County', level = 'Red', state = 'Closed'"),
        new("outbox", "sequence = 1"),
        new("proposal", "proposal = 41, verb = 'feed.subscribe', subject = 'subscriber/gy', body = 'b', person = 1, "
            + "state = 'Decided', decided_by = 2"),
        new("feed_subscriber", "subscriber = 1, name = 'gy', state = 'Active', from_sequence = 1, digest = 'z'"),
        new("feed_batch", "subscriber = 1, batch = 1, first_n = 1, last_n = 1, to_sequence = 1, previous = 'z', "
            + "digest = 'y'"),
        // 30.00 yuan earmarked for obligation 3, a third of it taken by its advance.
        new("wage_account", "account = 4, bank_account = 1, project = 4"),
        new("obligation", "obligation = 3, kind = 'Unpaid', project = 4, subcontractor = 1, payroll = 1, episode = 1, "
            + "state = 'Demanded', lines = 1, lines_open = 1, " + January),
        new("earmark", "earmark = 1, account = 4, obligation = 3"),
        new("release", "release = 4, kind = 'Advance', account = 4, state = 'Filed', lines = 1, obligation = 3, "
            + "earmark = 1"),
        new("account_entry", "account = 4, n = 1, kind = 'BankCredit', posted_delta_fen = 3000, posted_after_fen = 3000, "
            + "reserved_delta_fen = 3000, reserved_after_fen = 3000, earmark = 1, earmark_delta_fen = 3000, "
            + "document = 'd1', document_line = 2"),
        new("account_entry", "account = 4, n = 2, kind = 'Reserve', posted_after_fen = 3000, reserved_after_fen = 3000, "
            + "release = 4, earmark = 1, earmark_delta_fen = -1000"),
        new("funding_date", "project = 1, agreed_on = '2026-01-15', version = 1, amount_fen = 1000"),
        new("pay_order", "pay_order = 1, number = 'n1'"),
        new("pay_order_line", "pay_order = 1, line = 1, project = 1, subcontractor = 1, amount_fen = 1000"),
        // Worker 7's supplement went out in file 9, which a backup forgot; worker 4's wage is matched.
        new("ledger_restore", "restore = 1, epoch = 'R2', journal = 'd1', sends = 1"),
        new("journalled_send", "send = 1, restore = 1, account = 1, profile = 'p', kind = 'Ordinary', reference = 'r9', "
            + "digest = 'x', lines = 2, total_fen = 2000, file = 9"),
        new("journalled_send", "send = 2, restore = 1, account = 1, profile = 'p', kind = 'Ordinary', reference = 'r1', "
            + "digest = 'y', lines = 1, total_fen = 1000, file = 1"),
        new("file_sending", "sending = '0a', file = 9"),
        new("journalled_recall", "reference = 'r9C01', digest = 'x', restore = 1, rows = '*'"),
        new("journalled_cards", "reference = 'r12', digest = 'x', restore = 1, profile = 'p', lines = 2"),
        Journalled(1, 1, 7, 1), Journalled(1, 2, 5), Journalled(2, 3, 4),
        new("journalled_line_left", "send = 2, line = 3, cause = 'Matched'"),
        new("proposal", "proposal = 2, verb = 'restore.resolve', subject = 'send/1', body = 'b', person = 1, "
            + "state = 'Decided', decided_by = 2"),
        new("journalled_line_left", "send = 1, line = 2, cause = 'Absent', document = 'd2'"),
        new("journalled_word", "send = 1, line = 1, seq = 1, kind = 'Rejected', source = 'Report', document = 'd1'"),
    ];

    private static SeedRow Recall(int proposal, string body) => new("proposal", $"proposal = {proposal}, "
        + $"verb = 'file.recall', subject = 'file/1', body = '{body}', person = 1, state = 'Decided', decided_by = 2");

    /// <summary>What two people decided, so that a forgery of a void or a discharge breaks no other law but its own.</summary>
    private static SeedRow[] Decided()
    {
        (string Verb, string Subject, string Body)[] all =
        [
            ("claim.void", "claim/1", "d2"), ("claim.void", "claim/2", "d2"), ("claim.void", "claim/5", "d2"),
            ("claim.void", "claim/7", "d2"), ("claim.void", "claim/3", "d9"), ("arrears.discharge", "claim/1", "d2"),
            ("arrears.discharge", "claim/3", "d2"), ("arrears.discharge", "claim/7", "d2"),
            ("line.resolve", "file/1/row/3", "Returned d2"), ("file.resolve", "file/1", "refused d2"),
            ("person.rekey", "person/li", "d2 2"), ("person.rekey", "person/li", "d2 3"),
            ("feed.subscribe", "subscriber/other", "b"),
        ];
        return [.. all.Select((d, i) => new SeedRow("proposal", $"proposal = {10 + i}, verb = '{d.Verb}', "
            + $"subject = '{d.Subject}', body = '{d.Body}', person = 1, state = 'Decided', decided_by = 2"))];
    }

    private static SeedRow Journalled(int send, int line, int worker, int component = 0) =>
        new("journalled_line", $"send = {send}, line = {line}, project_code = 'p1', employer_code = 'c1', revision = 1, "
            + $"component = {component}, worker_hash = 'w{worker}', payee_hash = x'0{worker}', amount_fen = 1000, {January}");

    private static SeedRow[] Worker(int worker) =>
    [
        new("worker", $"worker = {worker}, identity_hash = 'w{worker}'"),
        new("payee_account", $"worker = {worker}, version = 1, account_hash = x'0{worker}', proposed_by = 1"),
        new("payee_approval", $"worker = {worker}, version = 1, approved_by = 2"),
    ];

    private static SeedRow[] Registered(int project, int worker) =>
        [new("registration", $"project = {project}, employer = 1, worker = {worker}")];

    private static SeedRow Payroll(int payroll, string rest) =>
        new("payroll", $"payroll = {payroll}, state = 'Approved', {OfProject1}, {rest}");

    private static SeedRow Claim(int claim, int worker, int line) =>
        new("wage_claim", $"claim = {claim}, worker = {worker}, payroll = 1, payroll_line = {line}, revision = 1, "
            + "project = 1, employer = 1, gross_fen = 1000, net_fen = 1000, " + January);

    private static SeedRow File(int file, string rest, int lines = 1, int fen = 0) =>
        new("disbursement_file", $"file = {file}, profile = 'p', lines = {lines}, lines_open = {lines}, "
            + $"total_fen = {fen}, open_fen = {fen}, {rest}");

    private static SeedRow Paid(int claim, int row) =>
        new("payment", $"claim = {claim}, attempt = 1, channel = 'File', release = 1, file = 1, row_reference = {row}, "
            + $"amount_fen = 1000, payee_version = 1, payee_hash = x'0{claim}'");
}

using System.Text.Json;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using NodaTime;

namespace Disbursement.Host.Storage;

internal sealed partial class SetQueries
{
    // Answers of long lists come in pieces, so that neither side holds all of them twice.
    private const int ListedAtOnce = 5000;

    private const string WorkersSql = """
        SELECT w.worker, w.identity_hash, w.sealed, p.version AS payee_version, p.sealed AS payee_sealed,
            p.bank_code, k.secret
        FROM worker w
        LEFT JOIN payee_account p ON p.ledger = w.ledger AND p.worker = w.worker AND p.version =
            (SELECT max(v.version) FROM payee_account v WHERE v.ledger = w.ledger AND v.worker = w.worker)
        LEFT JOIN subject_key k ON k.ledger = w.ledger AND k.subject = 'worker/' || w.worker
        WHERE w.ledger = @ledger AND w.identity_hash IN @listed
          AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.ledger = w.ledger AND e.worker = w.worker)
        ORDER BY w.worker
        """;

    // CROSS JOIN keeps SQLite to this order, from the people asked for: without statistics it begins with the register.
    private const string RegistrationsSql = """
        SELECT w.identity_hash, w.worker, w.sealed, k.secret, j.code AS project, e.credit_code AS employer,
            g.team, g.joined_on, g.left_on
        FROM worker w
        CROSS JOIN registration g
        CROSS JOIN project j
        CROSS JOIN employer e
        LEFT JOIN subject_key k ON k.ledger = w.ledger AND k.subject = 'worker/' || w.worker
        WHERE w.ledger = @ledger AND w.identity_hash IN @listed
          AND NOT EXISTS (SELECT 1 FROM erasure e WHERE e.ledger = w.ledger AND e.worker = w.worker)
          AND g.ledger = w.ledger AND g.worker = w.worker
          AND j.ledger = g.ledger AND j.project = g.project
          AND e.ledger = g.ledger AND e.employer = g.employer
          AND g.version = (SELECT max(v.version) FROM registration v WHERE v.ledger = g.ledger
            AND v.project = g.project AND v.employer = g.employer AND v.worker = g.worker)
        ORDER BY w.worker, g.project, g.employer
        """;

    private static readonly string NewestRegistrationsSql = TableMap<RegistrationRow>.Shared.Select + """
         g WHERE g.ledger = @ledger AND g.worker IN @listed
          AND g.version = (SELECT max(v.version) FROM registration v WHERE v.ledger = g.ledger
            AND v.project = g.project AND v.employer = g.employer AND v.worker = g.worker)
        ORDER BY g.project, g.employer, g.worker
        """;

    private static readonly string TermsSql = TableMap<ContractTermsRow>.Shared.Select + """
         t WHERE t.ledger = @ledger AND t.project = @project AND t.worker IN @listed
        ORDER BY t.worker, t.version
        """;

    private const string AgreedPayDaysSql = """
        SELECT DISTINCT t.pay_cycle, t.pay_day, t.piece_due_on
        FROM worker w
        LEFT JOIN contract_terms t ON t.ledger = w.ledger AND t.project = @project AND t.worker = w.worker
          AND t.version = (SELECT n.version FROM contract_terms n WHERE n.ledger = w.ledger AND n.project = @project
            AND n.worker = w.worker AND n.signed_on <= @at ORDER BY n.signed_on DESC, n.version DESC LIMIT 1)
        WHERE w.ledger = @ledger AND w.worker IN @listed
        """;

    private static readonly string AttendanceSql = TableMap<AttendanceRow>.Shared.Select + """
         a WHERE a.ledger = @ledger AND a.project = @project AND a.worker IN @listed AND a.day BETWEEN @from AND @to
          AND a.version = (SELECT max(v.version) FROM attendance v WHERE v.ledger = a.ledger
            AND v.project = a.project AND v.worker = a.worker AND v.day = a.day)
        ORDER BY a.worker, a.day
        """;

    // Two statements, not "all or of one document" in one: that would walk every account for each sheet approved.
    private static readonly string PendingPayeesSql = PendingPayeesWhere("p.ledger = @ledger");
    private static readonly string PendingPayeesOfDocumentSql =
        PendingPayeesWhere("p.ledger = @ledger AND p.document = @document");

    private static string PendingPayeesWhere(string asked) =>
        $"{TableMap<PayeeAccountRow>.Shared.Select} p WHERE {asked}" + """
         AND NOT EXISTS (SELECT 1 FROM payee_approval a
            WHERE a.ledger = p.ledger AND a.worker = p.worker AND a.version = p.version)
        ORDER BY p.worker, p.version
        """;

    public IReadOnlyList<KnownWorker> Workers(IReadOnlyCollection<string> identityHashes) =>
        Listed<KnownWorker, string>(WorkersSql, identityHashes);

    public IReadOnlyList<RegisteredAnywhere> Registrations(IReadOnlyCollection<string> identityHashes) =>
        Listed<RegisteredAnywhere, string>(RegistrationsSql, identityHashes);

    public IReadOnlyList<RegistrationRow> NewestRegistrations(IReadOnlyCollection<long> workers) =>
        Listed<RegistrationRow, long>(NewestRegistrationsSql, workers);

    public IReadOnlyList<ContractTermsRow> Terms(long project, IReadOnlyCollection<long> workers) =>
        Listed<ContractTermsRow, long>(TermsSql, workers, ("project", project));

    public IReadOnlyList<AgreedTerms> AgreedPayDays(long project, IReadOnlyCollection<long> workers, LocalDate at) =>
        [.. Listed<AgreedTerms, long>(AgreedPayDaysSql, workers, ("project", project), ("at", at)).Distinct()
            .OrderBy(t => t.PayCycle, StringComparer.Ordinal).ThenBy(t => t.PayDay).ThenBy(t => t.PieceDueOn)];

    public IReadOnlyList<AttendanceRow> Attendance(
        long project, IReadOnlyCollection<long> workers, LocalDate from, LocalDate to) =>
        Listed<AttendanceRow, long>(AttendanceSql, workers, ("project", project), ("from", from), ("to", to));

    public IReadOnlyList<PayeeAccountRow> PendingPayees(string? document) =>
        document is null ? view.Ask<PayeeAccountRow>(PendingPayeesSql)
            : view.Ask<PayeeAccountRow>(PendingPayeesOfDocumentSql, ("document", document));

    private List<T> Listed<T, TKey>(
        string sql, IReadOnlyCollection<TKey> keys, params ReadOnlySpan<(string Name, object Value)> values)
    {
        // One parameter whatever the length, so that the statement stays the same: an array, or an array in JSON.
        var text = sql.Replace("IN @listed",
            view.Postgres ? "= ANY(@listed)" : "IN (SELECT value FROM json_each(@listed))", StringComparison.Ordinal);
        var rows = new List<T>(keys.Count);
        foreach (var some in keys.Chunk(ListedAtOnce))
            rows.AddRange(view.Ask<T>(text,
                [.. values, ("listed", view.Postgres ? some : JsonSerializer.Serialize(some))]));
        return rows;
    }
}

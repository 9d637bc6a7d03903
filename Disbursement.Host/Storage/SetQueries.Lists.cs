using Disbursement.Engine.Arrears;
using NodaTime;

namespace Disbursement.Host.Storage;

/// <summary>A worker where they are registered, as of the newest version.</summary>
internal sealed record ListedWorker
{
    public required long Worker { get; init; }
    public required string Project { get; init; }
    public required string Employer { get; init; }
    public required string Team { get; init; }
    public required string Trade { get; init; }
    public required LocalDate JoinedOn { get; init; }
    public LocalDate? LeftOn { get; init; }

    /// <summary>Until when the records were kept of a worker whose data were erased; else null.</summary>
    public LocalDate? ErasedAfter { get; init; }
}

/// <summary>A wage account, or the unallocated one of its bank account, with what its last entry left.</summary>
internal sealed record ListedAccount
{
    public required long Account { get; init; }
    public required long BankAccount { get; init; }
    public required string Profile { get; init; }
    public string? Project { get; init; }
    public string? ProjectName { get; init; }
    public required long PostedFen { get; init; }
    public required long ReservedFen { get; init; }
}

/// <summary>A key of a person, in one of its versions.</summary>
internal sealed record ListedKey
{
    public required long Person { get; init; }
    public required string Handle { get; init; }
    public required long Version { get; init; }
    public required long Newest { get; init; }

    /// <summary>Null with its key: from this version on the person has none.</summary>
    public string? Algorithm { get; init; }
    public string? PublicKey { get; init; }
}

/// <summary>Lists for people to look things up by: a page each, in order of number, row by row.</summary>
internal sealed partial class SetQueries
{
    // A page ends with a whole worker, however many registrations each has.
    private const string WorkerPageSql = """
        SELECT g.worker, j.code AS project, e.credit_code AS employer, g.team, g.trade, g.joined_on, g.left_on,
            x.retained_until AS erased_after
        FROM (SELECT DISTINCT r.worker FROM registration r
            WHERE r.ledger = @ledger AND r.worker > @after AND (@worker = 0 OR r.worker = @worker)
              AND (@project = 0 OR r.project = @project)
            ORDER BY r.worker LIMIT @most) page
        CROSS JOIN registration g
        CROSS JOIN project j
        CROSS JOIN employer e
        LEFT JOIN erasure x ON x.ledger = @ledger AND x.worker = page.worker
        WHERE g.ledger = @ledger AND g.worker = page.worker AND (@project = 0 OR g.project = @project)
          AND j.ledger = g.ledger AND j.project = g.project
          AND e.ledger = g.ledger AND e.employer = g.employer
          AND g.version = (SELECT max(v.version) FROM registration v WHERE v.ledger = g.ledger
            AND v.project = g.project AND v.employer = g.employer AND v.worker = g.worker)
        ORDER BY g.worker, g.project, g.employer
        """;

    private const string AccountPageSql = """
        SELECT a.account, a.bank_account, b.profile, j.code AS project, j.name AS project_name,
            COALESCE(e.posted_after_fen, 0) AS posted_fen, COALESCE(e.reserved_after_fen, 0) AS reserved_fen
        FROM wage_account a
        JOIN bank_account b ON b.ledger = a.ledger AND b.bank_account = a.bank_account
        LEFT JOIN project j ON j.ledger = a.ledger AND j.project = a.project
        LEFT JOIN account_entry e ON e.ledger = a.ledger AND e.account = a.account
          AND e.n = (SELECT max(x.n) FROM account_entry x WHERE x.ledger = a.ledger AND x.account = a.account)
        WHERE a.ledger = @ledger AND a.account > @after
        ORDER BY a.account
        LIMIT @most
        """;

    private const string KeyPageSql = """
        SELECT p.person, p.handle, k.version, k.algorithm, k.public_key,
            COALESCE((SELECT max(x.version) FROM person_key x WHERE x.ledger = p.ledger AND x.person = p.person), 1)
              AS newest
        FROM (SELECT q.person FROM person q WHERE q.ledger = @ledger AND q.person > @after
            ORDER BY q.person LIMIT @most) page
        JOIN person p ON p.ledger = @ledger AND p.person = page.person
        JOIN (SELECT ledger, person, 1 AS version, algorithm, public_key FROM person
            UNION ALL SELECT ledger, person, version, algorithm, public_key FROM person_key) k
          ON k.ledger = p.ledger AND k.person = p.person
        ORDER BY p.person, k.version
        """;

    private const string ClaimPageSql = FactsOfClaims + """
         WHERE c.ledger = @ledger AND c.claim IN (SELECT k.claim FROM wage_claim k
            WHERE k.ledger = @ledger AND k.claim > @after AND (@project = 0 OR k.project = @project)
            ORDER BY k.claim LIMIT @most)
        ORDER BY c.claim
        """;

    private const string ClaimPageOfPayrollSql = FactsOfClaims + """
         WHERE c.ledger = @ledger AND c.claim IN (SELECT k.claim FROM wage_claim k
            WHERE k.ledger = @ledger AND k.payroll = @payroll AND k.claim > @after
              AND (@project = 0 OR k.project = @project) AND (@worker = 0 OR k.worker = @worker)
            ORDER BY k.claim LIMIT @most)
        ORDER BY c.claim
        """;

    private const string ClaimPageOfWorkerSql = FactsOfClaims + """
         WHERE c.ledger = @ledger AND c.claim IN (SELECT k.claim FROM wage_claim k
            WHERE k.ledger = @ledger AND k.worker = @worker AND k.claim > @after
              AND (@project = 0 OR k.project = @project)
            ORDER BY k.claim LIMIT @most)
        ORDER BY c.claim
        """;

    /// <param name="project">Only of this project; 0: of all. So with every filter below.</param>
    /// <param name="after">Begin after this number.</param>
    /// <param name="most">So many workers.</param>
    public IEnumerable<ListedWorker> WorkerPage(long project, long worker, long after, long most) =>
        view.Stream<ListedWorker>(WorkerPageSql, ("project", project), ("worker", worker), ("after", after),
            ("most", most));

    public IEnumerable<ListedAccount> AccountPage(long after, long most) =>
        view.Stream<ListedAccount>(AccountPageSql, ("after", after), ("most", most));

    /// <param name="most">So many people, each with every key.</param>
    public IEnumerable<ListedKey> KeyPage(long after, long most) =>
        view.Stream<ListedKey>(KeyPageSql, ("after", after), ("most", most));

    public IEnumerable<ClaimFacts> ClaimPage(long project, long payroll, long worker, long after, long most) =>
        view.Stream<ClaimFacts>(
            payroll > 0 ? ClaimPageOfPayrollSql : worker > 0 ? ClaimPageOfWorkerSql : ClaimPageSql,
            ("project", project), ("payroll", payroll), ("worker", worker), ("after", after), ("most", most));
}

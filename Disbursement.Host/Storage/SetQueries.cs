using Disbursement.Engine.Accounts;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;

namespace Disbursement.Host.Storage;

/// <summary>The set-based questions, one readable statement each, the same text on both engines.</summary>
internal sealed partial class SetQueries(LedgerView view) : ISetQueries
{
    private const string RegisteredSql = """
        SELECT g.worker, g.employer, g.team, w.identity_hash, w.sealed, g.joined_on, g.left_on, k.secret
        FROM registration g
        JOIN worker w ON w.ledger = g.ledger AND w.worker = g.worker
        LEFT JOIN subject_key k ON k.ledger = w.ledger AND k.subject = 'worker/' || w.worker
        WHERE g.ledger = @ledger AND g.project = @project
          AND g.version = (SELECT max(v.version) FROM registration v WHERE v.ledger = g.ledger
            AND v.project = g.project AND v.employer = g.employer AND v.worker = g.worker)
        ORDER BY g.worker, g.employer
        """;

    public IReadOnlyList<RegisteredWorker> Registered(long project) =>
        view.Ask<RegisteredWorker>(RegisteredSql, ("project", project));

    public AccountEntryRow? LastEntry(long account) => view.Ask<AccountEntryRow>(
        TableMap<AccountEntryRow>.Shared.Select
            + " WHERE ledger = @ledger AND account = @account ORDER BY n DESC LIMIT 1",
        ("account", account)) is [var last] ? last : null;
}

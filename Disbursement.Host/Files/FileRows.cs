using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Files;

/// <summary>
/// One row of a file as it stands in the tables: whose claim, how much, and the sealed payee account.
/// </summary>
public sealed record FileRow
{
    public required long RowReference { get; init; }
    public required long AmountFen { get; init; }
    public required long PayeeVersion { get; init; }
    public required long Worker { get; init; }
    public required long Payroll { get; init; }
    public required long PayrollLine { get; init; }
    public required long Project { get; init; }
    public required long Employer { get; init; }
    public required string Period { get; init; }
    public required long Component { get; init; }
    public required long Revision { get; init; }
    public required string ProjectCode { get; init; }
    public required string EmployerCode { get; init; }
    public required ReleaseKind ReleaseKind { get; init; }
    public required byte[] PayeeHash { get; init; }
    public required string IdentityHash { get; init; }
    public required string BankCode { get; init; }
    public required byte[] Sealed { get; init; }
    public byte[]? Secret { get; init; }
}

/// <summary>Reads files with their rows and the profile they were built by, outside the lock.</summary>
public static class FileRows
{
    private const string Sql = """
        SELECT p.row_reference, p.amount_fen, p.payee_version, c.worker, c.payroll, c.payroll_line,
          c.project, c.employer,
            c.period, c.component, c.revision, w.identity_hash, y.bank_code, y.sealed, k.secret, p.payee_hash,
            t.code AS project_code, e.credit_code AS employer_code, r.kind AS release_kind
        FROM payment p
        JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        JOIN project t ON t.ledger = c.ledger AND t.project = c.project
        JOIN employer e ON e.ledger = c.ledger AND e.employer = c.employer
        JOIN release r ON r.ledger = p.ledger AND r.release = p.release
        JOIN worker w ON w.ledger = c.ledger AND w.worker = c.worker
        JOIN payee_account y ON y.ledger = c.ledger AND y.worker = c.worker AND y.version = p.payee_version
        LEFT JOIN subject_key k ON k.ledger = w.ledger AND k.subject = 'worker/' || w.worker
        WHERE p.ledger = @ledger AND p.file = @file
        ORDER BY p.row_reference
        """;

    public static IReadOnlyList<FileRow> Of(LedgerView view, long file) => view.Ask<FileRow>(Sql, ("file", file));

    public static DisbursementFileRow? Find(LedgerView view, long file) =>
        view.Find<DisbursementFileRow>(("file", file));

    /// <summary>The profile in the version the file was built by.</summary>
    public static BankProfile Profile(LedgerView view, DisbursementFileRow file)
    {
        var adoption = view.Find<AdoptionRow>(("kind", Adopt.Profile), ("name", file.Profile),
            ("version", file.ProfileVersion))
            ?? throw new DefectException($"file {file.Reference}: its profile is not adopted");
        var bytes = view.Vault.Open(adoption.Document)
            ?? throw new DefectException($"profile {file.Profile} is not there");
        return System.Text.Json.JsonSerializer.Deserialize<BankProfile>(bytes, BankProfile.Json)
            ?? throw new DefectException($"profile {file.Profile} does not parse");
    }
}

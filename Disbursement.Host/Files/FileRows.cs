using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
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
            c.period, c.component, c.revision, w.identity_hash, y.bank_code, y.sealed, k.secret
        FROM payment p
        JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        JOIN worker w ON w.ledger = c.ledger AND w.worker = c.worker
        JOIN payee_account y ON y.ledger = c.ledger AND y.worker = c.worker AND y.version = p.payee_version
        LEFT JOIN subject_key k ON k.ledger = w.ledger AND k.subject = 'worker/' || w.worker
        WHERE p.ledger = @ledger AND p.file = @file
        ORDER BY p.row_reference
        """;

    public static IReadOnlyList<FileRow> Of(LedgerView view, long file) => view.Ask<FileRow>(Sql, ("file", file));

    /// <summary>The claims of a file as the send journal names them, in the order of its rows.</summary>
    public static IReadOnlyList<JournalledClaim> ClaimsOf(LedgerView view, long file) => view.Queries.FileClaims(file);

    public static DisbursementFileRow? Find(LedgerView view, long file) =>
        view.Find<DisbursementFileRow>(("file", file));

    /// <summary>The profile in the version the file was built by.</summary>
    public static BankProfile Profile(LedgerView view, DisbursementFileRow file) =>
        Profile(view, file.Profile, file.ProfileVersion);

    /// <summary>A profile in a version that the ledger adopted.</summary>
    public static BankProfile Profile(LedgerView view, string name, long version)
    {
        var adoption = view.Find<AdoptionRow>(("kind", Adopt.Profile), ("name", name), ("version", version))
            ?? throw new DefectException($"version {version} of profile {name} is not adopted");
        var bytes = view.Vault.Open(adoption.Document)
            ?? throw new DefectException($"profile {name} is not there");
        return BankProfile.Of(bytes)
            ?? throw new DefectException($"profile {name} does not parse");
    }
}

using System.Text.Json;
using Disbursement.Engine.People;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Demo;

/// <summary>
/// Our claims paid by file against the banks' own books: what each payee's account got and kept, in fen.
/// </summary>
public static class BankComparison
{
    private const string CreditsSql = """
        SELECT f.profile, c.worker, p.payee_version AS version, y.sealed, k.secret,
          CAST(SUM(p.amount_fen) AS bigint) AS fen
        FROM payment p
        JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
        JOIN disbursement_file f ON f.ledger = p.ledger AND f.file = p.file
        JOIN payee_account y ON y.ledger = c.ledger AND y.worker = c.worker AND y.version = p.payee_version
        LEFT JOIN subject_key k ON k.ledger = c.ledger AND k.subject = 'worker/' || c.worker
        WHERE p.ledger = @ledger
          AND EXISTS (SELECT 1 FROM payment_outcome o WHERE o.ledger = p.ledger AND o.claim = p.claim
            AND o.attempt = p.attempt AND o.kind = 'Settled')
          AND NOT EXISTS (SELECT 1 FROM payment_death d
            WHERE d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt)
        GROUP BY f.profile, c.worker, p.payee_version, y.sealed, k.secret
        """;

    /// <summary>Differences, one sentence each; none where both books agree.</summary>
    public static IReadOnlyList<string> Differences(LedgerView view,
        IReadOnlyDictionary<string, SandboxProcess> banks) =>
        Differences(view, banks.Keys, profile => banks[profile].Books());

    /// <summary>The same against books that are had in another way.</summary>
    public static IReadOnlyList<string> Differences(LedgerView view, IEnumerable<string> profiles,
        Func<string, JsonDocument> books)
    {
        var differences = new List<string>();
        var ours = view.Ask<Credit>(CreditsSql).GroupBy(c => c.Profile).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var profile in profiles)
        {
            var expected = new SortedDictionary<string, long>(StringComparer.Ordinal);
            foreach (var credit in ours.GetValueOrDefault(profile) ?? [])
            {
                view.Vault.Offer($"worker/{credit.Worker}", credit.Secret);
                var account = PayeeText.Open(view.Vault, credit.Worker, credit.Version, credit.Sealed)!.Account;
                expected[account] = expected.GetValueOrDefault(account) + credit.Fen;
            }
            foreach (var (account, net) in NetCredits(books(profile)))
            {
                var fen = expected.GetValueOrDefault(account);
                if (fen != net)
                    differences.Add(
                        $"{profile}: an account ending {account[^4..]} got {net} fen by the bank's books, "
                        + $"{fen} by ours");
                expected.Remove(account);
            }
            foreach (var (account, fen) in expected)
                differences.Add(
                    $"{profile}: an account ending {account[^4..]} got nothing by the bank's books, {fen} fen by ours");
        }
        return differences;
    }

    private static IEnumerable<(string Account, long Fen)> NetCredits(JsonDocument bank)
    {
        using var books = bank;
        return [.. books.RootElement.GetProperty("payees").EnumerateArray()
            .Select(p => (p.GetProperty("account").GetString()!, p.GetProperty("net_fen").GetInt64()))
            .Where(p => p.Item2 != 0)];
    }

    private sealed record Credit
    {
        public required string Profile { get; init; }
        public required long Worker { get; init; }
        public required long Version { get; init; }
        public required byte[] Sealed { get; init; }
        public byte[]? Secret { get; init; }
        public required long Fen { get; init; }
    }
}

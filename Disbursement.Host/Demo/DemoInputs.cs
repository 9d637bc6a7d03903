using Disbursement.Engine.Primitives;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Demo;

/// <summary>The demo's input files, as they lie in its folder.</summary>
public static class DemoInputs
{
    public static byte[] Bytes(DemoFolder folder, string name) => File.ReadAllBytes(Path.Combine(folder.Inputs, name));

    /// <summary>Rows of one of the demo's own lists (plain UTF-8, no quotes) by heading.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(DemoFolder folder, string name)
    {
        var lines = File.ReadAllLines(Path.Combine(folder.Inputs, name)).Where(l => l.Length > 0).ToList();
        var headings = lines[0].TrimStart('﻿').Split(',');
        return [.. lines.Skip(1).Select(l => headings.Zip(l.Split(','))
            .ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal))];
    }

    /// <summary>An unpaid claim in an open obligation that no waiting release carries, or null.</summary>
    public static long? FirstOverdueClaim(LedgerView view) => view.Ask<long?>("""
        SELECT min(l.claim)
        FROM obligation_line l
        JOIN wage_claim c ON c.ledger = l.ledger AND c.claim = l.claim
        WHERE l.ledger = @ledger
          AND NOT EXISTS (SELECT 1 FROM obligation_line_left x
            WHERE x.ledger = l.ledger AND x.obligation = l.obligation AND x.line = l.line)
          AND NOT EXISTS (SELECT 1 FROM payment p WHERE p.ledger = l.ledger AND p.claim = l.claim
            AND NOT EXISTS (SELECT 1 FROM payment_death d
                WHERE d.ledger = p.ledger AND d.claim = p.claim AND d.attempt = p.attempt))
          AND NOT EXISTS (SELECT 1 FROM release_range g
            JOIN release r ON r.ledger = g.ledger AND r.release = g.release
            WHERE g.ledger = c.ledger AND g.payroll = c.payroll AND c.payroll_line BETWEEN g.from_line AND g.to_line
              AND r.state IN ('Planned', 'Funded', 'Short')
              AND NOT EXISTS (SELECT 1 FROM release_left f WHERE f.ledger = g.ledger AND f.release = g.release
                AND f.payroll = g.payroll AND c.payroll_line BETWEEN f.from_line AND f.to_line))
        """)[0];
}

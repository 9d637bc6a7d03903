using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Security;

namespace Disbursement.Host.Audit;

/// <summary>What a proof file turned out to be. With warnings only, it proves its row.</summary>
public sealed record ProofVerdict(ProofFile? Proof, IReadOnlyList<Finding> Findings)
{
    /// <summary>Nothing was refused.</summary>
    public bool Valid => Findings.All(f => f.Rule.Severity != Severity.Refusal);
}

/// <summary>
/// Checks a proof file alone: no database, no network, no other file but the key the reader may name.
/// </summary>
public static class ProofCheck
{
    /// <summary>Checks with the key file; without one with the keys in the proof, which is said as a warning.</summary>
    public static ProofVerdict Check(string file, string? keyFile = null)
    {
        if (!ProofFile.TryParse(File.ReadAllBytes(file), out var proof, out var error))
            return new(null, [AuditRules.ProofMalformed.Of(error)]);
        if (keyFile is null)
        {
            var warnings = proof.Keys.Select(key => AuditRules.KeyFromFolder.Of(key.Text));
            return new(proof, [.. proof.Check([.. proof.Keys.Select(NoteKeys.Verifier)]), .. warnings]);
        }
        var trusted = File.Exists(keyFile) ? NoteKeys.ReadFile(File.ReadAllBytes(keyFile)) : null;
        return trusted is null
            ? new(proof, [AuditRules.KeyMalformed.Of(keyFile)])
            : new(proof, proof.Check(trusted));
    }
}

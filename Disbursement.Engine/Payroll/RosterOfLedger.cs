using Disbursement.Engine.People;
using Disbursement.Engine.Ports;

namespace Disbursement.Engine.Payroll;

/// <summary>
/// The ledger's register as a payroll sheet is held to it: one question to the store for the whole sheet.
/// </summary>
internal sealed class RosterOfLedger : IRosterLookup
{
    private readonly IVault _vault;
    private readonly ILookup<string, RegisteredAnywhere> _byHash;
    private readonly Dictionary<string, string> _hashes = new(StringComparer.Ordinal);

    /// <param name="identities">The identity numbers of the sheet, as written.</param>
    public RosterOfLedger(ISetQueries queries, IVault vault, IEnumerable<string> identities)
    {
        _vault = vault;
        foreach (var identity in identities) _hashes.TryAdd(identity, WorkerText.HashOf(vault, identity));
        _byHash = queries.Registrations([.. _hashes.Values.Distinct()]).ToLookup(r => r.IdentityHash);
    }

    /// <summary>How often the registers were written: equal numbers, equal answers.</summary>
    public long Written { get; init; }

    public Registration? Find(string identity, string project, string employer)
    {
        RegisteredAnywhere? found = null;
        var hash = _hashes.TryGetValue(identity, out var known) ? known : WorkerText.HashOf(_vault, identity);
        foreach (var entry in _byHash[hash])
        {
            if (Closeness(entry, project, employer) > (found is null ? -1 : Closeness(found, project, employer)))
                found = entry;
        }
        if (found is null) return null;
        // An erased worker has no name to compare with: the sheet then refuses the line by its name.
        var name = WorkerText.Open(_vault, found.Worker, found.Secret, found.Sealed)?.Name ?? "";
        return new Registration(
            found.Worker, name, found.Project, found.Employer, found.Team, found.JoinedOn, found.LeftOn);
    }

    private static int Closeness(RegisteredAnywhere entry, string project, string employer) =>
        entry.Project != project ? 0 : entry.Employer == employer ? 2 : 1;
}

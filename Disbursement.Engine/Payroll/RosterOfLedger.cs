using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Payroll;

/// <summary>
/// The ledger's register as a payroll sheet is held to it: one question to the store for the whole sheet.
/// </summary>
internal sealed class RosterOfLedger : IRosterLookup
{
    private readonly DecisionContext _context;
    private readonly ILookup<string, RegisteredAnywhere> _byHash;

    /// <param name="identities">The identity numbers of the sheet, as written.</param>
    public RosterOfLedger(DecisionContext context, IEnumerable<string> identities)
    {
        _context = context;
        string[] hashes = [.. identities.Select(i => WorkerText.HashOf(context.Vault, i)).Distinct()];
        _byHash = context.Queries.Registrations(hashes).ToLookup(r => r.IdentityHash);
    }

    public Registration? Find(string identity, string project, string employer)
    {
        RegisteredAnywhere? found = null;
        foreach (var entry in _byHash[WorkerText.HashOf(_context.Vault, identity)])
        {
            if (Closeness(entry, project, employer) > (found is null ? -1 : Closeness(found, project, employer)))
                found = entry;
        }
        if (found is null) return null;
        // An erased worker has no name to compare with: the sheet then refuses the line by its name.
        var name = WorkerText.Open(_context.Vault, found.Worker, found.Secret, found.Sealed)?.Name ?? "";
        return new Registration(
            found.Worker, name, found.Project, found.Employer, found.Team, found.JoinedOn, found.LeftOn);
    }

    private static int Closeness(RegisteredAnywhere entry, string project, string employer) =>
        entry.Project != project ? 0 : entry.Employer == employer ? 2 : 1;
}

using Disbursement.Engine.People;

namespace Disbursement.Engine.Ports;

/// <summary>Set-based questions to the locked ledger that equality on one table cannot ask.</summary>
public partial interface ISetQueries
{
    /// <summary>Workers registered on a project (newest registration versions), with identity hashes.</summary>
    IReadOnlyList<RegisteredWorker> Registered(long project);

    /// <summary>The last entry of an account: its balance. Null before the first.</summary>
    Accounts.AccountEntryRow? LastEntry(long account);
}

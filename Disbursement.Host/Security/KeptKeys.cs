namespace Disbursement.Host.Security;

/// <summary>
/// Where a rebuild takes its keys from. A vault that has this makes no key of its own: it takes the one that was kept,
/// so that what is sealed again has the same bytes, and only keys that a decision needs come into the new database.
/// </summary>
internal interface IKeptKeys
{
    /// <summary>The kept key, or null where it was erased.</summary>
    byte[]? Find(long ledger, string subject);

    /// <summary>
    /// The bytes of a field whose key was erased, as its row still has them: they cannot be made again, but the leaf's
    /// rows root binds them. Null where there is no such row.
    /// </summary>
    byte[]? ErasedField(long ledger, string subject, string label);
}

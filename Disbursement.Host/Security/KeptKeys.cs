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
    /// <param name="value">
    /// What a decision seals again, read in a sheet that is still there: known to later decisions of the rebuild.
    /// </param>
    byte[]? ErasedField(long ledger, string subject, string label, string value);

    /// <summary>What was to be sealed so, or null: nobody said it, or its erasure was decided meanwhile.</summary>
    string? Known(long ledger, string subject, string label);

    /// <summary>The erasure of a subject was decided: from here on decisions read nothing of it.</summary>
    void Forget(long ledger, string subject);
}

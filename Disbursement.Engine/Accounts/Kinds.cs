namespace Disbursement.Engine.Accounts;

/// <summary>
/// Kinds of account entries. BankCredit, BankDebit: from a statement. Allocation: an unallocated credit shared out to a
/// wage account. Reserve, Release: money set aside for a release and given back. Yield: given back to older due claims.
/// </summary>
public enum EntryKind { BankCredit, BankDebit, Allocation, Reserve, Release, Yield }

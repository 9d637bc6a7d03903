namespace Disbursement.Engine.Accounts;

/// <summary>
/// Kinds of account entries. BankCredit, BankDebit: from a statement. Allocation: an unallocated credit shared out to a
/// wage account. Attribution: a debit that named no file, laid on the file it was for. Reserve, Release: money set
/// aside for a release and given back. Yield: given back to older due claims.
/// </summary>
public enum EntryKind { BankCredit, BankDebit, Allocation, Attribution, Reserve, Release, Yield }

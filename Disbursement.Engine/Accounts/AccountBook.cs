using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Accounts;

/// <summary>
/// The books of one wage account within one decision: starts from the last entry and appends. The balance is the last
/// entry; available = posted − reserved, and an account with available &lt; 0 is Impaired.
/// </summary>
public sealed class AccountBook
{
    private readonly List<AccountEntryRow> _entries = [];
    private readonly long _account;
    private long _n;

    private AccountBook(long account, AccountEntryRow? last)
    {
        _account = account;
        _n = last?.N ?? 0;
        Posted = new(last?.PostedAfterFen ?? 0);
        Reserved = new(last?.ReservedAfterFen ?? 0);
    }

    public Money Posted { get; private set; }
    public Money Reserved { get; private set; }
    public Money Available => Posted - Reserved;
    public bool Impaired => Available < Money.Zero;

    /// <summary>Entries of this decision, to be inserted in this order.</summary>
    public IReadOnlyList<AccountEntryRow> Entries => _entries;

    public static AccountBook Load(DecisionContext context, long account) =>
        new(account, context.Queries.LastEntry(account));

    /// <summary>The bank booked a credit (posted up).</summary>
    public void Credit(Money amount, string document, long line) =>
        Append(EntryKind.BankCredit, amount, Money.Zero, null, null, document, line);

    /// <summary>
    /// The bank booked a debit; what was reserved for it is consumed. Always recorded, whatever it leaves.
    /// </summary>
    public void Debit(Money amount, Money consumed, long? file, string document, long line) =>
        Append(EntryKind.BankDebit, -amount, -consumed, null, file, document, line);

    /// <summary>An unallocated credit is shared out to this account, or away from the unallocated one.</summary>
    public void Allocate(Money amount, string document, long line) =>
        Append(EntryKind.Allocation, amount, Money.Zero, null, null, document, line);

    /// <summary>Sets money aside. Beyond available is a defect: the decider asks first (L2).</summary>
    public void Reserve(Money amount, long release)
    {
        Invariant.Holds(amount <= Available, $"account {_account}: {amount} reserved beyond {Available} available");
        Append(EntryKind.Reserve, Money.Zero, amount, release, null, null, null);
    }

    /// <summary>
    /// Gives back what is not needed any more: a rejected line, a withdrawn file, a cancelled release.
    /// </summary>
    public void Release(Money amount, long? release, long? file) =>
        Append(EntryKind.Release, Money.Zero, -amount, release, file, null, null);

    /// <summary>Gives back to older due claims, or to cover an impairment.</summary>
    public void Yield(Money amount, long release) =>
        Append(EntryKind.Yield, Money.Zero, -amount, release, null, null, null);

    private void Append(EntryKind kind, Money posted, Money reserved, long? release,
        long? file, string? document, long? line)
    {
        if (posted == Money.Zero && reserved == Money.Zero) return;
        Posted += posted;
        Reserved += reserved;
        Invariant.Holds(Reserved >= Money.Zero, $"account {_account}: less than nothing reserved");
        _entries.Add(new AccountEntryRow
        {
            Account = _account,
            N = ++_n,
            Kind = kind,
            PostedDeltaFen = posted.Fen,
            ReservedDeltaFen = reserved.Fen,
            PostedAfterFen = Posted.Fen,
            ReservedAfterFen = Reserved.Fen,
            Release = release,
            File = file,
            Document = document,
            DocumentLine = line,
        });
    }
}

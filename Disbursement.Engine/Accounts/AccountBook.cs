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
    private readonly Func<long, long> _earmarkFen;
    private readonly Dictionary<long, Money> _earmarks = [];
    private long _n;

    private AccountBook(long account, AccountEntryRow? last, Func<long, long> earmarkFen)
    {
        _account = account;
        _earmarkFen = earmarkFen;
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
        new(account, context.Queries.LastEntry(account), context.Queries.EarmarkFen);

    /// <summary>What is left in an earmark of this account: reserved, and for its obligation alone.</summary>
    public Money Earmarked(long earmark) => _earmarks.TryGetValue(earmark, out var known) ? known
        : _earmarks[earmark] = new Money(_earmarkFen(earmark));

    /// <summary>
    /// The bank booked a credit (posted up); one that is earmarked is reserved in the same entry, so it never was free.
    /// </summary>
    public void Credit(Money amount, string document, long line, long? earmark = null) =>
        Append(EntryKind.BankCredit, amount, earmark is null ? Money.Zero : amount, null, null, document, line,
            earmark, amount);

    /// <summary>
    /// The bank booked a debit; what was reserved for it is consumed. Always recorded, whatever it leaves.
    /// </summary>
    public void Debit(Money amount, Money consumed, long? file, string document, long line) =>
        Append(EntryKind.BankDebit, -amount, -consumed, null, file, document, line);

    /// <summary>An unallocated credit is shared out to this account, or away from the unallocated one.</summary>
    public void Allocate(Money amount, string document, long line, long? earmark = null) =>
        Append(EntryKind.Allocation, amount, earmark is null ? Money.Zero : amount, null, null, document, line,
            earmark, amount);

    /// <summary>
    /// A debit of no file is given back where it was booked (file null), or taken for the file it was for, with what
    /// was reserved for it.
    /// </summary>
    public void Attribute(Money amount, Money consumed, long? file, string document, long line) =>
        Append(EntryKind.Attribution, amount, -consumed, null, file, document, line);

    /// <summary>
    /// Sets money aside. Beyond available is a defect: the decider asks first (L2). Out of an earmark it is reserved
    /// already and only changes hands.
    /// </summary>
    public void Reserve(Money amount, long release, long? earmark = null)
    {
        if (earmark is { } own)
        {
            Invariant.Holds(amount <= Earmarked(own), $"earmark {own}: {amount} taken beyond {Earmarked(own)}");
            Append(EntryKind.Reserve, Money.Zero, Money.Zero, release, null, null, null, own, -amount);
            return;
        }
        Invariant.Holds(amount <= Available, $"account {_account}: {amount} reserved beyond {Available} available");
        Append(EntryKind.Reserve, Money.Zero, amount, release, null, null, null);
    }

    /// <summary>
    /// Gives back what is not needed any more: a rejected line, a withdrawn file, a cancelled release. What came out of
    /// an earmark goes back into it.
    /// </summary>
    public void Release(Money amount, long? release, long? file, long? earmark = null) =>
        Append(EntryKind.Release, Money.Zero, earmark is null ? -amount : Money.Zero, release, file, null, null,
            earmark, amount);

    /// <summary>
    /// Gives back to older due claims, or to cover an impairment; what came out of an earmark, into it.
    /// </summary>
    public void Yield(Money amount, long release, long? earmark = null) =>
        Append(EntryKind.Yield, Money.Zero, earmark is null ? -amount : Money.Zero, release, null, null, null,
            earmark, amount);

    /// <summary>What is left of an earmark whose obligation has ended is free for every wage of the account.</summary>
    public void Free(long earmark)
    {
        var left = Earmarked(earmark);
        Append(EntryKind.Release, Money.Zero, -left, null, null, null, null, earmark, -left);
    }

    private void Append(EntryKind kind, Money posted, Money reserved, long? release,
        long? file, string? document, long? line, long? earmark = null, Money earmarked = default)
    {
        if (earmark is null) earmarked = Money.Zero;
        if (posted == Money.Zero && reserved == Money.Zero && earmarked == Money.Zero) return;
        Posted += posted;
        Reserved += reserved;
        if (earmark is { } own) _earmarks[own] = Earmarked(own) + earmarked;
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
            Earmark = earmark,
            EarmarkDeltaFen = earmarked.Fen,
        });
    }
}

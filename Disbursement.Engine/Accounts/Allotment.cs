using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Accounts;

/// <summary>
/// The decision at the send deadline: the account's money over all claims that are due and overdue, by the funding
/// policy. A release covered whole is funded; what is covered of the others goes at once in a partial release.
/// </summary>
internal sealed class Allotment
{
    private readonly DecisionContext _context;
    private readonly AccountBook _book;
    private readonly Changes _changes = new();
    private readonly List<ReleaseRow> _touched = [];
    private readonly Dictionary<long, ReleaseRow> _due;
    private readonly Dictionary<long, IReadOnlyList<ReleaseLine>> _lines = [];
    private readonly Dictionary<long, ILookup<string, ReleaseLine>> _leaving = [];
    private readonly HashSet<long> _funded = [];
    private readonly HashSet<long> _thinned = [];

    private Allotment(DecisionContext context, AccountBook book, IEnumerable<ReleaseRow> due)
    {
        _context = context;
        _book = book;
        _due = due.ToDictionary(r => r.Release);
        var locked = RestoreLock.All(context.Queries);
        foreach (var release in _due.Keys)
        {
            var carried = ReleaseCarriage.Of(context.Rows, context.Queries, release, context.At)
                .ToLookup(l => ReleaseExit.Of(l, locked) ?? "");
            (_lines[release], _leaving[release]) = ([.. carried[""]], carried);
        }
    }

    public static Decision<Changes> Decide(DecisionContext context, long account)
    {
        var releases = context.Rows.List<ReleaseRow>(("account", account));
        var due = releases.Where(r => r.State is ReleaseState.Planned or ReleaseState.Short
            && r.SendBy <= context.At).ToList();
        if (due.Count == 0) return Decision<Changes>.Accept(Changes.Repeated(new Funding([], Money.Zero)));
        var allotment = new Allotment(context, AccountBook.Load(context, account), due);
        // What an advance or an order brought in is earmarked; all else that is not due yet may yield.
        var mayYield = releases.Where(r => r.State == ReleaseState.Funded && r.SendBy > context.At
            && r.Kind is not (ReleaseKind.Advance or ReleaseKind.Deposit)).ToList();
        return allotment.Decide(account, mayYield);
    }

    private Decision<Changes> Decide(long account, IReadOnlyList<ReleaseRow> mayYield)
    {
        var earmarked = _due.Values.OrderBy(r => r.Release).Aggregate(Money.Zero, (sum, r) => sum + FromEarmark(r));
        var claims = _lines.SelectMany(r => Due(r.Key, r.Value)).ToList();
        var wanted = Sum(claims);
        Yield(claims, wanted, mayYield);
        var covered = FundingPolicy.Cover(_book.Available, claims);
        var shares = covered.GroupBy(c => c.Release)
            .ToDictionary(g => g.Key, g => g.Select(c => (c.Payroll, c.Line)).ToHashSet());
        var parts = new List<(ReleaseRow Release, IReadOnlyList<ReleaseLine> Lines)>();
        foreach (var release in _due.Values.Where(r => !_funded.Contains(r.Release)).OrderBy(r => r.Release))
        {
            var lines = _lines[release.Release];
            if (lines.Count == 0) Touch(release with { State = Next(release, ReleaseTrigger.Cancel) });
            else if (!shares.TryGetValue(release.Release, out var share)) Wait(release);
            else if (share.Count == lines.Count) Fund(release, lines);
            else parts.Add((release, [.. lines.Where(l => share.Contains((l.Payroll, l.PayrollLine)))]));
        }
        foreach (var kind in parts.GroupBy(p => (Kind: KindOfPart(p.Release.Kind), p.Release.Obligation))
            .OrderBy(g => g.Key.Kind).ThenBy(g => g.Key.Obligation))
        {
            Part(account, kind.Key.Kind, kind.Key.Obligation, [.. kind]);
            foreach (var part in kind) Thin(part.Release, part.Lines);
        }
        var lacking = wanted - Sum(covered);
        _changes.Result = new Funding(_touched, lacking);
        if (_touched.Count == 0) return Decision<Changes>.Accept(Changes.Repeated(_changes.Result));
        _changes.Insert(_book.Entries);
        return Decision<Changes>.Accept(_changes.Count("covered_fen", (earmarked + Sum(covered)).Fen)
            .Count("lacking_fen", lacking.Fen));
    }

    /// <summary>Nothing yields for nothing: only where more of what is due is covered with it.</summary>
    private void Yield(List<DueClaim> claims, Money wanted, IReadOnlyList<ReleaseRow> mayYield)
    {
        var yielding = FundingPolicy.Yield(_book.Available, wanted,
            mayYield.Select(r => new SetAside(r.Release, r.SendBy, new Money(r.ReservedFen))));
        var given = yielding.Aggregate(Money.Zero, (sum, r) => sum + r.Amount);
        var covered = Sum(FundingPolicy.Cover(_book.Available, claims));
        if (Sum(FundingPolicy.Cover(_book.Available + given, claims)) <= covered) return;
        foreach (var part in yielding)
        {
            _book.Yield(part.Amount, part.Release);
            var release = mayYield.First(r => r.Release == part.Release);
            Touch(release with { State = Next(release, ReleaseTrigger.FallShort), ReservedFen = 0 });
        }
    }

    /// <summary>
    /// An advance takes what was earmarked for its obligation before anything else is decided: whole claims, in paying
    /// order; the others then stand with all that is due. So a release is paid out of an earmark or not, never both.
    /// </summary>
    private Money FromEarmark(ReleaseRow release)
    {
        var lines = _lines[release.Release];
        if (lines.Count == 0 || Earmarks.Of(_context.Rows, release) is not { } earmark) return Money.Zero;
        var covered = FundingPolicy.Cover(_book.Earmarked(earmark), Due(release.Release, lines))
            .Select(c => (c.Payroll, c.Line)).ToHashSet();
        var share = lines.Where(l => covered.Contains((l.Payroll, l.PayrollLine))).ToList();
        if (share.Count == 0) return Money.Zero;
        if (share.Count == lines.Count)
        {
            _funded.Add(release.Release);
            Fund(release, lines, earmark);
        }
        else
        {
            Part(release.Account, release.Kind, release.Obligation, [(release, share)], earmark);
            _changes.Insert(ReleaseCarriage.Leave(release.Release, share, ReleaseExit.Covered));
            _thinned.Add(release.Release);
            _lines[release.Release] = [.. lines.Except(share)];
        }
        return new Money(share.Sum(l => l.NetFen));
    }

    private static IEnumerable<DueClaim> Due(long release, IReadOnlyList<ReleaseLine> lines) => lines.Select(l =>
        new DueClaim(release, l.Payroll, l.PayrollLine, l.Period, new Money(l.NetFen)));

    /// <summary>It waits for the money, with the claims its earmark did not reach for.</summary>
    private void Wait(ReleaseRow release)
    {
        if (release.State == ReleaseState.Planned || _thinned.Contains(release.Release))
            Keep(release, _lines[release.Release]);
    }

    /// <summary>It waits with the claims that were not covered.</summary>
    private void Thin(ReleaseRow release, IReadOnlyList<ReleaseLine> covered)
    {
        Keep(release, [.. _lines[release.Release].Except(covered)]);
        _changes.Insert(ReleaseCarriage.Leave(release.Release, covered, ReleaseExit.Covered));
    }

    private void Keep(ReleaseRow release, IReadOnlyList<ReleaseLine> rest) => Touch(release with
    {
        State = release.State == ReleaseState.Short ? release.State : Next(release, ReleaseTrigger.FallShort),
        Lines = rest.Count,
        AmountFen = rest.Sum(l => l.NetFen),
    });

    private void Fund(ReleaseRow release, IReadOnlyList<ReleaseLine> lines, long? earmark = null)
    {
        var amount = new Money(lines.Sum(l => l.NetFen));
        _book.Reserve(amount, release.Release, earmark);
        Touch(release with
        {
            State = Next(release, ReleaseTrigger.Reserve),
            Lines = lines.Count,
            AmountFen = amount.Fen,
            ReservedFen = amount.Fen,
            Earmark = earmark,
        });
    }

    private void Part(long account, ReleaseKind kind, long? obligation,
        IReadOnlyList<(ReleaseRow Release, IReadOnlyList<ReleaseLine> Lines)> parts, long? earmark = null)
    {
        var lines = parts.SelectMany(p => p.Lines).OrderBy(l => l.Payroll).ThenBy(l => l.PayrollLine).ToList();
        var amount = new Money(lines.Sum(l => l.NetFen));
        var part = new ReleaseRow
        {
            Release = _context.NextId("release"),
            Version = 1,
            Kind = kind,
            Account = account,
            State = ReleaseState.Funded,
            DueDate = parts.Min(p => p.Release.DueDate),
            SendBy = parts.Min(p => p.Release.SendBy),
            Lines = lines.Count,
            AmountFen = amount.Fen,
            ReservedFen = amount.Fen,
            LinesOpen = 0,
            Obligation = obligation,
            Earmark = earmark,
        };
        _book.Reserve(amount, part.Release, earmark);
        _touched.Add(part);
        _changes.Insert(part)
            .Insert(ReleaseCarriage.Carry(part.Release, lines.Select(l => (l.Payroll, l.PayrollLine))));
    }

    /// <summary>What a release was not given money for leaves it: it carries what it has set aside, or waits for.
    /// </summary>
    private void Touch(ReleaseRow release)
    {
        if (_leaving.Remove(release.Release, out var carried))
            foreach (var gone in carried.Where(c => c.Key.Length > 0).OrderBy(c => c.Key, StringComparer.Ordinal))
                _changes.Insert(ReleaseCarriage.Leave(release.Release, gone, gone.Key));
        var next = release with { Version = release.Version + 1 };
        _touched.Add(next);
        _changes.Update(next);
    }

    /// <summary>With whose money stays what it was; only the contractor's own becomes "partial".</summary>
    private static ReleaseKind KindOfPart(ReleaseKind kind) =>
        kind is ReleaseKind.Advance or ReleaseKind.Deposit ? kind : ReleaseKind.Partial;

    private static ReleaseState Next(ReleaseRow release, ReleaseTrigger trigger) =>
        ReleaseMachine.Table.Next(release.State, trigger);

    private static Money Sum(IEnumerable<DueClaim> claims) => new(claims.Sum(c => c.Amount.Fen));
}

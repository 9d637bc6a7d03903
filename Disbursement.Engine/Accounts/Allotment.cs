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
    private readonly Dictionary<long, IReadOnlyList<ReleaseLine>> _lines;

    private Allotment(DecisionContext context, AccountBook book, IEnumerable<ReleaseRow> due)
    {
        _context = context;
        _book = book;
        _due = due.ToDictionary(r => r.Release);
        var locked = RestoreLock.All(context.Queries);
        _lines = _due.Keys.ToDictionary(r => r, r => (IReadOnlyList<ReleaseLine>)
            [.. ReleaseCarriage.Of(context.Rows, context.Queries, r, context.At)
                .Where(l => !l.Met && !locked.Contains(l.Claim))]);
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
        var claims = _lines.SelectMany(r => r.Value.Select(l =>
            new DueClaim(r.Key, l.Payroll, l.PayrollLine, l.Period, new Money(l.NetFen)))).ToList();
        var wanted = Sum(claims);
        Yield(claims, wanted, mayYield);
        var covered = FundingPolicy.Cover(_book.Available, claims);
        var shares = covered.GroupBy(c => c.Release)
            .ToDictionary(g => g.Key, g => g.Select(c => (c.Payroll, c.Line)).ToHashSet());
        var parts = new List<(ReleaseRow Release, IReadOnlyList<ReleaseLine> Lines)>();
        foreach (var release in _due.Values.OrderBy(r => r.Release))
        {
            var lines = _lines[release.Release];
            if (lines.Count == 0) Touch(release with { State = Next(release, ReleaseTrigger.Cancel) });
            else if (!shares.TryGetValue(release.Release, out var share)) Wait(release);
            else if (share.Count == lines.Count) Fund(release, lines);
            else parts.Add((release, [.. lines.Where(l => share.Contains((l.Payroll, l.PayrollLine)))]));
        }
        foreach (var kind in parts.GroupBy(p => KindOfPart(p.Release.Kind)).OrderBy(g => g.Key))
            Part(account, kind.Key, [.. kind]);
        var lacking = wanted - Sum(covered);
        _changes.Result = new Funding(_touched, lacking);
        if (_touched.Count == 0) return Decision<Changes>.Accept(Changes.Repeated(_changes.Result));
        _changes.Insert(_book.Entries);
        return Decision<Changes>.Accept(_changes.Count("covered_fen", Sum(covered).Fen)
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

    private void Wait(ReleaseRow release)
    {
        if (release.State == ReleaseState.Planned)
            Touch(release with { State = Next(release, ReleaseTrigger.FallShort) });
    }

    private void Fund(ReleaseRow release, IReadOnlyList<ReleaseLine> lines)
    {
        var amount = new Money(lines.Sum(l => l.NetFen));
        _book.Reserve(amount, release.Release);
        Touch(release with
        {
            State = Next(release, ReleaseTrigger.Reserve),
            Lines = lines.Count,
            AmountFen = amount.Fen,
            ReservedFen = amount.Fen,
        });
    }

    private void Part(long account, ReleaseKind kind,
        IReadOnlyList<(ReleaseRow Release, IReadOnlyList<ReleaseLine> Lines)> parts)
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
        };
        _book.Reserve(amount, part.Release);
        foreach (var (release, covered) in parts)
        {
            var rest = _lines[release.Release].Count - covered.Count;
            Touch(release with
            {
                State = release.State == ReleaseState.Short ? release.State : Next(release, ReleaseTrigger.FallShort),
                Lines = rest,
                AmountFen = _lines[release.Release].Sum(l => l.NetFen) - covered.Sum(l => l.NetFen),
            });
            _changes.Insert(ReleaseCarriage.Leave(release.Release, covered, ReleaseExit.Covered));
        }
        _touched.Add(part);
        _changes.Insert(part)
            .Insert(ReleaseCarriage.Carry(part.Release, lines.Select(l => (l.Payroll, l.PayrollLine))));
    }

    private void Touch(ReleaseRow release)
    {
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

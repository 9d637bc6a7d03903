using Disbursement.Engine.Accounts;
using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Accounts;

public class FundingPolicyTests
{
    [Property(MaxTest = 300)]
    public bool What_is_covered_never_goes_beyond_the_money(ushort available, byte[] amounts)
    {
        var covered = FundingPolicy.Cover(new Money(available), Claims(amounts));
        return covered.Sum(c => c.Amount.Fen) <= available;
    }

    [Property(MaxTest = 300)]
    public bool What_is_left_over_reaches_for_none_of_the_others(ushort available, byte[] amounts)
    {
        var claims = Claims(amounts);
        var covered = FundingPolicy.Cover(new Money(available), claims);
        var rest = available - covered.Sum(c => c.Amount.Fen);
        return claims.Except(covered).All(c => c.Amount.Fen > rest);
    }

    [Property(MaxTest = 300)]
    public bool Claims_are_covered_whole_and_once_in_the_paying_order(ushort available, byte[] amounts)
    {
        var claims = Claims(amounts);
        var covered = FundingPolicy.Cover(new Money(available), claims);
        return covered.All(claims.Contains) && covered.Distinct().Count() == covered.Count
            && covered.SequenceEqual(covered.Order(FundingPolicy.PayingOrder));
    }

    [Property(MaxTest = 300)]
    public bool The_order_in_which_claims_are_named_does_not_matter(ushort available, byte[] amounts, int turn)
    {
        var claims = Claims(amounts);
        var turned = claims.Skip(Math.Abs(turn % (claims.Count + 1)))
            .Concat(claims.Take(Math.Abs(turn % (claims.Count + 1)))).ToList();
        return FundingPolicy.Cover(new Money(available), claims)
            .SequenceEqual(FundingPolicy.Cover(new Money(available), turned));
    }

    [Property(MaxTest = 300)]
    public bool An_older_period_is_never_passed_over_for_a_younger_one_of_the_same_amount(
        ushort available, byte[] amounts)
    {
        var claims = Claims(amounts);
        var covered = FundingPolicy.Cover(new Money(available), claims).ToHashSet();
        return covered.All(c => claims.Where(o => o.Amount == c.Amount && string.CompareOrdinal(o.Period, c.Period) < 0)
            .All(covered.Contains));
    }

    [Fact]
    public void Oldest_period_first_then_smallest_amount_then_payroll_and_line()
    {
        var january = new DueClaim(1, 7, 2, "2026-01-01/2026-01-31", new Money(900));
        var small = new DueClaim(1, 7, 1, "2026-02-01/2026-02-28", new Money(100));
        var large = new DueClaim(1, 6, 1, "2026-02-01/2026-02-28", new Money(300));
        Assert.Equal([january, small], FundingPolicy.Cover(new Money(1_200), [large, small, january]));
        // Too little for January's: what is there still pays the others, never part of one.
        Assert.Equal([small, large], FundingPolicy.Cover(new Money(800), [large, small, january]));
    }

    [Property(MaxTest = 300)]
    public bool No_release_yields_once_the_money_is_there(ushort available, ushort wanted, byte[] amounts)
    {
        var releases = amounts.Select((a, i) =>
            new SetAside(i + 1, Instant.FromUnixTimeSeconds(a % 7), new Money(a + 1))).ToList();
        var yielding = FundingPolicy.Yield(new Money(available), new Money(wanted), releases);
        var before = available + yielding.SkipLast(1).Sum(y => y.Amount.Fen);
        var after = available + yielding.Sum(y => y.Amount.Fen);
        return (yielding.Count == 0 || before < wanted) && (after >= wanted || yielding.Count == releases.Count);
    }

    [Fact]
    public void The_release_sent_latest_yields_first()
    {
        var early = new SetAside(1, Instant.FromUnixTimeSeconds(10), new Money(50));
        var late = new SetAside(2, Instant.FromUnixTimeSeconds(20), new Money(50));
        Assert.Equal([late], FundingPolicy.Yield(Money.Zero, new Money(40), [early, late]));
    }

    private static List<DueClaim> Claims(byte[] amounts) => [.. amounts.Select((a, i) =>
        new DueClaim(1 + i % 2, 1 + i % 2, i,
            i % 3 == 0 ? "2026-01-01/2026-01-31" : "2026-02-01/2026-02-28", new Money(1 + a % 60)))];
}

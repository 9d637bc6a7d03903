using Disbursement.Engine.Accounts;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Simulation.Laws;
using Disbursement.Tests.Laws;
using Disbursement.Tests.Storage;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Accounts;

/// <summary>L2: what an impaired account gives back, claim by claim in the reverse of the paying order.</summary>
public class ImpairmentTests
{
    /// <summary>
    /// Three releases of one account are funded, 40,206 yuan; then a court takes so much that 10,000 is lacking. In
    /// paying order: December's four claims, January's five of 甲班 (3,137 … 3,685), January's two of 乙班 (3,822,
    /// 3,959). From the end: 3,959 and 3,822 (a whole release), 3,685 (part of one); that is enough.
    /// </summary>
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void The_last_in_the_paying_order_give_way_first_across_releases(string engine)
    {
        using var world = Funded(engine);
        world.Banks[0].Books(-1_023_000, "COURT", "司法扣划"); // 4,043,600 − 4,020,600 = 23,000 was free.
        world.Close();
        world.Deliver(world.Coming[0]);
        var releases = world.Samples.Ask(v => v.List<ReleaseRow>());
        Assert.Equal(
            [(ReleaseState.Funded, 4L, 1_537_000L), (ReleaseState.Funded, 4L, 1_337_000L), (ReleaseState.Short, 2L, 0L),
                (ReleaseState.Short, 1L, 0L)],
            releases.Select(r => (r.State, r.Lines, r.ReservedFen)));
        Assert.Equal((releases[1].Kind, releases[1].SendBy, 368_500L),
            (releases[3].Kind, releases[3].SendBy, releases[3].AmountFen));
        var left = Assert.Single(world.Samples.Ask(v => v.List<ReleaseLeftRow>()));
        Assert.Equal((releases[1].Release, 5L, 5L, ReleaseExit.Yielded),
            (left.Release, left.FromLine, left.ToLine, left.Cause));
        Assert.Contains("several yielded", world.Reached);
        world.Hold();
    }

    [Fact]
    public void What_yielded_is_funded_again_by_the_next_credit()
    {
        using var world = Funded(Engines.Sqlite);
        world.Banks[0].Books(-1_023_000, "COURT", "司法扣划");
        world.Banks[0].Books(-1, "FEE", "手续费");
        world.Close();
        world.Deliver(world.Coming[0]);
        world.Banks[0].Books(2_000_000, "TRANSFER", "人工费");
        world.Close();
        world.Deliver(world.Coming[0]);
        world.Pump(0);
        Assert.All(world.Samples.Ask(v => v.List<ReleaseRow>()), r => Assert.Equal(ReleaseState.Filed, r.State));
        Assert.Equal(11, world.Broken(LawQueries.InFlight).Count);
        world.Hold();
    }

    [Property(MaxTest = 300)]
    public bool None_keeps_its_money_behind_one_that_gave_way_and_none_gives_for_nothing(ushort lacking, byte[] amounts)
    {
        var claims = amounts.Select((a, i) => new DueClaim(1 + i % 3, 1 + i % 2, i,
            i % 3 == 0 ? "2026-01-01/2026-01-31" : "2026-02-01/2026-02-28", new Money(1 + a))).ToList();
        var yielding = FundingPolicy.GiveWay(new Money(lacking), claims);
        var kept = claims.Except(yielding).ToList();
        return yielding.All(y => kept.All(k => FundingPolicy.PayingOrder.Compare(k, y) < 0))
            && yielding.SkipLast(1).Sum(y => y.Amount.Fen) < Math.Max(1, (long)lacking)
            && (kept.Count == 0 || yielding.Sum(y => y.Amount.Fen) >= lacking);
    }

    /// <summary>Project 1 with 40,436 yuan and its three payrolls funded, none of them filed.</summary>
    private static LawWorld Funded(string engine)
    {
        var world = new LawWorld(engine);
        world.Banks[0].Books(4_043_600, "TRANSFER", LawBase.Project(1));
        world.Close();
        world.Deliver(world.Coming[0]);
        for (var payroll = 1; payroll <= 3; payroll++)
        {
            // The step's number 1 + a % 5 is the payroll; 5 + … keeps it from meaning all.
            world.Do(new Step(Act.Plan, payroll switch { 1 => 5, 2 => 1, _ => 2 }, 0));
            world.Do(new Step(Act.Fund, 0, 0));
        }
        return world;
    }
}

using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Laws;
using Disbursement.Tests.Returns;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Files;

/// <summary>
/// L1: the bank says rejected, the claim is to be paid again, and then the bank says that it was credited after all.
/// From that word on the claim is in flight, wherever its next payment stands.
/// </summary>
public class PaidBeforeTests
{
    [Fact]
    public void Then_it_is_not_planned_again_and_not_voided()
    {
        using var world = Rejected();
        CreditedAfterAll(world);
        world.Do(new Step(Act.Plan, 1, 8)); // Re-payments of payroll 2.
        Assert.Contains("release.plan", world.Reached);
        var again = Assert.Single(world.Samples.Ask(v => v.List<ReleaseRow>(("kind", ReleaseKind.RePayment))));
        Assert.Equal(1, again.Lines); // Claim 6; claim 5 is in flight.
        world.Do(new Step(Act.Void, 4, 0));
        Assert.Contains("refused " + StandingRules.PaymentLive.Code, world.Reached);
        world.Hold();
    }

    [Fact]
    public void Then_it_leaves_the_release_before_the_file_is_built()
    {
        using var world = Rejected();
        world.Do(new Step(Act.Plan, 1, 8));
        world.Do(new Step(Act.Fund, 0, 0));
        CreditedAfterAll(world);
        world.Do(new Step(Act.Build, 0, 0));
        var left = Assert.Single(world.Samples.Ask(v => v.List<ReleaseLeftRow>()));
        Assert.Equal((1L, 1L, ReleaseExit.Met), (left.FromLine, left.ToLine, left.Cause));
        Assert.Equal(1, world.Samples.Ask(v => v.List<PaymentRow>()).Count(p => p.Attempt == 2));
        world.Hold();
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Then_a_file_that_carries_it_is_held_until_people_decide(string engine)
    {
        using var world = Rejected(engine);
        world.Do(new Step(Act.Plan, 1, 8));
        world.Do(new Step(Act.Fund, 0, 0));
        world.Do(new Step(Act.Build, 0, 0));
        world.Do(new Step(Act.Seal, 0, 0));
        CreditedAfterAll(world);
        world.Do(new Step(Act.Send, 0, 0));
        Assert.Contains("refused " + FileRules.PaidBefore.Code, world.Reached);
        Assert.Contains(ExceptionKinds.DoubleCredit,
            world.Samples.Ask(v => v.List<BankExceptionRow>()).Select(x => x.Kind));
        // Two people, with the bank's letter: it never was credited.
        world.Do(new Step(Act.ResolveLine, 0, 1));
        world.Do(new Step(Act.Send, 0, 0));
        Assert.Equal(FileState.Delivered, world.Samples.Ask(v => v.List<DisbursementFileRow>())[^1].State);
        world.Hold();
    }

    [Fact]
    public void Then_a_held_file_that_was_sent_in_vain_is_withdrawn_by_two_people()
    {
        using var world = Rejected();
        world.Do(new Step(Act.Plan, 1, 8));
        world.Do(new Step(Act.Fund, 0, 0));
        world.Do(new Step(Act.Build, 0, 0));
        world.Do(new Step(Act.Seal, 0, 0));
        world.Do(new Step(Act.Send, 0, 14)); // No answer; then two people prove its absence.
        world.Do(new Step(Act.Wait, 0, 9));
        world.Do(new Step(Act.ResolveFile, 0, 0));
        var file = world.Samples.Ask(v => v.List<DisbursementFileRow>())[^1];
        Assert.Equal(FileState.Sealed, file.State);
        Assert.NotNull(file.FirstSentAt);
        var withdraw = new Command("file.withdraw", ("file", file.File));
        // Not held: it can go again, so there is nothing to give up.
        Assert.Equal(FileRules.WasSent,
            world.Samples.Decide(SampleLedger.Treasurer, withdraw).Findings[0].Rule);
        CreditedAfterAll(world);
        Assert.Equal(RuntimeRules.RoleMissing, world.Samples.Decide(SampleLedger.Clerk, withdraw).Findings[0].Rule);
        Assert.IsType<TwoPeople.Pending>(world.Samples.Done(SampleLedger.Treasurer, withdraw).Result);
        Assert.IsType<TwoPeople.Pending>(world.Samples.Done(SampleLedger.Treasurer, withdraw).Result);
        var withdrawn = (DisbursementFileRow)world.Samples.Done(SampleLedger.Administrator, withdraw).Result!;
        Assert.Equal((FileState.Withdrawn, 0L), (withdrawn.State, withdrawn.ReservedFen));
        Assert.True(world.Samples.Done(SampleLedger.Treasurer, withdraw).Repeat);
        world.Hold();
    }

    [Fact]
    public void Then_a_funded_release_of_such_claims_only_ends_and_gives_its_money_back()
    {
        using var world = Rejected();
        world.Do(new Step(Act.Plan, 1, 8));
        world.Do(new Step(Act.Fund, 0, 0));
        var funded = Assert.Single(world.Samples.Ask(v => v.List<ReleaseRow>(("state", ReleaseState.Funded))));
        Assert.True(funded.ReservedFen > 0);
        Says(world, "result-2", (1, LawBank.Settled), (2, LawBank.Settled));
        world.Do(new Step(Act.Build, 0, 0));
        var ended = world.Samples.Ask(v => v.Find<ReleaseRow>(("release", funded.Release)))!;
        Assert.Equal((ReleaseState.Cancelled, 0L), (ended.State, ended.ReservedFen));
        var last = world.Samples.Ask(v => v.List<AccountEntryRow>(("release", funded.Release)))[^1];
        Assert.Equal((EntryKind.Release, -funded.ReservedFen), (last.Kind, last.ReservedDeltaFen));
        // Asked to send it again: nothing is left of it to pay, and that is said.
        var again = world.Samples.Decide(
            SampleLedger.Treasurer, new Command("file.build", ("release", funded.Release)));
        Assert.True(again.Accepted && again.Value.Repeat);
        Assert.Equal(ReleaseRules.NothingLeft, Assert.Single(again.Findings).Rule);
        world.Hold();
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Then_the_database_refuses_the_next_attempt_to_raw_SQL(string engine)
    {
        using var world = Rejected(engine);
        const string Next = """
            INSERT INTO payment SELECT ledger, claim, 2, 1, channel, release, file, 90 + row_reference, amount_fen,
                payee_version, payee_hash, document FROM payment WHERE claim =
            """;
        CreditedAfterAll(world);
        var (code, said) = world.Database.Outside(Next + " 5");
        Assert.NotEqual(0, code);
        Assert.Contains("L1: the attempt before may have been credited", said);
        Assert.Equal((0, ""), world.Database.Outside(Next + " 6")); // Rejected, and nothing else was said.
    }

    /// <summary>Payroll 2 went out; the bank rejected its first two lines, claims 5 and 6.</summary>
    private static LawWorld Rejected(string engine = Engines.Sqlite)
    {
        var world = new LawWorld(engine);
        world.Rich();
        world.Close();
        while (world.Coming.Count > 0) world.Deliver(world.Coming[0]);
        world.Do(new Step(Act.Plan, 1, 0));
        world.Pump(0);
        Says(world, "result-1", (1, LawBank.Rejected), (2, LawBank.Rejected));
        return world;
    }

    private static void CreditedAfterAll(LawWorld world) => Says(world, "result-2", (1, LawBank.Settled));

    private static void Says(LawWorld world, string what, params (long Row, string Status)[] rows)
    {
        var file = world.Samples.Ask(v => v.List<DisbursementFileRow>())[0];
        world.Deliver(new BankWord(0, $"{file.Reference}-{what}.txt",
            MoneyRig.ReportText(rows.Select(r => (r.Row, LawBase.Card(r.Row), 300_000 + 13_700 * r.Row, r.Status)))));
    }
}

using Disbursement.Tests.Storage;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Laws;

/// <summary>The laws of specs/invariants.md over drawn histories, asked of the tables by SQL that shares nothing with
/// the engine.</summary>
public class LawTests
{
    [Property(Arbitrary = [typeof(Histories)], MaxTest = 6)]
    public void No_wage_is_paid_twice_without_being_named(History history) => Play(history, "L1");

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 6)]
    public void Nothing_is_set_aside_or_sent_beyond_the_money(History history) => Play(history, "L2");

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 6)]
    public void Every_claim_is_paid_in_flight_unpaid_or_voided_as_its_payroll_says(History history) =>
        Play(history, "L3");

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 6)]
    public void What_is_overdue_stands_on_an_open_line_after_every_sweep(History history)
    {
        // The interpreter asks after each sweep; here one follows every step that may have made something overdue.
        using var world = new LawWorld();
        foreach (var step in history.Steps)
        {
            world.Do(step);
            if (step.B % 3 == 0) world.Sweep();
        }
        world.Samples.Moment.At += NodaTime.Duration.FromDays(20);
        world.Sweep();
    }

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 6)]
    public void Our_books_are_the_banks_or_the_difference_is_named(History history) => Play(history, "L5");

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 4)]
    public void What_two_people_decide_was_decided_by_two_identity_numbers(History history) => Play(history, "L7");

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 4)]
    public void A_word_of_the_bank_is_kept_once_however_often_it_comes(History history) => Play(history, "L9");

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 4)]
    public void Money_goes_to_registered_workers_of_the_project_only(History history) => Play(history, "L11");

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 3)]
    public void Every_law_holds_on_the_other_engine_too(History history) =>
        LawWorld.Play(history, Engines.Postgres).Dispose();

    [Property(Arbitrary = [typeof(Histories)], MaxTest = 5)]
    public void With_a_bank_that_answers_and_people_who_decide_nothing_stays_in_flight(History history)
    {
        using var world = LawWorld.Play(history);
        Assert.Empty(world.Rest());
    }

    private static void Play(History history, string law) => LawWorld.Play(history, only: law).Dispose();
}

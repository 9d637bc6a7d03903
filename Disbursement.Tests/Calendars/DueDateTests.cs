using Disbursement.Engine.Calendars;
using FsCheck.Xunit;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Calendars.SampleCalendars;

namespace Disbursement.Tests.Calendars;

public class DueDateTests
{
    [Theory]
    [InlineData(PayCycle.Month, "2026-01-01", "2026-01-31", "2026-02-20", "2026-02-14")]
    [InlineData(PayCycle.Month, "2026-01-01", "2026-01-31", "2026-02-10", "2026-02-10")]
    [InlineData(PayCycle.Month, "2026-01-01", "2026-01-31", "2026-03-31", "2026-02-28")]
    [InlineData(PayCycle.Month, "2026-01-10", "2026-01-31", "2026-03-31", "2026-02-28")]
    [InlineData(PayCycle.Month, "2026-01-26", "2026-02-25", "2026-04-30", "2026-03-25")]
    [InlineData(PayCycle.Month, "2026-01-01", "2026-01-31", null, "2026-02-28")]
    [InlineData(PayCycle.Week, "2026-03-02", "2026-03-08", "2026-03-31", "2026-03-13")]
    [InlineData(PayCycle.Day, "2026-03-10", "2026-03-10", "2026-03-20", "2026-03-11")]
    [InlineData(PayCycle.Day, "2026-03-13", "2026-03-13", null, "2026-03-13")]
    [InlineData(PayCycle.Piece, "2026-01-01", "2026-01-31", "2026-06-30", "2026-06-30")]
    [InlineData(PayCycle.Final, "2026-01-01", "2026-01-15", "2026-02-10", "2026-01-15")]
    [InlineData(PayCycle.Final, "2026-01-01", "2026-02-20", null, "2026-02-14")]
    public void A_wage_is_due_on_the_agreed_day_but_no_later_than_the_law_allows(
        PayCycle cycle, string from, string to, string? agreed, string due)
    {
        var period = new PayPeriod(cycle, Day(from), Day(to));
        Assert.Equal(Day(due), DueDate.Of(period, agreed is null ? null : Day(agreed), Shipped).Value);
    }

    [Fact]
    public void Piece_work_without_an_agreed_day_is_refused()
    {
        var due = DueDate.Of(new(PayCycle.Piece, Day("2026-01-01"), Day("2026-01-31")), null, Shipped);
        Assert.Equal("calendar.piece-day-missing", Assert.Single(due.Findings).Rule.Code);
    }

    [Fact]
    public void A_due_date_in_a_year_without_a_calendar_is_refused()
    {
        var due = DueDate.Of(new(PayCycle.Month, Day("2026-12-01"), Day("2026-12-31")), Day("2027-01-15"), Shipped);
        Assert.Equal("calendar.missing-year", Assert.Single(due.Findings).Rule.Code);
    }

    [Property(MaxTest = 500)]
    public bool A_due_date_is_a_working_day_never_after_the_agreed_or_the_latest_day(uint seed, byte wait, byte cycle)
    {
        var to = SomeDay(seed).PlusDays(-35);
        var period = new PayPeriod((PayCycle)(cycle % 3), to, to);
        var agreed = to.PlusDays(wait % 70);
        var due = DueDate.Of(period, agreed, Shipped).Value;
        return due <= agreed && due <= period.LatestPayDay && Shipped.IsWorkingDay(due);
    }

    // 2026-02-14 is a legal working Saturday: the wage is due on it, but a bank closed
    // on Saturdays must have it a day earlier.
    [Theory]
    [InlineData(true, 0, "2026-02-14 16:30")]
    [InlineData(true, 1, "2026-02-13 16:30")]
    [InlineData(false, 0, "2026-02-13 16:30")]
    [InlineData(false, 1, "2026-02-12 16:30")]
    [InlineData(false, 5, "2026-02-06 16:30")]
    public void A_bank_closed_on_Saturdays_is_sent_to_earlier(bool makeUp, int creditLagDays, string deadline) =>
        Assert.Equal(Moment(deadline), SendDeadline.Of(Day("2026-02-14"), creditLagDays, Bank(makeUp)).Value);

    [Property(MaxTest = 300)]
    public bool What_goes_at_the_deadline_is_credited_in_time_and_a_bank_day_later_is_not(
        uint seed, byte lag, bool makeUp)
    {
        var (due, lagDays, bank) = (SomeDay(seed), lag % 6, Bank(makeUp));
        var sent = ChinaTime.DayOf(SendDeadline.Of(due, lagDays, bank).Value);
        var next = bank.AddBankDays(sent, 1).Value;
        return bank.IsBankDay(sent)
            && bank.AddBankDays(sent, lagDays).Value <= due
            && bank.AddBankDays(next, lagDays).Value > due;
    }

    [Property(MaxTest = 300)]
    public bool A_later_due_date_or_a_quicker_bank_never_has_an_earlier_deadline(
        uint seed, byte later, byte lag, bool makeUp)
    {
        var (due, lagDays, bank) = (SomeDay(seed), lag % 6, Bank(makeUp));
        var deadline = SendDeadline.Of(due, lagDays, bank).Value;
        return SendDeadline.Of(due.PlusDays(later % 30), lagDays, bank).Value >= deadline
            && SendDeadline.Of(due, lagDays + 1, bank).Value < deadline
            && (makeUp || SendDeadline.Of(due, lagDays, Bank(true)).Value >= deadline);
    }
}

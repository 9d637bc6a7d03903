using Disbursement.Engine.Calendars;
using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Calendars.SampleCalendars;

namespace Disbursement.Tests.Calendars;

public class BankWindowTests
{
    [Theory]
    [InlineData(false, "2026-03-10 09:00", "2026-03-10 10:00")]
    [InlineData(false, "2026-03-10 10:00", "2026-03-10 10:00")]
    [InlineData(false, "2026-03-10 10:01", "2026-03-10 16:30")]
    [InlineData(false, "2026-03-10 16:31", "2026-03-11 10:00")]
    [InlineData(false, "2026-02-13 17:00", "2026-02-24 10:00")]
    [InlineData(true, "2026-02-13 17:00", "2026-02-14 10:00")]
    [InlineData(false, "2025-12-31 23:59", "2026-01-05 10:00")]
    [InlineData(true, "2025-12-31 23:59", "2026-01-04 10:00")]
    public void The_next_cut_off_is_on_a_day_the_bank_works(bool worksOnMakeUpDays, string moment, string cutOff) =>
        Assert.Equal(Moment(cutOff), Bank(worksOnMakeUpDays).NextCutOff(Moment(moment)).Value);

    [Theory]
    [InlineData("2026-02-13", 0, "2026-02-13")]
    [InlineData("2026-02-13", 1, "2026-02-24")]
    [InlineData("2026-02-15", 0, "2026-02-15")]
    [InlineData("2026-02-15", 2, "2026-02-25")]
    [InlineData("2026-02-24", -1, "2026-02-13")]
    [InlineData("2026-01-05", -1, "2025-12-31")]
    public void Bank_days_are_counted_over_rest_days(string from, int count, string to) =>
        Assert.Equal(Day(to), Bank(worksOnMakeUpDays: false).AddBankDays(Day(from), count).Value);

    [Fact]
    public void Where_the_calendar_ends_the_window_refuses()
    {
        var bank = Bank(worksOnMakeUpDays: true);
        var late = bank.NextCutOff(Moment("2026-12-31 16:31"));
        Assert.Equal("calendar.missing-year", Assert.Single(late.Findings).Rule.Code);
        Assert.Equal("calendar.missing-year", Assert.Single(bank.AddBankDays(Day("2026-12-31"), 1).Findings).Rule.Code);
        Assert.False(SendDeadline.Of(Day("2027-01-20"), 1, bank).Accepted);
    }

    [Fact]
    public void A_window_without_a_cut_off_is_a_defect() =>
        Assert.Throws<DefectException>(() => new BankWindow(Shipped, [], worksOnMakeUpDays: true));

    [Fact]
    public void A_moment_falls_on_the_day_it_has_in_China()
    {
        var moment = Instant.FromUtc(2026, 3, 9, 16, 0);
        Assert.Equal(Day("2026-03-10"), ChinaTime.DayOf(moment));
        Assert.Equal(moment, ChinaTime.At(Day("2026-03-10"), LocalTime.Midnight));
    }

    [Property(MaxTest = 200)]
    public bool Counting_bank_days_there_and_back_ends_where_it_began(uint seed, byte count, bool makeUp)
    {
        var bank = Bank(makeUp);
        var day = bank.RollEarlier(SomeDay(seed)).Value;
        return bank.AddBankDays(bank.AddBankDays(day, count % 15).Value, -(count % 15)).Value == day;
    }
}

using Disbursement.Engine.Attendance;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using NodaTime;
using Xunit;
using static Disbursement.Tests.People.SampleSheets;

namespace Disbursement.Tests.Attendance;

public sealed class EarningsTests
{
    private static readonly LocalDate Holiday = new(2026, 5, 1);
    private static readonly PeriodFacts May =
        new(new(2026, 5, 1), new(2026, 5, 31), 19, new HashSet<LocalDate> { Holiday });

    private static ContractTerms Terms(RateKind kind, long fen) =>
        new(new LocalDate(2026, 1, 5), kind, new Money(fen), "平方米", PayCycle.Month, new AgreedPayDay(15, null), 480);

    private static AttendanceRecord Record(int row, LocalDate date, long worked = 0, long weekday = 0, long rest = 0,
        long holiday = 0, long pieces = 0) => new("考勤", row, date, worked, weekday, rest, holiday, pieces);

    private static IEnumerable<AttendanceRecord> Days(int days, long minutes) =>
        Enumerable.Range(1, days).Select(d => Record(d + 1, new LocalDate(2026, 3, d), minutes));

    // Worked by hand: 22 required days of 8 hours in March 2026, or of 19 days in May with its holiday on the first.
    [Theory]
    [InlineData(RateKind.Month, 650_000, 22, 480, 650_000)] // full attendance
    [InlineData(RateKind.Month, 650_000, 25, 480, 650_000)] // never more than full
    [InlineData(RateKind.Month, 650_000, 11, 480, 325_000)] // half of 22 days
    [InlineData(RateKind.Month, 650_000, 1, 480, 29_545)] // 29545.45…
    [InlineData(RateKind.Week, 150_000, 10, 480, 300_000)] // two weeks of five days
    [InlineData(RateKind.Day, 30_000, 20, 480, 600_000)]
    [InlineData(RateKind.Day, 30_000, 1, 240, 15_000)] // half a day
    [InlineData(RateKind.Hour, 3_850, 20, 450, 577_500)] // 150 hours
    [InlineData(RateKind.Hour, 3_333, 1, 10, 556)] // 555.5 rounds up
    public void Ordinary_time_is_paid_by_the_rate_kind(RateKind kind, long rate, int days, long minutes, long fen)
    {
        var pay = Earnings.Derive(Terms(kind, rate), Days(days, minutes), March);
        Assert.Equal(new Money(fen), pay.Total);
        Assert.Equal([new TraceRows("考勤", 2, days + 1)], Assert.Single(pay.Earnings).Trace);
    }

    // 21.75 days of 8 hours are 174 hours: 6960.00 a month is 40.00 an hour (劳社部发〔2008〕3号).
    [Theory]
    [InlineData(RateKind.Month, 696_000)]
    [InlineData(RateKind.Week, 160_000)]
    [InlineData(RateKind.Day, 32_000)]
    [InlineData(RateKind.Hour, 4_000)]
    public void Overtime_is_150_200_and_300_percent_of_the_hourly_base(RateKind kind, long rate)
    {
        AttendanceRecord[] records =
        [
            Record(2, new(2026, 5, 6), weekday: 60), Record(3, new(2026, 5, 9), rest: 60), Record(4, Holiday,
                holiday: 60),
        ];
        Assert.Equal(
            [(EarningKind.Overtime150, 6_000L), (EarningKind.Overtime200, 8_000L), (EarningKind.Overtime300, 12_000L)],
            Earnings.Derive(Terms(kind, rate), records, May).Earnings.Select(e => (e.Kind, e.Amount.Fen)));
    }

    [Fact]
    public void Hours_beyond_the_standard_day_are_weekday_overtime()
    {
        var pay = Earnings.Derive(Terms(RateKind.Hour, 4_000), [Record(2, From, worked: 600)], March);
        Assert.Equal([(EarningKind.Hour, 480L, 32_000L), (EarningKind.Overtime150, 120L, 12_000L)],
            pay.Earnings.Select(e => (e.Kind, e.Quantity, e.Amount.Fen)));
    }

    [Fact]
    public void Work_on_a_legal_holiday_is_paid_threefold_in_whatever_column_it_stands()
    {
        var pay = Earnings.Derive(Terms(RateKind.Day, 32_000), [Record(2, Holiday, worked: 480)], May);
        Assert.Equal((EarningKind.Overtime300, 96_000L), (pay.Earnings[0].Kind, pay.Total.Fen));
        Assert.Equal(AttendanceRules.WorkedOnHoliday, Assert.Single(pay.Findings).Rule);
    }

    [Fact]
    public void Holiday_overtime_on_another_day_counts_as_rest_day_overtime_and_is_told()
    {
        var pay = Earnings.Derive(Terms(RateKind.Hour, 4_000), [Record(7, From, holiday: 60)], March);
        Assert.Equal((EarningKind.Overtime200, 8_000L), (pay.Earnings[0].Kind, pay.Total.Fen));
        Assert.Equal((AttendanceRules.NotAHoliday, 7L), (pay.Findings[0].Rule, pay.Findings[0].At.Row));
    }

    [Fact]
    public void Pieces_are_paid_by_hundredths()
    {
        var pay = Earnings.Derive(Terms(RateKind.Piece, 1_250), [Record(2, From, pieces: 1_050), Record(9, To,
            pieces: 33)], March);
        Assert.Equal(13_538, pay.Total.Fen); // 12.50 × 10.83 = 135.375
        Assert.Equal([new TraceRows("考勤", 2, 2), new TraceRows("考勤", 9, 9)], pay.Earnings[0].Trace);
    }

    [Fact]
    public void A_leaver_is_settled_for_every_unpaid_period_up_to_the_leaving_day_in_one_sum()
    {
        var leaving = new LocalDate(2026, 5, 7);
        AttendanceRecord[] records =
        [
            Record(2, new(2026, 3, 30), worked: 480), Record(3, new(2026, 5, 6), worked: 480),
            Record(4, new(2026, 5, 7), worked: 240), Record(5, new(2026, 5, 8), worked: 480),
        ];
        var settlement = Earnings.Settle(Terms(RateKind.Day, 30_000), records, [March, May], leaving);
        Assert.Equal(75_000, settlement.Total.Fen);
        Assert.Equal([30_000L, 45_000L], settlement.Periods.Select(p => p.Total.Fen));
        Assert.Equal((AttendanceRules.AfterLeaving, 5L), (settlement.Findings[0].Rule, settlement.Findings[0].At.Row));
    }

    [Property(MaxTest = 200)]
    public bool The_sum_is_its_lines_and_every_record_is_in_a_trace(byte kind, ushort rate, ushort[] quantities)
    {
        var records = quantities.Take(31).Select((q, i) => Any(i, q)).ToList();
        var pay = Earnings.Derive(Terms((RateKind)(kind % 5), rate + 1), records, March);
        var rows = pay.Earnings.SelectMany(e => e.Trace).SelectMany(t => Rows(t)).ToHashSet();
        var paid = records.Where(r => kind % 5 == 4 ? r.PieceHundredths > 0 : r.WorkedMinutes + r.RestDayMinutes > 0);
        return pay.Total.Fen == pay.Earnings.Sum(e => e.Amount.Fen) && rows.SetEquals(paid.Select(r => r.Row));
    }

    [Property(MaxTest = 200)]
    public bool More_work_is_never_less_pay(byte kind, ushort rate, ushort[] quantities, ushort more)
    {
        var records = quantities.Take(30).Select((q, i) => Any(i, q)).ToList();
        var terms = Terms((RateKind)(kind % 5), rate + 1);
        var longer = records.Append(Any(30, more));
        return Earnings.Derive(terms, records, March).Total <= Earnings.Derive(terms, longer, March).Total;
    }

    [Fact]
    public void The_largest_figures_a_sheet_may_hold_do_not_overflow()
    {
        foreach (var kind in Enum.GetValues<RateKind>())
        {
            var most = Enumerable.Range(1, 31).Select(d => Record(d, new LocalDate(2026, 3, d), 1440, 1440, 1440, 1440,
                CellReader.MaxHundredths));
            var terms = Terms(kind, CellReader.MaxMoney.Fen) with { StandardDayMinutes = 1 };
            Assert.True(Earnings.Derive(terms, most, March).Total > Money.Zero);
        }
    }

    private static AttendanceRecord Any(int i, ushort q) =>
        Record(i + 1, From.PlusDays(i), worked: q % 721, rest: q / 7 % 100, pieces: q);

    private static IEnumerable<long> Rows(TraceRows t)
    {
        for (var row = t.From; row <= t.To; row++) yield return row;
    }
}

using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Payroll;
using Disbursement.Host.Storage;
using Disbursement.Tests.Arrears;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Arrears.ArrearsLedger;

namespace Disbursement.Tests.Accounts;

/// <summary>What each account needs by its pay days to come, and lacks.</summary>
public class FundingForecastTests
{
    private static readonly LocalDate s_today = Day("2026-02-10"), s_until = Day("2026-03-27");

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Wages_by_pay_day_against_the_account_s_money_and_what_the_owner_agreed_to(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.Deposit("2026-01-10", 400000);
        ledger.Agreed("2026-02-05", 700000);
        ledger.Agreed("2026-02-12", 50000);
        ledger.Agreed("2026-02-20");
        ledger.Approved(1, "2026-01-15", "2025-12-01/2025-12-31", 100000, 50000);
        ledger.Put(Header(2, PayrollState.Submitted, "2026-02-13", "2026-01-01/2026-01-31", 350000));
        ledger.Put(Header(3, PayrollState.Refused, "2026-02-13", "2026-01-01/2026-01-31", 1));
        Assert.Equal([
            (s_today, ForecastItem.Approved, -150000L, 250000L, 0L),
            (Day("2026-02-12"), ForecastItem.Agreed, 50000, 300000, 0),
            (Day("2026-02-13"), ForecastItem.PutForward, -350000, -50000, 50000),
            (Day("2026-03-13"), ForecastItem.Expected, -350000, -400000, 400000),
        ], Forecast(ledger).Select(s => (s.On, s.Item, s.Fen, s.LeavesFen, s.LacksFen)));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void What_a_file_that_is_out_keeps_reserved_is_spent(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.Deposit("2026-01-10", 400000);
        var payroll = ledger.Approved(1, "2026-02-13", "2026-01-01/2026-01-31", 350000);
        ledger.Send(Claims(payroll, 350000)[0], 1, null);
        var file = ledger.One<Engine.Files.DisbursementFileRow>();
        ledger.Change(file with { Version = file.Version + 1, ReservedFen = 350000 });
        Assert.Equal([(Day("2026-03-13"), ForecastItem.Expected, 400000L - 350000 - 350000)],
            Forecast(ledger).Select(s => (s.On, s.Item, s.LeavesFen)));
    }

    [Fact]
    public void A_month_whose_day_passed_without_its_payroll_is_not_expected_and_the_next_ones_are()
    {
        var steps = FundingForecast.Of([Money(0)], [], [new PayrollSeries
        {
            Project = 1,
            DueDate = Day("2025-12-31"),
            DeclaredFen = 100,
        }], [], s_today, Day("2026-04-30"));
        Assert.Equal([Day("2026-02-28"), Day("2026-03-31"), Day("2026-04-30")], steps.Select(s => s.On));
        Assert.Equal([100L, 200, 300], steps.Select(s => s.LacksFen));
    }

    [Fact]
    public void On_one_day_money_comes_before_wages_go_and_nothing_counts_twice_or_beyond_the_last_day()
    {
        ForecastPayroll Due(string day, long fen) =>
            new() { Project = 1, DueDate = Day(day), Item = ForecastItem.Approved, Fen = fen };
        var steps = FundingForecast.Of([Money(10)], [Due("2026-02-20", 60), Due("2026-02-20", 40),
            Due("2026-03-28", 1)], [], [new AgreedFunding { Project = 1, AgreedOn = Day("2026-02-20"),
                AmountFen = 90 }, new AgreedFunding { Project = 2, AgreedOn = Day("2026-02-20"), AmountFen = 90 }],
            s_today, s_until);
        Assert.Equal([(90L, 100L), (-100, 0)], steps.Select(s => (s.Fen, s.LeavesFen)));
    }

    private static ForecastMoney Money(long fen) => new() { Account = 1, Project = 1, ProjectCode = "样例", Fen = fen };

    private static IReadOnlyList<ForecastStep> Forecast(ArrearsLedger ledger) => ledger.Ask(view =>
    {
        var lists = (SetQueries)view.Queries;
        return FundingForecast.Of(lists.ForecastMoney(), lists.ForecastPayrolls(s_until),
            lists.PayrollSeries(s_today.PlusMonths(-2)), lists.FundingDates(s_until.PlusDays(1)), s_today, s_until);
    });
}

using System.CommandLine;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Primitives;
using NodaTime;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>account forecast: what each account needs by its pay days to come, and lacks.</summary>
internal static class ForecastCommand
{
    /// <summary>A payroll older than this has no successor to expect.</summary>
    private static readonly Period s_stale = Period.FromMonths(2);

    public static Command Create()
    {
        var account = new Option<long?>("--account") { Description = "只看此账户 / this account alone" };
        var days = new Option<int>("--days")
        {
            DefaultValueFactory = _ => 45,
            Description = "向前天数 / days to look ahead",
        };
        var forecast = new Command("forecast", "预测各账户在发薪日前的资金缺口 / what each account lacks by its pay days to come")
            { account, days };
        forecast.SetAction(parse =>
        {
            var (session, ahead) = (new Session(parse), parse.GetValue(days));
            if (ahead is < 1 or > 366)
                throw new UsageException("--days 为 1 至 366", "--days is from 1 to 366");
            var ledger = session.Ledger();
            using var view = session.Store.Read(ledger);
            var today = ChinaTime.DayOf(session.Now(ledger));
            var until = today.PlusDays(ahead);
            var steps = FundingForecast.Of(
                view.Lists.ForecastMoney().Where(m => parse.GetValue(account) is not { } one || m.Account == one),
                view.Lists.ForecastPayrolls(until), view.Lists.PayrollSeries(today - s_stale),
                view.Lists.FundingDates(until.PlusDays(1)), today, until);
            session.Output.Table(steps, ("account", s => s.Account), ("project", s => s.Project), ("on", s => s.On),
                ("item", s => s.Item), ("yuan", s => new Money(s.Fen).ToYuan()),
                ("balance", s => new Money(s.LeavesFen).ToYuan()),
                ("lacks", s => s.LacksFen == 0 ? "" : new Money(s.LacksFen).ToYuan()));
            return ExitStatus.Done;
        });
        return forecast;
    }
}

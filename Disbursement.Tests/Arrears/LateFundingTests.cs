using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.People;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Arrears;

/// <summary>Days the owner agreed to pay on: the sheet of them, and W01 where nothing came.</summary>
public sealed class LateFundingTests
{
    private const string Headings = "项目编码,约定拨付日,约定金额";
    private static readonly string s_project = SampleLedger.Employers[0].Project.Code;
    private static readonly LocalDate s_first = ArrearsLedger.Day("2026-01-15");

    public static TheoryData<string, string> Wrong => new()
    {
        { "funding.duplicate-day", Line("2026-01-15") + Line("2026-01-15", "5") },
        { "subject.not-found", Line("2026-01-15", project: "nowhere") },
        { "sheet.three-decimals", Line("2026-01-15", "1.005") },
        { "sheet.too-large", Line("2026-01-15", "1000000000.01") },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_line_refuses_the_whole_sheet(string code, string lines)
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var samples = new SampleLedger(database.Store).Registers();
        var decision = samples.Decide(SampleLedger.Clerk, Import(Line("2026-03-15") + lines));
        Assert.False(decision.Accepted);
        Assert.Contains(decision.Findings, f => f.Rule.Code == code);
        Assert.Equal(0, samples.Ask(v => v.Count<FundingDateRow>()));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_day_is_kept_in_versions_and_a_gap_over_a_month_is_told(string engine)
    {
        using var database = Databases.Fresh(engine);
        var samples = new SampleLedger(database.Store).Registers();
        var sheet = Import(Line("2026-01-31") + Line("2026-02-28", "1000.00") + Line("2026-03-29"));
        Assert.Contains(samples.Decide(SampleLedger.Clerk, sheet).Findings,
            f => f.Rule == FundingRules.CycleOverMonth && f.At.Row == 4);
        Assert.True(samples.Done(SampleLedger.Clerk, sheet).Repeat);
        // The same again in another file is nothing new; another sum is the next version, zero takes the day away.
        var again = samples.Done(SampleLedger.Clerk, Import(Line("2026-01-31") + Line("2026-02-28", "2000")));
        Assert.Equal(1, ((ImportResult)again.Result!).Written);
        // The first sheet once more brings the former sum back.
        Assert.Equal(1, ((ImportResult)samples.Done(SampleLedger.Clerk, sheet).Result!).Written);
        Assert.True(samples.Done(SampleLedger.Clerk, sheet).Repeat);
        samples.Moment.At = Instant.FromUtc(2026, 3, 29, 1, 0);
        Assert.Contains(samples.Decide(SampleLedger.Clerk, Import(Line("2026-03-29", "0"))).Findings,
            f => f.Rule == FundingRules.PastChanged);
        using var view = database.Store.Read(SampleLedger.Ledger);
        Assert.Equal([(s_first.PlusDays(16), (long?)null), (ArrearsLedger.Day("2026-02-28"), 100000)],
            view.Queries.FundingDates(ArrearsLedger.Day("2027-01-01")).Select(d => (d.AgreedOn, d.AmountFen)));
        Assert.Single(view.Queries.FundingDates(ArrearsLedger.Day("2026-02-28")));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void What_did_not_come_is_yellow_then_red_and_a_late_payment_ends_it(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.Agreed("2026-01-15", 500000);
        ledger.Agreed("2026-02-13", 500000);
        ledger.Deposit("2026-01-10", 400000);
        Assert.Empty(Raised(ledger, "2026-01-15"));
        Assert.Equal([(WarningLevel.Yellow, 100000, 1)], Raised(ledger, "2026-01-16"));
        // What the bank gave back of a file of ours is not the owner's money.
        ledger.Deposit("2026-01-20", 900000, file: 1);
        Assert.Equal([(WarningLevel.Yellow, 600000, 2)], Raised(ledger, "2026-02-15"));
        Assert.Equal([(WarningLevel.Red, 600000, 2)], Raised(ledger, "2026-02-16"));
        ledger.Deposit("2026-02-16", 100000);
        Assert.Equal([(WarningLevel.Yellow, 500000, 1)], Raised(ledger, "2026-02-17"));
        ledger.Deposit("2026-02-17", 500000);
        Assert.Empty(Raised(ledger, "2026-02-18"));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_day_without_a_sum_is_met_by_whatever_comes_after_the_day_before_it(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.Agreed("2026-01-15");
        ledger.Agreed("2026-02-13");
        ledger.Deposit("2026-01-15", 1);
        Assert.Empty(Raised(ledger, "2026-02-13"));
        Assert.Equal([(WarningLevel.Yellow, 0, 1)], Raised(ledger, "2026-02-14"));
        ledger.Agreed("2026-02-13", 0, version: 2);
        Assert.Empty(Raised(ledger, "2026-02-15"));
    }

    /// <summary>More money never makes a day missed, and money for all days misses none.</summary>
    [Property(MaxTest = 200)]
    public bool More_money_never_misses_a_day_more(ushort[] sums, ushort paid, ushort more, byte last)
    {
        var dates = sums.Select((fen, i) => new AgreedFunding
        {
            Project = 1,
            AgreedOn = s_first.PlusMonths(i),
            AmountFen = fen % 5 == 0 ? null : fen,
        }).ToList();
        long Dates(long fen, int days) => LateFunding.Missed(dates,
            new OwnerDeposit { Project = 1, SumFen = fen, LastOn = s_first.PlusDays(days) })?.Dates ?? 0;
        return Dates(paid + more, last + 1) <= Dates(paid, last)
            && Dates(sums.Sum(s => (long)s), 31 * sums.Length) == 0
            && (LateFunding.Missed(dates, null)?.Dates ?? 0) == dates.Count;
    }

    private static IReadOnlyList<(WarningLevel, long, long)> Raised(ArrearsLedger ledger, string day)
    {
        ledger.Sweep(day);
        return [.. ledger.Live().Where(w => w.Rule == "W01").Select(w => (w.Level, w.AmountFen, w.Lines))];
    }

    private static string Line(string day, string amount = "", string? project = null) =>
        $"\n{project ?? s_project},{day},{amount}";

    private static Command Import(string lines) => new Command("funding.import", ("file", "funding.csv"))
        .With(new InputDocument(FundingImport.Input, Encoding.UTF8.GetBytes(Headings + lines)));
}

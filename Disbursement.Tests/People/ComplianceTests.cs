using Disbursement.Engine.Arrears;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Host.Storage;
using Disbursement.Tests.Arrears;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Arrears.ArrearsLedger;

namespace Disbursement.Tests.People;

/// <summary>Contracts, accounts and heads beside the wages: told by project and by worker.</summary>
public class ComplianceTests
{
    private static readonly LocalDate s_today = Day("2026-02-10");

    [Theory]
    [InlineData("2025-12-01", null, true, "NoContract")]
    [InlineData("2025-12-01", null, false, "NoContract")]
    [InlineData("2025-12-01", "2025-12-01", true, "")]
    [InlineData("2025-12-01", "2025-12-02", true, "ContractLate")]
    [InlineData("2026-01-26", "2026-01-26", false, "")]
    [InlineData("2026-01-25", "2026-01-25", false, "NoAccount")]
    [InlineData("2025-12-01", "2025-12-02", false, "ContractLate NoAccount")]
    public void A_contract_comes_before_work_and_an_account_within_fifteen_days_of_it(
        string joined, string? signed, bool account, string found) => Assert.Equal(found,
            string.Join(' ', Compliance.Of(new ComplianceFacts
            {
                Project = 1,
                ProjectCode = "样例",
                Worker = 1,
                JoinedOn = Day(joined),
                SignedOn = signed is null ? null : Day(signed),
                HasAccount = account ? 1 : 0,
            }, s_today)));

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_project_s_figures_are_of_the_workers_who_are_on_it_and_of_the_last_month(string engine)
    {
        using var ledger = new ArrearsLedger(engine: engine);
        ledger.AnotherProject(2, "520102");
        ledger.Terms(1, RateKind.Day, 30000, 13);
        ledger.Terms(2, RateKind.Day, 30000, 13);
        ledger.Left(12, "2026-02-09");
        ledger.Worked(1, "2026-01-05", "2026-01-06");
        ledger.Worked(2, "2026-01-05");
        ledger.Approved(1, "2026-02-13", "2026-01-01/2026-01-31", 60000);
        var (facts, heads) = ledger.Ask(v => (((SetQueries)v.Queries).Compliance(0, s_today).ToList(),
            v.Queries.MonthHeads(Day("2026-01-01"), Day("2026-02-01"))));
        Assert.Equal([
            new ProjectCompliance("样例-1", Workers - 1, Workers - 3, 0, 0, 2, 1, 0),
            new ProjectCompliance("样例-2", Workers, Workers, 0, 0, 0, 0, 0),
        ], Compliance.Sum(facts, heads, s_today));
        Assert.Equal(18, Compliance.Sum(facts, heads, s_today)[0].ContractPercent);
        Assert.Equal(Workers, ledger.Ask(v => ((SetQueries)v.Queries).Compliance(2, s_today).Count()));
    }
}

using System.Text;
using System.Text.Json.Nodes;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Arrears;

/// <summary>Orders of an authority to pay: whole sheet or nothing, tied to the arrears they name.</summary>
public class OrderTests
{
    private const string Headings = "文书编号,机关,日期,期限,项目编码,用工单位统一社会信用代码,工资表,金额";
    private static readonly string Project = SampleLedger.Employers[0].Project.Code;
    private static readonly string Employer = SampleLedger.Employers[0].CreditCode;

    public static TheoryData<string, string> Wrong => new()
    {
        { "order.bad-employer", Line(employer: "91350100M000100Y44") },
        { "order.nothing-ordered", Line(amount: "0") },
        { "order.deadline-before-date", Line(deadline: "2026-02-01") },
        { "order.heads-differ", Line() + Line(payroll: "1", deadline: "2026-03-11") },
        { "order.duplicate-line", Line() + Line() },
        { "order.bad-payroll", Line(payroll: "一") },
        { "order.employer-unknown", Line(employer: "91350100M000100Y43") },
        { "order.other-payroll", Line(payroll: "99") },
        { "subject.not-found", Line(project: "nowhere") },
        { "sheet.three-decimals", Line(amount: "1.005") },
    };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_line_refuses_the_whole_sheet(string code, string lines)
    {
        using var database = Databases.Fresh(Engines.Sqlite);
        var samples = new SampleLedger(database.Store).Registers();
        var decision = samples.Decide(SampleLedger.Clerk, Import(Line(number: "good") + lines));
        Assert.False(decision.Accepted);
        Assert.Contains(decision.Findings, f => f.Rule.Code == code);
        Assert.Equal(0, samples.Ask(v => v.Count<PayOrderRow>()));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void An_order_is_kept_once_tied_to_the_obligation_and_shown_as_unperformed_after_its_deadline(string engine)
    {
        using var database = Databases.Fresh(engine);
        var samples = new SampleLedger(database.Store);
        samples.Approved();
        var early = samples.Decide(SampleLedger.Clerk, Import(Line(number: "before")));
        Assert.Contains(early.Findings, f => f.Rule == OrderRules.NoObligation);
        samples.Moment.At = Instant.FromUtc(2026, 2, 14, 1, 0);
        samples.Done("", new Command("arrears.sweep"));
        samples.Moment.At = Instant.FromUtc(2026, 3, 1, 1, 0);
        var sheet = Import(Line(payroll: "1") + Line(number: "all"));
        Assert.Empty(samples.Decide(SampleLedger.Clerk, sheet).Findings);
        Assert.True(samples.Done(SampleLedger.Clerk, sheet).Repeat);
        // The same order in another file is the same order; with other content it is refused.
        var again = samples.Done(SampleLedger.Clerk, Import(Line(number: "all") + "\n"));
        Assert.Equal(0, ((ImportResult)again.Result!).Written);
        Assert.Contains(samples.Decide(SampleLedger.Clerk, Import(Line(number: "all", amount: "2"))).Findings,
            f => f.Rule == OrderRules.OtherContent);
        var obligation = samples.Ask(v => v.List<ObligationRow>()).First(o => o.Payroll == 1);
        Assert.Equal(["before", "人社令〔2026〕1号", "all"],
            samples.Ask(v => OrderTie.Of(v, obligation)).Select(t => t.Order.Number));
        Assert.Equal(["False", "True"],
            new[] { "2026-03-10", "2026-03-11" }.Select(day => Unperformed(database, obligation, day)));
    }

    private static string Unperformed(Database database, ObligationRow obligation, string day)
    {
        var (code, output, errors) = Disburse.Run("arrears", "show", $"{obligation.Obligation}", "--json",
            "--db", database.Option, "--at", day + "T01:00:00Z");
        Assert.True(code == 0, output + errors);
        var orders = JsonNode.Parse(output)!["orders"]!.AsArray();
        return $"{orders.First(o => o!["number"]!.GetValue<string>() == "all")!["unperformed"]!.GetValue<bool>()}";
    }

    private static string Line(string number = "人社令〔2026〕1号", string? project = null, string? employer = null,
        string payroll = "", string amount = "1000.00", string deadline = "2026-03-10") =>
        $"{number},样例人社局,2026-02-20,{deadline},{project ?? Project},{employer ?? Employer},{payroll},{amount}\n";

    private static Command Import(string lines) => new Command("order.import", ("file", "orders.csv"))
        .With(new InputDocument(OrderImport.Input, Encoding.UTF8.GetBytes($"{Headings}\n{lines}"), Personal: true));
}

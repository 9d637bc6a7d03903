using Disbursement.Engine.Arrears;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Arrears;

/// <summary>Which obligations an order's line is about, and when it is not performed.</summary>
public sealed class OrderTieTests
{
    private static readonly LocalDate s_due = new(2026, 2, 13);

    [Theory]
    [InlineData(1, 1, null, "2026-02-13", true)]
    [InlineData(1, 1, null, "2026-02-14", true)]
    [InlineData(1, 1, null, "2026-02-12", false)]
    [InlineData(2, 1, null, "2026-02-14", false)]
    [InlineData(1, 2, null, "2026-02-14", false)]
    [InlineData(1, 1, 7L, "2026-02-01", true)]
    [InlineData(1, 1, 8L, "2026-02-14", false)]
    [InlineData(2, 1, 7L, "2026-02-14", false)]
    [InlineData(1, 2, 7L, "2026-02-14", false)]
    public void A_line_is_about_its_project_and_subcontractor_of_its_payroll_or_of_all_that_is_due(
        long project, long subcontractor, long? payroll, string issued, bool fits) =>
        Assert.Equal(fits, OrderTie.Fits(Order(1, issued), Line(1, project, subcontractor, payroll), Owed()));

    [Fact]
    public void The_orders_of_an_obligation_come_by_date_then_by_number_then_by_line()
    {
        using var ledger = new ArrearsLedger();
        ledger.Put(Order(1, "2026-03-02"), Order(2, "2026-03-01"), Order(3, "2026-03-01"), Order(4, "2026-02-01"));
        ledger.Put(Line(1, 1, 1, null), Line(2, 1, 1, null), Line(3, 1, 1, null), Line(3, 1, 1, 7, line: 2),
            Line(4, 1, 1, null), Line(2, 2, 1, null, line: 2));
        ledger.Run((context, changes) =>
        {
            Assert.Equal([(2L, 1L), (3, 1), (3, 2), (1, 1)], OrderTie.Of(context.Rows, Owed())
                .Select(t => (t.Order.PayOrder, t.Line.Line)));
            changes.Insert(Order(5, "2026-03-01"));
        });
    }

    [Theory]
    [InlineData(1, "2026-03-11", true)]
    [InlineData(1, "2026-03-10", false)]
    [InlineData(0, "2026-03-11", false)]
    public void It_is_unperformed_the_day_after_its_deadline_while_a_line_is_open(long open, string today, bool late) =>
        Assert.Equal(late, OrderTie.Unperformed(Order(1, "2026-03-01"), Owed() with { LinesOpen = open },
            ArrearsLedger.Day(today)));

    private static PayOrderRow Order(long id, string issued) => new()
    {
        PayOrder = id,
        Number = $"样例 {id}",
        Authority = "样例人社局",
        IssuedOn = ArrearsLedger.Day(issued),
        Deadline = new LocalDate(2026, 3, 10),
        Document = "order",
    };

    private static PayOrderLineRow Line(long order, long project, long subcontractor, long? payroll, long line = 1) =>
        new()
        {
            PayOrder = order,
            Line = line,
            Project = project,
            Subcontractor = subcontractor,
            Payroll = payroll,
            AmountFen = 1,
            DocumentRow = line,
        };

    private static ObligationRow Owed() => new()
    {
        Obligation = 1,
        Version = 1,
        Kind = ObligationKind.Unpaid,
        Project = 1,
        Subcontractor = 1,
        Payroll = 7,
        Period = "2026-01-01/2026-01-31",
        Episode = 1,
        State = ObligationState.Open,
        DueDate = s_due,
        NextDeadline = s_due,
        Lines = 1,
        AmountFen = 1,
        LinesOpen = 1,
        OpenFen = 1,
    };
}

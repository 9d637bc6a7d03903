using System.Globalization;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// order.import: orders of an authority to pay (责令限期支付, 责令整改) are kept and tied to the arrears they name. Whole
/// file or nothing; an order that stands already with the same content is passed over.
/// </summary>
public sealed class OrderImport(ISheetReader sheets) : ICommandHandler
{
    public const string Input = "orders";

    public string Verb => "order.import";

    public object Prepare(Command command)
    {
        var table = SheetImport.Table(sheets, SheetKind.Orders, Input, command);
        return table.Accepted
            ? OrderSheet.Read(table.Value, IdentifierChecks.Standard)
            : Decision<IReadOnlyList<OrderLine>>.Refuse(table.Findings);
    }

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        if (SheetImport.Repeat(context, Input) is { } repeat) return Decision<Changes>.Accept(repeat);
        var read = (Decision<IReadOnlyList<OrderLine>>)context.Prepared!;
        if (!read.Accepted) return Decision<Changes>.Refuse(read.Findings);
        var taking = new Taking(context);
        foreach (var order in read.Value.GroupBy(l => l.Number).OrderBy(g => g.Min(l => l.Row)))
            taking.Take([.. order]);
        if (taking.Findings.Exists(f => f.Rule.Severity == Severity.Refusal))
            return Decision<Changes>.Refuse(taking.Findings);
        return Decision<Changes>.Accept(
            SheetImport.Done(context, taking.Changes, Input, read.Value.Count), taking.Findings);
    }

    private sealed class Taking(DecisionContext context)
    {
        public List<Finding> Findings { get; } = [];
        public Changes Changes { get; } = new();

        public void Take(IReadOnlyList<OrderLine> lines)
        {
            var rows = new List<PayOrderLineRow>();
            foreach (var line in lines)
                if (Row(line, rows.Count + 1) is { } row) rows.Add(row);
            if (rows.Count < lines.Count) return;
            var head = lines[0];
            if (context.Rows.Find<PayOrderRow>(("number", head.Number)) is { } known)
            {
                if (Difference(known, head, rows) is { } what)
                    Note(OrderRules.OtherContent, head, "文书编号", head.Number, head.Number, what);
                return;
            }
            var order = new PayOrderRow
            {
                PayOrder = context.NextId("pay-order"),
                Number = head.Number,
                Authority = head.Authority,
                IssuedOn = head.IssuedOn,
                Deadline = head.Deadline,
                Document = context.InputDigest(Input),
            };
            Changes.Insert(order).Insert<PayOrderLineRow>([.. rows.Select(r => r with { PayOrder = order.PayOrder })]);
            foreach (var (line, row) in lines.Zip(rows))
                if (!context.Rows.List<ObligationRow>(("project", row.Project), ("subcontractor", row.Subcontractor))
                    .Any(o => o.LinesOpen > 0 && OrderTie.Fits(order, row, o)))
                    Note(OrderRules.NoObligation, line, "项目编码", line.Project);
        }

        private PayOrderLineRow? Row(OrderLine line, long number)
        {
            var project = context.Rows.Find<ProjectRow>(("code", line.Project));
            if (project is null) Note(RuntimeRules.NotFound, line, "项目编码", line.Project, "project", line.Project,
                Subject.Named("project").Listed);
            var employer = context.Rows.Find<EmployerRow>(("credit_code", line.Employer));
            if (employer is null)
                Note(OrderRules.EmployerUnknown, line, "用工单位统一社会信用代码", line.Employer, line.Employer);
            if (project is null || employer is null) return null;
            if (line.Payroll is { } id && !(context.Rows.Find<PayrollRow>(("payroll", id)) is { } payroll
                && payroll.Project == project.Project && payroll.Employer == employer.Employer))
            {
                Note(OrderRules.OtherPayroll, line, "工资表", Text(id), Text(id));
                return null;
            }
            return new PayOrderLineRow
            {
                PayOrder = 0,
                Line = number,
                Project = project.Project,
                Subcontractor = employer.Employer,
                Payroll = line.Payroll,
                AmountFen = line.Amount.Fen,
                DocumentRow = line.Row,
            };
        }

        /// <summary>What of a standing order the sheet would change, or null.</summary>
        private string? Difference(PayOrderRow known, OrderLine head, List<PayOrderLineRow> rows)
        {
            if (known.Authority != head.Authority) return Bilingual.Of("机关", "authority");
            if (known.IssuedOn != head.IssuedOn) return Bilingual.Of("日期", "date");
            if (known.Deadline != head.Deadline) return Bilingual.Of("期限", "deadline");
            var standing = context.Rows.List<PayOrderLineRow>(("pay_order", known.PayOrder));
            return standing.Select(Content).SequenceEqual(rows.Select(Content)) ? null : Bilingual.Of("金额", "amount");
        }

        private static (long, long, long?, long) Content(PayOrderLineRow row) =>
            (row.Project, row.Subcontractor, row.Payroll, row.AmountFen);

        private void Note(RefusalRule rule, OrderLine line, string column, string value, params string[] arguments) =>
            Findings.Add(new Finding(rule,
                new Place(context.Command.Text("file"), line.Row, column, value), arguments));

        private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Which obligations a line of an order is about.</summary>
public static class OrderTie
{
    /// <summary>
    /// Those of its project and subcontractor: of the payroll it names, else of every one due by the order's date.
    /// </summary>
    public static bool Fits(PayOrderRow order, PayOrderLineRow line, ObligationRow obligation) =>
        line.Project == obligation.Project && line.Subcontractor == obligation.Subcontractor
        && (line.Payroll is { } payroll ? obligation.Payroll == payroll : obligation.DueDate <= order.IssuedOn);

    /// <summary>The orders an obligation stands under, each with the line that names it; oldest first.</summary>
    public static IReadOnlyList<(PayOrderRow Order, PayOrderLineRow Line)> Of(
        IRowReader rows, ObligationRow obligation) =>
        [.. rows.List<PayOrderLineRow>(("project", obligation.Project), ("subcontractor", obligation.Subcontractor))
            .Select(l => (Order: rows.Find<PayOrderRow>(("pay_order", l.PayOrder))!, Line: l))
            .Where(t => Fits(t.Order, t.Line, obligation))
            .OrderBy(t => t.Order.IssuedOn).ThenBy(t => t.Order.PayOrder).ThenBy(t => t.Line.Line)];

    /// <summary>The deadline has passed, and a line of the obligation is still open.</summary>
    public static bool Unperformed(PayOrderRow order, ObligationRow obligation, LocalDate today) =>
        obligation.LinesOpen > 0 && order.Deadline < today;
}

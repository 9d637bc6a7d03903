using System.Globalization;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Arrears;

/// <summary>One line of an authority's order to pay (责令限期支付, 责令整改) as read and found valid.</summary>
/// <param name="Payroll">The payroll it names, or null: all arrears of the subcontractor on the project.</param>
public sealed record OrderLine(long Row, string Number, string Authority, LocalDate IssuedOn, LocalDate Deadline,
    string Project, string Employer, long? Payroll, Money Amount);

/// <summary>Reads the sheet of orders. Refuses the whole file with every finding at once; never throws.</summary>
public static class OrderSheet
{
    public static Decision<IReadOnlyList<OrderLine>> Read(RawTable table, IdentifierChecks checks) =>
        new Reading(table, checks).Read();

    private sealed class Reading
    {
        private readonly CellReader _sheet;
        private readonly IdentifierChecks _checks;
        private readonly CellColumn _number, _authority, _issued, _deadline, _project, _employer, _payroll, _amount;
        private readonly Dictionary<string, OrderLine> _first = new(StringComparer.Ordinal);
        private readonly Dictionary<(string, string, string, long?), long> _seen = [];

        public Reading(RawTable table, IdentifierChecks checks)
        {
            _checks = checks;
            _sheet = new CellReader(table);
            _number = _sheet.Required("文书编号", "order");
            _authority = _sheet.Required("机关", "authority");
            _issued = _sheet.Required("日期", "date");
            _deadline = _sheet.Required("期限", "deadline");
            _project = _sheet.Required("项目编码", "project");
            _employer = _sheet.Required("用工单位统一社会信用代码", "employer");
            _payroll = _sheet.Optional("工资表", "payroll");
            _amount = _sheet.Required("金额", "amount");
        }

        public Decision<IReadOnlyList<OrderLine>> Read()
        {
            var lines = new List<OrderLine>();
            if (_sheet.Refused) return _sheet.Decide<IReadOnlyList<OrderLine>>(lines);
            foreach (var row in _sheet.Rows())
                if (Line(row) is { } line) lines.Add(line);
            return _sheet.Decide<IReadOnlyList<OrderLine>>(lines);
        }

        private OrderLine? Line(RawRow row)
        {
            // `&`, not `&&`: every cell is looked at, so that all findings come at once.
            var good = _sheet.Text(row, _number, out var number) & _sheet.Text(row, _authority, out var authority)
                & _sheet.Date(row, _issued, out var issued) & _sheet.Date(row, _deadline, out var deadline)
                & _sheet.Text(row, _project, out var project) & _sheet.Text(row, _employer, out var employer)
                & Payroll(row, out var payroll) & _sheet.Money(row, _amount, out var amount);
            if (!good) return null;
            if (!_checks.CreditCode(employer)) _sheet.Note(OrderRules.BadEmployer, row, _employer);
            if (amount == Money.Zero) _sheet.Note(OrderRules.NothingOrdered, row, _amount);
            if (deadline < issued) _sheet.Note(OrderRules.DeadlineBeforeDate, row, _deadline);
            var line = new OrderLine(
                row.Number, number, authority, issued, deadline, project, employer, payroll, amount);
            if (!_first.TryAdd(number, line) && _first[number] is var first && (first.Authority != authority
                || first.IssuedOn != issued || first.Deadline != deadline))
                _sheet.Note(OrderRules.HeadsDiffer, row, _number, number, Text(first.Row));
            if (!_seen.TryAdd((number, project, employer, payroll), row.Number))
                _sheet.Note(OrderRules.DuplicateLine, row, _number,
                    Text(_seen[(number, project, employer, payroll)]));
            return line;
        }

        private bool Payroll(RawRow row, out long? payroll)
        {
            payroll = null;
            var text = row[_payroll.Index];
            if (text.Length == 0) return true;
            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0)
            {
                payroll = id;
                return true;
            }
            _sheet.Note(OrderRules.BadPayroll, row, _payroll);
            return false;
        }

        private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}

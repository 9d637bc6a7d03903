using System.Globalization;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Payroll;

/// <summary>What a payroll sheet is read against: facts of the command, none of them read from the clock.</summary>
/// <param name="Today">The day of the command's moment.</param>
/// <param name="MinimumWage">The local monthly minimum wage (最低工资标准) of the period.</param>
public sealed record PayrollContext(LocalDate Today, Money MinimumWage, IdentifierChecks Checks, IRosterLookup Roster);

/// <summary>
/// Reads a payroll sheet and holds it to every rule it can break by itself or against the register. Refuses the whole
/// file
/// with every finding at once; never throws.
/// </summary>
public static class PayrollSheet
{
    public static Decision<PayrollDraft> Read(RawTable table, PayrollHeader header, PayrollContext context) =>
        new Reading(table, header, context).Read();

    /// <summary>
    /// A sheet that was received, with its stored lines: what it could break by itself or against the registers was
    /// decided then and is not asked again.
    /// </summary>
    /// <returns>Lines without names and remarks; deductions as one sum are in the stored line, none here.</returns>
    internal static Decision<PayrollDraft> Again(RawTable table, PayrollHeader header, PayrollLineReader stored)
    {
        var name = table.Column("姓名", "name");
        var (identity, reason) = (table.Column("身份证号", "identity"), table.Column("差异原因", "difference reason"));
        var lines = new List<PayrollLine>();
        foreach (var row in Listed(table))
        {
            Invariant.Holds(stored.MoveNext() && stored.Current.Line == lines.Count + 1,
                "the stored lines are those of the sheet");
            var entry = stored.Current;
            lines.Add(new PayrollLine(entry.Line, row.Number, entry.Worker, row[name],
                IdentityNumber.Canonical(row[identity]), entry.CentiDays,
                entry.Minutes, entry.Gross, DeductionList.None, entry.Net, entry.Confirmation, row[reason], ""));
        }
        Invariant.Holds(!stored.MoveNext() && stored.BadLine == 0, "the stored lines end with the sheet");
        return Decision<PayrollDraft>.Accept(new PayrollDraft(header, lines, stored.Totals));
    }

    /// <summary>Said of a line whose worker has not confirmed it, where the sheet does not say why.</summary>
    internal static string NotStated => Bilingual.Of("未说明", "no reason");

    /// <summary>The rows of people, in order: the n-th is line n. A total row is none.</summary>
    internal static IEnumerable<RawRow> Listed(RawTable table)
    {
        var (number, name) = (table.Column("序号", "no"), table.Column("姓名", "name"));
        return table.Rows.Where(row => !IsTotal(row, number, name));
    }

    private static bool IsTotal(RawRow row, int number, int name) => row[number] is "合计" or "总计"
        || row[name] is "合计" or "总计" || row[number].Equals("total", StringComparison.OrdinalIgnoreCase);

    private sealed class Reading
    {
        private readonly CellReader _sheet;
        private readonly PayrollHeader _header;
        private readonly PayrollContext _context;
        private readonly CellColumn _number, _name, _identity, _days, _hours, _gross, _deductions, _net;
        private readonly CellColumn _confirmed, _gap, _reason, _remark;
        private readonly bool _columnsMissing;
        private readonly Dictionary<string, long> _rowOfWorker = [];
        private readonly Dictionary<string, long> _rowOfNumber = [];
        private readonly List<PayrollLine> _lines = [];
        private PayrollTotals _totals;

        public Reading(RawTable table, PayrollHeader header, PayrollContext context)
        {
            _sheet = new CellReader(table);
            _header = header;
            _context = context;
            _number = _sheet.Required("序号", "no");
            _name = _sheet.Required("姓名", "name");
            _identity = _sheet.Required("身份证号", "identity");
            _days = _sheet.Required("出勤天数", "days");
            _hours = _sheet.Optional("工时", "hours");
            _gross = _sheet.Required("应发工资", "gross");
            _deductions = _sheet.Optional("扣款", "deductions");
            _net = _sheet.Required("实发工资", "net");
            _confirmed = _sheet.Optional("本人确认日期", "confirmed on");
            _gap = _sheet.Optional("未确认原因", "not confirmed because");
            _reason = _sheet.Optional("差异原因", "difference reason");
            _remark = _sheet.Optional("备注", "remark");
            _columnsMissing = _sheet.Refused;
        }

        public Decision<PayrollDraft> Read()
        {
            Header();
            if (!_columnsMissing) Lines();
            return _sheet.Decide(new PayrollDraft(_header, _lines, _totals));
        }

        private void Header()
        {
            if (_header.Project.Length == 0)
                _sheet.Note(PayrollRules.MissingFact, "project", "", Bilingual.Of("项目编码", "project"));
            if (_header.Number.Length == 0)
                _sheet.Note(PayrollRules.MissingFact, "number", "", Bilingual.Of("表号", "number"));
            if (!_context.Checks.CreditCode(_header.Employer))
                _sheet.Note(PayrollRules.BadEmployer, "employer", _header.Employer);
            var period = $"{Day(_header.From)}..{Day(_header.To)}";
            if (_header.From > _header.To) _sheet.Note(PayrollRules.BadPeriod, "period", period);
            // A leaver is settled on the leaving day (工资支付暂行规定 art. 9), not at the end of a period.
            else if (_header.To >= _context.Today && _header.Kind != PayrollKind.FinalSettlement)
                _sheet.Note(PayrollRules.FuturePeriod, "period", period, Day(_header.To), Day(_context.Today));
        }

        private void Lines()
        {
            RawRow? total = null;
            var rows = 0;
            foreach (var row in _sheet.Rows(IsTotal))
            {
                if (total is not null) _sheet.Note(PayrollRules.RowAfterTotal, row, _number);
                else if (IsTotal(row)) total = row;
                else
                {
                    rows++;
                    Line(row, rows);
                }
            }
            if (total is { } declared) Compare(declared, rows);
            else if (rows > 0) _sheet.Note(PayrollRules.NoTotal, _number.Heading, "");
        }

        private bool IsTotal(RawRow row) => PayrollSheet.IsTotal(row, _number.Index, _name.Index);

        private void Line(RawRow row, int line)
        {
            // `&`, not `&&`: every cell is looked at, so that all findings come at once.
            if (row[_number.Index] is { Length: > 0 } number && !_rowOfNumber.TryAdd(number, row.Number))
                _sheet.Note(PayrollRules.DuplicateNumber, row, _number, Text(_rowOfNumber[number]));
            var known = Worker(row, out var identity, out var name, out var worker);
            var counted = _sheet.Hundredths(row, _days, out var days) & _sheet.Minutes(row, _hours, out var minutes);
            if (counted) Time(row, days, minutes);
            var paid = _sheet.Money(row, _gross, out var gross) & DeductionsOf(row, out var deductions)
                & _sheet.Money(row, _net, out var net);
            var confirmation = ConfirmationOf(row);
            if (paid)
            {
                Amounts(row, gross, deductions, net);
                _totals = _totals.Plus(gross, deductions.Total, net);
            }
            if (known && counted && paid)
                _lines.Add(new PayrollLine(line, row.Number, worker, name, identity, days, minutes, gross, deductions,
                    net, confirmation, row[_reason.Index], row[_remark.Index]));
        }

        private bool Worker(RawRow row, out string identity, out string name, out long worker)
        {
            worker = 0;
            var named = _sheet.Text(row, _name, out name);
            if (!_sheet.Identity(row, _identity, _context.Checks, out identity)) return false;
            if (!_rowOfWorker.TryAdd(identity, row.Number))
            {
                _sheet.Note(PayrollRules.DuplicateWorker, row, _identity, Text(_rowOfWorker[identity]));
                return false;
            }
            var entry = _context.Roster.Find(identity, _header.Project, _header.Employer);
            if (entry is null)
            {
                _sheet.Note(PayrollRules.Unregistered, row, _identity);
                return false;
            }
            worker = entry.Worker;
            if (entry.Project != _header.Project) _sheet.Note(PayrollRules.OtherProject, row, _identity, entry.Project);
            else if (entry.Employer != _header.Employer)
                _sheet.Note(PayrollRules.OtherEmployer, row, _identity, entry.Employer);
            else if (entry.Joined > _header.To || entry.Left < _header.From)
                _sheet.Note(PayrollRules.OutsideRegistration, row, _identity);
            name = SheetText.WithMiddleDot(name);
            if (named && name != entry.Name) _sheet.Note(PayrollRules.NameDiffers, row, _name, entry.Name);
            return named;
        }

        /// <summary>
        /// More days than the period has, more hours than days have. The wage is held to attendance, not to these two
        /// columns, and some sheets count 1.5 for a long day: what cannot be is a finding and holds no wage.
        /// </summary>
        private void Time(RawRow row, long centiDays, long minutes)
        {
            if (_header.From > _header.To) return;
            var period = Period.DaysBetween(_header.From, _header.To) + 1;
            if (centiDays > period * 100L)
                _sheet.Note(PayrollRules.DaysBeyondPeriod, row, _days, row[_days.Index], Text(period));
            // Hours without days are piece work's: then the period is their only bound.
            var days = centiDays == 0 ? period * 100L : centiDays;
            if (minutes * 100 > days * 24 * 60)
                _sheet.Note(PayrollRules.HoursBeyondDays, row, _hours, row[_hours.Index],
                    centiDays == 0 ? Text(period) : row[_days.Index], Text(days * 24 / 100));
        }

        private bool DeductionsOf(RawRow row, out DeductionList deductions)
        {
            var rule = Deductions.Read(row[_deductions.Index], out deductions, out var at);
            if (rule is not null) _sheet.Note(rule, row, _deductions, at);
            return rule is null;
        }

        private void Amounts(RawRow row, Money gross, DeductionList deductions, Money net)
        {
            if (gross - deductions.Total != net)
            {
                var should = (gross - deductions.Total).ToYuan();
                _sheet.Note(PayrollRules.NetMismatch, row, _net, gross.ToYuan(), deductions.Total.ToYuan(), should);
            }
            if (net == Money.Zero) _sheet.Note(PayrollRules.NetNotPositive, row, _net);
            if (Deductions.DamageLimit(gross, deductions, _context.MinimumWage) is { } limit)
            {
                var damage = deductions.Of(DeductionCode.Damage).ToYuan();
                _sheet.Note(limit, row, _deductions, damage, gross.ToYuan(), _context.MinimumWage.ToYuan());
            }
        }

        private Confirmation ConfirmationOf(RawRow row)
        {
            if (!_sheet.OptionalDate(row, _confirmed, out var on)) return Confirmation.Missing(ConfirmationGap.Other);
            if (on is { } day) return Dated(row, day);
            var written = row[_gap.Index];
            _sheet.Note(PayrollRules.NoConfirmation, row, _confirmed,
                written.Length == 0 ? NotStated : written);
            return Confirmation.Missing(written switch
            {
                "" => ConfirmationGap.NotStated,
                "不在场" or "外出" or "ABSENT" => ConfirmationGap.Absent,
                "已离场" or "LEFT" => ConfirmationGap.Left,
                "拒签" or "有异议" or "DECLINED" => ConfirmationGap.Declined,
                _ => ConfirmationGap.Other,
            });
        }

        /// <summary>A day that is still to come, or before there was anything to confirm, confirms nothing.</summary>
        private Confirmation Dated(RawRow row, LocalDate day)
        {
            if (day > _context.Today) _sheet.Note(PayrollRules.ConfirmedAhead, row, _confirmed, Day(_context.Today));
            else if (day < _header.From) _sheet.Note(PayrollRules.ConfirmedBefore, row, _confirmed, Day(_header.From));
            else return Confirmation.Given(day);
            return Confirmation.Missing(ConfirmationGap.Other);
        }

        /// <summary>The total row: 合计 under 序号 or 姓名, the count under the other, sums under gross and net; empty: not
        /// declared.</summary>
        private void Compare(RawRow total, int rows)
        {
            var underName = total[_name.Index] is "合计" or "总计";
            var countColumn = underName ? _number : _name;
            var count = total[countColumn.Index].TrimEnd('人');
            if (count.Length > 0 && count != Text(rows))
                _sheet.Note(PayrollRules.TotalsDisagree, total, countColumn, Bilingual.Of("人数", "count"), count,
                    Text(rows));
            // With an amount unread the sums say nothing, and the sheet is refused already.
            if (_totals.Lines != rows) return;
            CompareSum(total, _gross, Bilingual.Of("应发", "gross"), _totals.Gross);
            CompareSum(total, _net, Bilingual.Of("实发", "net"), _totals.Net);
        }

        private void CompareSum(RawRow total, CellColumn column, string what, Money sum)
        {
            var text = total[column.Index];
            if (text.Length == 0) return;
            if (Money.ParseYuan(text, out var declared) != MoneyText.Valid || declared != sum)
                _sheet.Note(PayrollRules.TotalsDisagree, total, column, what, text, sum.ToYuan());
        }

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

        private static string Day(LocalDate date) => date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
    }
}

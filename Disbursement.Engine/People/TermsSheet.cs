using System.Globalization;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.People;

/// <summary>Whose terms, and the terms: one row of a terms sheet.</summary>
public sealed record TermsLine(long Row, string Identity, string Project, ContractTerms Terms);

/// <summary>Reads contract terms. Refuses the whole file with every finding at once; never throws.</summary>
public static class TermsSheet
{
    public static Decision<IReadOnlyList<TermsLine>> Read(RawTable table, IdentifierChecks checks) =>
        new Reading(table, checks).Read();

    private sealed class Reading
    {
        private readonly CellReader _sheet;
        private readonly IdentifierChecks _checks;
        private readonly CellColumn _identity, _project, _signed, _kind, _rate, _unit, _payDay, _day, _cycle;
        private readonly Dictionary<(string, string, LocalDate), long> _seen = [];

        public Reading(RawTable table, IdentifierChecks checks)
        {
            _checks = checks;
            _sheet = new CellReader(table);
            _identity = _sheet.Required("身份证号", "identity");
            _project = _sheet.Required("项目编码", "project");
            _signed = _sheet.Required("合同签订日期", "signed on");
            _kind = _sheet.Required("计薪方式", "rate kind");
            _rate = _sheet.Required("单价(元)", "rate", "单价（元）", "单价");
            _unit = _sheet.Optional("计件单位", "piece unit");
            _payDay = _sheet.Required("约定发薪日", "pay day");
            _day = _sheet.Required("标准日工时", "standard day hours");
            _cycle = _sheet.Required("支付周期", "pay cycle");
        }

        public Decision<IReadOnlyList<TermsLine>> Read()
        {
            var lines = new List<TermsLine>();
            if (_sheet.Refused) return _sheet.Decide<IReadOnlyList<TermsLine>>(lines);
            foreach (var row in _sheet.Rows())
                if (Line(row) is { } line) lines.Add(line);
            return _sheet.Decide<IReadOnlyList<TermsLine>>(lines);
        }

        private TermsLine? Line(RawRow row)
        {
            // `&`, not `&&`: every cell is looked at, so that all findings come at once.
            var good = _sheet.Identity(row, _identity, _checks, out var identity)
                & _sheet.Text(row, _project, out var project) & _sheet.Date(row, _signed, out var signed)
                & Kind(row, out var kind) & Rate(row, out var rate) & StandardDay(row, out var minutes)
                & Cycle(row, out var cycle);
            if (!good) return null;
            var unit = row[_unit.Index];
            if (kind == RateKind.Piece && unit.Length == 0) _sheet.Note(PeopleRules.MissingPieceUnit, row, _unit);
            if (!PayDay(row, cycle, out var payDay)) return null;
            if (!_seen.TryAdd((identity, project, signed), row.Number))
            {
                var first = _seen[(identity, project, signed)].ToString(CultureInfo.InvariantCulture);
                _sheet.Note(PeopleRules.DuplicateTerms, row, _identity, first);
            }
            return new TermsLine(row.Number, identity, project, new ContractTerms(signed, kind, rate,
                kind == RateKind.Piece ? unit : "", cycle, payDay, minutes));
        }

        private bool Kind(RawRow row, out RateKind kind)
        {
            kind = default;
            if (!_sheet.Text(row, _kind, out var text)) return false;
            (var known, kind) = text.ToUpperInvariant() switch
            {
                "MONTH" or "月" or "月薪" => (true, RateKind.Month),
                "WEEK" or "周" or "周薪" => (true, RateKind.Week),
                "DAY" or "日" or "天" or "日薪" => (true, RateKind.Day),
                "HOUR" or "小时" or "时" => (true, RateKind.Hour),
                "PIECE" or "计件" or "件" => (true, RateKind.Piece),
                _ => (false, default),
            };
            if (!known) _sheet.Note(PeopleRules.UnknownRateKind, row, _kind);
            return known;
        }

        private bool Cycle(RawRow row, out PayCycle cycle)
        {
            cycle = default;
            if (!_sheet.Text(row, _cycle, out var text)) return false;
            (var known, cycle) = text.ToUpperInvariant() switch
            {
                "MONTH" or "月" => (true, PayCycle.Month),
                "WEEK" or "周" => (true, PayCycle.Week),
                "DAY" or "日" or "天" => (true, PayCycle.Day),
                "PIECE" or "计件" => (true, PayCycle.Piece),
                "FINAL" or "一次付清" => (true, PayCycle.Final),
                _ => (false, default),
            };
            if (!known) _sheet.Note(PeopleRules.UnknownCycle, row, _cycle);
            return known;
        }

        private bool Rate(RawRow row, out Money rate)
        {
            if (!_sheet.Money(row, _rate, out rate)) return false;
            if (rate > Money.Zero) return true;
            _sheet.Note(PeopleRules.RateNotPositive, row, _rate);
            return false;
        }

        private bool StandardDay(RawRow row, out int minutes)
        {
            minutes = 0;
            if (!_sheet.Text(row, _day, out _) || !_sheet.Minutes(row, _day, out var read)) return false;
            if (read is < 1 or > 24 * 60)
            {
                _sheet.Note(PeopleRules.BadStandardDay, row, _day);
                return false;
            }
            minutes = (int)read;
            return true;
        }

        /// <summary>A piece cycle names its date, a leaver's none; the others a day of the period after (weeks:
        /// 1–7).</summary>
        private bool PayDay(RawRow row, PayCycle cycle, out AgreedPayDay payDay)
        {
            payDay = default;
            if (cycle == PayCycle.Final) return true;
            if (!_sheet.Text(row, _payDay, out var text)) return false;
            if (cycle == PayCycle.Piece && SheetText.TryDate(text, out var date))
            {
                payDay = new AgreedPayDay(null, date);
                return true;
            }
            var last = cycle == PayCycle.Week ? 7 : 31;
            if (cycle != PayCycle.Piece
                && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var day)
                && day >= 1 && day <= last)
            {
                payDay = new AgreedPayDay(day, null);
                return true;
            }
            _sheet.Note(PeopleRules.BadPayDay, row, _payDay);
            return false;
        }
    }
}

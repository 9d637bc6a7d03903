using System.Globalization;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Accounts;

/// <summary>A day on which the owner (建设单位) agreed to pay labour cost (人工费用) into the wage account.</summary>
/// <param name="Amount">What was agreed for the day; null where the contract states no sum; zero where the day is no
/// longer agreed.</param>
public sealed record FundingLine(long Row, string Project, LocalDate AgreedOn, Money? Amount);

/// <summary>Reads the sheet of agreed funding dates. Refuses the whole file with every finding at once; never throws.
/// </summary>
public static class FundingSheet
{
    /// <summary>A milliard yuan (十亿元): a year's output of a site is far below it.</summary>
    public static readonly Money MaxAmount = new(100_000_000_000);

    public static Decision<IReadOnlyList<FundingLine>> Read(RawTable table) => new Reading(table).Read();

    private sealed class Reading
    {
        private readonly CellReader _sheet;
        private readonly CellColumn _project, _agreed, _amount;
        private readonly Dictionary<(string, LocalDate), long> _seen = [];

        public Reading(RawTable table)
        {
            _sheet = new CellReader(table);
            _project = _sheet.Required("项目编码", "project");
            _agreed = _sheet.Required("约定拨付日", "agreed_on");
            _amount = _sheet.Required("约定金额", "amount");
        }

        public Decision<IReadOnlyList<FundingLine>> Read()
        {
            var lines = new List<FundingLine>();
            if (_sheet.Refused) return _sheet.Decide<IReadOnlyList<FundingLine>>(lines);
            foreach (var row in _sheet.Rows())
                if (Line(row) is { } line) lines.Add(line);
            return _sheet.Decide<IReadOnlyList<FundingLine>>(lines);
        }

        private FundingLine? Line(RawRow row)
        {
            // `&`, not `&&`: every cell is looked at, so that all findings come at once.
            var good = _sheet.Text(row, _project, out var project) & _sheet.Date(row, _agreed, out var agreed)
                & Amount(row, out var amount);
            if (!good) return null;
            if (!_seen.TryAdd((project, agreed), row.Number))
                _sheet.Note(FundingRules.DuplicateDay, row, _agreed,
                    _seen[(project, agreed)].ToString(CultureInfo.InvariantCulture));
            return new FundingLine(row.Number, project, agreed, amount);
        }

        private bool Amount(RawRow row, out Money? amount)
        {
            amount = null;
            if (row[_amount.Index].Length == 0) return true;
            var good = _sheet.Money(row, _amount, out var stated, MaxAmount);
            amount = stated;
            return good;
        }
    }
}

using System.Globalization;
using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.People;

/// <summary>One registered worker (用工花名册) as read and found valid; what was handed in is the <see
/// cref="RawRow"/>.</summary>
/// <param name="Row">The row of the sheet.</param>
/// <param name="Employer">Unified social credit code of the employing subcontractor.</param>
/// <param name="EmployerName">Its name; empty where the sheet has no such column.</param>
/// <param name="Name">Without spaces, the dot as U+00B7.</param>
/// <param name="Left">The leaving day, or null while on site.</param>
/// <param name="BankCode">CNAPS number of the branch that keeps the AnKang card (安康卡).</param>
/// <param name="Card">Empty, as all four of the account, for a worker who has none yet.</param>
/// <param name="Holder">Account holder as the bank holds the name.</param>
public sealed record RosterLine(
    long Row, string Project, string Employer, string EmployerName, string Team, string Name,
    string Identity, string Phone, string Trade, LocalDate Joined, LocalDate? Left, string BankCode,
    string BankName, string Card, string Holder);

/// <summary>Reads a roster. Refuses the whole file with every finding at once; never throws on what a sheet may
/// hold.</summary>
public static class RosterSheet
{
    public static Decision<IReadOnlyList<RosterLine>> Read(RawTable table, IdentifierChecks checks) =>
        new Reading(table, checks).Read();

    private sealed class Reading
    {
        private readonly CellReader _sheet;
        private readonly IdentifierChecks _checks;
        private readonly CellColumn _project, _employer, _employerName, _team, _name, _identity,
            _phone, _trade, _joined, _left;
        private readonly CellColumn _bankCode, _bankName, _card, _holder;
        private readonly Dictionary<(string Project, string Employer, string Identity), long> _workers = [];
        private readonly Dictionary<string, (string Identity, long Row)> _cards = [];

        public Reading(RawTable table, IdentifierChecks checks)
        {
            _checks = checks;
            _sheet = new CellReader(table);
            _project = _sheet.Required("项目编码", "project");
            _employer = _sheet.Required("用工单位统一社会信用代码", "employer");
            _employerName = _sheet.Optional("用工单位名称", "employer name");
            _team = _sheet.Required("班组", "team");
            _name = _sheet.Required("姓名", "name");
            _identity = _sheet.Required("身份证号", "identity");
            _phone = _sheet.Required("手机号", "phone");
            _trade = _sheet.Required("工种", "trade");
            _joined = _sheet.Required("进场日期", "joined");
            _left = _sheet.Optional("离场日期", "left");
            _bankCode = _sheet.Required("安康卡开户行联行号", "bank code", "联行号");
            _bankName = _sheet.Required("开户行名称", "bank name");
            _card = _sheet.Required("银行卡号", "card");
            _holder = _sheet.Required("户名", "holder");
        }

        public Decision<IReadOnlyList<RosterLine>> Read()
        {
            var lines = new List<RosterLine>();
            if (_sheet.Refused) return _sheet.Decide<IReadOnlyList<RosterLine>>(lines);
            foreach (var row in _sheet.Rows())
                if (Line(row) is { } line) lines.Add(line);
            return _sheet.Decide<IReadOnlyList<RosterLine>>(lines);
        }

        private RosterLine? Line(RawRow row)
        {
            // `&`, not `&&`: every cell is looked at, so that all findings come at once.
            var good = _sheet.Text(row, _project, out var project) & Employer(row, out var employer)
                & _sheet.Text(row, _team, out var team) & Name(row, _name, out var name)
                & _sheet.Identity(row, _identity, _checks, out var identity) & _sheet.Text(row, _phone, out var phone)
                & _sheet.Text(row, _trade, out var trade) & _sheet.Date(row, _joined, out var joined)
                & _sheet.OptionalDate(row, _left, out var left);
            var (bankCode, bankName, card, holder) = ("", "", "", "");
            if (!HasNoAccount(row))
                good &= BankCode(row, out bankCode) & _sheet.Text(row, _bankName, out bankName)
                    & Card(row, out card) & Name(row, _holder, out holder);
            if (!good) return null;
            if (left < joined) _sheet.Note(PeopleRules.LeftBeforeJoined, row, _left);
            if (!_workers.TryAdd((project, employer, identity), row.Number))
                _sheet.Note(PeopleRules.DuplicateWorker, row, _identity, Text(_workers[(project, employer, identity)]));
            if (card.Length > 0 && !_cards.TryAdd(card, (identity, row.Number)) && _cards[card].Identity != identity)
                _sheet.Note(PeopleRules.SharedCard, row, _card, Text(_cards[card].Row));
            if (card.Length > 0 && holder != name) _sheet.Note(PeopleRules.HolderDiffers, row, _holder);
            return new RosterLine(row.Number, project, employer, row[_employerName.Index], team, name, identity, phone,
                trade, joined, left, bankCode, bankName, card, holder);
        }

        /// <summary>All four cells empty: the worker has no account yet. One alone left out is a gap.</summary>
        private bool HasNoAccount(RawRow row) => new[] { _bankCode, _bankName, _card, _holder }
            .All(column => row[column.Index].Length == 0);

        private bool Employer(RawRow row, out string employer)
        {
            if (!_sheet.Text(row, _employer, out employer)) return false;
            if (_checks.CreditCode(employer)) return true;
            _sheet.Note(PeopleRules.BadCreditCode, row, _employer);
            return false;
        }

        private bool Name(RawRow row, CellColumn column, out string name)
        {
            if (!_sheet.Text(row, column, out var written)) { name = ""; return false; }
            name = SheetText.WithMiddleDot(written);
            if (!ReferenceEquals(name, written)) _sheet.Note(PeopleRules.DotVariant, row, column);
            if (!name.Any(char.IsWhiteSpace)) return true;
            _sheet.Note(PeopleRules.SpaceInName, row, column);
            return false;
        }

        private bool BankCode(RawRow row, out string bankCode)
        {
            if (!_sheet.Text(row, _bankCode, out bankCode)) return false;
            if (!_checks.BankCode(bankCode)) _sheet.Note(PeopleRules.BankCodeCheck, row, _bankCode);
            return true;
        }

        private bool Card(RawRow row, out string card)
        {
            if (!_sheet.Text(row, _card, out card)) return false;
            if (card.Length is < 8 or > 32 || card.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
            {
                _sheet.Note(PeopleRules.AccountNotDigits, row, _card);
                return false;
            }
            if (!_checks.Card(card)) _sheet.Note(PeopleRules.CardCheck, row, _card);
            return true;
        }

        private static string Text(long row) => row.ToString(CultureInfo.InvariantCulture);
    }
}

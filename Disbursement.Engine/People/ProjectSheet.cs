using System.Globalization;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.People;

/// <summary>One project with its wage account (农民工工资专用账户) as read and found valid.</summary>
/// <param name="Profile">Name of the bank profile its files are made by.</param>
/// <param name="CustomerId">The payer's number with the bank (客户号); empty where the bank asks for none.</param>
public sealed record ProjectLine(long Row, string Code, string Name, string ContractorCode, string ContractorName,
    string OwnerName, string Region, string Profile, string Account, string AccountName, string BankCode,
    string CustomerId);

/// <summary>Reads the sheet of projects. Refuses the whole file with every finding at once; never throws.</summary>
public static class ProjectSheet
{
    public static Decision<IReadOnlyList<ProjectLine>> Read(RawTable table, IdentifierChecks checks) =>
        new Reading(table, checks).Read();

    private sealed class Reading
    {
        private readonly CellReader _sheet;
        private readonly IdentifierChecks _checks;
        private readonly CellColumn _code, _name, _contractor, _contractorName, _owner, _profile, _account;
        private readonly CellColumn _accountName, _bankCode, _region, _customer;
        private readonly Dictionary<string, long> _seen = [];

        public Reading(RawTable table, IdentifierChecks checks)
        {
            _checks = checks;
            _sheet = new CellReader(table);
            _code = _sheet.Required("项目编码", "project");
            _name = _sheet.Required("项目名称", "project name");
            _contractor = _sheet.Required("总包统一社会信用代码", "contractor");
            _contractorName = _sheet.Required("总包名称", "contractor name");
            _owner = _sheet.Required("建设单位", "owner");
            _profile = _sheet.Required("银行档案", "bank profile");
            _account = _sheet.Required("专户账号", "account");
            _accountName = _sheet.Required("专户户名", "account name");
            _bankCode = _sheet.Required("联行号", "bank code");
            _region = _sheet.Required("所在地", "region");
            _customer = _sheet.Optional("客户号", "customer id");
        }

        public Decision<IReadOnlyList<ProjectLine>> Read()
        {
            var lines = new List<ProjectLine>();
            if (_sheet.Refused) return _sheet.Decide<IReadOnlyList<ProjectLine>>(lines);
            foreach (var row in _sheet.Rows())
                if (Line(row) is { } line) lines.Add(line);
            return _sheet.Decide<IReadOnlyList<ProjectLine>>(lines);
        }

        private ProjectLine? Line(RawRow row)
        {
            // `&`, not `&&`: every cell is looked at, so that all findings come at once.
            var good = _sheet.Text(row, _code, out var code) & _sheet.Text(row, _name, out var name)
                & _sheet.Text(row, _contractor, out var contractor)
                & _sheet.Text(row, _contractorName, out var contractorName) & _sheet.Text(row, _owner, out var owner)
                & _sheet.Text(row, _profile, out var profile) & _sheet.Text(row, _account, out var account)
                & _sheet.Text(row, _accountName, out var accountName) & _sheet.Text(row, _bankCode, out var bankCode)
                & _sheet.Text(row, _region, out var place);
            if (!good) return null;
            if (!_checks.CreditCode(contractor)) _sheet.Note(ProjectRules.BadContractor, row, _contractor);
            // A county's code stands as it is; a city may be named.
            if (Region.TryParse(place, out var city)) place = city.Code;
            else if (!Region.TryPrefectureOf(place, out _))
                _sheet.Note(ProjectRules.UnknownRegion, row, _region, place);
            if (account.Length is < 8 or > 32 || !Digits.All(account))
                _sheet.Note(ProjectRules.AccountNotDigits, row, _account);
            if (!_checks.BankCode(bankCode)) _sheet.Note(ProjectRules.CnapsCheck, row, _bankCode);
            if (!_seen.TryAdd(code, row.Number))
                _sheet.Note(ProjectRules.Duplicate, row, _code, _seen[code].ToString(CultureInfo.InvariantCulture));
            return new ProjectLine(row.Number, code, name, contractor, contractorName, owner, place,
                profile, account, accountName, bankCode, row[_customer.Index]);
        }
    }
}

using Disbursement.Engine.Accounts;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.People;

/// <summary>
/// project.register: projects with their wage accounts. Several projects may share one bank account, each with a wage
/// account of its own (按项目分别管理); every bank account has one unallocated account beside them.
/// </summary>
public sealed class ProjectRegister(ISheetReader sheets) : ICommandHandler
{
    public const string Input = "projects";

    public string Verb => "project.register";

    public object Prepare(Command command)
    {
        var table = SheetImport.Table(sheets, SheetKind.Projects, Input, command);
        return table.Accepted
            ? ProjectSheet.Read(table.Value, IdentifierChecks.Standard)
            : Decision<IReadOnlyList<ProjectLine>>.Refuse(table.Findings);
    }

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        if (SheetImport.Repeat(context, Input) is { } repeat) return Decision<Changes>.Accept(repeat);
        var read = (Decision<IReadOnlyList<ProjectLine>>)context.Prepared!;
        if (!read.Accepted) return Decision<Changes>.Refuse(read.Findings);
        var registering = new Registering(context);
        foreach (var line in read.Value) registering.Take(line);
        if (registering.Findings.Count > 0) return Decision<Changes>.Refuse(registering.Findings);
        var changes = registering.Changes();
        return Decision<Changes>.Accept(
            SheetImport.Done(context, changes, Input, read.Value.Count), read.Findings);
    }

    private sealed class Registering(DecisionContext context)
    {
        private readonly List<ProjectRow> _projects = [];
        private readonly List<BankAccountRow> _banks = [];
        private readonly List<WageAccountRow> _accounts = [];

        public List<Finding> Findings { get; } = [];

        public void Take(ProjectLine line)
        {
            var profiles = context.Rows.Count<AdoptionRow>(("kind", Adopt.Profile), ("name", line.Profile));
            if (profiles == 0) Note(ProjectRules.UnknownProfile, line, "银行档案", line.Profile, line.Profile);
            var hash = context.Vault.AccountHash(line.Account);
            var bank = _banks.Find(b => b.NumberHash.AsSpan().SequenceEqual(hash))
                ?? context.Rows.Find<BankAccountRow>(("number_hash", hash));
            if (bank is not null && bank.Profile != line.Profile)
                Note(ProjectRules.AccountOtherProfile, line, "银行档案", line.Profile, bank.Profile);
            if (context.Rows.Find<ProjectRow>(("code", line.Code)) is { } known)
            {
                if (Difference(known, line, bank) is { } what)
                    Note(ProjectRules.OtherContent, line, "项目编码", line.Code, line.Code, what);
                return;
            }
            bank ??= NewBankAccount(line, hash);
            var project = Row(line);
            _projects.Add(project);
            _accounts.Add(NewAccount(bank.BankAccount, project.Project));
        }

        public Changes Changes() => new Changes().Insert(_projects).Insert(_banks).Insert(_accounts);

        private ProjectRow Row(ProjectLine line) => new()
        {
            Project = context.NextId("project"),
            Code = line.Code,
            Name = line.Name,
            ContractorCode = line.ContractorCode,
            ContractorName = line.ContractorName,
            OwnerName = line.OwnerName,
            Region = line.Region,
        };

        private BankAccountRow NewBankAccount(ProjectLine line, byte[] hash)
        {
            var id = context.NextId("bank-account");
            var bank = new BankAccountRow
            {
                BankAccount = id,
                Profile = line.Profile,
                NumberHash = hash,
                Sealed = new BankAccountText(line.Account, line.AccountName, line.BankCode, line.CustomerId)
                    .Seal(context.Vault, id),
            };
            _banks.Add(bank);
            _accounts.Add(NewAccount(id, null));
            return bank;
        }

        private WageAccountRow NewAccount(long bank, long? project) =>
            new() { Account = context.NextId("account"), BankAccount = bank, Project = project };

        /// <summary>What a registered project would have to change, or null.</summary>
        private string? Difference(ProjectRow known, ProjectLine line, BankAccountRow? bank)
        {
            if (known.Name != line.Name) return Bilingual.Of("项目名称", "name");
            if (known.ContractorCode != line.ContractorCode) return Bilingual.Of("总包统一社会信用代码", "contractor");
            if (known.ContractorName != line.ContractorName) return Bilingual.Of("总包名称", "contractor name");
            if (known.OwnerName != line.OwnerName) return Bilingual.Of("建设单位", "owner");
            if (known.Region != line.Region) return Bilingual.Of("所在地", "region");
            var account = context.Rows.Find<WageAccountRow>(("project", known.Project));
            return account?.BankAccount == bank?.BankAccount ? null : Bilingual.Of("专户账号", "account");
        }

        private void Note(RefusalRule rule, ProjectLine line, string column, string value, params string[] arguments) =>
            Findings.Add(new Finding(rule,
                new Place(context.Command.Text("file"), line.Row, column, value), arguments));
    }
}

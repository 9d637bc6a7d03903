using Disbursement.Engine.Accounts;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Papers;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Files;
using Disbursement.Host.Intake;
using Disbursement.Host.Storage;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.Host.Papers;

/// <summary>Gathers from one view of a ledger what a paper states; what it says of that is the engine's.</summary>
public sealed class PaperDesk(LedgerView view, Instant at, TermOf term)
{
    private readonly Dictionary<long, WageItems> _items = [];
    private readonly Dictionary<(string, long), string> _banks = [];
    private readonly Dictionary<long, WorkerText?> _people = [];

    public LedgerView View => view;
    public TermOf Term => term;

    public ProjectHead Head(ProjectRow project)
    {
        var head = view.Find<LedgerHeadRow>()!;
        return new ProjectHead(project, view.Ledger, head.Leaves, head.Rehearsal != 0, ChinaTime.DayOf(at));
    }

    /// <summary>工资支付台账.</summary>
    public Decision<Paper> Ledger(ProjectRow project, Months months)
    {
        var all = OfMonths(project, months);
        if (all.Count == 0)
            return Decision<Paper>.Refuse(PaperRules.NothingOwed, Place.Nowhere, project.Code, months.Said);
        var (standing, voided) = Apart(all);
        return Decision<Paper>.Accept(WageLedger.Of(Head(project), months, standing, voided, term));
    }

    /// <summary>工资清单: as rows of one table, and as pages.</summary>
    /// <param name="worker">Of one worker only; null: of all.</param>
    public Decision<(Paper List, Paper Pages)> Slips(ProjectRow project, Months months, long? worker)
    {
        var paid = OfMonths(project, months)
            .Where(l => l.IsPaid && (worker is null || l.Claim.Worker == worker)).ToList();
        if (paid.Count == 0)
            return Decision<(Paper, Paper)>.Refuse(PaperRules.NothingPaid, Place.Nowhere, worker is { } one
                ? Bilingual.Of($"工人 {one} 在 {months.Words}", $"worker {one} in {months.FileWords}")
                : Bilingual.Of($"项目 {project.Code} 在 {months.Words}", $"project {project.Code} in {months.FileWords}"));
        return Decision<(Paper, Paper)>.Accept(
            (PaySlips.List(Head(project), months, paid, term), PaySlips.Pages(Head(project), months, paid, term)));
    }

    /// <summary>代发工资凭证 of a payroll.</summary>
    public Decision<Paper> Voucher(PayrollRow payroll)
    {
        var project = view.Find<ProjectRow>(("project", payroll.Project))!;
        var (standing, _) = Apart(Lines(view.Lists.PaperClaimsOfPayroll(payroll.Payroll)));
        if (!standing.Any(l => l.IsPaid))
            return Decision<Paper>.Refuse(PaperRules.NothingPaid, Place.Nowhere,
                Bilingual.Of($"工资表 {payroll.Payroll}", $"payroll {payroll.Payroll}"));
        return Decision<Paper>.Accept(
            PaymentVoucher.Of(Head(project), payroll, AccountOf(project), standing, term));
    }

    /// <summary>季度通报 of the whole ledger.</summary>
    public Paper Bulletin(Quarter quarter)
    {
        var (head, today) = (view.Find<LedgerHeadRow>()!, ChinaTime.DayOf(at));
        var (from, to) = (quarter.From.OnDayOfMonth(1), quarter.To.ToDateInterval().End);
        var place = Region.TryParse($"{view.Ledger}", out var region) ? region.Zh : $"{view.Ledger}";
        return Engine.Papers.Bulletin.Of(place, quarter,
            ProjectHead.Mark($"{place}  {quarter.Words}", view.Ledger, head.Leaves, head.Rehearsal != 0, today),
            view.Lists.BulletinWages(Month(quarter.From), Month(quarter.To)), view.Lists.BulletinArrears(from, to),
            view.Lists.BulletinWarnings(ChinaTime.At(from, LocalTime.Midnight),
                ChinaTime.At(to.PlusDays(1), LocalTime.Midnight)), term);
    }

    /// <summary>Claims as papers print them, in the order they came in.</summary>
    internal IReadOnlyList<WageLine> Lines(IReadOnlyList<PaperClaim> claims)
    {
        var states = claims.Select(c => c.Payroll).Distinct().SelectMany(p => view.Queries.ClaimsOfPayroll(p))
            .ToDictionary(c => c.Claim, c => c.State(at));
        return [.. claims.Select(c => new WageLine(c, states[c.Claim], Person(c.Worker, c.Secret, c.Sealed),
            ItemsOf(c.Payroll), c.Profile is { } profile ? Bank(profile, c.ProfileVersion!.Value) : "", Payee(c)))];
    }

    /// <summary>Lines that stand, and how many were voided and of how much.</summary>
    internal static (IReadOnlyList<WageLine> Standing, (long Lines, long Fen) Voided) Apart(
        IReadOnlyList<WageLine> lines)
    {
        var voided = lines.Where(l => l.Standing == ClaimStanding.Voided).ToList();
        return ([.. lines.Where(l => l.Standing != ClaimStanding.Voided)],
            (voided.Count, voided.Sum(l => l.Claim.NetFen)));
    }

    /// <summary>A worker's text, opened once; null once two people had it erased.</summary>
    internal WorkerText? Person(long worker, byte[]? secret, byte[] bytes)
    {
        if (_people.TryGetValue(worker, out var known)) return known;
        return _people[worker] = WorkerText.Open(view.Vault, worker, secret, bytes);
    }

    private IReadOnlyList<WageLine> OfMonths(ProjectRow project, Months months) =>
        Lines(view.Lists.PaperClaimsOfMonths(project.Project, Month(months.From), Month(months.To)));

    private static string Month(YearMonth month) => YearMonthPattern.Iso.Format(month);

    private WageItems ItemsOf(long payroll)
    {
        if (_items.TryGetValue(payroll, out var known)) return known;
        var row = view.Find<PayrollRow>(("payroll", payroll))!;
        var sheet = view.Vault.Open(row.Sheet) is { } bytes
            ? new EngineSheets().Read(SheetKind.Payroll, row.SheetName, bytes) : null;
        return _items[payroll] = new WageItems(view.Vault.Open(row.LinesDocument),
            row.EarningsDocument is { } earnings ? view.Vault.Open(earnings) : null,
            sheet is { Accepted: true } ? sheet.Value : null);
    }

    private string Bank(string profile, long version)
    {
        if (_banks.TryGetValue((profile, version), out var known)) return known;
        return _banks[(profile, version)] = FileRows.Profile(view, profile, version).NameZh;
    }

    private PayeeText? Payee(PaperClaim claim) => claim is { PayeeVersion: { } version, PayeeSealed: { } bytes }
        && _people[claim.Worker] is not null ? PayeeText.Open(view.Vault, claim.Worker, version, bytes) : null;

    private VoucherAccount AccountOf(ProjectRow project)
    {
        var account = view.Find<WageAccountRow>(("project", project.Project))!;
        var bank = view.Find<BankAccountRow>(("bank_account", account.BankAccount))!;
        var text = BankAccountText.Open(view.Vault, bank);
        var newest = view.List<AdoptionRow>(("kind", Adopt.Profile), ("name", bank.Profile))[^1];
        return new VoucherAccount(text.Name, text.Number, Bank(bank.Profile, newest.Version));
    }
}

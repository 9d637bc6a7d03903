using Disbursement.Engine.Arrears;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Papers;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Papers;

/// <summary>Gathers what an evidence pack holds about one obligation: case, papers, stored documents.</summary>
public sealed class CaseDesk(PaperDesk desk, ObligationRow obligation)
{
    private readonly LedgerView _view = desk.View;
    private readonly ProjectRow _project = desk.View.Find<ProjectRow>(("project", obligation.Project))!;

    public ProjectHead Head => desk.Head(_project);

    /// <summary>The obligation with its lines, orders and warnings, the employer's own among them.</summary>
    public WageCase Case()
    {
        var employer = _view.Find<EmployerRow>(("employer", obligation.Subcontractor))!;
        var wages = Wages().ToDictionary(w => w.Claim.Claim);
        var left = _view.List<ObligationLineLeftRow>(("obligation", obligation.Obligation)).ToDictionary(l => l.Line);
        var lines = _view.List<ObligationLineRow>(("obligation", obligation.Obligation)).Select(line =>
        {
            var wage = line.Claim is { } claim ? wages[claim] : null;
            var person = Person(line.Worker);
            return new CaseLine(line, left.GetValueOrDefault(line.Line), wage,
                person?.Name ?? $"工人 {line.Worker} ({WageLine.Erased})", person?.Identity ?? WageLine.Erased);
        }).ToList();
        return new WageCase(obligation, $"{employer.Name} ({employer.CreditCode})", lines,
            OrderTie.Of(_view, obligation),
            [.. Warnings(ObligationBook.Subject(obligation)),
                .. Warnings(ObligationBook.EmployerSubject(obligation.Subcontractor))]);
    }

    private IReadOnlyList<WarningRow> Warnings(string subject) => _view.List<WarningRow>(("subject", subject));

    /// <summary>Papers of the case, each as a workbook and as pages.</summary>
    public IEnumerable<(string What, Paper Book, Paper Pages)> Papers(WageCase wages)
    {
        var about = CasePaper.Of(Head, wages, desk.Term);
        yield return ("案件情况: 义务、责令文书、预警", about, about);
        var (standing, voided) = PaperDesk.Apart(Wages());
        if (standing.Count == 0) yield break;
        var period = CellText.Period(obligation.Period);
        var ledger = new Paper("工资支付台账", Head.Mark(CasePaper.Subject(wages)),
            [WageLedger.Sheet(Head, "工资支付台账", period, standing, voided, desk.Term)]);
        yield return ("本案各人的工资支付台账", ledger, ledger);
        if (obligation.Payroll is { } number && _view.Find<PayrollRow>(("payroll", number)) is { } payroll
            && desk.Voucher(payroll) is { Accepted: true } voucher)
            yield return ($"工资表 {number} 的代发工资凭证", voucher.Value, voucher.Value);
    }

    /// <summary>
    /// Documents the case stands on, each once: contracts, rosters, attendance and payroll sheet of its workers, files
    /// and messages of its payments, orders and evidence. What was erased is left out.
    /// </summary>
    public IEnumerable<StoredPaper> Documents(WageCase wages)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var stored = _view.Lists.DocumentsOfObligation(obligation.Obligation).Concat(wages.Orders.Select(o =>
            new CaseDocument { Kind = EvidenceKind.Order, Digest = o.Order.Document, Name = "" }));
        foreach (var row in stored.OrderBy(r => r.Kind))
            if (seen.Add(row.Digest) && _view.Vault.Open(row.Digest) is { } bytes)
                yield return new StoredPaper(row, Named(row), bytes);
    }

    /// <summary>As it was named when it came in.</summary>
    private string Named(CaseDocument row) => row.Name.Length > 0 ? row.Name
        : _view.Find<ImportRow>(("document", row.Digest))?.Name ?? "";

    private IReadOnlyList<WageLine> Wages() => desk.Lines(_view.Lists.PaperClaimsOfObligation(obligation.Obligation));

    private WorkerText? Person(long worker) => desk.Person(worker,
        _view.Find<SubjectKeyRow>(("subject", WorkerText.Subject(worker)))?.Secret,
        _view.Find<WorkerRow>(("worker", worker))!.Sealed);
}

/// <summary>A stored document in the clear.</summary>
/// <param name="Name">As its sender named it; empty: it has none.</param>
public sealed record StoredPaper(CaseDocument Document, string Name, byte[] Bytes);

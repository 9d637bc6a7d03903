using Disbursement.Engine.Attendance;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Payroll;

/// <summary>What a check found.</summary>
public sealed record CheckResult(PayrollRow Payroll, IReadOnlyList<Finding> Findings);

/// <summary>
/// payroll.check: holds a received payroll to attendance, terms and the other payrolls. A blocking finding makes it
/// Refused, the others leave it Checked and stand for the regulator to see. Argument: payroll.
/// </summary>
public sealed class PayrollCheck(ISheetReader sheets) : ICommandHandler
{
    public const string EarningsKind = "earnings";

    public string Verb => "payroll.check";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var found = PayrollAct.Find(context);
        if (!found.Accepted) return Decision<Changes>.Refuse(found.Findings);
        var payroll = found.Value;
        // Checked once, and not sent back since: wherever it stands now, the answer is the one it got.
        if (payroll.State is not (PayrollState.Received or PayrollState.SentBack or PayrollState.Withdrawn))
            return Decision<Changes>.Accept(Changes.Repeated(new CheckResult(payroll,
                KeptFindings.Of(context.Rows, context.Vault, sheets, payroll))));
        if (PayrollAct.Step(payroll, PayrollTrigger.PassCheck, out var passed) is { } wrong)
            return Decision<Changes>.Refuse([wrong]);
        var read = Read(context, payroll);
        IReadOnlyList<long> onSheet = read.Accepted ? [.. read.Value.Lines.Select(l => l.Worker)] : [];
        var derived = PayrollDerivation.Of(context, payroll, onSheet);
        if (!derived.Accepted) return Decision<Changes>.Refuse(derived.Findings);
        var findings = read.Accepted ? Findings(context, payroll, read.Value, derived.Value) : read.Findings;
        if (findings.All(f => f.Rule.Severity != Severity.Refusal))
            return Decision<Changes>.Accept(Checked(context, payroll, passed, onSheet, derived.Value, findings));
        // A sheet sent back cannot become Refused: it is withdrawn, and the corrected one is a new payroll.
        return PayrollAct.Step(payroll, PayrollTrigger.FailCheck, out var failed) is null
            ? Decision<Changes>.Accept(Checked(context, payroll, failed, onSheet, derived.Value, findings))
            : Decision<Changes>.Refuse(
                [new Finding(StandingRules.StillBlocked, Place.Of("payroll", $"{payroll.Payroll}")), .. findings]);
    }

    /// <summary>The lines as received, with the rows, identities and reasons that only the sheet holds.</summary>
    private Decision<PayrollDraft> Read(DecisionContext context, PayrollRow payroll)
    {
        var bytes = context.Vault.Open(payroll.Sheet);
        if (bytes is null)
            return Decision<PayrollDraft>.Refuse([Guard.NotFound("document", payroll.Sheet)]);
        var table = sheets.Read(SheetKind.Payroll, payroll.SheetName, bytes);
        if (!table.Accepted) return Decision<PayrollDraft>.Refuse(table.Findings);
        var (from, to) = PeriodText.Parse(payroll.Period);
        var header = new PayrollHeader(context.Rows.Find<ProjectRow>(("project", payroll.Project))!.Code,
            context.Rows.Find<EmployerRow>(("employer", payroll.Employer))!.CreditCode, payroll.Team, from, to,
            payroll.Kind, PayrollAct.Text(payroll.Number));
        var stored = new PayrollLineReader(context.Vault.Open(payroll.LinesDocument));
        return PayrollSheet.Again(table.Value, header, stored);
    }

    private static List<Finding> Findings(
        DecisionContext context, PayrollRow payroll, PayrollDraft draft, PayrollDerivation derived)
    {
        var file = payroll.SheetName;
        var findings = new List<Finding>();
        var others = new OtherPayrolls(context, payroll);
        var withTerms = draft.Lines.Where(l => !derived.WithoutTerms.Contains(l.Worker)).ToList();
        findings.AddRange(AttendanceComparison.Compare(file, draft with { Lines = withTerms }, derived.Pay,
            others.Listed));
        foreach (var line in withTerms.Where(l => derived.Pay.ContainsKey(l.Worker)))
            findings.AddRange(derived.Pay[line.Worker].Findings.Select(f =>
                f with { At = new Place(file, line.Row, "应发工资", line.Gross.ToYuan()) }));
        foreach (var line in draft.Lines.Where(l => derived.WithoutTerms.Contains(l.Worker)))
            findings.Add(new Finding(StandingRules.NoTerms, new Place(file, line.Row, "身份证号", line.Identity)));
        var revisions = ClaimRevisions.Load(context, payroll);
        foreach (var line in draft.Lines) revisions.Next(line.Worker, line.Row);
        findings.AddRange(revisions.Findings);
        findings.AddRange(AttendanceComparison.Overlaps(file, draft, others));
        return [.. findings.OrderBy(f => f.At.Row)];
    }

    private static Changes Checked(DecisionContext context, PayrollRow payroll, PayrollState state,
        IReadOnlyList<long> workers, PayrollDerivation derived, IReadOnlyList<Finding> findings)
    {
        var earnings = context.Document(EarningsKind, EarningsText.Format(derived.Pay), personal: false);
        var moved = payroll with
        {
            Version = payroll.Version + 1,
            State = state,
            EarningsDocument = earnings.Row.Digest,
            DueDate = WageDueDate.Now(context, payroll, workers),
        };
        var kept = context.Rows.Count<PayrollFindingRow>(("payroll", payroll.Payroll));
        var changes = new Changes { Result = new CheckResult(moved, findings) }.Update(moved);
        return changes.Insert(PayrollFindings.Rows(payroll.Payroll, kept, findings)).Store(earnings)
            .Count("findings", findings.Count);
    }
}

/// <summary>The other live payrolls of the same project and employer whose period meets this one's.</summary>
internal sealed class OtherPayrolls : IEarlierPayrolls
{
    private readonly Dictionary<long, EarlierPayroll> _byWorker = [];
    private readonly Dictionary<long, ListedPay> _listed = [];

    public OtherPayrolls(DecisionContext context, PayrollRow payroll)
    {
        var (from, to) = PeriodText.Parse(payroll.Period);
        foreach (var other in context.Rows.List<PayrollRow>(
            ("project", payroll.Project), ("employer", payroll.Employer)))
        {
            if (other.Payroll == payroll.Payroll || other.State is PayrollState.Refused or PayrollState.Withdrawn)
                continue;
            // An ordinary payroll is held to the ordinary ones; a supplement is seen beside all that was listed before.
            if (other.Kind == PayrollKind.Supplementary && payroll.Kind != PayrollKind.Supplementary) continue;
            var (otherFrom, otherTo) = PeriodText.Parse(other.Period);
            if (otherFrom > to || from > otherTo) continue;
            Add(context, other, new EarlierPayroll(PayrollAct.Text(other.Payroll), otherFrom, otherTo));
        }
    }

    /// <summary>What the others list, by worker: gross, and the payrolls' numbers.</summary>
    public IReadOnlyDictionary<long, ListedPay> Listed => _listed;

    public EarlierPayroll? Overlapping(long worker, PayrollHeader header) => _byWorker.GetValueOrDefault(worker);

    private void Add(DecisionContext context, PayrollRow other, EarlierPayroll earlier)
    {
        var reader = new PayrollLineReader(context.Vault.Open(other.LinesDocument));
        while (reader.MoveNext())
        {
            var entry = reader.Current;
            _byWorker.TryAdd(entry.Worker, earlier);
            _listed[entry.Worker] = _listed.TryGetValue(entry.Worker, out var before)
                ? new ListedPay(before.Gross + entry.Gross, $"{before.Payrolls}/{earlier.Number}")
                : new ListedPay(entry.Gross, earlier.Number);
        }
    }
}

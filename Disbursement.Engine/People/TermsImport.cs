using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.People;

/// <summary>terms.import: contract terms (合同约定) in versions; equal terms are no new version.</summary>
public sealed class TermsImport(ISheetReader sheets) : ICommandHandler
{
    public const string Input = "terms";

    public string Verb => "terms.import";

    public object Prepare(Command command)
    {
        var table = SheetImport.Table(sheets, SheetKind.Terms, Input, command);
        return table.Accepted
            ? TermsSheet.Read(table.Value, IdentifierChecks.Standard)
            : Decision<IReadOnlyList<TermsLine>>.Refuse(table.Findings);
    }

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        if (SheetImport.Repeat(context, Input) is { } repeat) return Decision<Changes>.Accept(repeat);
        var read = (Decision<IReadOnlyList<TermsLine>>)context.Prepared!;
        if (!read.Accepted) return Decision<Changes>.Refuse(read.Findings);
        var register = new SheetRegister(context, read.Value.Select(l => (l.Row, l.Identity, l.Project)));
        if (register.Findings.Count > 0) return Decision<Changes>.Refuse(register.Findings);
        var rows = new List<ContractTermsRow>();
        var versions = new Dictionary<(long Project, long Worker), long>();
        foreach (var (project, workers) in register.WorkersByProject)
        {
            var known = context.Queries.Terms(project, workers).ToLookup(t => t.Worker);
            foreach (var line in read.Value.Where(l => register.ProjectOf(l.Project) == project))
            {
                var worker = register.WorkerOf(line.Identity);
                var standing = known[worker].LastOrDefault(t => t.SignedOn == line.Terms.SignedOn);
                // The same worker may stand twice, with two signing days.
                var version = versions.GetValueOrDefault((project, worker), known[worker].Count()) + 1;
                var row = Row(context, project, worker, line, version);
                if (standing is not null && Content(standing).Equals(Content(row))) continue;
                versions[(project, worker)] = version;
                rows.Add(row);
            }
        }
        return Decision<Changes>.Accept(
            SheetImport.Done(context, new Changes().Insert(rows), Input, read.Value.Count), read.Findings);
    }

    private static ContractTermsRow Row(
        DecisionContext context, long project, long worker, TermsLine line, long version) => new()
        {
            Project = project,
            Worker = worker,
            Version = version,
            SignedOn = line.Terms.SignedOn,
            RateKind = line.Terms.RateKind.ToString(),
            RateFen = line.Terms.Rate.Fen,
            PayCycle = line.Terms.Cycle.ToString(),
            PayDay = line.Terms.PayDay.DayOfPeriodAfter,
            PieceDueOn = line.Terms.PayDay.Date,
            StandardMinutes = line.Terms.StandardDayMinutes,
            Document = context.InputDigest(Input),
            DocumentRow = line.Row,
        };

    private static object Content(ContractTermsRow t) =>
        (t.SignedOn, t.RateKind, t.RateFen, t.PayCycle, t.PayDay, t.PieceDueOn, t.StandardMinutes);
}

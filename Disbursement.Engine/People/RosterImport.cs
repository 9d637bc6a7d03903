using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.People;

/// <summary>
/// roster.import: the register of workers (用工花名册). New people, registrations and accounts are written; a changed team
/// or leaving day is a new version of the registration, a changed account a new version that waits for approval.
/// </summary>
public sealed class RosterImport(ISheetReader sheets) : ICommandHandler
{
    public const string Input = "roster";

    public string Verb => "roster.import";

    public object Prepare(Command command)
    {
        var table = SheetImport.Table(sheets, SheetKind.Roster, Input, command);
        return table.Accepted
            ? RosterSheet.Read(table.Value, IdentifierChecks.Standard)
            : Decision<IReadOnlyList<RosterLine>>.Refuse(table.Findings);
    }

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        if (SheetImport.Repeat(context, Input) is { } repeat) return Decision<Changes>.Accept(repeat);
        var read = (Decision<IReadOnlyList<RosterLine>>)context.Prepared!;
        if (!read.Accepted) return Decision<Changes>.Refuse(read.Findings);
        var lines = read.Value;
        var projects = context.Rows.List<ProjectRow>().ToDictionary(p => p.Code, p => p.Project);
        var unknown = lines.Where(l => !projects.ContainsKey(l.Project)).DistinctBy(l => l.Project)
            .Select(l => Guard.NotFound("project", l.Project)).ToList();
        if (unknown.Count > 0) return Decision<Changes>.Refuse(unknown);
        var taking = new RosterTaking(context, projects, lines);
        if (taking.ErasedThere(lines) is [_, ..] erased) return Decision<Changes>.Refuse(erased);
        foreach (var line in lines) taking.Take(line);
        return Decision<Changes>.Accept(
            SheetImport.Done(context, taking.Changes(), Input, lines.Count), [.. read.Findings, .. taking.Findings]);
    }
}

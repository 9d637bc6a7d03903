using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime.Text;

namespace Disbursement.Engine.Erasure;

/// <summary>
/// project.complete: a project is completed (竣工) and every wage of it is settled; from the later of the two days on its
/// wage records are kept three years more. Arguments: project (its code), on (ISO day); input: the papers.
/// </summary>
/// <remarks>Decree 724 art. 28: 保存至工程完工且工资全部结清后至少3年. The day of settlement is the day this is decided,
/// which is never too early. Entered again after a late return, it is a new version.</remarks>
public sealed class ProjectComplete : ICommandHandler
{
    public const string Name = "project.complete";
    public const string Input = "project-completion";

    public string Verb => Name;

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var code = context.Command.Text("project");
        if (context.Rows.Find<ProjectRow>(("code", code)) is not { } project)
            return Decision<Changes>.Refuse([Guard.NotFound("project", code)]);
        var on = LocalDatePattern.Iso.Parse(context.Command.Text("on")).Value;
        if (on > context.Today)
            return Decision<Changes>.Refuse(ErasureRules.CompletedLater, Place.Of("--on", $"{on:uuuu-MM-dd}"),
                $"{on:uuuu-MM-dd}");
        var facts = context.Queries.RetainedProject(project.Project);
        if (Retention.Open(facts) is { } open) return Decision<Changes>.Refuse([open]);
        if (facts.CompletedOn == on && facts.PayrollVersionsThen == facts.PayrollVersions)
            return Decision<Changes>.Accept(Changes.Repeated(Newest(context, project.Project)));
        var row = new ProjectCompletionRow
        {
            Project = project.Project,
            Version = (Newest(context, project.Project)?.Version ?? 0) + 1,
            CompletedOn = on,
            SettledOn = context.Today,
            PayrollVersions = facts.PayrollVersions,
            Person = context.Actor!.Person,
            Document = context.InputDigest(Input),
        };
        return Decision<Changes>.Accept(new Changes { Result = row }.Insert(row));
    }

    private static ProjectCompletionRow? Newest(DecisionContext context, long project) =>
        context.Rows.List<ProjectCompletionRow>(("project", project)) is [.., var last] ? last : null;
}

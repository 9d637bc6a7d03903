using System.Globalization;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using NodaTime;

namespace Disbursement.Engine.Accounts;

/// <summary>
/// funding.import: the days on which the owner agreed to pay labour cost (约定拨付日, Decree 724 art. 24), in versions;
/// the same day and sum are no new version. Whole file or nothing. It moves no money: the warning W01 asks for it.
/// </summary>
public sealed class FundingImport(ISheetReader sheets) : ICommandHandler
{
    public const string Input = "funding";

    public string Verb => "funding.import";

    public object Prepare(Command command)
    {
        var table = SheetImport.Table(sheets, SheetKind.Funding, Input, command);
        return table.Accepted
            ? FundingSheet.Read(table.Value)
            : Decision<IReadOnlyList<FundingLine>>.Refuse(table.Findings);
    }

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.Actor(context) is { } unsigned) return Decision<Changes>.Refuse([unsigned]);
        var read = (Decision<IReadOnlyList<FundingLine>>)context.Prepared!;
        if (!read.Accepted) return Decision<Changes>.Refuse(read.Findings);
        var rows = new List<FundingDateRow>();
        var findings = new List<Finding>();
        foreach (var lines in read.Value.GroupBy(l => l.Project).OrderBy(g => g.Min(l => l.Row)))
        {
            if (context.Rows.Find<ProjectRow>(("code", lines.Key)) is { } project)
                rows.AddRange(Dated(context, project.Project, [.. lines.OrderBy(l => l.AgreedOn)], findings));
            else
                findings.AddRange(lines.Select(l => new Finding(RuntimeRules.NotFound,
                    At(context, l, "项目编码", l.Project), "project", l.Project, Subject.Named("project").Listed)));
        }
        if (findings.Exists(f => f.Rule.Severity == Severity.Refusal)) return Decision<Changes>.Refuse(findings);
        if (SheetImport.Repeat(context, Input) is not { } repeat)
            return Decision<Changes>.Accept(
                SheetImport.Done(context, new Changes().Insert(rows), Input, read.Value.Count), findings);
        if (rows.Count == 0) return Decision<Changes>.Accept(repeat);
        // A sheet of before, and another one changed its days since: what it says is agreed again.
        var changes = new Changes().Insert(rows).Count("lines", read.Value.Count);
        changes.Result = (ImportResult)repeat.Result! with { Written = rows.Count };
        return Decision<Changes>.Accept(changes, findings);
    }

    private static IEnumerable<FundingDateRow> Dated(
        DecisionContext context, long project, IReadOnlyList<FundingLine> lines, List<Finding> findings)
    {
        var standing = context.Rows.List<FundingDateRow>(("project", project)).GroupBy(d => d.AgreedOn)
            .ToDictionary(g => g.Key, g => g.MaxBy(d => d.Version)!);
        var agreed = new SortedSet<LocalDate>(standing.Values.Where(d => d.AmountFen != 0).Select(d => d.AgreedOn));
        agreed.UnionWith(lines.Where(l => l.Amount != Money.Zero).Select(l => l.AgreedOn));
        agreed.ExceptWith(lines.Where(l => l.Amount == Money.Zero).Select(l => l.AgreedOn));
        foreach (var line in lines)
        {
            var known = standing.GetValueOrDefault(line.AgreedOn);
            if (agreed.Contains(line.AgreedOn)
                && agreed.GetViewBetween(LocalDate.MinIsoValue, line.AgreedOn.PlusDays(-1)) is { Count: > 0 } before
                && line.AgreedOn > before.Max.PlusMonths(1))
                findings.Add(new(FundingRules.CycleOverMonth, At(context, line, "约定拨付日", Day(line.AgreedOn)),
                    Day(before.Max)));
            if (known is not null && known.AmountFen == line.Amount?.Fen) continue;
            if (known is not null && line.AgreedOn <= context.Today)
                findings.Add(new(FundingRules.PastChanged, At(context, line, "约定金额", Sum(line.Amount?.Fen)),
                    Sum(known.AmountFen), Sum(line.Amount?.Fen)));
            yield return new FundingDateRow
            {
                Project = project,
                AgreedOn = line.AgreedOn,
                Version = (known?.Version ?? 0) + 1,
                AmountFen = line.Amount?.Fen,
                Document = context.InputDigest(Input),
                DocumentRow = line.Row,
            };
        }
    }

    private static Place At(DecisionContext context, FundingLine line, string column, string value) =>
        new(context.Command.Text("file"), line.Row, column, value);

    private static string Sum(long? fen) => fen is { } stated ? new Money(stated).ToYuan() : "—";

    private static string Day(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}

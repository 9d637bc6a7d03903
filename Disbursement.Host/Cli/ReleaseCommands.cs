using System.CommandLine;
using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Files;
using Disbursement.Host.Storage;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>release plan, fund, send, cancel, show and list.</summary>
public static class ReleaseCommands
{
    public static Command Create() => new("release", "代发批次 / releases: what goes out together")
    {
        Plan(), Fund(), Send(), Cancel(), Show(), List(),
    };

    private static Command Plan()
    {
        var payrolls = new Argument<long[]>("payroll")
        {
            Arity = ArgumentArity.ZeroOrMore,
            Description = "工资表编号 / payrolls"
        };
        var kind = new Option<string>("--kind")
        {
            DefaultValueFactory = _ => "ordinary",
            Description = "批次种类 / kind of release",
        };
        kind.AcceptOnlyFromAmong("ordinary", "re-payment", "advance", "deposit");
        var obligation = new Option<long?>("--obligation")
        {
            Description = "先行垫付的义务编号 / the obligation an advance meets",
        };
        var claims = new Option<string?>("--claims") { Description = "只付这些应付工资, 逗号分隔 / these claims only" };
        var dry = new Option<bool>("--dry-run")
        {
            Description = "只显示差额和下一截止时间 / show difference and next cut-off only",
        };
        var plan = new Command("plan", "计划代发批次 / plan releases") { payrolls, kind, obligation, claims, dry };
        plan.SetAction(parse =>
        {
            var session = new Session(parse);
            var ids = parse.GetValue(payrolls)!;
            if (ids.Length == 0 == (parse.GetValue(obligation) is null))
                throw Usage.PlanNeeds;
            var chosen = KindOf(parse.GetValue(kind)!);
            var arguments = new List<(string, object)> { ("kind", chosen) };
            if (ids.Length > 0) arguments.Add(("payrolls", string.Join(',', ids)));
            if (parse.GetValue(obligation) is { } number) arguments.Add(("obligation", number));
            if (parse.GetValue(claims) is { } some) arguments.Add(("claims", Numbers(some)));
            var command = new EngineCommand("release.plan", [.. arguments]);
            if (parse.GetValue(dry)) return DryRun(session, command, chosen);
            if (session.Behind() is { } behind) return session.Output.Refused([behind]);
            return session.Run(command, outcome =>
            {
                Print(session.Output, (IReadOnlyList<ReleaseRow>)outcome.Result!);
                // The table alone looks like that of a plan made just now.
                if (outcome.Repeat) Console.Error.WriteLine(session.Output.Text(
                    "此前已有这些批次, 未新增", "these releases stood before: nothing new is planned"));
                return ExitStatus.Done;
            });
        });
        return plan;
    }

    private static string Numbers(string list) =>
        list.Split(',').All(n => long.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? list
            : throw Usage.NoNumbers(list);

    private static ReleaseKind KindOf(string text) => text switch
    {
        "re-payment" => ReleaseKind.RePayment,
        "advance" => ReleaseKind.Advance,
        "deposit" => ReleaseKind.Deposit,
        _ => ReleaseKind.Ordinary,
    };

    /// <summary>What a plan would come to: nothing is written.</summary>
    private static int DryRun(Session session, EngineCommand command, ReleaseKind kind)
    {
        var ledger = session.Ledger();
        var now = session.Deciding(ledger);
        using var view = session.Store.Read(ledger);
        var rows = new List<PlanPreview>();
        if (command.Find("obligation") is { } id
            && view.Find<ObligationRow>(("obligation", command.Number("obligation"))) is not { Payroll: not null })
            return session.Output.Refused([Guard.NotFound("obligation", id)]);
        var wanted = PlanSubject.Wanted(view, command);
        foreach (var payroll in PlanSubject.Payrolls(view, command))
            if (PlanPreview.Of(view, payroll, kind, wanted, now) is { } preview) rows.Add(preview);
            else return session.Output.Refused([Guard.NotFound("payroll", $"{payroll}")]);
        session.Output.Table(rows, ("payroll", r => r.Payroll), ("lines", r => r.Lines),
            ("yuan", r => Yuan(r.AmountFen)),
            ("available", r => Yuan(r.AvailableFen)), ("difference", r => Yuan(r.DifferenceFen)),
            ("next cut-off", r => r.NextCutOff is { } cutOff ? TimeText.Moment.Format(cutOff) : ""));
        return ExitStatus.Done;
    }

    private static Command Fund() => ById("fund", "预留资金 / set its money aside", (session, id) =>
        session.Behind() is { } behind ? session.Output.Refused([behind])
            : session.Run(new EngineCommand("release.fund", ("release", id)), outcome =>
        {
            var funding = (Funding)outcome.Result!;
            session.Output.Print(new
            {
                funding.Releases,
                shortfall_fen =
                funding.Shortfall.Fen,
                repeat = outcome.Repeat
            },
                string.Join('\n', funding.Releases.Select(r => $"{r.Release} {session.Output.State(r.Kind)} "
                    + $"{session.Output.State(r.State)} {Yuan(r.AmountFen)}"))
                + (funding.Shortfall > Money.Zero
                    ? $"\n{session.Output.Text("缺口", "shortfall")} {funding.Shortfall}"
                    : ""));
            return ExitStatus.Done;
        }));

    /// <summary>Builds what is funded, seals and sends it; each step that was taken before is passed over.</summary>
    private static Command Send() => ById("send", "制作、加密签名并发送文件 / build, seal and send its files", (session, id) =>
    {
        var ledger = session.Ledger();
        if (session.Behind() is { } behind) return session.Output.Refused([behind]);
        var built = session.Decide(ledger, new EngineCommand("file.build", ("release", id)));
        if (!built.Accepted) return session.Output.Refused(built.Findings);
        session.Output.Findings(built.Findings);
        return FileCommands.SendAll(session, ledger, id);
    });

    private static Command Cancel() => ById("cancel", "取消批次 / give a release up", (session, id) =>
        session.Run(new EngineCommand("release.cancel", ("release", id)), outcome =>
        {
            Print(session.Output, [(ReleaseRow)outcome.Result!]);
            return ExitStatus.Done;
        }));

    private static Command Show() => ById("show", "显示一个批次 / show a release", (session, id) =>
    {
        using var view = session.Store.Read(session.Ledger());
        if (view.Find<ReleaseRow>(("release", id)) is not { } release)
            return session.Output.Refused([Guard.NotFound("release", $"{id}")]);
        var ranges = view.List<ReleaseRangeRow>(("release", id));
        var left = view.List<ReleaseLeftRow>(("release", id));
        var files = view.List<DisbursementFileRow>(("release", id));
        session.Output.Print(new { release, ranges, left, files },
            string.Join('\n', Words(session.Output, release, ranges, left, files)));
        return ExitStatus.Done;
    });

    private static IEnumerable<string> Words(Output output, ReleaseRow release, IReadOnlyList<ReleaseRangeRow> ranges,
        IReadOnlyList<ReleaseLeftRow> left, IReadOnlyList<DisbursementFileRow> files)
    {
        var zh = output.Chinese;
        yield return output.Text("代发批次 ", "release ")
            + $"{release.Release} {Terms.Of(release.Kind, zh)}, {Terms.Of(release.State, zh)}: {release.Lines} "
            + $"{output.Text("笔", "lines")}, {Yuan(release.AmountFen)}";
        yield return output.Text($"  账户 {release.Account}, 预留 {Yuan(release.ReservedFen)}, 未了 {release.LinesOpen} 笔, ",
            $"  account {release.Account}, set aside {Yuan(release.ReservedFen)}, {release.LinesOpen} lines open, ")
            + output.Text($"应付日 {Output.Cell(release.DueDate)}, 最迟发送 {Output.Cell(release.SendBy)}",
                $"due {Output.Cell(release.DueDate)}, send by {Output.Cell(release.SendBy)}")
            + (release.Obligation is { } owed ? output.Text($", 义务 {owed}", $", obligation {owed}") : "");
        foreach (var r in ranges)
            yield return output.Text($"  工资表 {r.Payroll} 第 {r.FromLine}–{r.ToLine} 行",
                $"  payroll {r.Payroll} lines {r.FromLine}–{r.ToLine}");
        foreach (var l in left)
            yield return output.Text($"  已离开: 工资表 {l.Payroll} 第 {l.FromLine}–{l.ToLine} 行, {Terms.Exit(l.Cause, zh)}",
                $"  left: payroll {l.Payroll} lines {l.FromLine}–{l.ToLine}, {Terms.Exit(l.Cause, zh)}");
        foreach (var f in files)
            yield return $"  {output.Text("文件", "file")} {f.File} {f.Reference} {Terms.Of(f.State, zh)}: {f.Lines} "
                + $"{output.Text("笔", "lines")}, {Yuan(f.TotalFen)}; "
                + output.Text($"到账 {f.LinesSettled} 笔 {Yuan(f.SettledFen)}, "
                    + $"被拒 {f.LinesRejected} 笔 {Yuan(f.RejectedFen)}, "
                    + $"退票 {f.LinesReturned} 笔 {Yuan(f.ReturnedFen)}, 未答复 {f.LinesOpen} 笔 {Yuan(f.OpenFen)}",
                    $"settled {f.LinesSettled} {Yuan(f.SettledFen)}, rejected {f.LinesRejected} {Yuan(f.RejectedFen)}, "
                    + $"returned {f.LinesReturned} {Yuan(f.ReturnedFen)}, open {f.LinesOpen} {Yuan(f.OpenFen)}");
    }

    private static Command List()
    {
        var list = new Command("list", "列出批次 / list the releases");
        list.SetAction(parse =>
        {
            var session = new Session(parse);
            using var view = session.Store.Read(session.Ledger());
            Print(session.Output, view.List<ReleaseRow>());
            return ExitStatus.Done;
        });
        return list;
    }

    private static void Print(Output output, IReadOnlyList<ReleaseRow> releases) => output.Table(releases,
        ("release", r => r.Release), ("kind", r => r.Kind), ("state", r => r.State), ("account", r => r.Account),
        ("due", r => TimeText.Date.Format(r.DueDate)), ("send by", r => TimeText.Moment.Format(r.SendBy)),
        ("lines", r => r.Lines), ("yuan", r => Yuan(r.AmountFen)), ("reserved", r => Yuan(r.ReservedFen)));

    private static Command ById(string verb, string description, Func<Session, long, int> act)
    {
        var id = new Argument<long>("release") { Description = "批次编号 / release" };
        var command = new Command(verb, description) { id };
        command.SetAction(parse => act(new Session(parse), parse.GetValue(id)));
        return command;
    }

    private static string Yuan(long fen) => new Money(fen).ToYuan();
}

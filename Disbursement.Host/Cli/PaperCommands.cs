using System.CommandLine;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Papers;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Host.Papers;
using Disbursement.Host.Security;
using NodaTime;
using NodaTime.Text;
using Command = System.CommandLine.Command;

namespace Disbursement.Host.Cli;

/// <summary>paper ledger, slips, voucher and evidence: the papers by law, to hand to an office.</summary>
public static class PaperCommands
{
    public static Command Create() => new("paper", "法定文书: 台账、清单、凭证、证据 / the papers by law")
    {
        Ledger(), Slips(), Voucher(), Evidence(), Bulletin(),
    };

    private static Command Ledger()
    {
        var (project, months, to) = (ProjectArgument(), new MonthOptions(), new PaperOptions());
        var ledger = new Command("ledger", "工资支付台账 / the wage ledger of a project") { project };
        months.AddTo(ledger);
        to.AddTo(ledger);
        ledger.SetAction(parse => OfProject(parse, project, to, (desk, row, files, path) =>
        {
            var paper = desk.Ledger(row, months.Of(parse));
            if (!paper.Accepted) return paper.Findings;
            files.Write(path, paper.Value, paper.Value);
            return [];
        }));
        return ledger;
    }

    private static Command Slips()
    {
        var (project, months, to) = (ProjectArgument(), new MonthOptions(), new PaperOptions());
        var worker = new Option<long?>("--worker") { Description = "只出一人的 / of one worker only" };
        var slips = new Command("slips", "工资清单, 每人每次支付一份 / pay slips, one for each worker and payment")
        {
            project, worker,
        };
        months.AddTo(slips);
        to.AddTo(slips);
        slips.SetAction(parse => OfProject(parse, project, to, (desk, row, files, path) =>
        {
            var paper = desk.Slips(row, months.Of(parse), parse.GetValue(worker));
            if (!paper.Accepted) return paper.Findings;
            files.Write(path, paper.Value.List, paper.Value.Pages);
            return [];
        }));
        return slips;
    }

    private static Command Voucher()
    {
        var payroll = new Argument<long>("payroll") { Description = "工资表编号 / payroll" };
        var to = new PaperOptions();
        var voucher = new Command("voucher", "代发工资凭证, 交分包单位 / the payment voucher for a subcontractor") { payroll };
        to.AddTo(voucher);
        voucher.SetAction(parse => Made(parse, to, (desk, files, path) =>
        {
            var number = parse.GetValue(payroll);
            if (desk.View.Find<PayrollRow>(("payroll", number)) is not { } row)
                return [Guard.NotFound("payroll", $"{number}")];
            var paper = desk.Voucher(row);
            if (!paper.Accepted) return paper.Findings;
            files.Write(path, paper.Value, paper.Value);
            return [];
        }));
        return voucher;
    }

    private static Command Evidence()
    {
        var obligation = new Argument<long>("obligation") { Description = "义务编号 / obligation" };
        var to = new PaperOptions();
        var evidence = new Command("evidence",
            "案件证据材料: 目录、文书、原件、证明 / evidence of a case: index, papers, documents, proofs") { obligation };
        to.AddTo(evidence);
        evidence.SetAction(parse =>
        {
            var session = new Session(parse);
            var (number, path) = (parse.GetValue(obligation), to.PathOf(parse));
            if (EvidencePack.Taken(path) is { } taken) return session.Output.Refused([taken]);
            var ledger = session.Ledger();
            using var font = to.Font(parse);
            var files = new PaperFiles(font.Decision);
            using var view = session.Store.Read(ledger);
            if (view.Find<ObligationRow>(("obligation", number)) is not { } row)
                return session.Output.Refused([Guard.NotFound("obligation", $"{number}")]);
            var prover = RowProver.Begin(session.Dialect, ledger, LogKey.Ensure(session.LogFiles.KeyPath),
                session.Adapters.Catalogue);
            if (!prover.Accepted) return session.Output.Refused(prover.Findings);
            using var proving = prover.Value;
            var desk = new PaperDesk(view, session.Composition.Clock.Read(), Terms.Chinese);
            var pack = new EvidencePack(new CaseDesk(desk, row), files, proving);
            var gathered = pack.Gather(view);
            if (!gathered.Accepted) return session.Output.Refused(gathered.Findings);
            pack.Write(path);
            session.Output.Findings(files.Findings);
            session.Output.Print(new { obligation = number, path, files = gathered.Value },
                session.Output.Text($"{path}: {gathered.Value.Count} 个文件, 目录见 00-目录",
                    $"{path}: {gathered.Value.Count} files, listed in 00-目录"));
            return Status(files);
        });
        return evidence;
    }

    private static Command Bulletin()
    {
        var quarter = new Argument<string>("quarter") { Description = "季度, 如 2026Q1 / the quarter" };
        var to = new PaperOptions();
        var bulletin = new Command("bulletin", "季度通报: 按地区、企业、层级 / the quarter by county, company and tier") { quarter };
        to.AddTo(bulletin);
        bulletin.SetAction(parse =>
        {
            if (!Quarter.TryParse(parse.GetValue(quarter)!, out var asked))
                throw Usage.NoQuarter(parse.GetValue(quarter)!);
            return Made(parse, to, (desk, files, path) =>
            {
                var paper = desk.Bulletin(asked);
                files.Write(path, paper, paper);
                return [];
            });
        });
        return bulletin;
    }

    private static int OfProject(ParseResult parse, Argument<string> project, PaperOptions to,
        Func<PaperDesk, ProjectRow, PaperFiles, string, IReadOnlyList<Finding>> make) =>
        Made(parse, to, (desk, files, path) =>
        {
            var code = parse.GetValue(project)!;
            return desk.View.Find<ProjectRow>(("code", code)) is { } row
                ? make(desk, row, files, path) : [Guard.NotFound("project", code)];
        });

    private static int Made(
        ParseResult parse, PaperOptions to, Func<PaperDesk, PaperFiles, string, IReadOnlyList<Finding>> make)
    {
        var session = new Session(parse);
        var path = to.PathOf(parse);
        var ledger = session.Ledger();
        using var font = to.Font(parse);
        var files = new PaperFiles(font.Decision);
        using var view = session.Store.Read(ledger);
        var refused = make(new PaperDesk(view, session.Composition.Clock.Read(), Terms.Chinese), files, path);
        if (refused.Count > 0) return session.Output.Refused(refused);
        // A workbook alone needs no font.
        var findings = PaperFiles.IsFile(path, PaperFiles.Workbook) ? [] : files.Findings;
        session.Output.Findings(findings);
        session.Output.Print(new { files = files.Written }, string.Join('\n', files.Written));
        return findings.Any(f => f.Rule.Severity == Severity.Refusal) ? ExitStatus.Refused : ExitStatus.Done;
    }

    private static int Status(PaperFiles files) =>
        files.Findings.Any(f => f.Rule.Severity == Severity.Refusal) ? ExitStatus.Refused : ExitStatus.Done;

    private static Argument<string> ProjectArgument() => new("project") { Description = "项目编码 / project code" };

    /// <summary>--from and --to.</summary>
    private sealed class MonthOptions
    {
        private readonly Option<string> _from = new("--from")
        {
            Required = true,
            Description = "起始月份, 如 2026-01 / first month",
        };

        private readonly Option<string?> _to = new("--to")
        {
            Description = "截止月份, 缺省同起始 / last month, by default the first",
        };

        public void AddTo(Command command)
        {
            command.Options.Add(_from);
            command.Options.Add(_to);
        }

        public Months Of(ParseResult parse)
        {
            var from = Month("--from", parse.GetValue(_from)!);
            var to = parse.GetValue(_to) is { } text ? Month("--to", text) : from;
            return to >= from ? new Months(from, to)
                : throw Usage.MonthsReversed(parse.GetValue(_from)!, parse.GetValue(_to)!);
        }

        private static YearMonth Month(string option, string text) =>
            YearMonthPattern.Iso.Parse(text) is { Success: true } month ? month.Value
                : throw Usage.NoMonth(option, text);
    }
}

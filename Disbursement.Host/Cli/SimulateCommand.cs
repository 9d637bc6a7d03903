using System.CommandLine;
using System.Globalization;
using System.Text;
using Disbursement.Host.Simulation;

namespace Disbursement.Host.Cli;

/// <summary>simulate: months of wages against hostile banks, by seed.</summary>
public static class SimulateCommand
{
    /// <summary>Seeds from which on a mark that was never reached fails the run.</summary>
    private const int Many = 200;

    private static readonly Option<int> s_seeds = new("--seeds")
    {
        DefaultValueFactory = _ => 50,
        Description = "种子数 / how many seeds",
    };

    private static readonly Option<long> s_from = new("--from")
    {
        DefaultValueFactory = _ => 1,
        Description = "第一个种子 / the first seed",
    };

    private static readonly Option<long?> s_seed = new("--seed") { Description = "只重放此种子 / this seed alone" };

    private static readonly Option<int> s_months = new("--months")
    {
        DefaultValueFactory = _ => 3,
        Description = "工资月数 / months of wages",
    };

    private static readonly Option<bool> s_shrink = new("--shrink")
    {
        Description = "失败时找出更短的步骤 / look for a shorter script that fails",
    };

    private static readonly Option<string?> s_postgres = new("--postgres")
    {
        Description = "在此 PostgreSQL 服务器上 (所有者连接) / on this PostgreSQL server, the owner's connection",
    };

    private static readonly Option<DirectoryInfo?> s_keep = new("--keep")
    {
        Description = "失败的世界存于此 / failing worlds are kept here",
    };

    public static Command Create()
    {
        var simulate = new Command("simulate", "按种子模拟数月工资发放与故障 / plays months of wages and faults, by seed")
        {
            s_seeds, s_from, s_seed, s_months, s_shrink, s_postgres, s_keep,
        };
        simulate.SetAction(parse =>
        {
            var output = new Output(parse.GetValue(GlobalOptions.Json), parse.GetValue(GlobalOptions.Language) == "zh");
            var (seeds, months, one) = (parse.GetValue(s_seeds), parse.GetValue(s_months), parse.GetValue(s_seed));
            if (seeds < 1 || months is < 1 or > 24)
                throw new UsageException("--seeds 至少为 1, --months 为 1 至 24", "--seeds from 1, --months from 1 to 24");
            using var worlds = Worlds.Of(parse.GetValue(s_postgres));
            var simulator = new Simulator(worlds.Base, worlds.Make, parse.GetValue(s_keep)?.FullName);
            var report = new SimulationRun(simulator, months, Console.Error.WriteLine)
                .Play(one ?? parse.GetValue(s_from), one is null ? seeds : 1, parse.GetValue(s_shrink),
                    Environment.ProcessorCount);
            Print(output, report);
            var isMissed = report.Seeds >= Many && worlds.HasBackups && report.Missed.Count > 0;
            return report.Failures.Count > 0 || isMissed ? ExitStatus.FoundWrong : ExitStatus.Done;
        });
        return simulate;
    }

    private static void Print(Output output, SimulationReport report)
    {
        var text = new StringBuilder();
        var plain = CultureInfo.InvariantCulture;
        foreach (var failure in report.Failures)
        {
            text.Append(plain, $"seed {failure.Seed}, step {failure.Violation.Step}: {failure.Violation.Law}\n");
            foreach (var row in failure.Violation.Rows.Take(10)) text.Append(plain, $"  {row}\n");
            text.Append(plain, $"  simulate --seed {failure.Seed} --months {report.Months} --shrink\n");
            foreach (var step in failure.Shortest ?? []) text.Append(plain, $"  {step}\n");
        }
        foreach (var (mark, (times, seeds)) in report.Marks)
            text.Append(plain, $"{times,9} {output.Text("次", "times")} {seeds,6} ")
                .Append(plain, $"{output.Text("种子", "seeds")}  {mark}\n");
        text.Append(plain, $"{report.Seeds} {output.Text("种子", "seeds")}, {report.Steps} {output.Text("步", "steps")}, ")
            .Append(plain, $"{report.Decisions} {output.Text("决定", "decisions")}, ")
            .Append(plain, $"{report.Failures.Count} {output.Text("处违反", "violations")}, ")
            .Append(plain, $"{report.Missed.Count} {output.Text("个标记未达", "marks missed")}, {report.Seconds:0.0} s, ")
            .Append(plain, $"{report.ProjectMonthsPerMinute:0} {output.Text("项目月/分钟", "project-months a minute")}");
        output.Print(new
        {
            report.Seeds,
            report.Months,
            report.Steps,
            report.Decisions,
            violations = report.Failures.Select(f => new
            {
                f.Seed,
                step = f.Violation.Step.Index,
                f.Violation.Law,
                f.Violation.Rows,
                replay = $"simulate --seed {f.Seed} --months {report.Months}",
                shortest = f.Shortest?.Select(s => s.ToString()),
            }),
            marks = report.Marks.ToDictionary(m => m.Key.ToString(), m => m.Value.Times),
            missed = report.Missed.Select(m => m.ToString()),
            faults = report.Struck,
            first_failing_seed = report.Failures.Count > 0 ? report.Failures[0].Seed : (long?)null,
            report.Seconds,
            report.CpuSeconds,
            report.ProjectMonthsPerMinute,
        }, text.ToString());
    }
}

using System.CommandLine;
using System.Globalization;
using Disbursement.Host.Fuzz;

namespace Disbursement.Host.Cli;

/// <summary>fuzz: every reader of what comes from outside, on damaged messages.</summary>
public static class FuzzCommand
{
    public static Command Create()
    {
        var target = new Option<string>("--target")
        {
            DefaultValueFactory = _ => "all",
            Description = "解码器或信封 / decoder or envelope, or all",
        };
        var inputs = new Option<int>("--inputs")
        {
            DefaultValueFactory = _ => 200_000,
            Description = "输入数 / inputs of each",
        };
        var seconds = new Option<int>("--seconds")
        {
            DefaultValueFactory = _ => 300,
            Description = "各用处理器秒数上限 / at most so many seconds of processor time each",
        };
        var seed = new Option<long>("--seed")
        {
            DefaultValueFactory = _ => 1,
            Description = "种子 / the same seed, the same inputs",
        };
        var corpus = new Option<DirectoryInfo?>("--corpus")
        {
            Description = "先重放，发现存于此 / replayed first; findings are kept here",
        };
        var fuzz = new Command("fuzz", "以损坏报文检验各解码器 / tries every decoder on damaged messages")
        {
            target, inputs, seconds, seed, corpus,
        };
        fuzz.SetAction(parse =>
        {
            var output = new Output(parse.GetValue(GlobalOptions.Json), parse.GetValue(GlobalOptions.Language) == "zh");
            var (named, many, most) = (parse.GetValue(target)!, parse.GetValue(inputs), parse.GetValue(seconds));
            if (many < 1 || most < 1)
                throw new UsageException("--inputs 与 --seconds 至少为 1", "--inputs and --seconds from 1");
            if (named != "all" && !FuzzTargets.Names.Contains(named))
            {
                var known = string.Join(", ", FuzzTargets.Names);
                throw new UsageException($"--target {named} 不在其中：{known}", $"--target {named}: none of {known}");
            }
            var runs = new List<FuzzFigures>();
            var (start, kept) = (unchecked((ulong)parse.GetValue(seed)), parse.GetValue(corpus)?.FullName);
            foreach (var name in named == "all" ? FuzzTargets.Names : [named])
            {
                Console.Error.WriteLine(name);
                runs.Add(Run(name, many, most, start, kept));
            }
            Print(output, runs);
            return runs.Any(run => run.Findings.Count > 0) ? ExitStatus.FoundWrong : ExitStatus.Done;
        });
        return fuzz;
    }

    private static FuzzFigures Run(string name, int inputs, int seconds, ulong seed, string? corpus)
    {
        var target = FuzzTargets.Find(name)!;
        var replayed = new FuzzRun(target, seed, corpus).Replay();
        var run = new FuzzRun(target, seed, corpus).Run(inputs, seconds);
        return run with { Findings = [.. replayed.Findings, .. run.Findings] };
    }

    private static void Print(Output output, IReadOnlyList<FuzzFigures> runs)
    {
        static string Number(double value, string form) => value.ToString(form, CultureInfo.InvariantCulture);
        output.Table(runs, ("target", r => r.Target), ("inputs", r => r.Inputs),
            ("past header %", r => Number(100.0 * r.PastHeader / Math.Max(r.Inputs, 1), "0")),
            ("slowest ms", r => Number(r.SlowestMilliseconds, "0.0")), ("CPU s", r => Number(r.CpuSeconds, "0")),
            ("findings", r => r.Findings.Count));
        if (output.Json) return;
        foreach (var run in runs)
            foreach (var finding in run.Findings)
                Console.Out.WriteLine($"{run.Target}: {finding.Trouble} ({finding.File}, {finding.Bytes} bytes)");
    }
}

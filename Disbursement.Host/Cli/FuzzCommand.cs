using System.CommandLine;
using System.Globalization;
using System.Runtime.Loader;
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
        var instrumenter = new Option<FileInfo?>("--instrumenter")
        {
            Description = "Mono.Cecil.dll：随覆盖引导 / with it, inputs that reach new code are varied further",
        };
        var unguided = new Option<bool>("--unguided")
        {
            Description = "只计覆盖，不引导 / count what is reached, and go on from seeds only",
        };
        var fuzz = new Command("fuzz", "以损坏报文检验各解码器 / tries every decoder on damaged messages")
        {
            target, inputs, seconds, seed, corpus, instrumenter, unguided,
        };
        fuzz.SetAction(parse =>
        {
            var output = new Output(parse.GetValue(GlobalOptions.Json), parse.GetValue(GlobalOptions.Language) == "zh");
            var (named, many, most) = (parse.GetValue(target)!, parse.GetValue(inputs), parse.GetValue(seconds));
            if (many < 1 || most < 1)
                throw new UsageException("--inputs 与 --seconds 至少为 1", "--inputs and --seconds from 1");
            var targets = Named(named);
            var guidance = Guidance(parse.GetValue(instrumenter), parse.GetValue(unguided));
            var runs = new List<FuzzFigures>();
            var (start, kept) = (unchecked((ulong)parse.GetValue(seed)), parse.GetValue(corpus)?.FullName);
            foreach (var name in targets)
            {
                Console.Error.WriteLine(name);
                runs.Add(Run(name, many, most, start, kept, guidance));
            }
            Print(output, runs);
            return runs.Any(run => run.Findings.Count > 0) ? ExitStatus.FoundWrong : ExitStatus.Done;
        });
        return fuzz;
    }

    private static IReadOnlyList<string> Named(string target)
    {
        if (target == "all") return FuzzTargets.Names;
        if (FuzzTargets.Names.Contains(target)) return [target];
        var known = string.Join(", ", FuzzTargets.Names);
        throw new UsageException($"--target {target} 不在其中：{known}", $"--target {target}: none of {known}");
    }

    /// <summary>Whether inputs are guided by what they reach; null where that is not counted.</summary>
    private static bool? Guidance(FileInfo? instrumenter, bool isUnguided)
    {
        if (instrumenter is null) return isUnguided
            ? throw new UsageException("--unguided 须与 --instrumenter 同用", "--unguided goes with --instrumenter")
            : null;
        if (!instrumenter.Exists) throw Usage.NoFile(instrumenter, "--instrumenter ");
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name == Path.GetFileNameWithoutExtension(instrumenter.Name)
                ? context.LoadFromAssemblyPath(instrumenter.FullName) : null;
        return !isUnguided;
    }

    private static FuzzFigures Run(string name, int inputs, int seconds, ulong seed, string? corpus, bool? isGuided)
    {
        var replayed = new FuzzRun(FuzzTargets.Find(name)!, seed, corpus).Replay();
        var run = isGuided is { } guided ? CoveredRun.Of(name, inputs, seconds, seed, corpus, guided)
            : new FuzzRun(FuzzTargets.Find(name)!, seed, corpus).Run(inputs, seconds);
        return run with { Findings = [.. replayed.Findings, .. run.Findings] };
    }

    private static void Print(Output output, IReadOnlyList<FuzzFigures> runs)
    {
        static string Number(double value, string form) => value.ToString(form, CultureInfo.InvariantCulture);
        output.Table(runs, ("target", r => r.Target), ("inputs", r => r.Inputs),
            ("past header %", r => Number(100.0 * r.PastHeader / Math.Max(r.Inputs, 1), "0")),
            ("slowest ms", r => Number(r.SlowestMilliseconds, "0.0")), ("CPU s", r => Number(r.CpuSeconds, "0")),
            ("edges of seeds", r => r.Edges?.OfSeeds), ("edges", r => r.Edges?.All), ("kept", r => r.Edges?.Kept),
            ("findings", r => r.Findings.Count));
        if (output.Json) return;
        foreach (var run in runs)
            foreach (var finding in run.Findings)
                Console.Out.WriteLine($"{run.Target}: {finding.Trouble} ({finding.File}, {finding.Bytes} bytes)");
    }
}

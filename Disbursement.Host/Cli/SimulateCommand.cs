using System.CommandLine;
using System.Diagnostics;
using Disbursement.Host.Simulation;

namespace Disbursement.Host.Cli;

/// <summary>simulate: months of wages against hostile banks, by seed.</summary>
public static class SimulateCommand
{
    public static Command Create()
    {
        var seeds = new Option<int>("--seeds") { DefaultValueFactory = _ => 10, Description = "种子数 / how many" };
        var from = new Option<long>("--from") { DefaultValueFactory = _ => 1, Description = "第一个种子 / the first" };
        var months = new Option<int>("--months") { DefaultValueFactory = _ => 3, Description = "月数 / months of wages" };
        var simulate = new Command("simulate", "按种子模拟数月工资发放 / plays months of wages, by seed")
        {
            seeds, from, months,
        };
        simulate.SetAction(parse =>
        {
            using var template = new SimulationBase();
            template.MakeFile();
            var simulator = new Simulator(template);
            var begun = Stopwatch.GetTimestamp();
            var cpu = Environment.CpuUsage.TotalTime;
            var met = new SortedDictionary<string, int>(StringComparer.Ordinal);
            var all = 0; var steps = 0; var bad = 0;
            Parallel.For(0, parse.GetValue(seeds), new ParallelOptions { MaxDegreeOfParallelism = 2 }, i =>
            {
                var seed = parse.GetValue(from) + i;
                var played = simulator.Play(seed, Script.Of(seed, parse.GetValue(months)).Steps);
                lock (met)
                {
                    all++; steps += played.Steps;
                    foreach (var (what, times) in played.Met.Concat(played.Struck.Select(s => new KeyValuePair<string,int>("! " + s.Key, s.Value)))) met[what] = met.GetValueOrDefault(what) + times;
                    if (played.Violation is { } v)
                    {
                        bad++;
                        Console.WriteLine($"seed {seed} step {v.Step} {v.Law}\n  {string.Join("\n  ", v.Rows.Take(4))}");
                    }
                }
            });
            foreach (var (what, times) in met) Console.WriteLine($"{times,7} {what}");
            Console.WriteLine($"{all} seeds, {steps} steps, {bad} bad, {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.0} s, CPU {(Environment.CpuUsage.TotalTime - cpu).TotalSeconds:0.0} s");
            return ExitStatus.Done;
        });
        return simulate;
    }
}

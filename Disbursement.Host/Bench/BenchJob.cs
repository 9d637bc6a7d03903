using System.Diagnostics;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;
using Disbursement.Host.Samples;
using NodaTime;

namespace Disbursement.Host.Bench;

/// <summary>
/// The whole job, timed stage by stage: import and check, approve, reserve, build, seal and send, decode and settle, late
/// returns, escalate. The banks' own work and the registers of the year before are not timed.
/// </summary>
/// <param name="imported">Called once every payroll is imported and approved.</param>
internal sealed class BenchJob(BenchWorld bench, Action? imported = null)
{
    /// <summary>Stages until the files are handed to the banks.</summary>
    public static readonly IReadOnlyList<string> UntilHanded =
        ["import", "check", "approve", "reserve", "reserve, build, seal, send"];

    private readonly Dictionary<string, double> _stages = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, double> Stages => _stages;
    /// <summary>Processor time of this process in the timed stages: less moved by a busy machine than seconds are.</summary>
    public double CpuSeconds { get; private set; }

    public double Seconds => _stages.Values.Sum();

    public void Run(Action<string> progress)
    {
        var world = bench.World;
        var people = world.People;
        world.Clock(new LocalDateTime(2026, 2, 9, 9, 0));
        // Several sheets lie there at once, as at any month's end: the next one is parsed while this one is decided.
        // Its sample is made up between the timed parts, and no staging runs then.
        using var sheets = bench.Payrolls().GetEnumerator();
        for (var next = Staging(sheets); next is not null;)
        {
            var staged = Timed("import", next.GetAwaiter().GetResult);
            next = Staging(sheets);
            var received = Timed("import", () => (PayrollRow)world.Done(staged).Result!);
            Timed("check", () => world.Done(people.Clerk, new Command("payroll.check", ("payroll", received.Payroll))));
            Timed("approve", () =>
            {
                world.Done(people.Clerk, Act("payroll.submit", received));
                return world.Done(people.Administrator, Act("payroll.approve", received));
            });
            Timed("reserve", () => world.Done(people.Treasurer,
                new Command("release.plan", ("kind", "Ordinary"), ("payrolls", received.Payroll))));
        }
        imported?.Invoke();
        progress("sending");
        Timed("reserve, build, seal, send", world.TickOnce);
        progress("the banks answer");
        foreach (var bank in world.Banks.Values) bank.TakeFiles(world.Today);
        progress("settling");
        Timed("decode, settle", world.Receive);
        world.Clock(new LocalDateTime(2026, 2, 10, 18, 0));
        foreach (var bank in world.Banks.Values) bank.EndDay(world.Today);
        Timed("late returns, statements", world.Receive);
        world.Clock(new LocalDateTime(2026, 2, 14, 9, 0));
        Timed("escalate", () => world.Unsigned(new Command("arrears.sweep")));
    }

    private Task<StagedCommand>? Staging(IEnumerator<BenchPayroll> sheets)
    {
        if (!sheets.MoveNext()) return null;
        var sheet = sheets.Current;
        return Task.Run(() => bench.World.Stage(bench.World.People.Clerk, bench.Receive(sheet)));
    }

    private static Command Act(string verb, PayrollRow payroll) => new(verb, ("payroll", payroll.Payroll),
        ("lines_root", payroll.LinesRoot), ("amount_fen", payroll.DeclaredFen));

    private void Timed(string stage, Action act) => Timed(stage, () =>
    {
        act();
        return 0;
    });

    private T Timed<T>(string stage, Func<T> act)
    {
        var began = Stopwatch.GetTimestamp();
        var used = Environment.CpuUsage.TotalTime;
        var result = act();
        CpuSeconds += (Environment.CpuUsage.TotalTime - used).TotalSeconds;
        _stages[stage] = _stages.GetValueOrDefault(stage) + Stopwatch.GetElapsedTime(began).TotalSeconds;
        return result;
    }
}

using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Disbursement.Host.Fuzz;

/// <summary>An input that must not go as it went.</summary>
/// <param name="Trouble">What went wrong; of an exception its type and the place it was thrown from.</param>
/// <param name="File">Name of the input in the corpus.</param>
/// <param name="Bytes">Its length, after all was cut out that is not needed for the trouble.</param>
public sealed record FuzzFinding(string Trouble, string File, int Bytes);

/// <summary>What a run on one target came to.</summary>
/// <param name="PastHeader">Inputs that were read beyond the head of the message.</param>
/// <param name="SlowestMilliseconds">Of the slowest input, the best of three times.</param>
/// <param name="CpuSeconds">Time of the process's own, whatever else the machine did.</param>
/// <param name="Edges">Null where they were not counted.</param>
public sealed record FuzzFigures(string Target, int Inputs, int PastHeader, double SlowestMilliseconds,
    double CpuSeconds, IReadOnlyList<FuzzFinding> Findings, FuzzEdges? Edges = null);

/// <summary>Runs a target on inputs made from its seeds, and on a corpus of earlier findings.</summary>
/// <param name="coverage">Of a target whose code is instrumented; null where edges are not counted.</param>
public sealed partial class FuzzRun(FuzzTarget target, ulong seed, string? corpus = null, Coverage? coverage = null)
{
    /// <summary>The bound of one input.</summary>
    private const double MostMilliseconds = 1000;

    /// <summary>An input not done by then never will be: the run ends with it.</summary>
    private const int HangMilliseconds = 60_000;

    private const int MostFindings = 10;

    private readonly Dictionary<string, FuzzFinding> _findings = [];
    private volatile FuzzInput? _current;
    private int _inputs, _past;
    private double _slowest;

    /// <summary>That many inputs, or as many as the seconds of processor time allow.</summary>
    public FuzzFigures Run(int inputs, double seconds)
    {
        var begun = Environment.CpuUsage.TotalTime;
        // On a thread of its own, so that an input that never ends can be told.
        var worker = new Thread(() =>
        {
            Learn();
            for (var number = 0; number < inputs && _findings.Count < MostFindings; number++)
            {
                if (number % 64 == 0 && (Environment.CpuUsage.TotalTime - begun).TotalSeconds > seconds) return;
                Try(target.Input(seed, number, coverage));
            }
        })
        { IsBackground = true };
        worker.Start();
        Watch(worker);
        return Figures((Environment.CpuUsage.TotalTime - begun).TotalSeconds);
    }

    /// <summary>The corpus's inputs of this target.</summary>
    public FuzzFigures Replay()
    {
        var begun = Environment.CpuUsage.TotalTime;
        foreach (var input in Earlier()) Try(input);
        return Figures((Environment.CpuUsage.TotalTime - begun).TotalSeconds);
    }

    private IEnumerable<FuzzInput> Earlier()
    {
        var folder = Path.Combine(corpus ?? "", target.Name);
        IEnumerable<string> files = Directory.Exists(folder) ? Directory.EnumerateFiles(folder) : [];
        foreach (var file in files.Order(StringComparer.Ordinal))
            if (FuzzInput.Read(file) is { } input) yield return input;
    }

    /// <summary>What seeds and earlier findings reach; what is found begins behind it.</summary>
    private void Learn()
    {
        if (coverage is null) return;
        // Once for what happens once in a process: static constructors are nobody's edges.
        foreach (var known in target.Seeds) Judged(known);
        foreach (var known in target.Seeds)
        {
            Coverage.Begin();
            Judged(known);
            coverage.TakeSeed(known);
        }
        foreach (var known in Earlier())
        {
            Coverage.Begin();
            coverage.Take(known, Judged(known).PastHeader);
        }
    }

    private FuzzFigures Figures(double seconds) =>
        new(target.Name, _inputs, _past, _slowest, seconds, [.. _findings.Values], coverage?.Edges);

    private void Watch(Thread worker)
    {
        var (last, since) = ((FuzzInput?)null, Stopwatch.GetTimestamp());
        while (!worker.Join(200))
        {
            if (!ReferenceEquals(_current, last)) (last, since) = (_current, Stopwatch.GetTimestamp());
            if (last is null || Stopwatch.GetElapsedTime(since).TotalMilliseconds < HangMilliseconds) continue;
            _findings["hang"] = new($"does not end within {HangMilliseconds / 1000} s", Save(last), last.Bytes.Length);
            return;
        }
    }

    private void Try(FuzzInput input)
    {
        _current = input;
        _inputs++;
        if (coverage is not null) Coverage.Begin();
        var (verdict, milliseconds) = Timed(input);
        coverage?.Take(input, verdict.PastHeader);
        // Other work of the machine is not the input's: the least of three, of the clock's and of the processor's time.
        for (var again = 0; again < 2 && milliseconds > _slowest && milliseconds > 5; again++)
            milliseconds = Math.Min(milliseconds, Timed(input).Milliseconds);
        _slowest = Math.Max(_slowest, milliseconds);
        if (verdict.PastHeader) _past++;
        var trouble = verdict.Trouble ?? (milliseconds > MostMilliseconds ? "takes longer than a second" : null);
        if (trouble is null || _findings.ContainsKey(Kind(trouble))) return;
        var least = milliseconds > MostMilliseconds ? input : Shrunk(input, Kind(trouble));
        _findings[Kind(trouble)] = new(trouble, Save(least), least.Bytes.Length);
    }

    private (FuzzVerdict Verdict, double Milliseconds) Timed(FuzzInput input)
    {
        var (begun, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var verdict = Judged(input);
        var spent = (Environment.CpuUsage.TotalTime - used).TotalMilliseconds;
        return (verdict, Math.Min(Stopwatch.GetElapsedTime(begun).TotalMilliseconds, spent));
    }

    /// <summary>Any exception is what is looked for, so any is caught here.</summary>
    private FuzzVerdict Judged(FuzzInput input)
    {
        try
        {
            return target.Judge(input);
        }
        catch (Exception thrown) when (thrown is not OutOfMemoryException)
        {
            var place = new StackTrace(thrown).GetFrames().Select(frame => frame.GetMethod())
                .FirstOrDefault(m => m?.DeclaringType?.FullName?.StartsWith("Disbursement.", StringComparison.Ordinal)
                    is true);
            return new(false, $"throws {thrown.GetType().Name} in {place?.DeclaringType?.Name}.{place?.Name}");
        }
    }

    /// <summary>The input with everything cut out that the same trouble does not need.</summary>
    private FuzzInput Shrunk(FuzzInput input, string kind)
    {
        var (least, tries) = (input, 0);
        for (var piece = input.Bytes.Length / 2; piece > 0; piece /= 2)
        {
            for (var at = 0; at < least.Bytes.Length && tries < 4000; tries++)
            {
                var shorter = least with { Bytes = Mutations.Splice(least.Bytes, at, piece, []) };
                if (Judged(shorter).Trouble is { } same && Kind(same) == kind) least = shorter;
                else at += piece;
            }
        }
        return least;
    }

    private string Save(FuzzInput input)
    {
        if (corpus is null) return input.FileName;
        var folder = Path.Combine(corpus, target.Name);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, input.FileName), input.Bytes);
        return input.FileName;
    }

    /// <summary>Troubles that differ in figures only are one.</summary>
    private static string Kind(string trouble) => Figure().Replace(trouble, "#");

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Figure();
}

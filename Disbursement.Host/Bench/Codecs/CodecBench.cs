using System.Diagnostics;
using System.Globalization;
using Disbursement.Host.Demo;

namespace Disbursement.Host.Bench.Codecs;

/// <summary>One work's figures: warm in this process, its floor where it is XML, and as a process of its own.</summary>
/// <param name="FloorSeconds">A bare XML reader or writer over the same bytes, warm; 0 where there is none.</param>
/// <param name="PeakRssBytes">Peak memory of the process of its own.</param>
public sealed record CodecFigures(string Work, int Lines, long Bytes, double WarmSeconds, double LinesPerSecond,
    double FloorSeconds, double Ratio, double ProcessSeconds, long PeakRssBytes);

/// <summary>Measures every work; a median of several runs each, since one run tells little.</summary>
internal sealed class CodecBench(int lines, int runs, Action<string> progress)
{
    public IReadOnlyList<CodecFigures> Run()
    {
        var folder = Directory.CreateTempSubdirectory("bench-codecs").FullName;
        try
        {
            return [.. CodecWork.All.Select((work, i) => Measure(work, Path.Combine(folder, $"{i}")))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>What a process of its own does: one work on that file, and its peak memory to tell.</summary>
    public static string Once(int number, int lines, string path)
    {
        var done = CodecWork.All[number].Run(lines, path);
        return string.Create(CultureInfo.InvariantCulture, $"{done} {Process.GetCurrentProcess().PeakWorkingSet64}");
    }

    private CodecFigures Measure(CodecWork work, string path)
    {
        progress(work.Name);
        work.Prepare(lines, path);
        var warm = Median(() => work.Run(lines, path));
        var floor = 0.0;
        if (work.Xml)
        {
            var bare = work.Writes ? path + ".bare" : path;
            floor = Median(() => work.Floor(lines, bare));
            if (work.Writes) Same(path, bare);
        }
        var peak = 0L;
        var process = Median(() => peak = Math.Max(peak, Apart(work, path)));
        return new CodecFigures(work.Name, lines, new FileInfo(path).Length, warm, lines / warm, floor,
            floor > 0 ? warm / floor : 0, process, peak);
    }

    private double Median(Action work)
    {
        var seconds = new double[runs];
        for (var run = 0; run < runs; run++)
        {
            var begun = Stopwatch.GetTimestamp();
            work();
            seconds[run] = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }
        Array.Sort(seconds);
        return seconds[runs / 2];
    }

    /// <summary>The work in a process of its own, start and end included; gives its peak memory.</summary>
    private long Apart(CodecWork work, string path)
    {
        var number = CodecWork.All.Select((w, i) => (w, i)).First(w => w.w == work).i;
        using var process = OwnProgram.Start(
            ["bench", "codecs", "--lines", $"{lines}", "--once", $"{number}", "--file", path]);
        process.StandardInput.Close();
        var told = process.StandardOutput.ReadToEnd();
        var trouble = process.StandardError.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{work.Name}: {trouble}");
        return long.Parse(told.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static void Same(string ours, string bare)
    {
        using var first = File.OpenRead(ours);
        using var second = File.OpenRead(bare);
        var (left, right) = (new byte[1 << 16], new byte[1 << 16]);
        int read;
        while ((read = first.ReadAtLeast(left, left.Length, throwOnEndOfStream: false)) > 0)
            if (second.ReadAtLeast(right, read, throwOnEndOfStream: false) < read
                || !left.AsSpan(0, read).SequenceEqual(right.AsSpan(0, read)))
                throw new InvalidOperationException("the bare writer does not make the same bytes");
    }
}

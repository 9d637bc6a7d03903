using System.CommandLine;
using System.Globalization;
using Disbursement.Host.Bench.Codecs;

namespace Disbursement.Host.Cli;

/// <summary>bench codecs: how fast bank messages are written, read, signed and opened.</summary>
public static class BenchCodecsCommand
{
    public static Command Create()
    {
        var lines = new Option<int>("--lines") { DefaultValueFactory = _ => 100_000, Description = "行数 / lines" };
        var runs = new Option<int>("--runs")
        {
            DefaultValueFactory = _ => 5,
            Description = "各测几次 / runs of each; the median counts",
        };
        var once = new Option<int?>("--once") { Hidden = true };
        var file = new Option<FileInfo?>("--file") { Hidden = true };
        var codecs = new Command("codecs", "实测报文读写与签名 / measures codecs and envelopes") { lines, runs, once, file };
        codecs.SetAction(parse =>
        {
            var output = Output.Of(parse);
            var (many, times) = (parse.GetValue(lines), parse.GetValue(runs));
            if (many is < 1 or > 9_999_999 || times is < 1 or > 99)
                throw Usage.BenchCodecs;
            if (parse.GetValue(once) is { } number)
            {
                Console.Out.WriteLine(CodecBench.Once(number, many, parse.GetValue(file)!.FullName));
                return ExitStatus.Done;
            }
            var works = new CodecBench(many, times, Console.Error.WriteLine).Run();
            // The body that is signed: as large as the pain.001 written before.
            var envelopes = EnvelopeBench.Run(new byte[works[0].Bytes], times);
            Print(output, works, envelopes);
            return ExitStatus.Done;
        });
        return codecs;
    }

    private static void Print(
        Output output, IReadOnlyList<CodecFigures> works, IReadOnlyList<EnvelopeFigures> envelopes)
    {
        if (output.Json)
        {
            output.Print(new { works, envelopes }, "");
            return;
        }
        static string Number(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);
        static string Ratio(double value) => value > 0 ? value.ToString("0.00", CultureInfo.InvariantCulture) : "";
        output.Table(works, ("work", w => w.Work), ("lines", w => w.Lines), ("MiB", w => w.Bytes >> 20),
            ("process s", w => Number(w.ProcessSeconds)), ("peak MiB", w => w.PeakRssBytes >> 20),
            ("warm s", w => Number(w.WarmSeconds)), ("lines/s", w => (long)w.LinesPerSecond),
            ("bare s", w => w.FloorSeconds > 0 ? Number(w.FloorSeconds) : ""), ("ratio", w => Ratio(w.Ratio)));
        output.Table(envelopes, ("envelope", e => e.Envelope), ("key", e => e.Key), ("MiB", e => e.Bytes >> 20),
            ("seal s", e => Number(e.SealSeconds)), ("open s", e => Number(e.OpenSeconds)),
            ("digest s", e => Number(e.DigestSeconds)), ("ratio", e => Ratio(e.Ratio)));
    }
}

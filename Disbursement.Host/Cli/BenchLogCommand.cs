using System.CommandLine;
using System.Globalization;
using Disbursement.Host.Bench;

namespace Disbursement.Host.Cli;

/// <summary>bench log: how fast an exported log is verified.</summary>
public static class BenchLogCommand
{
    public static Command Create()
    {
        var leaves = new Option<int>("--leaves")
        {
            DefaultValueFactory = _ => 1_000_000,
            Description = "日志条数 / leaves of the log",
        };
        var log = new Command("log", "实测日志验证 / measures the verification of a log") { leaves };
        log.SetAction(parse =>
        {
            var output = Output.Of(parse);
            if (parse.GetValue(leaves) is < 100 or > 10_000_000) throw Usage.BenchLog;
            var figures = new BenchLog(parse.GetValue(leaves)).Run(Console.Error.WriteLine);
            output.Print(figures, string.Create(CultureInfo.InvariantCulture,
                $"{figures.Leaves} leaves, {figures.Bytes >> 20} MiB: verified in {figures.VerifySeconds:0.0} s, "
                + $"one pass of SHA-256 {figures.FloorSeconds:0.00} s, peak {figures.PeakRssBytes >> 20} MiB; "
                + $"{(figures.Valid ? "whole, and one changed digit was found" : "NOT VALID")}"));
            return figures.Valid ? ExitStatus.Done : ExitStatus.FoundWrong;
        });
        return log;
    }
}

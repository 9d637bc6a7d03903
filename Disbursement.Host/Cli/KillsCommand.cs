using System.CommandLine;
using System.Globalization;
using Disbursement.Host.Kills;

namespace Disbursement.Host.Cli;

/// <summary>kills: the month of the demo over SFTP and PostgreSQL, killed again and again.</summary>
public static class KillsCommand
{
    public static Command Create()
    {
        var count = new Option<int>("--kills")
        {
            DefaultValueFactory = _ => 100,
            Description = "共杀若干次 / so many kills in all",
        };
        var seconds = new Option<int>("--seconds")
        {
            DefaultValueFactory = _ => 540,
            Description = "此后不再开始新的一月；再次运行即继续 / no month is begun after so many; run again, it goes on",
        };
        var seed = new Option<long>("--seed")
        {
            DefaultValueFactory = _ => 1,
            Description = "种子 / the same seed, the same moments",
        };
        var data = new Option<DirectoryInfo>("--data")
        {
            DefaultValueFactory = _ => new DirectoryInfo(Path.Combine("data", "kills")),
            Description = "目录 / folder of the run",
        };
        var kills = new Command("kills", "反复中断演示月 (SFTP、PostgreSQL) / "
            + "kills the demo's month again and again, over SFTP and PostgreSQL")
        {
            count, seconds, seed, data,
        };
        kills.SetAction(parse =>
        {
            var output = Output.Of(parse);
            if (parse.GetValue(count) < 1 || parse.GetValue(seconds) < 1)
                throw new UsageException("--kills 与 --seconds 至少为 1", "--kills and --seconds from 1");
            var folder = Directory.CreateDirectory(parse.GetValue(data)!.FullName).FullName;
            var run = new KillRun(folder, parse.GetValue(seed), Console.Error.WriteLine);
            var figures = run.Run(parse.GetValue(count), TimeSpan.FromSeconds(parse.GetValue(seconds)));
            output.Print(figures, Told(figures, parse.GetValue(count), output));
            return figures.Holds ? ExitStatus.Done : ExitStatus.FoundWrong;
        });
        return kills;
    }

    private static string Told(KillFigures figures, int wanted, Output output)
    {
        var struck = string.Join(", ", figures.Struck.Select(s =>
            string.Create(CultureInfo.InvariantCulture, $"{s.Key} {s.Value}")));
        var head = output.Text(
            $"种子 {figures.Seed}: {figures.Months} 个月, 中断 {figures.Kills} 次 ({struck})",
            $"seed {figures.Seed}: {figures.Months} months, {figures.Kills} kills ({struck})");
        var end = figures.Holds
            ? output.Text("按三家银行自己的账: 无一漏付, 无一重付", "by the three banks' own books: 0 lost, 0 paid twice")
            : string.Join('\n', figures.Differences.Concat(figures.Trouble));
        var more = figures.Holds && figures.Kills < wanted
            ? output.Text("\n再次运行即继续", "\nrun it again and it goes on") : "";
        return $"{head}\n{end}{more}";
    }
}

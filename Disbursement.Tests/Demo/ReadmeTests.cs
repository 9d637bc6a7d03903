using System.Text.RegularExpressions;
using Disbursement.Tests.Architecture;
using Xunit;

namespace Disbursement.Tests.Demo;

/// <summary>The README cannot rot: its tour is run as it stands, and its demo ends as it says.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));
    private readonly string _home = Directory.CreateTempSubdirectory("readme-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void Every_command_of_the_tour_runs_in_order_in_an_empty_folder()
    {
        // ~/disbursement is where the tour says one cloned, with the demo that it says was run.
        var clone = Directory.CreateDirectory(Path.Combine(_home, "disbursement", "data")).Parent!.FullName;
        Directory.CreateSymbolicLink(Path.Combine(clone, "Disbursement.Host"), Repository.PathOf("Disbursement.Host"));
        Directory.CreateSymbolicLink(Path.Combine(clone, "data", "demo"), FinishedDemo.Shared.Folder);
        var tour = Readme[Readme.IndexOf("## A tour by hand", StringComparison.Ordinal)..];
        tour = tour[..tour.IndexOf("\n## Status", StringComparison.Ordinal)];
        var blocks = Block().Matches(tour).Select(m => m.Groups[1].Value).ToList();
        Assert.True(blocks.Count >= 8, $"{blocks.Count}");
        var (output, failed) = PageScript.Run(_home, string.Concat(blocks));
        // The tour says of each command which status it ends with: of two messages of the bank it is 1.
        Assert.Equal(PageScript.Statuses(string.Concat(blocks)), failed);
        Assert.Equal(2, failed.Count);
        string[] seen =
        [
            "waiting for another person: person/zhao", "payroll 1 Approved 61 340465.00 2026-02-13",
            "1 Ordinary Funded 340465.00", "file.build 1", "file.seal 1", "file.send 1",
            "1 AmountDiffers: ", "7600.01 yuan, we asked for 7600.00",
            "\"lines_paid\": 58", "\"lines_in_flight\": 2", "\"lines_unpaid\": 1", "in order: leaves ",
            "in order: leaves decided again ", "waiting for another person: file/1/row/3", "7600.00, paid: settled",
            "4 UnknownPurpose: ", "account 6: +5000.00 = 43344.00", "calendar cn: version 2",
        ];
        Assert.All(seen, words => Assert.Contains(words, output, StringComparison.Ordinal));
    }

    [Fact]
    public void The_demo_ends_with_the_words_and_leaves_the_files_that_the_page_shows()
    {
        var report = FinishedDemo.Shared.Report;
        Assert.Contains($"obligations {report["obligations"]} ({report["obligations_open"]} open), "
            + $"warnings {report["warnings"]}, feed records {report["feed_records"]}, "
            + $"bank exceptions {report["exceptions"]}, log of {report["log_size"]} leaves verified\n", Readme,
            StringComparison.Ordinal);
        var left = Directory.GetFileSystemEntries(FinishedDemo.Shared.Folder).Select(f => Path.GetFileName(f))
            .Where(name => !name.EndsWith("-wal", StringComparison.Ordinal)
                && !name.EndsWith("-shm", StringComparison.Ordinal));
        Assert.All(left, name => Assert.Matches($"\n\\| [^|]*`{Regex.Escape(name)}[/`]", Readme));
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

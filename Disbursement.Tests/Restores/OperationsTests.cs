using System.Text.RegularExpressions;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>The runbook cannot rot: its commands are run as they stand, in the README's tour.</summary>
public sealed partial class OperationsTests : IDisposable
{
    private static readonly string s_page = File.ReadAllText(Repository.PathOf("specs", "operations.md"));
    private readonly string _home = Directory.CreateTempSubdirectory("operations-").FullName;

    public void Dispose() => Directory.Delete(_home, recursive: true);

    [Fact]
    public void What_was_told_to_anybody_is_found_again_after_the_runbook_s_restore_and_nobody_is_paid_twice()
    {
        var (output, failed) = Bash(Script());
        // The page says of each command which status it ends with.
        Assert.Equal(PageScript.Statuses(string.Concat(Blocks(s_page))), failed);
        Assert.Equal(6, failed.Count);
        string[] seen =
        [
            "44 leaves", "other-disk/send-journal", "audit.anchor-ahead: ",
            "Unknown, 61 × = 340465.00, 61 lines without",
            "release.nothing-to-plan: ", "Unknown, 61 × = 340465.00\n",
            "nothing new is planned", "nothing is open: files may be sent",
            "paid: 58 lines, 322121.00", "\"credited_fen\": 32212100", "in order: leaves decided again ",
        ];
        Assert.All(seen, words => Assert.Contains(words, output, StringComparison.Ordinal));
    }

    [Fact]
    public void A_dump_of_PostgreSQL_is_made_and_restored_as_the_page_says()
    {
        foreach (var command in DumpedDatabase.Commands("disburse", "restored", "../backup/ledger.dump"))
            Assert.Contains($"\n{string.Join(' ', command)}\n", s_page, StringComparison.Ordinal);
    }

    /// <summary>The tour's first days; the page's first block is the night before the payroll is imported.</summary>
    private static string Script()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));
        var tour = Blocks(readme[readme.IndexOf("## A tour by hand", StringComparison.Ordinal)..]);
        var page = Blocks(s_page);
        var payroll = tour[2].IndexOf("at=\"--at 2026-02-03", StringComparison.Ordinal);
        Assert.True(payroll > 0 && page.Count >= 5);
        return string.Concat(
        [
            tour[0], tour[1], tour[2][..payroll], page[0], tour[2][payroll..], tour[3], .. page.Skip(1),
        ]);
    }

    private static List<string> Blocks(string text) => [.. Block().Matches(text).Select(m => m.Groups[1].Value)];

    private (string Output, IReadOnlyList<string> Failed) Bash(string script)
    {
        var clone = Directory.CreateDirectory(Path.Combine(_home, "disbursement", "data")).Parent!.FullName;
        Directory.CreateSymbolicLink(Path.Combine(clone, "Disbursement.Host"), Repository.PathOf("Disbursement.Host"));
        Directory.CreateSymbolicLink(Path.Combine(clone, "data", "demo"), FinishedDemo.Shared.Folder);
        return PageScript.Run(_home, script);
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

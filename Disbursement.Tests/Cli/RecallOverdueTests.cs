using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Disbursement.Host.Cli;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>A recall that the bank leaves without an answer is told by every verb that lists what waits.</summary>
public sealed partial class RecallOverdueTests
{
    [Theory]
    [InlineData("zh", "逾期")]
    [InlineData("en", "overdue")]
    public void A_recall_without_an_answer_is_overdue_in_the_lists_once_the_bank_s_time_is_past(
        string language, string overdue)
    {
        using var folder = TranscriptScript.Begin("recallable");
        // As wide a name as the sample's account has.
        var profile = folder.InFolder("./with-recalls.json");
        File.WriteAllText(profile, Width().Replace(File.ReadAllText(profile), "\"nameWidth\": 120")
            .Replace("\"version\": 2", "\"version\": 3", StringComparison.Ordinal));
        foreach (var person in new[] { "supervisor", "treasurer" })
            Run($"ledger adopt ./with-recalls.json --kind bank-profile --as {person}");
        Run("file recall 1 --reason duplicate --as treasurer");
        Run("file recall 1 --reason duplicate --as supervisor");
        var reference = (string)Document("file show 1")[0]!["recalls"]![0]!["reference"]!;
        Assert.DoesNotContain(overdue, Run("file show 1"), StringComparison.Ordinal);
        folder.At = "2026-02-27T01:00:00Z";
        var recall = Document("file show 1")[0]!["recalls"]![0]!;
        Assert.True((bool)recall["overdue"]! && recall["answer_by"] is not null);
        Assert.Contains($"{reference}: ", Run("file show 1"), StringComparison.Ordinal);
        Assert.Contains(overdue, Run("file show 1").Split(reference)[^1], StringComparison.Ordinal);
        Assert.Contains(reference, Run("file list").Split("→ ")[1], StringComparison.Ordinal);
        Assert.Contains(overdue, Run("file list").Split("→ ")[1], StringComparison.Ordinal);
        Assert.Contains(Document("exception list").AsArray(), x => (string)x!["kind"]! == "RecallUnanswered");

        string Run(string line)
        {
            var taken = folder.Run(line, "--lang", language);
            Assert.True(taken.Status == ExitStatus.Done, taken.Seen);
            return taken.Seen;
        }

        JsonNode Document(string line) => JsonNode.Parse(folder.Run(line, "--json").Output)!;
    }

    [GeneratedRegex("\"nameWidth\": [0-9]+")]
    private static partial Regex Width();
}

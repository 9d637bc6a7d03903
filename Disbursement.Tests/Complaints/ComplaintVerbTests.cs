using System.Text.Json.Nodes;
using Disbursement.Host.Cli;
using Disbursement.Tests.Cli;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Papers;
using Xunit;

namespace Disbursement.Tests.Complaints;

/// <summary>The verbs of what workers say, as a clerk runs them, and what a worker is given of the own wages.</summary>
public sealed class ComplaintVerbTests
{
    [Fact]
    public void A_paid_worker_who_complains_is_warned_of_and_shown_as_a_contradiction_until_two_people_answer()
    {
        using var folder = TranscriptScript.Begin("reported");
        File.WriteAllText(folder.InFolder("./said.txt"), "样例: 没有收到\n");
        File.WriteAllText(folder.InFolder("./letter.txt"), "样例: 银行确认已入账\n");
        Assert.DoesNotContain("contradiction", folder.Run("claim show 1", "--lang", "en").Seen,
            StringComparison.Ordinal);
        Done(folder, "worker confirm 1 --receipt 1 --document ./said.txt --as clerk");
        Done(folder, "worker confirm 1 --payroll 1 --document ./said.txt --as clerk");
        folder.At = "2026-02-14T01:00:00Z";
        Done(folder, "worker complain 1 --project GY2025A001 --period 2026-01-01..2026-01-31 --document ./said.txt "
            + "--as clerk");
        var told = folder.Run("claim show 1", "--lang", "en").Seen;
        Assert.All(["the worker confirmed receipt", "the worker confirmed the sheet", "complaint 1: open",
            "contradiction: complaint of paid", "contradiction: complaint after receipt"],
            words => Assert.Contains(words, told, StringComparison.Ordinal));
        Assert.Contains("账上已付而本人投诉未付", folder.Run("claim show 1", "--lang", "zh").Seen, StringComparison.Ordinal);
        var said = JsonNode.Parse(folder.Run("claim show 1", "--json").Output)!["said"]!;
        Assert.Equal(2, said["contradictions"]!.AsArray().Count);
        var warning = Assert.Single(JsonNode.Parse(folder.Run("warning list", "--json").Output)!.AsArray(),
            w => (string)w!["subject"]! == "project/1/complaint/1")!;
        Assert.Equal(("W04", "Yellow"), ((string)warning["rule"]!, (string)warning["level"]!));
        Assert.Equal(1, (int)JsonNode.Parse(folder.Run("worker complaints", "--json").Output)![0]!["complaint"]!);
        Assert.Contains("waiting for another person: complaint/1",
            Done(folder, "worker answer 1 --outcome paid --document ./letter.txt --as supervisor"),
            StringComparison.Ordinal);
        Assert.Contains("complaint 1 answered: paid",
            Done(folder, "worker answer 1 --outcome paid --document ./letter.txt --as administrator"),
            StringComparison.Ordinal);
        Assert.Empty(JsonNode.Parse(folder.Run("worker complaints", "--json").Output)!.AsArray());
        Assert.Contains("complaint 1: paid", folder.Run("claim show 1", "--lang", "en").Seen, StringComparison.Ordinal);
        Assert.DoesNotContain("contradiction", folder.Run("claim show 1", "--lang", "en").Seen,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("worker complain 1 --project GY2025A001 --period 2026-01 --document ./said.txt --as clerk")]
    [InlineData("worker complain 1 --project A --period 2026-02-01..2026-01-31 --document ./said.txt --as clerk")]
    [InlineData("worker complain 1 --project GY2025A001 --document ./nowhere.txt --as clerk")]
    [InlineData("worker confirm 1 --document ./said.txt --as clerk")]
    [InlineData("worker confirm 1 --payroll 1 --receipt 1 --document ./said.txt --as clerk")]
    [InlineData("worker answer 1 --outcome perhaps --document ./said.txt --as clerk")]
    public void What_is_asked_wrongly_is_bad_usage(string line)
    {
        using var folder = TranscriptScript.Begin("registers");
        File.WriteAllText(folder.InFolder("./said.txt"), "样例\n");
        Assert.Equal(ExitStatus.BadUsage, folder.Run(line).Status);
    }

    /// <summary>A worker's statement of wages, and its proof, which needs neither database nor network.</summary>
    [Fact]
    public void A_worker_is_given_the_own_wages_alone_with_a_proof_that_a_stranger_can_check()
    {
        using var demo = new DemoCopy();
        var (code, _, errors) = Disburse.Run("paper", "slips", "GY2025A001", "--from", "2026-01", "--worker", "8",
            "--db", demo.Option, "--out", demo["own"]);
        Assert.True(code == 0, errors);
        var book = DemoPaperTests.Book(Assert.Single(Directory.GetFiles(demo["own"], "*.xlsx")));
        // One wage, and it is the whole sum.
        Assert.Equal(["1", ""], book.Where(row => row.Contains("6088.00")).Select(row => row[0]));
        var claim = (long)JsonNode.Parse(Disburse.Run("claim", "list", "--worker", "8", "--json", "--db", demo.Option)
            .Output)![0]!["claim"]!;
        (code, _, errors) = Disburse.Run("audit", "prove", "--claim", $"{claim}", "--db", demo.Option,
            "--out", demo["own.proof"]);
        Assert.True(code == 0, errors);
        var (status, shown, _) = Disburse.Run("audit", "prove", "--check", demo["own.proof"], "--lang", "en");
        Assert.Equal(ExitStatus.Done, status);
        Assert.Contains("wage_claim", File.ReadAllText(demo["own.proof"]), StringComparison.Ordinal);
        Assert.Contains("608800", shown, StringComparison.Ordinal);
    }

    private static string Done(TranscriptFolder folder, string line)
    {
        var taken = folder.Run(line, "--lang", "en");
        Assert.True(taken.Status == ExitStatus.Done, taken.Seen);
        return taken.Seen;
    }
}

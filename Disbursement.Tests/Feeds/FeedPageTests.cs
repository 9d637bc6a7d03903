using System.Text.Json;
using System.Text.RegularExpressions;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Storage;
using Json.Schema;
using Xunit;

namespace Disbursement.Tests.Feeds;

/// <summary>The page's commands are run as they stand, and what is sent is of its schema.</summary>
public sealed partial class FeedPageTests
{
    private static readonly JsonSchema s_schema =
        JsonSchema.FromText(File.ReadAllText(Repository.PathOf("specs", "feed.schema.json")));

    private static readonly EvaluationOptions s_strict = new()
    {
        OutputFormat = OutputFormat.List,
        RequireFormatValidation = true,
    };

    [Fact]
    public void A_stranger_checks_what_was_pushed_and_pulled_with_OpenSSL_alone()
    {
        var home = Directory.CreateTempSubdirectory("feed-page-").FullName;
        try
        {
            using var demo = new DemoCopy();
            Directory.CreateDirectory(Path.Combine(home, "empty"));
            Directory.CreateSymbolicLink(Path.Combine(home, "empty", "data"), demo.Folder);
            var programs = Repository.PathOf("Disbursement.Host", "bin", "Release", "net10.0");
            var page = File.ReadAllText(Repository.PathOf("specs", "feed.md"));
            var script = string.Concat(Block().Matches(page).Select(m => m.Groups[1].Value))
                .Replace("port=8475", $"port={LoopbackPort.Free()}", StringComparison.Ordinal);
            var (output, failed) = PageScript.Run(home, $"export PATH={programs}:$PATH\n{script}");
            Assert.True(failed.Count == 0, string.Join('\n', failed) + "\n" + output);
            string[] seen =
            [
                "waiting for another person: subscriber/gy-rsj", "gy-rsj Active", "feed.cut 1", "feed.push 1",
                "it acknowledged (HTTP 200)", "in order: 1 batches, 1 to ", "Signature Verified Successfully\n1\n1\n",
                "Verified OK", "in order: leaves decided again ",
            ];
            Assert.All(seen, words => Assert.Contains(words, output, StringComparison.Ordinal));
            foreach (var copy in new[] { "copy.jsonl", "province.jsonl" })
                Assert.All(File.ReadAllLines(Path.Combine(home, "empty", copy)), Holds);
        }
        finally
        {
            Directory.Delete(home, recursive: true);
        }
    }

    [Theory]
    [InlineData("\"lines\":1", "\"lines\":1,\"worker\":\"样例\"")]
    [InlineData("\"tier\":\"County\"", "\"tier\":\"Village\"")]
    [InlineData("\"amount_fen\":571200", "\"amount_fen\":5712.5")]
    [InlineData("\"kind\":\"warning.raised\"", "\"kind\":\"wage.paid\"")]
    [InlineData("\"about\":\"payroll/7\"", "\"about\":\"52010119900101002X\"")]
    [InlineData("\"n\":1,", "")]
    public void What_is_not_of_the_schema_is_found(string of, string to)
    {
        using var world = new FeedWorld(Engines.Sqlite);
        world.Subscribe();
        world.Write(1);
        world.Cut();
        var line = world.Pull().TrimEnd('\n');
        Holds(line);
        Assert.Contains(of, line, StringComparison.Ordinal);
        Assert.False(Evaluated(line.Replace(of, to, StringComparison.Ordinal)).IsValid);
    }

    /// <summary>Holds one record of the outbox to the schema.</summary>
    internal static void HoldsRecord(string body) => Holds($$"""
        {"batch":{"feed":"disburse-feed/1","ledger":520100,"subscriber":"s","batch":1,"first":1,"last":1,
        "previous":"{{new string('0', 64)}}","records":[{"n":1,"record":{{body}}}]},"sha256":"{{new string('0', 64)}}",
        "algorithm":"ed25519","key":"0123456789abcdef","signature":"AA=="}
        """);

    private static void Holds(string line)
    {
        var told = Evaluated(line);
        Assert.True(told.IsValid, line + "\n" + string.Join('\n', (told.Details ?? []).Where(d => d.Errors is not null)
            .SelectMany(d => d.Errors!.Select(e => $"{d.InstanceLocation}: {e.Key} {e.Value}"))));
    }

    private static EvaluationResults Evaluated(string line)
    {
        using var document = JsonDocument.Parse(line);
        return s_schema.Evaluate(document.RootElement, s_strict);
    }

    [GeneratedRegex("```sh\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

using System.Text.Json.Nodes;
using Disbursement.Tests.Demo;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>
/// What was done once is done: asking again is status 0 and changes nothing, however far the month has come since. Who
/// may not ask is told so first.
/// </summary>
public sealed class RepeatTests : IDisposable
{
    private readonly DemoCopy _demo = new();

    public void Dispose() => _demo.Dispose();

    [Theory]
    [InlineData("release plan 1", "treasurer", "Done")]
    [InlineData("release plan 4", "treasurer", "Settling")]
    [InlineData("release plan 1 --kind re-payment", "treasurer", "Done")]
    [InlineData("release plan 1 --claims 7,8", "treasurer", "Done")]
    [InlineData("release fund 1", "treasurer", "Done")]
    [InlineData("release fund 4", "treasurer", "Settling")]
    [InlineData("release send 1", "treasurer", "Reconciled")]
    [InlineData("release send 4", "treasurer", "Accepted")]
    [InlineData("file send 1", "treasurer", "Reconciled")]
    [InlineData("payroll submit 1", "clerk", "Settled")]
    [InlineData("payroll submit 4", "clerk", "Approved")]
    [InlineData("payroll approve 1", "administrator", "Settled")]
    [InlineData("payroll check 4", "clerk", "Approved")]
    public void A_repetition_is_done_and_changes_nothing(string words, string person, string state)
    {
        var before = FinishedDemo.Dump(_demo.Database);
        var (code, output, errors) = Run(words, person, "--json");
        // The check's findings are its answer again, and with findings it is status 1 as it was.
        var findings = words.StartsWith("payroll check", StringComparison.Ordinal)
            && JsonNode.Parse(output)!["findings"]!.AsArray().Count > 0;
        Assert.True(code == (findings ? 1 : 0), $"{code}: {output}{errors}");
        Assert.Contains($"\"state\": \"{state}\"", output, StringComparison.Ordinal);
        Assert.Equal(before, FinishedDemo.Dump(_demo.Database));
    }

    [Theory]
    [InlineData("release plan 1")]
    [InlineData("release fund 1")]
    [InlineData("release send 1")]
    [InlineData("release cancel 1")]
    [InlineData("release cancel 99")]
    [InlineData("file withdraw 1")]
    [InlineData("payroll approve 1")]
    public void Who_may_not_is_told_so_before_anything_about_states(string words)
    {
        var (code, output, _) = Run(words, "clerk", "--json");
        Assert.Equal(3, code);
        Assert.Equal("person.role-missing", (string?)JsonNode.Parse(output)!["findings"]![0]!["code"]);
    }

    [Theory]
    [InlineData("release plan 1 --kind deposit")]
    [InlineData("release cancel 1")]
    [InlineData("payroll send-back 1 --reason late")]
    public void What_was_never_done_is_refused_all_the_same(string words) =>
        Assert.Equal(3, Run(words, words.Contains("payroll", StringComparison.Ordinal) ? "administrator" : "treasurer")
            .Code);

    private (int Code, string Output, string Errors) Run(string words, string person, params string[] more) =>
        Disburse.Run([.. words.Split(' '), "--as", person, "--key", _demo[$"people/{person}.key.pem"],
            "--db", _demo.Option, "--at", "2026-03-01T00:00:00Z", .. more]);
}

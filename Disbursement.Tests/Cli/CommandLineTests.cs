using Disbursement.Host.Cli;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>Command lines share nothing: they are parsed and run side by side in one process.</summary>
public class CommandLineTests
{
    [Fact]
    public void Many_are_made_and_parsed_at_once() => Parallel.For(0, 400, i =>
    {
        var parsed = CommandLine.Root().Parse(["file", "list", "--lang", i % 2 == 0 ? "zh" : "en", "--ledger", $"{i}"]);
        Assert.Empty(parsed.Errors);
        Assert.Equal($"{i}", parsed.GetValue(GlobalOptions.Ledger));
        Assert.Equal(i % 2 == 0 ? "zh" : "en", parsed.GetValue(GlobalOptions.Language));
        Assert.Equal("sqlite:./data/disburse.db", parsed.GetValue(GlobalOptions.Database));
        Assert.NotEmpty(CommandLine.Root().Parse(["file", "list", "--lang", "fr"]).Errors);
    });
}

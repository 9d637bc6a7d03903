using System.CommandLine;
using Disbursement.Host.Cli;
using Xunit;
using static Disbursement.Tests.Cli.UsageTests;

namespace Disbursement.Tests.Cli;

/// <summary>A folder where a file is wanted is told as a folder, whichever verb asks; and the other way
/// round.</summary>
public sealed class NamedPathTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("named");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("import roster {0}")]
    [InlineData("import payroll {0} --project p --employer e --from 2026-01-01 --to 2026-01-31")]
    [InlineData("import statement {0} --profile icbc-bxt")]
    [InlineData("bank receive {0} --profile icbc-bxt")]
    [InlineData("bank verify {0} --keys . --profile icbc-bxt")]
    [InlineData("tick --journal {0}")]
    [InlineData("tick --links {0}")]
    [InlineData("payroll submit 1 --as li --key {0}")]
    [InlineData("audit prove --check {0}")]
    public void A_folder_is_told_as_one(string line)
    {
        string[] words = string.Format(null, line, _folder.FullName).Split(' ');
        var (zh, en) = (Run([.. words, "--lang", "zh"]), Run([.. words, "--lang", "en"]));
        Assert.Equal((ExitStatus.BadUsage, ExitStatus.BadUsage), (zh.Status, en.Status));
        Assert.EndsWith($"{_folder.FullName}: 是目录, 不是文件\n  → 指明其中的文件\n", zh.Seen, StringComparison.Ordinal);
        Assert.EndsWith($"{_folder.FullName}: is a folder, no file\n  → Name a file in it\n", en.Seen,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audit verify {0}")]
    [InlineData("tick --exchange {0}")]
    [InlineData("key check --keys {0}")]
    [InlineData("demo --data {0}")]
    public void A_file_where_a_folder_is_wanted_is_told_as_one(string line)
    {
        var file = Path.Combine(_folder.FullName, "a");
        File.WriteAllText(file, "");
        var told = Run([.. string.Format(null, line, file).Split(' '), "--lang", "en"]);
        Assert.Equal(ExitStatus.BadUsage, told.Status);
        Assert.EndsWith($"{file}: is a file, no folder\n  → Name a folder\n", told.Seen, StringComparison.Ordinal);
    }

    /// <summary>The check goes by what a symbol takes, so a folder must not be taken as mere text. The sandbox bank is
    /// a program of its own and speaks for itself.</summary>
    [Fact]
    public void No_verb_takes_a_folder_as_text() => Assert.DoesNotContain(
        CommandLine.Root().Subcommands.Where(c => c.Name != "bank-sandbox").SelectMany(Below)
            .SelectMany(c => c.Arguments.Cast<Symbol>().Concat(c.Options))
            .Where(s => s is Argument<string> or Option<string>),
        s => s.Description?.Contains("目录", StringComparison.Ordinal) == true);

    private static IEnumerable<Command> Below(Command command) =>
        command.Subcommands.SelectMany(Below).Prepend(command);
}

using System.Text.RegularExpressions;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Model;

/// <summary>specs/planted-bugs: each patch still fits the tree and says what it breaks and who finds it. Three of them
/// are built and found by .ci/run; all by specs/planted-bugs/run.sh.</summary>
public partial class PlantedBugTests
{
    private static readonly string[] Patches = [.. Directory
        .GetFiles(Repository.PathOf("specs", "planted-bugs"), "*.patch").Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_patch_applies_to_the_tree_as_it_stands()
    {
        Assert.True(Patches.Length >= 25, $"{Patches.Length} patches");
        // Each on its own: two of them may change the same line.
        var unfit = Patches.Select(patch => OutsideTool.Run("git", "-C", Repository.Root, "apply", "--check", patch))
            .Where(run => run.Code != 0).Select(run => run.Output);
        Assert.Empty(unfit);
    }

    [Fact]
    public void Every_patch_names_a_law_its_slip_and_tests_that_there_are_and_stands_in_the_table()
    {
        var classes = typeof(PlantedBugTests).Assembly.GetTypes().Select(t => t.Name).ToHashSet();
        var table = File.ReadAllText(Repository.PathOf("specs", "planted-bugs", "README.md"));
        Assert.All(Patches, patch =>
        {
            var head = Head().Match(File.ReadAllText(patch));
            Assert.True(head.Success, patch);
            Assert.All(head.Groups[1].Value.Split(' '), name => Assert.Contains(name, classes));
            Assert.Contains($"| {Path.GetFileNameWithoutExtension(patch)} |", table, StringComparison.Ordinal);
        });
    }

    [GeneratedRegex(@"^Breaks: L\d+\nSlip: [^\n]+\.\nTests: ([A-Za-z0-9 ]+)\n\ndiff --git ")]
    private static partial Regex Head();
}

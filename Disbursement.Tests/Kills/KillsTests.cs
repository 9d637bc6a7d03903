using System.Text.Json.Nodes;
using Disbursement.Host.Kills;
using Disbursement.Tests.Demo;
using Xunit;

namespace Disbursement.Tests.Kills;

/// <summary>The Host is killed while it works on a real PostgreSQL and over a real OpenSSH server.</summary>
public sealed class KillsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kills-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Five_kills_lose_nothing_and_pay_nothing_twice_and_a_stopped_run_goes_on()
    {
        // Stopped behind its undisturbed month: the second part does not play that again.
        var first = Run("--seconds", "1");
        Assert.Equal((0, 0), ((int)first["kills"]!, (int)first["months"]!));
        var second = Run();
        Assert.Equal(5, (int)second["kills"]!);
        Assert.True((bool)second["holds"]!);
        Assert.Equal(5, second["struck"]!.AsObject().Sum(s => (int)s.Value!));
    }

    [Fact]
    public void A_run_of_another_seed_is_refused_and_changes_nothing()
    {
        var book = Path.Combine(_folder, "kills.txt");
        File.WriteAllText(book, "seed\t8\t1 100\n");
        var (code, _, errors) = Disburse.Run("kills", "--seed", "7", "--data", _folder);
        Assert.Equal(2, code);
        Assert.Contains("8", errors, StringComparison.Ordinal);
        Assert.Equal("seed\t8\t1 100\n", File.ReadAllText(book));
    }

    [Fact]
    public void A_month_that_comes_to_other_sums_ends_the_run()
    {
        var book = new KillBook(Path.Combine(_folder, "kills.txt"), 3);
        book.Begin(new("2 100", [], []));
        book.Add(new("2 100", [], []), [new(Struck.Host, 0, 5)]);
        Assert.True(book.Holds);
        book.Add(new("2 99", [], []), [new(Struck.Postgres, 1, 5)]);
        Assert.False(book.Holds);
        Assert.Contains("2 99", Assert.Single(book.Figures.Trouble), StringComparison.Ordinal);
        Assert.Equal((1, 1), (book.Kills, book.Months));
    }

    [Fact]
    public void A_seed_gives_the_same_blows_of_every_kind()
    {
        var blows = Enumerable.Range(0, 100).Select(n => Blow.Of(7, n)).ToList();
        Assert.Equal(blows, Enumerable.Range(0, 100).Select(n => Blow.Of(7, n)));
        Assert.NotEqual(blows, Enumerable.Range(0, 100).Select(n => Blow.Of(8, n)));
        Assert.All(Enum.GetValues<Struck>(), kind => Assert.Contains(blows, b => b.Struck == kind));
        Assert.InRange(blows.Count(b => b.Sendings > 0), 30, 70);
    }

    private JsonNode Run(params string[] more)
    {
        var (code, output, errors) = Disburse.Run(
            ["kills", "--kills", "5", "--seed", "1", "--json", "--lang", "en", "--data", _folder, .. more]);
        Assert.True(code == 0, output + errors);
        return JsonNode.Parse(output)!;
    }
}

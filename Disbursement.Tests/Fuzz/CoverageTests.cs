using System.Runtime.Loader;
using System.Text.Json;
using Disbursement.Host.Fuzz;
using Disbursement.Tests.Demo;
using Mono.Cecil;
using Xunit;

namespace Disbursement.Tests.Fuzz;

/// <summary>Fuzzing that goes on from what reached new code: specs/fuzzing.md.</summary>
public sealed class CoverageTests
{
    private const int Inputs = 20_000, MostSeconds = 60;

    private static readonly string s_instrumenter = typeof(ModuleDefinition).Assembly.Location;

    [Theory, InlineData("delimited-cards"), InlineData("iso20022-recalls")]
    public void A_guided_run_reaches_edges_that_the_seeds_do_not(string target)
    {
        var edges = CoveredRun.Of(target, 1_000, MostSeconds, 5, null, isGuided: true).Edges!;
        Assert.True(edges.OfSeeds > 100, $"{edges}");
        Assert.True(edges.All > edges.OfSeeds && edges.Kept > 0, $"{edges}");
    }

    /// <summary>The 30 % asked of a run hold of guided ones: what a head refuses is new in many ways, and is not all
    /// that is gone on from.</summary>
    [Theory]
    [InlineData("envelope-sm2-raw-rs")]
    [InlineData("envelope-sm2-sigdat")]
    [InlineData("envelope-form-sm3")]
    [InlineData("packet-frame")]
    public void A_guided_run_stays_behind_the_head_of_what_it_reads(string target)
    {
        var run = CoveredRun.Of(target, 10_000, MostSeconds, 11, null, isGuided: true);
        Assert.Equal(10_000, run.Inputs);
        Assert.True(run.PastHeader * 100L >= run.Inputs * 30L, $"{run.PastHeader} of {run.Inputs}");
    }

    [Fact]
    public void The_same_seed_reaches_the_same_edges_with_the_same_inputs()
    {
        var (one, other) = (Run(), Run());
        Assert.Equal(one.Edges, other.Edges);
        Assert.Equal((1_500, one.PastHeader), (one.Inputs, other.PastHeader));

        static FuzzFigures Run() => CoveredRun.Of("fixed-width-cards", 1_500, MostSeconds, 9, null, isGuided: true);
    }

    /// <summary>Each condition is one change away from the one before; all three at once are nobody's luck.</summary>
    [Fact]
    public void What_lies_behind_three_conditions_is_found_by_going_on_from_the_first()
    {
        var guided = new FuzzRun(Planted(), 3, coverage: new Coverage(isGuiding: true)).Run(Inputs, MostSeconds);
        var unguided = new FuzzRun(Planted(), 3, coverage: new Coverage(isGuiding: false))
            .Run(Inputs, MostSeconds);
        Assert.Equal("throws FormatException in Buried.Judge", Assert.Single(guided.Findings).Trouble);
        Assert.Empty(unguided.Findings);
        Assert.Equal((Inputs, Inputs), (guided.Inputs, unguided.Inputs));
        Assert.True(unguided.Edges!.All < guided.Edges!.All, $"{unguided.Edges} {guided.Edges}");
    }

    /// <summary>The program is shipped without what can rewrite it, and takes it from where it is told to.</summary>
    [Fact]
    public void The_verb_is_guided_by_an_instrumenter_that_is_named_and_not_its_own()
    {
        var own = File.ReadAllText(Path.ChangeExtension(Disburse.Program, ".deps.json"));
        Assert.Contains("System.CommandLine.dll", own, StringComparison.Ordinal);
        Assert.DoesNotContain("Mono.Cecil.dll", own, StringComparison.Ordinal);
        var (code, output, errors) = Disburse.Run("fuzz", "--target", "delimited-cards", "--inputs", "500", "--json",
            "--instrumenter", s_instrumenter);
        Assert.True(code == 0, errors);
        var run = Assert.Single(JsonSerializer.Deserialize<JsonElement[]>(output)!);
        Assert.True(run.GetProperty("edges").GetProperty("all").GetInt32() > 100, output);
        Assert.Equal(2, Disburse.Run("fuzz", "--target", "delimited-cards", "--unguided").Code);
        Assert.Equal(2, Disburse.Run("fuzz", "--instrumenter", s_instrumenter + "x").Code);
    }

    /// <summary>The instrumented copy's: this assembly's own is not counted.</summary>
    private static FuzzTarget Planted()
    {
        var here = typeof(Buried).Assembly.Location;
        using var copy = new MemoryStream(Instrumenter.Of(here, type => type == typeof(Buried).FullName));
        var loaded = new AssemblyLoadContext("buried").LoadFromStream(copy);
        return (FuzzTarget)Activator.CreateInstance(loaded.GetType(typeof(Buried).FullName!, throwOnError: true)!)!;
    }
}

/// <summary>Throws behind three conditions, each of which a change of <see cref="FuzzTarget.Input"/> meets once in
/// some hundred times.</summary>
public sealed class Buried : FuzzTarget
{
    public override string Name => "buried";

    public override IReadOnlyList<FuzzInput> Seeds { get; } =
        [new("none", "seed", "1|2|3\n4|5|6\n7|8|9\n"u8.ToArray())];

    public override FuzzVerdict Judge(FuzzInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Holds(input, "𠮷"u8))
        {
            if (Holds(input, "１"u8))
            {
                if (Holds(input, "\uFFFD\u2028"u8)) throw new FormatException("buried");
            }
        }
        return new(true, null);
    }

    private static bool Holds(FuzzInput input, ReadOnlySpan<byte> text) => input.Bytes.AsSpan().IndexOf(text) >= 0;
}

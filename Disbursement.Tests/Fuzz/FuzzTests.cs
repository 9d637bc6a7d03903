using Disbursement.BankAdapters.Profiles;
using Disbursement.Host.Fuzz;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Codecs;
using Xunit;

namespace Disbursement.Tests.Fuzz;

/// <summary>Every reader of what comes from outside, on damaged messages: specs/fuzzing.md.</summary>
public sealed class FuzzTests
{
    /// <summary>Of each target, so that all of them take seconds.</summary>
    private const int FreshInputs = 1500, MostSeconds = 4;

    /// <summary>Below the 30 % asked of a whole run: of few inputs.</summary>
    private const double LeastPastHeader = 0.25;

    private static string Corpus => Repository.PathOf("Disbursement.Tests", "Fixtures", "Corpus");

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Fact]
    public void Every_decoder_of_the_catalogue_is_a_target() =>
        Assert.All(BankCatalogue.Shipped.DecoderNames, name => Assert.Contains(name, FuzzTargets.Names));

    /// <summary>Answers to payments, statements, answers to recalls and to card applications.</summary>
    [Fact]
    public void Every_form_that_a_shipped_profile_reads_has_a_seed()
    {
        var decoders = FuzzTargets.Names.Where(name => !name.StartsWith("envelope-", StringComparison.Ordinal));
        var seeds = decoders.Select(name => FuzzTargets.Find(name)!).SelectMany(target => target.Seeds
            .Select(seed => (Target: target.Name, seed.Profile, seed.Name))).ToList();
        Assert.All(CodecSamples.ProfileIds.Select(CodecSamples.Profile), profile =>
        {
            Read(profile.Inbound, "", name => !name.StartsWith(BankProfile.StatementName, StringComparison.Ordinal));
            Read(profile.Statement, "", name => name.StartsWith(BankProfile.StatementName, StringComparison.Ordinal));
            if (profile.Notices is not null) Read(profile.Notices, "", name => profile.FormOf(name) == profile.Notices);
            if (profile.Recall is not null) Read(profile.Inbound, "-recalls", name => name.Contains("-recall-"));
            if (profile.Cards is not null) Read(profile.Cards.Answer, "-cards", name => name.Contains("-cards-"));

            void Read(FileForm form, string part, Predicate<string> isNamed) => Assert.True(
                seeds.Exists(seed => seed.Profile == profile.Id && seed.Target == form.Codec + part
                    && isNamed(seed.Name)), $"{profile.Id}: no seed for {form.Codec}{part}");
        });
    }

    [Theory, MemberData(nameof(Targets))]
    public void A_target_has_seeds_that_it_reads_without_any_trouble(string name)
    {
        var target = FuzzTargets.Find(name)!;
        Assert.NotEmpty(target.Seeds);
        Assert.All(target.Seeds, seed =>
        {
            var verdict = target.Judge(seed);
            Assert.True(verdict is { PastHeader: true, Trouble: null },
                $"{seed.FileName}: {verdict}");
        });
    }

    /// <summary>A guided run goes on from whatever reached something new, torn messages too.</summary>
    [Theory, MemberData(nameof(Targets))]
    public void Inputs_are_made_of_the_torn_messages_that_a_guided_run_keeps(string name)
    {
        var (target, torn) = (FuzzTargets.Find(name)!, new Coverage(isGuiding: true));
        var seed = target.Seeds[0];
        foreach (var length in new[] { 0, 1, 3, 5, 9, seed.Bytes.Length / 2 })
            torn.TakeSeed(seed with { Bytes = seed.Bytes[..Math.Min(length, seed.Bytes.Length)] });
        Assert.All(Enumerable.Range(0, 300), n => Assert.NotNull(target.Input(7, n, torn).Bytes));
    }

    [Theory, MemberData(nameof(Targets))]
    public void The_corpus_and_fresh_inputs_find_nothing(string name)
    {
        var target = FuzzTargets.Find(name)!;
        Assert.Empty(new FuzzRun(target, 0, Corpus).Replay().Findings);
        var run = new FuzzRun(target, 20260313).Run(FreshInputs, MostSeconds);
        Assert.Empty(run.Findings);
        Assert.True(run.PastHeader >= LeastPastHeader * run.Inputs, $"{run.PastHeader} of {run.Inputs} past the head");
    }

    [Fact]
    public void Every_folder_of_the_corpus_is_a_targets_and_every_file_names_its_profile() => Assert.All(
        Directory.EnumerateFiles(Corpus, "*", SearchOption.AllDirectories), file =>
        {
            Assert.Contains(Path.GetFileName(Path.GetDirectoryName(file)!), FuzzTargets.Names);
            Assert.NotNull(FuzzInput.Read(file));
        });

    [Fact]
    public void The_same_seed_gives_the_same_inputs_and_another_seed_others()
    {
        var target = FuzzTargets.Find("delimited")!;
        Assert.All(Enumerable.Range(0, 50), n => Assert.Equal(target.Input(7, n).Bytes, target.Input(7, n).Bytes));
        Assert.Contains(Enumerable.Range(0, 50),
            n => !target.Input(7, n).Bytes.SequenceEqual(target.Input(8, n).Bytes));
    }

    /// <summary>A run that could not find anything would find nothing: a decoder that drops a row and one that throws.
    /// </summary>
    [Fact]
    public void What_throws_or_loses_a_record_is_found_shrunk_and_kept()
    {
        var corpus = Directory.CreateTempSubdirectory("fuzz-corpus-").FullName;
        try
        {
            var run = new FuzzRun(new Forgetful(), 1, corpus).Run(5_000, 20);
            Assert.Contains(run.Findings, f => f.Trouble.Contains("throws FormatException", StringComparison.Ordinal));
            var lost = Assert.Single(run.Findings, f => f.Trouble == "a record was lost");
            Assert.Equal(1, lost.Bytes);
            Assert.NotEmpty(new FuzzRun(new Forgetful(), 1, corpus).Replay().Findings);
        }
        finally
        {
            Directory.Delete(corpus, recursive: true);
        }
    }

    /// <summary>Throws at a NUL, and loses whatever stands with a '7'.</summary>
    private sealed class Forgetful : FuzzTarget
    {
        public override string Name => "forgetful";
        public override IReadOnlyList<FuzzInput> Seeds { get; } = [new("none", "seed", "1|2|3\n4|5|6\n"u8.ToArray())];

        public override FuzzVerdict Judge(FuzzInput input)
        {
            if (input.Bytes.Contains((byte)0)) throw new FormatException("NUL");
            return new(true, input.Bytes.Contains((byte)'7') ? "a record was lost" : null);
        }
    }
}

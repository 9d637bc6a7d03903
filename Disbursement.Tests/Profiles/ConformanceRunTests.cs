using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.Host.Conformance;
using Disbursement.Tests.Codecs;
using Xunit;

namespace Disbursement.Tests.Profiles;

/// <summary>profile test on every profile that ships, every kind of envelope and every transport, each on its real
/// server.</summary>
public sealed class ConformanceRunTests
{
    private const int CodecChecks = 17, CardChecks = 6;

    // ABC's words (domain facts 7.6); no shipped profile goes by packets yet.
    private static readonly AnswerForm Packets = new("RespCode", ["0000", "0001"], ["9001"], ["9002"],
        "<ap><CCTransCode>CQRT04</CCTransCode><CmeSeqNo>{reference}</CmeSeqNo></ap>");

    public static TheoryData<string> Ids => [.. CodecSamples.ProfileIds];

    public static TheoryData<string> Kinds => [.. EnvelopeCatalogue.Kinds];

    [Theory, MemberData(nameof(Ids))]
    public void A_shipped_profile_passes_with_its_envelope_over_each_transport_it_names(string id)
    {
        var profile = CodecSamples.Profile(id);
        var folder = Path.Combine(AppContext.BaseDirectory, "Golden", id);
        IReadOnlyList<SampleMessage> answers = File.Exists(Path.Combine(folder, "result.golden"))
            ? [new("SAMPLE1-result-1.txt", CodecSamples.Golden(id, "result.golden"))] : [];
        var checks = ConformanceRun.Of(profile, answers);
        Passes(checks);
        // A body that carries its signature within has none beside it to be taken away.
        var isWithin = EnvelopeCatalogue.SignatureSuffix(profile.Envelope.Kind).Length == 0;
        var algorithms = profile.Envelope.Kind == CmsEnvelope.Kind ? 2 : 1;
        var transports = profile.Transport.Kinds.Count();
        // A line that is signed on the way asks nothing: one check less.
        var asksNothing = profile.Transport.Post is null ? 0 : 1;
        var cards = profile.Cards is null ? 0 : CardChecks;
        var signing = algorithms * (isWithin ? 2 : 3);
        // The bank answers a file and ends its day; a line that is signed on the way leads into no folder of it.
        var answered = 2
            + new object?[] { profile.Queries?.File, profile.Recall, profile.Cards }.Count(f => f is not null);
        Assert.Equal(CodecChecks + cards + answers.Count + signing + (transports * 7) - asksNothing
            + ((transports - asksNothing) * answered), checks.Count);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_of_envelope_passes_over_every_kind_of_transport(string kind)
    {
        var profile = CodecSamples.Profile("iso20022-pain");
        var isBeside = EnvelopeCatalogue.SignatureSuffix(kind).Length > 0;
        var transports = TransportCatalogue.Kinds.Where(t => !(isBeside && t == "packet")).ToList();
        var checks = ConformanceRun.Of(profile with
        {
            Transport = profile.Transport with { Kind = transports[0], Also = transports[1..], Answer = Packets },
        }, [], seal: kind);
        Passes(checks);
        Assert.All(transports, t => Assert.Contains(checks, c => c.Name == $"{t}: what arrives is what was sent"));
        Assert.All(transports, t =>
            Assert.Contains(checks, c => c.Name == $"{t}: what is acknowledged is not listed again"));
        if (kind is "cms-detached" or "cms-attached" or "cms-enveloped")
            Assert.Contains(checks, c => c.Name == "EcdsaP256: what is sealed opens to the same bytes");
    }

    [Fact]
    public void A_signature_beside_the_file_fails_over_packets_which_have_no_place_for_it()
    {
        var profile = CodecSamples.Profile("abc-wage");
        var checks = ConformanceRun.Of(profile with
        {
            Transport = profile.Transport with { Kind = "packet", Answer = Packets },
        }, []);
        var failed = Assert.Single(checks, c => c.Name == "packet: a message is delivered");
        Assert.False(failed.Passed);
        Assert.Contains("no place for a signature", failed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_envelope_that_does_not_take_the_profiles_files_fails_and_says_why()
    {
        var profile = CodecSamples.Profile("abc-wage");
        var checks = ConformanceRun.Of(ConformanceRun.SealedBy(profile, FormEnvelope.Sm3Kind), []);
        Assert.Equal(["folder: a message is delivered", "what is sealed opens to the same bytes"],
            checks.Where(c => !c.Passed).Select(c => c.Name).Order(StringComparer.Ordinal));
        Assert.All(checks.Where(c => !c.Passed), c => Assert.Contains("no form", c.Detail, StringComparison.Ordinal));
    }

    [Fact]
    public void A_transport_nothing_on_this_machine_plays_fails_and_asks_for_a_link()
    {
        var profile = CodecSamples.Profile("abc-wage");
        var checks = ConformanceRun.Of(profile with
        {
            Transport = profile.Transport with { Kind = "carrier-pigeon" },
        }, []);
        Assert.Contains("--transport carrier-pigeon",
            Assert.Single(checks, c => !c.Passed).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_transport_that_loses_what_it_takes_fails()
    {
        var checks = ConformanceRun.Of(CodecSamples.Profile("abc-wage"), [], new Loses());
        Assert.Contains(checks, c => c is { Passed: false, Name: "the transport knows what it delivered" });
    }

    /// <summary>A check that tried nothing is no pass: the bank's end must have been given the other file.</summary>
    [Fact]
    public void A_name_that_was_not_tried_fails_and_a_line_that_signs_on_the_way_tries_it()
    {
        Assert.Contains(ConformanceRun.Of(CodecSamples.Profile("abc-wage"), [], new SendsOnce()),
            c => c is { Passed: false, Name: "a name is never overwritten" });
        var tried = Assert.Single(ConformanceRun.Of(CodecSamples.Profile("icbc-payper"), []),
            c => c.Name == "https: a name is never overwritten");
        Assert.True(tried.Passed, tried.Detail);
        Assert.StartsWith("Unknown", tried.Detail, StringComparison.Ordinal);
    }

    private static void Passes(IReadOnlyList<ConformanceCheck> checks) =>
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));

    private sealed class Loses : ITransport, IQueryableTransport
    {
        public SendResult Send(string name, SealedMessage message) => new(SendOutcome.Delivered, "");
        public bool? Holds(string name) => false;
        public IReadOnlyList<string> List() => [];
        public SealedMessage? Take(string name) => null;
        public void Acknowledge(string name) { }
    }

    /// <summary>Takes a file, and sends no other one of that name.</summary>
    private sealed class SendsOnce : ITransport
    {
        private SealedMessage? _sent;
        public SendResult Send(string name, SealedMessage message) => (_sent ??= message).Body.Span
            .SequenceEqual(message.Body.Span) ? new(SendOutcome.Delivered, "") : new(SendOutcome.NotSent, "no line");
        public IReadOnlyList<string> List() => [];
        public SealedMessage? Take(string name) => null;
        public void Acknowledge(string name) { }
    }
}

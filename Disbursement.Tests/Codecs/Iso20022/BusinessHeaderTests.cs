using System.Text;
using System.Xml.Linq;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Tests.Sandbox;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>head.001 before a document: read over, checked against the document, and written where a bank wants it.
/// </summary>
public sealed class BusinessHeaderTests
{
    [Theory]
    [InlineData("pain.001.001.03", "head.001.001.01", "BizMsg")]
    [InlineData("pain.001.001.09", "head.001.001.02", "Envelope")]
    public void A_file_is_written_behind_its_header(string version, string header, string wrapper)
    {
        var xml = XDocument.Load(new MemoryStream(Encode(version, header, wrapper)));
        Assert.Equal(wrapper, xml.Root!.Name.LocalName);
        Assert.Equal(["AppHdr", "Document"], xml.Root.Elements().Select(e => e.Name.LocalName));
        string Of(string name) => xml.Descendants().First(e => e.Name.LocalName == name).Value;
        Assert.Equal((SampleFile.Reference, version, "2026-11-05T01:30:00Z"),
            (Of("BizMsgIdr"), Of("MsgDefIdr"), Of("CreDt")));
        // Without its header it is the same file.
        var profile = SampleFile.Profile with { Outbound = new(version, "utf-8") };
        Assert.Equal(XDocument.Load(new MemoryStream(Encode(profile))).Root!.ToString(),
            xml.Root.Elements().Last().ToString());
    }

    [Theory, Trait("Category", "OutsideSamples")]
    [InlineData("pain.001.001.03", "head.001.001.01")]
    [InlineData("pain.001.001.09", "head.001.001.02")]
    public void The_official_schemas_take_header_and_document(string version, string header)
    {
        var parts = Schemas.Parts(Encode(version, header, "Envelope"));
        Assert.Equal([header, version], parts.Select(p => p.Version));
        Assert.All(parts, part => Assert.Equal("", Schemas.Fault(part.Version, part.Document)));
    }

    [Fact, Trait("Category", "OutsideSamples")]
    public void The_official_schemas_take_what_the_sandbox_bank_answers_in_the_older_versions()
    {
        using var trip = new RoundTrip("iso20022-older");
        trip.Deposit(100_000);
        trip.Send((RoundTrip.Account("100001"), 700), (RoundTrip.Account("990001"), 10),
            (RoundTrip.Account("990005"), 1_000));
        trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);
        trip.Bank.EndDay(trip.Exchange, trip.Keys, RoundTrip.NextDay);
        var answers = Directory.GetFiles(Path.Combine(trip.ExchangeFolder, "iso20022-older", "from-bank"), "*.xml");
        var versions = answers.SelectMany(path => Schemas.Parts(File.ReadAllBytes(path))).Select(part =>
        {
            Assert.Equal("", Schemas.Fault(part.Version, part.Document));
            return part.Version;
        }).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["camt.053.001.04", "camt.054.001.04", "head.001.001.01", "pain.002.001.03"], versions);
    }

    [Theory]
    [InlineData("pain.002.001.03", "pain.002.001.10", 0)]
    [InlineData("pain.002.001.03", "camt.053.001.08", 1)]
    [InlineData("pain.002.001.03", "x", 1)]
    public void A_header_of_another_message_is_told_of_another_version_not(string stated, string other, int errors)
    {
        var message = Encoding.UTF8.GetString(CodecSamples.Golden("iso20022-older", "pain.002.001.03.golden"))
            .Replace($"<MsgDefIdr>{stated}<", $"<MsgDefIdr>{other}<", StringComparison.Ordinal);
        var read = CollectedMessage.OfIso(message);
        Assert.Equal(2, read.Lines.Count);
        Assert.Equal(errors, read.Errors.Count(e => e.Field == "AppHdr/MsgDefIdr" && e.Value == other));
    }

    /// <summary>Found by fuzzing: its rows were gone without a word.</summary>
    [Fact]
    public void A_message_within_a_header_is_refused_by_its_place()
    {
        const string Hidden = "<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>Y</OrgnlMsgId>"
            + "<GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>";
        var read = CollectedMessage.OfIso("<Envelope>\n<AppHdr><To>" + Hidden + "</To><Rltd><MsgDefIdr>camt.055.001.08"
            + "</MsgDefIdr></Rltd><MsgDefIdr>pain.002.001.03</MsgDefIdr></AppHdr>"
            + Hidden.Replace("Y", "X", StringComparison.Ordinal).Replace("RJCT", "RCVD", StringComparison.Ordinal)
            + "</Envelope>");
        var error = Assert.Single(read.Errors);
        Assert.Equal(("AppHdr", 2L), (error.Field, error.Line));
        Assert.Contains("CstmrPmtStsRpt", error.Reason, StringComparison.Ordinal);
        Assert.Equal("X", Assert.Single(read.Heads).FileReference);
    }

    [Theory]
    [InlineData("urn:iso:std:iso:20022:tech:xsd:pain.002.001.03", true)]
    [InlineData("http://www.six-interbank-clearing.com/de/pain.002.001.03.ch.02.xsd", true)]
    [InlineData("", true)]
    [InlineData("urn:iso:std:iso:20022:tech:xsd:pain.001.001.03", false)]
    public void A_national_namespace_is_taken_and_one_of_another_message_is_not(string space, bool isTaken)
    {
        var body = $"<Document xmlns='{space}'><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>X</OrgnlMsgId>"
            + "<GrpSts>RCVD</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>";
        Assert.Equal(isTaken ? (1, 0) : (0, 1), CollectedMessage.OfIso(body) is var read
            ? (read.Heads.Count, read.Errors.Count) : default);
    }

    private static byte[] Encode(string version, string header, string wrapper) => Encode(SampleFile.Profile with
    {
        Outbound = new(version, "utf-8", new Dictionary<string, string>
        {
            ["businessHeader"] = header,
            ["wrapper"] = wrapper,
        }),
    });

    private static byte[] Encode(BankProfile profile)
    {
        using var output = new MemoryStream();
        Assert.Empty(BankCatalogue.Shipped.Encoder(profile.Outbound.Codec)!
            .Encode(profile, SampleFile.PlanOf(SampleFile.Instructions), SampleFile.Instructions, output));
        return output.ToArray();
    }
}

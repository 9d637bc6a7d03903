using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>Messages of real banks and of other makers' tests. They are in
/// other currencies: rewritten to CNY where totals are compared.</summary>
[Trait("Category", "OutsideSamples")]
public partial class Iso20022OutsideSamplesTests
{
    public static TheoryData<string> Samples()
    {
        var data = new TheoryData<string>();
        foreach (var type in new[] { "pain.002", "camt.052", "camt.053", "camt.054" })
            foreach (var file in Directory.GetFiles(SampleFile.Shared("iso20022", "samples", type)))
                data.Add(Path.Combine(type, Path.GetFileName(file)));
        return data;
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Every_sample_gives_parts_or_a_located_refusal(string file)
    {
        var bytes = File.ReadAllBytes(SampleFile.Shared("iso20022", "samples", file));
        foreach (var read in new[] { CollectedMessage.OfIso(bytes), CollectedMessage.OfIso(InYuan(bytes)) })
        {
            Assert.True(read.Parts + read.Errors.Count > 0);
            Assert.All(read.Errors, e => Assert.True(e.Line >= 1 && e.ByteOffset >= 0 && e.Reason.Length > 0));
        }
    }

    [Fact]
    public void Counts_and_totals_equal_those_stated()
    {
        var (statements, summaries, reports) = (0, 0, 0);
        foreach (var file in Samples().Select(row => row.Data))
        {
            var bytes = InYuan(File.ReadAllBytes(SampleFile.Shared("iso20022", "samples", file)));
            var read = CollectedMessage.OfIso(bytes);
            // Samples that do not add up by their own figures are told, as they should be.
            if (read.Errors.Count > 0) continue;
            var xml = XDocument.Load(new MemoryStream(bytes));
            statements += read.Statements.Count;
            if (read.Statements.Count > 0) summaries += Summaries(file, read, xml);
            else if (read.Lines.Count > 0 && read.Heads[0].Kind == MessageKind.Report)
            {
                reports++;
                Assert.Equal(Named(xml, "TxInfAndSts").Count(), read.Lines.Count);
                var stated = Named(xml, "OrgnlTxRef").Sum(r => Fen(Named(r, "InstdAmt", "IntrBkSttlmAmt").First()));
                Assert.Equal(stated, read.Lines.Sum(l => l.Amount.Fen));
            }
        }
        Assert.True(statements >= 100, $"only {statements} statements and reports add up");
        Assert.True(summaries >= 5 && reports >= 5, $"only {summaries} summaries and {reports} reports compared");
    }

    /// <summary>Compares what the entries come to with the bank's own summary (TxsSummry) of one statement.</summary>
    private static int Summaries(string file, CollectedMessage read, XDocument xml)
    {
        if (read.Statements.Count != 1 || Named(xml, "TxsSummry").ToList() is not [var summary]) return 0;
        // Announced entries may be summed up too, or all that a report of totals alone leaves out.
        if (read.Entries.Count == 0 || Named(xml, "Ntry").Count() != read.Entries.Count) return 0;
        var compared = 0;
        foreach (var (name, credit) in new[] { ("TtlCdtNtries", true), ("TtlDbtNtries", false) })
        {
            var side = Named(summary, name).Elements();
            if (side.FirstOrDefault(e => e.Name.LocalName == "Sum") is not { } stated) continue;
            var sum = read.Entries.Where(e => e.Amount.Fen > 0 == credit).Sum(e => Math.Abs(e.Amount.Fen));
            Assert.True(Fen(stated) == sum, $"{file}: {name} states {stated.Value}, read {sum} fen");
            compared++;
        }
        return compared;
    }

    private static IEnumerable<XElement> Named(XContainer within, params string[] names) =>
        within.Descendants().Where(e => names.Contains(e.Name.LocalName));

    private static long Fen(XElement element) =>
        Money.ParseYuan(element.Value, out var amount) == MoneyText.Valid
            ? amount.Fen
            : throw new FormatException(element.Value);

    private static byte[] InYuan(byte[] bytes) =>
        Encoding.Latin1.GetBytes(Currency().Replace(Encoding.Latin1.GetString(bytes), "${1}CNY"));

    [GeneratedRegex("(Ccy=[\"'])[A-Z]{3}")]
    private static partial Regex Currency();
}

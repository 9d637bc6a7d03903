using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>Messages of real banks and of other makers' tests. They are in other currencies: rewritten to CNY where totals are compared.</summary>
[Trait("Category", "OutsideSamples")]
public partial class Iso20022OutsideSamplesTests
{
    public static TheoryData<string> Samples()
    {
        var data = new TheoryData<string>();
        foreach (var type in new[] { "pain.002", "camt.053", "camt.054" })
            foreach (var file in Directory.EnumerateFiles(SampleFile.Shared("iso20022", "samples", type)).Order(StringComparer.Ordinal))
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
        var (statements, balanced, summaries, reports) = (0, 0, 0, 0);
        foreach (var file in Samples().Select(row => row.Data))
        {
            var bytes = InYuan(File.ReadAllBytes(SampleFile.Shared("iso20022", "samples", file)));
            var read = CollectedMessage.OfIso(bytes);
            if (read.Errors.Any(e => !e.Field.StartsWith("Bal", StringComparison.Ordinal)) || Parse(bytes) is not { } xml) continue;
            statements += read.Statements.Count;
            balanced += read.Statements.Count - read.Errors.Count;
            if (read.Errors.Count > 0) continue; // Made-up samples whose own figures disagree: told, as they should be.
            if (read.Statements.Count > 0) summaries += Summaries(file, read, xml);
            else if (read.Lines.Count > 0 && read.Heads[0].Kind == MessageKind.Report)
            {
                reports++;
                Assert.Equal(Named(xml, "TxInfAndSts").Count(), read.Lines.Count);
                Assert.Equal(Named(xml, "OrgnlTxRef").Sum(r => Fen(Named(r, "InstdAmt").Concat(Named(r, "IntrBkSttlmAmt")).First())), read.Lines.Sum(l => l.Amount.Fen));
            }
        }
        Assert.True(balanced > 40 && balanced * 2 > statements, $"only {balanced} of {statements} statements add up");
        Assert.True(summaries >= 10 && reports >= 3, $"only {summaries} summaries and {reports} reports compared");
    }

    /// <summary>Compares what the entries come to with the bank's own summary (TxsSummry) of one statement.</summary>
    private static int Summaries(string file, CollectedMessage read, XDocument xml)
    {
        if (read.Statements.Count != 1 || Named(xml, "TxsSummry").ToList() is not [var summary]) return 0;
        var compared = 0;
        foreach (var (name, credit) in new[] { ("TtlCdtNtries", true), ("TtlDbtNtries", false) })
        {
            if (Named(summary, name).FirstOrDefault() is not { } side || Named(side, "Sum").FirstOrDefault() is not { } stated) continue;
            var sum = read.Entries.Where(e => e.Amount >= Money.Zero == credit && e.Amount != Money.Zero).Sum(e => Math.Abs(e.Amount.Fen));
            Assert.True(Fen(stated) == sum, $"{file}: {name} states {stated.Value}, read {sum} fen");
            compared++;
        }
        return compared;
    }

    private static IEnumerable<XElement> Named(XContainer within, string name) => within.Descendants().Where(e => e.Name.LocalName == name);

    private static long Fen(XElement element) =>
        Money.ParseYuan(element.Value, out var amount) == MoneyText.Valid ? amount.Fen : throw new FormatException(element.Value);

    private static XDocument? Parse(byte[] bytes)
    {
        try
        {
            return XDocument.Load(new MemoryStream(bytes));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static byte[] InYuan(byte[] bytes) =>
        Encoding.Latin1.GetBytes(Currency().Replace(Encoding.Latin1.GetString(bytes), "${1}CNY"));

    [GeneratedRegex("(Ccy=[\"'])[A-Z]{3}")]
    private static partial Regex Currency();
}

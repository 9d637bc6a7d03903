using System.Text;
using System.Xml;
using System.Xml.Linq;
using Disbursement.BankAdapters.Codecs.Iso20022;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>A value is read whole wherever it lies in the reader's buffers, however the bytes come.</summary>
public sealed class IsoValueTests
{
    private const int Longest = 4096;
    private static readonly string[] Pieces =
        ["a", "工资", "&amp;", "&#x5DE5;", "𠮷", "<![CDATA[<b>&]]>", " ", "7788.00"];

    [Theory]
    [InlineData(3, 1), InlineData(5, 7), InlineData(7, 1000), InlineData(11, 4096), InlineData(13, 65_536)]
    public void Values_are_those_a_whole_document_has(int stride, int bytesAtOnce)
    {
        var (text, piece) = (new StringBuilder("<D>"), 0);
        for (var i = 0; i < 400; i++)
        {
            text.Append("<V>x");
            for (var rest = i % 20 == 0 ? i * stride % 400 : i * stride % 37; rest > 0; rest--)
                text.Append(Pieces[(piece += stride + rest % 3) % Pieces.Length]);
            text.Append("y</V>");
        }
        var xml = text.Append("</D>").ToString();
        var expected = XDocument.Parse(xml).Root!.Elements().Select(e => e.Value);
        Assert.Equal(expected, Values(xml, bytesAtOnce));
    }

    [Theory]
    [InlineData(Longest - 2, true), InlineData(Longest - 1, false), InlineData(Longest, false)]
    [InlineData(100_000, false)]
    public void A_value_longer_than_any_of_the_messages_is_refused_and_never_cut(int length, bool read)
    {
        var value = new string('7', length);
        if (read) Assert.Equal([value], Values($"<D><V>{value}</V></D>", 4096));
        else Assert.Throws<XmlException>(() => Values($"<D><V>{value}</V></D>", 4096));
    }

    [Fact]
    public void A_pair_of_surrogates_at_the_bound_is_refused_and_never_cut()
    {
        for (var before = Longest - 5; before < Longest; before++)
        {
            var value = new string('7', before) + "𠮷" + new string('8', 50);
            Assert.Throws<XmlException>(() => Values($"<D><V>{value}</V></D>", 4096));
        }
    }

    private static List<string> Values(string xml, int bytesAtOnce)
    {
        using var stream = new Dripping(Encoding.UTF8.GetBytes(xml), bytesAtOnce);
        using var reader = new IsoXml(stream, new NoSink());
        Assert.True(reader.NextElement());
        var (depth, values) = (reader.Depth, new List<string>());
        while (reader.Child(depth)) values.Add(reader.Text());
        return values;
    }

    /// <summary>Bytes that come a few at a time.</summary>
    private sealed class Dripping(byte[] bytes, int atOnce) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) =>
            base.Read(buffer, offset, Math.Min(count, atOnce));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, atOnce)]);
    }

    private sealed class NoSink : IMessageSink
    {
        public void Head(MessageHead head) { }
        public void Line(in ReportLine line) { }
        public void Statement(StatementHead head) { }
        public void Entry(in StatementEntry entry) { }
        public void Error(LocatedError error) { }
    }
}

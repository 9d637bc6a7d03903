using System.Text;
using System.Text.Json;
using System.Xml;
using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Codecs.Trees;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Codecs.Trees;

/// <summary>The two readers of documents in a tree, held to the readers of the framework.</summary>
public sealed class TreeReaderTests
{
    private static BankCharset Utf8 { get; } = BankCharset.Named("UTF-8")!;

    [Theory]
    [InlineData("<a><b>1</b><c/><d x=\"y\"><e> 2 </e></d></a>", "a{ b=1 c= d{ e=2 } }")]
    [InlineData("<?xml version=\"1.0\"?>\n<a v=\"1\">\n <b>&lt;&#x6837;&amp;</b>\n</a>\n", "a{ b=<样& }")]
    [InlineData("<a>1</a>", "a=1")]
    [InlineData("<a/>", "a=")]
    public void Xml_is_read_token_by_token(string text, string expected) =>
        Assert.Equal(expected, Tokens(new XmlTreeReader(Bytes(text))));

    [Theory]
    [InlineData("<a><b>1</a>", "an element is closed under another name")]
    [InlineData("<a>1<b/></a>", "an element holds both a text and elements")]
    [InlineData("<a><b/>1</a>", "text stands between elements")]
    [InlineData("<a></a><b></b>", "something stands behind the document")]
    [InlineData("<a><![CDATA[1]]></a>", "DTD, comment, CDATA or instruction is not allowed")]
    [InlineData("<!DOCTYPE a><a/>", "DTD, comment, CDATA or instruction is not allowed")]
    [InlineData("<a><b>", "a text is too long or its element not closed")]
    [InlineData("", "the document ends too early")]
    [InlineData("a", "is not XML")]
    public void What_is_no_document_of_this_form_is_said(string text, string fault) =>
        Assert.EndsWith("!" + fault, Tokens(new XmlTreeReader(Bytes(text))), StringComparison.Ordinal);

    [Theory]
    [InlineData("<a>1\r2</a>", "a=1\n2")]
    [InlineData("<a>1\r\n2</a>", "a=1\n2")]
    public void An_end_of_line_reads_as_a_line_feed(string text, string expected) =>
        Assert.Equal(expected, Tokens(new XmlTreeReader(Bytes(text))));

    [Theory, InlineData('\a'), InlineData('\0'), InlineData('\uFFFE')]
    public void A_character_that_XML_has_not_is_refused(char character) =>
        Assert.Contains("!", Tokens(new XmlTreeReader(Bytes($"<a>1{character}</a>"))), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"a":{"b":"1","c":[{"d":2},{"d":null}],"e":["x","y"]},"f":true}""",
        "a{ b=1 c{ d=2 } c{ d= } e=x e=y } f=true")]
    [InlineData("""{"a":"\u6837\"\\"}""", "a=样\"\\")]
    [InlineData("{}", "")]
    public void Json_is_read_token_by_token(string text, string expected) =>
        Assert.Equal(expected, Tokens(new JsonTreeReader(Bytes(text))));

    [Theory]
    [InlineData("[]", "is no JSON object")]
    [InlineData("1", "is no JSON object")]
    [InlineData("", "is not JSON in UTF-8")]
    [InlineData("{\"a\":1", "is not JSON in UTF-8")]
    [InlineData("{\"a\":1} x", "is not JSON in UTF-8")]
    [InlineData("{\"a\":\"\\ud800\"}", "is not JSON in UTF-8")]
    public void What_is_no_json_object_is_said(string text, string fault) =>
        Assert.EndsWith("!" + fault, Tokens(new JsonTreeReader(Bytes(text))), StringComparison.Ordinal);

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 40)) + string.Concat(Enumerable.Repeat("</a>", 40));
        Assert.EndsWith("!the document is too deep", Tokens(new XmlTreeReader(Bytes(deep))), StringComparison.Ordinal);
        var objects = string.Concat(Enumerable.Repeat("{\"a\":", 40)) + "1" + new string('}', 40);
        Assert.Contains("!", Tokens(new JsonTreeReader(Bytes(objects))), StringComparison.Ordinal);
        var (wide, name) = (new string('x', 5000), new string('n', 70_000));
        Assert.Contains("!a text is too long", Tokens(new XmlTreeReader(Bytes($"<a>{wide}</a>"))),
            StringComparison.Ordinal);
        Assert.EndsWith("!a text is too long", Tokens(new JsonTreeReader(Bytes($"{{\"a\":\"{wide}\"}}"))),
            StringComparison.Ordinal);
        Assert.EndsWith("!is not JSON in UTF-8", Tokens(new JsonTreeReader(Bytes($"{{\"{name}\":1}}"))),
            StringComparison.Ordinal);
    }

    /// <summary>What XmlReader reads of a document without mixed texts, this reads alike; what it refuses, this
    /// refuses.</summary>
    [Property(MaxTest = 400)]
    public void Xml_is_read_as_XmlReader_reads_it(byte[] shape, byte[] damage, ushort seed)
    {
        var text = Document(shape ?? [], xml: true);
        var bytes = Damaged(Encoding.UTF8.GetBytes(text), damage, seed);
        var ours = Tokens(new XmlTreeReader(new MemoryStream(bytes)));
        var theirs = OfXmlReader(bytes);
        // Stricter than XmlReader on purpose: comments, CDATA, names of other letters, a text beside elements.
        if (!ours.Contains('!')) Assert.Equal(theirs, ours);
        if (damage is null or []) Assert.Equal(theirs, ours);
    }

    [Property(MaxTest = 400)]
    public void Json_is_read_as_JsonDocument_reads_it(byte[] shape, byte[] damage, ushort seed)
    {
        var bytes = Damaged(Encoding.UTF8.GetBytes(Document(shape ?? [], xml: false)), damage, seed);
        var ours = Tokens(new JsonTreeReader(new MemoryStream(bytes)));
        string theirs;
        try
        {
            using var document = JsonDocument.Parse(bytes);
            theirs = document.RootElement.ValueKind is JsonValueKind.Object
                ? Members(document.RootElement).Trim() : "!";
        }
        catch (Exception refused) when (refused is JsonException or InvalidOperationException)
        {
            theirs = "!";
        }
        if (theirs == "!") Assert.Contains("!", ours, StringComparison.Ordinal);
        else Assert.Equal(theirs, ours);
    }

    private static string Tokens(ITreeReader reader)
    {
        var (text, value) = (new StringBuilder(), new byte[XmlBytes.MostBytes]);
        while (true)
        {
            var token = reader.Read();
            if (token is TreeToken.End) return text.ToString().Trim();
            if (token is TreeToken.Broken) return text.Append('!').Append(reader.Fault).ToString().Trim();
            if (token is TreeToken.Close) text.Append("} ");
            else
            {
                text.Append(Encoding.UTF8.GetString(reader.Name));
                if (token is TreeToken.Open) text.Append("{ ");
                else
                {
                    var length = reader.Copy(Utf8, value);
                    if (length < 0) return text.Append("!text").ToString();
                    text.Append('=').Append(Trimmed(Encoding.UTF8.GetString(value, 0, length))).Append(' ');
                }
            }
        }
    }

    private static string Trimmed(string text) => text.Trim(' ', '\t', '\r', '\n');

    /// <summary>Nested elements or objects by the digits of a shape: 0 to 3 opens, 4 and 5 closes, else a leaf.
    /// </summary>
    private static string Document(byte[] shape, bool xml)
    {
        var (text, depth) = (new StringBuilder(xml ? "<r>" : "{\"r\":{"), 0);
        var (first, n) = (true, 0);
        void Comma() { if (!xml && !first) text.Append(','); first = false; n++; }
        foreach (var b in shape)
        {
            if (b % 10 < 4 && depth < 20) { Comma(); text.Append(xml ? "<e>" : $"\"e{n}\":{{"); depth++; first = true; }
            else if (b % 10 < 6 && depth > 0) { text.Append(xml ? "</e>" : "}"); depth--; first = false; }
            else { Comma(); text.Append(xml ? $"<l>{b}样</l>" : $"\"l{n}\":\"{b}样\""); }
        }
        for (; depth > 0; depth--) text.Append(xml ? "</e>" : "}");
        return text.Append(xml ? "</r>" : "}}").ToString();
    }

    private static byte[] Damaged(byte[] bytes, byte[]? damage, ushort seed)
    {
        foreach (var (b, i) in (damage ?? []).Select((b, i) => (b, i)))
            bytes[(seed + b * 31 + i * 7) % bytes.Length] = b;
        return bytes;
    }

    private static string OfXmlReader(byte[] bytes)
    {
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
            reader.MoveToContent();
            return Element((System.Xml.Linq.XElement)System.Xml.Linq.XNode.ReadFrom(reader)).Trim();
        }
        catch (XmlException)
        {
            return "!";
        }
    }

    private static string Element(System.Xml.Linq.XElement element) => element.HasElements
        ? $"{element.Name.LocalName}{{ {string.Concat(element.Elements().Select(Element))}}} "
        : $"{element.Name.LocalName}={Trimmed(element.Value)} ";

    private static string Members(JsonElement of) => string.Concat(of.EnumerateObject().Select(member =>
        member.Value.ValueKind is JsonValueKind.Object ? $"{member.Name}{{ {Members(member.Value)}}} "
            : $"{member.Name}={Trimmed(member.Value.GetString()!)} "));

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));
}

using System.Formats.Asn1;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using Disbursement.Host.Reasons;
using Disbursement.Tests.Architecture;
using Xunit;

namespace Disbursement.Tests.Reasons;

/// <summary>Every reason the sources can give has Chinese words, with each thing it quotes.</summary>
public sealed partial class ReasonWordsTests
{
    /// <summary>Where reasons arise. A file added to one of these folders is walked too.</summary>
    private static readonly string[] s_folders =
    [
        "Disbursement.BankAdapters/Codecs", "Disbursement.BankAdapters/Envelopes", "Disbursement.BankAdapters/Keys",
        "Disbursement.BankAdapters/Transports", "Disbursement.BankAdapters/Profiles",
        "Disbursement.BankAdapters/Sandbox", "Disbursement.Engine/Audit", "Disbursement.Engine/Returns",
        "Disbursement.Engine/Recalls", "Disbursement.Host/Conformance", "Disbursement.Host/Audit",
        "Disbursement.Host/Security", "Disbursement.Host/Returns/MessageOpener.cs",
        "Disbursement.Host/Returns/BankMessageReader.cs",
    ];

    /// <summary>Rules and words of two languages, and what the sandbox bank says to programs and of itself.</summary>
    private static readonly string[] s_told =
    [
        "ProfileRules.cs", "AuditRules.cs", "RebuildRules.cs", "ReturnsRules.cs", "RecallRules.cs", "ExceptionWords.cs",
        "Adopt.cs", "Behaviour.cs", "TextPartners.cs", "ExchangePages.cs", "HttpMessage.cs", "HttpsServer.cs",
        "PacketServer.cs", "SampleTls.cs", "Journal.cs", "Stranger.cs", "WholeSeal.cs", "BankSeal.cs", "SampleKeys.cs",
        "SamplePgpKey.cs", "UploadLine.cs", "CardDesk.cs", "NetSafeClient.cs", "PostServlet.cs",
    ];

    public static TheoryData<string> Folders => [.. s_folders];

    [Theory, MemberData(nameof(Folders))]
    public void Every_reason_of_the_sources_has_Chinese_words(string folder)
    {
        var reasons = Reasons(folder).ToList();
        Assert.NotEmpty(reasons);
        var unsaid = reasons.Where(r => !Ideographs().IsMatch(ReasonWords.Of(Filled(r.Text), chinese: true)))
            .Select(r => $"{r.File}:{r.Line}: {r.Text}").ToList();
        Assert.True(unsaid.Count == 0, string.Join('\n', unsaid));
    }

    [Fact]
    public void What_a_reason_quotes_is_quoted_in_Chinese_too()
    {
        foreach (var reason in s_folders.SelectMany(Reasons))
            foreach (Match hole in Holes().Matches(reason.Text))
                Assert.Contains($"<{hole.Groups[1].Value}>", ReasonWords.Of(Filled(reason.Text), chinese: true),
                    StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("收款名称 at byte 17: is 8 bytes wide, the bank takes 4", "收款名称 (第 17 字节处): 宽 8 字节, 银行最多接受 4 字节")]
    [InlineData("Malformed: The provided data does not represent a valid tag.", "签名格式错误: 不是 DER 编码 (没有有效的标签)")]
    [InlineData("SignatureMissing: no .p7s stands beside the message", "缺少签名: 报文旁没有 .p7s 签名文件")]
    [InlineData("not a key: no PEM block in it", "不是密钥: 其中没有 PEM")]
    [InlineData("郑正兴", "郑正兴")]
    [InlineData("600.00", "600.00")]
    public void A_reason_is_said_with_the_reason_it_quotes(string told, string said)
    {
        Assert.Equal(said, ReasonWords.Of(told, chinese: true));
        Assert.Equal(told, ReasonWords.Of(told, chinese: false));
    }

    /// <summary>The words of .NET's readers are theirs to change: each is provoked.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("<a")]
    [InlineData("<a>")]
    [InlineData("<a><b></a>")]
    [InlineData("<a></b>")]
    [InlineData("<1/>")]
    [InlineData("<a b='1' b='2'/>")]
    [InlineData("<a/><b/>")]
    [InlineData("text")]
    [InlineData("<a>&x;</a>")]
    [InlineData("<n:a/>")]
    [InlineData("<!DOCTYPE a [<!ENTITY x 'y'>]><a/>")]
    [InlineData(" <?xml version='1.0'?><a/>")]
    [InlineData("<a b=1/>")]
    [InlineData("<a>\u0001</a>")]
    public void What_the_XML_reader_says_has_Chinese_words(string text)
    {
        using var reader = XmlReader.Create(new StringReader(text),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var fault = Assert.Throws<XmlException>(() =>
        {
            while (reader.Read()) { }
        });
        Assert.Matches(Ideographs(), ReasonWords.Of(fault.Message, chinese: true));
        Assert.DoesNotMatch("[a-z]+ [a-z]+", ReasonWords.Of(fault.Message, chinese: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("7468697320697320")]
    [InlineData("3080")]
    [InlineData("308201")]
    [InlineData("0500")]
    [InlineData("3003020101AA")]
    [InlineData("300102")]
    [InlineData("3003020100FF")]
    public void What_the_DER_reader_says_has_Chinese_words(string hex)
    {
        var bytes = Convert.FromHexString(hex);
        var fault = Assert.Throws<AsnContentException>(() =>
        {
            var reader = new AsnReader(bytes, AsnEncodingRules.DER);
            var inside = reader.ReadSequence();
            inside.ReadInteger();
            inside.ThrowIfNotEmpty();
            reader.ThrowIfNotEmpty();
        });
        Assert.Matches(Ideographs(), ReasonWords.Of(fault.Message, chinese: true));
    }

    [Fact]
    public void What_the_system_says_of_files_has_Chinese_words()
    {
        var folder = Directory.CreateTempSubdirectory("reasons");
        var none = Path.Combine(folder.FullName, "none", "file");
        foreach (var act in new Action[]
        {
            () => File.ReadAllBytes(Path.Combine(folder.FullName, "none")), () => File.ReadAllBytes(none),
            () => File.ReadAllBytes(folder.FullName), () => File.WriteAllText(none, ""),
        })
            Assert.Matches(Ideographs(), ReasonWords.Of(Record.Exception(act)!.Message, chinese: true));
        folder.Delete();
    }

    /// <summary>Texts of two words or more that begin as reasons do, and are not the message of a defect.</summary>
    private static IEnumerable<SourcePhrase> Reasons(string folder)
    {
        var path = Repository.PathOf(folder.Split('/'));
        var files = File.Exists(path) ? [path]
            : Directory.GetFiles(path, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal).ToArray();
        return files.Where(f => !s_told.Contains(Path.GetFileName(f))).SelectMany(SourcePhrases.Of)
            .Where(p => Phrase().IsMatch(p.Text) && !Markup().IsMatch(p.Text) && !NoReason().IsMatch(p.Before));
    }

    private static string Filled(string phrase) => Holes().Replace(phrase, "<$1>");

    [GeneratedRegex(@"[a-z]{2,} \S|\S [a-z]{2,}")]
    private static partial Regex Phrase();

    [GeneratedRegex(@"^\s|\n|\A<|SELECT|WHERE|SAMPLE|^ledger |^[a-z_]+( [a-z_]+)+$(?<=^[a-z]+_[a-z_ ]+)")]
    private static partial Regex Markup();

    [GeneratedRegex(@"(DefectException|Holds|ArgumentException|ObjectDisposedException)\([^;]*\z|\[Table\([^\]]*\z"
        + @"|Fixed = \z|Unique = \[[^\]]*\z|Append\([^;]*\z|StartsWith\(\z|Bilingual\.Of\([^;]*\z|Field\([^;]*\z")]
    private static partial Regex NoReason();

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Holes();

    [GeneratedRegex("\\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Ideographs();
}

using System.Globalization;
using System.Text;
using Xunit;

namespace Disbursement.Tests.Codecs;

/// <summary>The pages beside the golden files say, field by field, what stands in their bytes.</summary>
public sealed class GoldenPagesTests
{
    [Theory]
    [InlineData("icbc-bxt", "two-rows", "GB18030")]
    [InlineData("icbc-bxt", "rare-names", "GB18030")]
    [InlineData("icbc-bxt", "result", "GB18030")]
    [InlineData("cmb-ntagcsal", "two-rows", "GBK")]
    [InlineData("cmb-ntagcsal", "markup-in-text", "GBK")]
    [InlineData("cmb-ntagcsal", "result", "UTF-8")]
    [InlineData("cmb-ntagcsal", "returns", "UTF-8")]
    [InlineData("cmb-ntagcsal", "accepted", "UTF-8")]
    [InlineData("iso20022-mt940", "statement", "GB18030")]
    [InlineData("iso20022-mt940", "interim", "GB18030")]
    [InlineData("iso20022-older", "pain.002.001.03", "UTF-8")]
    [InlineData("iso20022-older", "camt.052.001.08", "UTF-8")]
    [InlineData("iso20022-older", "camt.053.001.02", "UTF-8")]
    [InlineData("iso20022-older", "camt.054.001.02", "UTF-8")]
    [InlineData("iso20022-older", "camt.054.001.04", "UTF-8")]
    [InlineData("iso20022-older", "camt.055-file", "UTF-8")]
    [InlineData("iso20022-older", "camt.055-lines", "UTF-8")]
    [InlineData("iso20022-older", "camt.029-cancelled", "UTF-8")]
    [InlineData("iso20022-older", "camt.029-lines", "UTF-8")]
    [InlineData("iso20022-older", "camt.029-pending", "UTF-8")]
    public void Every_field_stands_where_its_page_says(string profile, string name, string charset)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.UTF8;
        var bytes = CodecSamples.Golden(profile, name + ".golden");
        var page = Encoding.UTF8.GetString(CodecSamples.Golden(profile, name + ".md"));
        var fields = page.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)
            .Select(line => line.Replace("\\|", "\0", StringComparison.Ordinal).Split('|')).ToList();
        Assert.NotEmpty(fields);
        Assert.All(fields, cells =>
        {
            Assert.NotEqual("", cells[2].Trim());
            var (offset, length) = (Number(cells[4]), Number(cells[5]));
            var value = cells[6].Trim().Trim('`').Replace('\0', '|');
            Assert.Equal(value, encoding.GetString(bytes, offset, length));
        });
    }

    /// <summary>Pages of the text files that are layout data: one of the order, and one of the result where it has a
    /// sourced form. All of them are in GB18030 or a part of it.</summary>
    public static TheoryData<string, string> TextFiles
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var id in Layouts.LayoutGoldenTests.Orders.Select(row => row.Data))
                foreach (var page in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden", id), "*.md"))
                    data.Add(id, Path.GetFileNameWithoutExtension(page));
            return data;
        }
    }

    [Theory, MemberData(nameof(TextFiles))]
    public void Every_field_of_a_text_file_stands_where_its_page_says(string profile, string name) =>
        Every_field_stands_where_its_page_says(profile, name, "GB18030");

    /// <summary>Pages of the documents in a tree.</summary>
    public static TheoryData<string, string> Trees
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var id in CodecSamples.ProfileIds.Where(id => CodecSamples.Profile(id) is var profile
                && (profile.Outbound.Tree ?? profile.Inbound.Tree ?? profile.Queries?.File?.Tree) is not null))
                foreach (var page in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Golden", id),
                    CodecSamples.Profile(id).Inbound.Codec == "cmb-answer" ? "query*.md" : "*.md"))
                    data.Add(id, Path.GetFileNameWithoutExtension(page));
            return data;
        }
    }

    [Theory, MemberData(nameof(Trees))]
    public void Every_field_of_a_tree_stands_where_its_page_says(string profile, string name) =>
        Every_field_stands_where_its_page_says(profile, name,
            CodecSamples.Profile(profile).Outbound.Charset == "UTF-8" ? "UTF-8" : "GB18030");

    private static int Number(string cell) => int.Parse(cell.Trim(), CultureInfo.InvariantCulture);
}

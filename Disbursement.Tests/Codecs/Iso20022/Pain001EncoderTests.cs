using System.Diagnostics;
using System.Text;
using System.Xml.Linq;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

public class Pain001EncoderTests
{
    private static readonly XNamespace Pain = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    [Fact]
    public void The_file_is_byte_for_byte_the_golden_one_made_in_another_language()
    {
        var (bytes, errors) = SampleFile.Encode(SampleFile.Instructions);
        Assert.Empty(errors);
        Assert.Equal(Encoding.UTF8.GetString(SampleFile.Golden("pain.001.xml")), Encoding.UTF8.GetString(bytes));
        Assert.Equal(SampleFile.Golden("pain.001.xml"), bytes);
    }

    [Fact]
    public void The_golden_files_are_what_their_script_makes()
    {
        var folder = Directory.CreateTempSubdirectory("golden-iso20022-").FullName;
        var script = Path.Combine(AppContext.BaseDirectory, "Golden", "iso20022-pain", "make_golden.py");
        using var python = Process.Start(new ProcessStartInfo("python3", [script]) { WorkingDirectory = folder })!;
        python.WaitForExit();
        Assert.Equal(0, python.ExitCode);
        foreach (var name in new[] { "pain.001.xml", "pain.002.xml", "camt.053.xml", "camt.054.xml" })
            Assert.Equal(SampleFile.Golden(name), File.ReadAllBytes(Path.Combine(folder, name)));
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [Trait("Category", "OutsideSamples")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    public void The_official_schema_takes_the_file(int lines)
    {
        var names = new[] { "样例&工", "<样例>", "𠮷样例", "阿依古丽·样例", "\"样\"例'", "]]>样例" };
        var instructions = Enumerable.Range(1, lines).Select(row => new CreditInstruction(row, $"{row:00000000}",
            "6217999900000000016", names[row % names.Length], row % 3 == 0 ? "102100099996" : "",
            row % 3 == 0 ? "样例&银行" : "", new Money(row * 7919L), row % 2 == 0 ? "" : "2026-10")).ToArray();
        var (bytes, errors) = SampleFile.Encode(instructions);
        Assert.Empty(errors);
        var path = Path.Combine(Path.GetTempPath(), $"pain.001-{Environment.ProcessId}-{lines}.xml");
        File.WriteAllBytes(path, bytes);
        var start = new ProcessStartInfo("xmllint", ["--noout", "--nonet", "--schema",
            SampleFile.Shared("iso20022", "xsd", "pain.001.001.09.xsd"), path])
        { RedirectStandardError = true };
        using var xmllint = Process.Start(start)!;
        var said = xmllint.StandardError.ReadToEnd();
        xmllint.WaitForExit();
        File.Delete(path);
        Assert.True(xmllint.ExitCode == 0, said);
        Assert.Equal(lines, XDocument.Load(new MemoryStream(bytes)).Descendants(Pain + "CdtTrfTxInf").Count());
    }

    [Fact]
    [Trait("Category", "OutsideSamples")]
    public void The_older_version_holds_to_its_own_schema()
    {
        var profile = SampleFile.Profile with { Outbound = new("pain.001.001.03", "utf-8") };
        using var output = new MemoryStream();
        Assert.Empty(BankAdapters.Profiles.BankCatalogue.Shipped.Encoder(profile.Outbound.Codec)!
            .Encode(profile, SampleFile.PlanOf(SampleFile.Instructions), SampleFile.Instructions, output));
        var path = Path.Combine(Path.GetTempPath(), $"pain.001-{Environment.ProcessId}-older.xml");
        File.WriteAllBytes(path, output.ToArray());
        var (code, said) = Security.OutsideTool.Run("xmllint", ["--noout", "--nonet", "--schema",
            SampleFile.Shared("iso20022", "xsd", "pain.001.001.03.xsd"), path]);
        File.Delete(path);
        Assert.True(code == 0, said);
    }

    [Theory]
    [InlineData("样\u0001例")]
    [InlineData("样\n例")]
    [InlineData("样\\uD842")]
    [InlineData("样\uFFFF")]
    [InlineData("")]
    public void A_name_that_XML_cannot_hold_is_refused_with_its_row(string name)
    {
        // Half a pair does not survive in an attribute of a test.
        name = name.Replace("\\uD842", "\uD842", StringComparison.Ordinal);
        var (first, second) = (SampleFile.Instructions[0], SampleFile.Instructions[1] with { Name = name });
        var (_, errors) = SampleFile.Encode([first, second]);
        var error = Assert.Single(errors);
        Assert.Equal((2, "Nm", name), (error.Line, error.Field, error.Value));
    }

    [Fact]
    public void Widths_count_in_bytes_of_UTF_8()
    {
        var fits = new string('样', 46) + "ab";
        Assert.Empty(SampleFile.Encode([SampleFile.Instructions[0] with { Name = fits }]).Errors);
        Assert.Single(SampleFile.Encode([SampleFile.Instructions[0] with { Name = fits + "c" }]).Errors);
    }

    [Fact]
    public void A_payment_of_nothing_a_short_row_reference_and_an_empty_file_are_refused()
    {
        var good = SampleFile.Instructions[0];
        Assert.Equal("InstdAmt", Assert.Single(SampleFile.Encode([good with { Amount = Money.Zero }]).Errors).Field);
        Assert.Equal("EndToEndId", Assert.Single(SampleFile.Encode([good with { RowReference = "1" }]).Errors).Field);
        Assert.Equal("CdtTrfTxInf", Assert.Single(SampleFile.Encode([]).Errors).Field);
    }

    [Fact]
    public void A_plan_that_does_not_fit_its_lines_is_refused_at_the_head()
    {
        var plan = SampleFile.PlanOf(SampleFile.Instructions) with { Total = new Money(1), Lines = 1 };
        var errors = new BankAdapters.Codecs.Iso20022.Pain001Encoder()
            .Encode(SampleFile.Profile, plan, SampleFile.Instructions, Stream.Null);
        Assert.Equal(["NbOfTxs", "CtrlSum"], errors.Select(e => e.Field));
        Assert.All(errors, e => Assert.Equal(0, e.Line));
    }

    [Property(MaxTest = 200)]
    public void What_is_written_without_an_error_reads_back_the_same(string? name, string? remark)
    {
        var credit = SampleFile.Instructions[0] with { Name = name ?? "", Remark = remark ?? "" };
        var (bytes, errors) = SampleFile.Encode([credit]);
        if (errors.Count > 0) return;
        var read = XDocument.Load(new MemoryStream(bytes), LoadOptions.PreserveWhitespace);
        Assert.Equal(name, read.Descendants(Pain + "Cdtr").Single().Value);
        var expected = string.IsNullOrEmpty(remark) ? "代发工资" : $"代发工资 {remark}";
        Assert.Equal(expected, read.Descendants(Pain + "Ustrd").Single().Value);
    }
}

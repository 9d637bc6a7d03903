using System.Text.Json.Nodes;
using Disbursement.Engine.Papers;
using Disbursement.Host.Papers;
using Disbursement.Tests.Demo;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Papers;

/// <summary>A machine without a Chinese font makes workbooks and says what to install; a font that lacks a character
/// says which.</summary>
public sealed class PaperFontTests
{
    [Fact]
    public void Without_a_font_the_workbook_is_written_and_the_pages_are_refused()
    {
        using var demo = new DemoCopy();
        var none = Directory.CreateDirectory(demo["no-fonts"]).FullName;
        string[] words = ["paper", "ledger", "GY2025A001", "--from", "2026-01", "--db", demo.Option, "--json", "--out"];
        (string[] Settings, string[] Options)[] ways = [([], ["--font", none]), ([$"DISBURSE_FONT={none}"], [])];
        foreach (var (settings, options) in ways)
        {
            var (code, output, errors) = Disburse.RunWith(settings, [.. words, demo["papers-only"], .. options]);
            Assert.Equal(3, code);
            var answer = JsonNode.Parse(output)!;
            Assert.Equal("paper.no-font", (string?)answer["findings"]![0]!["code"]);
            Assert.Contains("apt-get install fonts-noto-cjk", errors, StringComparison.Ordinal);
            Assert.Equal(["工资支付台账-GY2025A001-2026-01.xlsx"],
                Directory.GetFiles(demo["papers-only"]).Select(f => Path.GetFileName(f)));
        }
        // A workbook alone asks for no font.
        Assert.Equal(0, Disburse.Run([.. words, demo["a.xlsx"], "--font", none]).Code);
        Assert.Equal(3, Disburse.Run([.. words, demo["a.pdf"], "--font", none]).Code);
        Assert.False(File.Exists(demo["a.pdf"]));
        Assert.Equal(2, Disburse.Run([.. words, demo["a.pdf"], "--font", demo["nothing.ttc"]]).Code);
        // What is no font is none, whatever its name says.
        File.WriteAllText(demo["false.ttf"], "no font");
        Assert.Equal(3, Disburse.Run([.. words, demo["a.pdf"], "--font", demo["false.ttf"]]).Code);
    }

    [Fact]
    public void The_demo_works_without_a_font_and_says_so_in_one_line()
    {
        using var demo = new DemoCopy();
        Directory.Delete(demo["papers"], recursive: true);
        Directory.CreateDirectory(demo["no-fonts"]);
        var (code, _, errors) = Disburse.RunWith([$"DISBURSE_FONT={demo["no-fonts"]}"],
            "demo", "--data", demo.Folder, "--lang", "en");
        Assert.True(code == 0, errors);
        Assert.Single(errors.Split('\n'),
            line => line.Contains("apt-get install fonts-noto-cjk", StringComparison.Ordinal));
        var files = Directory.GetFiles(demo["papers"], "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => f.EndsWith(".xlsx", StringComparison.Ordinal));
        Assert.DoesNotContain(files, f => f.EndsWith(".pdf", StringComparison.Ordinal));
    }

    [Fact]
    public void A_character_that_the_font_lacks_is_told_and_shown_as_a_sign_of_its_own()
    {
        const string Name = "\uE9F1师傅𠮷";
        var sheet = new PaperSheet
        {
            Name = "表",
            Title = "农民工工资清单",
            Facts = [new("姓名", Name)],
            Tables = [new([new("姓名", 10)], [[Name]])],
        };
        var paper = new Paper("表", new PaperMark("样例", "2026-02-26 制表", false, new LocalDate(2026, 2, 26)), [sheet]);
        var font = ChineseFont.Find(null).Value;
        var path = Path.Combine(Directory.CreateTempSubdirectory("glyphs-").FullName, "a.pdf");
        using (var stream = File.Create(path)) Assert.Equal(["\uE9F1"], PdfPaper.Write(paper, font, stream));
        font.Dispose();
        Assert.Contains("姓名：〓师傅𠮷", DemoPaperTests.Text(path), StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}

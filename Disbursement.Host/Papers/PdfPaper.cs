using Disbursement.Engine.Papers;
using SkiaSharp;

namespace Disbursement.Host.Papers;

/// <summary>A paper as PDF, A4: page numbers, the subject and the place in the log on every page.</summary>
public static class PdfPaper
{
    private const float Short = 595.28f, Long = 841.89f;
    private static readonly SKColor s_grey = new(0x55, 0x55, 0x55), s_red = new(0xC0, 0, 0);

    /// <summary>Writes the paper; characters that the font lacks are told.</summary>
    public static IReadOnlyCollection<string> Write(Paper paper, ChineseFont font, Stream to)
    {
        using var text = new PdfText(font);
        var made = paper.Mark.Day.AtMidnight().ToDateTimeUnspecified();
        // The day of the paper, not of the run: the same paper gives the same bytes.
        using var document = SKDocument.CreatePdf(to, new SKDocumentPdfMetadata
        {
            Title = paper.Name,
            Subject = paper.Mark.Subject,
            Creator = "disburse",
            Creation = DateTime.SpecifyKind(made, DateTimeKind.Utc),
            Modified = DateTime.SpecifyKind(made, DateTimeKind.Utc),
        });
        foreach (var sheet in paper.Sheets)
        {
            var (width, height) = sheet.Wide ? (Long, Short) : (Short, Long);
            var pages = new PdfSheet(text, sheet, width, height).Pages();
            for (var i = 0; i < pages.Count; i++)
            {
                using var canvas = document.BeginPage(width, height);
                if (paper.Mark.Sample) Watermark(canvas, text, width, height);
                foreach (var draw in pages[i]) draw(canvas);
                Edges(canvas, text, paper.Mark, $"第 {i + 1} 页 共 {pages.Count} 页", width, height);
                document.EndPage();
            }
        }
        document.Close();
        return text.Missing;
    }

    private static void Edges(
        SKCanvas canvas, PdfText text, PaperMark mark, string number, float width, float height)
    {
        const float Size = 7.5f;
        var y = height - 20;
        text.Draw(canvas, mark.Subject, PdfSheet.Margin, y, Size, s_grey);
        text.Draw(canvas, number, (width - text.WidthOf(number, Size)) / 2, y, Size, s_grey);
        text.Draw(canvas, mark.Made, width - PdfSheet.Margin - text.WidthOf(mark.Made, Size), y, Size, s_grey);
        if (!mark.Sample) return;
        const string Words = PaperMark.SampleWords;
        text.Draw(canvas, Words, width - PdfSheet.Margin - text.WidthOf(Words, 9), 24, 9, s_red);
    }

    private static void Watermark(SKCanvas canvas, PdfText text, float width, float height)
    {
        canvas.Save();
        canvas.Translate(width / 2, height / 2);
        canvas.RotateDegrees(-30);
        text.DrawOutline(canvas, PaperMark.SampleWords, 72, new SKColor(0xC0, 0, 0, 0x12));
        canvas.Restore();
    }
}

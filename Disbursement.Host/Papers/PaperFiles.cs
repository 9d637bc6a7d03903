using Disbursement.Engine.Papers;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Papers;

/// <summary>Writes papers as files: workbook and pages into a folder, or the one that a file's name asks for.</summary>
/// <param name="font">What pages are set in, or why there is none.</param>
public sealed class PaperFiles(Decision<ChineseFont> font)
{
    public const string Workbook = ".xlsx", Pages = ".pdf";

    private readonly SortedSet<string> _missing = new(StringComparer.Ordinal);

    /// <summary>Every file written, in order.</summary>
    public List<string> Written { get; } = [];

    /// <summary>Why pages are not there, and what they could not show.</summary>
    public IReadOnlyList<Finding> Findings =>
    [
        .. font.Accepted ? [] : font.Findings,
        .. _missing.Count == 0 ? Array.Empty<Finding>()
            : [new Finding(PaperRules.MissingGlyphs, Place.Nowhere,
                string.Join(", ", _missing.Select(c => $"{c} (U+{char.ConvertToUtf32(c, 0):X4})")))],
    ];

    /// <param name="to">A file that ends in .xlsx or .pdf, else a folder, made where it is not there.</param>
    public void Write(string to, Paper book, Paper pages)
    {
        if (IsFile(to, Workbook)) Put(to, BookOf(book));
        else if (!IsFile(to, Pages))
        {
            Put(Path.Combine(to, book.Name + Workbook), BookOf(book));
            if (PagesOf(pages) is { } bytes) Put(Path.Combine(to, pages.Name + Pages), bytes);
        }
        else if (PagesOf(pages) is { } bytes) Put(to, bytes);
    }

    public static byte[] BookOf(Paper paper)
    {
        using var stream = new MemoryStream();
        XlsxPaper.Write(paper, stream);
        return stream.ToArray();
    }

    /// <summary>Null where there is no font.</summary>
    public byte[]? PagesOf(Paper paper)
    {
        if (!font.Accepted) return null;
        using var stream = new MemoryStream();
        _missing.UnionWith(PdfPaper.Write(paper, font.Value, stream));
        return stream.ToArray();
    }

    public static bool IsFile(string to, string ending) => to.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private void Put(string path, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        File.WriteAllBytes(path, bytes);
        Written.Add(path);
    }
}

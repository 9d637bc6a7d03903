using Disbursement.Engine.Papers;
using Disbursement.Engine.Primitives;
using SkiaSharp;

namespace Disbursement.Host.Papers;

/// <summary>
/// A font that has the words of every paper, found on the machine: nothing is fetched and none ships, since the good
/// ones are larger than the program.
/// </summary>
public sealed class ChineseFont : IDisposable
{
    // What must be there before a font counts as Chinese: words of the papers, digits, and their punctuation.
    private const string Needed = "农民工工资支付台账清单代发凭证元年月日，。：；（）0123456789-.ABCxyz";

    private static readonly string[] s_endings = [".ttc", ".otf", ".ttf"];

    /// <summary>Of several the one that is made for this, by the beginning of its file's name.</summary>
    private static readonly string[] s_liked =
    [
        "NotoSansCJK-Regular", "NotoSansCJKsc-Regular", "NotoSansSC", "SourceHanSansSC-Regular",
        "SourceHanSans-Regular", "NotoSerifCJK-Regular", "wqy-microhei", "wqy-zenhei",
    ];

    private ChineseFont(SKTypeface typeface) => Typeface = typeface;

    internal SKTypeface Typeface { get; }

    /// <summary>The places of fontconfig on Debian and its like.</summary>
    public static IReadOnlyList<string> Places { get; } =
    [
        "/usr/share/fonts", "/usr/local/share/fonts",
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "fonts"),
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".fonts"),
    ];

    /// <summary>Names a font file or folder for every run.</summary>
    public const string Variable = "DISBURSE_FONT";

    /// <summary>What the variable names, or null.</summary>
    public static string? OfEnvironment =>
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named ? named : null;

    /// <param name="named">A font file, or a folder that is looked through; null: the usual places.</param>
    public static Decision<ChineseFont> Find(string? named)
    {
        var files = named is null ? Places.SelectMany(Fonts)
            : Directory.Exists(named) ? Fonts(named) : [named];
        foreach (var file in files)
            if (Open(file) is { } font) return Decision<ChineseFont>.Accept(font);
        return Decision<ChineseFont>.Refuse(PaperRules.NoFont, Place.Nowhere,
            named ?? string.Join(", ", Places.Take(2)));
    }

    public void Dispose() => Typeface.Dispose();

    private static IEnumerable<string> Fonts(string folder) => !Directory.Exists(folder) ? []
        : Directory.EnumerateFiles(folder, "*", new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
        })
            .Where(f => s_endings.Contains(Path.GetExtension(f).ToLowerInvariant()))
            .Select(f => (File: f, Liked: Array.FindIndex(s_liked, l =>
                Path.GetFileName(f).StartsWith(l, StringComparison.OrdinalIgnoreCase))))
            .Where(f => f.Liked >= 0)
            .OrderBy(f => f.Liked).ThenBy(f => f.File, StringComparer.Ordinal).Select(f => f.File);

    /// <summary>The face for simplified Chinese of a collection, else the first that has the words.</summary>
    private static ChineseFont? Open(string file)
    {
        ChineseFont? found = null;
        for (var index = 0; SKTypeface.FromFile(file, index) is { } typeface; index++)
        {
            var simplified = typeface.FamilyName.EndsWith(" SC", StringComparison.Ordinal);
            using var face = new SKFont(typeface);
            if (typeface.GlyphCount == 0 || !face.ContainsGlyphs(Needed) || found is not null && !simplified)
            {
                var isFace = typeface.GlyphCount > 0;
                typeface.Dispose();
                // Behind the last face the library gives one without glyphs.
                if (!isFace) break;
                continue;
            }
            found?.Dispose();
            found = new ChineseFont(typeface);
            if (simplified) break;
        }
        return found;
    }
}

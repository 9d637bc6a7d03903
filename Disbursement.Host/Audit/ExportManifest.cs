using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Audit;

namespace Disbursement.Host.Audit;

/// <summary>The names of the files in an exported folder.</summary>
internal static class ExportFiles
{
    public const string Manifest = "MANIFEST", Checkpoint = "checkpoint", Leaves = "log.leaves", Erased = "erased";
    public const string Keys = "keys/log.key", KeyFolder = "keys", DocumentFolder = "documents";

    public static string Document(Hash256 digest) => $"{DocumentFolder}/{digest}";

    /// <summary>The digest in a document's path, or null for any other file.</summary>
    public static Hash256? DocumentOf(string path) =>
        path.StartsWith(DocumentFolder + "/", StringComparison.Ordinal)
        && Hash256.TryParseHex(path.AsSpan(DocumentFolder.Length + 1), out var digest) ? digest : null;

    /// <summary>
    /// Whether a folder may hold a file of this path: also what keeps a manifest from naming files outside.
    /// </summary>
    public static bool IsKnown(string path) =>
        path is Checkpoint or Leaves or Erased or Keys || DocumentOf(path) is not null;
}

/// <summary>A file of the folder as the manifest states it: "sha256 size path".</summary>
internal readonly record struct ExportedFile(Hash256 Digest, long Size, string Path)
{
    private const string Header = "disburse-export/1\n";

    /// <summary>Measures a file that stands in the folder.</summary>
    public static ExportedFile Measure(string folder, string path)
    {
        using var file = File.OpenRead(System.IO.Path.Combine(folder, path));
        Span<byte> hash = stackalloc byte[Hash256.Length];
        SHA256.HashData(file, hash);
        return new(Hash256.From(hash), file.Length, path);
    }

    /// <summary>The text of the manifest's note: a header and a line for each file, by path.</summary>
    public static string Format(IEnumerable<ExportedFile> files)
    {
        var text = new StringBuilder(Header);
        foreach (var file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
            text.Append(CultureInfo.InvariantCulture, $"{file.Digest} {file.Size} {file.Path}\n");
        return text.ToString();
    }

    /// <summary>Reads the text, or gives the number of the first line that is not as Format writes it.</summary>
    public static bool TryParse(string text, out List<ExportedFile> files, out int badLine)
    {
        files = [];
        badLine = 1;
        if (!text.StartsWith(Header, StringComparison.Ordinal)) return false;
        var before = "";
        foreach (var line in text[Header.Length..^1].Split('\n'))
        {
            badLine++;
            if (line.Split(' ') is not [var hex, var number, var path]) return false;
            if (!Hash256.TryParseHex(hex, out var digest)) return false;
            if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var size)) return false;
            if (!ExportFiles.IsKnown(path) || string.CompareOrdinal(before, path) >= 0) return false;
            if (ExportFiles.DocumentOf(path) is { } named && named != digest) return false;
            files.Add(new(digest, size, path));
            before = path;
        }
        return true;
    }
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Security;

namespace Disbursement.Host.Audit;

/// <summary>
/// What an export turned out to be. Warnings (an erased document, a key that came along) do not spoil it.
/// </summary>
/// <param name="Head">The checkpoint, once its signature was found right.</param>
/// <param name="Leaves">Leaves read.</param>
/// <param name="Documents">Documents whose bytes were found right.</param>
public sealed record ExportVerdict(Checkpoint? Head, long Leaves, long Documents, IReadOnlyList<Finding> Findings)
{
    /// <summary>Nothing was refused.</summary>
    public bool Valid => Findings.All(f => f.Rule.Severity != Severity.Refusal);
}

/// <summary>
/// Verifies an exported folder with nothing but its files: no database, no network. Trust rests on the key file the
/// caller names; without one on the key in the folder, which is said as a warning, for a forger brings his own.
/// </summary>
public static class ExportCheck
{
    private const int BufferBytes = 1 << 20;

    /// <summary>Verifies the folder. Total over its contents; only a file the system cannot read throws.</summary>
    public static ExportVerdict Verify(string folder, string? keyFile = null)
    {
        var findings = new List<Finding>();
        if (Keys(folder, keyFile, findings) is not { } keys) return new(null, 0, 0, findings);
        if (Manifest(folder, keys, findings) is not { } files) return new(null, 0, 0, findings);
        findings.AddRange(Unlisted(folder, files));
        var bytes = Task.Run(() => Changed(folder, files));
        var head = Head(folder, keys.Trusted, findings);
        var log = new LeafCheck(head);
        var path = Path.Combine(folder, ExportFiles.Leaves);
        if (head is not null && File.Exists(path))
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
            findings.AddRange(log.Read(stream));
            findings.AddRange(Documents(folder, files, log.Named));
        }
        findings.AddRange(bytes.GetAwaiter().GetResult());
        return new(head, log.Count, files.Count(f => ExportFiles.DocumentOf(f.Path) is not null), findings);
    }

    /// <param name="Trusted">Keys that must have signed.</param>
    /// <param name="Known">These and the folder's: in the manifest no line may be of any other.</param>
    private sealed record KeySet(IReadOnlyList<INoteVerifier> Trusted, IReadOnlyList<INoteVerifier> Known);

    private static KeySet? Keys(string folder, string? keyFile, List<Finding> findings)
    {
        var own = ReadKeys(Path.Combine(folder, ExportFiles.Keys), findings);
        var given = keyFile is null ? own : ReadKeys(keyFile, findings);
        if (own is null || given is null) return null;
        if (keyFile is null)
            findings.AddRange(own.Select(v => AuditRules.KeyFromFolder.Of(v.Key.Text)));
        return new(given, [.. given, .. own]);
    }

    private static IReadOnlyList<INoteVerifier>? ReadKeys(string path, List<Finding> findings)
    {
        var keys = File.Exists(path) ? NoteKeys.ReadFile(File.ReadAllBytes(path)) : null;
        if (keys is null) findings.Add(AuditRules.KeyMalformed.Of(path));
        return keys;
    }

    private static List<ExportedFile>? Manifest(string folder, KeySet keys, List<Finding> findings)
    {
        if (ReadNote(folder, ExportFiles.Manifest, findings) is not { } note) return null;
        var verdict = note.Check(keys.Known);
        // A witness has nothing to say here: with no line unknown, a changed name of a line is found as well.
        var signed = verdict.Trusted && verdict.Unknown == 0
            && verdict.Verified.Any(key => keys.Trusted.Any(v => v.Key == key));
        if (!signed) findings.Add(AuditRules.NoteUntrusted.Of(ExportFiles.Manifest));
        else if (ExportedFile.TryParse(note.Text, out var files, out var line)) return files;
        else findings.Add(AuditRules.ManifestMalformed.Of(line.ToString(CultureInfo.InvariantCulture)));
        return null;
    }

    private static Checkpoint? Head(string folder, IReadOnlyList<INoteVerifier> trusted, List<Finding> findings)
    {
        if (ReadNote(folder, ExportFiles.Checkpoint, findings) is not { } note) return null;
        if (!note.Check(trusted).Trusted) findings.Add(AuditRules.NoteUntrusted.Of(ExportFiles.Checkpoint));
        else if (Checkpoint.TryParse(note.Text, out var head)) return head;
        else findings.Add(AuditRules.CheckpointMalformed.Of(ExportFiles.Checkpoint));
        return null;
    }

    private static SignedNote? ReadNote(string folder, string name, List<Finding> findings)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path)) findings.Add(AuditRules.FolderMissing.Of(name));
        else if (SignedNote.TryParse(File.ReadAllBytes(path), out var note, out var error)) return note;
        else findings.Add(AuditRules.NoteMalformed.Of(name, error));
        return null;
    }

    /// <summary>Everything that stands in the folder must be listed, and the four fixed files must be.</summary>
    private static IEnumerable<Finding> Unlisted(string folder, List<ExportedFile> files)
    {
        var listed = files.Select(f => f.Path).Append(ExportFiles.Manifest).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Entries(folder, "").Where(path => !listed.Contains(path)))
            yield return AuditRules.FolderUnlisted.Of(path);
        foreach (var path in new[] { ExportFiles.Checkpoint, ExportFiles.Leaves, ExportFiles.Keys })
            if (!listed.Contains(path)) yield return AuditRules.FolderMissing.Of(path);
    }

    // Only the two known folders are entered, and no link: what else there is stands out by its own name.
    private static IEnumerable<string> Entries(string folder, string under)
    {
        foreach (var entry in new DirectoryInfo(Path.Combine(folder, under)).EnumerateFileSystemInfos())
        {
            var path = under + entry.Name;
            var known = entry is DirectoryInfo && path is ExportFiles.KeyFolder or ExportFiles.DocumentFolder;
            if (entry.LinkTarget is not null) yield return path + " (link)";
            else if (!known) yield return path;
            else foreach (var inner in Entries(folder, path + "/")) yield return inner;
        }
    }

    private static IEnumerable<Finding> Changed(string folder, List<ExportedFile> files)
    {
        var changed = new ConcurrentBag<(string Path, Finding Finding)>();
        Parallel.ForEach(files, file =>
        {
            if (!File.Exists(Path.Combine(folder, file.Path)))
                changed.Add((file.Path, AuditRules.FolderMissing.Of(file.Path)));
            else if (ExportedFile.Measure(folder, file.Path) != file)
                changed.Add((file.Path, AuditRules.FileChanged.Of(file.Path)));
        });
        return changed.OrderBy(c => c.Path, StringComparer.Ordinal).Select(c => c.Finding);
    }

    private static IEnumerable<Finding> Documents(string folder, List<ExportedFile> files, HashSet<Hash256> named)
    {
        var there = files.Select(f => ExportFiles.DocumentOf(f.Path)).OfType<Hash256>().ToHashSet();
        var erased = new HashSet<Hash256>();
        var path = Path.Combine(folder, ExportFiles.Erased);
        if (File.Exists(path))
        {
            var text = Encoding.ASCII.GetString(File.ReadAllBytes(path));
            foreach (var line in text.Split('\n'))
                if (Hash256.TryParseHex(line, out var digest)) erased.Add(digest);
            if (ExportFolder.ErasedText(erased.Select(e => e)) != text || erased.Overlaps(there))
                yield return AuditRules.FileChanged.Of(ExportFiles.Erased);
        }
        foreach (var digest in named.Except(there))
            yield return (erased.Contains(digest) ? AuditRules.DocumentErased : AuditRules.DocumentMissing)
                .Of(digest.ToString());
        foreach (var digest in there.Concat(erased).Where(d => !named.Contains(d)))
            yield return AuditRules.DocumentUnnamed.Of(digest.ToString());
    }
}

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Files that are there whole or not at all: written under
/// a name beginning with '.', flushed, then renamed.</summary>
internal static class DurableFile
{
    /// <summary>Writes the file unless one of that name stands. A
    /// temporary file left by a killed run is written over.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        if (File.Exists(path)) return;
        var temporary = Path.Combine(Path.GetDirectoryName(path)!, "." + Path.GetFileName(path));
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: false);
    }
}

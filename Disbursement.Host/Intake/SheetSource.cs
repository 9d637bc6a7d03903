namespace Disbursement.Host.Intake;

/// <summary>A file handed in that can be opened again: it is checked whole in one pass and given out in a
/// second.</summary>
/// <param name="Name">The file as the user named it; findings name it so.</param>
/// <param name="Length">Bytes in the file.</param>
/// <param name="Open">Opens the same bytes from the first one, each time it is called.</param>
public sealed record SheetSource(string Name, long Length, Func<Stream> Open)
{
    public static SheetSource OfBytes(string name, byte[] bytes) =>
        new(name, bytes.Length, () => new MemoryStream(bytes, writable: false));

    public static SheetSource OfFile(string path) =>
        new(Path.GetFileName(path), new FileInfo(path).Length, () => File.OpenRead(path));
}

using Disbursement.BankAdapters.Folders;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Transports;

/// <summary>
/// An exchange of two folders (前置机目录): we write into one, the bank writes into the other. Nothing is overwritten,
/// nothing deleted. What a send meets, and what it then says:
/// <list type="table">
/// <item><term>a name that cannot be a file name of the exchange</term>
/// <description>Refused: no byte was written, and asking again would not help</description></item>
/// <item><term>the same body and signature stand there already</term>
/// <description>Delivered: an earlier send got through</description></item>
/// <item><term>other bytes stand under the name</term>
/// <description>Refused: they stay</description></item>
/// <item><term>what stands there cannot be read (IOException, UnauthorizedAccessException)</term>
/// <description>Unknown: it may be ours</description></item>
/// <item><term>IOException while the temporary files are written (no folder, full disk, name too long)</term>
/// <description>NotSent</description></item>
/// <item><term>UnauthorizedAccessException while the temporary files are written</term>
/// <description>NotSent</description></item>
/// <item><term>either of them once the first rename began, the flush of the folder included</term>
/// <description>Unknown</description></item>
/// <item><term>any other exception</term>
/// <description>a defect: it is not caught, and the caller takes it as Unknown</description></item>
/// </list>
/// List, Take and Acknowledge let both exceptions through: nothing was taken, the next round asks again.
/// </summary>
/// <param name="toBank">An existing folder we write into.</param>
/// <param name="fromBank">An existing folder the bank writes
/// into; our acknowledgements stand in its <c>.taken</c>.</param>
public sealed class FolderTransport(string toBank, string fromBank) : ITransport, IQueryableTransport
{
    /// <summary>Folder of acknowledgements inside the bank's outgoing
    /// folder: one empty file per message, under its name.</summary>
    public const string TakenFolder = ".taken";

    private readonly string _toBank = Path.GetFullPath(toBank);
    private readonly string _fromBank = Path.GetFullPath(fromBank);

    public SendResult Send(string name, SealedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (ExchangeName.Refusal(name) is { } refusal) return refusal;

        var parts = PartsInOrder(name, message);
        try
        {
            if (Path.Exists(BodyPath(name)))
                return parts.All(IsSame)
                    ? Flushed("the same bytes stand there already") with { NameTaken = true } : OtherBytes(name);
        }
        catch (Exception trouble) when (IsFolderTrouble(trouble))
        {
            return new SendResult(SendOutcome.Unknown, $"what stands under the name cannot be read: {trouble.Message}");
        }

        try
        {
            foreach (var part in parts) DurableFile.WriteTemporary(part.Path, part.Bytes.Span);
        }
        catch (Exception trouble) when (IsFolderTrouble(trouble))
        {
            return new SendResult(SendOutcome.NotSent, $"no file was put under its name: {trouble.Message}");
        }

        try
        {
            foreach (var part in parts)
            {
                if (DurableFile.PlaceWithoutOverwriting(part.Path)) continue;
                if (!IsSame(part)) return OtherBytes(name);
                File.Delete(DurableFile.TemporaryPath(part.Path));
            }
            return Flushed("written and renamed into place");
        }
        catch (Exception trouble) when (IsFolderTrouble(trouble))
        {
            return new SendResult(SendOutcome.Unknown, $"the rename was begun: {trouble.Message}");
        }
    }

    /// <summary>True or false by the body's file alone; null where the folder itself does not answer.</summary>
    public bool? Holds(string name)
    {
        if (!ExchangeName.Is(name)) return false;
        try
        {
            return !File.GetAttributes(BodyPath(name)).HasFlag(FileAttributes.Directory);
        }
        catch (FileNotFoundException)
        {
            return Directory.Exists(_toBank) ? false : null;
        }
        catch (Exception trouble) when (IsFolderTrouble(trouble))
        {
            return null;
        }
    }

    /// <summary>Oldest first by the file's time of writing, then by name; acknowledged messages are left out.</summary>
    public IReadOnlyList<string> List()
    {
        var taken = Path.Combine(_fromBank, TakenFolder);
        var acknowledged = Directory.Exists(taken)
            ? Directory.EnumerateFiles(taken).Select(path => Path.GetFileName(path)).ToHashSet(StringComparer.Ordinal)
            : [];
        return [.. new DirectoryInfo(_fromBank).EnumerateFiles()
            .Where(file => ExchangeName.Is(file.Name) && !acknowledged.Contains(file.Name))
            .OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)
            .Select(file => file.Name)];
    }

    public SealedMessage? Take(string name)
    {
        if (!ExchangeName.Is(name) || ReadIfThere(Path.Combine(_fromBank, name)) is not { } body) return null;
        foreach (var suffix in ExchangeName.SignatureSuffixes)
            if (ReadIfThere(Path.Combine(_fromBank, name + suffix)) is { } signature)
                return new SealedMessage(body, signature, suffix);
        return new SealedMessage(body, null, "");
    }

    /// <summary>Creates the empty file <c>.taken/NAME</c>. A second time changes nothing.</summary>
    public void Acknowledge(string name)
    {
        if (!ExchangeName.Is(name)) throw new ArgumentException($"'{name}' was never listed", nameof(name));
        var taken = Directory.CreateDirectory(Path.Combine(_fromBank, TakenFolder)).FullName;
        // Not flushed: one that a power cut takes back costs one more taking, and a repeat changes nothing.
        File.Open(Path.Combine(taken, name), FileMode.OpenOrCreate, FileAccess.Write).Dispose();
    }

    /// <summary>The signature first: whoever sees the body under its name finds the signature beside it.</summary>
    private Part[] PartsInOrder(string name, SealedMessage message)
    {
        var body = new Part(BodyPath(name), message.Body);
        return message.Signature is { } signature
            ? [new Part(body.Path + message.SignatureSuffix, signature), body]
            : [body];
    }

    private SendResult Flushed(string detail)
    {
        DurableFile.FlushFolder(_toBank);
        return new SendResult(SendOutcome.Delivered, detail);
    }

    private static SendResult OtherBytes(string name) =>
        new(SendOutcome.Refused, $"other bytes stand under the name {name}: they were left as they are")
        { NameTaken = true };

    private static bool IsSame(Part part) =>
        Path.Exists(part.Path) && File.ReadAllBytes(part.Path).AsSpan().SequenceEqual(part.Bytes.Span);

    private static byte[]? ReadIfThere(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static bool IsFolderTrouble(Exception trouble) => trouble is IOException or UnauthorizedAccessException;

    private string BodyPath(string name) => Path.Combine(_toBank, name);

    private sealed record Part(string Path, ReadOnlyMemory<byte> Bytes);
}

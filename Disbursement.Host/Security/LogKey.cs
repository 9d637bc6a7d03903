using Disbursement.BankAdapters.Folders;
using Disbursement.Engine.Audit;

namespace Disbursement.Host.Security;

/// <summary>
/// The key pair that signs a log's checkpoints: Ed25519 in the file named, SM2 (国密) for the co-signature in a file
/// beside it. One pair serves all ledgers of an installation; the signature lines carry each log's own name.
/// </summary>
public sealed class LogKey
{
    private readonly string _ed25519, _sm2;

    private LogKey(string ed25519, string sm2) => (_ed25519, _sm2) = (ed25519, sm2);

    /// <summary>The keys that stand, or null where there are none.</summary>
    public static LogKey? Find(string path) =>
        File.Exists(path) && File.Exists(Sm2Path(path))
            ? new(File.ReadAllText(path), File.ReadAllText(Sm2Path(path)))
            : null;

    /// <summary>The keys that stand; made, readable by their owner alone, at first use.</summary>
    public static LogKey Ensure(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (!File.Exists(path)) Place(path, Ed25519Keys.Generate().PrivatePem);
        if (!File.Exists(Sm2Path(path))) Place(Sm2Path(path), Sm2Keys.Generate().PrivatePem);
        return Find(path)!;
    }

    /// <summary>Two hosts may begin at once: the first one's key stands, and nobody reads half of it.</summary>
    private static void Place(string path, string pem)
    {
        var made = $"{path}.{Path.GetRandomFileName()}";
        Write(made, pem);
        // Not File.Move, which looks whether the name is free and renames only then: another key may come between.
        if (!DurableFile.PlaceWithoutOverwriting(made, path)) File.Delete(made);
    }

    public IReadOnlyList<INoteSigner> Signers(string origin) =>
        [NoteKeys.Ed25519Signer(origin, _ed25519), NoteKeys.Sm2Signer(origin, _sm2)];

    public IReadOnlyList<INoteVerifier> Verifiers(string origin) =>
        [.. Signers(origin).Select(s => NoteKeys.Verifier(s.Key))];

    /// <summary>keys/log.key.pem → keys/log.key.sm2.pem.</summary>
    private static string Sm2Path(string path) => Path.ChangeExtension(path, ".sm2.pem");

    internal static void Write(string path, string pem)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(pem));
        file.Flush(flushToDisk: true);
    }
}

using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Disbursement.BankAdapters.Folders;

/// <summary>Files that appear whole or not at all: written under a
/// temporary name, flushed, renamed, and never over another.</summary>
public static class DurableFile
{
    private const int CurrentFolder = -100; // AT_FDCWD
    private const uint NoReplace = 1; // RENAME_NOREPLACE
    private const int Exists = 17; // EEXIST
    private const int Invalid = 22; // EINVAL
    private const int NoSuchCall = 38; // ENOSYS
    private const int NotSupported = 95; // EOPNOTSUPP

    /// <summary>The name a file is written under: readers pass over names that begin with a dot.</summary>
    public static string TemporaryPath(string path) =>
        Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.tmp");

    /// <summary>Writes and flushes the bytes under the temporary name
    /// of the path; what a crash left there is written over.</summary>
    /// <param name="ownerOnly">Mode 600 from the first byte, for private keys.</param>
    public static void WriteTemporary(string path, ReadOnlySpan<byte> bytes, bool ownerOnly = false)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (ownerOnly && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(TemporaryPath(path), options);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Renames the temporary file into place. False: something
    /// stands there, and stays; the temporary file is left.</summary>
    public static bool PlaceWithoutOverwriting(string path) => PlaceWithoutOverwriting(TemporaryPath(path), path);

    /// <summary>The same of a temporary name of the caller's own, where two programs may write at once.</summary>
    public static bool PlaceWithoutOverwriting(string temporary, string path)
    {
        if (OperatingSystem.IsLinux() && RenameWithoutOverwriting(temporary, path) is { } placed) return placed;
        try
        {
            // Elsewhere .NET looks first and renames then: two writers at the same moment can both succeed.
            File.Move(temporary, path, overwrite: false);
            return true;
        }
        catch (IOException) when (Path.Exists(path))
        {
            return false;
        }
    }

    /// <summary>Makes the renames of a folder outlive a power cut,
    /// where the system can: Windows has no such call.</summary>
    public static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = open(folder, 0);
        if (descriptor < 0) throw LastError(folder);
        try
        {
            // EINVAL: a file system that cannot flush folders, such as some network mounts.
            if (fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != Invalid) throw LastError(folder);
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static bool? RenameWithoutOverwriting(string from, string to)
    {
        try
        {
            if (renameat2(CurrentFolder, from, CurrentFolder, to, NoReplace) == 0) return true;
        }
        catch (EntryPointNotFoundException)
        {
            return null; // an older C library
        }
        return Marshal.GetLastPInvokeError() switch
        {
            Exists => false,
            Invalid or NoSuchCall or NotSupported => null,
            _ => throw LastError(to),
        };
    }

    private static IOException LastError(string path) =>
        new($"{path}: {new Win32Exception(Marshal.GetLastPInvokeError()).Message}");

#pragma warning disable CA2101, IDE1006, SYSLIB1054 // paths are UTF-8; the names are the C library's own
    [DllImport("libc", SetLastError = true)]
    private static extern int renameat2(int fromFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string from,
        int toFolder, [MarshalAs(UnmanagedType.LPUTF8Str)] string to, uint flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int descriptor);
#pragma warning restore CA2101, IDE1006, SYSLIB1054
}

using System.Buffers.Binary;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Kills;

/// <summary>
/// A full disk and a wrong clock for a real program, put between it and libc; see Fixtures/outer-world.c. Made once.
/// </summary>
internal static class OuterWorld
{
    private static readonly Lazy<string> s_library = new(Build);

    /// <summary>What a program's environment needs to be in it.</summary>
    public static string Preload => $"LD_PRELOAD={s_library.Value}";

    /// <summary>Files whose path begins so may grow by so many bytes in one process.</summary>
    public static string[] Full(string under, int room = 0) =>
        [Preload, $"FULL_UNDER={under}", $"FULL_ROOM={room}"];

    /// <summary>The machine's clock is so many seconds ahead, as the file says.</summary>
    public static string[] Clock(string file, long seconds)
    {
        var ahead = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(ahead, seconds);
        File.WriteAllBytes(file, ahead);
        return [Preload, $"CLOCK_SHIFT={file}"];
    }

    private static string Build()
    {
        var folder = Directory.CreateTempSubdirectory("outer-world-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        // PostgreSQL's user reads it too.
        OutsideTool.Run("chmod", "755", folder);
        var library = Path.Combine(folder, "outer-world.so");
        var (code, said) = OutsideTool.Run("gcc", "-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o",
            library, Repository.PathOf("Disbursement.Tests", "Fixtures", "outer-world.c"), "-ldl");
        Assert.True(code == 0, said);
        return library;
    }
}

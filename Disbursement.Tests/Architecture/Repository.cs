namespace Disbursement.Tests.Architecture;

/// <summary>The folder the solution stands in, found upwards from where the tests run.</summary>
internal static class Repository
{
    public static readonly string Root = Find(AppContext.BaseDirectory);

    /// <summary>The full path of a file named from the root.</summary>
    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Disbursement.sln")) ? folder
        : Path.GetDirectoryName(folder) is { } parent ? Find(parent)
        : throw new DirectoryNotFoundException("no folder above the tests holds Disbursement.sln");
}

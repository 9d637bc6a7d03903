using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Keys;

/// <summary>Secrets of the environment and of files in the folder of keys.</summary>
public sealed class SecretReferences(string folder) : ISecrets
{
    private const string OfEnvironment = "env:";
    private const string OfFile = "file:";

    public string? Secret(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        if (reference.StartsWith(OfEnvironment, StringComparison.Ordinal))
            return Environment.GetEnvironmentVariable(reference[OfEnvironment.Length..]);
        if (!reference.StartsWith(OfFile, StringComparison.Ordinal)) return null;
        var name = reference[OfFile.Length..];
        if (!PemKeyRing.IsName(name)) return null;
        try
        {
            return File.ReadAllText(Path.Combine(folder, name)).TrimEnd('\r', '\n');
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>
/// Keys as PEM files of one folder: <c>NAME.key.pem</c> is our private key (PKCS#8), <c>NAME.pem</c> a certificate or
/// a bare public key; <c>.key.asc</c> and <c>.asc</c> are OpenPGP blocks, <c>NAME.secret</c> a shared secret. Files
/// are read at each asking, so a renewed key needs no restart. A name that is no plain file
/// name has no key. Trouble with the disk other than a missing file goes through as the IOException it is.
/// </summary>
public sealed class PemKeyRing(string folder) : IKeyRing
{
    private const string PrivateSuffix = ".key.pem";
    private const string CertificateSuffix = ".pem";

    public string? PrivateKeyPem(string name) => Read(name, PrivateSuffix) ?? Read(name, ".key.asc");

    public string? Secret(string name) => Read(name, ".secret")?.TrimEnd('\r', '\n');

    /// <summary>Null also for the name of a private key's file: that is no certificate.</summary>
    public string? CertificatePem(string name) =>
        name.EndsWith(".key", StringComparison.Ordinal) ? null
            : Read(name, CertificateSuffix) ?? Read(name, ".asc");

    /// <summary>Path of the private key's file of that name.</summary>
    internal static string PrivatePath(string folder, string name) =>
        Path.Combine(folder, name + PrivateSuffix);

    /// <summary>Path of the certificate's file of that name.</summary>
    internal static string CertificatePath(string folder, string name) =>
        Path.Combine(folder, name + CertificateSuffix);

    /// <summary>Whether the name stays inside the folder.</summary>
    internal static bool IsName(string name) =>
        name.Length > 0 && name[0] != '.' && name.IndexOfAny(['/', '\\', '\0']) < 0;

    private string? Read(string name, string suffix)
    {
        if (!IsName(name)) return null;
        try
        {
            return File.ReadAllText(Path.Combine(folder, name + suffix));
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}

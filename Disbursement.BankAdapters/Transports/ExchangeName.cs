using System.Text;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Transports;

/// <summary>Names of messages in an exchange: they become names of files, parts of addresses and of queries.</summary>
internal static class ExchangeName
{
    private const int MaxBytes = 200; // leaves room for ".", ".p7s" and ".tmp" within the 255 bytes of a file name

    /// <summary>Suffixes of detached signatures, which stand beside a message and are none themselves.</summary>
    public static readonly IReadOnlyList<string> SignatureSuffixes = [".p7s", ".sig"];

    /// <summary>A plain visible name that is neither a path, a temporary file, nor a signature.</summary>
    public static bool Is(string name) =>
        name.Length > 0 && name[0] != '.' && !name.Contains('\0') && Path.GetFileName(name) == name
        && !SignatureSuffixes.Any(suffix => name.EndsWith(suffix, StringComparison.Ordinal));

    /// <summary>Refused where nothing can be sent under the name, whoever asks; else null.</summary>
    public static SendResult? Refusal(string name) =>
        !Is(name) || name.Contains('\\') || Encoding.UTF8.GetByteCount(name) > MaxBytes
            ? new SendResult(SendOutcome.Refused, $"'{name}' is no name for an exchange: nothing was written")
            : null;
}

using System.Globalization;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Files;

/// <summary>
/// Our reference of a file, e.g. "PA7KB5CK000000000042": installation epoch (4), ledger in base 36 (4), file number in
/// the rest of the bank's width. Never from a clock or a random source, so a retry names the same file.
/// </summary>
public static class FileReference
{
    /// <summary>Longer ones are not needed: twelve digits of file numbers outlive the ledger.</summary>
    public const int MaxWidth = 20;
    private const int EpochWidth = 4;
    private const int LedgerWidth = 4;
    private const string Symbols = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <param name="batchWidth">The bank's width of a batch reference, at least 12:
    /// four digits of file numbers.</param>
    public static string Of(string epoch, long ledger, long file, int batchWidth)
    {
        Invariant.Holds(epoch.Length == EpochWidth, "an epoch has four characters");
        var width = Math.Min(MaxWidth, batchWidth) - EpochWidth - LedgerWidth;
        var number = file.ToString(CultureInfo.InvariantCulture);
        Invariant.Holds(number.Length <= width, $"file number {file} does not fit a reference of {batchWidth}");
        return epoch + Base36(ledger) + number.PadLeft(width, '0');
    }

    /// <summary>
    /// The row reference: the position in the file, from 1, in the bank's row width (8 digits at most).
    /// </summary>
    public static string Row(long position, int rowWidth) =>
        position.ToString(CultureInfo.InvariantCulture).PadLeft(Math.Min(8, rowWidth), '0');

    /// <summary>The file's number in a reference of this epoch and ledger; null in any other text.</summary>
    public static long? NumberOf(string reference, string epoch, long ledger)
    {
        var prefix = epoch + Base36(ledger);
        return reference.Length is > EpochWidth + LedgerWidth and <= MaxWidth
            && reference.StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(reference.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture,
                out var number) && number > 0 ? number : null;
    }

    private static string Base36(long value)
    {
        Span<char> text = stackalloc char[LedgerWidth];
        for (var i = LedgerWidth - 1; i >= 0; i--, value /= Symbols.Length)
            text[i] = Symbols[(int)(value % Symbols.Length)];
        Invariant.Holds(value == 0, "a ledger fits four characters of base 36");
        return new string(text);
    }
}

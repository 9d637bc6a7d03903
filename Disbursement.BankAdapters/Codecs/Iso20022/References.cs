namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Our references as banks repeat them: the end-to-end id is
/// the file reference with the row of 8 digits behind it.</summary>
internal static class References
{
    /// <summary>Digits of a row reference at the end of an end-to-end id.</summary>
    public const int RowDigits = 8;

    /// <summary>What banks write where the payer gave none.</summary>
    public static string Given(string id) => id is "NOTPROVIDED" or "NONREF" ? "" : id;

    /// <summary>The row of that file. An id that does not belong to the file is given whole: it then matches no row
    /// and becomes an exception with its amount, not somebody else's row.</summary>
    public static string Row(string fileReference, string endToEnd) =>
        fileReference.Length > 0 && endToEnd.Length == fileReference.Length + RowDigits
            && endToEnd.StartsWith(fileReference, StringComparison.Ordinal) && EndsInRow(endToEnd)
            ? endToEnd[^RowDigits..]
            : endToEnd;

    /// <summary>The file of an end-to-end id where nothing else
    /// names one; the id itself if it is not of our form.</summary>
    public static string File(string endToEnd, int fileWidth) =>
        endToEnd.Length == fileWidth + RowDigits && EndsInRow(endToEnd) ? endToEnd[..^RowDigits] : endToEnd;

    /// <summary>The file of a recall's reference (file reference, C, two digits), or empty if it is not of our form.
    /// </summary>
    public static string FileOfRecall(string reference, int fileWidth) =>
        reference.Length == fileWidth + 3 && reference[fileWidth] == 'C' ? reference[..fileWidth] : "";

    private static bool EndsInRow(string id) => !id.AsSpan(id.Length - RowDigits).ContainsAnyExceptInRange('0', '9');
}

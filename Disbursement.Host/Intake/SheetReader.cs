using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Intake;

/// <summary>Any sheet handed in (CSV in UTF-8 or GB18030, or XLSX) to a raw table, or to what is wrong with the
/// file.</summary>
/// <remarks>
/// The whole file is checked before the table is given out, so reading its rows meets no trouble halfway; rows are then
/// read from the file one at a time and can be read again. What a file is, its bytes say and not its name.
/// </remarks>
public static class SheetReader
{
    /// <summary>Most rows below the headings. A payroll sheet has a narrower bound of its own.</summary>
    public const int MostRows = 1_000_000;

    /// <summary>Most bytes of a file: 512 MiB.</summary>
    public const long MostBytes = 512L << 20;

    /// <summary>Findings of one rule that are listed; a column entered wrongly would otherwise fill the
    /// screen.</summary>
    internal const int MostFindings = 100;

    public static Decision<RawTable> Read(SheetSource source, SheetShape shape)
    {
        var file = new Place(source.Name, 0, "", "");
        if (source.Length == 0) return Decision<RawTable>.Refuse(IntakeRules.Empty, file);
        if (source.Length > MostBytes)
            return Decision<RawTable>.Refuse(IntakeRules.TooLarge, file, $"{source.Length}", $"{MostBytes}");
        if (Begins(source, OldOffice))
            return NoWorkbook(source, 0, "是旧版 .xls，或加了密码", "it is an old .xls, or under a password");
        return Begins(source, Zip) ? XlsxSheet.Read(source, shape) : CsvSheet.Read(source, shape);
    }

    // An XLSX is a zip, and a zip of files begins with a local file header.
    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    // A compound file: .xls, and what Office makes of an XLSX under a password ([MS-CFB] 2.2, [MS-OFFCRYPTO] 1.3.3).
    private static ReadOnlySpan<byte> OldOffice => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    internal static Decision<RawTable> Torn(SheetSource source, long line, string zh, string en) =>
        Decision<RawTable>.Refuse(IntakeRules.Torn, new Place(source.Name, line, "", ""), zh, en);

    /// <param name="line">The last row that was read; 0: none.</param>
    internal static Decision<RawTable> NoWorkbook(SheetSource source, long line, string zh, string en) =>
        Decision<RawTable>.Refuse(
            IntakeRules.Workbook, new Place(source.Name, line == 0 ? 0 : line + 1, "", ""), zh, en);

    private static bool Begins(SheetSource source, ReadOnlySpan<byte> signature)
    {
        using var stream = source.Open();
        Span<byte> start = stackalloc byte[8];
        var read = stream.ReadAtLeast(start, signature.Length, throwOnEndOfStream: false);
        return start[..read].StartsWith(signature);
    }
}

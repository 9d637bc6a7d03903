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
        return IsZip(source) ? XlsxSheet.Read(source, shape) : CsvSheet.Read(source, shape);
    }

    internal static Decision<RawTable> Torn(SheetSource source, long line, string zh, string en) =>
        Decision<RawTable>.Refuse(IntakeRules.Torn, new Place(source.Name, line, "", ""), zh, en);

    // An XLSX is a zip, and a zip of files begins with a local file header.
    private static bool IsZip(SheetSource source)
    {
        using var stream = source.Open();
        Span<byte> start = stackalloc byte[4];
        return stream.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && start.SequenceEqual("PK\u0003\u0004"u8);
    }
}

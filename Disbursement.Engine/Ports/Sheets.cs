using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Ports;

/// <summary>What a sheet lists; it decides which headings are looked for.</summary>
public enum SheetKind { Projects, Roster, Terms, Attendance, Payroll, Orders, Funding }

/// <summary>
/// Reads a sheet's bytes (CSV in UTF-8 or GB18030, XLSX) into a raw table. Pure: same bytes, same table.
/// </summary>
public interface ISheetReader
{
    /// <param name="file">Name for findings; its ending tells CSV from XLSX where the bytes do not.</param>
    Decision<RawTable> Read(SheetKind kind, string file, ReadOnlyMemory<byte> content);
}

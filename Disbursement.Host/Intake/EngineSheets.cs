using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Intake;

/// <summary>The engine's sheet port over CSV and XLSX files.</summary>
public sealed class EngineSheets : ISheetReader
{
    public Decision<RawTable> Read(SheetKind kind, string file, ReadOnlyMemory<byte> content)
    {
        var shape = ShapeOf(kind);
        var read = SheetReader.Read(SheetSource.OfBytes(file, content.ToArray()), shape);
        if (!read.Accepted) return read;
        // Which headings mean the same is the file's matter: the engine knows each column by its first one.
        var columns = read.Value.Columns.Select(c => Known(shape, c)).ToList();
        return Decision<RawTable>.Accept(read.Value with { Columns = columns }, read.Findings);
    }

    private static string Known(SheetShape shape, string heading) =>
        Array.Find(shape.Columns, c => c.Headings.Contains(heading))?.Headings[0] ?? heading;

    private static SheetShape ShapeOf(SheetKind kind) => kind switch
    {
        SheetKind.Projects => SheetShape.Projects,
        SheetKind.Roster => SheetShape.Roster,
        SheetKind.Terms => SheetShape.Terms,
        SheetKind.Attendance => SheetShape.Attendance,
        SheetKind.Payroll => SheetShape.Payroll,
        SheetKind.Orders => SheetShape.Orders,
        SheetKind.Funding => SheetShape.FundingDates,
        _ => throw new DefectException($"no sheet shape for {kind}"),
    };
}

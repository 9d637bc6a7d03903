using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.People;

/// <summary>What the caller of an import is told.</summary>
/// <param name="Lines">Rows of the sheet.</param>
/// <param name="Written">Rows written: what the ledger held already is not written again.</param>
public sealed record ImportResult(string Document, string Name, long Lines, long Written);

/// <summary>What imports of whole sheets share: reading before the lock, one import per file, one row for it.</summary>
/// <remarks>The command's argument "file" is the file as its user named it.</remarks>
internal static class SheetImport
{
    /// <summary>The table of the command's only sheet, its rows read whole.</summary>
    public static Decision<RawTable> Table(ISheetReader sheets, SheetKind kind, string input, Command command)
    {
        var document = command.Inputs.First(d => d.Kind == input);
        var read = sheets.Read(kind, command.Text("file"), document.Content);
        return read.Accepted
            ? Decision<RawTable>.Accept(read.Value with { Rows = [.. read.Value.Rows] }, read.Findings)
            : read;
    }

    /// <summary>The import of the same bytes, where there was one.</summary>
    public static Changes? Repeat(DecisionContext context, string input)
    {
        var known = context.Rows.Find<ImportRow>(("document", context.InputDigest(input)));
        return known is null ? null : Changes.Repeated(new ImportResult(known.Document, known.Name, known.Lines, 0));
    }

    /// <summary>Adds the import's row and answer.</summary>
    public static Changes Done(DecisionContext context, Changes changes, string input, long lines)
    {
        var row = new ImportRow
        {
            Document = context.InputDigest(input),
            Kind = input,
            Name = context.Command.Text("file"),
            Lines = lines,
            Person = context.Actor!.Person,
        };
        changes.Result = new ImportResult(row.Document, row.Name, lines, changes.Sets.Sum(s => (long)s.Count));
        return changes.Insert(row).Count("lines", lines);
    }
}

using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Payroll;

/// <summary>
/// What was found on a payroll, told again: rule, row and column are rows of the ledger, the words of the sheet stand
/// in the sheet alone and are read from it.
/// </summary>
public static class KeptFindings
{
    private const string Gross = "应发工资", Identity = "身份证号";

    /// <summary>Findings in the order they were found. Of a sheet that was erased only rule and place.</summary>
    public static IReadOnlyList<Finding> Of(IRowReader rows, IVault vault, ISheetReader sheets, PayrollRow payroll)
    {
        var kept = rows.List<PayrollFindingRow>(("payroll", payroll.Payroll));
        if (kept.Count == 0) return [];
        var sheet = Sheet.Of(vault, sheets, payroll, [.. kept.Select(f => f.Line)]);
        return [.. kept.Select(row => Told(PayrollFindings.Of(payroll, row), sheet))];
    }

    private static Finding Told(Finding kept, Sheet? sheet) => sheet is null || kept.At.Row == 0 ? kept
        : new Finding(kept.Rule, kept.At with { Value = Value(sheet, kept.At) },
            [.. kept.Arguments.Select(a => a == PayrollFindings.Left ? Word(sheet, kept) : a)]);

    /// <summary>The cell, in the form a check tells it in.</summary>
    private static string Value(Sheet sheet, Place at) => (at.Column, sheet.Cell(at.Row, at.Column)) switch
    {
        (Gross, var cell) when Money.ParseYuan(cell, out var yuan) == MoneyText.Valid => yuan.ToYuan(),
        (Identity, var cell) => IdentityNumber.Canonical(cell),
        (_, var cell) => cell,
    };

    /// <summary>The one word of a finding that is somebody's own.</summary>
    private static string Word(Sheet sheet, Finding kept) =>
        kept.Rule == PayrollRules.Differs || kept.Rule == PayrollRules.Supplement
            || kept.Rule == PayrollRules.SupplementBeyond ? sheet.Cell(kept.At.Row, "差异原因", "difference reason")
        : kept.Rule != PayrollRules.NoConfirmation ? PayrollFindings.Left
        : sheet.Cell(kept.At.Row, "未确认原因", "not confirmed because") is { Length: > 0 } why ? why
        : PayrollSheet.NotStated;

    /// <summary>The rows of a sheet that findings are about.</summary>
    private sealed class Sheet(RawTable table, Dictionary<long, RawRow> rows)
    {
        public static Sheet? Of(IVault vault, ISheetReader sheets, PayrollRow payroll, HashSet<long> wanted)
        {
            if (vault.Open(payroll.Sheet) is not { } bytes) return null;
            var read = sheets.Read(SheetKind.Payroll, payroll.SheetName, bytes);
            return !read.Accepted ? null : new Sheet(read.Value,
                read.Value.Rows.Where(row => wanted.Contains(row.Number)).ToDictionary(row => row.Number));
        }

        public string Cell(long row, params ReadOnlySpan<string> headings) =>
            rows.TryGetValue(row, out var cells) ? cells[table.Column(headings)] : "";
    }
}

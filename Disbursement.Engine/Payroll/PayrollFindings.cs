using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Payroll;

/// <summary>Findings as rows of a payroll: rule and place, without a word of personal data.</summary>
internal static class PayrollFindings
{
    /// <summary>Stands for a word that is not kept.</summary>
    public const string Left = "…";

    /// <param name="after">Findings the payroll has already.</param>
    public static List<PayrollFindingRow> Rows(long payroll, long after, IEnumerable<Finding> findings) =>
        [.. findings.Where(f => f.Rule.Severity != Severity.Warning).Select((f, i) => new PayrollFindingRow
        {
            Payroll = payroll,
            N = after + i + 1,
            Rule = f.Rule.Code,
            Severity = f.Rule.Severity.ToString(),
            Line = f.At.Row,
            DocumentColumn = f.At.Column,
            Arguments = string.Join('|', f.Arguments.Select(Impersonal)),
        })];

    /// <summary>A finding read back, as far as it is kept.</summary>
    public static Finding Of(PayrollRow payroll, PayrollFindingRow row)
    {
        var rule = RefusalCatalogue.Find(row.Rule)
            ?? throw new DefectException($"payroll {payroll.Payroll} has a finding of no rule: {row.Rule}");
        return new Finding(rule,
            new Place(payroll.SheetName, row.Line, row.DocumentColumn, ""), row.Arguments.Split('|'));
    }

    /// <summary>Amounts, days and small numbers stay; names, reasons, identity and account numbers do not.</summary>
    private static string Impersonal(string argument) =>
        argument.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or '/') && argument.Count(char.IsAsciiDigit) < 14
            ? argument
            : Left;
}

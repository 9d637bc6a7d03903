using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Files;

/// <summary>
/// The last look before money goes: every line of a file is held to the document of lines that two people approved, by
/// its worker and its net. A claim changed in the database, whatever laws were lifted for it, is not paid.
/// </summary>
internal static class ApprovedLines
{
    /// <summary>Refusals sending.not-approved, one for each line that is not as approved; none where all are.</summary>
    public static IReadOnlyList<Finding> Differing(DecisionContext context, IReadOnlyList<ReleaseLine> lines)
    {
        var findings = new List<Finding>();
        foreach (var payroll in lines.GroupBy(l => l.Payroll))
        {
            var approved = Approved(context, payroll.Key);
            findings.AddRange(payroll
                .Where(l => !approved.TryGetValue(l.PayrollLine, out var entry)
                    || entry.Worker != l.Worker || entry.Net.Fen != l.NetFen)
                .Select(l => Finding(l, approved)));
        }
        return findings;
    }

    /// <summary>The approved lines by number; none where the document is not the one that was approved.</summary>
    private static Dictionary<long, PayrollEntry> Approved(DecisionContext context, long payroll)
    {
        var lines = new Dictionary<long, PayrollEntry>();
        var row = context.Rows.Find<PayrollRow>(("payroll", payroll))!;
        if (context.Vault.Open(row.LinesDocument) is not { } document
            || !PayrollLines.TryParse(document, out var entries, out _, out _)
            || PayrollLines.Root(document).ToString() != row.LinesRoot) return lines;
        foreach (var entry in entries) lines[entry.Line] = entry;
        return lines;
    }

    private static Finding Finding(ReleaseLine line, Dictionary<long, PayrollEntry> approved)
    {
        var (payroll, number) = (Text(line.Payroll), Text(line.PayrollLine));
        var was = approved.TryGetValue(line.PayrollLine, out var entry) && entry.Worker == line.Worker
            ? entry.Net.ToYuan() : "–";
        return new(FileRules.NotApproved, Place.Of("payroll", payroll), payroll, number,
            new Money(line.NetFen).ToYuan(), was);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

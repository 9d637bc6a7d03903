using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Files;

/// <summary>A line of a built file as it stands in the tables when its bytes are made.</summary>
public sealed record SealedLine
{
    public required long Payroll { get; init; }
    public required long PayrollLine { get; init; }
    public required long Worker { get; init; }
    public required long NetFen { get; init; }
    public required long AmountFen { get; init; }

    /// <summary>1 where the payment goes to the account of its version, and that one was approved.</summary>
    public required long PayeeApproved { get; init; }
}

/// <summary>The lines of a payroll as two people approved them.</summary>
/// <param name="Document">Digest of the document they were read from.</param>
/// <param name="Root">The root the approval stands on.</param>
/// <param name="Lines">By number; none where the document is not the one that was approved.</param>
internal sealed record ApprovedPayroll(string Document, string Root, IReadOnlyDictionary<long, PayrollEntry> Lines)
{
    public static ApprovedPayroll Read(IVault vault, PayrollRow payroll)
    {
        var lines = new Dictionary<long, PayrollEntry>();
        if (vault.Open(payroll.LinesDocument) is { } document
            && PayrollLines.TryParse(document, out var entries, out _, out _)
            && PayrollLines.Root(document).ToString() == payroll.LinesRoot)
            foreach (var entry in entries) lines[entry.Line] = entry;
        return new ApprovedPayroll(payroll.LinesDocument, payroll.LinesRoot, lines);
    }

    /// <summary>Whether it is still what the payroll's row names.</summary>
    public bool Is(PayrollRow payroll) => Document == payroll.LinesDocument && Root == payroll.LinesRoot;
}

/// <summary>
/// The last looks before money goes: every line of a file is held to the document of lines that two people approved, by
/// its worker and its net, when the file is built and again when its bytes are made and signed. What was changed in the
/// database between, whatever laws were lifted for it, is not paid.
/// </summary>
internal static class ApprovedLines
{
    /// <summary>Refusals sending.not-approved, one for each line that is not as approved; none where all are. Their
    /// payee accounts were looked at when the lines were sorted.</summary>
    public static IReadOnlyList<Finding> Differing(DecisionContext context, IReadOnlyList<ReleaseLine> lines) =>
        Differing(context, [.. lines.Select(l => new SealedLine
        {
            Payroll = l.Payroll,
            PayrollLine = l.PayrollLine,
            Worker = l.Worker,
            NetFen = l.NetFen,
            AmountFen = l.NetFen,
            PayeeApproved = 1,
        })], staged: null);

    /// <summary>The same of the payments that stand in a file, and sending.payee-not-approved.</summary>
    /// <param name="staged">What was read before the lock, by payroll; what is out of date is read again.</param>
    public static IReadOnlyList<Finding> Differing(DecisionContext context, IReadOnlyList<SealedLine> lines,
        IReadOnlyDictionary<long, ApprovedPayroll>? staged)
    {
        var findings = new List<Finding>();
        foreach (var payroll in lines.GroupBy(l => l.Payroll))
        {
            var row = context.Rows.Find<PayrollRow>(("payroll", payroll.Key))!;
            var approved = (staged?.GetValueOrDefault(payroll.Key) is { } read && read.Is(row)
                ? read : ApprovedPayroll.Read(context.Vault, row)).Lines;
            findings.AddRange(payroll.Where(l => l.AmountFen != l.NetFen || !As(approved, l))
                .Select(l => Finding(l, approved)));
        }
        findings.AddRange(lines.Where(l => l.PayeeApproved == 0).Select(l => new Finding(FileRules.PayeeNotApproved,
            Place.Of("payroll", Text(l.Payroll)), Text(l.Payroll), Text(l.PayrollLine))));
        return findings;
    }

    private static bool As(IReadOnlyDictionary<long, PayrollEntry> approved, SealedLine line) =>
        approved.TryGetValue(line.PayrollLine, out var entry) && entry.Worker == line.Worker
            && entry.Net.Fen == line.AmountFen;

    private static Finding Finding(SealedLine line, IReadOnlyDictionary<long, PayrollEntry> approved)
    {
        var was = approved.TryGetValue(line.PayrollLine, out var entry) && entry.Worker == line.Worker
            ? entry.Net.ToYuan() : "–";
        return new(FileRules.NotApproved, Place.Of("payroll", Text(line.Payroll)), Text(line.Payroll),
            Text(line.PayrollLine), new Money(line.AmountFen).ToYuan(), was);
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

using System.Text;
using Disbursement.Engine.Attendance;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Papers;

/// <summary>One item of a wage (工资项目) or of what is taken from it, with its amount.</summary>
public readonly record struct WageItem(string Name, Money Amount)
{
    /// <summary>"月工资 6500.00；延时加班 (150%) 300.00"; 无 for none.</summary>
    public static string Words(IReadOnlyList<WageItem> items) => items.Count == 0 ? "无"
        : string.Join("；", items.Select(i => $"{i.Name} {i.Amount.ToYuan()}"));
}

/// <summary>
/// What a payroll says of each line beside its sums: items, reasons, confirmations. Read from the payroll's own
/// documents; one that is gone or cannot be read leaves its part out, and the sums stand.
/// </summary>
public sealed class WageItems
{
    private readonly Dictionary<long, List<WageItem>> _earned = [];
    private readonly Dictionary<long, (DeductionList Deductions, string Reason)> _lines = [];
    private readonly Dictionary<long, Confirmation> _confirmed = [];

    /// <param name="lines">The stored lines (payroll-lines).</param>
    /// <param name="earnings">What attendance derived, as stored; null: never checked.</param>
    /// <param name="sheet">The sheet as handed in; null where it is gone.</param>
    public WageItems(byte[]? lines, byte[]? earnings, RawTable? sheet)
    {
        if (lines is not null) Lines(lines);
        if (earnings is not null) Earnings(Encoding.UTF8.GetString(earnings));
        if (sheet is not null) Sheet(sheet);
    }

    /// <summary>The worker's confirmation (本人确认) of a line.</summary>
    public Confirmation Confirmed(long line) =>
        _confirmed.GetValueOrDefault(line, Confirmation.Missing(ConfirmationGap.NotStated));

    /// <summary>Why the line differs from what attendance derives, as the sheet states it; else empty.</summary>
    public string Reason(long line) => _lines.TryGetValue(line, out var said) ? said.Reason : "";

    /// <summary>
    /// The items of a gross wage; they always add up to it. What attendance does not derive is an item of its own with
    /// the sheet's reason.
    /// </summary>
    /// <param name="named">False of an erased worker: a reason in words might tell who it was.</param>
    public IReadOnlyList<WageItem> Earned(PaperClaim claim, bool named)
    {
        var gross = new Money(claim.GrossFen);
        var items = _earned.GetValueOrDefault(claim.Worker) ?? [];
        var derived = items.Aggregate(Money.Zero, (sum, item) => sum + item.Amount);
        if (items.Count > 0 && derived == gross) return items;
        var reason = named && Reason(claim.PayrollLine) is { Length: > 0 } said ? $" ({said})" : "";
        return claim.Kind switch
        {
            // A supplement adds to a period that was derived as a whole: its own items are not among them.
            PayrollKind.Supplementary => [new("补发工资" + reason, gross)],
            PayrollKind.FinalSettlement => [new("结算工资" + reason, gross)],
            _ when items.Count == 0 => [new("工资" + reason, gross)],
            _ => [.. items, new("其他" + reason, gross - derived)],
        };
    }

    /// <summary>What is taken, by code; in one sum where the sheet no longer tells.</summary>
    public IReadOnlyList<WageItem> Deducted(PaperClaim claim)
    {
        var taken = new Money(claim.DeductionsFen);
        if (_lines.TryGetValue(claim.PayrollLine, out var said) && said.Deductions.Total == taken)
            return [.. said.Deductions.Items.Select(d => new WageItem(Name(d.Code), d.Amount))];
        return taken == Money.Zero ? [] : [new("扣款", taken)];
    }

    private void Lines(byte[] lines)
    {
        var reader = new PayrollLineReader(lines);
        while (reader.MoveNext()) _confirmed[reader.Current.Line] = reader.Current.Confirmation;
    }

    /// <summary>The form of <see cref="EarningsText"/>.</summary>
    private void Earnings(string text)
    {
        List<WageItem>? items = null;
        foreach (var line in text.Split('\n').Skip(1))
        {
            var words = line.Split(' ');
            if (words is ["worker", var worker, ..] && long.TryParse(worker, out var id)) _earned[id] = items = [];
            else if (words.Length >= 5 && items is not null && Enum.TryParse<EarningKind>(words[0], out var kind)
                && long.TryParse(words[4], out var fen)) items.Add(new WageItem(Name(kind), new Money(fen)));
        }
    }

    private void Sheet(RawTable sheet)
    {
        var (deductions, reason) = (sheet.Column("扣款", "deductions"), sheet.Column("差异原因", "difference reason"));
        var line = 0;
        foreach (var row in PayrollSheet.Listed(sheet))
        {
            line++;
            if (Deductions.Read(row[deductions], out var list, out _) is null) _lines[line] = (list, row[reason]);
        }
    }

    private static string Name(EarningKind kind) => kind switch
    {
        EarningKind.Month => "月工资",
        EarningKind.Week => "周工资",
        EarningKind.Day => "计日工资",
        EarningKind.Hour => "计时工资",
        EarningKind.Piece => "计件工资",
        // 工资支付暂行规定 art. 13.
        EarningKind.Overtime150 => "延时加班 (150%)",
        EarningKind.Overtime200 => "休息日加班 (200%)",
        EarningKind.Overtime300 => "法定节假日加班 (300%)",
        _ => throw new DefectException($"no earning is a {kind}"),
    };

    private static string Name(DeductionCode code) => code switch
    {
        DeductionCode.Tax => "个人所得税",
        DeductionCode.SocialInsurance => "个人社会保险费",
        DeductionCode.Maintenance => "抚养费、赡养费",
        DeductionCode.Damage => "损失赔偿",
        DeductionCode.Advance => "借支",
        _ => throw new DefectException($"no deduction is a {code}"),
    };
}

using System.Globalization;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Accounts;

/// <summary>What a release.plan command asks to be paid: its payrolls, and of their claims which.</summary>
public static class PlanSubject
{
    /// <summary>The payrolls named, or the one an obligation is of; in order.</summary>
    public static IEnumerable<long> Payrolls(IRowReader rows, Command command)
    {
        if (command.Find("payrolls") is { } payrolls) return Ids(payrolls).Distinct().Order();
        var obligation = rows.Find<ObligationRow>(("obligation", command.Number("obligation")));
        return obligation?.Payroll is { } payroll ? [payroll] : [];
    }

    /// <summary>The claims asked for by name or by an obligation's open lines; null: all.</summary>
    /// <param name="alsoLeft">With the lines that have left the obligation, as what an advance paid has.</param>
    public static HashSet<long>? Wanted(IRowReader rows, Command command, bool alsoLeft = false)
    {
        if (command.Find("claims") is { } claims) return [.. Ids(claims)];
        if (command.Find("obligation") is not { } text) return null;
        var obligation = long.Parse(text, CultureInfo.InvariantCulture);
        var left = rows.List<ObligationLineLeftRow>(("obligation", obligation)).Select(l => l.Line).ToHashSet();
        return [.. rows.List<ObligationLineRow>(("obligation", obligation))
            .Where(l => l.Claim is not null && (alsoLeft || !left.Contains(l.Line))).Select(l => l.Claim!.Value)];
    }

    private static IEnumerable<long> Ids(string text) =>
        text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(t => long.Parse(t, CultureInfo.InvariantCulture));
}

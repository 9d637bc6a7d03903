using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Payroll;

/// <summary>What may lawfully be taken from a wage. Whatever has no code here may not be deducted.</summary>
public enum DeductionCode
{
    /// <summary>个人所得税: wage payment provisions (工资支付暂行规定) art. 15(1).</summary>
    Tax,
    /// <summary>个人负担的社会保险费: art. 15(2).</summary>
    SocialInsurance,
    /// <summary>法院判决、裁定的抚养费、赡养费: art. 15(3).</summary>
    Maintenance,
    /// <summary>本人原因造成的损失赔偿: art. 16, at most 20 % of the month's wage, and never below the minimum wage.</summary>
    Damage,
    /// <summary>借支: wages of the period already drawn by the worker. No article names it; it stands on the sheets in
    /// use.</summary>
    Advance,
}

/// <summary>One deduction (扣款), more than zero.</summary>
public readonly record struct Deduction(DeductionCode Code, Money Amount);

/// <summary>The deductions of one line. Most lines have none and share <see cref="None"/>.</summary>
public sealed class DeductionList
{
    public static readonly DeductionList None = new([]);

    private readonly Deduction[] _items;

    public DeductionList(Deduction[] items)
    {
        _items = items;
        foreach (var item in items) Total += item.Amount;
    }

    public IReadOnlyList<Deduction> Items => _items;

    public Money Total { get; }

    public Money Of(DeductionCode code)
    {
        var sum = Money.Zero;
        foreach (var item in _items)
            if (item.Code == code) sum += item.Amount;
        return sum;
    }
}

/// <summary>Reads deductions as sheets write them, and holds damage to its limits.</summary>
public static class Deductions
{
    /// <summary>Reads "个税:12.50;社保:300" (also TAX, full-width ： and ；). The first rule broken and where, or
    /// null.</summary>
    public static RefusalRule? Read(ReadOnlySpan<char> text, out DeductionList list, out string at)
    {
        list = DeductionList.None;
        at = "";
        text = text.Trim();
        if (text.IsEmpty || text is "0" or "0.00" or "-" or "无") return null;
        Deduction[] items = [];
        while (!text.IsEmpty)
        {
            var end = text.IndexOfAny(';', '；');
            var part = (end < 0 ? text : text[..end]).Trim();
            text = end < 0 ? [] : text[(end + 1)..];
            if (part.IsEmpty) continue;
            if (ReadOne(part, out var item) is { } rule)
            {
                at = part.ToString();
                return rule;
            }
            if (item.Amount == Money.Zero) continue;
            // One or two at most on a line: growing by one costs less than a list per line.
            Array.Resize(ref items, items.Length + 1);
            items[^1] = item;
        }
        if (items.Length > 0) list = new DeductionList(items);
        return null;
    }

    private static RefusalRule? ReadOne(ReadOnlySpan<char> part, out Deduction item)
    {
        item = default;
        var colon = part.IndexOfAny(':', '：');
        if (colon < 0) return PayrollRules.DeductionForm;
        if (!TryCode(part[..colon].Trim(), out var code)) return PayrollRules.UnlawfulDeduction;
        var parsed = Money.ParseYuan(part[(colon + 1)..], out var amount);
        item = new Deduction(code, amount);
        return CellReader.Judge(parsed, amount, CellReader.MaxMoney.Fen);
    }

    /// <summary>The limit of art. 16 that a damage deduction breaks, or null.</summary>
    /// <param name="minimumWage">The local monthly minimum wage (当地月最低工资标准): a parameter of the region.</param>
    public static RefusalRule? DamageLimit(Money gross, DeductionList deductions, Money minimumWage)
    {
        var damage = deductions.Of(DeductionCode.Damage);
        if (damage == Money.Zero) return null;
        // In whole fen: damage ≤ gross ÷ 5 without dividing.
        if ((Int128)damage.Fen * 5 > gross.Fen) return PayrollRules.DamageOverFifth;
        return gross - damage < minimumWage ? PayrollRules.DamageBelowMinimum : null;
    }

    private static bool TryCode(ReadOnlySpan<char> name, out DeductionCode code)
    {
        Span<char> upper = stackalloc char[16];
        var length = name.Length <= upper.Length ? name.ToUpperInvariant(upper) : 0;
        (var known, code) = upper[..length] switch
        {
            "TAX" or "个税" or "个人所得税" => (true, DeductionCode.Tax),
            "INSURANCE" or "社保" or "个人社保" => (true, DeductionCode.SocialInsurance),
            "MAINTENANCE" or "抚养费" or "赡养费" => (true, DeductionCode.Maintenance),
            "DAMAGE" or "损失赔偿" => (true, DeductionCode.Damage),
            "ADVANCE" or "借支" => (true, DeductionCode.Advance),
            _ => (false, default),
        };
        return known;
    }
}

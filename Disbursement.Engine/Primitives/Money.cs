using System.Globalization;

namespace Disbursement.Engine.Primitives;

/// <summary>An amount of CNY in fen (分). The only currency there
/// is: Decree 724 art. 11 pays in money, not in kind.</summary>
/// <remarks>All arithmetic is checked: an overflow is a defect
/// and throws. Text meets fen here and nowhere else.</remarks>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    public static readonly Money Zero = new(0);

    public static Money operator +(Money a, Money b) => new(checked(a.Fen + b.Fen));
    public static Money operator -(Money a, Money b) => new(checked(a.Fen - b.Fen));
    public static Money operator -(Money a) => new(checked(-a.Fen));
    public static bool operator <(Money a, Money b) => a.Fen < b.Fen;
    public static bool operator >(Money a, Money b) => a.Fen > b.Fen;
    public static bool operator <=(Money a, Money b) => a.Fen <= b.Fen;
    public static bool operator >=(Money a, Money b) => a.Fen >= b.Fen;

    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>Rate × quantity ÷ per, rounded half away from zero
    /// to the fen: what a share of a wage comes to.</summary>
    public static Money Share(Money rate, long quantity, long per)
    {
        var product = checked((Int128)rate.Fen * quantity);
        var half = per / 2;
        var rounded = product >= 0 ? (product + half) / per : (product - half) / per;
        return new(checked((long)rounded));
    }

    /// <summary>Yuan with two decimals, no grouping: "1234.50". This is the form of bank files.</summary>
    public string ToYuan()
    {
        var absolute = Fen < 0 ? (ulong)-(Int128)Fen : (ulong)Fen;
        var sign = Fen < 0 ? "-" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{absolute / 100}.{absolute % 100:00}");
    }

    public override string ToString() => ToYuan();

    /// <summary>Reads yuan as written in sheets and bank files: "1234.5",
    /// ".01", "1,234.50", "-3". At most two decimals.</summary>
    public static MoneyText ParseYuan(ReadOnlySpan<char> text, out Money value)
    {
        value = Zero;
        text = text.Trim();
        var negative = text.Length > 0 && text[0] == '-';
        if (negative || (text.Length > 0 && text[0] == '+')) text = text[1..];
        if (text.IsEmpty) return MoneyText.NotANumber;
        long whole = 0, fraction = 0;
        int decimals = -1, digits = 0;
        foreach (var c in text)
        {
            if (c == '.' && decimals < 0) { decimals = 0; continue; }
            if (c == ',' && decimals < 0 && digits > 0) continue;
            if (c is < '0' or > '9') return MoneyText.NotANumber;
            digits++;
            if (decimals >= 0)
            {
                decimals++;
                if (decimals <= 2) fraction = fraction * 10 + (c - '0');
                else if (c != '0') return MoneyText.TooManyDecimals;
            }
            else if (whole > 9_000_000_000_000_000) return MoneyText.TooLarge;
            else whole = whole * 10 + (c - '0');
        }
        if (digits == 0) return MoneyText.NotANumber;
        if (whole > 90_000_000_000_000_000) return MoneyText.TooLarge;
        if (decimals == 1) fraction *= 10;
        var fen = whole * 100 + fraction;
        value = new(negative ? -fen : fen);
        return MoneyText.Valid;
    }
}

/// <summary>How a text stands to an amount.</summary>
public enum MoneyText { Valid, NotANumber, TooManyDecimals, TooLarge }

using System.Globalization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Codecs.Swift;

/// <summary>Decodes "mt940", account statements of SWIFT (MT940, and MT950 without :86:): opening balance :60F: or
/// :60M:, entries :61: with what :86: says of them, closing balance :62F: or :62M:; and interim reports (MT942), whose
/// count and sum of entries stand in :90D: and :90C:. Layout: specs/bank-mt940.md.</summary>
/// <remarks>A page of a statement (60M, 62M) is one of its own: balances chain from page to page. An interim report is
/// told as one: its entries are evidence, the statement books them. The closing balance stands behind the entries it
/// must agree with and is told before them, so the message is read twice; one that cannot be read again is held.
/// </remarks>
public sealed class Mt940Decoder : IMessageDecoder
{
    /// <summary>Name of the codec in a profile.</summary>
    public const string Name = "mt940";

    public void Decode(BankProfile profile, string name, Stream input, IMessageSink sink)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(sink);
        if (!input.CanSeek)
        {
            var held = new MemoryStream();
            input.CopyTo(held);
            held.Position = 0;
            input = held;
        }
        var start = input.Position;
        var charset = BankCharset.Named(profile.Statement.Charset);
        var heads = Heads(new SwiftFields(input, charset));
        input.Position = start;
        new Mt940Entries(new SwiftFields(input, charset), heads, profile, sink).Read();
    }

    /// <summary>The first reading: what each statement says of itself.</summary>
    private static List<Mt940Head> Heads(SwiftFields fields)
    {
        var heads = new List<Mt940Head>();
        while (fields.Read())
        {
            var last = heads.Count > 0 ? heads[^1] : null;
            if (Mt940Head.Begins(fields.Tag, last)) heads.Add(Mt940Head.After(last, fields));
            if (heads.Count > 0) heads[^1].Take(fields.Tag, fields.Value);
        }
        return heads;
    }
}

/// <summary>What a statement says of itself.</summary>
internal sealed class Mt940Head(long line, long offset)
{
    private readonly List<SwiftSum> _sums = [];
    private bool _hasReference, _isInterim;
    private string _floorCurrency = "";
    private bool _hasFloor;

    public long Line { get; } = line;
    public long Offset { get; } = offset;
    public string Account { get; private set; } = "";
    public string Number { get; private set; } = "";
    public SwiftBalance? Opening { get; private set; }
    public SwiftBalance? Closing { get; private set; }

    /// <summary>Whether a closing balance stood there, readable or not.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>MT942 has no balances; a statement that repeats its fields beside them stays one.</summary>
    public bool IsInterim => _isInterim && Opening is null && Closing is null;

    /// <summary>Count and sum of the debits (D) and credits (C), where :90D: and :90C: state them.</summary>
    public IReadOnlyList<SwiftSum> Sums => _sums;

    /// <summary>Whether :90D: and :90C: count just the entries listed: no floor limit leaves any out.</summary>
    public bool ListsAll => !_hasFloor;

    /// <summary>:20: begins a message; so does any field of one where none is open: some banks leave the rest out.
    /// </summary>
    public static bool Begins(string tag, Mt940Head? last) =>
        tag is "20"
        || (last is null or { IsClosed: true } && tag is ("25" or "28" or "28C" or "60F" or "60M" or "61"));

    /// <summary>The next one; what only repeats the balances is of the same account.</summary>
    public static Mt940Head After(Mt940Head? last, SwiftFields at) => new(at.Line, at.Offset)
    {
        Account = at.Tag is "60F" or "60M" ? last?.Account ?? "" : "",
        Number = at.Tag is "60F" or "60M" ? last?.Number ?? "" : "",
    };

    public void Take(string tag, string value)
    {
        switch (tag)
        {
            case "20": _hasReference = true; break;
            case "25" or "25P": Account = value.Split('\n')[0].Trim(); break;
            case "28" or "28C": Number = value.Split('\n')[0].Trim(); break;
            case "60F" or "60M": Opening ??= SwiftBalance.Of(value); break;
            case "62F" or "62M":
                // Also one that cannot be read ends the statement: what follows is not of it.
                if (!IsClosed) Closing = SwiftBalance.Of(value);
                IsClosed = true;
                break;
            case "13D": _isInterim = true; break;
            case "34F":
                _isInterim = true;
                var floor = value.Split('\n')[0].Trim();
                if (floor.Length >= 3) _floorCurrency = floor[..3];
                // "CNYD0," or "CNY0,": any other amount is a floor under which entries are counted and not listed.
                _hasFloor |= SwiftText.Amount(floor.AsSpan(Math.Min(3, floor.Length)).TrimStart("DC"))
                    is not { Fen: 0 };
                break;
            case "90D" or "90C":
                _isInterim = true;
                if (SwiftSum.Of(tag[2], value) is { } sum) _sums.Add(sum);
                break;
        }
    }

    /// <summary>Why nothing of it can be counted, or null.</summary>
    public (string Field, string Reason)? Refusal
    {
        get
        {
            // The entries have no currency of their own: it must stand somewhere.
            var stated = new[] { Opening?.Currency, Closing?.Currency, _floorCurrency }
                .Concat(Sums.Select(s => s.Currency)).Where(c => c is { Length: 3 }).ToList();
            var place = IsInterim ? ":34F:" : Opening is null ? ":62:" : ":60:";
            if (stated.Count == 0) return (place, "states no readable balance and no currency: nothing can be counted");
            return stated.Find(c => c != "CNY") is { } other ? (place, $"the account is in {other}, not in CNY") : null;
        }
    }

    /// <summary>What it lacks to be booked: it is read, and not taken for the account's books.</summary>
    public (string Field, string Reason)? Missing =>
        Account.Length == 0 ? (":25:", "a statement without its account cannot be booked")
        : IsInterim ? null
        : Opening is null ? (":60:", "a statement without a readable opening balance cannot be booked")
        : Closing is null ? (":62:", "a statement without a readable closing balance cannot be booked")
        : !_hasReference && Number.Length == 0 ? (":20:", "a statement without any number cannot be booked") : null;
}

/// <summary>How many debits or credits there are, and their sum.</summary>
internal readonly record struct SwiftSum(char Side, long Count, string Currency, Money Sum)
{
    /// <summary>Reads <c>3CNY1234,5</c>, or gives null.</summary>
    public static SwiftSum? Of(char side, string text)
    {
        text = text.Split('\n')[0].Trim();
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits is < 1 or > 9 || text.Length < digits + 4) return null;
        if (SwiftText.Amount(text.AsSpan(digits + 3)) is not { } sum) return null;
        var count = long.Parse(text.AsSpan(0, digits), CultureInfo.InvariantCulture);
        return new(side, count, text[digits..(digits + 3)], sum);
    }
}

/// <summary>A balance: sign, day, currency, amount.</summary>
internal readonly record struct SwiftBalance(LocalDate Day, string Currency, Money Amount)
{
    /// <summary>Reads <c>C260102CNY1234,56</c>, or gives null.</summary>
    public static SwiftBalance? Of(string text)
    {
        text = text.Split('\n')[0].Trim();
        if (text.Length < 11 || text[0] is not ('C' or 'D')) return null;
        if (SwiftText.Day(text.AsSpan(1, 6)) is not { } day) return null;
        if (SwiftText.Amount(text.AsSpan(10)) is not { } amount) return null;
        return new(day, text[7..10], text[0] is 'D' ? -amount : amount);
    }
}

using Disbursement.BankAdapters.Codecs.Iso20022;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Codecs.Swift;

/// <summary>The second reading: tells each statement, then its entries, and compares what they come to.</summary>
internal sealed class Mt940Entries(SwiftFields fields, IReadOnlyList<Mt940Head> heads, BankProfile profile,
    IMessageSink sink)
{
    // What the bank calls a wage, a fee, a refund: option kinds, "NCHG=FEE,NRTI=REFUND"; any other as it is written.
    private readonly Dictionary<string, string> _kinds = profile.Statement.Option("kinds", "").Split(',')
        .Select(pair => pair.Split('=')).Where(pair => pair.Length == 2).DistinctBy(pair => pair[0])
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);

    private int _next;
    private Mt940Head? _head;
    private bool _isUsable, _isComplete;
    private Int128 _sum;
    private (long Count, Int128 Fen) _debits, _credits;
    private SwiftEntry? _entry;

    public void Read()
    {
        while (fields.Read())
        {
            if (_next < heads.Count && fields.Offset >= heads[_next].Offset) Begin(heads[_next++]);
            if (fields.Tag is SwiftFields.TooLong)
            {
                Give();
                Break();
            }
            if (!_isUsable) continue;
            if (fields.Tag is not "86") Give();
            if (fields.Tag is "61") Entry();
            else if (fields.Tag is "86" && _entry is { } entry) _entry = entry with { Information = fields.Value };
            else if (fields.Tag is "62F" or "62M") Close();
        }
        Finish();
        if (heads.Count == 0) Refuse(1, ":20:", 0, "", "the message is no MT940");
    }

    private void Begin(Mt940Head head)
    {
        Finish();
        (_head, _sum, _isComplete) = (head, 0, true);
        _debits = _credits = default;
        var refusal = head.Refusal;
        _isUsable = refusal is null;
        if ((refusal ?? head.Missing) is { } why)
            Refuse(head.Line, why.Field, head.Offset, head.Number, why.Reason);
        if (!_isUsable) return;
        sink.Statement(new StatementHead(head.Account, head.Number, head.Opening?.Day, head.Closing?.Day,
            head.Opening?.Amount, head.Closing?.Amount,
            head.IsInterim ? StatementKind.Interim : StatementKind.Statement));
    }

    /// <summary>Gives the last entry, and compares what an interim report states of its entries.</summary>
    private void Finish()
    {
        Give();
        if (!_isUsable || _head is not { IsInterim: true } head || !_isComplete) return;
        foreach (var stated in head.Sums)
        {
            var (count, sum) = stated.Side == 'D' ? _debits : _credits;
            if (head.ListsAll ? stated.Count != count || stated.Sum.Fen != sum
                : count > stated.Count || sum > stated.Sum.Fen)
                Refuse(head.Line, $":90{stated.Side}:", head.Offset, $"{stated.Count} {stated.Sum}",
                    $"the entries are {count} and come to {sum} fen");
        }
    }

    private void Entry()
    {
        _entry = SwiftEntry.Of(fields.Value, fields.Line);
        if (_entry is not null) return;
        _isComplete = false;
        Refuse(fields.Line, ":61:", fields.Offset, fields.Value.Split('\n')[0], "is no entry");
    }

    /// <summary>A line too long to be read may have been an entry: the sum is then not theirs alone.</summary>
    private void Break()
    {
        _isComplete = false;
        Refuse(fields.Line, "行", fields.Offset, "", "the line is too long");
    }

    /// <summary>Gives the entry read before, now that what :86: says of it is known.</summary>
    private void Give()
    {
        if (_entry is not { } entry) return;
        _entry = null;
        _sum += entry.Amount.Fen;
        if (entry.Amount.Fen < 0) _debits = (_debits.Count + 1, _debits.Fen - entry.Amount.Fen);
        else _credits = (_credits.Count + 1, _credits.Fen + entry.Amount.Fen);
        var party = SwiftParty.Of(entry.Information);
        // NONREF stands where the payer gave none; ours is the file's, with the row's digits where it is per row.
        var reference = References.Given(entry.Reference);
        sink.Entry(new StatementEntry(entry.Line, entry.BankReference, entry.BookedOn, entry.Amount, party.Name,
            party.Account, References.File(reference, profile.Limits.BatchReferenceWidth), party.Purpose,
            _kinds.GetValueOrDefault(entry.Kind, entry.Kind)));
    }

    private void Close()
    {
        _isUsable = false;
        if (_head is not { Opening.Amount: var opening, Closing.Amount: var closing } || !_isComplete) return;
        if (opening.Fen + _sum != closing.Fen)
            Refuse(fields.Line, ":62:", fields.Offset, closing.ToYuan(),
                $"closes at {closing}, its opening balance and entries come to {opening.Fen + _sum} fen");
    }

    private void Refuse(long line, string field, long offset, string value, string reason) =>
        sink.Error(new LocatedError(Math.Max(line, 1), field, offset, value.Length > 80 ? value[..80] : value, reason));
}

/// <summary>One :61: line: value day, booking day, sign, amount, kind, references.</summary>
internal sealed record SwiftEntry(long Line, LocalDate BookedOn, Money Amount, string Kind, string Reference,
    string BankReference, string Information)
{
    /// <summary>Reads <c>2601020102CR1234,5NTRFREFERENCE//BANKREF</c>, or gives null. The booking day may be left out
    /// or blank; RC and RD take back, so a reversed credit is a debit.</summary>
    public static SwiftEntry? Of(string value, long line)
    {
        var lines = value.Split('\n', 2);
        var text = lines[0];
        if (text.Length < 12 || SwiftText.Day(text.AsSpan(0, 6)) is not { } valueDay) return null;
        var at = 6;
        var bookedOn = valueDay;
        if (text.AsSpan(at, 4).Trim().IsEmpty) at += 4;
        else if (char.IsAsciiDigit(text[at]))
        {
            if (SwiftText.BookedOn(text.AsSpan(at, 4), valueDay) is not { } day) return null;
            (bookedOn, at) = (day, at + 4);
        }
        var reversed = text[at] == 'R';
        if (reversed) at++;
        if (at >= text.Length || text[at] is not ('C' or 'D')) return null;
        var credit = text[at++] == 'C' != reversed;
        if (at < text.Length && char.IsAsciiLetterUpper(text[at])) at++; // third letter of the currency
        var end = at;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == ',')) end++;
        if (SwiftText.Amount(text.AsSpan(at, end - at)) is not { } amount || end + 4 > text.Length) return null;
        var references = text[(end + 4)..].Split("//", 2);
        return new(line, bookedOn, credit ? amount : -amount, text[end..(end + 4)], references[0].Trim(),
            references.Length > 1 ? references[1].Trim() : "", "");
    }
}

/// <summary>Who and what, of :86:. SWIFT leaves it free: codes behind '?' (DTA) and words between '/' are known ways.
/// </summary>
internal readonly record struct SwiftParty(string Name, string Account, string Purpose)
{
    public static SwiftParty Of(string information)
    {
        var text = information.Replace("\n", "", StringComparison.Ordinal);
        if (text.Contains("?20", StringComparison.Ordinal) || text.Contains("?32", StringComparison.Ordinal))
            return Coded(text);
        if (Word(text, "NAME") is { Length: > 0 } name)
            return new(name, Word(text, "IBAN") ?? Word(text, "ACCT") ?? "", Word(text, "REMI") ?? text);
        return new("", "", text.Trim());
    }

    private static SwiftParty Coded(string text)
    {
        var (name, account, purpose) = ("", "", "");
        foreach (var part in text.Split('?').Skip(1))
        {
            if (part.Length < 2) continue;
            var value = part[2..];
            if (part[0] == '3' && part[1] is ('2' or '3')) name += value;
            else if (part.StartsWith("31", StringComparison.Ordinal)) account = value;
            else if (part[0] is '2' or '6' && char.IsAsciiDigit(part[1])) purpose += value;
        }
        return new(name.Trim(), account.Trim(), purpose.Trim());
    }

    /// <summary>What stands behind /WORD/ up to the next such word.</summary>
    private static string? Word(string text, string word)
    {
        var at = text.IndexOf($"/{word}/", StringComparison.Ordinal);
        if (at < 0) return null;
        var rest = text[(at + word.Length + 2)..];
        for (var i = 0; i + 5 < rest.Length; i++)
            if (rest[i] == '/' && rest[i + 5] == '/' && rest.AsSpan(i + 1, 4).IndexOfAnyExceptInRange('A', 'Z') < 0)
                return rest[..i].Trim();
        return rest.Trim();
    }
}

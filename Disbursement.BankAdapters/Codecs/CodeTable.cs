using System.Collections.Frozen;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs;

/// <summary>A profile's code map, looked up by the bank's bytes. A word the profile does not know is Doubtful: it is
/// stored with its text and changes nothing, because money may have moved; and it is told as unknown.</summary>
internal sealed class CodeTable
{
    private const int LongestMatch = 128;
    private readonly FrozenDictionary<string, CodeMapping>.AlternateLookup<ReadOnlySpan<char>> _codes;
    private readonly BankCharset _charset;

    public CodeTable(BankProfile profile, BankCharset charset)
    {
        _charset = charset;
        _codes = profile.Codes.DistinctBy(code => code.Match)
            .ToFrozenDictionary(code => code.Match, StringComparer.Ordinal)
            .GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The mapping of that code or text, or null.</summary>
    public CodeMapping? Find(ReadOnlySpan<byte> code)
    {
        if (code.IsEmpty || code.Length > LongestMatch) return null;
        Span<char> text = stackalloc char[LongestMatch];
        var length = _charset.Decode(code, text);
        return length > 0 && _codes.TryGetValue(text[..length], out var mapping) ? mapping : null;
    }

    public CodeMapping? Find(string code) => _codes.TryGetValue(code, out var mapping) ? mapping : null;

    /// <summary>What a line tells of a status that the profile does not know: the element's name without spaces, a
    /// space, the bank's text. Empty where the status is known, or there is none.</summary>
    public static string Unknown(CodeMapping? status, string element, string text) =>
        status is not null || text.Length == 0 ? "" : $"{element.Replace(' ', '_')} {text}";

    /// <summary>The status says what happened, the detail why. A doubtful detail makes
    /// the whole line doubtful, and a rejection whose detail is a return (退票) is a
    /// return: both hold the money state open or dead as the bank means it.</summary>
    public static (LineWord Word, ReturnReason Reason) Join(CodeMapping? status, CodeMapping? detail)
    {
        var word = status?.Word ?? LineWord.Doubtful;
        if (detail?.Word is LineWord.Doubtful && word is not LineWord.Settled) word = LineWord.Doubtful;
        if (word is LineWord.Rejected && detail?.Word is LineWord.Returned) word = LineWord.Returned;
        if (word is LineWord.Settled or LineWord.Pending) return (word, ReturnReason.None);
        var reason = detail?.Reason ?? status?.Reason ?? ReturnReason.None;
        return (word, reason is ReturnReason.None ? ReturnReason.Other : reason);
    }
}

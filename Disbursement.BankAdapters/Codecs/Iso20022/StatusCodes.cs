using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>What the status codes of ISO 20022's external code sets
/// say, and what a profile's code list says of reasons.</summary>
/// <remarks>A profile may map a status itself (a bank whose last word
/// is ACSP); its word then stands above the standard's.</remarks>
internal sealed class StatusCodes
{
    private readonly Dictionary<string, CodeMapping> _profile = new(StringComparer.Ordinal);

    public StatusCodes(BankProfile profile)
    {
        foreach (var code in profile.Codes) _profile.TryAdd(code.Match, code);
    }

    /// <summary>ExternalPaymentGroupStatus1Code → word about the
    /// file. PART accepts the file: its lines say the rest.</summary>
    public static FileWord OfFile(string status) => status switch
    {
        "" => FileWord.None,
        "RCVD" or "PDNG" or "PATC" => FileWord.Pending,
        "ACTC" or "ACCP" or "ACFC" or "ACWC" or "ACSP" or "ACSC" or "ACCC" or "PART" => FileWord.Accepted,
        "RJCT" => FileWord.Refused,
        _ => FileWord.Doubtful,
    };

    /// <summary>Word and reason of a line. A rejection takes the word its
    /// reason is mapped to: "duplicate" may mean paid before.</summary>
    public (LineWord Word, ReturnReason Reason, string Text) OfLine(string status, string reasonCode)
    {
        var reason = reasonCode.Length == 0 ? null : _profile.GetValueOrDefault(reasonCode);
        var word = _profile.TryGetValue(status, out var own) ? own.Word : Standard(status);
        if (word == LineWord.Rejected && reason is not null) word = reason.Word;
        if (word is LineWord.Settled or LineWord.Pending) return (word, ReturnReason.None, "");
        return (word, reason?.Reason ?? ReturnReason.Other, reason?.Text ?? "");
    }

    /// <summary>Whether profile or standard knows that status, of a line or (PART) of a file. BLCK is known: the money
    /// is held, and what becomes of it is not said.</summary>
    public bool Knows(string status) => _profile.ContainsKey(status) || Standard(status) != LineWord.Doubtful
        || OfFile(status) != FileWord.Doubtful || status == "BLCK";

    /// <summary>Canonical reason of a code, Other where the profile does not know it.</summary>
    public ReturnReason ReasonOf(string reasonCode) =>
        _profile.TryGetValue(reasonCode, out var code) && code.Reason != ReturnReason.None
            ? code.Reason : ReturnReason.Other;

    /// <summary>Reason of a late return: the money was there and came back, whatever else is not known.</summary>
    public (ReturnReason Reason, string Text) OfReturn(string reasonCode) =>
        _profile.TryGetValue(reasonCode, out var code)
            ? (code.Reason, code.Text)
            : (ReturnReason.ReturnedAfterSuccess, "");

    /// <summary>ExternalPaymentTransactionStatus1Code → word about
    /// a line. Only a completed settlement is one.</summary>
    private static LineWord Standard(string status) => status switch
    {
        "ACSC" or "ACCC" => LineWord.Settled,
        "RCVD" or "PDNG" or "PATC" => LineWord.Pending,
        "ACTC" or "ACCP" or "ACFC" or "ACWC" or "ACSP" or "ACWP" or "ACPD" => LineWord.Pending,
        "RJCT" or "CANC" => LineWord.Rejected,
        _ => LineWord.Doubtful,
    };
}

using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Reasons;

/// <summary>
/// Reasons in Chinese. Codecs, envelopes, keys, transports and the sandbox bank tell why in short English phrases, and
/// ledgers keep those as they were told: a reason is said in another language when it is shown, never when it is
/// kept, so that a rebuild gives the rows there were. A test walks every phrase of the sources.
/// </summary>
public static partial class ReasonWords
{
    // One phrase on a line; where both languages do not fit on one, the Chinese stands on the next, behind "= ".
    private const string Between = " = ";

    // "is {0} bytes wide" takes any number; what a phrase quotes may itself be a reason ("not a key: no PEM block…").
    private static readonly IReadOnlyList<(string En, string Zh)> s_all = [.. new[]
        {
            CodecReasons.Files, CodecReasons.Trees, CodecReasons.Messages, SealReasons.Seals, SealReasons.Keys,
            TransportReasons.Links, ProfileReasons.Forms, SandboxReasons.Orders, LibraryReasons.Parsers,
            LibraryReasons.Systems, LibraryReasons.Servers, LedgerReasons.Exceptions, LedgerReasons.Logs,
            ProfileReasons.Checks,
        }
        .SelectMany(page => page.Replace("\n= ", Between, StringComparison.Ordinal).Split('\n'))
        .Select(line => line.Split(Between)).Select(pair => (pair[0], pair[1]))];

    private static readonly FrozenDictionary<string, string> s_plain = s_all.Where(p => !p.En.Contains('{'))
        .ToFrozenDictionary(p => p.En, p => p.Zh, StringComparer.Ordinal);

    // The more a phrase says of itself, the sooner it is asked.
    private static readonly IReadOnlyList<Phrase> s_open = [.. s_all.Where(p => p.En.Contains('{'))
        .Select(p => new Phrase(Form(p.En), Literal(p.En), p.Zh, Place().Replace(p.En, "").Length))
        .OrderByDescending(p => p.Said)];

    /// <summary>The reason in the language asked for; one that is not known here stays as it was told.</summary>
    public static string Of(string reason, bool chinese) => chinese ? Chinese(reason) : reason;

    /// <summary>The same of a reason behind the name of what it is about, such as "icbc-bxt: Connection refused".
    /// </summary>
    public static string Behind(string told, bool chinese) =>
        chinese && told.IndexOf(": ", StringComparison.Ordinal) is var cut and > 0
            ? told[..(cut + 2)] + Chinese(told[(cut + 2)..]) : told;

    /// <summary>Whether a phrase of the sources, with {0}, {1} where it quotes something, has Chinese words.</summary>
    public static bool Knows(string phrase) => Chinese(phrase) != phrase;

    private static string Chinese(string reason)
    {
        if (reason.Length == 0) return reason;
        if (s_plain.TryGetValue(reason, out var plain)) return plain;
        // Figures and names; and what has both languages in it already.
        if (!reason.Contains(' ') || reason.Contains(Bilingual.Between)) return reason;
        foreach (var phrase in s_open)
        {
            if (!reason.Contains(phrase.Literal, StringComparison.Ordinal)) continue;
            if (phrase.Form.Match(reason) is not { Success: true } match) continue;
            return Place().Replace(phrase.Zh, place =>
                Chinese(match.Groups[int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) + 1].Value));
        }
        return reason;
    }

    /// <summary>Numbers of the places rise from 0 in English, so that they are the numbers of the groups.</summary>
    private static Regex Form(string english) => new(
        "^" + Place().Replace(Regex.Escape(english).Replace(@"\{", "{", StringComparison.Ordinal), "(.*?)") + "$",
        RegexOptions.Singleline | RegexOptions.CultureInvariant);

    private static string Literal(string english) => Place().Split(english).Where((_, i) => i % 2 == 0)
        .MaxBy(piece => piece.Length)!;

    private sealed record Phrase(Regex Form, string Literal, string Zh, int Said);

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Place();
}

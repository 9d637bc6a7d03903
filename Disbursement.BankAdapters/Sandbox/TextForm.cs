using System.Globalization;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>How a bank's text file is written, in the sandbox's own notation: a pattern per kind of line, its cells
/// between separators as in the file, e.g. <c>row|payer|acct|name|yuan|</c>.</summary>
/// <remarks>Words of a pattern: <c>row</c> serial of the row, <c>ref</c> file reference, <c>both</c> file reference
/// with eight digits of the row behind it, <c>acct</c>, <c>name</c>, <c>yuan</c> and <c>fen</c> amounts, <c>payer</c>,
/// <c>payer-name</c>, <c>use</c>, <c>bank</c> and <c>bank-name</c> of the payee, <c>remark</c>,
/// <c>count</c>, <c>sum-yuan</c>, <c>sum-fen</c>, <c>_</c> anything, and
/// <c>=text</c> exactly that. With widths each word has its bytes behind a colon: <c>acct:19</c>.</remarks>
/// <param name="Lines">Patterns, tried in order. Those with an account are rows.</param>
/// <param name="Separator">What stands between cells; one blank where cells have widths.</param>
/// <param name="Skips">Beginnings of lines that say nothing to the bank.</param>
/// <param name="Quoted">Cells may stand in double quotes.</param>
public sealed record TextForm(IReadOnlyList<string> Lines, string Separator = "|", IReadOnlyList<string>? Skips = null,
    bool Quoted = false, bool HasWidths = false)
{
    /// <summary>Whether the file says which account pays.</summary>
    public bool NamesPayer { get; } = Lines.Select(line => Words(line, Separator)).Any(Heads)
        || Lines.Select(line => Words(line, Separator)).Where(w => w.Contains("acct")).All(w => w.Contains("payer"));

    private static bool Heads(IReadOnlyList<string> words) => words.Contains("payer") && !words.Contains("acct");

    /// <summary>Whether the file states a total.</summary>
    public bool HasTotals { get; } = Lines.Any(line => Words(line, Separator).Any(w => w is "sum-yuan" or "sum-fen"));

    /// <summary>The words of a pattern without their widths.</summary>
    public static IReadOnlyList<string> Words(string line, string separator) =>
        [.. line.Split(separator).Select(word => word.StartsWith('=') ? word : word.Split(':')[0])];

    /// <summary>The widths of a pattern in bytes.</summary>
    public static IReadOnlyList<int> Widths(string line) =>
        [.. line.Split(' ').Select(word => int.Parse(word.Split(':')[1], CultureInfo.InvariantCulture))];
}

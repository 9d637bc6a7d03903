namespace Disbursement.BankAdapters.Codecs;

/// <summary>The name a bank gives a message: <c>{reference}-{what}-{n}.{ext}</c>, what = status, result,
/// returns or cards. Some forms carry our file reference nowhere else (option <c>referenceFrom</c> = name).</summary>
internal readonly record struct MessageName(string? Reference, string What)
{
    /// <summary>Whether it answers card applications.</summary>
    public bool IsCards => What == "cards";

    public static MessageName Of(string name)
    {
        var file = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var parts = file.Split('.', 2)[0].Split('-');
        var isReference = parts[0].Length > 0 && parts[0].All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));
        return new(isReference ? parts[0] : null, parts.Length > 1 ? parts[1] : "");
    }
}

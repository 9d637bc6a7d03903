namespace Disbursement.BankAdapters.Codecs;

/// <summary>The name a bank gives a message: <c>{reference}-{what}-{n}.{ext}</c>, what = status, result or returns.
/// Some forms carry our file reference nowhere else (profile option <c>referenceFrom</c> = name).</summary>
internal readonly record struct MessageName(string? Reference, string What)
{
    public static MessageName Of(string name)
    {
        var file = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var parts = file.Split('.', 2)[0].Split('-');
        var reference = parts[0].Length > 0 && parts[0].All(c => c is (>= '0' and <= '9') or (>= 'A' and <= 'Z')) ? parts[0] : null;
        return new(reference, parts.Length > 1 ? parts[1] : "");
    }
}

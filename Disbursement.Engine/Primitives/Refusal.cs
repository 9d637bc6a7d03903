namespace Disbursement.Engine.Primitives;

/// <summary>How hard a rule bites: a refusal stops the command; a finding
/// is recorded and seen by the regulator; a warning only tells.</summary>
public enum Severity { Refusal, Finding, Warning }

/// <summary>One entry of the ordered catalogue: a stable code,
/// what is wrong and what to do, in Chinese and English.</summary>
/// <remarks>Texts may hold {0}, {1} … for the arguments of a <see cref="Finding"/>.</remarks>
public sealed record RefusalRule(string Code, Severity Severity, string Zh, string En, string DoZh, string DoEn);

/// <summary>Where a value stands: the file as the user named it, its row
/// (1 is the first line) and column heading, the value as read.</summary>
public sealed record Place(string File, long Row, string Column, string Value)
{
    public static readonly Place Nowhere = new("", 0, "", "");
    public static Place Of(string column, string value) => new("", 0, column, value);
}

/// <summary>A rule broken at a place.</summary>
public sealed record Finding(RefusalRule Rule, Place At, params string[] Arguments)
{
    public string Text(bool chinese) => Fill(chinese ? Rule.Zh : Rule.En, chinese);
    public string Advice(bool chinese) => Fill(chinese ? Rule.DoZh : Rule.DoEn, chinese);

    private string Fill(string pattern, bool chinese)
    {
        for (var i = 0; i < Arguments.Length; i++)
            pattern = pattern.Replace($"{{{i}}}", Bilingual.Said(Arguments[i], chinese), StringComparison.Ordinal);
        return pattern;
    }
}

/// <summary>An argument of a finding that is a word of ours and not the user's: it is said in the language of the text
/// around it.</summary>
public static class Bilingual
{
    /// <summary>A unit separator: no name, number or path has one.</summary>
    public const char Between = '\u001F';

    public static string Of(string zh, string en) => zh + Between + en;

    /// <summary>The words in one language; an argument that is the user's stays as it is.</summary>
    public static string Said(string argument, bool chinese) => argument.IndexOf(Between) is var cut and >= 0
        ? chinese ? argument[..cut] : argument[(cut + 1)..]
        : argument;
}

/// <summary>What a decider answers: the accepted value with its findings, or
/// every refusal at once. Never an exception for expected trouble.</summary>
public sealed class Decision<T>
{
    private readonly T? _value;

    private Decision(T? value, bool accepted, IReadOnlyList<Finding> findings)
    {
        _value = value;
        Accepted = accepted;
        Findings = findings;
    }

    public bool Accepted { get; }
    public IReadOnlyList<Finding> Findings { get; }
    public T Value => Accepted ? _value! : throw new DefectException("the value of a refused decision was read");

    public static Decision<T> Accept(T value, IReadOnlyList<Finding>? findings = null) =>
        new(value, true, findings ?? []);
    public static Decision<T> Refuse(IReadOnlyList<Finding> findings) => findings.Count > 0
        ? new(default, false, findings)
        : throw new DefectException("a refusal without a finding");
    public static Decision<T> Refuse(RefusalRule rule, Place at, params string[] arguments) =>
        Refuse([new Finding(rule, at, arguments)]);
}

/// <summary>An invariant broke. Rolls back, stops the pumps, calls a person; never caught on the way.</summary>
public sealed class DefectException(string message) : Exception(message);

/// <summary>What must hold here whatever the input was.</summary>
public static class Invariant
{
    public static void Holds(bool condition, string sentence)
    {
        if (!condition) throw new DefectException(sentence);
    }
}

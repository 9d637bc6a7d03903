using System.Runtime.CompilerServices;
using System.Text;

namespace Disbursement.Tests.Cli;

/// <summary>
/// Standard output and standard error of one flow of control. The console belongs to the whole process; tests run side
/// by side, so each flow that asks for a tap gets its own words and leaves the others theirs.
/// </summary>
internal sealed class ConsoleTap : TextWriter
{
    private static readonly AsyncLocal<ConsoleTaken?> Current = new();
    private readonly TextWriter _behind;
    private readonly bool _errors;

    private ConsoleTap(TextWriter behind, bool errors) => (_behind, _errors) = (behind, errors);

    public override Encoding Encoding => _behind.Encoding;

    public override void Write(char value) => Write(value.ToString());
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));
    public override void WriteLine() => Write("\n");
    public override void WriteLine(string? value) => Write(value + "\n");
    public override void Flush() => _behind.Flush();

    public override void Write(string? value)
    {
        if (Current.Value is { } taken) taken.Add(value ?? "", _errors);
        else _behind.Write(value);
    }

    /// <summary>Before anything writes, so that no part of the process keeps the untapped console.</summary>
    [ModuleInitializer]
    internal static void Install()
    {
        Console.SetOut(new ConsoleTap(Console.Out, errors: false));
        Console.SetError(new ConsoleTap(Console.Error, errors: true));
    }

    /// <summary>What the act says: in order as a user at a terminal sees it, and standard output alone.</summary>
    public static ConsoleTaken Take(Func<int> act)
    {
        var taken = new ConsoleTaken();
        Current.Value = taken;
        try
        {
            taken.Status = act();
            return taken;
        }
        finally
        {
            Current.Value = null;
        }
    }
}

/// <summary>What one act said, and its exit status.</summary>
internal sealed class ConsoleTaken
{
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _seen = new();

    public int Status { get; set; }

    /// <summary>Both streams, in the order written.</summary>
    public string Seen => _seen.ToString();
    public string Output => _output.ToString();

    public void Add(string text, bool error)
    {
        if (!error) _output.Append(text);
        _seen.Append(text);
    }
}

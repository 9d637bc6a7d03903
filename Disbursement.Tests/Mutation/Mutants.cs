using System.Runtime.CompilerServices;

namespace Disbursement.Tests.Mutation;

/// <summary>What a copy of the Engine with all its mutants in it asks at each of their places: which one is live.
/// </summary>
public static class Mutants
{
    private static bool[] s_reached = [];
    private static long s_asked;
    private static int s_live;

    /// <summary>How often the places have been asked since the last test began.</summary>
    public static long Asked => Interlocked.Read(ref s_asked);

    /// <summary>After how many questions a test that goes on for ever is ended; the same on every machine.</summary>
    public static long Most { get; set; } = long.MaxValue;

    /// <summary>Called by the copy. True where it is to do the wrong thing.</summary>
    public static bool Is(int mutant)
    {
        // Any loop and any recursion asks: neither goes on for ever.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (Interlocked.Increment(ref s_asked) > Most) throw new EndlessException();
        if (mutant < s_reached.Length) s_reached[mutant] = true;
        return mutant == s_live;
    }

    /// <summary>From now on this mutant is live; -1 for none.</summary>
    public static void Live(int mutant, long most)
    {
        (s_live, Most) = (mutant, most);
        Interlocked.Exchange(ref s_asked, 0);
    }

    /// <summary>Which of so many are passed by what runs until the next call.</summary>
    public static bool[] Watch(int count)
    {
        var reached = s_reached;
        s_reached = new bool[count];
        return reached;
    }
}

/// <summary>A test under a mutant asked far more often than without it.</summary>
public sealed class EndlessException : Exception;

namespace Disbursement.Host.Fuzz;

/// <summary>How often each edge was taken, one block of code to the next. An instrumented copy calls <see cref="Hit"/>
/// at the begin of every block; nothing else does. One input at a time.</summary>
/// <remarks>As AFL counts them: an edge is the block's number and half of the one before, so that a → b is another
/// than b → a, and a → a none of a block that is never left.</remarks>
public static class EdgeMap
{
    /// <summary>Blocks and edges that are told apart. Of the two thousand edges that a decoder's inputs take, some
    /// eight share a place with another: who counts them counts that many too few.</summary>
    public const int Size = 1 << 18;

    private static readonly byte[] s_counts = new byte[Size];
    private static readonly int[] s_taken = new int[Size];
    private static int s_edges, s_previous;

    /// <summary>The edges taken since <see cref="Clear"/>, in the order they were first taken.</summary>
    public static ReadOnlySpan<int> Taken => s_taken.AsSpan(0, s_edges);

    /// <summary>How often an edge was taken since then, 255 at most.</summary>
    public static byte Times(int edge) => s_counts[edge];

    /// <summary>A block begins.</summary>
    /// <param name="block">From 0 to below <see cref="Size"/>.</param>
    public static void Hit(int block)
    {
        var edge = block ^ s_previous;
        ref var count = ref s_counts[edge];
        if (count == 0) s_taken[s_edges++] = edge;
        if (count < byte.MaxValue) count++;
        s_previous = block >> 1;
    }

    public static void Clear()
    {
        foreach (var edge in Taken) s_counts[edge] = 0;
        (s_edges, s_previous) = (0, 0);
    }
}

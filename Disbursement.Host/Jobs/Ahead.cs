namespace Disbursement.Host.Jobs;

/// <summary>
/// Works one item ahead of its consumer, on another thread: encoding, signing and decoding need a core and no lock, a
/// commit waits for the disk. Order stays; at most one answer waits.
/// </summary>
internal static class Ahead
{
    public static IEnumerable<(T Item, TAnswer Answer)> Of<T, TAnswer>(IReadOnlyList<T> items, Func<T, TAnswer> work)
    {
        Task<TAnswer>? next = null;
        try
        {
            for (var i = 0; i < items.Count; i++)
            {
                var answer = (next ?? Begin(items[i], work)).GetAwaiter().GetResult();
                next = i + 1 < items.Count ? Begin(items[i + 1], work) : null;
                yield return (items[i], answer);
            }
        }
        finally
        {
            // Whoever stops early still waits: the work reads a database that may be closed next.
            if (next is not null) Task.WaitAny(next);
        }
    }

    private static Task<TAnswer> Begin<T, TAnswer>(T item, Func<T, TAnswer> work) => Task.Run(() => work(item));
}

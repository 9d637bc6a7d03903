namespace Disbursement.Host.Jobs;

/// <summary>
/// Works one item ahead of its consumer, on another thread: encoding, signing and decoding need a core and no lock, a
/// commit waits for the disk. Order stays; at most one answer waits. The first is worked where it is waited for.
/// </summary>
internal static class Ahead
{
    /// <param name="inTurn">Everything on the consumer's thread, each item when it is asked for.</param>
    public static IEnumerable<(T Item, TAnswer Answer)> Of<T, TAnswer>(IEnumerable<T> items, Func<T, TAnswer> work,
        bool inTurn) => inTurn ? items.Select(i => (i, work(i))) : Beside(items, work);

    private static IEnumerable<(T, TAnswer)> Beside<T, TAnswer>(IEnumerable<T> items, Func<T, TAnswer> work)
    {
        using var rest = items.GetEnumerator();
        if (!rest.MoveNext()) yield break;
        var done = (rest.Current, work(rest.Current));
        var next = Begin(rest, work);
        try
        {
            yield return done;
            while (next is not null)
            {
                done = next.GetAwaiter().GetResult();
                next = null;
                next = Begin(rest, work);
                yield return done;
            }
        }
        finally
        {
            // Whoever stops early still waits: the work reads a database that may be closed next.
            if (next is not null) Task.WaitAny(next);
        }
    }

    private static Task<(T, TAnswer)>? Begin<T, TAnswer>(IEnumerator<T> rest, Func<T, TAnswer> work)
    {
        if (!rest.MoveNext()) return null;
        var item = rest.Current;
        return Task.Run(() => (item, work(item)));
    }
}

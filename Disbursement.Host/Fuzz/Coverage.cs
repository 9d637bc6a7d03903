using System.Numerics;

namespace Disbursement.Host.Fuzz;

/// <summary>Edges that a run's inputs took.</summary>
/// <param name="OfSeeds">By the seeds as they are.</param>
/// <param name="All">By seeds, corpus and every input.</param>
/// <param name="Kept">Inputs that took an edge, or took one so often, as none before.</param>
public sealed record FuzzEdges(int OfSeeds, int All, int Kept);

/// <summary>What the inputs of a run reached, and those worth going on from.</summary>
/// <param name="isGuiding">Whether inputs are made from those that reached something new, or from seeds only.</param>
public sealed class Coverage(bool isGuiding)
{
    /// <summary>A longer input costs more time than it is likely to bring.</summary>
    private const int MostBytes = 64 * 1024;

    private const long MostBytesKept = 64L * 1024 * 1024;

    /// <summary>Of a hundred inputs: below it the next ones are made of what got past its head. Above the 30 that are
    /// asked of a run, for a change may break the head of any.</summary>
    private const int LeastPastPercent = 40;

    /// <summary>For each edge the classes of counts that were seen: a loop run once is other than one run ten times,
    /// one run 40 times is not other than one run 41 times.</summary>
    private readonly byte[] _seen = new byte[EdgeMap.Size];
    private readonly List<(FuzzInput Input, bool IsPast)> _pool = [];

    /// <summary>Of the pool those that were read beyond their head.</summary>
    private readonly List<(FuzzInput Input, bool IsPast)> _past = [];

    private int _seeds, _edges, _edgesOfSeeds, _inputs, _inputsPast;
    private long _bytes;

    public FuzzEdges Edges => new(_edgesOfSeeds, _edges, _pool.Count - _seeds);

    /// <summary>From here to <see cref="Take"/> edges are those of one input.</summary>
    public static void Begin() => EdgeMap.Clear();

    /// <summary>Keeps the input that was read since, if it reached something new.</summary>
    /// <param name="isPast">Whether it was read beyond its head.</param>
    public void Take(FuzzInput input, bool isPast)
    {
        ArgumentNullException.ThrowIfNull(input);
        _inputs++;
        if (isPast) _inputsPast++;
        if (!IsNew() || input.Bytes.Length > MostBytes || _bytes > MostBytesKept) return;
        _bytes += input.Bytes.Length;
        _pool.Add((input, isPast));
        if (isPast) _past.Add((input, isPast));
    }

    /// <summary>A seed is gone on from whatever it reached.</summary>
    public void TakeSeed(FuzzInput seed)
    {
        IsNew();
        _pool.Add((seed, true));
        _past.Add((seed, true));
        (_seeds, _edgesOfSeeds) = (_pool.Count, _edges);
    }

    /// <summary>Whether inputs are made of what was found, and not of seeds only.</summary>
    internal bool IsGuiding => isGuiding;

    /// <summary>What the next input is made from.</summary>
    internal FuzzInput Source(Chance chance)
    {
        if (!isGuiding || _pool.Count == _seeds || chance.OneIn(4)) return _pool[chance.Below(_seeds)].Input;
        // What is refused at its head is new in many ways and soon most of what is kept: while too few get past it,
        // none of that is gone on from.
        var pool = _inputsPast * 100L < _inputs * LeastPastPercent ? _past : _pool;
        // The newest quarter half of the time: what is deep was reached last.
        var from = chance.OneIn(2) ? 0 : pool.Count - Math.Max(1, pool.Count / 4);
        var (one, other) = (Any(), Any());
        // Behind a broken head there is nothing to reach; and a shorter input is read faster.
        if (one.IsPast != other.IsPast) return one.IsPast ? one.Input : other.Input;
        return one.Input.Bytes.Length <= other.Input.Bytes.Length ? one.Input : other.Input;

        (FuzzInput Input, bool IsPast) Any() => pool[from + chance.Below(pool.Count - from)];
    }

    private bool IsNew()
    {
        var isNew = false;
        foreach (var edge in EdgeMap.Taken)
        {
            var times = Class(EdgeMap.Times(edge));
            if ((_seen[edge] & times) != 0) continue;
            if (_seen[edge] == 0) _edges++;
            _seen[edge] |= times;
            isNew = true;
        }
        return isNew;
    }

    /// <summary>1, 2, 3, 4 to 7, 8 to 15, 16 to 31, 32 to 127, more: a bit each, as AFL has them.</summary>
    private static byte Class(byte count) => count switch
    {
        < 4 => (byte)(1 << (count - 1)),
        < 32 => (byte)(1 << (1 + BitOperations.Log2(count))),
        < 128 => 1 << 6,
        _ => 1 << 7,
    };
}

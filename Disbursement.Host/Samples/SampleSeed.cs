namespace Disbursement.Host.Samples;

/// <summary>A stream of numbers that one seed decides for ever (SplitMix64), so that sample files never change by
/// themselves.</summary>
public sealed class SampleSeed(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }

    /// <summary>A number from 0 up to, and without, the bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    /// <summary>A number from the first to the last, both among them.</summary>
    public int Between(int first, int last) => first + Below(last - first + 1);

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    public string Digits(int count) => string.Create(count, this, (text, seed) =>
    {
        for (var i = 0; i < text.Length; i++) text[i] = (char)('0' + seed.Below(10));
    });
}

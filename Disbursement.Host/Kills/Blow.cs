using System.Globalization;
using Disbursement.Host.Samples;

namespace Disbursement.Host.Kills;

/// <summary>What is struck.</summary>
public enum Struck
{
    /// <summary>kill -9 of the Host; its bank's process, if one is at work, ends its own work.</summary>
    Host,

    /// <summary>kill -9 of the Host and of everything it has started.</summary>
    HostAndBank,

    /// <summary>The processes of PostgreSQL, which then starts again; the Host ends in a fault of the world.</summary>
    Postgres,
}

/// <summary>One blow: what is struck, and when.</summary>
/// <param name="Sendings">It falls when the send journal has grown so many times; 0: by the clock alone.</param>
/// <param name="Milliseconds">Then so many milliseconds later.</param>
public sealed record Blow(Struck Struck, int Sendings, int Milliseconds)
{
    /// <summary>The n-th blow of a seed: half of them by the clock, half around a file on its way.</summary>
    public static Blow Of(long seed, int number)
    {
        var bits = Mixed(unchecked((ulong)seed * 0x9E3779B97F4A7C15 + (ulong)number));
        var struck = (bits % 10) switch { < 6 => Struck.Host, < 8 => Struck.HostAndBank, _ => Struck.Postgres };
        bits = Mixed(bits);
        return bits % 2 == 0
            ? new(struck, 0, 300 + (int)(Mixed(bits) % 4_000))
            : new(struck, 1 + (int)(Mixed(bits) % 2), (int)(Mixed(bits + 1) % 120));
    }

    public override string ToString() => Sendings == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Struck} after {Milliseconds} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{Struck} {Milliseconds} ms after sending {Sendings}");

    private static ulong Mixed(ulong bits) => new SampleSeed(bits).Next();
}

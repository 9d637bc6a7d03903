using System.Security.Cryptography;

namespace Disbursement.Host.Fuzz;

/// <summary>One input: bytes, with what they are read under.</summary>
/// <param name="Profile">The bank profile, or the sample key, they are read with.</param>
/// <param name="Name">The name the message came under: it decides the form, and some banks' file reference.</param>
public sealed record FuzzInput(string Profile, string Name, byte[] Bytes)
{
    // In no profile id, no key name and no message name.
    private const char Between = '~';

    /// <summary>Name of a corpus file, which says all but the bytes.</summary>
    public string FileName =>
        $"{Profile}{Between}{Name}{Between}{Convert.ToHexStringLower(SHA256.HashData(Bytes))[..8]}";

    /// <summary>The input of a corpus file, or null where its name is none of ours.</summary>
    public static FuzzInput? Read(string path) => Path.GetFileName(path).Split(Between) is [var profile, var name, _]
        ? new(profile, name, File.ReadAllBytes(path)) : null;
}

/// <summary>How an input went.</summary>
/// <param name="PastHeader">Whether the reader got beyond the head of the message, and so to what is inside.</param>
/// <param name="Trouble">What must not be, or null.</param>
public readonly record struct FuzzVerdict(bool PastHeader, string? Trouble);

/// <summary>One reader of what comes from outside, with what must hold of it whatever the bytes are.</summary>
public abstract class FuzzTarget
{
    public abstract string Name { get; }

    /// <summary>Valid messages that inputs are made of.</summary>
    public abstract IReadOnlyList<FuzzInput> Seeds { get; }

    /// <summary>Reads the input and judges what came of it. What it throws is a finding.</summary>
    public abstract FuzzVerdict Judge(FuzzInput input);

    /// <summary>The input of that number: a seed with one to four changes.</summary>
    /// <param name="coverage">Where it guides: what was found so far is changed too, and a record of one found input
    /// is put into another.</param>
    public FuzzInput Input(ulong seed, int number, Coverage? coverage = null)
    {
        var chance = new Chance(unchecked((seed * 0x100000001B3) ^ (ulong)number));
        if (coverage is not { IsGuiding: true }) return Made(chance.Of(Seeds));
        var found = coverage.Source(chance);
        return Made(chance.OneIn(3) ? Joined(found, coverage.Source(chance), chance) : found);

        FuzzInput Made(FuzzInput source) => source with { Bytes = Changed(source.Bytes, chance) };
    }

    /// <summary>The first with something of the second in it, for targets whose inputs have pieces that can be moved.
    /// </summary>
    private protected virtual FuzzInput Joined(FuzzInput input, FuzzInput other, Chance chance) => input;

    private protected virtual byte[] Changed(byte[] bytes, Chance chance) => Mutation.Of(bytes, chance);
}

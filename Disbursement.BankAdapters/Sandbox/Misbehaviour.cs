using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>
/// A script of misbehaviour: how many files each behaviour strikes, the first ones that come, each on its own; or
/// <c>random:SEED</c>, by which each behaviour strikes one file in eight. Nothing is drawn: seed, behaviour and place
/// of the file say it all, so that a bank that is killed does the same again, and so does another one of that seed.
/// </summary>
/// <remarks>Entries stand between commas or on lines of their own: <c>lost-reply</c>, <c>split-results:3</c>,
/// <c>random:7</c>; <c>#</c> begins a remark.</remarks>
public sealed class Misbehaviour
{
    private const int OneIn = 8;
    private const int MostFiles = 1_000_000;
    private const string Random = "random";
    private readonly Dictionary<Behaviour, int> _files = [];
    private readonly List<long> _seeds = [];

    private Misbehaviour()
    {
    }

    /// <summary>A bank that does nothing wrong but by its magic accounts.</summary>
    public static readonly Misbehaviour None = new();

    /// <summary>The script of a text; null, and the first entry that is none, where it has one.</summary>
    public static Misbehaviour? Parse(string text, out string trouble)
    {
        ArgumentNullException.ThrowIfNull(text);
        var script = new Misbehaviour();
        var entries = text.Split('\n').Select(line => line.Split('#', 2)[0]).SelectMany(line => line.Split(','))
            .Select(entry => entry.Trim()).Where(entry => entry.Length > 0);
        trouble = entries.FirstOrDefault(entry => !script.Takes(entry)) ?? "";
        return trouble.Length == 0 ? script : null;
    }

    /// <summary>Whether the behaviour may strike at all.</summary>
    internal bool Knows(Behaviour behaviour) => _seeds.Count > 0 || _files.ContainsKey(behaviour);

    /// <summary>Whether the behaviour strikes the next file.</summary>
    /// <param name="before">How many it struck before.</param>
    /// <param name="place">Which file of which bank it is.</param>
    internal bool Strikes(Behaviour behaviour, int before, string place) =>
        before < _files.GetValueOrDefault(behaviour) || _seeds.Exists(seed => Falls(seed, behaviour, place));

    private bool Takes(string entry)
    {
        var (name, number) = entry.Split(':', 2) is [var first, var second] ? (first, second) : (entry, "1");
        if (name == Random)
        {
            var isSeed = entry != Random
                && long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seed)
                && !_seeds.Contains(seed);
            if (isSeed) _seeds.Add(long.Parse(number, CultureInfo.InvariantCulture));
            return isSeed;
        }
        return BehaviourWord.All.FirstOrDefault(word => word.Name == name) is { } known
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var files)
            && files is > 0 and <= MostFiles && _files.TryAdd(known.Behaviour, files);
    }

    private static bool Falls(long seed, Behaviour behaviour, string place) => SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{seed} {behaviour} {place}")))[0] % OneIn == 0;
}

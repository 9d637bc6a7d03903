using System.Globalization;

namespace Disbursement.Host.Kills;

/// <summary>
/// What a run has done, as lines of a text: the seed and the undisturbed month, then each month with its blows. Read
/// again, it is where the run goes on.
/// </summary>
public sealed class KillBook
{
    private readonly string _path;
    private readonly long _seed;
    private readonly Dictionary<Struck, int> _struck = Enum.GetValues<Struck>().ToDictionary(s => s, _ => 0);
    private readonly List<string> _differences = [];
    private readonly List<string> _trouble = [];

    public KillBook(string path, long seed)
    {
        (_path, _seed) = (path, seed);
        foreach (var line in File.Exists(path) ? File.ReadAllLines(path) : []) Take(line.Split('\t'));
    }

    /// <summary>Sums of the month that was not struck; empty before it was played.</summary>
    public string Undisturbed { get; private set; } = "";

    public int Kills => _struck.Values.Sum();
    public int Months { get; private set; }
    public bool Holds => Figures.Holds;
    public KillFigures Figures => new(_seed, Kills, Months, _struck, _differences, _trouble);

    /// <summary>Whether a month came to what the undisturbed one did, and nothing else is wrong.</summary>
    public bool Same(MonthEnd end) => end.Differences.Count + end.Trouble.Count == 0
        && (Undisturbed.Length == 0 || end.Lines == Undisturbed);

    public void Begin(MonthEnd undisturbed)
    {
        Judge(undisturbed);
        Write("seed", _seed.ToString(CultureInfo.InvariantCulture), undisturbed.Lines);
    }

    public void Add(MonthEnd end, IReadOnlyList<Blow> fallen)
    {
        Judge(end);
        if (Undisturbed != end.Lines)
            _trouble.Add($"month {Months + 1} came to {end.Lines}, undisturbed {Undisturbed}");
        // A month that does not hold is not written: the run is over, and its folder stays to be looked at.
        if (Holds) Write(["month", .. fallen.Select(b => b.Struck.ToString())]);
    }

    private void Judge(MonthEnd end)
    {
        _differences.AddRange(end.Differences);
        _trouble.AddRange(end.Trouble);
    }

    private void Write(params string[] line)
    {
        File.AppendAllText(_path, string.Join('\t', line) + "\n");
        Take(line);
    }

    private void Take(string[] line)
    {
        if (line[0] == "seed")
        {
            if (line[1] != _seed.ToString(CultureInfo.InvariantCulture))
                throw new Cli.UsageException($"{_path} 属于种子 {line[1]}: 请用该种子, 或另选目录",
                    $"{_path} is of seed {line[1]}: name it, or another folder");
            Undisturbed = line[2];
            return;
        }
        Months++;
        foreach (var struck in line[1..]) _struck[Enum.Parse<Struck>(struck)]++;
    }
}

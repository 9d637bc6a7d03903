using System.Diagnostics;
using System.Globalization;
using Disbursement.BankAdapters.Sandbox.Sftp;
using Disbursement.Host.Bench;

namespace Disbursement.Host.Kills;

/// <summary>What a run came to so far, in all its parts.</summary>
/// <param name="Kills">Blows that fell while a month was at work.</param>
/// <param name="Months">Months that went to their end.</param>
/// <param name="Differences">Of accounts between the banks' own books and ours: a wage lost or paid twice.</param>
/// <param name="Trouble">What else did not hold.</param>
public sealed record KillFigures(long Seed, int Kills, int Months, IReadOnlyDictionary<Struck, int> Struck,
    IReadOnlyList<string> Differences, IReadOnlyList<string> Trouble)
{
    public bool Holds => Differences.Count == 0 && Trouble.Count == 0;
}

/// <summary>
/// Kills the Host at seeded moments of the demo's month, over SFTP and PostgreSQL, until so many blows fell. What
/// is done stands in a file, a month a line, so that a run that was stopped goes on behind its last whole month.
/// </summary>
internal sealed class KillRun(string folder, long seed, Action<string> say)
{
    private readonly KillBook _book = new(Path.Combine(folder, "kills.txt"), seed);

    /// <param name="kills">So many blows in all, those of earlier parts among them; the last month is always ended.
    /// </param>
    /// <param name="longest">No month is begun after that.</param>
    public KillFigures Run(int kills, TimeSpan longest)
    {
        var begun = Stopwatch.GetTimestamp();
        using var postgres = new PrivatePostgres();
        if (_book.Undisturbed.Length == 0)
        {
            say("an undisturbed month, to compare with");
            var (end, _) = Month(postgres, 0, 0);
            _book.Begin(end);
        }
        while (_book.Kills < kills && _book.Holds && Stopwatch.GetElapsedTime(begun) < longest)
        {
            var (end, fallen) = Month(postgres, _book.Months + 1, kills - _book.Kills);
            _book.Add(end, fallen);
            say(string.Create(CultureInfo.InvariantCulture,
                $"month {_book.Months}: {fallen.Count} kills, {_book.Kills} of {kills}; {end.Lines}"));
        }
        return _book.Figures;
    }

    private (MonthEnd End, IReadOnlyList<Blow> Fallen) Month(PrivatePostgres postgres, int number, int most)
    {
        // A folder of a part that was stopped is begun anew: its database went with its server.
        var place = Path.Combine(folder, $"month-{number:000}");
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        Directory.CreateDirectory(place);
        using var bank = new OpenSshServer();
        var month = new KilledMonth(place, postgres, bank, $"month_{number:000}");
        month.Prepare();
        var fallen = new List<Blow>();
        while (true)
        {
            var blow = fallen.Count < most ? Blow.Of(seed, _book.Kills + fallen.Count) : null;
            if (blow is not null) say($"kill {_book.Kills + fallen.Count + 1}: {blow}");
            if (month.Run(blow) is { } end)
            {
                if (!_book.Same(end)) postgres.Dump($"month_{number:000}", Path.Combine(place, "database.sql"));
                return (end, fallen);
            }
            fallen.Add(blow!);
        }
    }
}

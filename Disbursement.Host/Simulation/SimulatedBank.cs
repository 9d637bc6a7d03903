using System.Globalization;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Host.Fuzz;
using NodaTime;

namespace Disbursement.Host.Simulation;

/// <summary>
/// A partner bank of one world: the sandbox bank in this process, its exchange, and the line to it, on which messages
/// take their time. Everything that it does wrong is the sandbox's, drawn from the seed.
/// </summary>
internal sealed class SimulatedBank
{
    private readonly SandboxBank _bank;
    private readonly Exchange _exchange;
    private readonly string _outbox;
    private readonly string _taken;
    private readonly Chance _delays;
    private readonly Dictionary<string, (Instant At, int Number)> _arrivals = new(StringComparer.Ordinal);
    private BankKeys _keys;
    private int _postings;
    private int _again;

    /// <param name="folder">The world's folder of exchanges.</param>
    /// <param name="misbehaves">A script of the sandbox bank.</param>
    public SimulatedBank(int number, string folder, string books, BankKeys keys, string misbehaves, ulong seed)
    {
        Number = number;
        // The sandbox knows its banks by name; this one agreed with its customer on CMS and a profile of its own.
        Partner = Partner.Find(number == 0 ? "icbc-bxt" : "iso20022-pain")!.SealedBy(SealKind.Cms)
            with
        { Id = SimulatedSites.Profiles[number] };
        _keys = keys;
        _exchange = new Exchange(folder, Partner);
        _outbox = Path.Combine(folder, Partner.Id, "from-bank");
        _taken = Path.Combine(_outbox, ".taken");
        _bank = new SandboxBank(Partner, books, Misbehaviour.Parse(misbehaves, out _));
        _delays = new Chance(seed);
    }

    public int Number { get; }
    public Partner Partner { get; }

    /// <summary>Messages it ever sent.</summary>
    public int Messages => _arrivals.Count;

    public string Account => SimulatedSites.BankAccounts[Number];

    /// <summary>From now on the bank signs with other keys.</summary>
    public void Uses(BankKeys keys) => _keys = keys;

    /// <summary>Takes what arrived, and answers.</summary>
    public void Works(Instant now)
    {
        _bank.Pass(_exchange, _keys, Day(now));
        Sent(now);
    }

    /// <summary>Ends its day: late returns, second answers, statements.</summary>
    public void EndsDay(Instant now)
    {
        _bank.EndDay(_exchange, _keys, Day(now));
        Sent(now);
    }

    /// <summary>Money comes in, or goes out by a fee or a court's order.</summary>
    public void Books(string kind, long fen, string purpose, Instant now)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"P{++_postings}");
        _bank.Post(new Posting(Day(now).Date, Day(now).At, id, kind, Account, fen,
            kind == "COURT" ? "样例法院" : "样例总包", "6222020000000000010", purpose));
    }

    public FileLetter? Letter(string reference) => _bank.Letter(reference);
    public BooksReport Report() => _bank.Report();
    public long Balance => Report().Payers.Where(p => p.Account == Account).Sum(p => p.BalanceFen);

    /// <summary>Names that have come through the line by now, of those nobody acknowledged, as they came.</summary>
    public IReadOnlyList<string> Waiting(Instant now) => [.. _arrivals
        .Where(a => a.Value.At <= now && !File.Exists(Path.Combine(_taken, a.Key)))
        .OrderBy(a => a.Value.At).ThenBy(a => a.Value.Number).Select(a => a.Key)];

    /// <summary>Nothing is on the line any more.</summary>
    public void Hurry()
    {
        foreach (var (name, arrival) in _arrivals.ToList()) _arrivals[name] = arrival with { At = Instant.MinValue };
    }

    /// <summary>A message that was taken comes again: under its own name, or exported anew under another.</summary>
    public void Repeats(int which, bool isNewName, Instant now)
    {
        var taken = _arrivals.Keys.Where(n => File.Exists(Path.Combine(_taken, n))).Order(StringComparer.Ordinal)
            .ToList();
        if (taken.Count == 0) return;
        var name = taken[which % taken.Count];
        if (!isNewName)
        {
            File.Delete(Path.Combine(_taken, name));
            return;
        }
        var again = Path.GetFileNameWithoutExtension(name) + $"-export{++_again}" + Path.GetExtension(name);
        foreach (var suffix in new[] { Partner.SealSuffix, "" })
            if (File.Exists(Path.Combine(_outbox, name + suffix)))
                File.Copy(Path.Combine(_outbox, name + suffix), Path.Combine(_outbox, again + suffix));
        Sent(now);
    }

    /// <summary>After a restore the bank is asked for everything once more.</summary>
    public void ExportsAll()
    {
        if (Directory.Exists(_taken)) Directory.Delete(_taken, recursive: true);
    }

    /// <summary>A name in the exchange's in-tray has the world's time, so that the bank takes files as they came.
    /// </summary>
    public static void Stamp(string path, Instant now) => File.SetLastWriteTimeUtc(path, now.ToDateTimeUtc());

    /// <summary>What the bank put out since is on the line: at once, or hours or days later.</summary>
    private void Sent(Instant now)
    {
        foreach (var name in new DirectoryInfo(_outbox).EnumerateFiles().Select(f => f.Name)
            .Where(n => n[0] != '.' && !n.EndsWith(Partner.SealSuffix, StringComparison.Ordinal)
                && !_arrivals.ContainsKey(n)).Order(StringComparer.Ordinal).ToList())
        {
            var late = _delays.Below(8) switch
            {
                < 5 => Duration.Zero,
                5 => Duration.FromHours(3),
                6 => Duration.FromHours(30),
                _ => Duration.FromDays(4),
            };
            _arrivals[name] = (now + late, _arrivals.Count);
        }
    }

    private static BankDay Day(Instant now)
    {
        var local = now.InZone(Engine.Runtime.DecisionContext.China).LocalDateTime;
        return new(local.Date.ToDateOnly(), local.ToString("uuuu-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
    }
}

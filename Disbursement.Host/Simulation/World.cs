using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Adapters;
using Disbursement.Host.Demo;
using NodaTime;

namespace Disbursement.Host.Simulation;

/// <summary>
/// One world: the Host over a database of its own, two banks, a clock, people who err. A refusal is an answer; a defect
/// or a broken law ends it. What a step needs and does not find, it leaves.
/// </summary>
internal sealed partial class World : IDisposable
{
    private readonly SimulationBase _base;
    private readonly WorldDatabase _database;
    private readonly string _folder;
    private readonly Hazard _hazard;
    private readonly WriteWatch _watch;
    private readonly FixedMoment _clock = new(SimulationBase.Made);
    private readonly Dictionary<string, DemoPerson> _people =
        SimulatedPeople.All.ToDictionary(p => p.Handle, StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _met = new(StringComparer.Ordinal);
    private readonly SimulatedBank[] _banks;
    private readonly LawCheck _laws;
    private long _sendings;
    private string _keys;
    private SimulatedHost _host;
    private Instant _now = SimulationBase.Made;

    /// <param name="seed">What the banks misbehave by, and how long messages take.</param>
    public World(SimulationBase template, WorldDatabase database, long seed)
    {
        (_base, _database) = (template, database);
        (_hazard, _watch) = (database.Hazard, database.Watch);
        _folder = Directory.CreateDirectory(database.Folder).FullName;
        _keys = template.Keys;
        var misbehaves = seed % 4 == 3 ? "" : $"random:{seed}";
        _banks = [.. SimulatedSites.Profiles.Select((p, i) => new SimulatedBank(i, Path.Combine(_folder, "exchange"),
            Path.Combine(_folder, "books"), BankKeys.Read(_keys, p), misbehaves,
            unchecked((ulong)seed * 31 + (ulong)i)))];
        _laws = new LawCheck(database, _watch);
        _host = Begin();
    }

    private string Journal => Path.Combine(_folder, "journal", "send-journal");
    private string AnchorPath => Path.Combine(_folder, "anchor", "log.anchor");
    private LocalDate Today => _now.InZone(DecisionContext.China).Date;

    /// <summary>What was met: verbs accepted, refusals by code, answers of pumps.</summary>
    public IReadOnlyDictionary<string, int> Met => _met;

    /// <summary>Faults that struck, with their place.</summary>
    public IReadOnlyDictionary<string, int> Struck => _hazard.Struck;

    /// <summary>Decisions that were written, by verb.</summary>
    public IReadOnlyDictionary<string, long> Verbs => _watch.Verbs;

    /// <summary>Why lines of obligations were open, night by night, and how many.</summary>
    public IReadOnlyDictionary<string, long> WhyOpen => _laws.WhyOpen;

    public WorldDatabase Database => _database;
    public SimulatedHost Host => _host;
    public IReadOnlyList<SimulatedBank> Banks => _banks;

    /// <summary>Plays one step. Null where every law holds after it.</summary>
    public Violation? Play(Step step)
    {
        _now = Instant.Max(_now, step.At);
        _clock.At = _now;
        Violation? broken = null;
        _isAnchored = false;
        _hazard.Arm(step.Mishap);
        try
        {
            using (Trouble(step)) Do(step);
        }
        catch (ProcessDeathException)
        {
            broken = Revived(step);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Meet("a fault ended the run"); // Status 4: whoever ran it runs it again another time.
        }
        catch (DefectException defect)
        {
            return new Violation(step, "defect", [$"{defect.Message} {defect.StackTrace?.Split('\n')[0].Trim()}"]);
        }
        catch (DbException refused)
        {
            // A law of the schema that stops a decision is a defect of the decider, if nothing worse.
            return new Violation(step, "schema", [refused.Message]);
        }
        var struck = _hazard.HasStruck;
        _hazard.Arm(default);
        _clock.At = _now;
        return broken ?? StoodStill(step) ?? _laws.After(step, _now, Today, struck);
    }

    /// <summary>Every law at the end of the months, once the world has come to rest.</summary>
    public Violation? End(Step last)
    {
        try
        {
            Rest();
            Night();
        }
        catch (DefectException defect)
        {
            return new Violation(last, "defect", [$"{defect.Message} {defect.StackTrace?.Split('\n')[0].Trim()}"]);
        }
        catch (DbException refused)
        {
            return new Violation(last, "schema", [refused.Message]);
        }
        return _laws.AtRest(last, _now, Today)
            ?? (BookDifferences() is [_, ..] differ ? new Violation(last, "books", differ) : null);
    }

    /// <summary>Copies everything of the world to a folder, for whoever looks at what broke.</summary>
    public void Keep(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(folder, Path.GetRelativePath(_folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private SimulatedHost Begin()
    {
        var lines = new SimulatedLine.Registration((profile, folders) => new SimulatedLine(folders,
            _banks.First(b => b.Partner.Id == profile), Path.Combine(_folder, "exchange", profile, "to-bank"), _hazard,
            _clock, Tear));
        var adapters = OutsideAdapters.None with
        {
            Catalogue = OutsideAdapters.None.Catalogue.With("simulation", lines),
        };
        var settings = new Settings(Path.Combine(_folder, "exchange"), _keys, Journal)
        {
            Adapters = adapters,
            InTurn = true,
        };
        return new SimulatedHost(_database.Dialect, _clock, settings, AnchorPath,
            () => $"{++_sendings:x16}");
    }

    /// <summary>A new process on what the dead one left. It must start; and whoever waited for an answer asks again,
    /// or does not.</summary>
    private Violation? Revived(Step step)
    {
        _hazard.Revive();
        _host = Begin();
        if (step.Act == Act.Restore)
        {
            Recovered();
            Enter();
        }
        if (_host.Start() is [_, ..] refused)
            return new Violation(step, "start", [.. refused.Select(f => f.Text(chinese: false))]);
        SyncPeople();
        if (step.B % 2 == 0 && step.Act != Act.Restore) Do(step);
        return null;
    }

    /// <summary>What stands in the way while the step is done, until it is disposed.</summary>
    private IDisposable? Trouble(Step step)
    {
        if (_hazard.Has(Fault.ClockBack, "clock")) _clock.At = _now - Duration.FromHours(1 + step.A % 40);
        if (_hazard.Has(Fault.JournalBusy, "journal"))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Journal)!);
            // Empty it would be one that was lost: only a journal that is in use can be busy.
            return File.Exists(Journal) ? new FileStream(Journal, FileMode.Open, FileAccess.Read, FileShare.Read)
                : null;
        }
        return _hazard.Has(Fault.AnchorDisk, "anchor") ? new FullDisk(AnchorPath + ".new") : null;
    }

    /// <summary>Dies within the newest record of the journal: half of it is there. A question to a bank has no record:
    /// the newest one is then of a sending before, and was flushed to disk whole.</summary>
    private void Tear(ReadOnlyMemory<byte> sent)
    {
        using var stream = new FileStream(Journal, FileMode.Open, FileAccess.ReadWrite);
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        // A record's first line names its bytes.
        var digest = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(sent.Span)));
        var from = text.AsSpan().LastIndexOf(digest);
        if (from < 0) return;
        from = 1 + text.AsSpan(0, from).LastIndexOf((byte)'\n');
        stream.SetLength(from + (stream.Length - from) / 2);
    }

    /// <summary>A folder stands where a file is to be written.</summary>
    private sealed class FullDisk : IDisposable
    {
        private readonly string _path;

        public FullDisk(string path) => Directory.CreateDirectory(_path = path);

        public void Dispose() => Directory.Delete(_path, recursive: true);
    }
}

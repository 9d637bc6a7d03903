namespace Disbursement.Host.Simulation;

/// <summary>
/// Where faults strike: every commit and every call to a bank asks here. A process that is dead does nothing more,
/// whoever catches what it died of: each later touch of database or network throws the same death.
/// </summary>
internal sealed class Hazard
{
    private Mishap _mishap;
    private int _passed;
    private string? _death;

    /// <summary>What struck since the world began, as "fault at place".</summary>
    public SortedDictionary<string, int> Struck { get; } = new(StringComparer.Ordinal);

    /// <summary>Told of each occasion on which a process can die: "commit VERB" and "call WHAT".</summary>
    public Action<string>? Passed { get; set; }

    /// <summary>Whether the armed fault has struck.</summary>
    public bool HasStruck { get; private set; }

    public void Arm(Mishap mishap) => (_mishap, _passed, HasStruck) = (mishap, 0, false);

    /// <summary>A new process begins.</summary>
    public void Revive() => (_death, _mishap) = (null, default);

    public void Alive()
    {
        if (_death is { } at) throw new ProcessDeathException(at);
    }

    /// <param name="what">The verb of the leaf, or "checkpoint".</param>
    public void Commit(string what, Action commit)
    {
        Alive();
        Passed?.Invoke($"commit {what}");
        if (Strikes(Fault.DeathBeforeCommit, what)) Die($"before the commit of {what}");
        commit();
        if (Strikes(Fault.DeathAfterCommit, what)) Die($"after the commit of {what}");
    }

    /// <summary>Which fault meets this call to a bank; the first that is asked for and due.</summary>
    public Fault OfCall(string what)
    {
        Alive();
        Passed?.Invoke($"call {what}");
        return _mishap.Fault is Fault.DeathBeforeCall or Fault.DeathAfterCall or Fault.TornJournal or Fault.NoAnswer
            or Fault.NotSent or Fault.LostAnswer && Strikes(_mishap.Fault, what) ? _mishap.Fault : Fault.None;
    }

    /// <summary>Whether a fault that is not tied to a commit or call is the step's.</summary>
    public bool Has(Fault fault, string what) => _mishap.Fault == fault && Strikes(fault, what);

    public void Die(string at)
    {
        _death = at;
        throw new ProcessDeathException(at);
    }

    private bool Strikes(Fault fault, string what)
    {
        if (_mishap.Fault != fault || HasStruck || _passed++ < _mishap.After) return false;
        HasStruck = true;
        var name = $"{fault} {what}";
        Struck[name] = Struck.GetValueOrDefault(name) + 1;
        return true;
    }
}

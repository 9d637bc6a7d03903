namespace Disbursement.Host.Simulation;

/// <summary>What the world does wrong while something is done.</summary>
public enum Fault
{
    None,

    /// <summary>The process dies before a commit: nothing of it has happened.</summary>
    DeathBeforeCommit,

    /// <summary>The process dies after a commit: it has happened, and nobody was told.</summary>
    DeathAfterCommit,

    /// <summary>The process dies before a call to a bank.</summary>
    DeathBeforeCall,

    /// <summary>The process dies after the bank has what it was called with.</summary>
    DeathAfterCall,

    /// <summary>The process dies while it writes the send journal: the record is cut short, no call is made.</summary>
    TornJournal,

    /// <summary>The call did not happen, and that is not proved.</summary>
    NoAnswer,

    /// <summary>The call did not happen, and that is proved.</summary>
    NotSent,

    /// <summary>The call happened, and its answer was lost.</summary>
    LostAnswer,

    /// <summary>Somebody else writes the send journal at the same moment.</summary>
    JournalBusy,

    /// <summary>The anchor cannot be written.</summary>
    AnchorDisk,

    /// <summary>The machine's clock stands hours behind.</summary>
    ClockBack,
}

/// <summary>One fault of one step.</summary>
/// <param name="After">How many occasions pass before it strikes.</param>
public readonly record struct Mishap(Fault Fault, int After)
{
    public override string ToString() => Fault == Fault.None ? "" : $" !{Fault}:{After}";
}

/// <summary>The process is no more: whatever it was doing ends here. Nothing may catch it but the world.</summary>
public sealed class ProcessDeathException(string at) : Exception($"the process died {at}");

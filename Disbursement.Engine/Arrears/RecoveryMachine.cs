using Disbursement.Engine.Primitives;
using Stateless;

namespace Disbursement.Engine.Arrears;

/// <summary>Where a recovery claim (追偿) stands. The names are what the database holds.</summary>
public enum RecoveryState { Open, Recovered, WrittenOff }

/// <summary>What happens to a recovery claim.</summary>
public enum RecoveryTrigger
{
    /// <summary>The debtor, a subcontractor or a worker credited twice, paid it back.</summary>
    Recover,
    /// <summary>Given up, by two people.</summary>
    WriteOff,
}

/// <summary>The machine of what was advanced and must come back (Decree 724 art. 30: 再依法进行追偿).</summary>
public static class RecoveryMachine
{
    public static readonly TransitionTable<RecoveryState, RecoveryTrigger> Table = new(
        "recovery", RecoveryState.Open, Declare);

    private static void Declare(StateMachine<RecoveryState, RecoveryTrigger> machine)
    {
        machine.Configure(RecoveryState.Open)
            .Permit(RecoveryTrigger.Recover, RecoveryState.Recovered)
            .Permit(RecoveryTrigger.WriteOff, RecoveryState.WrittenOff);
    }
}

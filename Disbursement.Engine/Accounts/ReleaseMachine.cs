using Disbursement.Engine.Primitives;
using Stateless;

namespace Disbursement.Engine.Accounts;

/// <summary>With whose money and on what ground claims go out together (代发批次).</summary>
public enum ReleaseKind
{
    /// <summary>A payroll whole, with the project's money.</summary>
    Ordinary,
    /// <summary>As many whole claims as the money covers at the send deadline.</summary>
    Partial,
    /// <summary>Claims whose earlier attempt is dead.</summary>
    RePayment,
    /// <summary>With the general contractor's money (先行垫付, Decree 724 art. 30).</summary>
    Advance,
    /// <summary>From the wage deposit (工资保证金), by a regulator's order.</summary>
    Deposit,
}

/// <summary>Where a release stands. The names are what the database holds.</summary>
public enum ReleaseState { Planned, Funded, Short, Filed, Settling, Done, Cancelled }

/// <summary>What happens to a release.</summary>
public enum ReleaseTrigger
{
    /// <summary>Its whole sum is reserved in the wage account.</summary>
    Reserve,
    /// <summary>
    /// The money is not there: from the start, by expiry, by an impaired account, or yielded to older due claims.
    /// </summary>
    FallShort,
    /// <summary>Its files are built.</summary>
    BuildFiles,
    /// <summary>Every one of its files was withdrawn unsent.</summary>
    WithdrawFiles,
    /// <summary>The first file is accepted by the bank or a line answered.</summary>
    BeginSettling,
    /// <summary>Every line is settled or dead.</summary>
    Finish,
    /// <summary>A late return or a contradiction takes the finish back.</summary>
    Reopen,
    /// <summary>Given up before any file; the reservation is released.</summary>
    Cancel,
}

/// <summary>The machine of what goes out together.</summary>
public static class ReleaseMachine
{
    public static readonly TransitionTable<ReleaseState, ReleaseTrigger> Table = new(
        "release", ReleaseState.Planned, Declare);

    private static void Declare(StateMachine<ReleaseState, ReleaseTrigger> machine)
    {
        machine.Configure(ReleaseState.Planned)
            .Permit(ReleaseTrigger.Reserve, ReleaseState.Funded)
            .Permit(ReleaseTrigger.FallShort, ReleaseState.Short)
            .Permit(ReleaseTrigger.Cancel, ReleaseState.Cancelled);
        machine.Configure(ReleaseState.Short)
            .Permit(ReleaseTrigger.Reserve, ReleaseState.Funded)
            .Permit(ReleaseTrigger.Cancel, ReleaseState.Cancelled);
        machine.Configure(ReleaseState.Funded)
            .Permit(ReleaseTrigger.FallShort, ReleaseState.Short)
            .Permit(ReleaseTrigger.BuildFiles, ReleaseState.Filed)
            .Permit(ReleaseTrigger.Cancel, ReleaseState.Cancelled);
        machine.Configure(ReleaseState.Filed)
            .Permit(ReleaseTrigger.WithdrawFiles, ReleaseState.Funded)
            .Permit(ReleaseTrigger.BeginSettling, ReleaseState.Settling);
        machine.Configure(ReleaseState.Settling)
            .Permit(ReleaseTrigger.Finish, ReleaseState.Done);
        machine.Configure(ReleaseState.Done)
            .Permit(ReleaseTrigger.Reopen, ReleaseState.Settling);
    }
}

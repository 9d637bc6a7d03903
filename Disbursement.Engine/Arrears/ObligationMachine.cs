using Disbursement.Engine.Primitives;
using Stateless;

namespace Disbursement.Engine.Arrears;

/// <summary>
/// Where an obligation of the general contractor (先行清偿义务) stands. The names are what the database holds.
/// </summary>
public enum ObligationState { Open, Demanded, Overdue, Discharged, Withdrawn }

/// <summary>What happens to an obligation.</summary>
public enum ObligationTrigger
{
    /// <summary>Its unpaid lines are demanded of the general contractor (Decree 724 art. 30).</summary>
    Demand,
    /// <summary>The days of the demand passed; their number is a parameter, no source gives one.</summary>
    Lapse,
    /// <summary>The last line left, each by its own cause.</summary>
    Discharge,
    /// <summary>It should not have arisen, with evidence.</summary>
    Withdraw,
}

/// <summary>The machine of one episode of arrears; a later return opens the next episode.</summary>
public static class ObligationMachine
{
    public static readonly TransitionTable<ObligationState, ObligationTrigger> Table = new(
        "obligation", ObligationState.Open, Declare);

    private static void Declare(StateMachine<ObligationState, ObligationTrigger> machine)
    {
        machine.Configure(ObligationState.Open)
            .Permit(ObligationTrigger.Demand, ObligationState.Demanded)
            .Permit(ObligationTrigger.Discharge, ObligationState.Discharged)
            .Permit(ObligationTrigger.Withdraw, ObligationState.Withdrawn);
        machine.Configure(ObligationState.Demanded)
            .Permit(ObligationTrigger.Lapse, ObligationState.Overdue)
            .Permit(ObligationTrigger.Discharge, ObligationState.Discharged)
            .Permit(ObligationTrigger.Withdraw, ObligationState.Withdrawn);
        machine.Configure(ObligationState.Overdue)
            .Permit(ObligationTrigger.Discharge, ObligationState.Discharged)
            .Permit(ObligationTrigger.Withdraw, ObligationState.Withdrawn);
    }
}

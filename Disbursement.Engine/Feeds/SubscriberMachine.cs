using Disbursement.Engine.Primitives;
using Stateless;

namespace Disbursement.Engine.Feeds;

/// <summary>Whether a subscriber (订阅方) is told what happens. The names are what the database holds.</summary>
public enum SubscriberState { Active, Stopped }

/// <summary>What two people decide about a subscriber.</summary>
public enum SubscriberTrigger
{
    /// <summary>Nothing more is made up for it; what was can still be fetched (停止).</summary>
    Stop,
    /// <summary>It goes on where it was stopped: nothing written meanwhile is left out (恢复).</summary>
    Resume,
}

/// <summary>What came of the last attempt to push. The names are what the database holds.</summary>
public enum FeedAnswer
{
    /// <summary>None was made yet.</summary>
    None,
    /// <summary>It holds all that it was sent.</summary>
    Acknowledged,
    /// <summary>No connection, or one that broke.</summary>
    Unreachable,
    /// <summary>Connected, and no answer in the time allowed.</summary>
    Silent,
    /// <summary>Another HTTP status than 200.</summary>
    Refused,
    /// <summary>Status 200, and no number of the last record in the answer.</summary>
    Unreadable,
    /// <summary>It holds less than it had said before: sent again from there.</summary>
    Gap,
    /// <summary>It holds more than this ledger ever wrote: one of the two is of another history.</summary>
    Ahead,
}

/// <summary>The machine of a subscriber.</summary>
public static class SubscriberMachine
{
    public static readonly TransitionTable<SubscriberState, SubscriberTrigger> Table = new(
        "subscriber", SubscriberState.Active, Declare);

    private static void Declare(StateMachine<SubscriberState, SubscriberTrigger> machine)
    {
        machine.Configure(SubscriberState.Active).Permit(SubscriberTrigger.Stop, SubscriberState.Stopped);
        machine.Configure(SubscriberState.Stopped).Permit(SubscriberTrigger.Resume, SubscriberState.Active);
    }
}

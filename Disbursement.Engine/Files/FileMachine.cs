using Disbursement.Engine.Primitives;
using Stateless;

namespace Disbursement.Engine.Files;

/// <summary>Where a disbursement file (代发文件) stands. The names are what the database holds.</summary>
public enum FileState { Built, Sealed, Sending, Delivered, Unknown, Refused, Accepted, Reconciled, Withdrawn }

/// <summary>What happens to a file.</summary>
public enum FileTrigger
{
    /// <summary>Its bytes are encoded, signed and stored; re-sends use only these bytes.</summary>
    Seal,
    /// <summary>Given up before any sending; the proof is that the log has no Sending.</summary>
    Withdraw,
    /// <summary>The call to the bank is about to be made, and is journalled.</summary>
    Send,
    /// <summary>The transport says the bytes arrived. That is not acceptance.</summary>
    Deliver,
    /// <summary>No answer that can be read: the file may or may not be there.</summary>
    LoseAnswer,
    /// <summary>The transport proves that no byte left.</summary>
    ProveUnsent,
    /// <summary>The profile's proof that the bank never got it; the same bytes may go again.</summary>
    ProveAbsence,
    /// <summary>After a restore: the send journal shows that it went, this database does not.</summary>
    FindJournalled,
    /// <summary>Proved absent, and its bytes were lost with the database: given up.</summary>
    ProveLost,
    /// <summary>The bank took it, by report, query or statement; perhaps before our own call returned.</summary>
    Accept,
    /// <summary>The bank took no line of it.</summary>
    Refuse,
    /// <summary>After acceptance the bank returns the whole file.</summary>
    ReturnWhole,
    /// <summary>Every line is answered. A late return (退票) never changes a file.</summary>
    Reconcile,
}

/// <summary>
/// The machine of one file on its way to the bank. Unknown is left by evidence only, never by a timer.
/// </summary>
public static class FileMachine
{
    public static readonly TransitionTable<FileState, FileTrigger> Table = new(
        "file", FileState.Built, Declare);

    /// <summary>From being built to the bank's first word: the same for whatever goes to a bank once (a batch of card
    /// applications too). What Unknown leads to is each one's own.</summary>
    internal static void DeclareWay(StateMachine<FileState, FileTrigger> machine)
    {
        machine.Configure(FileState.Built)
            .Permit(FileTrigger.Seal, FileState.Sealed)
            .Permit(FileTrigger.FindJournalled, FileState.Unknown)
            .Permit(FileTrigger.Withdraw, FileState.Withdrawn);
        machine.Configure(FileState.Sealed)
            .Permit(FileTrigger.Send, FileState.Sending)
            .Permit(FileTrigger.FindJournalled, FileState.Unknown)
            .Permit(FileTrigger.Withdraw, FileState.Withdrawn);
        machine.Configure(FileState.Sending)
            .Permit(FileTrigger.Deliver, FileState.Delivered)
            .Permit(FileTrigger.LoseAnswer, FileState.Unknown)
            .Permit(FileTrigger.ProveUnsent, FileState.Sealed)
            .Permit(FileTrigger.Accept, FileState.Accepted)
            .Permit(FileTrigger.Refuse, FileState.Refused);
        machine.Configure(FileState.Delivered)
            .Permit(FileTrigger.Accept, FileState.Accepted)
            .Permit(FileTrigger.Refuse, FileState.Refused);
    }

    private static void Declare(StateMachine<FileState, FileTrigger> machine)
    {
        DeclareWay(machine);
        machine.Configure(FileState.Unknown)
            .Permit(FileTrigger.ProveAbsence, FileState.Sealed)
            .Permit(FileTrigger.ProveLost, FileState.Withdrawn)
            .Permit(FileTrigger.Accept, FileState.Accepted)
            .Permit(FileTrigger.Refuse, FileState.Refused);
        machine.Configure(FileState.Accepted)
            .Permit(FileTrigger.Reconcile, FileState.Reconciled)
            .Permit(FileTrigger.ReturnWhole, FileState.Refused);
    }
}

using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Stateless;

namespace Disbursement.Engine.Cards;

/// <summary>The machine of a batch of card applications: that of a file, without what bears on money. Unknown is left
/// by the bank's answer, or by two people with a document; what never arrived does not go again, for its workers go
/// into another batch. What the send journal shows after a restore went out, whatever this database made of it.
/// </summary>
public static class CardMachine
{
    public static readonly TransitionTable<FileState, FileTrigger> Table = new("card", FileState.Built, Declare);

    private static void Declare(StateMachine<FileState, FileTrigger> machine)
    {
        FileMachine.DeclareWay(machine);
        machine.Configure(FileState.Withdrawn)
            .Permit(FileTrigger.FindJournalled, FileState.Unknown);
        machine.Configure(FileState.Unknown)
            .Permit(FileTrigger.ProveAbsence, FileState.Withdrawn)
            .Permit(FileTrigger.Accept, FileState.Accepted)
            .Permit(FileTrigger.Refuse, FileState.Refused);
        machine.Configure(FileState.Accepted)
            .Permit(FileTrigger.Reconcile, FileState.Reconciled);
    }
}

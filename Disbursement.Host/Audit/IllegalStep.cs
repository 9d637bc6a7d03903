using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Audit;

/// <summary>
/// Names the step of a leaf that no machine has: what the decider refused it for, or, where the decider would have done
/// something else, the header that stands where no arrows lead.
/// </summary>
internal static class IllegalStep
{
    /// <summary>Of a refused decision; null where it was refused for something else.</summary>
    public static Finding? Of(Leaf leaf, IReadOnlyList<Finding> refusals)
    {
        foreach (var refusal in refusals)
            if (refusal.Rule == MachineRules.NoArrow)
                return Of(leaf, refusal.Arguments[0], refusal.At.Value, refusal.Arguments[1], refusal.Arguments[2]);
            else if (refusal.Rule == RuntimeRules.WrongState)
                return Of(leaf, refusal.Arguments[0], refusal.Arguments[1], refusal.Arguments[2], refusal.Arguments[3]);
        return null;
    }

    /// <summary>Of a leaf that writes into a machine's table: the first header there whose state in the database cannot
    /// be reached from the one that the log gives it so far. Null where there is none.</summary>
    public static Finding? Of(Leaf leaf, LogSource source, LedgerView decided)
    {
        var changed = leaf.Rows.Select(r => r.Table).ToHashSet(StringComparer.Ordinal);
        Finding? Look<TRow, TState, TTrigger>(
            TransitionTable<TState, TTrigger> machine, Func<TRow, long> id, Func<TRow, TState> state)
            where TRow : class, IRow
            where TState : struct, Enum
            where TTrigger : struct, Enum
        {
            if (!changed.Contains(TableMap<TRow>.Shared.Name)) return null;
            var stands = source.Claimed<TRow>(decided.Ledger).ToDictionary(id, state);
            foreach (var row in decided.List<TRow>().OrderBy(id))
                if (stands.TryGetValue(id(row), out var claimed) && !machine.Reaches(state(row), claimed))
                    return Of(leaf, machine.Noun, Number(id(row)), $"{state(row)}",
                        Bilingual.Of($"{leaf.Decider} 到 {claimed}", $"{leaf.Decider} to {claimed}"));
            return null;
        }
        return Look<PayrollRow, PayrollState, PayrollTrigger>(PayrollMachine.Table, r => r.Payroll, r => r.State)
            ?? Look<ReleaseRow, ReleaseState, ReleaseTrigger>(ReleaseMachine.Table, r => r.Release, r => r.State)
            ?? Look<DisbursementFileRow, FileState, FileTrigger>(FileMachine.Table, r => r.File, r => r.State)
            ?? Look<CardBatchRow, FileState, FileTrigger>(CardMachine.Table, r => r.Batch, r => r.State)
            ?? Look<ObligationRow, ObligationState, ObligationTrigger>(
                ObligationMachine.Table, r => r.Obligation, r => r.State)
            ?? Look<RecoveryClaimRow, RecoveryState, RecoveryTrigger>(
                RecoveryMachine.Table, r => r.Recovery, r => r.State)
            ?? Look<WarningRow, WarningState, WarningTrigger>(WarningMachine.Table, r => r.Warning, r => r.State);
    }

    private static Finding Of(Leaf leaf, string noun, string subject, string state, string trigger) =>
        RebuildRules.IllegalStep.Of(Number(leaf.N), noun, subject, state, trigger, leaf.Decider);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

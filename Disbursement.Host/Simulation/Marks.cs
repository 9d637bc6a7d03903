using Dapper;

namespace Disbursement.Host.Simulation;

/// <summary>
/// Where each mark is read from: the tables, the banks' journals, the verbs of leaves that were committed, faults that
/// struck; for an answer that leaves no trace, that answer.
/// </summary>
internal static class Marks
{
    private static readonly (Mark Mark, string Rows)[] s_facts =
    [
        (Mark.Rejected, "payment_outcome WHERE kind = 'Rejected'"),
        (Mark.LateReturn, "payment_outcome WHERE kind = 'Returned'"),
        (Mark.Contradicted, Exception("Contradicted")),
        (Mark.DoubleCredit, Exception("DoubleCredit")),
        (Mark.CreditedAfterAll, """
            payment_outcome o WHERE o.kind = 'Settled' AND EXISTS (SELECT 1 FROM payment_death d
                WHERE d.ledger = o.ledger AND d.claim = o.claim AND d.attempt = o.attempt AND d.seq < o.seq)
            """),
        (Mark.PaidAgain, "payment WHERE attempt > 1 AND channel = 'File'"),
        (Mark.Silent, Exception("Silent")),
        (Mark.AmountDiffers, Exception("AmountDiffers")),
        (Mark.WrongTotals, Exception("StatedTotalsDiffer")),
        (Mark.StatementEntriesDiffer, Exception("EntriesDiffer")),
        (Mark.StrangersKey, Exception("Unverified")),
        (Mark.StatementGap, Exception("StatementGap")),
        (Mark.BalanceDiffers, Exception("BalanceDiffers")),
        (Mark.FileRefused, "disbursement_file WHERE state = 'Refused'"),
        (Mark.FileReconciled, "disbursement_file WHERE state = 'Reconciled'"),
        (Mark.FileWithdrawn, "disbursement_file WHERE state = 'Withdrawn'"),
        (Mark.HolidayDueDate, """
            payroll y WHERE y.kind = 'Ordinary' AND NOT EXISTS (SELECT 1 FROM contract_terms t
                WHERE t.ledger = y.ledger AND t.project = y.project
                AND t.pay_day = CAST(substr(CAST(y.due_date AS text), 9, 2) AS integer))
            """),
        (Mark.Partial, "release WHERE kind = 'Partial'"),
        (Mark.Impaired, Exception("Impaired")),
        (Mark.Yielded, "account_entry WHERE kind = 'Yield'"),
        (Mark.ForeignDebit, Exception("ForeignDebit")),
        (Mark.BankFee, "statement_entry WHERE kind = 'FEE'"),
        (Mark.Unallocated, Exception("UnallocatedCredit")),
        (Mark.Allocated, "account_entry WHERE kind = 'Allocation' AND posted_delta_fen > 0"),
        (Mark.UnknownPurpose, Exception("UnknownPurpose")),
        (Mark.Earmarked, "account_entry WHERE kind = 'BankCredit' AND earmark IS NOT NULL"),
        (Mark.AdvancePaid, "release WHERE kind = 'Advance' AND state IN ('Filed', 'Settling', 'Done')"),
        (Mark.DepositDrawn, "release WHERE kind = 'Deposit' AND state IN ('Filed', 'Settling', 'Done')"),
        (Mark.Overdue, "obligation WHERE kind = 'Unpaid'"),
        (Mark.Unassessed, "obligation WHERE kind = 'Unassessed'"),
        (Mark.Discharged, "obligation WHERE state = 'Discharged'"),
        (Mark.OrderKept, "pay_order WHERE pay_order > 0"),
        (Mark.RecoveryOpened, "recovery_claim WHERE recovery > 0"),
        (Mark.RecoveryEnded, "recovery_claim WHERE state <> 'Open'"),
        (Mark.WarningRaised, "warning WHERE warning > 0"),
        (Mark.WarningClosed, "warning WHERE state = 'Closed'"),
        (Mark.Voided, "payment WHERE channel = 'Void'"),
        (Mark.PaidOutside, "payment WHERE channel = 'Outside'"),
        (Mark.PossibleDoublePayment, Exception("PossibleDoublePayment")),
        (Mark.UnknownResolved, Decided("file.resolve")),
        (Mark.AbsenceProved, Decided("file.resolve") + " AND body LIKE 'absent%'"),
        (Mark.LineResolved, Decided("line.resolve")),
        (Mark.Explained, Decided("exception.explain")),
        (Mark.Recalled, "recall WHERE recall > 0"),
        (Mark.RecallCarriedOut, "recall_answer WHERE word = 'Cancelled'"),
        (Mark.RecallRefused, "recall_answer WHERE word = 'Refused'"),
        (Mark.PayeeChanged, "payee_approval WHERE version > 1"),
        (Mark.PersonKeyChanged, "person_key WHERE public_key IS NOT NULL"),
        (Mark.BankKeyChanged, "adoption WHERE kind = 'bank-certificate' AND version > 1"),
        (Mark.Restored, "ledger_restore WHERE restore > 0"),
        (Mark.JournalAhead, "journalled_send WHERE send > 0"),
        (Mark.LineLocked, "journalled_line_left WHERE cause = 'Held'"),
    ];

    /// <summary>Verbs of leaves that were committed.</summary>
    private static readonly (Mark Mark, string Verb)[] s_verbs =
    [
        (Mark.StaleLease, "file.expire-lease"), (Mark.ReleaseCancelled, "release.cancel"),
        (Mark.EarmarkFreed, "account.free"),
    ];

    /// <summary>Answers that leave no trace.</summary>
    private static readonly (Mark Mark, string Answer)[] s_answers =
    [
        (Mark.SheetTwice, "repeat payroll.receive"), (Mark.ApprovedTwice, "repeat payroll.approve"),
        (Mark.WrongPerson, "refused person.same-person"), (Mark.WrongAmount, "refused payroll.other-amount"),
        (Mark.ClaimedTwice, "refused payroll.already-claimed"), (Mark.StrangerOnSheet, "refused payroll.unregistered"),
        (Mark.OldKey, "an old key was refused"), (Mark.OurKeyChanged, "our key changed"),
        (Mark.AnchorRefused, "refused by its anchor"), (Mark.AnchorUnwritten, "the anchor could not be written"),
        (Mark.Short, "a release is short"),
    ];

    /// <summary>Why a line of an obligation was open after a night's sweep.</summary>
    private static readonly (Mark Mark, string Why)[] s_open =
    [
        (Mark.SheetMissing, "None"), (Mark.SheetRefused, "Refused"), (Mark.SheetNotSubmitted, "Checked"),
        (Mark.SheetNotSubmitted, "Received"), (Mark.SheetNotSubmitted, "SentBack"),
        (Mark.SheetNotApproved, "Submitted"), (Mark.LeftOffSheet, "Approved"), (Mark.LeftOffSheet, "Settled"),
        (Mark.ApprovedShort, "Short"), (Mark.SentUnknown, "Unknown"), (Mark.ReturnedUnpaid, "Returned"),
    ];

    private static readonly (Mark Mark, Fault Fault)[] s_faults =
    [
        (Mark.DeathBeforeCommit, Fault.DeathBeforeCommit), (Mark.DeathAfterCommit, Fault.DeathAfterCommit),
        (Mark.DeathBeforeCall, Fault.DeathBeforeCall), (Mark.DeathAfterCall, Fault.DeathAfterCall),
        (Mark.TornJournal, Fault.TornJournal), (Mark.CallFailed, Fault.NoAnswer), (Mark.CallNotSent, Fault.NotSent),
        (Mark.LostAnswer, Fault.LostAnswer), (Mark.JournalBusy, Fault.JournalBusy), (Mark.ClockBack, Fault.ClockBack),
    ];

    /// <summary>What the sandbox bank writes into its journal, by the name in its books.</summary>
    private static readonly (Mark Mark, string Word)[] s_words =
    [
        (Mark.LostReply, "lost-reply"), (Mark.TornUpload, "torn-upload"), (Mark.LateAcceptance, "late-acceptance"),
        (Mark.DuplicateAnswers, "duplicate-answers"), (Mark.OutOfOrder, "out-of-order"),
        (Mark.PartialResults, "partial-results"), (Mark.SplitResults, "split-results"),
        (Mark.DayEndBetween, "day-end-between"),
    ];

    private static readonly string s_sql = string.Join("\nUNION ALL\n", s_facts.Select(f =>
        $"SELECT {(int)f.Mark} AS mark, count(*) AS times FROM {f.Rows}"));

    /// <summary>How often each was reached in this world; those that were not are not there.</summary>
    public static Dictionary<Mark, long> Of(World world)
    {
        var reached = world.Database.Eye.Query<(long Mark, long Times)>(s_sql).Where(m => m.Times > 0)
            .ToDictionary(m => (Mark)m.Mark, m => m.Times);
        foreach (var (mark, verb) in s_verbs) Add(mark, world.Verbs.GetValueOrDefault(verb));
        foreach (var (mark, answer) in s_answers) Add(mark, world.Met.GetValueOrDefault(answer));
        foreach (var (mark, why) in s_open) Add(mark, world.WhyOpen.GetValueOrDefault(why));
        foreach (var (mark, fault) in s_faults)
            Add(mark, world.Struck.Where(s => s.Key.StartsWith($"{fault} ", StringComparison.Ordinal))
                .Sum(s => s.Value));
        var words = world.Banks.SelectMany(b => b.Report().Files).SelectMany(f => f.Misbehaves.Split(' ')).ToList();
        foreach (var (mark, word) in s_words) Add(mark, words.Count(w => w == word));
        return reached;

        void Add(Mark mark, long times)
        {
            if (times > 0) reached[mark] = reached.GetValueOrDefault(mark) + times;
        }
    }

    private static string Exception(string kind) => $"bank_exception WHERE kind = '{kind}'";
    private static string Decided(string verb) => $"proposal WHERE verb = '{verb}' AND state = 'Decided'";
}

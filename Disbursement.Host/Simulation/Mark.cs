namespace Disbursement.Host.Simulation;

/// <summary>What a run must come to see: a mark that no seed reaches fails it.</summary>
public enum Mark
{
    // What banks answer.
    Rejected, LateReturn, Contradicted, DoubleCredit, CreditedAfterAll, PaidAgain, Silent, AmountDiffers,
    WrongTotals, StatementEntriesDiffer, StrangersKey, StatementGap, BalanceDiffers, FileRefused, FileReconciled,
    LostReply, TornUpload, LateAcceptance, DuplicateAnswers, OutOfOrder, PartialResults, SplitResults, DayEndBetween,

    // Money.
    HolidayDueDate, Short, Partial, Impaired, Yielded, ForeignDebit, BankFee, Unallocated, Allocated, UnknownPurpose,
    Earmarked, EarmarkFreed, AdvancePaid, DepositDrawn,

    // What is owed.
    Overdue, Unassessed, SheetMissing, SheetRefused, SheetNotSubmitted, SheetNotApproved, LeftOffSheet, ApprovedShort,
    SentUnknown, ReturnedUnpaid, Discharged, OrderKept, RecoveryOpened, RecoveryEnded, WarningRaised, WarningClosed,
    Voided, PaidOutside, PossibleDoublePayment,

    // What people decide, and where they err.
    UnknownResolved, AbsenceProved, LineResolved, Explained, FileWithdrawn, ReleaseCancelled, Recalled,
    RecallCarriedOut, RecallRefused, PayeeChanged, PersonKeyChanged, BankKeyChanged, OurKeyChanged, SheetTwice,
    ApprovedTwice, WrongPerson, WrongAmount, ClaimedTwice, StrangerOnSheet, OldKey,

    // What the world does.
    StaleLease, DeathBeforeCommit, DeathAfterCommit, DeathBeforeCall, DeathAfterCall, TornJournal, CallFailed,
    CallNotSent, LostAnswer, JournalBusy, AnchorUnwritten, ClockBack, Restored, AnchorRefused, JournalAhead,
    LineLocked,
}

/*
 * One wage month in small: two wages (claims), two attempts of each, a bank that is slow, silent, repeats and reorders.
 * What the engine does is written as its deciders do it; what the bank, the network, the clock and people do is left
 * open. specs/model.md says how to run it, what it proves and what it does not.
 *
 * -DABSENCE=0|1|2   the profile's absenceProof: bankDedupes | quietPeriod | operator
 * -DSENDS=n         how often one file may go out at all (the bound; 3 by default)
 * -DWRONG_WORD      the bank also says "rejected" of a wage it has credited: L3 and L10 only, L1 cannot be kept by us
 * -DL10             the liveness law as a never claim
 * Mutants, each of which spin must refute:
 * -DRESEND_ON_TIMEOUT, -DCALL_AFTER_LEASE, -DTRUST_REFUSAL, -DQUIET_FROM_FIRST, -DANSWERED_LINES_GO, -DOLD_DOCUMENT,
 * -DNOBODY_DECIDES (L10)
 */

#ifndef ABSENCE
#define ABSENCE 0
#endif
#ifndef SENDS
#define SENDS 2
#endif
#define DEDUPES (ABSENCE == 0)
#ifndef CLAIMS
#define CLAIMS 2
#endif
#ifndef ATTEMPTS
#define ATTEMPTS 2
#endif
#ifndef RESENDS
#define RESENDS 1
#endif
#define MOST(f) (f == 0 -> SENDS : RESENDS)
#define FILES 2
#ifndef RETURNS
#define RETURNS 1
#endif

/* Names are the engine's own: FileState, FileTrigger, AttemptState. */
mtype:filestate = { Built, Sealed, Sending, Delivered, Unknown, Refused, Accepted, Reconciled, Withdrawn };
mtype:filetrigger = { Seal, Withdraw, Send, Deliver, LoseAnswer, ProveUnsent, ProveAbsence, FindJournalled, ProveLost,
    Accept, Refuse, ReturnWhole, Reconcile };
mtype:attempt = { Open, NotSent, Rejected, Returned, Contradicted, Settled };
mtype:books = { Absent, Taken, TurnedDown, Credited, Denied, CameBack };

/* Words about a line, as bits of a set: order and repetition are lost in it on purpose (L9). */
#define SETTLED 1
#define REJECTED 2
#define RETURNED 4
#define NOTSENT 8
/* Words about a file. */
#define TAKES 1
#define REFUSES 2
/* Where a claim stands. */
#define PAID 0
#define INFLIGHT 1
#define UNPAID 2
#define VOIDED 3

/* ---- our database: one row per file, one per (file, claim) payment; payment i = 2 * file + claim ---- */
mtype:filestate st[FILES];
byte sends[FILES];          /* sendings committed: the fencing token */
byte first[FILES];          /* the first sending not proved void; 0: never left the house */
bool lease[FILES];          /* the lease of the newest sending runs */
bool quiet[FILES];          /* the bank's longest intake delay has passed since the sending that counts */
bool built;                 /* the second file */
bool in[4];                 /* the payment exists */
bool dead[4];               /* payment_death */
byte report[4];             /* words of reports */
byte strong[4];             /* words of statements and of two people */
bool voided[2];
byte standing[4];       /* the payroll's counters, kept step by step */

/* ---- the bank's own books, and what is on its way ---- */
byte way[FILES];            /* copies of a file's bytes between us and the bank */
mtype:books bank[FILES];
mtype:books line[4];
byte credits[2];            /* credited less come back */
byte said[4];               /* words about lines that the bank has sent off, ever */
byte told[FILES];           /* words about files that the bank has sent off, ever */
byte heard[FILES];
byte returns;               /* late returns so far */
bool document[FILES];       /* a letter "not here" that was true when it was written */

/* Scratch: not part of a state. */
hidden byte i, c, word, stands, paid, flying, owed, voids;
hidden mtype:attempt was, is;
hidden mtype:filestate from;
hidden mtype:filetrigger by;

/* How often each arrow is taken, told at the end: an arrow that is never taken proves nothing. Numbers of spin's mtypes
   run backwards. */
c_decl {
    \#include <stdlib.h>
    static unsigned long taken[16][16];
    static const char *states[] = { "", "Withdrawn", "Reconciled", "Accepted", "Refused", "Unknown", "Delivered",
        "Sending", "Sealed", "Built" };
    static const char *triggers[] = { "", "Reconcile", "ReturnWhole", "Refuse", "Accept", "ProveLost", "FindJournalled",
        "ProveAbsence", "ProveUnsent", "LoseAnswer", "Deliver", "Send", "Withdraw", "Seal" };
    static void tell(void);
}
c_code {
    static void tell(void) {
        int s, t;
        for (s = 1; s <= 9; s++) for (t = 1; t <= 13; t++)
            if (taken[s][t]) printf("arrow %s %s %lu\n", states[s], triggers[t], taken[s][t]);
    }
}

/* The file's machine. This table runs, and a test holds it equal to Engine's FileMachine. */
inline step(f, trigger) {
    from = st[f]; by = trigger;
    c_code { taken[from][by]++; };
    if
    :: st[f] == Built && trigger == Seal -> st[f] = Sealed
    :: st[f] == Built && trigger == FindJournalled -> st[f] = Unknown
    :: st[f] == Built && trigger == Withdraw -> st[f] = Withdrawn
    :: st[f] == Sealed && trigger == Send -> st[f] = Sending
    :: st[f] == Sealed && trigger == FindJournalled -> st[f] = Unknown
    :: st[f] == Sealed && trigger == Withdraw -> st[f] = Withdrawn
    :: st[f] == Sending && trigger == Deliver -> st[f] = Delivered
    :: st[f] == Sending && trigger == LoseAnswer -> st[f] = Unknown
    :: st[f] == Sending && trigger == ProveUnsent -> st[f] = Sealed
    :: st[f] == Sending && trigger == Accept -> st[f] = Accepted
    :: st[f] == Sending && trigger == Refuse -> st[f] = Refused
    :: st[f] == Delivered && trigger == Accept -> st[f] = Accepted
    :: st[f] == Delivered && trigger == Refuse -> st[f] = Refused
    :: st[f] == Unknown && trigger == ProveAbsence -> st[f] = Sealed
    :: st[f] == Unknown && trigger == ProveLost -> st[f] = Withdrawn
    :: st[f] == Unknown && trigger == Accept -> st[f] = Accepted
    :: st[f] == Unknown && trigger == Refuse -> st[f] = Refused
    :: st[f] == Accepted && trigger == Reconcile -> st[f] = Reconciled
    :: st[f] == Accepted && trigger == ReturnWhole -> st[f] = Refused
    :: else -> assert(false) /* an undeclared arrow is a defect */
    fi;
    printf("file %d: ", f); printm(from); printf(" --"); printm(by); printf("--> "); printm(st[f]); printf("\n")
}

/* What the words that count come to. Where people have spoken only they count, and beside them a return by report, and a
   payment where all they said is that it never went (no statement speaks in this model). Held equal to Engine's
   OutcomeSet by a test, over all its 4096 sets. */
inline joined(words, state) {
    if
    :: words == 0 -> state = Open
    :: words == SETTLED -> state = Settled
    :: words == REJECTED -> state = Rejected
    :: words == SETTLED + REJECTED -> state = Contradicted
    :: words == RETURNED -> state = Returned
    :: words == RETURNED + SETTLED -> state = Returned
    :: words == RETURNED + REJECTED -> state = Returned
    :: words == RETURNED + SETTLED + REJECTED -> state = Returned
    :: words == NOTSENT -> state = NotSent
    :: words == NOTSENT + SETTLED -> state = Contradicted
    :: words == NOTSENT + REJECTED -> state = Rejected
    :: words == NOTSENT + SETTLED + REJECTED -> state = Contradicted
    :: words == NOTSENT + RETURNED -> state = Returned
    :: words == NOTSENT + RETURNED + SETTLED -> state = Returned
    :: words == NOTSENT + RETURNED + REJECTED -> state = Returned
    :: words == NOTSENT + RETURNED + SETTLED + REJECTED -> state = Returned
    fi
}

#ifdef RETURN_UNHEARD
#define COUNTING(p) (strong[p] != 0 -> strong[p] : report[p])
#else
#define COUNTING(p) (strong[p] != 0 -> PEOPLE(p) | (report[p] & BESIDE(p)) : report[p])
#endif
#define PEOPLE(p) ((strong[p] & SETTLED) -> (strong[p] & (SETTLED + REJECTED + RETURNED)) : strong[p])
#define BESIDE(p) (strong[p] == NOTSENT -> RETURNED + SETTLED : RETURNED)
#define NEWEST(c) (in[2 + c] -> 2 + c : c)
#define STANDS(state) (state == Settled -> PAID : ((state == Open || state == Contradicted) -> INFLIGHT : UNPAID))
#define SILENT(f) (st[f] == Unknown || st[f] == Accepted || st[f] == Delivered)
#define ANSWERED(f) (report[2 * f] | strong[2 * f] | report[2 * f + 1] | strong[2 * f + 1])
/* What the bank's books say of the file when somebody there looks for it. */
#define NOT_TAKEN(f) (bank[f] == Absent)
#define NOT_COMING(f) (bank[f] == Absent && way[f] == 0)

/* OutcomeTally.Take: one word about one row. A word known already changes nothing. */
inline take(p, byReport, byOther) {
    printf("wage %d of file %d: report says %d, others %d\n", (p) % 2, (p) / 2, byReport, byOther);
    word = COUNTING(p); joined(word, was);
    report[p] = report[p] | byReport;
    strong[p] = strong[p] | byOther;
    word = COUNTING(p); joined(word, is);
    if
    :: was != is ->
        if
        :: is == NotSent || is == Rejected || is == Returned -> dead[p] = true
        :: else
        fi;
        if
        :: (p) == NEWEST((p) % 2) && !voided[(p) % 2] -> standing[STANDS(was)]--; standing[STANDS(is)]++
        :: else
        fi
    :: else
    fi
}

/* Settlement.ApplyToAll */
inline takeAll(f, byReport, byOther) {
    if :: in[2 * f] -> take(2 * f, byReport, byOther) :: else fi;
    if :: in[2 * f + 1] -> take(2 * f + 1, byReport, byOther) :: else fi
}

/* FileBook: every line is answered. (The sums of the statement are not in this model.) */
#define ANSWER(p) (!in[p] || COUNTING(p) != 0)
inline adjust(f) {
    if
    :: st[f] == Accepted && ANSWER(2 * f) && ANSWER(2 * f + 1) -> step(f, Reconcile)
    :: else
    fi
}

/* FileWords.Accepted: by report or statement, perhaps before our own call returned. */
inline accept(f) {
    assert(first[f] > 0); /* no word about what never left */
    if
    :: st[f] == Accepted || st[f] == Reconciled
    :: st[f] == Sealed -> step(f, Send); step(f, Accept)
    :: st[f] == Sending || st[f] == Delivered || st[f] == Unknown -> step(f, Accept)
    :: else /* a named exception; the file stays as it is */
    fi
}

/* ReportMatch, the whole file turned down: its lines are rejected, whatever becomes of the header. */
inline refuse(f) {
    assert(first[f] > 0);
    if
    :: st[f] == Sealed -> step(f, Send); step(f, Refuse)
    :: st[f] == Sending || st[f] == Delivered || st[f] == Unknown -> step(f, Refuse)
    :: st[f] == Accepted && !((report[2 * f] | report[2 * f + 1]) & SETTLED) -> step(f, ReturnWhole)
    :: else
    fi;
    takeAll(f, REJECTED, 0)
}

/* ---- the laws, after every step ---- */
inline laws() {
    paid = 0; flying = 0; owed = 0; voids = 0;
    c = 0;
    do
    :: c < CLAIMS ->
        word = COUNTING(NEWEST(c)); joined(word, is);
        stands = (voided[c] -> VOIDED : (!in[c] -> UNPAID : STANDS(is)));
        if
        :: stands == PAID -> paid++
        :: stands == INFLIGHT -> flying++
        :: stands == UNPAID -> owed++
        :: stands == VOIDED -> voids++
        fi;
        /* L1: a next attempt only after the death of the one before. */
        assert(!in[2 + c] || dead[c]);
#ifndef WRONG_WORD
        /* L1 in the bank's own books: never two credits of one wage that both stand. */
        assert(credits[c] <= 1);
        /* Once every word of the bank has come, our claims are its books. */
        if
        :: (said[c] & ~report[c]) == 0 && (said[2 + c] & ~report[2 + c]) == 0 ->
            assert(stands != PAID || credits[c] == 1);
            assert((stands != UNPAID && stands != VOIDED) || credits[c] == 0)
        :: else
        fi;
#endif
        c++
    :: else -> break
    od;
    /* L3: every claim is exactly one of the four, and the counters kept step by step say the same. */
    assert(standing[PAID] + standing[INFLIGHT] + standing[UNPAID] + standing[VOIDED] == CLAIMS);
    assert(standing[PAID] == paid && standing[INFLIGHT] == flying);
    assert(standing[UNPAID] == owed && standing[VOIDED] == voids);
    paid = 0; flying = 0; owed = 0; voids = 0; c = 0; i = 0; word = 0; stands = 0
}

/* FileBuild: the first release carries both wages; a second one, of re-payments, what is unpaid by then. */
#define DEAD_NOW(c) (dead[c] && !voided[c] && !in[2] && !in[3] && REPAYABLE(COUNTING(c)))
#define REPAYABLE(words) ((words & RETURNED) != 0 || ((words & SETTLED) == 0 && words != 0))
inline carry(p) {
    in[p] = true; standing[UNPAID]--; standing[INFLIGHT]++;
    printf("wage %d: attempt 2, in file 1\n", (p) % 2)
}

proctype planner() {
end:
    if
    :: d_step { DEAD_NOW(0) -> carry(2); laws() }
    :: d_step { DEAD_NOW(1) -> carry(3); laws() }
    :: d_step { DEAD_NOW(0) && DEAD_NOW(1) -> carry(2); carry(3); laws() }
    fi
}

#define EXISTS(f) (in[2 * f] || in[2 * f + 1])
/* RowsPaidBefore: a report calls the attempt before settled after all. */
#define CLAIMED(p) (COUNTING(p) != 0 && !REPAYABLE(COUNTING(p)))
#define HELD(f) (f == 1 && ((in[2] && CLAIMED(0)) || (in[3] && CLAIMED(1))))
/* The clock is read once more, last thing before the call. */
#ifdef CALL_AFTER_LEASE
#define MAY_CALL(f, n) true
#else
#define MAY_CALL(f, n) (sends[f] == n && lease[f])
#endif
#ifdef TRUST_REFUSAL
#define ONLY_COPY(f, n) true
#else
#define ONLY_COPY(f, n) (first[f] == n)
#endif

#define MINE(f, n) (st[f] == Sending && sends[f] == n)

/* FileSending: one sending of one file. It may sleep as long as it likes before each step: a process that dies is one
   that wakes up after its lease. */
proctype host(byte f; byte n) {
end:
    d_step {
        EXISTS(f) && st[f] == Sealed && sends[f] == n - 1 && !HELD(f) ->
        step(f, Send);
        sends[f] = n; lease[f] = true; document[f] = false;
#ifdef QUIET_FROM_FIRST
        quiet[f] = quiet[f] && first[f] != 0;
#else
        quiet[f] = false;
#endif
        first[f] = (first[f] == 0 -> n : first[f]);
        laws()
    };
    if
    :: d_step { MAY_CALL(f, n) -> way[f]++; printf("host: hands file %d over, sending %d\n", f, n) }
    :: d_step { !MAY_CALL(f, n) -> printf("host: sending %d of file %d is too late to be made\n", n, f) };
        goto gone
    :: d_step { MAY_CALL(f, n) && MINE(f, n) && n < MOST(f) -> /* the transport proves that nothing left */
        step(f, ProveUnsent); first[f] = (first[f] == n -> 0 : first[f]); lease[f] = false; laws() };
        goto gone
    :: d_step { MAY_CALL(f, n) && MINE(f, n) -> /* the transport says no to this copy, at once */
        printf("host: sending %d of file %d is refused at once\n", n, f);
        lease[f] = false;
        if
        :: ONLY_COPY(f, n) -> step(f, Refuse); takeAll(f, REJECTED, 0)
        :: else -> step(f, LoseAnswer)
        fi;
        laws() };
        goto gone
    fi;
    if
    :: d_step { MINE(f, n) -> step(f, Deliver); lease[f] = false; laws() }
    :: d_step { MINE(f, n) -> /* no answer, or none that can be read */
#ifdef RESEND_ON_TIMEOUT
        step(f, ProveUnsent);
#else
        step(f, LoseAnswer);
#endif
        lease[f] = false; laws() }
    :: d_step { !MINE(f, n) -> skip } /* too late: a leaf, and no change */
    fi;
gone:
    skip
}

/* What goes by itself: sealing, the lease, the longest intake delay. */
proctype pump(byte f) {
end:
    do
    :: d_step { EXISTS(f) && st[f] == Built -> step(f, Seal) }
    :: d_step { st[f] == Sending -> lease[f] = false; step(f, LoseAnswer); laws() }
    :: d_step { st[f] != Sending && lease[f] -> lease[f] = false }
#if ABSENCE == 1
    /* By then every copy has arrived or never will. */
    :: d_step { st[f] == Unknown && !lease[f] && !quiet[f] && way[f] == 0 -> quiet[f] = true;
        printf("file %d: the quiet period is over\n", f) }
#endif
    od
}

/* The bank works a copy off in one step: what it does after that is seen only when its words come, each at its own time.
   A wage that comes back days later has two words. */
#define WORDS(how) (how == Credited -> SETTLED : (how == CameBack -> SETTLED | RETURNED : REJECTED))
#define BOOK(p, how) \
    if \
    :: in[p] -> line[p] = how; said[p] = WORDS(how); \
        credits[(p) % 2] = credits[(p) % 2] + (how == Credited -> 1 : 0); returns = returns + (how == CameBack -> 1 : 0); \
        printf("bank: file %d, wage %d: ", (p) / 2, (p) % 2); printm(line[p]); printf("\n") \
    :: else \
    fi
#define NEW_COPY(f) (way[f] > 0 && bank[f] == Absent)
#define TAKE(a, b) way[f]--; bank[f] = Taken; told[f] = TAKES; BOOK(2 * f, a); BOOK(2 * f + 1, b); laws()
#define TURN_DOWN(words) way[f]--; bank[f] = TurnedDown; told[f] = words; BOOK(2 * f, Denied); BOOK(2 * f + 1, Denied); \
    said[2 * f] = 0; said[2 * f + 1] = 0; laws()

/* The bank. Its words are true of its books, and it may be silent for as long as it likes. */
proctype partner(byte f) {
end:
    do
    :: d_step { NEW_COPY(f) -> TAKE(Credited, Credited) }
    :: d_step { NEW_COPY(f) -> TAKE(Denied, Credited) }
    :: d_step { NEW_COPY(f) && in[2 * f + 1] -> TAKE(Credited, Denied) }
    :: d_step { NEW_COPY(f) && in[2 * f + 1] -> TAKE(Denied, Denied) }
    :: d_step { NEW_COPY(f) && returns < RETURNS -> TAKE(CameBack, Credited) }
    :: d_step { NEW_COPY(f) && returns < RETURNS && in[2 * f + 1] -> TAKE(CameBack, Denied) }
    :: d_step { NEW_COPY(f) -> TURN_DOWN(REFUSES) }
    :: d_step { NEW_COPY(f) -> TURN_DOWN(TAKES | REFUSES) } /* taken, and given back whole */
    :: d_step { way[f] > 0 && bank[f] != Absent -> way[f]--; printf("bank: file %d again\n", f);
        if
        :: DEDUPES /* it knows the reference */
        :: else -> /* a second copy is worked off like a first */
            credits[0] = credits[0] + in[2 * f]; credits[1] = credits[1] + in[2 * f + 1]
        fi;
        laws() }
    :: d_step { way[f] > 0 && sends[f] < MOST(f) -> way[f]--; printf("a copy of file %d is lost on its way\n", f) }
#ifdef LATE_RETURN
    :: d_step { line[2 * f] == Credited && strong[2 * f] == SETTLED -> line[2 * f] = CameBack; credits[0]--;
        said[2 * f] = said[2 * f] | RETURNED; printf("bank: wage 0 of file %d comes back\n", f) }
#endif
#ifdef WRONG_WORD
    :: d_step { line[2 * f] == Credited && said[2 * f] == SETTLED -> said[2 * f] = SETTLED | REJECTED }
#endif
    od
}

/* Messages come in any order, each at its own time. */
#define NEW(words, known, w) ((words & w) != 0 && (known & w) == 0)
#define HEAR(p, w) \
    :: d_step { NEW(said[p], report[p], w) -> accept(f); take(p, w, 0); adjust(f); laws() }
#define HEAR_AGAIN(p, w) \
    :: d_step { (report[p] & said[p] & w) != 0 -> accept(f); take(p, w, 0); adjust(f); laws() }

proctype network(byte f) {
end:
    do
    :: d_step { NEW(told[f], heard[f], TAKES) -> heard[f] = heard[f] | TAKES; accept(f); adjust(f); laws() }
    :: d_step { NEW(told[f], heard[f], REFUSES) -> heard[f] = heard[f] | REFUSES; refuse(f); adjust(f); laws() }
    HEAR(2 * f, SETTLED)
    HEAR(2 * f, REJECTED)
    HEAR(2 * f, RETURNED)
    HEAR(2 * f + 1, SETTLED)
    HEAR(2 * f + 1, REJECTED)
    HEAR(2 * f + 1, RETURNED)
    od
}

/* Each message again, as often as anybody likes: the same bytes, another export, a part of it. */
proctype repeater(byte f) {
end:
    do
    :: d_step { (heard[f] & TAKES) != 0 -> accept(f); adjust(f); laws() }
    :: d_step { (heard[f] & REFUSES) != 0 -> refuse(f); adjust(f); laws() }
    HEAR_AGAIN(2 * f, SETTLED)
    HEAR_AGAIN(2 * f, REJECTED)
    HEAR_AGAIN(2 * f, RETURNED)
    HEAR_AGAIN(2 * f + 1, SETTLED)
    HEAR_AGAIN(2 * f + 1, REJECTED)
    HEAR_AGAIN(2 * f + 1, RETURNED)
    od
}

/* What people may write "absent" under, by the profile's absenceProof. */
#if ABSENCE == 0
#define PROOF(f) NOT_TAKEN(f)
#elif ABSENCE == 1 && defined(OLD_DOCUMENT)
#define PROOF(f) (quiet[f] && document[f])
#elif ABSENCE == 1
#define PROOF(f) (quiet[f] && NOT_TAKEN(f))
#else
#define PROOF(f) NOT_COMING(f)
#endif
#ifdef ANSWERED_LINES_GO
#define MAY_GO(f) true
#else
#define MAY_GO(f) (ANSWERED(f) == 0)
#endif

/* Two people with a document of the bank that is true, and says no more than the bank can know. */
#define DECIDABLE(p) (in[p] && (unsaid_(p) && SILENT(f) || contradicted_(p)))
#define unsaid_(p) (COUNTING(p) == 0)
#define contradicted_(p) ((COUNTING(p) & (SETTLED | RETURNED)) == SETTLED && (COUNTING(p) & (REJECTED | NOTSENT)) != 0)
#define SAY(p, truth, w) \
    :: d_step { DECIDABLE(p) && truth -> take(p, 0, w); adjust(f); laws() }
#define SAY_LINE(p) \
    SAY(p, line[p] == Credited, SETTLED) \
    SAY(p, line[p] == Denied, REJECTED) \
    SAY(p, line[p] == CameBack, RETURNED)
#define SAY_NEVER_CAME(p) SAY(p, (st[f] == Unknown || st[f] == Delivered) && NOT_COMING(f), NOTSENT)
#define GIVE_UP(c) \
    :: d_step { (in[c] && dead[c]) && !voided[c] && (in[2 + c] -> dead[2 + c] : true) && REPAYABLE(COUNTING(NEWEST(c))) -> \
        voided[c] = true; standing[UNPAID]--; standing[VOIDED]++; \
        printf("people: wage %d is voided\n", c); laws() }

proctype people(byte f) {
end:
    do
    :: d_step { st[f] == Unknown && bank[f] == Taken -> step(f, Accept); adjust(f); laws() }
    :: d_step { st[f] == Unknown && (bank[f] == TurnedDown || NOT_COMING(f)) -> step(f, Refuse);
        takeAll(f, 0, REJECTED); laws() }
    :: d_step { st[f] == Unknown && sends[f] < MOST(f) && PROOF(f) && MAY_GO(f) -> step(f, ProveAbsence); laws() }
#ifdef OLD_DOCUMENT
    :: d_step { sends[f] > 0 && NOT_TAKEN(f) && !document[f] -> document[f] = true;
        printf("the bank writes that file %d is not there\n", f) }
#endif
    SAY_LINE(2 * f)
    SAY_NEVER_CAME(2 * f)
    SAY_NEVER_CAME(2 * f + 1)
    :: d_step { EXISTS(f) && (st[f] == Built || st[f] == Sealed) && first[f] == 0 -> step(f, Withdraw);
        takeAll(f, 0, NOTSENT); laws() }
    GIVE_UP(CLAIMS - 1)
    od
}

init {
    byte n;
    d_step {
        c_code { atexit(tell); };
        for (n : 0 .. FILES - 1) { st[n] = Built; bank[n] = Absent };
        for (n : 0 .. 3) { line[n] = Absent };
        in[0] = true; in[1] = CLAIMS == 2; standing[INFLIGHT] = CLAIMS; n = 0; laws()
    };
    atomic {
#if ATTEMPTS == 2
        run planner();
#endif
        for (n : 0 .. ATTEMPTS - 1) {
            run pump(n); run partner(n); run network(n); run repeater(n);
#ifndef NOBODY_DECIDES
            run people(n);
#endif
        };
        for (n : 1 .. SENDS) { run host(0, n) };
#if ATTEMPTS == 2
        for (n : 1 .. RESENDS) { run host(1, n) };
#endif
        n = 0
    };
#ifdef L10
    /* Time goes on: else a state that nobody leaves would end the run, and not be seen as one that never rests. */
end:
    do :: true -> skip od
#endif
}

#ifdef L10
/* With a bank that answers and people who decide, everything comes to rest and stays there. */
ltl comes_to_rest { <> [] (standing[INFLIGHT] == 0) }
#endif

using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>A statement with the debit of a file that a restored database does not know, or never sent.</summary>
public class StatementAheadTests
{
    private const string Settled = "处理成功", Rejected = "处理失败/账户已销户";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Taken_before_the_recovery_it_comes_to_the_same_as_after_it(string engine)
    {
        using var before = new TwinRig(engine, begun: false);
        using var after = new TwinRig(engine, begun: false);
        void Bank(TwinRig at)
        {
            at.Statement("S1", (-at.TotalFen, "WAGE", at.Reference), (-100, "FEE", ""));
            at.Statement("S2", (at.Claims[1].Fen, "REFUND", at.Reference));
            at.Report(1, (1, Settled), (2, Rejected));
        }
        Bank(before);
        Assert.Equal(Enumerable.Repeat(ExceptionKinds.FileAhead, 3), before.Kinds);
        Assert.Equal([before.TotalFen, before.Claims[1].Fen, before.TotalFen],
            before.Rows<BankExceptionRow>().Select(x => x.AmountFen));
        // Not half of it, not the fee either, and told once.
        Assert.Empty(before.Entries);
        before.Waiting();
        Assert.Equal(3, before.Kinds.Count);
        Assert.NotNull(before.Outlay.Samples.Ask(v => RestoreLock.Ahead(v).FirstOrDefault()));

        before.Withdraw();
        before.Begin();
        before.Waiting();
        after.Withdraw();
        after.Begin();
        Bank(after);
        after.Match();
        Assert.Equal(after.Books, before.Books);
        Assert.Equal((FileState.Reconciled, before.TotalFen, before.Claims[1].Fen, 0L), (before.Journalled.State,
            before.Journalled.DebitedFen, before.Journalled.RefundedFen, before.Journalled.ReservedFen));
        Assert.Equal(after.Journalled.State, before.Journalled.State);
        Assert.Equal(after.States(), before.States());
        // Each ledger has an epoch of its own.
        Assert.Equal(after.Entries.Select(e => e with { Reference = "" }),
            before.Entries.Select(e => e with { Reference = "" }));
        Assert.Equal(after.Open().Select(x => x.Kind), before.Open().Select(x => x.Kind));
        Assert.DoesNotContain(ExceptionKinds.ForeignDebit, before.Kinds);
        Assert.All(before.All().Where(x => x.Kind == ExceptionKinds.FileAhead),
            x => Assert.StartsWith("Journal", x.SettledBy, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_here_that_never_went_takes_no_debit_and_the_statement_waits()
    {
        using var lost = new TwinRig(Engines.Sqlite, begun: false);
        var here = lost.Here;
        lost.Statement("S1", (-here.TotalFen, "WAGE", here.Reference));
        Assert.Equal([ExceptionKinds.NeverSent], lost.Kinds);
        Assert.Equal(here, lost.Outlay.File(here.File));
        Assert.Empty(lost.Entries);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Dismissed_by_two_people_it_is_booked_and_the_debit_is_a_foreign_one(string engine)
    {
        using var lost = new TwinRig(engine, begun: false);
        lost.Statement("S1", (-100, "WAGE", lost.Here.Reference), (-200, "WAGE", lost.Reference));
        Assert.Equal([ExceptionKinds.NeverSent, ExceptionKinds.FileAhead], lost.Kinds);
        lost.Dismiss(lost.Rows<BankExceptionRow>()[0]);
        lost.Waiting();
        Assert.Empty(lost.Entries);
        lost.Dismiss(lost.Rows<BankExceptionRow>()[1]);
        // What goes out under the name since is another file than the one that the bank means.
        lost.SendHere();
        lost.Waiting();
        Assert.Equal([(-100, null), (-200, null)], lost.Entries.Select(e => (e.AmountFen, e.File)));
        Assert.Equal(2, lost.Open().Count(x => x.Kind == ExceptionKinds.ForeignDebit));
        Assert.Equal(0, lost.Outlay.File(lost.Here.File).DebitedFen);
        // The same statement under another name is booked already.
        lost.Again("S1", (-100, "WAGE", lost.Here.Reference), (-200, "WAGE", lost.Reference));
        Assert.Equal(2, lost.Entries.Count);
        Assert.Empty(lost.Outlay.Samples.Ask(v => RestoreLock.Ahead(v).ToList()));
    }

    [Fact]
    public void A_payer_s_words_hold_up_nothing_unless_the_file_is_ahead_already()
    {
        using var lost = new TwinRig(Engines.Sqlite, begun: false);
        lost.Statement("S1", (100, "TRANSFER", lost.Reference));
        Assert.DoesNotContain(ExceptionKinds.FileAhead, lost.Kinds);
        Assert.Single(lost.Entries);
        lost.Statement("S2", (-300, "WAGE", lost.Reference));
        lost.Statement("S3", (100, "TRANSFER", lost.Reference));
        Assert.Equal(2, lost.Kinds.Count(k => k == ExceptionKinds.FileAhead));
        Assert.Single(lost.Entries);
    }

    [Fact]
    public void While_the_journalled_file_cannot_be_made_the_statement_waits_for_it()
    {
        using var lost = new TwinRig(Engines.Sqlite, begun: false);
        lost.Begin(project: "GY2025X999");
        lost.Kept("S1", (-lost.TotalFen, "WAGE", lost.Reference));
        Assert.Equal([RestoreRules.MessageWaits], lost.Waiting().Refused.Select(f => f.Rule));
        lost.Both(lost.Settle("held"));
        Assert.Equal([RestoreRules.MessageWaits], lost.Waiting().Refused.Select(f => f.Rule));
        Assert.Equal([RestoreRules.LinesWait], lost.Import("S1", (-lost.TotalFen, "WAGE", lost.Reference))
            .Findings.Select(f => f.Rule));
        // Absent, it is never made: somebody took the money all the same.
        lost.Both(lost.Settle("absent"));
        Assert.Empty(lost.Waiting().Refused);
        Assert.Contains(lost.Open(), x => x.Kind == ExceptionKinds.ForeignDebit);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Imported_by_hand_before_the_recovery_it_is_told_and_books_after_it(string engine)
    {
        using var lost = new TwinRig(engine, begun: false);
        Decision<Outcome> Import() => lost.Import("S1", (-lost.TotalFen, "WAGE", lost.Reference));
        Assert.Equal(0, ((MessageApplied)Import().Value.Result!).Lines);
        Assert.Equal([ExceptionKinds.FileAhead], lost.Kinds);
        var again = Import().Value;
        Assert.True(again.Repeat);
        Assert.Equal(lost.Rows<BankExceptionRow>(), ((MessageApplied)again.Result!).Exceptions);
        lost.Withdraw();
        lost.Begin();
        Assert.Equal(1, ((MessageApplied)Import().Value.Result!).Lines);
        Assert.Equal((FileState.Accepted, lost.TotalFen, 0L),
            (lost.Journalled.State, lost.Journalled.DebitedFen, lost.Journalled.ReservedFen));
        Assert.DoesNotContain(ExceptionKinds.ForeignDebit, lost.Kinds);
    }
}

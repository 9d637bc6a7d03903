using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>Rows that people called absent, and the bank's words that are no payment and no return, and yet say that it
/// has them: accepted, pending, doubtful, a repetition.</summary>
public class AbsenceDeniedTests
{
    private const string Pending = "等待银行处理", Doubtful = "通讯可疑", Twice = "处理失败/批次号重复", Settled = "处理成功",
        Rejected = "处理失败/账户已销户", Unheard = "样例未知状态";

    public static TheoryData<string, string, string> Words => Each((Pending, ExceptionKinds.PaidAfterAbsence),
        (Doubtful, ExceptionKinds.PaidAfterAbsence), (Unheard, ExceptionKinds.UnknownWord),
        (Twice, ExceptionKinds.DuplicateRefused));

    public static TheoryData<string, string, string> FileWords => Each(("accepted", ExceptionKinds.PaidAfterAbsence),
        ("repeated", ExceptionKinds.DuplicateRefused));

    [Theory, MemberData(nameof(Words))]
    public void A_word_that_the_bank_has_the_row_locks_the_wage_again_and_is_told(
        string engine, string word, string kind)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        Assert.Empty(Locked(lost));
        lost.Report(1, (1, word), (2, word));
        Assert.Equal([kind, kind], lost.Kinds);
        Assert.Equal(lost.Claims.Select(c => c.Fen), lost.Rows<BankExceptionRow>().Select(x => x.AmountFen));
        Stays(lost, rows: 2);
        Assert.Equal(2, lost.Open().Count);
    }

    [Theory, MemberData(nameof(Words))]
    public void Said_while_people_held_the_row_it_counts_once_they_call_it_absent(
        string engine, string word, string kind)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("held"));
        lost.Report(1, (1, word), (2, word));
        // Of a row that is held everything is as ever: only what does not fit is told.
        string[] before = kind == ExceptionKinds.PaidAfterAbsence ? [] : [kind, kind];
        Assert.Equal(before, lost.Kinds);
        lost.Both(lost.Settle("absent"));
        Assert.Equal([.. before, ExceptionKinds.PaidAfterAbsence, ExceptionKinds.PaidAfterAbsence], lost.Kinds);
        Stays(lost, rows: 2);
    }

    [Theory, MemberData(nameof(FileWords))]
    public void A_word_on_the_whole_file_locks_every_row_of_it_that_people_called_absent(
        string engine, string word, string kind)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        Whole(lost, 1, word);
        // The repetition is told of the file, as ever.
        var told = kind == ExceptionKinds.DuplicateRefused ? 1 : 2;
        Assert.Equal(Enumerable.Repeat(kind, told), lost.Kinds);
        Stays(lost, rows: 2);
        Whole(lost, 2, word);
        Assert.Equal(2, lost.Rows<JournalledWordRow>().Count);
        Assert.Equal(kind == ExceptionKinds.DuplicateRefused ? 2 : told, lost.Kinds.Count);
    }

    [Theory, MemberData(nameof(FileWords))]
    public void A_file_that_the_bank_has_is_not_absent_because_people_say_so_afterwards(
        string engine, string word, string kind)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("held"));
        Whole(lost, 1, word);
        string[] before = kind == ExceptionKinds.DuplicateRefused ? [kind] : [];
        Assert.Equal(before, lost.Kinds);
        Assert.Equal(kind == ExceptionKinds.DuplicateRefused ? FileState.Unknown : FileState.Accepted,
            lost.Journalled.State);
        lost.Both(lost.Settle("absent"));
        Assert.Equal([.. before, ExceptionKinds.PaidAfterAbsence, ExceptionKinds.PaidAfterAbsence], lost.Kinds);
        Stays(lost, rows: 2);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Accepted_and_then_paid_it_is_told_once_and_contradicted_with_its_payment(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Reports.Accept(lost.Reference, 1);
        lost.Report(2, (1, Settled), (2, Rejected));
        Assert.Equal([ExceptionKinds.PaidAfterAbsence, ExceptionKinds.PaidAfterAbsence], lost.Kinds);
        lost.Withdraw();
        lost.Match();
        // Not paid by the bank's own word, as people said: that wage is free, and nothing asks after it.
        Assert.Equal([AttemptState.Contradicted], lost.States());
        Assert.Empty(Locked(lost));
        Assert.Equal(["Outcome Rejected Report"], lost.All().Where(x => x.Detail == "row 2").Select(x => x.SettledBy));
    }

    [Theory, MemberData(nameof(FileWords))]
    public void With_its_wage_here_the_row_stays_locked_until_two_people_say_what_the_bank_did(
        string engine, string word, string kind)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        Whole(lost, 1, word);
        lost.Withdraw();
        lost.Match();
        Assert.Equal([AttemptState.NotSent, AttemptState.NotSent], lost.States());
        Assert.Equal(2, Locked(lost).Count);
        // Said of rows that have their payment by now the same word neither fails nor is kept.
        Whole(lost, 2, word);
        Assert.Equal(2, lost.Rows<JournalledWordRow>().Count);
        Assert.Contains(lost.Open(), x => x.Kind == kind);
        lost.Both(TwinRig.Line(1, OutcomeKind.Settled));
        lost.Both(TwinRig.Line(2, OutcomeKind.Rejected));
        Assert.Equal([AttemptState.Settled, AttemptState.Rejected], lost.States());
        Assert.Empty(Locked(lost));
        Assert.DoesNotContain(lost.Open(), x => x.Kind == ExceptionKinds.PaidAfterAbsence);
    }

    [Theory, MemberData(nameof(FileWords))]
    public void Told_of_it_two_people_free_the_rows_once_more(string engine, string word, string kind)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        Whole(lost, 1, word);
        Assert.Contains(kind, lost.Kinds);
        lost.Both(lost.Settle("absent", "样例: 银行第二封函"));
        Assert.Empty(Locked(lost));
        Assert.Empty(lost.Outlay.Samples.Ask(v => v.Queries.WaitingLines()));
    }

    [Theory, MemberData(nameof(FileWords))]
    public void A_file_given_up_as_absent_leaves_what_the_bank_has_of_it_locked_and_on_the_worklist(
        string engine, string word, string kind)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Both(new Engine.Runtime.Command("file.resolve", ("file", TwinRig.Number), ("outcome", "absent"))
            .With(TwinRig.Letter));
        Assert.Equal(FileState.Withdrawn, lost.Journalled.State);
        Whole(lost, 1, word);
        Stays(lost, rows: 2);
        Assert.Contains(lost.Open(), x => x.Kind == kind);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void On_rows_that_people_hold_it_changes_nothing_once_their_wages_match(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("held"));
        lost.Reports.Accept(lost.Reference, 1);
        lost.Report(2, (1, Pending), (2, Doubtful));
        Assert.Empty(lost.Kinds);
        lost.Withdraw();
        lost.Match();
        Assert.Equal([AttemptState.Open, AttemptState.Open], lost.States());
        Assert.Equal((FileState.Accepted, 2L), (lost.Journalled.State, lost.Journalled.LinesOpen));
        Assert.Empty(lost.Kinds);
        lost.Report(3, (1, Settled), (2, Rejected));
        Assert.Equal([AttemptState.Settled, AttemptState.Rejected], lost.States());
    }

    private static TheoryData<string, string, string> Each(params (string Word, string Kind)[] words)
    {
        var data = new TheoryData<string, string, string>();
        foreach (var engine in new[] { Engines.Sqlite, Engines.Postgres })
            foreach (var (word, kind) in words) data.Add(engine, word, kind);
        return data;
    }

    private static void Whole(TwinRig lost, int number, string word)
    {
        if (word == "accepted") lost.Reports.Accept(lost.Reference, number);
        else lost.Reports.Refuse(lost.Reference, number, "批次号重复");
    }

    private static IReadOnlyList<LockedClaim> Locked(TwinRig lost) =>
        lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims());

    /// <summary>The wages are locked, and the file here that holds them too never goes.</summary>
    private static void Stays(TwinRig lost, int rows)
    {
        Assert.Equal(rows, Locked(lost).Count);
        lost.Match();
        Assert.Contains(lost.Outlay.Try("file.send", "file", lost.Here.File).Findings,
            f => f.Rule.Code == RestoreRules.RowLocked.Code || f.Rule.Code == RestoreRules.ListOpen.Code);
    }
}

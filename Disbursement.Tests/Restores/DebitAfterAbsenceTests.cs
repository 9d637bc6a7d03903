using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>A bank that debits a file whose rows people called absent has them; and what it says after people answered
/// it is a new word.</summary>
public class DebitAfterAbsenceTests
{
    private const string Pending = "等待银行处理", Settled = "处理成功", Rejected = "处理失败/账户已销户";
    private const string Second = "样例: 银行第二封函", Third = "样例: 银行第三封函";

    public static TheoryData<string, string> Ways
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var engine in new[] { Engines.Sqlite, Engines.Postgres })
                foreach (var way in new[] { "statement", "by hand" }) data.Add(engine, way);
            return data;
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public void A_debit_of_the_whole_file_locks_its_rows_again_and_is_told(string engine, string way)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        Assert.Equal(0, Locked(lost));
        Debit(lost, way, "S1", -lost.TotalFen, lost.Reference);
        Assert.Equal([ExceptionKinds.PaidAfterAbsence, ExceptionKinds.PaidAfterAbsence],
            lost.Kinds.Where(k => k == ExceptionKinds.PaidAfterAbsence));
        Assert.Equal(lost.Claims.Select(c => c.Fen), lost.Rows<BankExceptionRow>()
            .Where(x => x.Kind == ExceptionKinds.PaidAfterAbsence).Select(x => x.AmountFen));
        Assert.Equal(2, Locked(lost));
        lost.Match();
        Assert.Contains(lost.Outlay.Try("file.send", "file", lost.Here.File).Findings,
            f => f.Rule.Code == RestoreRules.RowLocked.Code);
        // Told of it, people free them; the next debit is another word.
        lost.Both(lost.Settle("absent", Second));
        Assert.Equal(0, Locked(lost));
        Debit(lost, way, "S2", -lost.TotalFen, lost.Reference);
        Assert.Equal(2, Locked(lost));
        Assert.Equal(4, lost.Kinds.Count(k => k == ExceptionKinds.PaidAfterAbsence));
    }

    [Theory, MemberData(nameof(Ways))]
    public void Of_rows_that_people_hold_it_counts_once_they_call_them_absent(string engine, string way)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("held"));
        Debit(lost, way, "S1", -lost.TotalFen, lost.Reference);
        Assert.DoesNotContain(ExceptionKinds.PaidAfterAbsence, lost.Kinds);
        lost.Both(lost.Settle("absent"));
        Assert.Equal(2, lost.Kinds.Count(k => k == ExceptionKinds.PaidAfterAbsence));
        Assert.Equal(2, Locked(lost));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void With_its_wages_here_a_held_file_is_debited_as_any_other(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("held"));
        Debit(lost, "statement", "S1", -lost.TotalFen, lost.Reference);
        lost.Withdraw();
        lost.Match();
        lost.Report(1, (1, Settled), (2, Settled));
        Assert.Equal([AttemptState.Settled, AttemptState.Settled], lost.States());
        Assert.Equal((FileState.Reconciled, lost.TotalFen), (lost.Journalled.State, lost.Journalled.DebitedFen));
        Assert.Equal(0, Locked(lost));
        Assert.DoesNotContain(lost.Open(), x => x.File is not null);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void One_debit_of_two_files_is_more_than_the_other_one_can_be(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Both(new Engine.Runtime.Command("file.resolve", ("file", TwinRig.Number), ("outcome", "absent"))
            .With(TwinRig.Letter));
        lost.SendHere();
        var both = $"{lost.Reference} {lost.Here.Reference}";
        Debit(lost, "statement", "S1", -lost.Here.TotalFen, both);
        Assert.Equal(0, Locked(lost));
        Debit(lost, "statement", "S2", -lost.Here.TotalFen - 1, both);
        Assert.Equal(2, lost.Kinds.Count(k => k == ExceptionKinds.PaidAfterAbsence));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_payment_told_after_people_answered_a_doubt_locks_the_wage_once_more(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Report(1, (1, Pending), (2, Pending));
        lost.Both(lost.Settle("absent", Second));
        Assert.Equal(0, Locked(lost));
        lost.Report(2, (1, Settled), (2, Rejected));
        Assert.Equal(3, lost.Kinds.Count(k => k == ExceptionKinds.PaidAfterAbsence));
        Assert.Equal(1, Locked(lost));
        Assert.Contains(lost.Outlay.Try("file.send", "file", lost.Here.File).Findings,
            f => f.Rule.Code == RestoreRules.RowLocked.Code);
        // The same word once more is the one that people saw.
        lost.Both(lost.Settle("absent", Third));
        Assert.Equal(0, Locked(lost));
        lost.Report(3, (1, Settled), (2, Rejected));
        Assert.Equal(0, Locked(lost));
        Assert.Equal(3, lost.Kinds.Count(k => k == ExceptionKinds.PaidAfterAbsence));
    }

    private static void Debit(TwinRig lost, string way, string id, long fen, string reference)
    {
        if (way == "statement") lost.Statement(id, (fen, "WAGE", reference));
        else Assert.True(lost.Import(id, (fen, "WAGE", reference)).Accepted);
    }

    private static int Locked(TwinRig lost) => lost.Outlay.Samples.Ask(v => v.Queries.LockedClaims()).Count;
}

using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>A bank has a file whole or not at all: what it says of some rows, or of the file, or debits of it, it says
/// of a row that people called absent too.</summary>
public class FileHeardOfTests
{
    private const string Settled = "处理成功", Rejected = "处理失败/账户已销户";
    private const string Second = "样例: 银行第二封函";

    /// <summary>Of a third row, whose wage is never entered here.</summary>
    private const long Stranger = 77700;

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_report_on_the_other_rows_denies_the_absence_of_one_and_its_refusal_answers_that(string engine)
    {
        using var lost = Absent(engine);
        lost.Report(1, (1, Settled));
        Assert.Equal((ExceptionKinds.PaidAfterAbsence, "row 3", Stranger), Told(lost).Single());
        Assert.Equal((1L, 0L), Locked(lost));
        // The same, and the rest of the report: the bank has the file, as it said.
        lost.Report(2, (2, Rejected));
        Assert.Single(Told(lost));
        lost.Told(lost.Reference, 3, [(3, lost.AccountOf(1), Stranger, Rejected)]);
        Assert.Equal((0L, 0L), Locked(lost));
        Assert.Equal("Outcome Rejected Report",
            lost.All().Single(x => x.Kind == ExceptionKinds.PaidAfterAbsence).SettledBy);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Accepted_is_another_word_than_pending_after_people_answered(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Report(1, (1, "等待银行处理"), (2, "等待银行处理"));
        lost.Both(lost.Settle("absent", Second));
        Assert.Equal((0L, 0L), Locked(lost));
        lost.Reports.Accept(lost.Reference, 2);
        Assert.Equal(2, Locked(lost).Rows);
        Assert.Equal(4, Told(lost).Count);
        lost.Both(lost.Settle("absent", "样例: 银行第三封函"));
        // What people have seen and answered is nothing new.
        lost.Reports.Accept(lost.Reference, 3);
        lost.Report(4, (1, "等待银行处理"), (2, "等待银行处理"));
        Assert.Equal((0L, 0L), Locked(lost));
        Assert.Equal(4, Told(lost).Count);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_debit_that_other_rows_explain_says_nothing_and_a_fee_is_no_debit_of_the_file(string engine)
    {
        using var lost = Absent(engine);
        var (first, second) = (lost.Claims[0].Fen, lost.Claims[1].Fen);
        lost.Statement("S1", (-first, "WAGE", lost.Reference), (-second, "WAGE", lost.Reference),
            (-500, "FEE", lost.Reference));
        Assert.Empty(Told(lost));
        Assert.Equal(first + second, lost.Journalled.DebitedFen);
        lost.Statement("S2", (-1, "WAGE", lost.Reference), (-1, "WAGE", lost.Reference));
        Assert.Equal((ExceptionKinds.PaidAfterAbsence, "row 3", Stranger), Told(lost).Single());
        Assert.Equal((1L, 0L), Locked(lost));
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_debit_that_a_later_refusal_leaves_unexplained_says_it_then(string engine)
    {
        using var lost = Absent(engine);
        DebitsByLine(lost);
        lost.Report(1, (1, Settled));
        lost.Both(lost.Settle("absent", Second));
        lost.Statement("S1", (-lost.Claims[0].Fen - Stranger, "WAGE", lost.Reference));
        Assert.Equal((0L, 0L), Locked(lost));
        lost.Report(2, (2, Rejected));
        Assert.Equal((1L, 0L), Locked(lost));
        Assert.Equal(2, Told(lost).Count);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Refused_while_people_held_it_and_paid_after_they_called_it_absent_it_is_told(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("held"));
        lost.Reports.Accept(lost.Reference, 1);
        lost.Report(2, (1, Rejected), (2, Rejected));
        lost.Both(lost.Settle("absent"));
        Assert.Empty(Told(lost));
        Assert.Equal((0L, 0L), Locked(lost));
        lost.Report(3, (1, Settled));
        Assert.Equal("row 1", Told(lost).Single().Detail);
        Assert.Equal(1, Locked(lost).Rows);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void However_many_entries_a_statement_has_a_row_is_told_once_until_people_answer(string engine)
    {
        using var lost = new TwinRig(engine);
        lost.Both(lost.Settle("absent"));
        lost.Statement("S1", (-lost.Claims[0].Fen, "WAGE", lost.Reference), (-lost.Claims[1].Fen, "WAGE",
            lost.Reference));
        lost.Reports.Accept(lost.Reference, 1);
        Assert.Equal(2, Told(lost).Count);
        lost.Both(lost.Settle("absent", Second));
        Assert.Equal((0L, 0L), Locked(lost));
        lost.Statement("S2", (-lost.Claims[0].Fen, "WAGE", lost.Reference));
        Assert.Equal(2, Locked(lost).Rows);
        Assert.Equal(4, Told(lost).Count);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_debit_of_a_file_that_cannot_be_made_yet_locks_the_wages_from_their_first_moment(string engine)
    {
        using var lost = new EmptyRig(engine);
        lost.Both(EmptyRig.Settle("absent"));
        lost.EnterBackwards();
        lost.Statement("S1", 0, (-lost.Claims.Sum(c => c.Fen), "WAGE", lost.Reference));
        Assert.Equal(2, lost.Exceptions().Count(x => x.Kind == ExceptionKinds.PaidAfterAbsence));
        lost.Enter();
        Assert.Equal(2, lost.Samples.Ask(v => v.Queries.LockedClaims()).Count);
    }

    /// <summary>A journalled file whose first two wages are matched and the third one's row is called absent.</summary>
    private static TwinRig Absent(string engine)
    {
        var lost = new TwinRig(engine, begun: false);
        lost.Begin(stranger: Stranger);
        lost.Withdraw();
        lost.Match();
        lost.Both(lost.Settle("absent"));
        Assert.Equal((0L, 0L), Locked(lost));
        return lost;
    }

    /// <summary>A bank that debits row by row, and not what it rejects.</summary>
    private static void DebitsByLine(TwinRig lost)
    {
        var profile = lost.Outlay.Samples.Ask(v => v.Vault.Open(v.List<AdoptionRow>(("kind", Adopt.Profile),
            ("name", IcbcReports.Profile))[^1].Document))!;
        var text = Encoding.UTF8.GetString(profile).Replace("\"debitMode\": \"wholeFile\"",
            "\"debitMode\": \"perLine\"", StringComparison.Ordinal);
        lost.Both(new Command("ledger.adopt", ("kind", Adopt.Profile), ("name", IcbcReports.Profile))
            .With(new InputDocument(Adopt.Profile, Encoding.UTF8.GetBytes(text))));
    }

    private static List<(string Kind, string Detail, long Fen)> Told(TwinRig lost) => [.. lost.Rows<BankExceptionRow>()
        .Where(x => x.Kind == ExceptionKinds.PaidAfterAbsence).Select(x => (x.Kind, x.Detail, x.AmountFen))];

    /// <summary>Rows that people called absent and the bank's words lock; and other rows that wait.</summary>
    private static (long Rows, long Others) Locked(TwinRig lost)
    {
        var waiting = lost.Outlay.Samples.Ask(v => v.Queries.WaitingLines());
        return (waiting.Count(l => l.Denied == 1), waiting.Count(l => l.Denied == 0));
    }
}

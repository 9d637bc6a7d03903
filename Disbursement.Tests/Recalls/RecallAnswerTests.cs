using System.Text;
using Disbursement.Engine.Files;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Returns;
using Disbursement.Tests.Storage;
using FsCheck;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Recalls;

/// <summary>The bank's answer to a recall counts for what was called back, and for that alone.</summary>
public sealed class RecallAnswerTests
{
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Carried_out_rejects_the_line_refused_leaves_it_in_flight_and_doubt_changes_nothing(string engine)
    {
        using var rig = new RecallRig(engine);
        var recall = rig.Asked("1,2,3");
        Assert.Equal((4L, 0L), (rig.Money.ThePayroll.LinesInFlight, rig.Money.ThePayroll.LinesUnpaid));
        rig.Answer(recall.Reference, (1, "ACCR"), (2, "RJCR"), (3, "PDCR"));
        Assert.Equal([AttemptState.Rejected, AttemptState.Open, AttemptState.Open, AttemptState.Open], States(rig));
        Assert.Equal((3L, 1L), (rig.Money.ThePayroll.LinesInFlight, rig.Money.ThePayroll.LinesUnpaid));
        Assert.Equal([(1L, RecallWord.Cancelled), (2L, RecallWord.Refused), (3L, RecallWord.Pending)],
            rig.Money.All<RecallAnswerRow>().Select(a => (a.RowReference, a.Word)));
        Assert.Empty(rig.Money.Kinds);
        Assert.Equal(FileState.Accepted, rig.Money.TheFile.State);
        Assert.False(Known(rig).IsAnswered);
        // The same again, as banks export it twice, is no news; the last row's word is.
        rig.Answer(recall.Reference, (1, "ACCR"), (2, "RJCR"), (3, "PDCR"));
        Assert.Equal(3, rig.Money.All<RecallAnswerRow>().Count);
        rig.Answer("CASE-OF-THE-BANK", "CNCL", (3, "ACCR"));
        Assert.True(Known(rig).IsAnswered);
        Assert.Equal(AttemptState.Rejected, rig.Money.State(3));
    }

    [Fact]
    public void A_row_that_nobody_called_back_is_an_exception_and_the_others_are_taken()
    {
        using var rig = new RecallRig();
        var recall = rig.Asked("1,2");
        rig.Answer(recall.Reference, (1, "ACCR"), (4, "ACCR"));
        Assert.Equal([ExceptionKinds.RecallUnasked], rig.Money.Kinds);
        Assert.Equal(MoneyRig.Fen(4), rig.Money.One<BankExceptionRow>().AmountFen);
        Assert.Equal([AttemptState.Rejected, AttemptState.Open, AttemptState.Open, AttemptState.Open], States(rig));
    }

    [Theory]
    [InlineData(false, "C01")]
    [InlineData(true, "C02")]
    public void An_answer_to_a_recall_that_never_went_is_an_exception_and_changes_nothing(bool asked, string named)
    {
        using var rig = new RecallRig();
        if (asked) rig.Asked("1,2,3");
        else rig.Asked("1,2,3", isSealed: false);
        rig.Answer(RecallRig.Reference + named, (1, "ACCR"), (2, "ACCR"));
        Assert.Equal([ExceptionKinds.RecallUnasked], rig.Money.Kinds);
        Assert.Equal(MoneyRig.Fen(1) + MoneyRig.Fen(2), rig.Money.One<BankExceptionRow>().AmountFen);
        Untouched(rig);
    }

    [Fact]
    public void An_answer_to_a_recall_that_only_the_send_journal_knows_counts()
    {
        using var rig = new RecallRig();
        var lost = new JournalledRecall(MoneyRig.Ledger, "recalling-bank", RecallRig.Reference,
            RecallRig.Reference + "C01", new string('a', 64), "1");
        rig.Money.Run(new Command("restore.begin", ("epoch", "R9ZZ"))
            .With(new InputDocument(RestoreBegin.Journal, Encoding.UTF8.GetBytes(JournalText.Format(lost)))));
        rig.Answer(lost.Reference, (1, "ACCR"), (2, "ACCR"));
        Assert.Equal([AttemptState.Rejected, AttemptState.Open, AttemptState.Open, AttemptState.Open], States(rig));
        Assert.Equal([ExceptionKinds.RecallUnasked], rig.Money.Kinds);
        Assert.Empty(rig.Money.All<RecallAnswerRow>());
    }

    [Fact]
    public void The_whole_file_cancelled_where_only_rows_were_called_back_is_an_exception()
    {
        using var rig = new RecallRig();
        var recall = rig.Asked("1,2");
        rig.AnswerWhole(recall.Reference, "CNCL", "ACCR");
        Assert.Equal([ExceptionKinds.RecallUnasked], rig.Money.Kinds);
        Assert.Equal(rig.Money.TheFile.TotalFen, rig.Money.One<BankExceptionRow>().AmountFen);
        Untouched(rig);
    }

    [Fact]
    public void A_whole_file_called_back_is_refused_and_its_money_is_free_again()
    {
        using var rig = new RecallRig();
        var recall = rig.Asked("*");
        rig.AnswerWhole(recall.Reference, "RJCR", "RJCR");
        Untouched(rig);
        Assert.Equal(RecallWord.Refused, rig.Money.One<RecallAnswerRow>().Word);
        // Answered, it may be asked for once more, by two people as the first time.
        var again = rig.Asked("*");
        Assert.Equal(RecallRig.Reference + "C02", again.Reference);
        rig.AnswerWhole(again.Reference, "CNCL", "ACCR");
        Assert.Equal(FileState.Refused, rig.Money.TheFile.State);
        Assert.All(States(rig), s => Assert.Equal(AttemptState.Rejected, s));
        Assert.Equal(0, rig.Money.Balance().ReservedAfterFen);
        Assert.Empty(rig.Money.Kinds);
    }

    [Fact]
    public void A_line_settled_behind_its_cancellation_is_contradicted_and_not_payable()
    {
        using var rig = new RecallRig();
        var recall = rig.Asked("1");
        rig.Answer(recall.Reference, (1, "ACCR"));
        Assert.Equal(1, rig.Money.ThePayroll.LinesUnpaid);
        rig.Report((1, "ACSC"));
        Assert.Equal(AttemptState.Contradicted, rig.Money.State(1));
        Assert.Equal([ExceptionKinds.Contradicted], rig.Money.Kinds);
        Assert.Equal((4L, 0L), (rig.Money.ThePayroll.LinesInFlight, rig.Money.ThePayroll.LinesUnpaid));
    }

    /// <summary>L9: reports and answers to recalls in any order, repeated, split.</summary>
    [Property(MaxTest = 16)]
    public void Reports_and_answers_in_any_order_give_the_same(int[] keys, PositiveInt split, bool wholeFile)
    {
        // Row 1 paid, its recall refused; 2 called back; 3 called back and yet paid; 4 rejected before its recall.
        (bool IsAnswer, long Row, string Status)[] words =
        [
            (false, 1, "ACSC"), (true, 1, "RJCR"), (true, 2, "ACCR"), (true, 3, "ACCR"), (false, 3, "ACSC"),
            (false, 4, "RJCT"), (true, 4, "RJCR"),
        ];
        var order = words.Concat(words.Take(4)).Select((w, i) =>
            (Word: w, Key: keys.Length == 0 ? -i : keys[i % keys.Length] * (i + 3) % 11));
        var expected = Play(words, 1, wholeFile);
        Assert.Equal(expected, Play([.. order.OrderBy(o => o.Key).Select(o => o.Word)], split.Get % 4 + 1, wholeFile));
        Assert.StartsWith("Settled Rejected Contradicted Rejected", expected, StringComparison.Ordinal);
    }

    private static string Play(IReadOnlyList<(bool IsAnswer, long Row, string Status)> words, int size, bool wholeFile)
    {
        using var rig = new RecallRig(wholeFileDebit: wholeFile);
        var recall = rig.Asked("1,2,3,4");
        foreach (var some in words.Chunk(size))
            foreach (var kind in some.GroupBy(w => w.IsAnswer))
                if (kind.Key) rig.Answer(recall.Reference, [.. kind.Select(w => (w.Row, w.Status))]);
                else rig.Report([.. kind.Select(w => (w.Row, w.Status))]);
        var (f, p, b) = (rig.Money.TheFile, rig.Money.ThePayroll, rig.Money.Balance());
        return string.Join(' ', States(rig).Select(s => $"{s}")
            .Append($"file {f.State} {f.LinesOpen} {f.LinesSettled} {f.LinesRejected} {f.ReservedFen}")
            .Append($"payroll {p.State} {p.LinesPaid} {p.LinesInFlight} {p.LinesUnpaid}")
            .Append($"account {b.PostedAfterFen} {b.ReservedAfterFen}")
            .Append(string.Join(',', rig.Money.All<RecallAnswerRow>().Select(a => $"{a.RowReference}{a.Word}").Order()))
            .Append(string.Join(',', rig.Money.Kinds)));
    }

    private static IReadOnlyList<AttemptState> States(RecallRig rig) =>
        [.. Enumerable.Range(1, 4).Select(r => rig.Money.State(r))];

    private static void Untouched(RecallRig rig)
    {
        Assert.Empty(rig.Money.All<PaymentOutcomeRow>());
        Assert.Equal((4L, 4L), (rig.Money.TheFile.LinesOpen, rig.Money.ThePayroll.LinesInFlight));
    }

    private static KnownRecall Known(RecallRig rig)
    {
        var answers = rig.Money.All<RecallAnswerRow>();
        var row = rig.Money.One<RecallRow>();
        return new KnownRecall(row, RecalledRows.Of(row.Rows), null, [], answers);
    }
}

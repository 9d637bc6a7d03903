using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Returns;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Cards;

/// <summary>A batch the bank never answers: two people with its letter say whether it arrived.</summary>
public sealed class CardResolveTests
{
    [Fact]
    public void Resolve_is_refused_unsigned_not_found_without_evidence_without_outcome_and_out_of_state_in_this_order()
    {
        using var month = new CardMonth();
        var batch = month.Applied();
        Command Bare(long id, string outcome) => new("card.resolve", ("batch", id), ("outcome", outcome));
        new RefusalOrder(month.Samples)
            .Row(RuntimeRules.ApprovalMissing, "", Bare(99, "lost"))
            .Row(RuntimeRules.NotFound, Clerk, Bare(99, "lost"))
            .Row(FileRules.EvidenceMissing, Clerk, Bare(batch.Batch, "lost"))
            .Row(CardRules.OutcomeUnknown, Clerk, CardMonth.Resolve(batch.Batch, "lost"))
            .Row(RuntimeRules.WrongState, Clerk, CardMonth.Resolve(batch.Batch, CardResolve.NeverArrived))
            .Holds();
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void What_never_arrived_frees_its_workers_and_a_late_answer_is_told_and_not_taken(string engine)
    {
        using var month = new CardMonth(engine);
        var batch = month.Applied();
        month.Lose(batch.Batch);
        month.Samples.Moment.At += Duration.FromDays(3);
        var open = Assert.Single(month.Samples.Ask(v => new Worklist(v, month.Samples.Moment.At).Open()));
        Assert.Equal((Worklist.CardsUnknown, batch.Reference), (open.Kind, open.FileReference));
        Assert.Contains($"card resolve {batch.Batch}", open.DoEn, StringComparison.Ordinal);
        Assert.Contains("3 days", open.En, StringComparison.Ordinal);

        var resolve = CardMonth.Resolve(batch.Batch, CardResolve.NeverArrived);
        month.Samples.Done(Clerk, resolve);
        Assert.Equal(FileState.Unknown, month.Batch(batch.Batch).State);
        new RefusalOrder(month.Samples).Repeat(Clerk, resolve)
            .Row(CardRules.NobodyWithout, Clerk, CardMonth.ApplyTo(CardMonth.Project)).Holds();
        Forged(month, batch.Batch);
        month.Samples.Done(Treasurer, resolve);
        Assert.Equal((FileState.Withdrawn, 2L), (month.Batch(batch.Batch).State, month.Batch(batch.Batch).LinesOpen));
        new RefusalOrder(month.Samples).Repeat(Treasurer, resolve)
            .Row(RuntimeRules.WrongState, Clerk, CardMonth.Resolve(batch.Batch, CardResolve.Arrived)).Holds();
        Assert.Empty(month.Samples.Ask(v => new Worklist(v, month.Samples.Moment.At).Open()));

        var again = month.Applied();
        Assert.Equal((2L, FileState.Built), (again.Lines, again.State));
        Assert.NotEqual(batch.Reference, again.Reference);
        Assert.Equal((ExceptionKinds.CardAnswerDiffers, $"{batch.Reference} row 00000001: NeverArrived"),
            month.Answered(batch.Reference, "late", "D|00000001|样例甲|6222020000000000020|0000|"));
        Assert.Equal(2L, month.Batch(batch.Batch).LinesOpen);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void What_arrived_waits_on_and_its_answer_counts(string engine)
    {
        using var month = new CardMonth(engine);
        var batch = month.Applied();
        month.Lose(batch.Batch);
        var resolve = CardMonth.Resolve(batch.Batch, CardResolve.Arrived);
        month.Samples.Done(Clerk, resolve);
        month.Samples.Done(Treasurer, resolve);
        Assert.Equal(FileState.Accepted, month.Batch(batch.Batch).State);
        new RefusalOrder(month.Samples)
            .Row(CardRules.NobodyWithout, Clerk, CardMonth.ApplyTo(CardMonth.Project)).Holds();
        Assert.Equal(("", ""), month.Answered(batch.Reference, "1", "D|00000001|样例甲|6222020000000000020|0000|"));
        Assert.Equal((1L, 1L), (month.Batch(batch.Batch).LinesIssued, month.Batch(batch.Batch).LinesOpen));
    }

    /// <summary>The schema itself, also to whoever writes past the program.</summary>
    private static void Forged(CardMonth month, long batch)
    {
        foreach (var (change, law) in new[]
        {
            ("state = 'Withdrawn'", "L7: two people and a document"),
            ("journal_document = 'd'", "no journalled batch of this reference"),
        })
        {
            var (code, said) = month.Database.Outside(
                $"UPDATE card_batch SET version = version + 1, {change} WHERE batch = {batch}");
            Assert.True(code != 0 && said.Contains(law, StringComparison.Ordinal), said);
        }
    }
}

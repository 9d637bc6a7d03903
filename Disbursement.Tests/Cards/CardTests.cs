using System.Text;
using System.Text.Json;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Host.Files;
using Disbursement.Host.Storage;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Storage;
using NodaTime;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Cards;

/// <summary>Cards for workers without an account: applied for, sent, answered, approved by a second person.</summary>
public sealed class CardTests
{
    [Fact]
    public void Apply_is_refused_unsigned_without_role_not_found_not_offered_and_for_nobody_in_this_order()
    {
        using var month = new CardMonth();
        var refusals = new RefusalOrder(month.Samples)
            .Row(RuntimeRules.ApprovalMissing, "", CardMonth.ApplyTo("none"))
            .Row(RuntimeRules.RoleMissing, Treasurer, CardMonth.ApplyTo("none"))
            .Row(RuntimeRules.NotFound, Clerk, CardMonth.ApplyTo("none"))
            .Row(CardRules.NotOffered, Clerk, CardMonth.ApplyTo("GY2026K002"));
        refusals.Holds();
        month.Applied();
        // Everybody without an account is applied for: nobody is twice.
        new RefusalOrder(month.Samples)
            .Row(CardRules.NobodyWithout, Clerk, CardMonth.ApplyTo(CardMonth.Project)).Holds();
    }

    [Fact]
    public void The_steps_of_a_batch_are_refused_not_found_then_out_of_state_then_by_their_own_rules()
    {
        using var month = new CardMonth();
        var batch = month.Applied();
        Command Of(string verb, long id) => new(verb, ("batch", id));
        new RefusalOrder(month.Samples)
            .Row(RuntimeRules.ApprovalMissing, "", Of("card.withdraw", 99))
            .Row(RuntimeRules.RoleMissing, Treasurer, Of("card.withdraw", 99))
            .Row(RuntimeRules.NotFound, Clerk, Of("card.withdraw", 99))
            .Row(RuntimeRules.NotFound, "", Of("card.send", 99))
            .Row(MachineRules.NoArrow, "", Of("card.send", batch.Batch))
            .Row(FileRules.ResultUnknown, "", new Command("card.sent", ("batch", batch.Batch), ("version", 1),
                ("result", "Lost")))
            .Row(MachineRules.NoArrow, "", Of("card.expire-lease", batch.Batch))
            .Holds();
        month.Samples.Done("", Of("card.seal", batch.Batch).With(new InputDocument(CardSending.Body, "x"u8.ToArray())));
        month.Samples.Done("", Of("card.send", batch.Batch));
        new RefusalOrder(month.Samples)
            .Row(MachineRules.NoArrow, "", Of("card.send", batch.Batch))
            .Row(CardRules.LeaseRuns, "", Of("card.expire-lease", batch.Batch))
            .Holds();
        month.Samples.Moment.At += FileSend.Lease;
        month.Samples.Done("", Of("card.expire-lease", batch.Batch));
        Assert.Equal(FileState.Unknown, month.Batch(batch.Batch).State);
        new RefusalOrder(month.Samples)
            .Row(MachineRules.NoArrow, Clerk, Of("card.withdraw", batch.Batch))
            .Holds();
    }

    [Fact]
    public void A_batch_withdrawn_unsent_frees_its_workers_for_another_under_a_reference_of_its_own()
    {
        using var month = new CardMonth();
        var batch = month.Applied();
        month.Samples.Done(Clerk, new Command("card.withdraw", ("batch", batch.Batch)));
        new RefusalOrder(month.Samples).Repeat(Clerk, new Command("card.withdraw", ("batch", batch.Batch))).Holds();
        var again = month.Applied();
        Assert.Equal(batch.Lines, again.Lines);
        Assert.NotEqual(batch.Reference, again.Reference);
    }

    [Fact]
    public void A_name_the_bank_cannot_write_is_refused_with_its_row_and_nothing_is_sealed()
    {
        using var month = new CardMonth();
        month.Roster(CardMonth.Worker(new string('样', 31), 9, "13800000009"));
        var batch = month.Applied();
        var refused = month.Deliver(batch.Batch);
        Assert.Equal((CardRules.NotEncodable, 3), (refused.Findings[0].Rule, refused.Findings[0].At.Row));
        Assert.Equal(FileState.Built, month.Batch(batch.Batch).State);
    }

    /// <summary>The whole way, with the bank in a process of its own.</summary>
    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void An_account_the_bank_opens_waits_for_a_second_person_and_a_refused_one_is_an_exception(string engine)
    {
        using var month = new CardMonth(engine);
        var batch = month.Applied();
        Assert.Equal((2L, 2L), (batch.Lines, batch.LinesOpen));
        Assert.True(month.Deliver(batch.Batch).Accepted);
        Assert.Equal(FileState.Delivered, month.Batch(batch.Batch).State);
        Assert.True(month.Deliver(batch.Batch).Value.Repeat); // what went out does not go twice
        var journalled = Assert.Single(new SendJournal(month.Settings.Journal).Read().Cards);
        Assert.Equal((batch.Reference, 2L), (journalled.Reference, journalled.Lines));

        month.BankRuns();
        var taken = month.Received();
        Assert.Empty(taken.Refused);
        var exception = Assert.Single(taken.Applied.SelectMany(a => a.Exceptions));
        Assert.Equal((ExceptionKinds.CardRefused, $"{batch.Reference} row 2: NameMismatch 3065"),
            (exception.Kind, exception.Detail));
        var after = month.Batch(batch.Batch);
        Assert.Equal((FileState.Reconciled, 0L, 1L, 1L),
            (after.State, after.LinesOpen, after.LinesIssued, after.LinesRefused));

        var payee = Assert.Single(month.Samples.Ask(v => v.Queries.PendingPayees(taken.Applied.Count > 0
            ? v.List<CardAnswerRow>()[0].Document : "")));
        Assert.Equal((1L, 1L, "313701000014"), (payee.Worker, payee.Version, payee.BankCode));
        var approve = new Command("payee.approve", ("document", payee.Document));
        new RefusalOrder(month.Samples).Row(RuntimeRules.SamePerson, Clerk, approve).Holds();
        month.Samples.Done(Administrator, approve);
        // Whoever was refused may be applied for again; who has an account is not.
        Assert.Equal(2L, month.Samples.Ask(v =>
            Assert.Single(v.Queries.CardApplicants(1, new LocalDate(2026, 2, 6)))).Worker);

        Shown(month, batch);
        Rebuilt(month);
    }

    /// <summary>Whatever does not fit is told and changes nothing; the same word again is no news.</summary>
    [Fact]
    public void An_answer_that_does_not_fit_the_applications_is_an_exception_and_a_repeat_is_none()
    {
        using var month = new CardMonth();
        var batch = month.Applied();
        Assert.True(month.Deliver(batch.Batch).Accepted);
        Assert.Equal("UnknownRow", Answer("a", "D|00000009|样例甲|6222020000000000020|0000|"));
        Assert.Equal("NameDiffers", Answer("b", "D|00000001|样例乙|6222020000000000020|0000|"));
        Assert.Equal("UnknownWord 返回码 QQQQ", Answer("q", "D|00000001|样例甲|6222020000000000020|QQQQ|"));
        Assert.Equal("NoAccount", Answer("c", "D|00000001|样例甲||0000|"));
        Assert.Equal("CardOfOther", Answer("d", "D|00000001|样例甲|6222020000000000004|0000|"));
        Assert.Equal("", Answer("e", "D|00000001|样例甲|6222020000000000020|0000|"));
        Assert.Equal("", Answer("f", "D|00000001|样例甲|6222020000000000020|0000|"));
        Assert.Equal("AnsweredOtherwise", Answer("g", "D|00000001|样例甲|6222020000000000038|0000|"));
        Assert.Equal("AnsweredOtherwise", Answer("h", "D|00000001|样例甲||3065|户名错"));
        var after = month.Batch(batch.Batch);
        Assert.Equal((FileState.Accepted, 1L, 1L), (after.State, after.LinesOpen, after.LinesIssued));
        Assert.Single(month.Samples.Ask(v => v.Queries.PendingPayees(v.List<CardAnswerRow>()[0].Document)));

        string Answer(string again, string row)
        {
            var issued = row.Contains("|0000|", StringComparison.Ordinal) ? 1 : 0;
            var text = $"A|{batch.Reference}|B1|1|{issued}\n{row}\n";
            var taken = month.Handed($"{batch.Reference}-cards-{again}.txt", CodePagesEncodingProvider.Instance
                .GetEncoding("GB18030")!.GetBytes(text));
            Assert.Empty(taken.Refused);
            var told = taken.Applied.SelectMany(a => a.Exceptions).ToList();
            return told.Count == 0 ? "" : told[0].Kind == ExceptionKinds.CardAnswerDiffers
                ? told[0].Detail.Split(": ")[1] : told[0].Kind;
        }
    }

    /// <summary>A refusal of the whole batch, by the bank's form of words on a file.</summary>
    [Fact]
    public void A_batch_the_bank_refuses_whole_leaves_no_application_open_and_its_workers_free()
    {
        using var month = new CardMonth();
        var batch = month.Applied();
        Assert.True(month.Deliver(batch.Batch).Accepted);
        var day = new DateOnly(2026, 2, 6);
        var refused = new FileTaken(day, "2026-02-06T10:00:00", batch.Name, batch.Reference, "", "",
            FileRefusal.Structure, "", "", "", [], null);
        var taken = month.Handed($"{batch.Reference}-status-1.xml", new IsoAnswers(IsoEdition.Newer)
            .Status(new AnswerHead($"{batch.Reference}-status-1", "B1", day, refused.At, refused, (2, 0))));
        Assert.Empty(taken.Refused);
        Assert.Equal(ExceptionKinds.CardRefused, Assert.Single(taken.Applied.SelectMany(a => a.Exceptions)).Kind);
        var after = month.Batch(batch.Batch);
        Assert.Equal((FileState.Refused, 0L, 2L), (after.State, after.LinesOpen, after.LinesRefused));
        Assert.Equal(2L, month.Applied().Lines);
    }

    /// <summary>What was not proved is Unknown; a transport that proves nothing left gives it back.</summary>
    [Theory]
    [InlineData("Unknown", FileState.Unknown)]
    [InlineData("NotSent", FileState.Sealed)]
    [InlineData("Refused", FileState.Refused)]
    public void The_outcome_of_a_call_is_told_with_its_version_and_a_late_one_changes_nothing(string result,
        FileState state)
    {
        using var month = new CardMonth();
        var batch = month.Applied();
        month.Samples.Done("", new Command("card.seal", ("batch", batch.Batch))
            .With(new InputDocument(CardSending.Body, "x"u8.ToArray())));
        var sent = (CardBatchRow)month.Samples.Done("", new Command("card.send", ("batch", batch.Batch))).Result!;
        Command Told(long version) => new("card.sent",
            ("batch", batch.Batch), ("version", version), ("result", result));
        new RefusalOrder(month.Samples).Repeat("", Told(sent.Version - 1)).Holds();
        month.Samples.Done("", Told(sent.Version));
        var after = month.Batch(batch.Batch);
        Assert.Equal((state, state == FileState.Sealed), (after.State, after.FirstSentAt is null));
        new RefusalOrder(month.Samples).Repeat("", Told(sent.Version)).Holds();
    }

    [Fact]
    public void The_journal_keeps_batches_of_cards_apart_from_files_and_tells_torn_ones()
    {
        var cards = new JournalledCards(520100, "gzb delimited", "R1", "ab", 2, 3);
        var text = JournalText.Format(cards);
        var reading = JournalText.Read([.. text.Split('\n')[..^1], text.Split('\n')[0], .. text.Split('\n')[..^1]]);
        Assert.Equal([cards, cards], reading.Cards);
        Assert.Equal((1, 0, 0), (reading.Torn, reading.Foreign, reading.Sends.Count));
    }

    private static void Shown(CardMonth month, CardBatchRow batch)
    {
        var (code, output, errors) = Disburse.Run("card", "show", $"{batch.Batch}", "--json", "--lang", "en", "--db",
            month.Database.Option);
        Assert.True(code == 0, errors);
        var rows = JsonDocument.Parse(output).RootElement[0].GetProperty("rows");
        Assert.Equal(["issued", "refused"], rows.EnumerateArray().Select(r => r.GetProperty("answer").GetString()));
        Assert.DoesNotContain("样例甲", output, StringComparison.Ordinal);
        var (listed, table, _) = Disburse.Run("card", "list", "--lang", "zh", "--db", month.Database.Option);
        Assert.Equal(0, listed);
        Assert.Contains("已核销", table, StringComparison.Ordinal);
    }

    /// <summary>L6: the tables follow from documents, log and keys.</summary>
    private static void Rebuilt(CardMonth month)
    {
        var into = new SqliteDialect(Path.Combine(month.Folder, "anew.db"));
        using var source = new LogSource(month.Database.Dialect);
        Assert.Empty(new Rebuild(source, into).Run());
        if (month.Database.Postgres) return; // tables are compared within one engine
        Assert.Empty(new TableComparison(month.Database.Dialect, into, null).Run());
    }
}

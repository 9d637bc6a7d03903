using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Recalls;

/// <summary>The precedence of a recall's refusals, verb by verb.</summary>
public sealed class RecallRefusalOrderTests
{
    [Fact]
    public void A_recall_is_refused_unsigned_then_without_role_then_by_its_words_then_by_the_file_then_by_its_rows()
    {
        using var outlay = new SampleOutlay { Chosen = SampleRecall.PayrollOf("iso20022-pain") };
        var file = outlay.Sealed();
        var many = string.Join(',', Enumerable.Range(1, FileRecall.MostRows + 1));
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.ApprovalMissing, "", Of(99, "Regret", "x"))
            .Row(RuntimeRules.RoleMissing, Clerk, Of(99, "Regret", "x"))
            .Row(RuntimeRules.NotFound, Treasurer, Of(99, "Regret", "x"))
            .Row(RecallRules.ReasonUnknown, Treasurer, Of(file.File, "Regret", "x"))
            .Row(RuntimeRules.NotFound, Treasurer, Of(file.File, "Fraud", "0"))
            .Row(RuntimeRules.NotFound, Treasurer, Of(file.File, "Fraud", "1,,2"))
            .Row(RecallRules.NotSent, Treasurer, Of(file.File, "Fraud", "9999"))
            .Holds();
        outlay.Run("file.send", "file", file.File);
        new RefusalOrder(outlay.Samples).Row(RecallRules.BeingSent, Treasurer, Of(file.File, "Fraud", "9999")).Holds();
        outlay.Samples.Done("", new Command("file.sent", ("file", file.File),
            ("version", outlay.File(file.File).Version),
            ("result", SendOutcome.Delivered)).With(new InputDocument(FileSent.Detail, "sent"u8.ToArray())));
        new RefusalOrder(outlay.Samples)
            .Row(RecallRules.TooManyRows, Treasurer, Of(file.File, "Fraud", many))
            .Row(RuntimeRules.NotFound, Treasurer, Of(file.File, "Fraud", "1,9999"))
            .Holds();
        Asked(outlay, file.File, "Fraud", "2");
        new RefusalOrder(outlay.Samples)
            .Row(RecallRules.AskedBefore, Treasurer, Of(file.File, "Duplicate", "2"))
            .Row(RecallRules.AskedBefore, Treasurer, Of(file.File, "Duplicate", "1,2,3"))
            .Row(RecallRules.AskedBefore, Treasurer, Of(file.File, "Fraud", "*"))
            .Repeat(Treasurer, Of(file.File, "Fraud", "2"))
            // Whoever runs it once more to have it sent needs no role.
            .Repeat(Clerk, Of(file.File, "Fraud", "2"))
            .Holds();
        // Other rows are another request.
        Asked(outlay, file.File, "Fraud", "1,3");
        Assert.Equal(["2 1", "1,3 2"],
            outlay.Samples.Ask(v => v.List<RecallRow>()).Select(r => $"{r.Rows} {r.Recall}"));
    }

    [Fact]
    public void A_bank_without_a_form_of_recalls_is_told_before_anything_about_the_file()
    {
        using var outlay = new SampleOutlay { Chosen = SampleRecall.PayrollOf("icbc-bxt") };
        var file = outlay.Sealed();
        new RefusalOrder(outlay.Samples).Row(RecallRules.NotOffered, Treasurer, Of(file.File, "Fraud", "9999")).Holds();
    }

    [Fact]
    public void Its_bytes_and_its_calls_are_refused_not_found_then_without_bytes_or_out_of_turn()
    {
        using var outlay = new SampleOutlay { Chosen = SampleRecall.PayrollOf("iso20022-pain") };
        var file = outlay.Sealed();
        Assert.True(outlay.Send(file.File, SampleRecall.Takes()).Accepted);
        Asked(outlay, file.File, "Fraud", "2");
        Command Seal(long recall, string bytes) => new Command("recall.seal", ("file", file.File), ("recall", recall))
            .With(new InputDocument(RecallSeal.Body, System.Text.Encoding.UTF8.GetBytes(bytes), Personal: true));
        Command Sent(long recall, long sending, string result) => new Command("recall.sent", ("file", file.File),
            ("recall", recall), ("sending", sending), ("result", result))
            .With(new InputDocument(FileSent.Detail, "words"u8.ToArray()));
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.NotFound, "", Seal(9, "bytes"))
            .Row(RuntimeRules.NotFound, "", Sent(9, 9, "Lost"))
            .Row(FileRules.ResultUnknown, "", Sent(1, 9, "Lost"))
            .Row(RuntimeRules.WrongState, "", Sent(1, 1, "Delivered"))
            .Holds();
        outlay.Samples.Done("", Seal(1, "bytes"));
        new RefusalOrder(outlay.Samples)
            .Repeat("", Seal(1, "other bytes"))
            .Row(RuntimeRules.WrongState, "", Sent(1, 2, "Delivered"))
            .Holds();
        outlay.Samples.Done("", Sent(1, 1, "Unknown"));
        new RefusalOrder(outlay.Samples)
            .Row(RuntimeRules.WrongState, "", Sent(1, 1, "Delivered"))
            .Repeat("", Sent(1, 1, "Unknown"))
            .Holds();
    }

    private static Command Of(long file, string reason, string rows) => SampleRecall.Of(file, reason, rows);

    private static void Asked(SampleOutlay outlay, long file, string reason, string rows)
    {
        outlay.Samples.Done(Treasurer, Of(file, reason, rows));
        // The same person twice is still one.
        Assert.True(outlay.Samples.Done(Treasurer, Of(file, reason, rows)).Repeat);
        outlay.Samples.Done(Administrator, Of(file, reason, rows));
    }
}

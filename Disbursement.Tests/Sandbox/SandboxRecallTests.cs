using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Codecs.Iso20022;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>The sandbox bank calls back what it has not paid, refuses the rest, and its books say the same as its
/// answers.</summary>
public sealed class SandboxRecallTests
{
    private static readonly (string Account, long Fen)[] s_file =
    [
        (RoundTrip.Account("100001"), 1_000), (RoundTrip.Account("990010"), 2_000),
        (RoundTrip.Account("990006"), 3_000),
        (RoundTrip.Account("990001"), 4_000), (RoundTrip.Account("990010"), 5_000),
    ];

    public static TheoryData<string> Profiles => ["iso20022-pain", "iso20022-older"];

    [Theory, MemberData(nameof(Profiles))]
    public void Rows_not_paid_yet_are_called_back_and_never_paid_and_each_other_one_is_refused(string profile)
    {
        using var trip = Sent(profile);
        trip.Recall(1, s_file, 1, 2, 3, 4);
        Pass(trip);
        var name = $"{trip.Reference}-recall-1.xml";
        Assert.Equal("", string.Concat(Schemas.Parts(File.ReadAllBytes(Path.Combine(trip.ExchangeFolder, profile,
            "from-bank", name))).Select(p => Schemas.Fault(p.Version, p.Document))));
        var answer = trip.Receive()[name];
        Assert.Empty(answer.Errors);
        Assert.Equal((MessageKind.Recall, RecallRequest.ReferenceOf(trip.Reference, 1), trip.Reference),
            (answer.Heads[0].Kind, answer.Heads[0].BankBatch, answer.Heads[0].FileReference));
        Assert.Equal(
            [
                (1_000L, LineWord.Pending, RecallWord.Refused, "PTNA"),
                (2_000L, LineWord.Rejected, RecallWord.Cancelled, "ACCR"),
                (3_000L, LineWord.Rejected, RecallWord.Cancelled, "ACCR"),
                (4_000L, LineWord.Pending, RecallWord.Refused, "NOOR"),
            ],
            answer.Lines.Select(l => (l.Amount.Fen, l.Word, l.Recall!.Value, l.ReasonCode)));
        trip.Bank.EndDay(trip.Exchange, trip.Keys, RoundTrip.NextDay);
        // Of the two rows that were held the one that was not called back is paid.
        Assert.Equal([("100001", 1_000L), ("990010", 5_000L)], Credited(trip));
        Assert.Equal((6_000, 6_000), (trip.Bank.Report().Files[0].CreditedFen, trip.Bank.Report().Files[0].DebitedFen));
        Assert.Equal([(5_000L, LineWord.Settled)],
            trip.Receive()[$"{trip.Reference}-result-held.xml"].Lines.Select(l => (l.Amount.Fen, l.Word)));
        // Paid, it is not called back any more; what was called back came back already.
        trip.Recall(2, s_file, 5, 2);
        Pass(trip);
        Assert.Equal(["PTNA", "ARDT"],
            trip.Receive()[$"{trip.Reference}-recall-2.xml"].Lines.Select(l => l.ReasonCode));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_whole_file_is_called_back_in_one_word_only_where_nothing_of_it_was_paid(string profile)
    {
        (string, long)[] held = [(RoundTrip.Account("990010"), 2_000), (RoundTrip.Account("990006"), 3_000)];
        using (var trip = Sent(profile, held))
        {
            trip.Recall(1, held);
            Pass(trip);
            var whole = trip.Receive()[$"{trip.Reference}-recall-1.xml"];
            Assert.Equal((FileWord.Refused, RecallWord.Cancelled),
                (whole.Heads[0].FileWord, whole.Heads[0].Recall!.Value));
            Assert.Empty(whole.Lines);
            trip.Bank.EndDay(trip.Exchange, trip.Keys, RoundTrip.NextDay);
            Assert.Empty(Credited(trip));
        }
        using var part = Sent(profile);
        part.Recall(1, s_file);
        Pass(part);
        Assert.Equal(
            [
                RecallWord.Refused, RecallWord.Cancelled, RecallWord.Cancelled, RecallWord.Refused,
                RecallWord.Cancelled,
            ],
            part.Receive()[$"{part.Reference}-recall-1.xml"].Lines.Select(l => l.Recall!.Value));
    }

    [Fact]
    public void A_bank_s_developer_is_told_what_a_recall_asks_and_that_its_figures_are_its_rows()
    {
        using var trip = Sent("iso20022-older");
        trip.Recall(1, s_file, 1, 2);
        var file = trip.Exchange.Take($"{trip.Reference}-recall-1.xml");
        var verdict = FileVerdict.Of(trip.Partner, file, trip.Keys.OursCertificatePem);
        Assert.True(verdict.Good);
        Assert.Equal((RecallRequest.ReferenceOf(trip.Reference, 1), 2, 3_000L),
            (verdict.Reference, verdict.Rows, verdict.TotalFen));
        var wrong = System.Text.Encoding.UTF8.GetString(file.Body).Replace("<CtrlSum>30.00<", "<CtrlSum>30.01<",
            StringComparison.Ordinal);
        Assert.Equal(["Structure"], FileVerdict.Of(trip.Partner,
            file with { Body = System.Text.Encoding.UTF8.GetBytes(wrong) }, trip.Keys.OursCertificatePem)
            .Troubles.Select(t => t.Refusal));
    }

    [Fact]
    public void A_recall_is_decided_once_whatever_is_killed_and_one_that_is_not_signed_is_not_answered()
    {
        using var trip = Sent("iso20022-pain");
        trip.Recall(1, s_file, 2);
        Pass(trip);
        var (inbox, outbox) = (Path.Combine(trip.ExchangeFolder, "iso20022-pain", "to-bank"),
            Path.Combine(trip.ExchangeFolder, "iso20022-pain", "from-bank", $"{trip.Reference}-recall-1.xml"));
        var said = File.ReadAllBytes(outbox);
        File.Delete(outbox);
        var again = new SandboxBank(trip.Partner, trip.BooksFolder);
        again.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);
        Assert.Equal(said, File.ReadAllBytes(outbox));
        // A stranger's request: rows stay as they are.
        trip.Recall(2, s_file, 5);
        File.WriteAllText(Path.Combine(inbox, $"{trip.Reference}-recall-2.xml.p7s"), "no signature");
        again.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);
        Assert.False(File.Exists(outbox.Replace("recall-1", "recall-2", StringComparison.Ordinal)));
        again.EndDay(trip.Exchange, trip.Keys, RoundTrip.NextDay);
        Assert.Contains(again.Report().Payees, p => p.CreditedFen == 5_000);
    }

    private static RoundTrip Sent(string profile, params (string, long)[] rows)
    {
        var trip = new RoundTrip(profile);
        trip.Deposit(100_000);
        trip.Send(rows.Length == 0 ? s_file : rows);
        Pass(trip);
        return trip;
    }

    private static void Pass(RoundTrip trip) => trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);

    private static IEnumerable<(string, long)> Credited(RoundTrip trip) =>
        trip.Bank.Report().Payees.Select(p => (p.Account[^7..^1], p.CreditedFen)).Order();
}

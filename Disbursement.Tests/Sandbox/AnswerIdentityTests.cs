using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Codecs.Iso20022;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>The way back: any payroll that went out, with any of its rows rejected, comes back row by row as the bank's
/// books have it, for every profile, through its envelope and decoder.</summary>
public sealed class AnswerIdentityTests
{
    private static readonly string[] s_rejected = ["990001", "990002", "990003", "990004"];

    [Property(MaxTest = 4)]
    public void What_the_bank_answers_is_what_became_of_each_row(int seed, byte count)
    {
        foreach (var partner in Partner.All) Holds(partner.Id, new PayrollIdentityTests.Chance(seed), 1 + (count % 60));
    }

    private static void Holds(string id, PayrollIdentityTests.Chance random, int count)
    {
        using var trip = new RoundTrip(id);
        var rows = Enumerable.Range(1, count).Select(n =>
        {
            var isRejected = random.Next(4) == 0;
            var magic = isRejected ? s_rejected[random.Next(4)] : $"{100_000 + random.Next(800_000)}";
            return (Row: n, Account: RoundTrip.Account(magic), Fen: random.Between(1, 2_000_000), isRejected);
        }).ToList();
        trip.Deposit(200_000_000);
        Assert.Equal(SendOutcome.Delivered, trip.Send([.. rows.Select(r => (r.Account, r.Fen))]).Outcome);
        trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);

        // A first message is the word on the file; with nothing rejected a list of failures is empty.
        var message = trip.Receive().Single(m => m.Key.Contains("-result-", StringComparison.Ordinal)).Value;
        var head = Assert.Single(message.Heads);
        Assert.Equal((MessageKind.Report, trip.Reference), (head.Kind, head.FileReference));
        var isFailuresOnly = RoundTripTests.FailuresOnly.Any(row => row.Data == id);
        Assert.Equal(rows.Where(r => r.isRejected || !isFailuresOnly).Select(r =>
            (Reference(id, r.Row), r.Account, r.Fen, r.isRejected ? LineWord.Rejected : LineWord.Settled)),
            message.Lines.Select(l => (l.RowReference, l.Account, l.Amount.Fen, l.Word)));
        var paid = rows.Where(r => !r.isRejected).ToList();
        if (isFailuresOnly)
            Assert.Equal((paid.Count, new Money(paid.Sum(r => r.Fen))), Unlisted(head, message));
        Assert.Equal(paid.Sum(r => r.Fen), trip.Bank.Report().Payees.Sum(p => p.NetFen));
    }

    private static (int, Money) Unlisted(MessageHead head, CollectedMessage message) => head.Unlisted is { } others
        ? (others.Lines, others.Total)
        : (head.StatedLines!.Value - message.Lines.Count,
            head.StatedTotal!.Value - new Money(message.Lines.Sum(l => l.Amount.Fen)));

    /// <summary>SBS does not number the rows it lists.</summary>
    private static string Reference(string id, int row) => id == "sbs-n050" ? "" : $"{row:00000000}";
}

using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Codecs.Iso20022;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>Misbehaviour in the forms of every bank, read by our codecs and envelopes.</summary>
public sealed class MisbehavingAnswerTests
{
    private static readonly string[] s_listsOfFailures = ["sbs-n050", "ccb-6w2102"];

    public static TheoryData<string> Profiles => [.. Partner.All.Select(p => p.Id)];
    public static TheoryData<string> RowByRow => [.. Partner.All.Select(p => p.Id).Except(s_listsOfFailures)];

    [Theory, MemberData(nameof(RowByRow))]
    public void Rows_of_several_messages_are_every_row_once(string profile)
    {
        using var trip = Sent(profile, "split-results,partial-results,out-of-order", out var bank);
        var today = Results(trip.Receive());
        Assert.Equal([4, 2, 0], today.Select(First)); // backwards, and what is kept back is the second half
        bank.EndDay(trip.Exchange, trip.Keys, RoundTrip.NextDay);
        var later = Results(trip.Receive());
        Assert.Equal([10, 8, 6], later.Select(First));
        Assert.Equal(Enumerable.Range(1, 12), today.Concat(later).SelectMany(m => m.Lines).Select(RowOf).Order());
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_wrong_balance_is_told_and_the_right_statement_follows(string profile)
    {
        using var trip = Sent(profile, "wrong-balance", out var bank);
        bank.EndDay(trip.Exchange, trip.Keys, RoundTrip.Day);
        var wrong = Statement(trip, "statement-0017-1");
        Assert.NotEqual(wrong.Statements[0].Closing!.Value - wrong.Statements[0].Opening!.Value, Sum(wrong));
        bank.EndDay(trip.Exchange, trip.Keys, RoundTrip.NextDay);
        var right = Statement(trip, "statement-0017-1-again");
        Assert.Equal(right.Statements[0].Closing!.Value - right.Statements[0].Opening!.Value, Sum(right));
        Assert.Equal(wrong.Statements[0].StatementId, right.Statements[0].StatementId);
        Assert.Equal(trip.Bank.Report().Payers[0].BalanceFen, right.Statements[0].Closing!.Value.Fen);
    }

    /// <summary>Where a form states a total, ours sees that it is wrong; where it states none, there is nothing to see.
    /// </summary>
    [Theory, MemberData(nameof(Profiles))]
    public void A_wrong_total_is_seen_where_the_form_states_one(string profile)
    {
        using var trip = Sent(profile, "wrong-totals", out var bank);
        var wrong = Read(trip, $"{trip.Reference}-result-1");
        var states = profile is not ("icbc-bxt" or "icbc-finance" or "icbc-payper" or "ccb-wage" or "citic-text"
            or "bcm-wage" or "cgb-wage" or "psbc-wage" or "unionpay-chinapay" or "gzrc-fixed");
        var total = trip.Bank.Report().Files[0].TotalFen;
        Assert.Equal(states, wrong.Errors.Count > 0 || wrong.Heads[0].StatedTotal is { } stated && stated.Fen != total);
        bank.EndDay(trip.Exchange, trip.Keys, RoundTrip.NextDay);
        var right = Read(trip, $"{trip.Reference}-result-2");
        Assert.Empty(right.Errors);
        Assert.True(right.Heads[0].StatedTotal is not { } again || again.Fen == total);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_list_of_failures_has_no_parts_and_every_other_answer_has(string profile)
    {
        using var trip = Sent(profile, "split-results,partial-results", out _);
        var results = Directory.GetFiles(Path.Combine(trip.ExchangeFolder, profile, "from-bank"))
            .Select(path => Path.GetFileName(path)).Count(name => name.Contains("-result-", StringComparison.Ordinal)
                && !name.EndsWith(trip.Partner.SealSuffix, StringComparison.Ordinal));
        Assert.Equal(s_listsOfFailures.Contains(profile) ? 1 : 3, results);
    }

    private static RoundTrip Sent(string profile, string script, out SandboxBank bank)
    {
        var trip = new RoundTrip(profile);
        trip.Deposit(100_000);
        trip.Send([.. Enumerable.Range(1, 12).Select(i => (RoundTrip.Account($"1000{i:00}"), 100L + i))]);
        bank = new SandboxBank(trip.Partner, trip.BooksFolder, Misbehaviour.Parse(script, out _));
        Assert.Equal(1, bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day).Taken);
        return trip;
    }

    /// <summary>In the order in which they left.</summary>
    private static List<CollectedMessage> Results(IReadOnlyDictionary<string, CollectedMessage> messages) =>
        [.. messages.Where(m => m.Key.Contains("-result-", StringComparison.Ordinal)).Select(m => m.Value)];

    private static int First(CollectedMessage message) => RowOf(message.Lines[0]) - 1;

    private static int RowOf(ReportLine line) =>
        int.Parse(line.RowReference, System.Globalization.CultureInfo.InvariantCulture);

    private static Engine.Primitives.Money Sum(CollectedMessage statement) =>
        new(statement.Entries.Sum(e => e.Amount.Fen));

    private static CollectedMessage Statement(RoundTrip trip, string name) => Read(trip, name);

    /// <summary>Decoded with whatever is wrong in it: the signature is another test's.</summary>
    private static CollectedMessage Read(RoundTrip trip, string name)
    {
        var path = Directory.GetFiles(Path.Combine(trip.ExchangeFolder, trip.Partner.Id, "from-bank"), name + ".*")
            .Single(p => !p.EndsWith(trip.Partner.SealSuffix, StringComparison.Ordinal));
        var message = new CollectedMessage();
        using var body = new MemoryStream(File.ReadAllBytes(path));
        BankCatalogue.Shipped.Decoder(trip.Profile.FormOf(Path.GetFileName(path)).Codec)!
            .Decode(trip.Profile, Path.GetFileName(path), body, message);
        return message;
    }
}

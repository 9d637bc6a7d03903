using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>Our codec, envelope and folder transport against
/// the sandbox bank, which shares no code with them.</summary>
public class RoundTripTests
{
    /// <summary>These tell the rows that failed only; that is shown on its own.</summary>
    public static TheoryData<string> FailuresOnly => ["sbs-n050", "ccb-6w2102"];

    private static bool TellsFailuresOnly(string id) => FailuresOnly.Any(row => row.Data == id);

    public static TheoryData<string> Profiles => [.. Partner.All.Select(p => p.Id)];
    public static TheoryData<string> RowByRow => [.. Partner.All.Select(p => p.Id).Where(id => !TellsFailuresOnly(id))];

    /// <summary>One of each form: a process takes its time.</summary>
    public static TheoryData<string> Processes =>
        ["icbc-bxt", "cmb-ntagcsal", "iso20022-pain", "cgb-wage", "gzrc-fixed", "sbs-n050",
            "icbc-payper", "cmb-bb6bthhl"];

    [Theory, MemberData(nameof(RowByRow))]
    public void A_file_comes_back_settled_row_by_row(string profile)
    {
        using var trip = new RoundTrip(profile);
        var (first, second) = (RoundTrip.Account("100001"), RoundTrip.Account("100002"));
        trip.Deposit(1_000_000);
        Assert.Equal(SendOutcome.Delivered, trip.Send((first, 512_345), (second, 1)).Outcome);
        Assert.Equal(new PassCount(1, 0, 2), trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day));

        var answers = trip.Receive().ToDictionary(a => Path.GetFileNameWithoutExtension(a.Key), a => a.Value);

        var status = Assert.Single(answers[trip.Reference + "-status-1"].Heads);
        Assert.Equal((MessageKind.FileStatus, trip.Reference, FileWord.Accepted),
            (status.Kind, status.FileReference, status.FileWord));
        Assert.Empty(answers[trip.Reference + "-status-1"].Lines);
        var result = answers[$"{trip.Reference}-result-1"];
        var head = Assert.Single(result.Heads);
        Assert.Equal((MessageKind.Report, trip.Reference), (head.Kind, head.FileReference));
        Assert.NotEqual(FileWord.Refused, head.FileWord);
        Assert.Equal(
            [
                ("00000001", first, "样例工人·甲", 512_345, LineWord.Settled),
                ("00000002", second, "样例工人·乙", 1, LineWord.Settled),
            ],
            result.Lines.Select(l => (l.RowReference, l.Account, l.Name, l.Amount.Fen, l.Word)));
        Assert.Empty(trip.Receive());
    }

    public static TheoryData<string, string, LineWord, ReturnReason> Rejections
    {
        get
        {
            var data = new TheoryData<string, string, LineWord, ReturnReason>();
            foreach (var profile in Partner.All.Where(p => p.Orders is null).Select(p => p.Id))
            {
                data.Add(profile, "990001", LineWord.Rejected, Reason(profile, ReturnReason.NameMismatch));
                data.Add(profile, "990002", LineWord.Rejected, Reason(profile, ReturnReason.AccountClosed));
                data.Add(profile, "990003", LineWord.Rejected, Reason(profile, ReturnReason.AccountFrozen));
                data.Add(profile, "990004", LineWord.Rejected, Reason(profile, ReturnReason.LimitExceeded));
                data.Add(profile, "990005", LineWord.Settled, ReturnReason.None);
                data.Add(profile, "990007", LineWord.Settled, ReturnReason.None);
                data.Add(profile, "990009", LineWord.Settled, ReturnReason.None);
            }
            return data;
        }
    }

    [Theory, MemberData(nameof(Rejections))]
    public void A_magic_account_is_answered_as_documented(string profile, string magic, LineWord word,
        ReturnReason reason)
    {
        using var trip = new RoundTrip(profile);
        trip.Deposit(100_000);
        trip.Send((RoundTrip.Account(magic), 1_000));
        trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);
        var results = trip.Receive().Values.Where(m => m.Lines.Count > 0).ToList();
        Assert.Equal(magic == "990007" ? 2 : 1, results.Count);
        Assert.All(results, m => Assert.Equal([(word, reason)], m.Lines.Select(l => (l.Word, l.Reason))));
    }

    [Theory, MemberData(nameof(RowByRow))]
    public void All_magic_accounts_in_one_file_are_answered_as_documented(string profile)
    {
        using var trip = new RoundTrip(profile);
        trip.Deposit(100_000);
        ReturnReason Told(ReturnReason why) => Reason(profile, why);
        var expected = new (string Magic, LineWord Word, ReturnReason Reason)[]
        {
            ("990001", LineWord.Rejected, Told(ReturnReason.NameMismatch)),
            ("990002", LineWord.Rejected, Told(ReturnReason.AccountClosed)),
            ("990003", LineWord.Rejected, Told(ReturnReason.AccountFrozen)),
            ("990004", LineWord.Rejected, Told(ReturnReason.LimitExceeded)),
            ("990005", LineWord.Settled, ReturnReason.None),
            ("990007", LineWord.Settled, ReturnReason.None),
            ("990009", LineWord.Settled, ReturnReason.None),
        };
        trip.Send([.. expected.Select((e, i) => (RoundTrip.Account(e.Magic), 1_000L + i))]);
        trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);
        // 990007 has the whole answer sent twice.
        var results = trip.Receive().Values.Where(m => m.Lines.Count > 0).ToList();
        Assert.Equal(2, results.Count);
        Assert.All(results, m => Assert.Equal(expected.Select((e, i) => (1_000L + i, e.Word, e.Reason)),
            m.Lines.Select(l => (l.Amount.Fen, l.Word, l.Reason))));
    }

    /// <summary>ChinaPay's 22 columns have none for a reason, nor has CMB's JSON a member.</summary>
    private static ReturnReason Reason(string profile, ReturnReason why) =>
        profile is "unionpay-chinapay" or "cmb-bb6bthhl" ? ReturnReason.Other : why;

    [Theory, MemberData(nameof(RowByRow))]
    public void A_silent_row_is_not_answered_and_a_wrong_amount_is_one_fen_higher(string profile)
    {
        using var trip = new RoundTrip(profile);
        trip.Deposit(100_000);
        trip.Send((RoundTrip.Account("990006"), 1_000), (RoundTrip.Account("990008"), 2_000));
        trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);
        var line = Assert.Single(trip.Receive().Values.SelectMany(m => m.Lines));
        Assert.Equal(("00000002", 2_001, LineWord.Settled), (line.RowReference, line.Amount.Fen, line.Word));
        Assert.Empty(trip.Bank.Report().Payees);
    }

    [Theory, MemberData(nameof(RowByRow))]
    public void A_later_day_end_returns_one_row_and_contradicts_another(string profile)
    {
        using var trip = new RoundTrip(profile);
        var (late, contradicted) = (RoundTrip.Account("990005"), RoundTrip.Account("990009"));
        trip.Deposit(100_000);
        trip.Send((RoundTrip.Account("100001"), 700), (late, 1_000), (contradicted, 2_000));
        trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);
        trip.Receive();
        trip.Bank.EndDay(trip.Exchange, trip.Keys, RoundTrip.NextDay);

        var answers = trip.Receive().Values.ToList();

        var returns = Assert.Single(answers, m => m.Heads is [{ Kind: MessageKind.LateReturns }]);
        Assert.Equal(trip.Reference, returns.Heads[0].FileReference);
        Assert.Equal([("00000002", late, 1_000L, LineWord.Returned)],
            returns.Lines.Select(l => (l.RowReference, l.Account, l.Amount.Fen, l.Word)));
        var second = Assert.Single(answers, m => m.Heads is [{ Kind: MessageKind.Report }]);
        Assert.Equal([("00000003", contradicted, 2_000L, LineWord.Rejected)],
            second.Lines.Select(l => (l.RowReference, l.Account, l.Amount.Fen, l.Word)));
        Assert.Equal([(RoundTrip.Account("100001"), 700L), (late, 0L), (contradicted, 2_000L)],
            trip.Bank.Report().Payees.OrderBy(p => p.CreditedFen).Select(p => (p.Account, p.NetFen)));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void Statements_equal_the_banks_books(string profile)
    {
        using var trip = new RoundTrip(profile);
        var (closed, late) = (RoundTrip.Account("990002"), RoundTrip.Account("990005"));
        trip.Deposit(100_000);
        trip.Send((RoundTrip.Account("100001"), 700), (closed, 500), (late, 1_000));
        trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);
        trip.Bank.EndDay(trip.Exchange, trip.Keys, RoundTrip.Day);
        trip.Bank.EndDay(trip.Exchange, trip.Keys, RoundTrip.NextDay);

        var received = trip.Receive();
        var first = received.Single(m => m.Key.StartsWith("statement-0017-1", StringComparison.Ordinal)).Value;
        var second = received.Single(m => m.Key.StartsWith("statement-0017-2", StringComparison.Ordinal)).Value;

        // icbc-bxt debits the whole file and gives the rejected row back; the others debit what they credited.
        (string Kind, long Fen, string Reference)[] wages = trip.Partner.WholeFileDebit
            ? [("WAGE", -2_200, trip.Reference), ("REFUND", 500, trip.Reference)]
            : [("WAGE", -1_700, trip.Reference)];
        Assert.Equal([("TRANSFER", 100_000, ""), .. wages], first.Entries.Select(Movement));
        Assert.Equal([("REFUND", 1_000, trip.Reference)], second.Entries.Select(Movement));
        Assert.Equal((RoundTrip.Payer, 0L, 98_300L), Head(Assert.Single(first.Statements)));
        Assert.Equal((RoundTrip.Payer, 98_300L, 99_300L), Head(Assert.Single(second.Statements)));
        Assert.Equal(99_300, Assert.Single(trip.Bank.Report().Payers).BalanceFen);
        Assert.Equal(late, second.Entries[0].CounterpartyAccount);
        Assert.Equal("6212260000000000025", first.Entries[0].CounterpartyAccount);
    }

    private static (string, long, string) Movement(StatementEntry entry) =>
        (entry.Kind, entry.Amount.Fen, entry.Reference);

    private static (string, long, long) Head(StatementHead head) =>
        (head.Account, head.Opening!.Value.Fen, head.Closing!.Value.Fen);

    [Theory, MemberData(nameof(Profiles))]
    public void A_file_that_the_account_cannot_cover_is_refused_whole(string profile)
    {
        using var trip = new RoundTrip(profile);
        trip.Send((RoundTrip.Account("100001"), 700));
        trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);
        var head = Assert.Single(Assert.Single(trip.Receive()).Value.Heads);
        Assert.Equal((MessageKind.FileStatus, trip.Reference, FileWord.Refused),
            (head.Kind, head.FileReference, head.FileWord));
        Assert.Contains("余额不足", head.ReasonText, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Processes))]
    public void The_bank_as_a_process_answers_and_verifies_what_we_sent(string profile)
    {
        using var trip = new RoundTrip(profile);
        trip.Send((RoundTrip.Account("100001"), 700));
        var sent = Directory.GetFiles(Path.Combine(trip.ExchangeFolder, profile, "to-bank"), trip.Reference + ".*")
            .Single(path => !path.EndsWith(trip.Partner.SealSuffix, StringComparison.Ordinal));
        Disburse("bank", "verify", sent, "--profile", profile, "--keys", RoundTrip.KeyFolder);
        Disburse("bank-sandbox", "deposit", "--profile", profile, "--books", trip.BooksFolder, "--date", "2026-03-12",
            "--id", "D1", "--account", RoundTrip.Payer, "--fen", "100000");
        Disburse("bank-sandbox", "run", "--once", "--profile", profile, "--books", trip.BooksFolder,
            "--at", "2026-03-13T01:00:00Z", "--exchange", trip.ExchangeFolder, "--keys", RoundTrip.KeyFolder);
        var lines = trip.Receive().Values.SelectMany(m => m.Lines).ToList();
        if (!TellsFailuresOnly(profile)) Assert.Equal(LineWord.Settled, Assert.Single(lines).Word);
        Disburse("bank-sandbox", "day-end", "--profile", profile, "--books", trip.BooksFolder, "--date", "2026-03-16",
            "--exchange", trip.ExchangeFolder, "--keys", RoundTrip.KeyFolder);
        Assert.Equal(99_300, Assert.Single(trip.Receive().Values.SelectMany(m => m.Statements)).Closing?.Fen);
        var books = Disburse("bank-sandbox", "books", "--profile", profile, "--books", trip.BooksFolder, "--json");
        Assert.Contains("\"net_fen\": 700", books, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(FailuresOnly))]
    public void A_list_of_failures_says_how_many_rows_it_does_not_list(string profile)
    {
        using var trip = new RoundTrip(profile);
        var (paid, closed) = (RoundTrip.Account("100001"), RoundTrip.Account("990002"));
        trip.Deposit(100_000);
        trip.Send((paid, 700), (closed, 500));
        trip.Bank.Pass(trip.Exchange, trip.Keys, RoundTrip.Day);
        var result = trip.Receive().Values.Single(m => m.Lines.Count > 0);
        var head = Assert.Single(result.Heads);
        Assert.Equal((MessageKind.Report, trip.Reference, 2, new Money(1_200)),
            (head.Kind, head.FileReference, head.StatedLines, head.StatedTotal));
        // CCB counts the rows (OID), SBS does not.
        var row = profile == "ccb-6w2102" ? "00000002" : "";
        Assert.Equal([(row, closed, 500L, LineWord.Rejected, ReturnReason.AccountClosed)],
            result.Lines.Select(l => (l.RowReference, l.Account, l.Amount.Fen, l.Word, l.Reason)));
    }

    private static string Disburse(params string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "disburse.dll");
        var (code, output) = Security.OutsideTool.Run("dotnet", [program, .. arguments]);
        Assert.True(code == 0, $"{string.Join(' ', arguments)}: {code}\n{output}");
        return output;
    }
}

using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Demo;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>
/// Each misbehaviour of the bank against the engine. <see cref="MisbehavingMonth"/> holds after every exchange that
/// nothing is lost and nobody is paid twice; each test says what else there must be.
/// </summary>
public sealed class MisbehaviourTests
{
    private static readonly Lazy<(ProjectTotals Totals, IReadOnlyDictionary<string, int> Kinds)> s_undisturbed =
        new(Undisturbed);

    [Theory]
    [InlineData("duplicate-answers:3")]
    [InlineData("out-of-order:3")]
    [InlineData("out-of-order,split-results,duplicate-answers")]
    public void What_is_said_twice_or_backwards_comes_to_the_same_at_once(string script)
    {
        using var month = new MisbehavingMonth(script);
        month.Exchange(9);
        Assert.All(month.Files, file => Assert.Equal(FileState.Accepted, file.State));
        Assert.Equal(s_undisturbed.Value.Totals.LinesInFlight, month.Totals.LinesInFlight);
        // What is wrong in a message is told of each of its copies.
        EndsUndisturbed(month, from: 10, ExceptionKinds.AmountDiffers, ExceptionKinds.StatedTotalsDiffer);
    }

    [Fact]
    public void Without_the_word_on_a_file_its_results_prove_that_it_was_taken()
    {
        using var month = new MisbehavingMonth("lost-reply");
        month.Exchange(9);
        Assert.All(DemoWorld.Profiles, p => Assert.DoesNotContain(month.Messages(p), IsStatus));
        Assert.All(month.Files, file => Assert.Equal(FileState.Accepted, file.State));
        EndsUndisturbed(month);
        Assert.All(DemoWorld.Profiles, p => Assert.Contains(month.Messages(p), IsStatus));
    }

    [Fact]
    public void A_file_that_lies_unread_stays_on_the_way_over_a_day_end()
    {
        using var month = new MisbehavingMonth("late-acceptance");
        month.Exchange(9);
        month.DayEnd(9);
        Assert.All(month.Files, file => Assert.Equal((FileState.Delivered, file.Lines), (file.State, file.LinesOpen)));
        month.World.Tick();
        Assert.All(month.Files, file => Assert.Equal(FileState.Delivered, file.State));
        month.Exchange(10);
        Assert.All(month.Files, file => Assert.Equal(FileState.Accepted, file.State));
        EndsUndisturbed(month, from: 11, to: 12);
    }

    [Theory]
    [InlineData("partial-results")]
    [InlineData("day-end-between")]
    public void Rows_without_a_word_are_in_flight_whatever_the_statement_says(string script)
    {
        using var month = new MisbehavingMonth(script);
        month.Exchange(9);
        month.DayEnd(9);
        Assert.All(month.Files, file => Assert.Equal(FileState.Accepted, file.State));
        Assert.All(month.Files, file => Assert.InRange(file.LinesOpen,
            script == "partial-results" ? file.Lines / 2 : file.Lines, script == "partial-results"
                ? file.Lines / 2 + 3 : file.Lines));
        Assert.True(month.Totals.LinesInFlight > s_undisturbed.Value.Totals.LinesInFlight);
        EndsUndisturbed(month, from: 10, Partial(script));
    }

    [Fact]
    public void Results_over_several_messages_come_to_the_same()
    {
        using var month = new MisbehavingMonth("split-results");
        month.Exchange(9);
        Assert.All(DemoWorld.Profiles, p => Assert.True(month.Messages(p).Count(IsResult) >= 3));
        EndsUndisturbed(month, from: 10, Partial("split-results"));
    }

    /// <summary>ICBC's text states no total, so that nothing is wrong there.</summary>
    [Fact]
    public void Wrong_totals_are_told_and_rows_that_match_are_taken()
    {
        using var month = new MisbehavingMonth("wrong-totals");
        month.Exchange(9);
        Assert.True(Raised(month, ExceptionKinds.StatedTotalsDiffer) >= 2, string.Join(' ', month.Kinds));
        Assert.All(month.Files, file => Assert.Equal(FileState.Accepted, file.State));
        EndsUndisturbed(month, from: 10, ExceptionKinds.StatedTotalsDiffer, ExceptionKinds.UnreadableLine,
            ExceptionKinds.AmountDiffers);
    }

    [Fact]
    public void A_statement_that_does_not_add_up_books_nothing_until_the_right_one_comes()
    {
        using var month = new MisbehavingMonth("wrong-balance");
        month.Exchange(9);
        month.DayEnd(9);
        Assert.Equal(DemoWorld.Profiles.Count, Raised(month, ExceptionKinds.EntriesDiffer));
        Assert.All(month.Files, file => Assert.Equal(0, file.DebitedFen));
        EndsUndisturbed(month, from: 10, ExceptionKinds.EntriesDiffer, ExceptionKinds.UnreadableLine,
            ExceptionKinds.StatementGap);
    }

    [Fact]
    public void A_stranger_s_signature_is_told_and_nothing_is_taken_from_the_message()
    {
        using var month = new MisbehavingMonth("wrong-key,split-results");
        month.Exchange(9);
        Assert.True(Raised(month, ExceptionKinds.Unverified) >= 3 * DemoWorld.Profiles.Count);
        Assert.All(month.Files, file => Assert.Equal((FileState.Accepted, file.Lines), (file.State, file.LinesOpen)));
        EndsUndisturbed(month, from: 10, Partial("split-results", ExceptionKinds.Unverified));
    }

    [Fact]
    public void A_late_return_is_unpaid_again_and_its_money_is_back()
    {
        using var month = new MisbehavingMonth("late-return");
        month.Days(9, 10);
        var before = s_undisturbed.Value.Totals;
        Assert.Equal(before.LinesUnpaid + DemoWorld.Profiles.Count, month.Totals.LinesUnpaid);
        Assert.Equal(before.LinesPaid - DemoWorld.Profiles.Count, month.Totals.LinesPaid);
        Assert.Equal(s_undisturbed.Value.Kinds, month.Kinds);
        month.DayEnd(11);
        month.MoneyAgrees();
    }

    [Fact]
    public void A_contradiction_is_told_and_not_paid_again_until_two_people_decide()
    {
        using var month = new MisbehavingMonth("contradiction");
        month.Days(9, 10);
        Assert.Equal(DemoWorld.Profiles.Count, Raised(month, ExceptionKinds.Contradicted));
        Assert.Equal(s_undisturbed.Value.Totals.LinesInFlight + DemoWorld.Profiles.Count, month.Totals.LinesInFlight);
        month.Step("repayment", new(2026, 2, 12, 10, 0));
        var letter = new InputDocument(LineResolve.Evidence, "样例银行 SAMPLE BANK: 已入账 credited"u8.ToArray(),
            Personal: true);
        foreach (var x in month.World.Ask(v => v.List<BankExceptionRow>(("kind", ExceptionKinds.Contradicted))))
        {
            var row = long.Parse(x.Detail.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
            foreach (var person in new[] { month.World.People.Treasurer, month.World.People.Supervisor })
                month.World.Done(person, new Command("line.resolve", ("file", x.File!.Value), ("row", row),
                    ("outcome", OutcomeKind.Settled)).With(letter));
        }
        month.Days(12, 13);
        month.MoneyAgrees();
        Assert.Equal(s_undisturbed.Value.Totals.LinesInFlight, month.Totals.LinesInFlight);
    }

    [Fact]
    public void A_file_of_which_the_bank_read_half_is_refused_and_its_wages_are_paid_by_another()
    {
        using var month = new MisbehavingMonth("torn-upload");
        month.Days(9, 10);
        Assert.All(month.Files, file => Assert.Equal(FileState.Refused, file.State));
        Assert.Equal(month.Totals.LinesDeclared, month.Totals.LinesUnpaid);
        month.Step("repayment", new(2026, 2, 12, 10, 0));
        month.Days(12, 13);
        Assert.Equal(2 * DemoWorld.Profiles.Count, month.Files.Count);
        Assert.True(month.Totals.LinesPaid > 0);
        month.MoneyAgrees();
    }

    /// <summary>Between them the seeds come to every behaviour: one that is never met proves nothing.</summary>
    [Fact]
    public void Banks_that_misbehave_at_random_lose_nothing_and_pay_nobody_twice()
    {
        var met = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var seed in Enumerable.Range(1, 5)) met.UnionWith(AtRandom(seed));
        Assert.Equal(BehaviourWord.All.Select(w => w.Name).Order(StringComparer.Ordinal), met);
    }

    private static (ProjectTotals, IReadOnlyDictionary<string, int>) Undisturbed()
    {
        using var month = new MisbehavingMonth(MisbehavingMonth.Nothing);
        month.Days(9, 11);
        month.MoneyAgrees();
        return (month.Totals, month.Kinds);
    }

    private static IReadOnlyList<string> AtRandom(int seed)
    {
        using var month = new MisbehavingMonth($"random:{seed}");
        month.Days(9, 10);
        month.Step("corrections", new(2026, 2, 11, 9, 0));
        month.Days(11, 11);
        month.Step("repayment", new(2026, 2, 12, 10, 0));
        month.Days(12, 13);
        month.Step("deadline", new(2026, 2, 13, 19, 0));
        month.Days(14, 16);
        month.MoneyAgrees();
        Assert.All(month.Files, file => Assert.True(file.State is FileState.Accepted or FileState.Reconciled
            or FileState.Refused, $"seed {seed}: {file.Reference} {file.State}"));
        return month.Misbehaved;
    }

    private static void EndsUndisturbed(MisbehavingMonth month, int from = 10, params string[] raised)
    {
        month.Days(from, 11);
        EndsUndisturbed(month, raised);
    }

    private static void EndsUndisturbed(MisbehavingMonth month, int from, int to)
    {
        month.Days(from, to);
        EndsUndisturbed(month, []);
    }

    /// <summary>The month ends as it does with a bank that does nothing wrong, but for exceptions of these kinds.
    /// </summary>
    private static void EndsUndisturbed(MisbehavingMonth month, string[] raised)
    {
        Assert.Equal(s_undisturbed.Value.Totals, month.Totals);
        Assert.Equal(Others(s_undisturbed.Value.Kinds), Others(month.Kinds));
        month.MoneyAgrees();

        SortedDictionary<string, int> Others(IReadOnlyDictionary<string, int> kinds) =>
            new(kinds.Where(k => !raised.Contains(k.Key)).ToDictionary(), StringComparer.Ordinal);
    }

    private static string[] Partial(string script, params string[] more) => [.. more,
        .. script is "partial-results" or "split-results" ? [ExceptionKinds.StatedTotalsDiffer]
            : Array.Empty<string>()];

    private static int Raised(MisbehavingMonth month, string kind) =>
        month.Kinds.GetValueOrDefault(kind) - s_undisturbed.Value.Kinds.GetValueOrDefault(kind);

    private static bool IsStatus(string name) => name.Contains("-status-", StringComparison.Ordinal);

    private static bool IsResult(string name) => name.Contains("-result-", StringComparison.Ordinal)
        && !name.EndsWith(".p7s", StringComparison.Ordinal) && !name.EndsWith(".sig", StringComparison.Ordinal);
}

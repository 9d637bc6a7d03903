using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Cli;
using Disbursement.Tests.Demo;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>
/// What `show` says in words holds what its document holds: state and standing, why unpaid, by which file, in yuan.
/// </summary>
public sealed partial class ShowTests
{
    private static readonly string Database = $"sqlite:{FinishedDemo.Shared.Database}";

    public static TheoryData<Type> Kinds => [.. Terms.Kinds];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_state_and_reason_has_words_in_both_languages(Type kind) =>
        Assert.All(Enum.GetValues(kind).Cast<Enum>(), value =>
        {
            Assert.Matches(Ideographs(), Terms.Of(value, chinese: true));
            Assert.Matches("^[a-z ]+$", Terms.Of(value, chinese: false));
        });

    [Fact]
    public void A_recorded_reason_keeps_the_bank_s_code_behind_the_words()
    {
        Assert.Equal("账户已销户 (AccountClosed 4002)", Terms.Reason("AccountClosed 4002", chinese: true));
        Assert.Equal("account closed (AccountClosed 4002)", Terms.Reason("AccountClosed 4002", chinese: false));
        Assert.Equal("00", Terms.Reason("None 00", chinese: true));
        Assert.Equal("evidence", Terms.Reason("evidence", chinese: false));
    }

    [Fact]
    public void A_payment_that_is_not_its_claim_s_is_told()
    {
        using var folder = TranscriptScript.Begin("built");
        Assert.DoesNotContain("audit rebuild", folder.Run("claim show 1", "--lang", "en").Seen,
            StringComparison.Ordinal);
        folder.Sql("DROP TRIGGER payment_fixed; UPDATE payment SET amount_fen = amount_fen + 1, "
            + "payee_hash = (SELECT p.payee_hash FROM payment p WHERE p.claim = 2) WHERE claim = 1");
        foreach (var (language, amount, payee) in new[]
        {
            ("zh", "应付 600.00, 付款 600.01", "收款账户不是批准的第 1 版账户"),
            ("en", "600.00 is owed, 600.01 paid out", "the payee account is not the approved version 1"),
        })
        {
            var told = folder.Run("claim show 1", "--lang", language).Seen;
            Assert.All([amount, payee, "audit rebuild"],
                words => Assert.Contains(words, told, StringComparison.Ordinal));
        }
        var payment = JsonNode.Parse(folder.Run("claim show 1", "--json").Output)!["payments"]![0]!;
        Assert.Equal((60000L, true), ((long)payment["claim_fen"]!, (bool)payment["payee_differs"]!));
    }

    [Fact]
    public void A_payroll_and_each_claim_of_it_that_is_open_say_where_they_stand_and_why()
    {
        var (tried, unpaid) = (0, 0);
        foreach (var payroll in Document("payroll list").AsArray().Select(p => (long)p!["payroll"]!))
        {
            var document = Document($"payroll show {payroll}");
            foreach (var language in new[] { "zh", "en" })
            {
                var text = Words($"payroll show {payroll}", language);
                foreach (var figure in new[] { "declared", "paid", "in_flight", "unpaid", "voided" })
                    Assert.Contains($"{document["payroll"]!["lines_" + figure]} {(language == "zh" ? "笔" : "lines")}, "
                        + Yuan(document["payroll"]![figure + "_fen"]), text, StringComparison.Ordinal);
                foreach (var file in document["files"]!.AsArray())
                    Assert.Contains((string)file!["reference"]!, text, StringComparison.Ordinal);
            }
            foreach (var open in document["open"]!.AsArray())
            {
                tried++;
                if ((string)open!["standing"]! == "Unpaid") unpaid++;
                Told((long)open["claim"]!["claim"]!, open.AsObject());
            }
            Assert.Equal((long)document["payroll"]!["lines_declared"]!,
                document["standings"]!.AsArray().Sum(s => (long)s!["lines"]!));
        }
        Assert.True(tried >= 4 && unpaid >= 2, $"{tried} {unpaid}");
    }

    private static void Told(long claim, JsonObject open)
    {
        Assert.Equal(open.ToJsonString(), Document($"claim show {claim}").ToJsonString());
        var (zh, en) = (Words($"claim show {claim}", "zh"), Words($"claim show {claim}", "en"));
        Assert.Contains((string)open["state"]!, zh, StringComparison.Ordinal);
        Assert.Contains((string)open["standing"]!, zh, StringComparison.Ordinal);
        Assert.DoesNotMatch(Ideographs(), en);
        foreach (var payment in open["payments"]!.AsArray())
        {
            Assert.Contains((string)payment!["file_reference"]!, zh, StringComparison.Ordinal);
            Assert.Contains(Yuan(payment["amount_fen"]), en, StringComparison.Ordinal);
            foreach (var outcome in payment["outcomes"]!.AsArray())
                Assert.Contains(Terms.Reason((string)outcome!["reason"]!, chinese: true), zh, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_names_each_row_that_is_not_settled_with_its_reason()
    {
        var wanting = 0;
        foreach (var file in Document("file list").AsArray().Select(f => (long)f!["file"]!))
        {
            var shown = Document($"file show {file}")[0]!;
            var rows = shown["rows"]!.AsArray();
            Assert.Equal((long)shown["total_fen"]!, rows.Sum(r => (long)r!["amount_fen"]!));
            var text = Words($"file show {file}", "zh");
            Assert.Contains((string)shown["reference"]!, text, StringComparison.Ordinal);
            foreach (var row in rows.Where(r => (string)r!["state"]! != "Settled"))
            {
                wanting++;
                Assert.Contains($"第 {row!["row"]} 行, 工资表 {row["payroll"]}, 应付工资 {row["claim"]}: "
                    + Yuan(row["amount_fen"]), text, StringComparison.Ordinal);
                if ((string?)row["reason"] is { } reason)
                    Assert.Contains(Terms.Reason(reason, chinese: true), text, StringComparison.Ordinal);
            }
        }
        Assert.True(wanting >= 4, $"{wanting}");
    }

    [Fact]
    public void A_release_tells_its_files_by_outcome_in_lines_and_yuan()
    {
        var file = Document("file list")[0]!;
        var text = Words($"release show {file["release"]}", "en");
        Assert.Contains($"settled {file["lines_settled"]} {Yuan(file["settled_fen"])}", text, StringComparison.Ordinal);
        Assert.Contains((string)file["reference"]!, text, StringComparison.Ordinal);
        Assert.Contains("send by", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("arrears list --all", "open_fen")]
    [InlineData("warning list --all", "amount_fen")]
    public void Tables_are_in_yuan(string verb, string amount)
    {
        var rows = Document(verb).AsArray();
        foreach (var language in new[] { "zh", "en" })
        {
            var text = Words(verb, language);
            Assert.DoesNotMatch("fen|分\\)", text);
            Assert.All(rows, row => Assert.Contains($" {Yuan(row![amount])} ", text, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void An_obligation_is_in_yuan_and_its_lines_tell_where_their_claims_stand()
    {
        foreach (var obligation in Document("arrears list --all").AsArray())
        {
            var verb = $"arrears show {obligation!["obligation"]}";
            var (document, text) = (Document(verb), Words(verb, "zh"));
            Assert.Contains(Yuan(obligation["amount_fen"]) + " 元", text, StringComparison.Ordinal);
            foreach (var line in document["lines"]!.AsArray().Where(l => l!["stands"] is not null))
                Assert.Contains((string)line!["stands"]!["state"]!, text, StringComparison.Ordinal);
        }
    }

    private static JsonNode Document(string verb)
    {
        var taken = UsageTests.Run([.. verb.Split(' '), "--db", Database, "--json"]);
        Assert.True(taken.Status == ExitStatus.Done, taken.Seen);
        return JsonNode.Parse(taken.Output)!;
    }

    private static string Words(string verb, string language)
    {
        var (code, output, errors) = Disburse.Run([.. verb.Split(' '), "--db", Database, "--lang", language]);
        Assert.True(code == ExitStatus.Done, errors);
        return output;
    }

    private static string Yuan(JsonNode? fen) => new Money((long)fen!).ToYuan();

    [GeneratedRegex("\\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Ideographs();
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Demo;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>Whoever works off the exceptions learns where each stands, how much it is, and what to do.</summary>
public sealed partial class ExceptionWordsTests
{
    public static TheoryData<string> Kinds => [.. ExceptionKinds.All, Discharge.PossibleDoublePayment];

    [Theory, MemberData(nameof(Kinds))]
    public void Each_kind_names_the_amount_and_says_what_to_do_in_both_languages(string kind)
    {
        var said = ExceptionWords.Say(new BankExceptionRow
        {
            Exception = 1,
            Kind = kind,
            DocumentLine = 5,
            Claim = 7,
            Account = 2,
            AmountFen = kind == ExceptionKinds.ForeignDebit ? -60_001 : 60_001,
            ExpectedFen = 60_000,
            Detail = "row 00000003 attempt 1",
        }, "result-1.txt", "ABCD0001");
        Assert.Equal(("result-1.txt", 5), (said.At.File, said.At.Row));
        string[] zh = [said.Text(true), said.Advice(true)], en = [said.Text(false), said.Advice(false)];
        Assert.All(zh, text => Assert.Matches(Ideographs(), text));
        Assert.All(en, text => Assert.DoesNotMatch(Ideographs(), text));
        Assert.All([.. zh, .. en], text => Assert.DoesNotContain("{", text, StringComparison.Ordinal));
        string[] withoutAmount =
            [
                ExceptionKinds.Unverified, ExceptionKinds.Unreadable, ExceptionKinds.UnreadableLine,
                // No money hangs on a card application.
                ExceptionKinds.CardRefused, ExceptionKinds.CardAnswerDiffers, ExceptionKinds.CardBatchLost,
            ];
        if (withoutAmount.Contains(kind)) return;
        Assert.Contains("600.01 元", zh[0], StringComparison.Ordinal);
        Assert.Contains("600.01", en[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_list_names_message_digest_line_and_amount_as_the_document_does()
    {
        string[] list = ["exception", "list", "--all", "--db", $"sqlite:{FinishedDemo.Shared.Database}"];
        var rows = JsonNode.Parse(Disburse.Run([.. list, "--json"]).Output)!.AsArray();
        Assert.NotEmpty(rows);
        foreach (var (language, key) in new[] { ("zh", "zh"), ("en", "en") })
        {
            var (code, text, errors) = Disburse.Run([.. list, "--lang", language]);
            Assert.True(code == 0, errors);
            foreach (var row in rows)
            {
                Assert.Contains((string)row![key]!, text, StringComparison.Ordinal);
                Assert.Contains("→ " + (string)(row["settled_" + key] ?? row["do_" + key])!, text,
                    StringComparison.Ordinal);
                var place = row["document"] is { } digest
                    ? $"{row["message_name"]} ({((string)digest!)[..12]}…)" : (string)row["file_reference"]!;
                Assert.Matches($@"(?m)^{row["exception"]} {row["kind"]}( \[[^\]]+\])?: {Regex.Escape(place)}", text);
            }
        }
        var differs = rows.First(r => (string)r!["kind"]! == ExceptionKinds.AmountDiffers)!;
        Assert.True((long)differs["document_line"]! > 0);
        Assert.NotNull(differs["file_reference"]);
    }

    [GeneratedRegex("\\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Ideographs();
}

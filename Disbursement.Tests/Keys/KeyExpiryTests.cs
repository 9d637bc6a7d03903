using System.Text.Json.Nodes;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.Tests.Cli;
using Disbursement.Tests.Demo;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Keys;

/// <summary>tick tells of certificates that end soon, thirty days ahead, before a bank finds out.</summary>
public sealed class KeyExpiryTests : IDisposable
{
    private const string Key = "ours-icbc-bxt";
    private static readonly Instant Now = Instant.FromUtc(2026, 2, 26, 2, 0);
    private readonly DemoCopy _demo = new();

    public void Dispose() => _demo.Dispose();

    [Theory]
    [InlineData(29, "28")]
    [InlineData(1, "0")]
    [InlineData(-3, "-3")]
    public void A_certificate_of_a_bank_we_pay_by_is_told_at_every_tick(int days, string left)
    {
        Certify(days);
        for (var time = 0; time < 2; time++)
        {
            var said = Assert.Single(Tick("--until-idle"), f => (string)f!["code"]! == "sealing.key-ends-soon")!;
            Assert.Contains(Key, said["zh"]!.ToString(), StringComparison.Ordinal);
            Assert.Contains($"in {left} days", said["en"]!.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void One_that_lasts_longer_or_has_its_successor_beside_it_is_not_told()
    {
        Certify(32);
        Assert.DoesNotContain(Tick(), f => (string)f!["code"]! == "sealing.key-ends-soon");
        Certify(10);
        var ending = File.ReadAllText(_demo[$"keys/{Key}.pem"]);
        Certify(400);
        File.AppendAllText(_demo[$"keys/{Key}.pem"], ending);
        Assert.DoesNotContain(Tick(), f => (string)f!["code"]! == "sealing.key-ends-soon");
    }

    /// <summary>The certificates of a line to the bank (mutual TLS) end like any other.</summary>
    [Fact]
    public void Certificates_by_which_a_bank_is_reached_are_told_too()
    {
        foreach (var (name, days) in new[] { ("https-ours", 10), ("bank-root", 20), ("next-root", 400) })
            SampleKeys.Ensure(_demo["keys"], name, SampleKeyKind.EcdsaP256, Now - Duration.FromDays(300),
                Now + Duration.FromDays(days) + Duration.FromHours(1));
        File.WriteAllText(_demo["keys/links.json"], """
            { "iso20022-pain": { "kind": "folder", "https": { "address": "https://bank.example/",
                "serverRoots": ["bank-root", "next-root"], "clientKey": "https-ours" } } }
            """);
        var told = Tick().Where(f => (string)f!["code"]! == "sealing.key-ends-soon").Select(f => (string)f!["en"]!);
        Assert.Equal(["https-ours", "bank-root"], told.Select(t => t.Split(' ')[4]));
        var (code, output, _) = Disburse.Run("key", "check", "--json", "--keys", _demo["keys"], "--at", $"{Now}");
        Assert.Equal(1, code);
        Assert.Equal([("bank-root", true), ("https-ours", true), ("next-root", false)],
            JsonNode.Parse(output)!.AsArray().Select(k => (Key: (string)k!["key"]!, Trouble: (string)k["trouble"]!))
                .Where(k => k.Key.EndsWith("root", StringComparison.Ordinal) || k.Key == "https-ours")
                .Select(k => (k.Key, k.Trouble.StartsWith("ends in", StringComparison.Ordinal))));
    }

    /// <summary>A new certificate for the same key, that ends so many days and some hours from now.</summary>
    private void Certify(int days)
    {
        File.Delete(_demo[$"keys/{Key}.pem"]);
        SampleKeys.Ensure(_demo["keys"], Key, SampleKeyKind.Sm2, Now - Duration.FromDays(300),
            Now + Duration.FromDays(days) - Duration.FromHours(1));
    }

    private JsonArray Tick(params string[] more)
    {
        var (code, output, errors) = Disburse.Run([.. more.Prepend("tick"), "--at", $"{Now}", "--db", _demo.Option,
            "--json"]);
        Assert.True(code == 0, output + errors);
        return JsonNode.Parse(output)!["findings"]!.AsArray();
    }
}

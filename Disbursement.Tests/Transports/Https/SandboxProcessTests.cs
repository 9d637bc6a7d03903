using System.Diagnostics;
using System.Text.Json;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Sandbox;
using Xunit;

namespace Disbursement.Tests.Transports.Https;

/// <summary>The sandbox bank as a process of its own, reached over HTTPS alone.</summary>
public sealed class SandboxProcessTests
{
    [Fact]
    public void A_bank_process_takes_a_file_over_https_and_its_answers_are_fetched_from_there()
    {
        const string Profile = "iso20022-pain";
        var (root, keys) = (Directory.CreateTempSubdirectory("https-bank-").FullName, KeysOfBoth());
        using var bank = Process.Start(new ProcessStartInfo("dotnet",
        [
            Demo.Disburse.Program, "bank-sandbox", "run", "--profile", Profile, "--books", Path.Combine(root, "books"),
            "--date", "2026-03-13", "--exchange", root, "--keys", keys, "--https",
        ])
        { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        try
        {
            var port = int.Parse(bank.StandardOutput.ReadLine()!.Split(':')[1],
                System.Globalization.CultureInfo.InvariantCulture);
            Kit(port, keys);
            var link = new BankAdapters.Transports.Https.HttpsLink($"https://127.0.0.1:{port}/", ["root"], "ours");
            using var trip = new RoundTrip(Profile, root, HttpsRig.By(link));
            Assert.Equal(SendOutcome.Delivered, trip.Send((RoundTrip.Account("100001"), 700)).Outcome);
            for (var attempt = 0; attempt < 100 && HttpsRig.By(link).List().All(IsOfTheKit); attempt++)
                Thread.Sleep(100);
            var status = trip.Receive().Single(message => !IsOfTheKit(message.Key)).Value;
            Assert.Equal(FileWord.Refused, Assert.Single(status.Heads).FileWord); // the account is empty there
        }
        finally
        {
            bank.StandardInput.Close();
            bank.WaitForExit();
            Directory.Delete(keys, recursive: true);
            Directory.Delete(root, recursive: true);
        }
        Assert.Equal(0, bank.ExitCode);
    }

    /// <summary>The report a bank signs, over the link the installation has.</summary>
    private static void Kit(int port, string keys)
    {
        var address = $"https://127.0.0.1:{port}/";
        var https = new { address, serverRoots = new[] { "root" }, clientKey = "https-ours" };
        var links = new Dictionary<string, object> { ["iso20022-pain"] = new { https } };
        File.WriteAllText(Path.Combine(keys, "links.json"), JsonSerializer.Serialize(links));
        var profile = Path.Combine(AppContext.BaseDirectory, "profiles", "iso20022-pain.json");
        var (code, output, errors) = Demo.Disburse.Run("profile", "test", profile, "--transport", "https",
            "--keys", keys, "--lang", "en");
        Assert.True(code == 0, output + errors);
        Assert.Contains("a name is never overwritten", output, StringComparison.Ordinal);
        Assert.Equal(3, Demo.Disburse.Run("profile", "test", profile, "--transport", "packet", "--keys", keys).Code);
    }

    private static bool IsOfTheKit(string name) => name.StartsWith("CONFORMANCE", StringComparison.Ordinal);

    private static string KeysOfBoth()
    {
        var keys = Directory.CreateTempSubdirectory("https-bank-keys-").FullName;
        foreach (var path in Directory.GetFiles(RoundTrip.KeyFolder)) Copy(path, Path.GetFileName(path));
        foreach (var (from, to) in new[]
        {
            ("server.pem", "https-bank.pem"), ("server.key.pem", "https-bank.key.pem"), ("ours.pem", "https-ours.pem"),
            ("ours.key.pem", "https-ours.key.pem"), ("root.pem", "root.pem"),
        })
            Copy(Path.Combine(HttpsRig.KeyFolder, from), to);
        return keys;

        void Copy(string path, string name) => File.Copy(path, Path.Combine(keys, name));
    }
}

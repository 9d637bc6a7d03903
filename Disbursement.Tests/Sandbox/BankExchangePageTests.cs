using System.Text.RegularExpressions;
using Disbursement.BankAdapters.Seams;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Codecs.Iso20022;
using Disbursement.Tests.Envelopes;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>Runs every command of specs/bank-exchange.md as it stands there, on files as we send them.</summary>
public sealed partial class BankExchangePageTests
{
    [Theory]
    [InlineData("icbc-bxt", "sm2-gmt0010")]
    [InlineData("cmb-ntagcsal", "sm2-raw")]
    [InlineData("iso20022-pain", "cms")]
    public void The_commands_take_what_we_send_and_refuse_a_changed_body(string profile, string block)
    {
        using var trip = new RoundTrip(profile);
        var folder = Sent(trip);
        Assert.Equal(0, Shell(folder, block).Code);
        Tamper(Path.Combine(folder, "F"));
        Assert.NotEqual(0, Shell(folder, block).Code);
    }

    /// <summary>The form is the same with an ECDSA key, which banks use.</summary>
    [Fact]
    public void The_CMS_command_takes_an_ECDSA_signature_too()
    {
        var folder = Directory.CreateTempSubdirectory("exchange-page-").FullName;
        var message = SampleExchange.Seal("cms-detached", "ecdsa");
        File.WriteAllBytes(Path.Combine(folder, "F"), message.Body.ToArray());
        File.WriteAllBytes(Path.Combine(folder, "F.p7s"), message.Signature!.Value.ToArray());
        File.Copy(SampleExchange.CertificatePath("ecdsa"), Path.Combine(folder, "ours.pem"));
        Assert.Equal(0, Shell(folder, "cms").Code);
        Tamper(Path.Combine(folder, "F"));
        Assert.NotEqual(0, Shell(folder, "cms").Code);
        Directory.Delete(folder, recursive: true);
    }

    [Fact, Trait("Category", "OutsideSamples")]
    public void The_schema_command_takes_the_pain_001_file_and_refuses_another()
    {
        using var trip = new RoundTrip("iso20022-pain");
        var folder = Sent(trip);
        const string Schema = "pain.001.001.09.xsd";
        File.Copy(SampleFile.Shared("iso20022", "xsd", Schema), Path.Combine(folder, Schema));
        Assert.Equal(0, Shell(folder, "schema").Code);
        var path = Path.Combine(folder, "F");
        File.WriteAllText(path, File.ReadAllText(path).Replace("PmtMtd>", "Method>", StringComparison.Ordinal));
        Assert.NotEqual(0, Shell(folder, "schema").Code);
    }

    [Theory, MemberData(nameof(RoundTripTests.Profiles), MemberType = typeof(RoundTripTests))]
    public void The_verify_command_takes_what_we_send_and_refuses_a_changed_body(string profile)
    {
        using var trip = new RoundTrip(profile);
        var folder = Sent(trip);
        var program = $"dotnet '{Path.Combine(AppContext.BaseDirectory, "disburse.dll")}'";
        (string, string)[] words = [("disburse", program), ("PROFILE", profile), ("KEYS", RoundTrip.KeyFolder)];
        var (code, said) = Shell(folder, "verify", words);
        Assert.True(code == 0, said);
        Tamper(Path.Combine(folder, "F"));
        Assert.Equal(1, Shell(folder, "verify", words).Code);
    }

    [Fact]
    public void The_page_has_no_block_that_no_test_runs() =>
        Assert.Equal(((string[])["cms", "sm2-raw", "sm2-gmt0010", "schema", "verify", "answer-cms",
            "answer-cms-enveloped", "answer-sm2-raw", "answer-openpgp"]).Concat(ExchangeVectorTests.Vectors
            .SelectMany(v => v.Data.Item5.Split(' '))).Distinct().Order(StringComparer.Ordinal),
            Blocks().Keys.Order(StringComparer.Ordinal));

    /// <summary>A folder with a file we sent as F, its signature beside it, and our certificate.</summary>
    private static string Sent(RoundTrip trip)
    {
        Assert.Equal(SendOutcome.Delivered, trip.Send((RoundTrip.Account("100001"), 512_345)).Outcome);
        var folder = Directory.CreateDirectory(Path.Combine(trip.ExchangeFolder, "page")).FullName;
        foreach (var path in Directory.GetFiles(Path.Combine(trip.ExchangeFolder, trip.Profile.Id, "to-bank")))
            File.Copy(path, Path.Combine(folder, "F" + (Path.GetExtension(path) is ".p7s" or ".sig"
                ? Path.GetExtension(path) : "")));
        File.Copy(Path.Combine(RoundTrip.KeyFolder, $"ours-{trip.Profile.Id}.pem"), Path.Combine(folder, "ours.pem"));
        return folder;
    }

    private static void Tamper(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private static (int Code, string Output) Shell(string folder, string block, params (string Of, string By)[] words)
    {
        var script = words.Aggregate(Blocks()[block], (text, word) =>
            text.Replace(word.Of, word.By, StringComparison.Ordinal));
        return OutsideTool.Run("bash", "-euc", $"cd '{folder}'\n{script}");
    }

    internal static Dictionary<string, string> Blocks() => ShellBlock()
        .Matches(File.ReadAllText(Repository.PathOf("specs", "bank-exchange.md")))
        .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [GeneratedRegex("```sh (\\S+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}

using System.Text.RegularExpressions;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Returns;
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

    /// <summary>A block run by itself is a script of its own: what an earlier run left in the folder is not its
    /// result, and a command that failed is not passed over.</summary>
    [Fact]
    public void A_block_of_several_commands_stops_at_its_first_failure_and_removes_what_it_makes()
    {
        foreach (var (name, block) in Blocks())
        {
            var lines = block.TrimEnd('\n').Split('\n');
            if (lines.Length > 1)
                Assert.True(lines[0].StartsWith("set -euo pipefail; ", StringComparison.Ordinal), name);
            var removed = RemovedFiles().Match(lines[0]).Groups[1].Value.Split(' ');
            foreach (var made in MadeFiles().Matches(block).Select(m => m.Groups[1].Value).Where(f => f != "/dev/null"))
                Assert.True(removed.Contains(made), $"{name}: {made}");
        }
    }

    [Theory]
    [InlineData("icbc-bxt", "sm2-gmt0010", ".p7s")]
    [InlineData("cmb-ntagcsal", "sm2-raw", ".sig")]
    public void A_broken_signature_after_a_good_one_in_the_same_folder_is_refused(string profile, string block,
        string suffix)
    {
        using var trip = new RoundTrip(profile);
        var folder = Sent(trip);
        var signature = Path.Combine(folder, "F" + suffix);
        foreach (var broken in (byte[]?[])[[], [0x30, 0x03], "not a signature"u8.ToArray(), null])
        {
            var good = File.ReadAllBytes(signature);
            Assert.Equal(0, Shell(folder, block).Code);
            if (broken is null) File.Delete(signature);
            else File.WriteAllBytes(signature, broken);
            Assert.NotEqual(0, Shell(folder, block).Code);
            File.WriteAllBytes(signature, good);
        }
    }

    /// <summary>The row that specs/bank-iso20022.md shows is one we take: reference, account, amount, status.</summary>
    [Fact]
    public void The_row_shown_of_a_status_report_has_all_that_a_row_must_have()
    {
        var page = File.ReadAllText(Repository.PathOf("specs", "bank-iso20022.md"));
        var read = CollectedMessage.OfIso($"""
            <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>
            <OrgnlGrpInfAndSts><OrgnlMsgId>{SampleFile.Reference}</OrgnlMsgId></OrgnlGrpInfAndSts>
            <OrgnlPmtInfAndSts>{ShownRow().Match(page).Value}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
            """);
        Assert.Empty(read.Errors);
        var line = Assert.Single(read.Lines);
        var ours = SampleFile.Instructions[0];
        Assert.Equal((ours.RowReference, ours.Account, ours.Amount, LineWord.Settled),
            (line.RowReference, line.Account, line.Amount, line.Word));
    }

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
        return OutsideTool.Run("bash", "-c", $"cd '{folder}'\n{script}");
    }

    internal static Dictionary<string, string> Blocks() => ShellBlock()
        .Matches(File.ReadAllText(Repository.PathOf("specs", "bank-exchange.md")))
        .ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

    [GeneratedRegex("rm -f ([^;]*?)(;|$)")]
    private static partial Regex RemovedFiles();

    [GeneratedRegex("(?:-out |--output |--status-file |[^2]> )([A-Za-z0-9./]+)")]
    private static partial Regex MadeFiles();

    [GeneratedRegex("<TxInfAndSts>.*?</TxInfAndSts>", RegexOptions.Singleline)]
    private static partial Regex ShownRow();

    [GeneratedRegex("```sh (\\S+)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ShellBlock();
}

using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Host.Cli;
using Disbursement.Tests.Sandbox;
using Xunit;

namespace Disbursement.Tests.Cli;

/// <summary>What a bank's developer reads of a file with everything wrong, in the language asked for.</summary>
public sealed partial class VerifyWordsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("verify");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("icbc-bxt", BankForm.IcbcText)]
    [InlineData("cmb-ntagcsal", BankForm.CmbXml)]
    [InlineData("iso20022-pain", BankForm.Iso20022)]
    public void A_verdict_is_told_in_the_language_asked_for_and_its_document_in_none(string profile, BankForm form)
    {
        var file = Path.Combine(_folder.FullName, "SAMPLE1.bxt");
        File.WriteAllBytes(file, OrderFile.Write(form, [(SandboxRig.Account("100001"), 5), ("", 6)], total: 12,
            count: 3, sameRowReference: true));
        string[] line = ["bank", "verify", file, "--keys", SandboxKeys.Folder, "--profile", profile];
        var (zh, en) = (UsageTests.Run([.. line, "--lang", "zh"]), UsageTests.Run([.. line, "--lang", "en"]));
        Assert.Equal((ExitStatus.FoundWrong, ExitStatus.FoundWrong), (zh.Status, en.Status));
        Assert.Contains("结论", zh.Output, StringComparison.Ordinal);
        Assert.Contains("缺少签名 SignatureMissing", zh.Output, StringComparison.Ordinal);
        Assert.Contains("合计不符 Total", zh.Output, StringComparison.Ordinal);
        // Field names of the bank's form and the names that --json has stay; words do not.
        Assert.DoesNotMatch("[a-z]+ [a-z]+ [a-z]+", zh.Output);
        Assert.DoesNotMatch(Ideographs(), en.Output.Replace("总笔数", "", StringComparison.Ordinal)
            .Replace("总金额", "", StringComparison.Ordinal));
        Assert.Contains("wrong", en.Output, StringComparison.Ordinal);
        var document = UsageTests.Run([.. line, "--lang", "zh", "--json"]).Output;
        Assert.Equal(UsageTests.Run([.. line, "--lang", "en", "--json"]).Output, document);
        var verdict = JsonNode.Parse(document)!;
        Assert.Equal((false, "SignatureMissing"), ((bool)verdict["good"]!, (string)verdict["signature"]!));
        Assert.Null(verdict["findings"]);
    }

    [GeneratedRegex("\\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Ideographs();
}

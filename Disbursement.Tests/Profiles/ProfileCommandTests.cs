using System.Text.Json;
using Disbursement.Tests.Codecs;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Profiles;

/// <summary>profile list, check and test as a user runs them.</summary>
public sealed class ProfileCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("profile-command-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("icbc-bxt", "result.golden")]
    [InlineData("cmb-ntagcsal", "returns.golden")]
    [InlineData("iso20022-pain", "camt.054.xml")]
    public void A_shipped_profile_passes_its_test_and_the_report_can_be_signed(string id, string answer)
    {
        var message = Put("SAMPLE1-returns-1.txt", CodecSamples.Golden(id, answer));
        var (code, report) = Disburse("profile", "test", Shipped(id), "--answers", message, "--lang", "en");
        Assert.True(code == 0, report);
        Assert.Contains("SAMPLE1-returns-1.txt is read", OneLine(report), StringComparison.Ordinal);
        Assert.Contains("a name is never overwritten", OneLine(report), StringComparison.Ordinal);
        Assert.Contains("failed 0", report, StringComparison.Ordinal);
        Assert.Contains("for the bank, date ____", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void A_report_is_of_one_language_and_a_shipped_profile_is_named_by_its_id(string language)
    {
        var (code, report) = Disburse("profile", "test", "cmb-ntagcsal", "--lang", language);
        Assert.True(code == 0, report);
        if (language == "zh") Assert.DoesNotMatch("[a-z]{2,} [a-z]{2,} [a-z]{2,}", report);
        else Assert.DoesNotMatch("\\p{IsCJKUnifiedIdeographs}", report);
        Assert.Contains(language == "zh" ? "同名文件不被覆盖" : "a name is never overwritten", OneLine(report),
            StringComparison.Ordinal);
        Assert.Equal(0, Disburse("profile", "check", "cmb-ntagcsal").Code);
        var (none, said) = Disburse("profile", "check", "no-bank", "--lang", "en");
        Assert.Equal(2, none);
        Assert.Contains("no profile of that id", said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_check_gives_status_1_and_says_which()
    {
        var (code, report) = Disburse("profile", "test", Shipped("icbc-bxt"), "--json",
            "--answers", Put("SAMPLE1-result-1.txt", "no answer of this bank"u8.ToArray()));
        Assert.Equal(1, code);
        var failed = JsonDocument.Parse(report).RootElement.GetProperty("checks").EnumerateArray()
            .Where(check => !check.GetProperty("passed").GetBoolean());
        var read = Assert.Single(failed);
        Assert.Equal("SAMPLE1-result-1.txt is read", read.GetProperty("name").GetString());
        // What was wrong, where: the bank's people correct it by that.
        var error = read.GetProperty("error");
        Assert.Equal("0 heads, 0 lines, 1 errors; line 1, byte 0, 文件头 '': does not begin with [BatchPayDetail]",
            read.GetProperty("detail").GetString());
        Assert.Equal((1, "文件头", "does not begin with [BatchPayDetail]"), (error.GetProperty("line").GetInt32(),
            error.GetProperty("field").GetString(), error.GetProperty("reason").GetString()));
        var said = Disburse("profile", "test", "icbc-bxt", "--lang", "zh", "--answers",
            Path.Combine(_folder, "SAMPLE1-result-1.txt")).Output;
        Assert.Contains("第 1 行第 0 字节处 文件头", said, StringComparison.Ordinal);
        Assert.Contains("300 份损坏的报文", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_prints_every_finding_and_tells_a_broken_rule_from_no_profile()
    {
        var text = System.Text.Encoding.UTF8.GetString(CodecSamples.ProfileBytes("icbc-bxt"))
            .Replace("\"102\"", "\"1\"", StringComparison.Ordinal)
            .Replace("sm2-gmt0010", "sm9", StringComparison.Ordinal);
        var broken = Put("broken.json", System.Text.Encoding.UTF8.GetBytes(text));
        var (code, said) = Disburse("profile", "check", broken);
        Assert.Equal(3, code);
        Assert.Contains("profile.bank-code: broken.json", said, StringComparison.Ordinal);
        Assert.Contains("profile.envelope: broken.json", said, StringComparison.Ordinal);
        Assert.Equal(2, Disburse("profile", "check", Put("x.json", "{"u8.ToArray())).Code);
        Assert.Equal(2, Disburse("profile", "check", Path.Combine(_folder, "none.json")).Code);
        Assert.Equal(0, Disburse("profile", "check", Shipped("icbc-bxt")).Code);
    }

    /// <summary>Which of the two was meant is not ours to guess: yuan and fen differ by a hundred.</summary>
    [Fact]
    public void A_key_given_twice_is_no_profile()
    {
        var text = System.Text.Encoding.UTF8.GetString(CodecSamples.ProfileBytes("gyb-delimited"));
        var twice = text.Replace("\"amounts\": \"yuan\"", "\"amounts\": \"yuan\", \"amounts\": \"fen\"",
            StringComparison.Ordinal);
        Assert.NotEqual(text, twice);
        foreach (var (name, json, code) in new[] { ("once.json", text, 0), ("twice.json", twice, 2) })
            Assert.Equal(code, Disburse("profile", "check", Put(name, System.Text.Encoding.UTF8.GetBytes(json))).Code);
    }

    /// <summary>What stands there, and what may: in the words of the file, not of the code.</summary>
    [Theory]
    [InlineData("\"amounts\": \"yuan\"", "\"amounts\": \"dollar\"", "“dollar”",
        "dollar will not do, give one of: yuan, fen")]
    [InlineData("\"amounts\": \"yuan\"", "\"amounts\": \"yuan\", \"amounts\": \"fen\"", "“fen”",
        "amounts stands twice")]
    [InlineData("\"kind\": \"folder\"", "\"kind\": 7", "“7”", "7 will not do, give a text in quotes")]
    [InlineData("\"rowsPerFile\": ", "\"rowsPerFile\": \"many\", \"x\": ", "“many”", "give a whole number")]
    [InlineData("{", "\uFEFF{", "", "it begins with a byte order mark (BOM)")]
    public void What_no_profile_can_hold_is_told_with_what_can(string from, string to, string value, string words)
    {
        var text = System.Text.Encoding.UTF8.GetString(CodecSamples.ProfileBytes("gyb-delimited"));
        var at = text.IndexOf(from, StringComparison.Ordinal);
        var broken = Put("broken.json",
            System.Text.Encoding.UTF8.GetBytes(text[..at] + to + text[(at + from.Length)..]));
        var (code, said) = Disburse("profile", "check", broken, "--lang", "en");
        Assert.Equal(2, code);
        Assert.Contains(value, said, StringComparison.Ordinal);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GB18030", "it is no UTF-8 (GB18030 maybe)")]
    [InlineData("utf-16", "it is UTF-16")]
    public void A_profile_of_another_encoding_is_told_as_that(string encoding, string words)
    {
        var text = System.Text.Encoding.UTF8.GetString(CodecSamples.ProfileBytes("gyb-delimited"));
        var set = encoding == "utf-16" ? System.Text.Encoding.Unicode
            : System.Text.CodePagesEncodingProvider.Instance.GetEncoding(encoding)!;
        var (code, said) = Disburse("profile", "check",
            Put("other.json", [.. set.GetPreamble(), .. set.GetBytes(text)]),
            "--lang", "en");
        Assert.Equal(2, code);
        Assert.Contains(words, said, StringComparison.Ordinal);
    }

    [Fact]
    public void List_shows_what_ships_and_with_a_ledger_what_it_adopted()
    {
        var database = "sqlite:" + Path.Combine(_folder, "list.db");
        var ids = CodecSamples.ProfileIds;
        string[] banks = ["icbc", "cmb", "ccb", "abc", "boc", "spdb", "citic", "bcm", "cgb", "ceb", "cib", "hxb", "pab",
            "cmbc", "psbc", "sbs", "iso20022", "gzb", "gyb", "gzrc"];
        Assert.All(banks, bank => Assert.Contains(ids, id => id.StartsWith(bank + "-", StringComparison.Ordinal)));
        Assert.Equal(ids.Select(id => (id, "shipped")), Listed("profile", "list", "--json"));
        Assert.Equal(0, Disburse("init", "--ledger", "520100", "--db", database).Code);
        Assert.Equal(ids.Select(id => (id, "adopted 1")),
            Listed("profile", "list", "--json", "--ledger", "520100", "--db", database));
    }

    private static IEnumerable<(string, string)> Listed(params string[] arguments)
    {
        var (code, list) = Disburse(arguments);
        Assert.True(code == 0, list);
        return [.. JsonDocument.Parse(list).RootElement.EnumerateArray().Select(profile =>
        {
            Assert.Contains("envelope", profile.GetProperty("unsourced").EnumerateArray().Select(f => f.GetString()));
            return (profile.GetProperty("profile").GetString()!, profile.GetProperty("from").GetString()!);
        })];
    }

    private string Put(string name, byte[] bytes)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A table's cells wrap: the words without frames and line ends.</summary>
    private static string OneLine(string table) => string.Join(' ', table.Split('\n').SelectMany(line =>
        line.Split('│') is { Length: > 2 } cells ? cells[2].Split(' ', StringSplitOptions.RemoveEmptyEntries) : []));

    private static string Shipped(string id) => Path.Combine(AppContext.BaseDirectory, "profiles", $"{id}.json");

    private static (int Code, string Output) Disburse(params string[] arguments) =>
        OutsideTool.Run("dotnet", [Path.Combine(AppContext.BaseDirectory, "disburse.dll"), .. arguments]);
}

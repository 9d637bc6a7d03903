using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Host.Adapters;
using Disbursement.Tests.Codecs;
using Disbursement.Tests.Demo;
using Xunit;

namespace Disbursement.Tests.Adapters;

/// <summary>An adapter in another assembly and a profile in a folder outside, both picked up from
/// configuration.</summary>
public sealed class OutsideAdapterTests : IDisposable
{
    private const string Id = "tally-lines";
    private readonly string _folder = Directory.CreateTempSubdirectory("outside-").FullName;
    private readonly string _digest;

    public OutsideAdapterTests()
    {
        var assembly = File.ReadAllBytes(typeof(TallyAdapter).Assembly.Location);
        _digest = Convert.ToHexStringLower(SHA256.HashData(assembly));
        File.WriteAllBytes(Path.Combine(_folder, "Disbursement.Tests.dll"), assembly);
        Directory.CreateDirectory(Path.Combine(_folder, "banks"));
        File.WriteAllText(Profile, Profiled(Id).ToJsonString());
        Write(typeof(TallyAdapter).FullName!, _digest);
    }

    private string Adapters => Path.Combine(_folder, "adapters.json");
    private string Profile => Path.Combine(_folder, "banks", Id + ".json");
    private string Database => "sqlite:" + Path.Combine(_folder, "ledger.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_list_of_profiles_shows_it_with_its_file_and_its_assemblys_digest()
    {
        var shown = Listed("--adapters", Adapters)[Id];
        Assert.Equal(Profile, (string)shown["from"]!);
        Assert.Equal([.. new[] { Id, "tally-mac", "tally-drop" }.Select(name =>
            $"{name}: Disbursement.Tests.dll {_digest}")], shown["adapters"]!.AsArray().Select(a => (string)a!));
        Assert.Equal("shipped", (string)Listed("--adapters", Adapters)["icbc-bxt"]["from"]!);
        Assert.DoesNotContain(Id, Listed().Keys);
    }

    [Fact]
    public void It_stands_beside_the_keys_where_nothing_names_it()
    {
        var keys = Directory.CreateDirectory(Path.Combine(_folder, "keys")).FullName;
        Assert.DoesNotContain(Id, Listed("--keys", keys).Keys);
        foreach (var entry in new[] { "adapters.json", "Disbursement.Tests.dll" })
            File.Move(Path.Combine(_folder, entry), Path.Combine(keys, entry));
        Directory.Move(Path.Combine(_folder, "banks"), Path.Combine(keys, "banks"));
        Assert.Contains(Id, Listed("--keys", keys).Keys);
    }

    [Fact]
    public void The_kit_runs_on_it_with_its_own_codec_envelope_and_transport()
    {
        var (code, report, errors) = Disburse.Run("profile", "test", Profile, "--adapters", Adapters, "--db", Database,
            "--transport", "tally-drop", "--json");
        Assert.True(code == 0, report + errors);
        var checks = JsonNode.Parse(report)!["checks"]!.AsArray().Select(c => (string)c!["name"]!).ToList();
        Assert.Contains("a changed body does not open", checks);
        Assert.Contains("a name is never overwritten", checks);
        Assert.Equal(["CONFORMANCE0001.txt", "CONFORMANCE0001.txt.sig"], Directory
            .GetFiles(Path.Combine(_folder, "exchange", Id, "drop")).Select(Path.GetFileName)
            .Where(name => !name!.StartsWith('.')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_ledger_opens_with_it_and_only_where_it_is_configured()
    {
        Assert.Equal(0, Disburse.Run("init", "--ledger", "520100", "--db", Database, "--adapters", Adapters).Code);
        Assert.Equal("adopted 1", (string)Listed("--ledger", "520100", "--db", Database, "--adapters", Adapters)[Id]
            ["from"]!);
        var plain = Disburse.Run("profile", "check", Profile, "--lang", "en");
        Assert.Equal(3, plain.Code);
        Assert.Contains("profile.codec", plain.Output + plain.Errors, StringComparison.Ordinal);
        Assert.Equal(0, Disburse.Run("audit", "rebuild", "--db", Database, "--adapters", Adapters).Code);
    }

    [Fact]
    public void A_ledger_that_stands_adopts_it_only_where_its_adapter_is_configured()
    {
        File.Move(Profile, Path.Combine(_folder, "later.json"));
        Assert.Equal(0, Disburse.Run("init", "--ledger", "520100", "--db", Database, "--adapters", Adapters).Code);
        File.Move(Path.Combine(_folder, "later.json"), Profile);
        var (code, output, errors) = Disburse.Run("ledger", "adopt", Profile, "--kind", "bank-profile", "--db",
            Database, "--lang", "en");
        Assert.True(code == 3, output + errors);
        Assert.Contains("profile.codec", output + errors, StringComparison.Ordinal);
        (code, output, errors) = Disburse.Run("ledger", "adopt", Profile, "--kind", "bank-profile", "--db",
            Database, "--adapters", Adapters);
        Assert.True(code == 0, output + errors);
        Assert.Equal("adopted 1", (string)Listed("--ledger", "520100", "--db", Database, "--adapters", Adapters)[Id]
            ["from"]!);
    }

    [Fact]
    public void Bytes_of_another_digest_are_never_loaded()
    {
        var path = Path.Combine(_folder, "Disbursement.Tests.dll");
        var bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        Refused(AdapterRules.OtherDigest.Code);
        var (code, _, errors) = Disburse.Run("profile", "list", "--adapters", Adapters, "--lang", "en");
        Assert.Equal(3, code);
        Assert.Contains("adapter.other-digest", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Disbursement.Tests.Adapters.Nobody")]
    [InlineData("Disbursement.Tests.Adapters.OutsideAdapterTests")]
    [InlineData("Disbursement.Tests.Adapters.TakenNameAdapter")]
    [InlineData("Disbursement.Tests.Adapters.BrokenAdapter")]
    public void A_type_that_registers_nothing_new_starts_nothing(string type)
    {
        Write(type, _digest);
        Refused(AdapterRules.Unusable.Code);
    }

    [Theory]
    [InlineData("{ \"assemblies\": [ { \"file\": \"none.dll\", \"sha256\": \"00\" } ] }")]
    [InlineData("{ \"assemblies\": [ { \"file\": \"Disbursement.Tests.dll\" } ] }")]
    [InlineData("{ \"profiles\": [ \"nowhere\" ] }")]
    [InlineData("{ \"plugins\": [] }")]
    [InlineData("{")]
    [InlineData("null")]
    public void A_file_of_adapters_that_cannot_be_followed_starts_nothing(string json)
    {
        File.WriteAllText(Adapters, json);
        Refused(AdapterRules.Unreadable.Code);
    }

    [Theory]
    [InlineData("{ \"assemblies\": [ { \"file\": \"none.dll\", \"sha256\": \"00\" } ] }",
        "there is no assembly none.dll")]
    [InlineData("{ \"profiles\": [ \"nowhere\" ] }", "there is no folder of profiles nowhere")]
    [InlineData("\uFEFF{}", "a byte order mark")]
    public void What_is_not_there_is_named_in_words_of_the_file(string json, string words)
    {
        File.WriteAllText(Adapters, json);
        var told = Assert.Single(OutsideAdapters.Read(Adapters).Findings);
        Assert.Contains(words, told.Text(chinese: false), StringComparison.Ordinal);
        Assert.Matches("没有(程序集文件|配置目录)|BOM", told.Text(chinese: true));
    }

    [Fact]
    public void A_profile_outside_takes_nobodys_id_and_holds_like_any_other()
    {
        File.WriteAllText(Path.Combine(_folder, "banks", "icbc-bxt.json"), Profiled("icbc-bxt").ToJsonString());
        Refused(AdapterRules.NameTaken.Code);
        File.WriteAllText(Path.Combine(_folder, "banks", "icbc-bxt.json"), Profiled("icbc").ToJsonString());
        Refused(ProfileRules.OtherName.Code, AdapterRules.NameTaken.Code);
        File.WriteAllText(Path.Combine(_folder, "banks", "icbc-bxt.json"), "{}");
        Refused(ProfileRules.Unreadable.Code);
    }

    private void Refused(params string[] codes) =>
        Assert.Equal(codes, OutsideAdapters.Read(Adapters).Findings.Select(f => f.Rule.Code));

    private void Write(string type, string digest) => File.WriteAllText(Adapters, JsonSerializer.Serialize(new
    {
        assemblies = new[] { new { file = "Disbursement.Tests.dll", sha256 = digest, type } },
        profiles = new[] { "banks" },
    }));

    /// <summary>A shipped profile with everything a stranger's adapter does put in its place.</summary>
    private static JsonNode Profiled(string id)
    {
        var profile = JsonNode.Parse(CodecSamples.ProfileBytes("iso20022-mt940"))!;
        (profile["id"], profile["outbound"]!["codec"]) = (id, Id);
        (profile["envelope"]!["kind"], profile["transport"]!["kind"]) = ("tally-mac", "tally-drop");
        profile["transport"]!["namePattern"] = "{reference}.txt";
        return profile;
    }

    private static Dictionary<string, JsonNode> Listed(params string[] more)
    {
        var (code, list, errors) = Disburse.Run(["profile", "list", "--json", .. more]);
        Assert.True(code == 0, list + errors);
        return JsonNode.Parse(list)!.AsArray().ToDictionary(p => (string)p!["profile"]!, p => p!);
    }
}

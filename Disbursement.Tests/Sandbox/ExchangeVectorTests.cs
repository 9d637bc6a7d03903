using System.Text;
using System.Text.RegularExpressions;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Security;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>The vectors of specs/bank-exchange.md: opened by our code, and by the commands of the page on the bank's
/// own tools; and what those tools answer with.</summary>
public sealed partial class ExchangeVectorTests : IDisposable
{
    private static readonly Instant At = Instant.FromUtc(2026, 11, 1, 0, 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("vector-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>File, kind, key, name of the body, blocks of the page in order.</summary>
    public static TheoryData<string, string, string, string, string> Vectors => new()
    {
        { "cms-detached-rsa.p7s", "cms-detached", "rsa", "body", "cms" },
        { "cms-detached-ecdsa.p7s", "cms-detached", "ecdsa", "body", "cms" },
        { "cms-attached-rsa", "cms-attached", "rsa", "body", "cms-attached" },
        { "cms-attached-ecdsa", "cms-attached", "ecdsa", "body", "cms-attached" },
        { "cms-enveloped-rsa", "cms-enveloped", "rsa", "body", "cms-enveloped" },
        { "cms-enveloped-ecdsa", "cms-enveloped", "ecdsa", "body", "cms-enveloped" },
        { "sm2-gmt0010.p7s", "sm2-gmt0010", "sm2", "body", "sm2-gmt0010" },
        { "sm2-gmt0010-attached", "sm2-gmt0010-attached", "sm2", "body", "sm2-attached sm2-gmt0010" },
        { "sm2-cms.p7s", "sm2-cms", "sm2", "body", "sm2-cms" },
        { "sm2-cms-attached", "sm2-cms-attached", "sm2", "body", "sm2-attached sm2-cms" },
        { "sm2-raw.sig", "sm2-raw", "sm2", "body", "sm2-raw" },
        { "sm2-raw-rs.sig", "sm2-raw-rs", "sm2", "body", "sm2-raw-rs" },
        { "openpgp", "openpgp", "pgp", "body", "openpgp" },
        { "form-sha256", "form-sha256", "shared", "body.form", "form" },
        { "form-sm3", "form-sm3", "shared", "body.form", "form" },
        { "sm2-sigdat", "sm2-sigdat", "sm2", "body.json", "sm2-sigdat sm2-raw-rs" },
        { "sm4-form", "sm4-form", "sm2", "body.json", "sm4-form sm2-sigdat sm2-raw-rs" },
    };

    [Fact]
    public void There_is_a_vector_of_every_kind_and_no_file_that_is_none()
    {
        Assert.Equal(EnvelopeCatalogue.Kinds, Vectors.Select(v => v.Data.Item2).Distinct()
            .Order(StringComparer.Ordinal));
        Assert.Equal(Vectors.Select(v => v.Data.Item1).Concat(["body", "body.form", "body.json"])
            .Order(StringComparer.Ordinal), Directory.GetFiles(Folder()).Select(Path.GetFileName)
            .Order(StringComparer.Ordinal));
    }

    [Theory, MemberData(nameof(Vectors))]
    public void It_opens_with_our_code_and_not_when_changed(string file, string kind, string key, string body,
        string _)
    {
        var message = Message(file, body);
        var opened = Open(kind, key, message);
        Assert.True(opened.Fault == OpenFault.None, $"{opened.Fault} {opened.Detail}");
        Assert.Equal(Read(body), opened.Body.ToArray());
        var changed = message with { Body = Changed(message.Body, Read(body)) };
        Assert.NotEqual(OpenFault.None, Open(kind, key, changed).Fault);
    }

    [Theory, MemberData(nameof(Vectors))]
    public void The_banks_tools_open_it_as_the_page_says(string file, string kind, string key, string body,
        string blocks)
    {
        var message = Message(file, body);
        var (code, said) = Run(message, kind, key, blocks);
        Assert.True(code == 0, said);
        var left = Path.Combine(_folder, File.Exists(Path.Combine(_folder, "body")) ? "body" : "F");
        if (kind is not ("form-sha256" or "form-sm3")) Assert.Equal(Read(body), File.ReadAllBytes(left));
        Assert.NotEqual(0, Run(message with { Body = Changed(message.Body, Read(body)) }, kind, key, blocks).Code);
    }

    [Theory]
    [InlineData("cms-detached-rsa.p7s", "cms-detached", "rsa", "body")]
    [InlineData("cms-attached-rsa", "cms-attached", "rsa", "body")]
    [InlineData("form-sha256", "form-sha256", "shared", "body.form")]
    [InlineData("form-sm3", "form-sm3", "shared", "body.form")]
    public void What_takes_no_chance_comes_out_the_same(string file, string kind, string key, string body)
    {
        var made = EnvelopeCatalogue.Find(kind)!.Seal(Read(body), Keys, Names(kind, key));
        Assert.Equal(Read(file), (made.Signature ?? made.Body).ToArray());
    }

    /// <summary>What an earlier good file left in the folder is not the result of a broken one.</summary>
    [Theory, MemberData(nameof(Vectors))]
    public void A_broken_file_after_a_good_one_in_the_same_folder_is_refused(string file, string kind, string key,
        string body, string blocks)
    {
        var good = Message(file, body);
        foreach (var broken in (byte[][])[[], [0x30, 0x03], "no file of ours"u8.ToArray()])
        {
            var (code, said) = Run(good, kind, key, blocks);
            Assert.True(code == 0, said);
            Assert.NotEqual(0, Again(good with { Body = broken }, kind, key, blocks).Code);
            if (!blocks.Contains(' ', StringComparison.Ordinal))
                Assert.False(File.Exists(Path.Combine(_folder, "body")), kind);
        }
    }

    /// <summary>gpg says 0 of a file that nobody signed, and of one whose signer is any key it knows.</summary>
    [Theory]
    [InlineData("--encrypt")]
    [InlineData("--local-user stranger --sign --encrypt")]
    [InlineData("--local-user stranger --local-user 'SAMPLE pgp' --sign --encrypt")]
    public void An_OpenPGP_file_not_signed_by_us_alone_gives_no_body(string how)
    {
        var (ready, told) = Run(Message("openpgp", "body"), "openpgp", "pgp", "openpgp");
        Assert.True(ready == 0, told);
        var (made, said) = Bash($"""
            set -e; rm F; mv body plain; export GNUPGHOME=$PWD/home
            gpg --batch --quiet --passphrase '' --quick-generate-key stranger rsa3072 sign never
            gpg --batch --quiet --trust-model always --recipient 'SAMPLE pgp' {how} --output F plain
            gpg --batch --quiet --trust-model always --output opened --decrypt F
            cmp opened plain; gpgconf --kill all
            """);
        Assert.True(made == 0, said);
        Assert.NotEqual(0, Bash(BankExchangePageTests.Blocks()["openpgp"]).Code);
        Assert.False(File.Exists(Path.Combine(_folder, "body")));
    }

    /// <summary>What stands in a file is data to the block, never a command: GNU sed has one that runs programs.
    /// </summary>
    [Fact]
    public void A_sigdat_that_is_a_command_of_sed_is_not_run()
    {
        File.WriteAllText(Path.Combine(_folder, "F"), """{"sigdat":"a|b|;1e touch struck;s|c"}""");
        Assert.NotEqual(0, Bash(BankExchangePageTests.Blocks()["sm2-sigdat"]).Code);
        Assert.False(File.Exists(Path.Combine(_folder, "struck")));
    }

    [Theory]
    [InlineData("answer-cms", "cms-detached", "rsa")]
    [InlineData("answer-cms", "cms-detached", "ecdsa")]
    [InlineData("answer-cms-enveloped", "cms-enveloped", "rsa")]
    [InlineData("answer-sm2-raw", "sm2-raw", "sm2")]
    [InlineData("answer-openpgp", "openpgp", "pgp")]
    public void What_the_banks_tools_answer_opens(string block, string kind, string key)
    {
        var (code, said) = Run(new SealedMessage(Read("body"), null, ""), kind, key, block);
        Assert.True(code == 0, said);
        var suffix = EnvelopeCatalogue.SignatureSuffix(kind);
        var message = new SealedMessage(Left("F"), suffix.Length > 0
            ? (ReadOnlyMemory<byte>?)Left("F" + suffix) : null, suffix);
        var opened = Open(kind, key, message);
        Assert.True(opened.Fault == OpenFault.None, $"{opened.Fault} {opened.Detail}");
        Assert.Equal(Read("body"), opened.Body.ToArray());
    }

    [Fact]
    public void An_answer_by_OpenPGP_can_be_made_in_the_folder_where_a_file_was_opened()
    {
        var message = Message("openpgp", "body");
        Assert.Equal(0, Run(message, "openpgp", "pgp", "openpgp").Code);
        var (code, said) = Again(message with { Body = Read("body") }, "openpgp", "pgp", "answer-openpgp");
        Assert.True(code == 0, said);
        var opened = Open("openpgp", "pgp", new SealedMessage(Left("F"), null, ""));
        Assert.Equal(Read("body"), opened.Body.ToArray());
    }

    [Fact]
    public void The_values_printed_on_the_page_are_those_of_the_files()
    {
        var page = File.ReadAllText(Repository.PathOf("specs", "bank-exchange.md"));
        var values = ValueLine().Matches(ValueBlock().Match(page).Groups[1].Value)
            .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        Assert.Equal(12, values.Count);
        Assert.Equal(values["body"], Convert.ToHexStringLower(Read("body")));
        Assert.Equal(values["SM3(body)"], Convert.ToHexStringLower(Sm2.Sm3(Read("body"))));
        foreach (var name in new[] { "sm2-raw", "sm2-raw-rs" })
            Assert.Equal(values[name], Encoding.ASCII.GetString(Read(name + ".sig")));
        Assert.Equal(values["body.form"], Encoding.ASCII.GetString(Read("body.form")));
        var sorted = Encoding.UTF8.GetBytes(values["sorted"]);
        Assert.Equal(values["form-sm3"], Convert.ToHexString(Sm2.Sm3(sorted)));
        Assert.Equal(values["form-sha256"],
            Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(sorted)));
        foreach (var name in new[] { "form-sm3", "form-sha256" })
            Assert.EndsWith("&sign=" + values[name], Encoding.ASCII.GetString(Read(name)), StringComparison.Ordinal);
        var d = Sm2.PrivateKey(Convert.FromHexString(values["sm2 d"]));
        Assert.Equal("04" + values["sm2 x"] + values["sm2 y"], Convert.ToHexStringLower(Sm2.PointOf(d)));
        Assert.Equal(Sm2.PointOf(d), SigningKey.Parse(Keys.PrivateKeyPem("sm2")!).PublicPoint);
        Assert.Equal(values["sm4 key, iv"], Keys.Secret("sm2")!.ToLowerInvariant() + " "
            + Convert.ToHexStringLower(Encoding.ASCII.GetBytes("SAMPLE0001000000")));
    }

    private static IKeyRing Keys { get; } = new PemKeyRing(Folder("keys"));

    private static string Folder(string name = "") => Repository.PathOf("specs", "vectors", "exchange", name);

    private static byte[] Read(string file) => File.ReadAllBytes(Folder(file));

    private byte[] Left(string file) => File.ReadAllBytes(Path.Combine(_folder, file));

    private static SealedMessage Message(string file, string body) => Path.GetExtension(file) is ".p7s" or ".sig"
        ? new(Read(body), Read(file), Path.GetExtension(file)) : new(Read(file), null, "");

    private static EnvelopeKeys Names(string kind, string key) =>
        kind is "sm2-sigdat" or "sm4-form" ? new(key, key, "SAMPLE0001") : new(key, key);

    private static OpenedMessage Open(string kind, string key, SealedMessage message) =>
        EnvelopeCatalogue.Find(kind)!.Open(message, Keys, Names(kind, key), At);

    /// <summary>One bit of the body where it is to be seen; else of the middle. The tools do not look at the
    /// certificate that travels along: the pinned one is asked.</summary>
    private static byte[] Changed(ReadOnlyMemory<byte> bytes, ReadOnlySpan<byte> body)
    {
        var changed = bytes.ToArray();
        var at = bytes.Span.IndexOf(body);
        changed[at < 0 ? changed.Length / 2 : at + (body.Length / 2)] ^= 1;
        return changed;
    }

    /// <summary>A folder as the page has it, and the blocks in it one after the other.</summary>
    private (int Code, string Output) Run(SealedMessage message, string kind, string key, string blocks)
    {
        foreach (var old in Directory.GetFiles(_folder)) File.Delete(old);
        if (Directory.Exists(Path.Combine(_folder, "home"))) Directory.Delete(Path.Combine(_folder, "home"), true);
        return Again(message, kind, key, blocks);
    }

    /// <summary>The same in the folder as an earlier run left it.</summary>
    private (int Code, string Output) Again(SealedMessage message, string kind, string key, string blocks)
    {
        File.WriteAllBytes(Path.Combine(_folder, "F"), message.Body.ToArray());
        if (message.Signature is { } signature)
            File.WriteAllBytes(Path.Combine(_folder, "F" + message.SignatureSuffix), signature.ToArray());
        foreach (var (from, to) in new[]
        {
            ($"{key}.pem", "ours.pem"), ($"{key}.pem", "bank.pem"), ($"{key}.key.pem", "bank.key.pem"),
            ($"{key}.asc", "ours.asc"), ($"{key}.key.asc", "bank.key.asc"), ("shared.secret", "secret"),
            ("sm2.secret", "sm4"),
        })
            if (File.Exists(Folder(Path.Combine("keys", from))))
                File.Copy(Folder(Path.Combine("keys", from)), Path.Combine(_folder, to), overwrite: true);
        var script = string.Join('\n', blocks.Split(' ').Select(block => BankExchangePageTests.Blocks()[block]));
        if (kind == "form-sha256") script = script.Replace("dgst -sm3", "dgst -sha256", StringComparison.Ordinal);
        if (kind is "sm2-sigdat" or "sm4-form")
            script = "export DISTID=SAMPLE0001000000\n" + script;
        return Bash(script);
    }

    /// <summary>Without -e: that a block stops where it fails is the page's part.</summary>
    private (int Code, string Output) Bash(string script) =>
        OutsideTool.Run("bash", "-c", $"cd '{_folder}'\n{script}");

    [GeneratedRegex("```values\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex ValueBlock();

    [GeneratedRegex("^(.+?)  +(.+)$", RegexOptions.Multiline)]
    private static partial Regex ValueLine();
}

using System.Runtime.CompilerServices;
using Xunit;

namespace Disbursement.Tests.Sandbox;

public class SandboxAnswerTests
{
    [Fact]
    public void An_ISO_answer_is_signed_as_openssl_verifies_it()
    {
        using var rig = Answered("iso20022-pain");
        var certificate = Path.Combine(SandboxKeys.Folder, "bank-iso20022-pain.pem");
        foreach (var path in rig.Answers().Select(n => Path.Combine(rig.Outbox, n)))
            Succeeds("openssl", $"cms -verify -binary -inform DER -in {path}.p7s -content {path} "
                + $"-CAfile {certificate} -purpose any -out /dev/null");
    }

    [Fact]
    public void A_raw_SM2_answer_is_signed_as_openssl_verifies_it()
    {
        using var rig = Answered("cmb-ntagcsal");
        var key = Path.Combine(rig.Books, "bank.pub");
        var certificate = Path.Combine(SandboxKeys.Folder, "bank-cmb-ntagcsal.pem");
        Succeeds("openssl", $"x509 -in {certificate} -pubkey -noout -out {key}");
        foreach (var path in rig.Answers().Select(n => Path.Combine(rig.Outbox, n)))
        {
            File.WriteAllBytes(key + ".der", Convert.FromBase64String(File.ReadAllText(path + ".sig")));
            Succeeds("openssl", $"dgst -sm3 -verify {key} -sigopt distid:1234567812345678 -signature {key}.der {path}");
        }
    }

    [Fact, Trait("Category", "OutsideSamples")]
    public void A_GMT0010_answer_is_signed_as_an_independent_script_verifies_it()
    {
        using var rig = Answered("icbc-bxt");
        var script = Path.Combine(Shared(), "tools", "sm2cms_verify.py");
        foreach (var path in rig.Answers().Select(n => Path.Combine(rig.Outbox, n)))
            Assert.Contains("OK", Succeeds("python3", $"{script} {path}.p7s {path}"));
    }

    [Fact, Trait("Category", "OutsideSamples")]
    public void ISO_answers_are_valid_under_their_schemas()
    {
        using var rig = Answered("iso20022-pain");
        var schemas = rig.Answers().Select(name => (Name: name, Schema: name.Contains("returns",
            StringComparison.Ordinal) ? "camt.054.001.08"
            : name.StartsWith("statement", StringComparison.Ordinal) ? "camt.053.001.08" : "pain.002.001.10")).ToList();
        Assert.Equal(3, schemas.Select(s => s.Schema).Distinct().Count());
        foreach (var (name, schema) in schemas)
        {
            var xsd = Path.Combine(Shared(), "iso20022", "xsd", schema + ".xsd");
            Succeeds("xmllint", $"--noout --schema {xsd} {Path.Combine(rig.Outbox, name)}");
        }
    }

    [Fact]
    public void A_hundred_thousand_rows_are_booked_and_answered()
    {
        using var rig = new SandboxRig("iso20022-pain");
        rig.Deposit(100_000_000);
        rig.Send([.. Enumerable.Range(0, 100_000).Select(i => ($"62122600{i:000000}1000010", 100L + (i % 7)))]);
        var file = rig.Bank.Report().Files.Single();
        Assert.Equal((100_000, file.TotalFen), (file.Rows, file.CreditedFen));
    }

    private static SandboxRig Answered(string profile)
    {
        var rig = new SandboxRig(profile);
        rig.Deposit(100_000);
        rig.Send((SandboxRig.Account("100001"), 1_000), (SandboxRig.Account("990001"), 2_000),
            (SandboxRig.Account("990005"), 3_000),
            (SandboxRig.Account("990009"), 500));
        var body = OrderFile.Write(rig.Partner.Form, [(SandboxRig.Account("100001"), 9)]);
        rig.Put(body, SandboxKeys.Sign(profile, body));
        rig.Bank.Pass(rig.Exchange, rig.Keys, SandboxRig.Day);
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.NextDay);
        return rig;
    }

    private static string Succeeds(string program, string arguments)
    {
        var (code, text) = SandboxKeys.Run(program, arguments);
        Assert.True(code == 0, $"{program} {arguments}: {text}");
        return text;
    }

    private static string Shared([CallerFilePath] string here = "") =>
        Environment.GetEnvironmentVariable("DISBURSEMENT_SHARED")
        ?? Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "shared"));
}

using System.Security.Cryptography.X509Certificates;
using Disbursement.Tests.Envelopes;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Demo;

/// <summary>Everything that went between us and the banks, judged by programs that are not ours.</summary>
public sealed class DemoSignatureTests
{
    private const string UserId = "distid:1234567812345678";

    private static string Exchange => Path.Combine(FinishedDemo.Shared.Folder, "exchange");

    [Theory]
    [InlineData("to-bank", "ours-iso20022-pain", "rsaEncryption")]
    [InlineData("from-bank", "bank-iso20022-pain", "id-ecPublicKey")]
    public void OpenSSL_takes_every_CMS_signature_of_either_key(string way, string key, string algorithm)
    {
        var certificate = Certificate(key);
        Assert.Contains(algorithm, OutsideTool.Run("openssl", "x509", "-in", certificate, "-noout", "-text").Output,
            StringComparison.Ordinal);
        Each("iso20022-pain", way, ".p7s", (body, signature) => OutsideTool.Run("openssl", "cms", "-verify", "-binary",
            "-inform", "DER", "-in", signature, "-content", body, "-CAfile", certificate, "-purpose", "any",
            "-out", "/dev/null"));
    }

    [Theory]
    [InlineData("to-bank", "ours-cmb-ntagcsal")]
    [InlineData("from-bank", "bank-cmb-ntagcsal")]
    public void OpenSSL_takes_every_raw_SM2_signature(string way, string key)
    {
        var folder = Directory.CreateTempSubdirectory("demo-sm2-").FullName;
        var (publicKey, der) = (Path.Combine(folder, "public.pem"), Path.Combine(folder, "signature.der"));
        Assert.Equal(0, OutsideTool.Run("openssl", "x509", "-in", Certificate(key), "-pubkey", "-noout", "-out",
            publicKey).Code);
        Each("cmb-ntagcsal", way, ".sig", (body, signature) =>
        {
            File.WriteAllBytes(der, Convert.FromBase64String(File.ReadAllText(signature)));
            return OutsideTool.Run("openssl", "dgst", "-sm3", "-verify", publicKey, "-sigopt", UserId,
                "-signature", der, body);
        });
        Directory.Delete(folder, recursive: true);
    }

    [Theory, Trait("Category", "OutsideSamples")]
    [InlineData("to-bank")]
    [InlineData("from-bank")]
    public void A_reader_of_its_own_takes_every_GMT_0010_signature(string way) =>
        Each("icbc-bxt", way, ".p7s", (body, signature) =>
            OutsideTool.Run("python3", SampleExchange.Shared("tools", "sm2cms_verify.py"), signature, body));

    [Fact, Trait("Category", "OutsideSamples")]
    public void The_official_schema_takes_every_pain_001_file()
    {
        var schema = SampleExchange.Shared("iso20022", "xsd", "pain.001.001.09.xsd");
        var files = Directory.GetFiles(Path.Combine(Exchange, "iso20022-pain", "to-bank"), "*.xml");
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var (code, output) = OutsideTool.Run("xmllint", "--noout", "--nonet", "--schema", schema, file);
            Assert.True(code == 0, output);
        }
    }

    [Fact]
    public void Every_certificate_says_that_it_is_a_sample()
    {
        var certificates = Directory.GetFiles(Path.Combine(FinishedDemo.Shared.Folder, "keys"), "*.pem")
            .Where(path => !path.EndsWith(".key.pem", StringComparison.Ordinal)
                && !Path.GetFileName(path).StartsWith("log.", StringComparison.Ordinal)).ToList();
        Assert.Equal(6, certificates.Count);
        foreach (var path in certificates)
        {
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            Assert.Contains("SAMPLE", certificate.Subject, StringComparison.Ordinal);
        }
    }

    /// <summary>Every body of one way is signed and passes; with one changed byte it does not.</summary>
    private static void Each(string profile, string way, string extension,
        Func<string, string, (int Code, string Output)> verify)
    {
        var folder = Path.Combine(Exchange, profile, way);
        var bodies = Directory.GetFiles(folder)
            .Where(path => !path.EndsWith(extension, StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(bodies);
        foreach (var body in bodies)
        {
            var (code, output) = verify(body, body + extension);
            Assert.True(code == 0, $"{body}: {output}");
        }
        var changed = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var bytes = File.ReadAllBytes(bodies[0]);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(changed, bytes);
        Assert.NotEqual(0, verify(changed, bodies[0] + extension).Code);
        File.Delete(changed);
    }

    private static string Certificate(string key) => Path.Combine(FinishedDemo.Shared.Folder, "keys", $"{key}.pem");
}

using System.Text;
using Disbursement.Host.Security;
using Disbursement.Tests.Audit;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Security;

public sealed class KeysTests
{
    private static readonly byte[] Text = Encoding.UTF8.GetBytes("approve payroll 12\namount_fen 123450\n批准\n");
    private static readonly KeyPairPem Ed25519 = Ed25519Keys.Generate(), Sm2 = Sm2Keys.Generate();

    [Fact]
    public void Openssl_verifies_our_Ed25519_signature_and_no_forged_one()
    {
        using var files = new Scratch();
        var signature = Ed25519Keys.Sign(Ed25519.PrivatePem, Text);
        Assert.Equal(0, OpensslEd25519(files, Ed25519.PublicPem, Text, signature));
        Assert.NotEqual(0, OpensslEd25519(files, Ed25519.PublicPem, [.. Text, 1], signature));
    }

    [Fact]
    public void Two_hosts_that_begin_at_once_end_with_one_pair_of_keys()
    {
        for (var round = 0; round < 200; round++)
        {
            using var files = new Scratch();
            var keys = new string[4];
            Parallel.For(0, keys.Length, i => keys[i] =
                string.Join(' ', LogKey.Ensure(files["log.key.pem"]).Verifiers("o").Select(v => v.Key)));
            Assert.Single(keys.Distinct());
        }
    }

    [Fact]
    public void Openssl_verifies_our_SM2_signature_and_no_forged_one()
    {
        using var files = new Scratch();
        var signature = Sm2Keys.Sign(Sm2.PrivatePem, Text);
        Assert.Equal(0, OpensslSm2(files, Sm2.PublicPem, Text, signature));
        Assert.NotEqual(0, OpensslSm2(files, Sm2.PublicPem, [.. Text, 1], signature));
    }

    [Theory]
    [InlineData("ED25519", new[] { "genpkey", "-algorithm", "ED25519" })]
    [InlineData("SM2", new[] { "genpkey", "-algorithm", "SM2" })]
    public void A_key_that_openssl_made_signs_and_verifies_here(string kind, string[] arguments)
    {
        using var files = new Scratch();
        var (made, said) = OutsideTool.Run("openssl", [.. arguments, "-out", files["key.pem"]]);
        Assert.True(made == 0, said);
        (made, said) = OutsideTool.Run("openssl", "pkey", "-in", files["key.pem"], "-pubout", "-out", files["pub.pem"]);
        Assert.True(made == 0, said);
        var publicPem = File.ReadAllText(files["pub.pem"]);
        var signature = ApprovalSignature.Sign(File.ReadAllText(files["key.pem"]), Text);
        Assert.Equal(kind == "SM2" ? "sm2-sm3" : "ed25519", signature.Algorithm);
        Assert.True(signature.Verify(publicPem, Text));
        Assert.False(signature.Verify(publicPem, [.. Text, 1]));
        Assert.False(signature.Verify(Ed25519.PublicPem, Text));
        Assert.False(signature.Verify(Sm2.PublicPem, Text));
    }

    [Fact]
    public void A_signature_made_by_openssl_is_verified_here()
    {
        using var files = new Scratch();
        File.WriteAllText(files["key.pem"], Sm2.PrivatePem);
        File.WriteAllBytes(files["text"], Text);
        var (code, said) = OutsideTool.Run("openssl", "dgst", "-sm3", "-sign", files["key.pem"], "-sigopt",
            "distid:" + Sm2Keys.DistinguishedId, "-out", files["sig"], files["text"]);
        Assert.True(code == 0, said);
        Assert.True(Sm2Keys.Verify(Sm2.PublicPem, Text, File.ReadAllBytes(files["sig"])));
    }

    [Fact]
    public void An_approval_signature_is_read_back_from_its_text()
    {
        foreach (var key in new[] { Ed25519, Sm2 })
        {
            var signature = ApprovalSignature.Sign(key.PrivatePem, Text);
            Assert.True(ApprovalSignature.TryParse(signature.ToString(), out var read));
            Assert.True(read.Verify(key.PublicPem, Text));
            Assert.False((read with { Algorithm = "rsa" }).Verify(key.PublicPem, Text));
        }
        Assert.False(ApprovalSignature.TryParse("rsa AAAA", out _));
        Assert.False(ApprovalSignature.TryParse("ed25519", out _));
    }

    [Property(MaxTest = 200)]
    public void Verification_answers_any_key_and_signature(string? pem, byte[] signature, int place, byte value)
    {
        Assert.False(Ed25519Keys.Verify(pem ?? "", Text, signature));
        Assert.False(Sm2Keys.Verify(pem ?? "", Text, signature));
        foreach (var key in new[] { Ed25519.PublicPem, Sm2.PublicPem })
        {
            Assert.False(new ApprovalSignature("ed25519", Convert.ToBase64String(signature)).Verify(key, Text));
            Assert.False(new ApprovalSignature("sm2-sm3", Convert.ToBase64String(signature)).Verify(key, Text));
            var changed = key.ToCharArray();
            changed[(place & int.MaxValue) % changed.Length] = (char)(value & 0x7f);
            Assert.False(Sm2Keys.Verify(new string(changed), Text, signature));
            Assert.False(Ed25519Keys.Verify(new string(changed), Text, signature));
        }
    }

    [Fact]
    public void A_text_that_is_no_private_key_does_not_sign()
    {
        Assert.Throws<ArgumentException>(() => Ed25519Keys.Sign(Sm2.PrivatePem, Text));
        Assert.Throws<ArgumentException>(() => Sm2Keys.Sign(Ed25519.PrivatePem, Text));
        Assert.Throws<ArgumentException>(() => ApprovalSignature.Sign("no key", Text));
    }

    private static int OpensslEd25519(Scratch files, string publicPem, byte[] text, byte[] signature)
    {
        Write(files, publicPem, text, signature);
        return OutsideTool.Run("openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", files["pub.pem"],
            "-sigfile", files["sig"], "-in", files["text"]).Code;
    }

    private static int OpensslSm2(Scratch files, string publicPem, byte[] text, byte[] signature)
    {
        Write(files, publicPem, text, signature);
        return OutsideTool.Run("openssl", "dgst", "-sm3", "-verify", files["pub.pem"], "-signature", files["sig"],
            "-sigopt", "distid:" + Sm2Keys.DistinguishedId, files["text"]).Code;
    }

    private static void Write(Scratch files, string publicPem, byte[] text, byte[] signature)
    {
        File.WriteAllText(files["pub.pem"], publicPem);
        File.WriteAllBytes(files["text"], text);
        File.WriteAllBytes(files["sig"], signature);
    }
}

using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Seams;
using Disbursement.Tests.Envelopes;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Keys;

/// <summary>Keys as people keep them, made by openssl and on a SoftHSM2 token.</summary>
public sealed class ReferencedKeyRingTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("key-references-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("rsa", CmsEnvelope.Kind, "")]
    [InlineData("ecdsa", CmsEnvelope.Kind, "")]
    [InlineData("ecdsa", CmsEnvelope.Kind, "-legacy")]
    [InlineData("sm2", Sm2CmsEnvelope.Kind, "")]
    public void A_PKCS12_file_signs_with_the_passphrase_it_names(string key, string kind, string options)
    {
        Bash($"""
            openssl pkcs12 -export {options} -inkey $keys/{key}.key.pem -in $keys/{key}.pem -passout pass:SAMPLE-pass \
                -out ours.p12
            printf 'file:secret\n' >ours.passphrase; printf 'SAMPLE-pass\n' >secret
            """);
        AssertSigns(kind, key);
        File.WriteAllText(Path.Combine(_folder, "secret"), "another");
        Assert.Throws<CryptographicException>(() => Seal(kind));
        File.Delete(Path.Combine(_folder, "secret"));
        Assert.Contains("file:secret", Assert.Throws<CryptographicException>(() => Seal(kind)).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("rsa", CmsEnvelope.Kind)]
    [InlineData("sm2", Sm2AttributedEnvelope.Kind)]
    public void An_encrypted_PEM_signs_with_a_passphrase_of_the_environment(string key, string kind)
    {
        Bash($"""
            openssl pkcs8 -topk8 -in $keys/{key}.key.pem -passout pass:SAMPLE-pass -out ours.key.pem
            cp $keys/{key}.pem ours.pem; printf env:DISBURSEMENT_SAMPLE_{key} >ours.passphrase
            """);
        Environment.SetEnvironmentVariable($"DISBURSEMENT_SAMPLE_{key}", "SAMPLE-pass");
        AssertSigns(kind, key);
        Environment.SetEnvironmentVariable($"DISBURSEMENT_SAMPLE_{key}", "another");
        Assert.Throws<CryptographicException>(() => Seal(kind));
    }

    [Fact]
    public void Keys_on_a_token_sign_and_openssl_verifies()
    {
        Bash("""
            mkdir tokens; printf 'directories.tokendir = %s/tokens\n' "$PWD" >softhsm.conf
            export SOFTHSM2_CONF=$PWD/softhsm.conf
            softhsm2-util --init-token --free --label pay --pin 1234 --so-pin 5678
            for key in rsa ecdsa; do
                softhsm2-util --import $keys/$key.key.pem --token pay --label $key --id 0${#key} --pin 1234
                cp $keys/$key.pem $key.pem
                module=/usr/lib/softhsm/libsofthsm2.so
                printf "pkcs11:token=pay;object=$key?module-path=$module&pin-source=file:pin" >$key.pkcs11
            done
            printf 1234 >pin; n=0
            printf 'pkcs11:token=pay;object=absent?module-path=/usr/lib/softhsm/libsofthsm2.so&pin-source=file:pin' \
                >absent.pkcs11
            printf 'pkcs11:token=pay' >short.pkcs11
            for module in /nowhere/module.so /dev/null /etc/hostname; do
                printf "pkcs11:token=pay;object=rsa?module-path=$module&pin-source=file:pin" \
                    >module-${module##*/}.pkcs11
            done
            printf 4321 >wrong-pin
            for other in 'token=other;object=rsa?pin-source=file:pin' 'token=pay;object=rsa?pin-source=file:wrong-pin' \
                'token=pay;object=rsa?pin-source=file:no-pin'; do
                printf "pkcs11:$other&module-path=/usr/lib/softhsm/libsofthsm2.so" >other-$((++n)).pkcs11
            done
            """);
        // The module reads the variable of the process, which .NET's own copy of the environment does not reach.
        _ = setenv("SOFTHSM2_CONF", Path.Combine(_folder, "softhsm.conf"), 1);
        var ring = new ReferencedKeyRing(_folder);
        // What does not load, and first of all: what comes after is not to suffer from it.
        foreach (var name in Names("module-*")) Assert.Throws<CryptographicException>(() => ring.DeviceKey(name));
        foreach (var name in Names("other-*")) Assert.Throws<CryptographicException>(() => ring.DeviceKey(name));
        foreach (var key in new[] { "rsa", "ecdsa" })
        {
            Assert.Null(ring.PrivateKeyPem(key));
            var message = new CmsEnvelope().Seal(SampleExchange.Body, ring, SampleExchange.Names(key));
            Assert.Equal(OpenFault.None, SampleExchange.Open(CmsEnvelope.Kind, key, message).Fault);
            File.WriteAllBytes(Path.Combine(_folder, "F"), SampleExchange.Body);
            File.WriteAllBytes(Path.Combine(_folder, "F.p7s"), message.Signature!.Value.ToArray());
            Bash($"openssl cms -verify -binary -inform DER -in F.p7s -content F -CAfile {key}.pem -purpose any "
                + "-out /dev/null");
        }
        foreach (var name in new[] { "absent", "short" })
            Assert.Throws<CryptographicException>(() => ring.DeviceKey(name));
        Assert.Null(ring.DeviceKey("nobody"));

        List<string> Names(string pattern) => [.. Directory.GetFiles(_folder, pattern + ".pkcs11")
            .Select(path => Path.GetFileNameWithoutExtension(path)!).Order(StringComparer.Ordinal)];
    }

    [Theory]
    [InlineData("env:DISBURSEMENT_ABSENT")]
    [InlineData("file:absent")]
    [InlineData("file:../secret")]
    [InlineData("plain text")]
    public void A_reference_to_nothing_is_no_secret(string reference) =>
        Assert.Null(new SecretReferences(_folder).Secret(reference));

    private SealedMessage Seal(string kind) => EnvelopeCatalogue.Find(kind)!.Seal(SampleExchange.Body,
        new ReferencedKeyRing(_folder), SampleExchange.Names("ours"));

    private void AssertSigns(string kind, string key) =>
        Assert.Equal(OpenFault.None, SampleExchange.Open(kind, key, Seal(kind)).Fault);

    private void Bash(string script)
    {
        var (code, output) = OutsideTool.Run("bash", "-euo", "pipefail", "-c",
            $"cd '{_folder}'; keys='{SampleExchange.KeyFolder}'\n{script}");
        Assert.True(code == 0, output);
    }

#pragma warning disable CA2101, IDE1006, SYSLIB1054, CA5392
    [System.Runtime.InteropServices.DllImport("libc")]
    private static extern int setenv(string name, string value, int overwrite);
#pragma warning restore CA2101, IDE1006, SYSLIB1054, CA5392
}

using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Envelopes;

/// <summary>openssl and gpg judge what we write, and write what we open.</summary>
public sealed class WholeEnvelopeToolTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("envelope-tools-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("rsa")]
    [InlineData("ecdsa")]
    public void Openssl_verifies_an_attached_file_and_decrypts_an_enveloped_one(string key)
    {
        Write("signed", WholeExchange.Seal(CmsEnvelope.AttachedKind, key, key).Body);
        Write("sealed", WholeExchange.Seal(CmsEnvelopedEnvelope.Kind, key, key).Body);
        Bash($"""
            openssl cms -verify -binary -inform DER -in signed -CAfile $keys/{key}.pem -purpose any -out one
            openssl cms -decrypt -binary -inform DER -in sealed -inkey $keys/{key}.key.pem -recip $keys/{key}.pem \
                -out inner
            openssl cms -verify -binary -inform DER -in inner -CAfile $keys/{key}.pem -purpose any -out two
            """);
        Assert.Equal(SampleExchange.Body, Read("one"));
        Assert.Equal(SampleExchange.Body, Read("two"));
    }

    [Theory]
    [InlineData("rsa", "-keyopt rsa_padding_mode:oaep -keyopt rsa_oaep_md:sha256")]
    [InlineData("rsa", "")] // PKCS#1 v1.5, as older kits encrypt
    [InlineData("ecdsa", "-keyopt ecdh_kdf_md:sha256")]
    public void What_openssl_signs_and_encrypts_opens(string key, string options)
    {
        Write("body", SampleExchange.Body);
        Bash($"""
            openssl cms -sign -binary -nodetach -in body -md sha256 -outform DER -signer $keys/{key}.pem \
                -inkey $keys/{key}.key.pem -out inner
            openssl cms -encrypt -binary -aes-256-cbc -in inner -outform DER -recip $keys/{key}.pem {options} \
                -out sealed
            """);
        var opened = WholeExchange.Open(CmsEnvelopedEnvelope.Kind, key, key, Read("sealed"));
        Assert.True(opened.Fault == OpenFault.None, $"{opened.Fault} {opened.Detail}");
        Assert.Equal(SampleExchange.Body, opened.Body.ToArray());
    }

    [Fact]
    public void Gpg_decrypts_and_verifies_what_we_seal_and_we_open_what_gpg_seals()
    {
        Write("sealed", WholeExchange.Seal(OpenPgpEnvelope.Kind, "pgp-ours", "pgp-bank").Body);
        var said = Bash("""
            mkdir -m 700 home; export GNUPGHOME=$PWD/home
            gpg --batch --quiet --import $keys/pgp-ours.asc
            gpg --batch --quiet --import $keys/pgp-bank.key.asc
            gpg --batch --trust-model always --output body --decrypt sealed
            """);
        Assert.Contains("Good signature from \"SAMPLE pgp-ours\"", said, StringComparison.Ordinal);
        Assert.Equal(SampleExchange.Body, Read("body"));
        foreach (var compression in new[] { "none", "zip", "zlib", "bzip2" })
        {
            Bash($"""
                export GNUPGHOME=$PWD/home
                gpg --batch --yes --trust-model always --compress-algo {compression} --local-user "SAMPLE pgp-bank" \
                    --recipient "SAMPLE pgp-ours" --sign --encrypt --output answer body
                """);
            var opened = WholeExchange.Open(OpenPgpEnvelope.Kind, "pgp-ours", "pgp-bank", Read("answer"));
            Assert.True(opened.Fault == OpenFault.None, $"{compression}: {opened.Fault} {opened.Detail}");
            Assert.Equal(SampleExchange.Body, opened.Body.ToArray());
        }
        Bash("""
            export GNUPGHOME=$PWD/home
            gpg --batch --yes --trust-model always --recipient "SAMPLE pgp-ours" --encrypt --output unsigned body
            gpgconf --kill all
            """);
        Assert.Equal(OpenFault.Malformed,
            WholeExchange.Open(OpenPgpEnvelope.Kind, "pgp-ours", "pgp-bank", Read("unsigned")).Fault);
    }

    [Theory]
    [InlineData(FormEnvelope.Sha256Kind, "sha256")]
    [InlineData(FormEnvelope.Sm3Kind, "sm3")]
    public void Openssl_comes_to_the_same_digest_of_sorted_fields(string kind, string digest)
    {
        var form = Encoding.ASCII.GetString(WholeExchange.Seal(kind, "shared", "shared").Body.Span);
        var sorted = $"Zone=a b&amount=123456&batch=SAMPLE1&name=样例&key={WholeExchange.Secret}";
        var said = Bash($"printf %s '{sorted}' | openssl dgst -{digest} -r").Split(' ')[0].ToUpperInvariant();
        Assert.EndsWith($"&sign={said}", form, StringComparison.Ordinal);
    }

    [Fact]
    public void Openssl_decrypts_an_SM4_form_and_verifies_the_signature_in_it()
    {
        var form = FormFields.Read(WholeExchange.Seal(Sm4FormEnvelope.Kind, "sm2", "sm2").Body.Span)!;
        Assert.Equal(("SM", "BB6BTHHL", WholeExchange.Uid), (form["ALG"], form["FUNCODE"], form["UID"]));
        File.WriteAllText(Path.Combine(_folder, "data"), form["DATA"]);
        var iv = Convert.ToHexString(Encoding.ASCII.GetBytes(WholeExchange.Uid + "000000"));
        Bash($"openssl base64 -d -A -in data | openssl enc -d -sm4-cbc -K {WholeExchange.Sm4Key} -iv {iv} -out plain");
        Verifies(Encoding.UTF8.GetString(Read("plain")));
    }

    [Fact]
    public void Openssl_verifies_the_signature_within_a_JSON_text() => Verifies(
        Encoding.UTF8.GetString(WholeExchange.Seal(SigdatEnvelope.Kind, "sm2", "sm2").Body.Span));

    /// <summary>The text with its mark back is what was signed; r and s are joined.</summary>
    private void Verifies(string plain)
    {
        var sigdat = plain.Split("\"sigdat\":\"")[1].Split('"')[0];
        Write("body", Encoding.UTF8.GetBytes(plain.Replace(sigdat, "__signature_sigdat__", StringComparison.Ordinal)));
        Assert.Equal(WholeExchange.Body(Sm4FormEnvelope.Kind), Read("body"));
        Write("joined", Convert.FromBase64String(sigdat));
        // DER of r‖s without any code of ours.
        Bash("""
            r=$(head -c 32 joined | od -An -v -tx1 | tr -d ' \n') s=$(tail -c 32 joined | od -An -v -tx1 | tr -d ' \n')
            printf 'asn1=SEQUENCE:rs\n[rs]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' $r $s >rs.cnf
            openssl asn1parse -genconf rs.cnf -noout -out sig.der
            openssl x509 -in $keys/sm2.pem -pubkey -noout >pub.pem
            openssl dgst -sm3 -verify pub.pem -sigopt distid:SAMPLE0001000000 -signature sig.der body
            """);
    }

    [Fact]
    public void The_same_signature_stands_in_both_raw_forms()
    {
        var joined = SampleExchange.Seal(Sm2RawEnvelope.JoinedKind, "sm2");
        var bytes = Convert.FromBase64String(Encoding.ASCII.GetString(joined.Signature!.Value.Span));
        Assert.Equal(64, bytes.Length);
        var der = joined with { Signature = Encoding.ASCII.GetBytes(Convert.ToBase64String(Sm2.Parted(bytes)!)) };
        Assert.Equal(OpenFault.None, SampleExchange.Open(Sm2RawEnvelope.Kind, "sm2", der).Fault);
        Assert.Equal(bytes, Sm2.Joined(Sm2.Parted(bytes)!));
        Assert.Null(Sm2.Parted(new byte[64]));
    }

    private void Write(string name, ReadOnlyMemory<byte> bytes) =>
        File.WriteAllBytes(Path.Combine(_folder, name), bytes.ToArray());

    private byte[] Read(string name) => File.ReadAllBytes(Path.Combine(_folder, name));

    private string Bash(string script)
    {
        var (code, output) = OutsideTool.Run("bash", "-euo", "pipefail", "-c",
            $"cd '{_folder}'; keys='{WholeExchange.KeyFolder}'\n{script}");
        Assert.True(code == 0, output);
        return output;
    }
}

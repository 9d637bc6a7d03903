using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Envelopes;

/// <summary>Kinds whose file carries everything in itself, with the sample keys each of them takes.</summary>
internal static class WholeExchange
{
    public const string Uid = "SAMPLE0001";
    public const string Secret = "SAMPLE-secret";
    public const string Sm4Key = "0123456789ABCDEFFEDCBA9876543210";

    private const string MakePgp = """
        mkdir -m 700 home; export GNUPGHOME=$PWD/home
        for who in pgp-ours pgp-bank; do
            gpg --batch --quiet --passphrase '' --quick-gen-key "SAMPLE $who" default default never
            gpg --batch --quiet --armor --export "SAMPLE $who" >$who.asc
            gpg --batch --quiet --armor --pinentry-mode loopback --passphrase '' --export-secret-keys "SAMPLE $who" \
                >$who.key.asc
        done
        gpgconf --kill all
        """;

    private static readonly Lazy<string> MadePgp = new(() =>
    {
        var folder = SampleExchange.KeyFolder;
        var (code, output) = OutsideTool.Run("bash", "-euc", $"cd '{folder}'\n{MakePgp}");
        Assert.True(code == 0, output);
        File.WriteAllText(Path.Combine(folder, "shared.secret"), Secret + "\n");
        File.WriteAllText(Path.Combine(folder, "sm2.secret"), Sm4Key + "\n");
        return folder;
    });

    public static readonly TheoryData<string, string, string> Kinds = new()
    {
        { CmsEnvelope.AttachedKind, "rsa", "rsa" }, { CmsEnvelope.AttachedKind, "ecdsa", "ecdsa" },
        { Sm2CmsEnvelope.AttachedKind, "sm2", "sm2" }, { Sm2AttributedEnvelope.AttachedKind, "sm2", "sm2" },
        { CmsEnvelopedEnvelope.Kind, "rsa", "rsa" }, { CmsEnvelopedEnvelope.Kind, "ecdsa", "ecdsa" },
        { OpenPgpEnvelope.Kind, "pgp-ours", "pgp-ours" },
        { FormEnvelope.Sha256Kind, "shared", "shared" }, { FormEnvelope.Sm3Kind, "shared", "shared" },
        { SigdatEnvelope.Kind, "sm2", "sm2" }, { Sm4FormEnvelope.Kind, "sm2", "sm2" },
    };

    public static string KeyFolder => MadePgp.Value;

    public static IKeyRing Keys => new PemKeyRing(KeyFolder);

    /// <summary>A body of the form the kind asks for.</summary>
    public static byte[] Body(string kind) => kind switch
    {
        FormEnvelope.Sha256Kind or FormEnvelope.Sm3Kind =>
            Encoding.ASCII.GetBytes("name=%E6%A0%B7%E4%BE%8B&batch=SAMPLE1&amount=123456&Zone=a+b"),
        SigdatEnvelope.Kind or Sm4FormEnvelope.Kind => Encoding.UTF8.GetBytes("""
            {"request":{"head":{"funcode":"BB6BTHHL","userid":"SAMPLE0001"},"body":{"name":"样例"}},
            "signature":{"sigdat":"__signature_sigdat__","sigtim":"20260313090000"}}
            """),
        _ => SampleExchange.Body,
    };

    public static EnvelopeKeys Names(string ours, string bank, string kind) =>
        kind is SigdatEnvelope.Kind or Sm4FormEnvelope.Kind ? new(ours, bank, Uid) : new(ours, bank);

    public static SealedMessage Seal(string kind, string ours, string bank) =>
        EnvelopeCatalogue.Find(kind)!.Seal(Body(kind), Keys, Names(ours, bank, kind));

    public static OpenedMessage Open(string kind, string ours, string bank, ReadOnlyMemory<byte> file) =>
        EnvelopeCatalogue.Find(kind)!.Open(new SealedMessage(file, null, ""), Keys, Names(ours, bank, kind),
            SampleExchange.Within + NodaTime.Duration.FromDays(365));
}

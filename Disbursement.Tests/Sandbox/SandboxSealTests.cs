using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Sandbox.Seals;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Codecs.Iso20022;
using Disbursement.Tests.Envelopes;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>The sandbox bank agreed on each kind of envelope there is, with code of its own on its side.</summary>
public sealed class SandboxSealTests
{
    public static readonly TheoryData<string, string, string> Files = new()
    {
        { "cms-detached", "rsa", "ecdsa" }, { "sm2-raw", "sm2", "other-sm2" }, { "sm2-gmt0010", "sm2", "other-sm2" },
        { "sm2-raw-rs", "sm2", "other-sm2" }, { "sm2-cms", "sm2", "other-sm2" },
        { "cms-attached", "rsa", "ecdsa" }, { "sm2-gmt0010-attached", "sm2", "other-sm2" },
        { "sm2-cms-attached", "sm2", "other-sm2" }, { "cms-enveloped", "rsa", "ecdsa" },
        { "cms-enveloped", "rsa", "rsa" }, { "openpgp", "pgp-ours", "pgp-bank" },
    };

    public static readonly TheoryData<string, string> Forms = new()
    {
        { "form-sha256", "shared" }, { "form-sm3", "shared" }, { "sm4-form", "sm2" },
    };

    [Fact]
    public void The_bank_can_agree_on_every_kind_of_the_catalogue() =>
        Assert.Equal(EnvelopeCatalogue.Kinds, Partner.Seals.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Files))]
    public void A_file_of_each_kind_is_paid_and_its_answers_open(string kind, string ours, string bank)
    {
        using var trip = new RoundTrip("iso20022-pain");
        var (seal, names, rig) = (Seal(kind), new EnvelopeKeys(ours, bank), Open(trip, kind));
        var message = seal.Seal(trip.Encode((RoundTrip.Account("100001"), 512_345)), WholeExchange.Keys, names);
        Assert.Equal(SendOutcome.Delivered, rig.Transport.Send($"{trip.Reference}.xml", message).Outcome);
        Assert.Equal(new PassCount(1, 0, 2), rig.Bank.Pass(rig.Exchange, KeysOf(ours, bank), RoundTrip.Day));
        Assert.Equal(512_345, Assert.Single(rig.Bank.Report().Files).CreditedFen);
        Assert.Equal(2, rig.Transport.List().Count);
        var lines = rig.Transport.List().SelectMany(name =>
        {
            var opened = seal.Open(rig.Transport.Take(name)!, WholeExchange.Keys, names, SampleExchange.Within
                + NodaTime.Duration.FromDays(365));
            Assert.True(opened.Fault == OpenFault.None, $"{name}: {opened.Fault} {opened.Detail}");
            return CollectedMessage.OfIso(opened.Body.ToArray()).Lines;
        });
        Assert.Equal(LineWord.Settled, Assert.Single(lines).Word);
    }

    [Theory, MemberData(nameof(Files))]
    public void A_byte_that_was_changed_or_a_strangers_signature_pays_nobody(string kind, string ours, string bank)
    {
        using var trip = new RoundTrip("iso20022-pain");
        var rig = Open(trip, kind);
        var message = Seal(kind).Seal(trip.Encode((RoundTrip.Account("100001"), 512_345)), WholeExchange.Keys,
            new EnvelopeKeys(ours, bank));
        var changed = message.Body.ToArray();
        // Where the body can be read, in it; else in the signature, which ends what is encrypted: a certificate that
        // travels along is not looked at by the bank.
        var at = changed.AsSpan().IndexOf("5123.45"u8);
        changed[at < 0 ? changed.Length - 40 : at] ^= 1;
        rig.Transport.Send($"{trip.Reference}.xml", message with { Body = changed });
        rig.Bank.Pass(rig.Exchange, KeysOf(ours, bank), RoundTrip.Day);
        rig.Transport.Send("SAMPLE2603000002.xml", message);
        rig.Bank.Pass(rig.Exchange, KeysOf(ours, bank) with { OursCertificatePem = Text(Stranger(ours), "") },
            RoundTrip.Day);
        Assert.All(rig.Bank.Report().Files,
            file => Assert.Contains(file.Refusal, new[] { "SignatureInvalid", "WrongSigner" }));
        Assert.Equal([0L, 0L], rig.Bank.Report().Files.Select(file => file.CreditedFen));
    }

    [Theory, MemberData(nameof(Files))]
    public void Results_by_a_stranger_s_key_do_not_open_and_the_right_ones_of_a_later_day_do(string kind, string ours,
        string bank)
    {
        using var trip = new RoundTrip("iso20022-pain");
        var (seal, names, keys) = (Seal(kind), new EnvelopeKeys(ours, bank), KeysOf(ours, bank));
        var rig = Open(trip, kind, "wrong-key");
        rig.Transport.Send($"{trip.Reference}.xml", seal.Seal(trip.Encode((RoundTrip.Account("100001"), 512_345)),
            WholeExchange.Keys, names));
        rig.Bank.Pass(rig.Exchange, keys, RoundTrip.Day);
        Assert.NotEqual(OpenFault.None, Opened("result-1"));
        Assert.Equal(OpenFault.None, Opened("status-1"));
        rig.Bank.EndDay(rig.Exchange, keys, RoundTrip.NextDay);
        Assert.Equal(OpenFault.None, Opened("result-2"));

        OpenFault Opened(string what) => seal.Open(rig.Transport.Take($"{trip.Reference}-{what}.xml")!,
            WholeExchange.Keys, names, SampleExchange.Within + NodaTime.Duration.FromDays(365)).Fault;
    }

    [Theory, MemberData(nameof(Forms))]
    public void A_form_opens_on_both_sides_and_not_when_changed(string kind, string name)
    {
        var (seal, body) = (Seal(kind), WholeExchange.Body(kind));
        var (names, keys) = (WholeExchange.Names(name, name, kind), KeysOf(name, name));
        var sent = seal.Seal(body, WholeExchange.Keys, names).Body.ToArray();
        Assert.Equal((FileRefusal.None, Encoding.UTF8.GetString(body)), Opened(sent));
        var answered = WholeSeal.Make(Partner.Seals[kind], body, keys);
        var opened = seal.Open(new SealedMessage(answered, null, ""), WholeExchange.Keys, names,
            SampleExchange.Within);
        Assert.Equal(OpenFault.None, opened.Fault);
        Assert.Equal(body, opened.Body.ToArray());
        var strange = WholeSeal.Make(Partner.Seals[kind], body,
            BankAdapters.Sandbox.Stranger.InPlaceOf(keys, Partner.Seals[kind]));
        Assert.NotEqual(OpenFault.None, seal.Open(new SealedMessage(strange, null, ""), WholeExchange.Keys, names,
            SampleExchange.Within).Fault);
        var at = sent.AsSpan().IndexOf("123456"u8);
        at = at < 0 ? sent.Length / 2 : at;
        sent[at] = sent[at] == (byte)'7' ? (byte)'8' : (byte)'7';
        Assert.Equal((FileRefusal.SignatureInvalid, ""), Opened(sent));

        (FileRefusal, string) Opened(byte[] form)
        {
            var (refusal, inside) = WholeSeal.Open(Partner.Seals[kind], form, keys);
            return (refusal, Encoding.UTF8.GetString(inside));
        }
    }

    private static readonly Lazy<string> OtherRsa = new(() =>
    {
        SampleKeys.Ensure(WholeExchange.KeyFolder, "other-rsa", SampleKeyKind.Rsa3072, SampleExchange.From,
            SampleExchange.Until);
        return "other-rsa";
    });

    private static IEnvelope Seal(string kind) => EnvelopeCatalogue.Find(kind)!;

    private static string Stranger(string ours) => ours switch
    {
        "rsa" => OtherRsa.Value,
        "sm2" => "other-sm2",
        _ => "pgp-bank",
    };

    private static (ITransport Transport, SandboxBank Bank, Exchange Exchange) Open(RoundTrip trip, string kind,
        string script = "")
    {
        var partner = Partner.Find("iso20022-pain")!.SealedBy(Partner.Seals[kind]);
        var bank = new SandboxBank(partner, trip.BooksFolder, Misbehaviour.Parse(script, out _));
        bank.Post(new(RoundTrip.Day.Date, RoundTrip.Day.At, "D1", "TRANSFER", RoundTrip.Payer, 1_000_000, "样例建设单位",
            "6212260000000000025", "人工费用"));
        var folder = Path.Combine(trip.ExchangeFolder, partner.Id);
        return (new FolderTransport(Path.Combine(folder, "to-bank"), Path.Combine(folder, "from-bank")), bank,
            new Exchange(trip.ExchangeFolder, partner));
    }

    private static BankKeys KeysOf(string ours, string bank) => new(Text(ours, ""), Text(bank, ".key"), Text(bank, ""))
    {
        Secret = File.Exists(Named(ours, ".secret")) ? File.ReadAllText(Named(ours, ".secret")).TrimEnd() : "",
        UserId = WholeExchange.Uid,
    };

    private static string Text(string name, string kind) =>
        new[] { Named(name, kind + ".pem"), Named(name, kind + ".asc") }.Where(File.Exists).Select(File.ReadAllText)
            .FirstOrDefault("");

    private static string Named(string name, string suffix) => Path.Combine(WholeExchange.KeyFolder, name + suffix);
}

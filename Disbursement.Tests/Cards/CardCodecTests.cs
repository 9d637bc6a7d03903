using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Returns;
using Disbursement.Tests.Codecs;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Cards;

/// <summary>Card applications (批量开卡) as files, and the answers to them, of every profile that has a form of both.
/// </summary>
public sealed class CardCodecTests
{
    private static readonly Instant s_at = Instant.FromUtc(2026, 1, 30, 1, 0);

    public static TheoryData<string> Profiles => [.. CodecSamples.ProfileIds
        .Where(id => CodecSamples.Profile(id).Cards is not null)];

    [Theory, MemberData(nameof(Profiles))]
    public void A_batch_is_the_golden_file_byte_for_byte(string id)
    {
        var profile = CodecSamples.Profile(id);
        var (bytes, errors) = Encode(profile, Reference(profile),
            new(1, "00000001", "样例甲", "11010519491231002X", "13800000000"),
            new(2, "00000002", "样例乙", "440524188001010014", "13800000001"));
        Assert.Empty(errors);
        Assert.Equal(CodecSamples.Golden(id, "cards.golden"), bytes);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void An_answer_gives_an_account_or_a_reason_for_each_worker(string id)
    {
        var profile = CodecSamples.Profile(id);
        var read = Decode(profile, $"{Reference(profile)}-cards-1.txt",
            CodecSamples.Golden(id, "cards-answer.golden"));
        Assert.Empty(read.Errors);
        var head = Assert.Single(read.Heads);
        Assert.Equal((MessageKind.Cards, Reference(profile), FileWord.Accepted),
            (head.Kind, head.FileReference, head.FileWord));
        Assert.Equal(
            [
                ("00000001", "样例甲", "6222020000000000004", LineWord.Settled, ReturnReason.None),
                ("00000002", "样例乙", "", LineWord.Rejected, ReturnReason.NameMismatch),
            ],
            read.Lines.Select(l => (l.RowReference, l.Name, l.Account, l.Word, l.Reason)));
        Assert.All(read.Lines, line => Assert.Equal(0, line.Amount.Fen));
    }

    [Fact]
    public void The_banks_whose_layouts_are_not_public_have_a_form_that_is_marked_so()
    {
        Assert.Equal(["gyb-delimited", "gzb-delimited", "gzrc-fixed"], Profiles.Select(row => row.Data));
        Assert.All(Profiles.Select(row => row.Data), id => Assert.StartsWith("unsourced; to be confirmed",
            CodecSamples.Profile(id).Sources["cards"], StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_form_that_cannot_work_is_refused_with_its_field(string id)
    {
        var good = CodecSamples.Profile(id);
        var fields = good.Cards!.Request.Layout!.Records.Single(r => r.Kind is RecordKind.Row).Fields;
        (string, BankProfile)[] broken =
        [
            ("profile.codec", With(good.Cards.Request with { Codec = "icbc-bxt", Layout = null })),
            ("profile.codec", With(answer: good.Cards.Answer with { Codec = "iso20022", Layout = null })),
            ("profile.charset", With(good.Cards.Request with { Charset = "Big5" })),
            ("profile.layout-record", With(Rows([.. fields.Where(f => f.Value is not FieldValue.IdentityNumber)]))),
            ("profile.layout-record", With(answer: Answer(FieldValue.Status))),
            ("profile.layout-field", With(Rows([.. fields, new("金额", FieldValue.Amount, Width: 13)]))),
            ("profile.no-source", good with
            {
                Sources = good.Sources.Where(s => s.Key != "cards").ToDictionary(),
            }),
        ];
        Assert.All(broken, b => Assert.Contains(b.Item1,
            ProfileValidation.Check(b.Item2, BankCatalogue.Shipped).Select(f => f.Rule.Code)));

        BankProfile With(FileForm? request = null, FileForm? answer = null) => good with
        {
            Cards = new(request ?? good.Cards.Request, answer ?? good.Cards.Answer),
        };
        FileForm Rows(IReadOnlyList<LayoutField> row) => Changed(good.Cards.Request, row);
        FileForm Answer(FieldValue without) => Changed(good.Cards.Answer,
            [.. good.Cards.Answer.Layout!.Records.Single(r => r.Kind is RecordKind.Row).Fields
                .Where(f => f.Value != without)]);
        static FileForm Changed(FileForm form, IReadOnlyList<LayoutField> row) => form with
        {
            Layout = form.Layout! with
            {
                Records = [.. form.Layout.Records.Select(r => r.Kind is RecordKind.Row ? r with { Fields = row } : r)],
            },
        };
    }

    /// <summary>Batch → encode → seal → open → the bank's own reader → answer → decode: each worker is answered once,
    /// under the row and the name that were sent.</summary>
    [Property(MaxTest = 40)]
    public void Every_application_comes_back_as_its_own_row(ushort[] people)
    {
        foreach (var id in Profiles.Select(row => row.Data))
        {
            var profile = CodecSamples.Profile(id);
            var rows = (people ?? []).Prepend((ushort)7).Select((p, i) => new CardApplication(i + 1,
                $"{i + 1:00000000}", Name(p), $"{p:00000}{i:0000000000000}", $"1380000{p % 10000:0000}")).ToArray();
            var (bytes, errors) = Encode(profile, Reference(profile), rows);
            Assert.Empty(errors);
            var answer = CardDesk.Answer(Partner.Find(id)!, Opened(profile, bytes));
            Assert.NotNull(answer);
            var read = Decode(profile, $"{Reference(profile)}-cards-1.txt", answer);
            Assert.Empty(read.Errors);
            Assert.Equal(
                rows.Select(r => (r.RowReference, r.Name, Refused: r.Phone.EndsWith("44", StringComparison.Ordinal))),
                read.Lines.Select(l => (l.RowReference, l.Name, l.Word is LineWord.Rejected)));
            Assert.All(read.Lines, l => Assert.Equal(l.Word is LineWord.Settled, l.Account.Length == 19));
        }
    }

    /// <summary>However an answer is damaged, what comes out are rows and located errors.</summary>
    [Property(MaxTest = 200)]
    public void Any_damage_gives_rows_and_located_errors(byte[] insert, ushort cut, byte drop)
    {
        foreach (var id in Profiles.Select(row => row.Data))
        {
            var good = CodecSamples.Golden(id, "cards-answer.golden");
            var at = cut % (good.Length + 1);
            byte[] bytes = [.. good[..at], .. insert ?? [], .. good[Math.Min(good.Length, at + drop % 24)..]];
            var read = Decode(CodecSamples.Profile(id), "SAMPLE1-cards-1.txt", bytes);
            Assert.True(read.Heads.Count + read.Errors.Count > 0);
            Assert.All(read.Errors, e => Assert.True(e.Line >= 1 && e.ByteOffset >= 0 && e.ByteOffset <= bytes.Length));
        }
    }

    private static byte[] Opened(BankProfile profile, byte[] body)
    {
        var envelope = EnvelopeCatalogue.Find(profile.Envelope.Kind)!;
        var keys = s_keys.Value;
        var names = new EnvelopeKeys("ours", "ours");
        var opened = envelope.Open(envelope.Seal(body, keys, names), keys, names, s_at);
        Assert.Equal(OpenFault.None, opened.Fault);
        return opened.Body.ToArray();
    }

    private static readonly Lazy<IKeyRing> s_keys = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("card-keys-").FullName;
        var made = SampleKeys.EnsureFor("sm2-gmt0010", folder, "ours", s_at - Duration.FromDays(1),
            s_at + Duration.FromDays(30));
        return new PemKeyRing(made[0].Folder);
    });

    private static string Name(ushort p) => "样例" + (char)('一' + p % 2000);

    private static (byte[] Bytes, IReadOnlyList<LocatedError> Errors) Encode(BankProfile profile, string reference,
        params CardApplication[] rows)
    {
        using var output = new MemoryStream();
        var plan = new CardPlan(reference, "2402000000000000001", "样例建设有限公司", "C000001",
            new LocalDateTime(2026, 1, 30, 9, 0), rows.Length);
        var errors = BankCatalogue.Shipped.CardWriter(profile.Cards!.Request.Codec)!
            .Encode(profile, plan, rows, output);
        return (output.ToArray(), errors);
    }

    private static GatheredMessage Decode(BankProfile profile, string name, byte[] bytes)
    {
        var message = new GatheredMessage();
        using var input = new MemoryStream(bytes);
        BankCatalogue.Shipped.Decoder(profile.FormOf(name).Codec)!.Decode(profile, name, input, message);
        return message;
    }

    private static string Reference(BankProfile profile) =>
        profile.Limits.BatchReferenceWidth < 20 ? "SAMPLE0000000001" : "SAMPLE00000000000001";
}

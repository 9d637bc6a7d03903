using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Conformance;
using Disbursement.Tests.Architecture;
using Disbursement.Tests.Codecs;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Profiles;

public sealed class ProfileTests
{
    private static BankCatalogue Catalogue => BankCatalogue.Shipped;

    /// <summary>Every profile that ships.</summary>
    public static TheoryData<string> Ids => [.. CodecSamples.ProfileIds];

    [Theory, MemberData(nameof(Ids))]
    public void A_shipped_profile_holds_and_warns_of_what_has_no_source(string id)
    {
        var decision = ProfileValidation.Read($"{id}.json", CodecSamples.ProfileBytes(id), Catalogue);
        Assert.True(decision.Accepted, string.Join("\n", decision.Findings.Select(f => f.Text(chinese: false))));
        Assert.Equal(id, decision.Value.Id);
        Assert.NotEmpty(decision.Findings);
        Assert.All(decision.Findings, finding => Assert.Same(ProfileRules.Unsourced, finding.Rule));
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_file_refused_as_a_repetition_is_known_as_one_and_is_no_refusal_of_the_first(string id)
    {
        var codes = ProfileValidation.Read($"{id}.json", CodecSamples.ProfileBytes(id), Catalogue).Value.Codes;
        string[] repetitions = codes.Any(c => c.Match == "AM05")
            ? ["AM05", "DUPL", "DU01", "DU02", "DU03", "DU04", "DU05"] : ["批次号重复"];
        Assert.All(repetitions, code => Assert.Equal(ReturnReason.Duplicate,
            codes.SingleOrDefault(c => c.Match == code)?.Reason));
    }

    [Fact]
    public void What_is_unsourced_in_part_or_not_there_is_told_too()
    {
        Assert.Contains("outbound.crdtyp", Told("boc-b2e0078")); // its values
        Assert.Contains("codes", Told("abc-csv")); // that this bank uses these words
        Assert.Contains("queries", Told("abc-csv"));
        Assert.DoesNotContain("queries", Told("cmb-ntagcsal")); // there is one
        Assert.DoesNotContain("queries", Told("ccb-6w2102")); // known, and not offered
        Assert.DoesNotContain("outbound", Told("abc-csv"));

        static IEnumerable<string> Told(string id) => ProfileValidation.Check(CodecSamples.Profile(id), Catalogue)
            .Where(f => f.Rule == ProfileRules.Unsourced).Select(f => f.Arguments[0]);
    }

    [Fact]
    public void The_schema_that_ships_is_the_records_own()
    {
        var page = Repository.PathOf("Disbursement.Host", "profiles", "bank-profile.schema.json");
        if (Environment.GetEnvironmentVariable("UPDATE_SPECS") == "1") File.WriteAllText(page, ProfileSchema.Text());
        Assert.Equal(ProfileSchema.Text(), File.ReadAllText(page));
    }

    public static TheoryData<string, Func<BankProfile, BankProfile>> Broken => new()
    {
        { "profile.id", p => p with { Id = "ICBC bxt" } },
        { "profile.missing", p => p with { NameZh = "" } },
        { "profile.bank-code", p => p with { BankCode = "10" } },
        { "profile.codec", p => p with { Outbound = p.Outbound with { Codec = "none" } } },
        { "profile.charset", p => p with { Inbound = p.Inbound with { Charset = "Big5" } } },
        {
            "profile.layout",
            p => p with { Outbound = p.Outbound with { Layout = new FileLayout { Amounts = default, Records = [] } } }
        },
        { "profile.layout-record", p => p with { Inbound = Layout(new(RecordKind.Head, [])) } },
        {
            "profile.layout-field",
            p => p with
            {
                Inbound = Layout(new(RecordKind.Row,
                [
                    new("账号", FieldValue.Account, PadWith: "□"), new("金额", FieldValue.Amount),
                    new("状态", FieldValue.Status), new("流水号", FieldValue.EndToEnd),
                ])),
            }
        },
        {
            "profile.business-header", p => p with
            {
                Outbound = p.Outbound with
                {
                    Options = new Dictionary<string, string> { ["businessHeader"] = "head.001" },
                },
            }
        },
        { "profile.envelope", p => p with { Envelope = p.Envelope with { Kind = "none" } } },
        { "profile.transport", p => p with { Transport = p.Transport with { Also = ["pigeon"] } } },
        { "profile.name-pattern", p => p with { Transport = p.Transport with { NamePattern = "file.bxt" } } },
        {
            "profile.post", p => p with
            {
                Transport = p.Transport with { Post = CodecSamples.Profile("icbc-payper").Transport.Post },
                Sources = new Dictionary<string, string>(p.Sources) { ["transport.post"] = "样例" },
            }
        },
        { "profile.limit", p => p with { Limits = p.Limits with { RowsPerFile = 0 } } },
        { "profile.cut-off", p => p with { Manners = p.Manners with { CutOffs = ["16:00", "15:00"] } } },
        {
            "profile.quiet-period",
            p => p with { Manners = p.Manners with { AbsenceProof = AbsenceProof.QuietPeriod } }
        },
        { "profile.code-twice", p => p with { Codes = [.. p.Codes, p.Codes[0]] } },
        {
            "profile.code-reason",
            p => p with { Codes = [.. p.Codes, new("样例", LineWord.Rejected, ReturnReason.None, "")] }
        },
        { "profile.no-settled-code", p => p with { Codes = [] } },
        { "profile.no-source", p => p with { Sources = p.Sources.Where(s => s.Key != "codes").ToDictionary() } },
    };

    private static FileForm Layout(LayoutRecord record) => new("delimited", "GBK",
        Layout: new FileLayout { Separator = "|", Amounts = AmountUnit.Yuan, Records = [record] });

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_profile_is_refused_by_its_rule(string code, Func<BankProfile, BankProfile> change) =>
        Assert.Equal([code], ProfileValidation.Check(change(CodecSamples.Icbc), Catalogue)
            .Where(f => f.Rule.Severity == Severity.Refusal).Select(f => f.Rule.Code));

    public static TheoryData<Func<PostForm, PostForm>> Unpostable => new()
    {
        post => post with { Charset = "Big5" },
        post => post with { SignType = "no type" },
        post => post with { SignResult = "" },
        post => post with { SignElement = " " },
        post => post with { AnswerField = "" },
        post => post with { Path = "/servlet" },
        post => post with { Path = "servlet?a=b" },
        post => post with { Fields = post.Query },
        post => post with { Query = post.Fields },
        post => post with { Fields = [.. post.Fields, new("Cert", PostValue.Text)] },
        post => post with { Fields = [.. post.Fields, new("", PostValue.Text)] },
        post => post with { Fields = [.. post.Fields, new("X", PostValue.Elements)] },
        post => post with { Fields = [.. post.Fields, new("X", PostValue.Text, Elements: ["CMS"])] },
    };

    [Theory, MemberData(nameof(Unpostable))]
    public void A_form_that_cannot_be_filled_in_is_refused(Func<PostForm, PostForm> change)
    {
        var icbc = CodecSamples.Profile("icbc-payper");
        var broken = icbc with { Transport = icbc.Transport with { Post = change(icbc.Transport.Post!) } };
        Assert.Equal(["profile.post"], ProfileValidation.Check(broken, Catalogue)
            .Where(f => f.Rule.Severity == Severity.Refusal).Select(f => f.Rule.Code).Distinct());
        var mute = icbc with { Transport = icbc.Transport with { Answer = null } };
        Assert.Contains(ProfileValidation.Check(mute, Catalogue), finding => finding.Rule == ProfileRules.Post);
    }

    [Fact]
    public void All_findings_come_at_once_in_the_order_of_the_rules()
    {
        var broken = CodecSamples.Icbc with { Id = "", BankCode = "", Codes = [] };
        Assert.Equal(["profile.id", "profile.bank-code", "profile.no-settled-code"],
            ProfileValidation.Check(broken, Catalogue)
                .Where(f => f.Rule.Severity == Severity.Refusal).Select(f => f.Rule.Code));
    }

    [Fact]
    public void Every_rule_of_a_refusal_is_provoked_here() =>
        // Unreadable needs bytes that are no profile (below), OtherName an adoption under another name (transcripts).
        Assert.Equal(ProfileRules.All.Where(r => r.Severity == Severity.Refusal)
                .Except([ProfileRules.Unreadable, ProfileRules.OtherName]).Select(r => r.Code),
            Broken.Select(row => row.Data.Item1));

    [Property(MaxTest = 200)]
    public void Any_damage_to_a_profile_file_is_a_finding_never_an_exception(byte[] bytes, ushort cut)
    {
        var good = CodecSamples.ProfileBytes("icbc-bxt");
        var at = cut % good.Length;
        byte[] damaged = [.. good[..at], .. bytes ?? [], .. good[Math.Min(good.Length, at + 3)..]];
        var decision = ProfileValidation.Read("x.json", damaged, Catalogue);
        Assert.True(decision.Accepted || decision.Findings.Count > 0);
    }

    [Fact]
    public void A_null_where_a_value_must_stand_is_unreadable()
    {
        var text = Encoding.UTF8.GetString(CodecSamples.ProfileBytes("icbc-bxt"))
            .Replace("\"id\": \"icbc-bxt\"", "\"id\": null");
        var decision = ProfileValidation.Read("x.json", Encoding.UTF8.GetBytes(text), Catalogue);
        Assert.Equal("profile.unreadable", Assert.Single(decision.Findings).Rule.Code);
    }

    [Theory]
    [InlineData("icbc-bxt", "result.golden")]
    [InlineData("cmb-ntagcsal", "result.golden")]
    [InlineData("cmb-ntagcsal", "returns.golden")]
    [InlineData("iso20022-pain", "pain.002.xml")]
    [InlineData("iso20022-pain", "camt.054.xml")]
    public void The_shipped_codecs_pass_the_conformance_kit(string id, string answer)
    {
        var subject = ConformanceSubject.Of(CodecSamples.Profile(id), Catalogue, Instant.FromUtc(2026, 1, 30, 0, 0),
            [new("SAMPLE1-result-1.txt", CodecSamples.Golden(id, answer))]);
        var checks = ConformanceKit.Run(subject);
        Assert.All(checks, check => Assert.True(check.Passed, $"{check.Name}: {check.Detail}"));
        Assert.Equal(18, checks.Count);
    }

    [Fact]
    public void A_new_bank_of_a_known_shape_is_a_file_and_no_code()
    {
        var text = Encoding.UTF8.GetString(CodecSamples.ProfileBytes("abc-csv"))
            .Replace("\"id\": \"abc-csv\"", "\"id\": \"sample-bank\"", StringComparison.Ordinal)
            .Replace("\"separator\": \",\"", "\"separator\": \"^@^\"", StringComparison.Ordinal)
            .Replace("\"amounts\": \"yuan\"", "\"lineEnd\": \"crLf\", \"amounts\": \"fen\"", StringComparison.Ordinal);
        var decision = ProfileValidation.Read("sample-bank.json", Encoding.UTF8.GetBytes(text), Catalogue);
        Assert.True(decision.Accepted);
        Assert.All(ConformanceRun.Of(decision.Value, []), check => Assert.True(check.Passed, check.Name));
        var (bytes, errors) = CodecSamples.Encode(decision.Value, CodecSamples.Plan("SAMPLE00000000000001",
            "2402000000000000001", new(2026, 1, 30), CodecSamples.Row(1, "6222020000000000004", "样例", 512_345)),
            CodecSamples.Row(1, "6222020000000000004", "样例", 512_345));
        Assert.Empty(errors);
        Assert.Equal("1^@^6222020000000000004^@^样例^@^512345^@^\r\n",
            CodePagesEncodingProvider.Instance.GetEncoding("GBK")!.GetString(bytes));
    }

    [Fact]
    public void A_codec_that_keeps_no_limit_fails_the_kit()
    {
        var generous = CodecSamples.Icbc with { Limits = CodecSamples.Icbc.Limits with { NameWidth = 512 } };
        var subject = ConformanceSubject.Of(CodecSamples.Icbc, Catalogue, Instant.FromUtc(2026, 1, 30, 0, 0), []);
        var checks = ConformanceKit.Run(subject with { Encoder = new Held(subject.Encoder, generous) });
        Assert.Equal(["a name one character wider is refused"], checks.Where(c => !c.Passed).Select(c => c.Name));
    }

    /// <summary>Encodes by another profile than it is given.</summary>
    private sealed class Held(IPaymentEncoder encoder, BankProfile profile) : IPaymentEncoder
    {
        public IReadOnlyList<LocatedError> Encode(BankProfile _, PaymentPlan plan,
            IEnumerable<CreditInstruction> instructions, Stream output) =>
            encoder.Encode(profile, plan, instructions, output);
    }
}

using System.Globalization;
using System.Text.Json;
using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Codecs.Iso20022;
using Disbursement.BankAdapters.Codecs.StatementCsv;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>Reads profiles and holds them to <see cref="ProfileRules"/>:
/// every finding at once, each naming its field.</summary>
public static class ProfileValidation
{
    /// <summary>The facts a profile must give a source for ("unsourced"
    /// counts as an answer, and is warned about).</summary>
    public static IReadOnlyList<string> SourcedFacts { get; } =
    [
        "outbound", "inbound", "statement", "envelope",
        "limits.rowsPerFile", "limits.batchReferenceWidth", "limits.rowReferenceWidth", "limits.accountWidth",
        "limits.nameWidth", "limits.remarkWidth", "limits.fileFen", "limits.rowFen",
        "manners.cutOffs", "manners.creditLagDays", "manners.answerByDays", "manners.debitMode",
        "manners.absenceProof", "codes",
    ];

    /// <summary>Bytes of a profile file → the profile, or every
    /// reason why not. Any bytes; never an exception.</summary>
    /// <param name="file">The file's name as the user gave it, for the findings.</param>
    public static Decision<BankProfile> Read(string file, ReadOnlySpan<byte> json, BankCatalogue catalogue)
    {
        BankProfile? profile;
        try
        {
            profile = JsonSerializer.Deserialize<BankProfile>(json, BankProfile.Json);
        }
        catch (JsonException fault)
        {
            return Decision<BankProfile>.Refuse(ProfileRules.Unreadable,
                new Place(file, (fault.LineNumber ?? 0) + 1, fault.Path ?? "", JsonFault.ValueAt(fault, json)),
                JsonFault.Of(fault, json, typeof(BankProfile)));
        }
        if (profile is null || HasNull(profile))
            return Decision<BankProfile>.Refuse(ProfileRules.Unreadable, new Place(file, 1, "", ""),
                Bilingual.Of("有一处为 null", "null where a value belongs"));
        var findings = Check(profile, catalogue).Select(f => f with { At = f.At with { File = file } }).ToList();
        return findings.Exists(f => f.Rule.Severity == Severity.Refusal)
            ? Decision<BankProfile>.Refuse(findings)
            : Decision<BankProfile>.Accept(profile, findings);
    }

    /// <summary>Every finding about the profile, in the order of <see cref="ProfileRules.All"/>.</summary>
    public static IReadOnlyList<Finding> Check(BankProfile profile, BankCatalogue catalogue)
    {
        var order = ProfileRules.All.ToList();
        IEnumerable<Finding> found =
        [
            .. Names(profile), .. Forms(profile, catalogue), .. Limits(profile.Limits), .. Manners(profile.Manners),
            .. Codes(profile.Codes), .. Sources(profile),
        ];
        return [.. found.OrderBy(finding => order.IndexOf(finding.Rule))];
    }

    /// <summary>JSON null where the record has none to give: the deserialiser lets it through.</summary>
    private static bool HasNull(BankProfile p) =>
        p.Id is null || p.NameZh is null || p.NameEn is null || p.BankCode is null
        || p.Outbound is null || p.Inbound is null || p.Statement is null || p.Envelope is null || p.Transport is null
        || p.Limits is null || p.Manners?.CutOffs is null || p.Codes is null || p.Sources is null
        || p.Codes.Any(c => c?.Match is null) || p.Manners.CutOffs.Any(c => c is null)
        || p.Forms().Any(f => f.Form.Codec is null || f.Form.Charset is null || LayoutValidation.HasNull(f.Form.Layout)
            || TreeValidation.HasNull(f.Form.Tree))
        || new[] { p.Queries?.File, p.Queries?.Returns }.Any(form => form is not null
            && (form.Codec is null || form.Charset is null || TreeValidation.HasNull(form.Tree)))
        || new[] { p.Cards?.Request, p.Cards?.Answer }.Any(form => p.Cards is not null
            && (form?.Codec is null || form.Charset is null || LayoutValidation.HasNull(form.Layout)))
        || (p.Recall is { } recall && (recall.Codec is null || recall.Charset is null))
        || p.Envelope.Kind is null || p.Transport.Kind is null || p.Transport.NamePattern is null
        || p.Transport.Kinds.Any(kind => kind is null)
        || PostValidation.HasNull(p.Transport.Post);

    private static IEnumerable<Finding> Names(BankProfile p)
    {
        if (p.Id.Length == 0 || !p.Id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.'))
            yield return new(ProfileRules.Id, Place.Of("id", p.Id), p.Id);
        foreach (var (field, value) in new[]
        {
            ("nameZh", p.NameZh), ("nameEn", p.NameEn), ("envelope.ourKey", p.Envelope.OurKey),
            ("envelope.bankCertificate", p.Envelope.BankCertificate),
        })
            if (string.IsNullOrWhiteSpace(value)) yield return new(ProfileRules.Missing, Place.Of(field, ""), field);
        if (p.BankCode.Length != 3 || !p.BankCode.All(char.IsAsciiDigit))
            yield return new(ProfileRules.BankCode, Place.Of("bankCode", p.BankCode), p.BankCode);
    }

    private static IEnumerable<Finding> Forms(BankProfile p, BankCatalogue catalogue)
    {
        if (catalogue.Encoder(p.Outbound.Codec) is null)
            yield return NoCodec("outbound.codec", p.Outbound.Codec, catalogue.EncoderNames);
        if (p.Recall is { } recall && catalogue.Recall(recall.Codec) is null)
            yield return NoCodec("recall.codec", recall.Codec, catalogue.RecallNames);
        if (p.Outbound.Option(IsoDocument.HeaderOption, "") is { Length: > 0 } header
            && !IsoDocument.Headers.Contains(header))
            yield return new(ProfileRules.BusinessHeader, Place.Of("outbound.options.businessHeader", header), header,
                string.Join(", ", IsoDocument.Headers));
        foreach (var (field, form) in p.Forms())
            if (field != "outbound" && catalogue.Decoder(form.Codec) is null)
                yield return NoCodec($"{field}.codec", form.Codec, catalogue.DecoderNames);
        foreach (var (field, form) in p.Forms())
            if (BankCharset.Named(form.Charset) is null && !(form == p.Statement && IsFoundOut(form)))
                yield return new(ProfileRules.Charset, Place.Of($"{field}.charset", form.Charset), form.Charset);
        foreach (var (field, form) in p.Forms())
        {
            foreach (var finding in LayoutValidation.Check(field, form, isOutbound: field == "outbound"))
                yield return finding;
            foreach (var finding in TreeValidation.Check(field, form, isOutbound: field == "outbound"))
                yield return finding;
        }
        foreach (var (field, form) in new[]
            { ("queries.file", p.Queries?.File), ("queries.returns", p.Queries?.Returns) })
            if (form is not null)
                foreach (var finding in TreeValidation.CheckQuestion(field, p, form))
                    yield return finding;
        foreach (var finding in CardValidation.Check(p, catalogue)) yield return finding;
        foreach (var kind in new[] { p.Envelope.Kind, p.Envelope.Beside }.OfType<string>())
            if (catalogue.Envelope(kind) is null
                || (kind == p.Envelope.Beside && catalogue.SignatureSuffix(kind).Length == 0))
                yield return new(ProfileRules.Envelope, Place.Of("envelope.kind", kind), kind,
                    string.Join(", ", catalogue.EnvelopeKinds));
        foreach (var kind in p.Transport.Kinds.Where(kind => !catalogue.TransportKinds.Contains(kind)))
            yield return new(ProfileRules.Transport, Place.Of("transport.kind", kind), kind,
                string.Join(", ", catalogue.TransportKinds));
        var pattern = p.Transport.NamePattern;
        if (pattern.Split("{reference}").Length != 2 || pattern.IndexOfAny(['/', '\\']) >= 0 || pattern.StartsWith('.'))
            yield return new(ProfileRules.NamePattern, Place.Of("transport.namePattern", pattern), pattern);
        foreach (var finding in PostValidation.Check(p.Transport)) yield return finding;

        // A statement exported by hand is in whatever set the program of the day writes: its first heading tells which.
        static bool IsFoundOut(FileForm form) => form is { Codec: StatementCsvDecoder.Name, Charset: "auto" };

        static Finding NoCodec(string field, string codec, IEnumerable<string> known) =>
            new(ProfileRules.Codec, Place.Of(field, codec), codec, string.Join(", ", known));
    }

    private static IEnumerable<Finding> Limits(BankLimits l)
    {
        // Smallest widths met: batch 16, row 8 (domain facts 7.16). A sheet has at most 50,000 lines, a file no more.
        // Sums of money stay far inside 64 bits and, as JSON numbers, exact in every reader (below 2^53).
        const long MostFen = 9_007_199_254_740_991;
        foreach (var (field, value, least, most) in new (string, long, long, long)[]
        {
            ("limits.rowsPerFile", l.RowsPerFile, 1, 50_000),
            ("limits.batchReferenceWidth", l.BatchReferenceWidth, 16, 64),
            ("limits.rowReferenceWidth", l.RowReferenceWidth, 8, 64),
            ("limits.accountWidth", l.AccountWidth, 19, 64),
            ("limits.nameWidth", l.NameWidth, 8, 512),
            ("limits.remarkWidth", l.RemarkWidth, 0, 512),
            ("limits.fileFen", l.FileFen, 1, MostFen),
            ("limits.rowFen", l.RowFen, 1, MostFen),
        })
            if (value < least || value > most) yield return OutOf(field, value, least, most);
    }

    private static IEnumerable<Finding> Manners(BankManners m)
    {
        var last = TimeOnly.MinValue;
        var rising = m.CutOffs.Count > 0;
        foreach (var text in m.CutOffs)
        {
            rising &= TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None,
                out var time) && time > last;
            last = time;
        }
        if (!rising)
            yield return new(ProfileRules.CutOff, Place.Of("manners.cutOffs", ""), string.Join(", ", m.CutOffs));
        if (m.CreditLagDays is < 0 or > 10) yield return OutOf("manners.creditLagDays", m.CreditLagDays, 0, 10);
        if (m.AnswerByDays is < 1 or > 30) yield return OutOf("manners.answerByDays", m.AnswerByDays, 1, 30);
        if (m.AbsenceProof is AbsenceProof.QuietPeriod != m.QuietPeriodHours > 0 || m.QuietPeriodHours < 0)
            yield return new(ProfileRules.QuietPeriod, Place.Of("manners.quietPeriodHours", $"{m.QuietPeriodHours}"));
    }

    private static IEnumerable<Finding> Codes(IReadOnlyList<CodeMapping> codes)
    {
        foreach (var twice in codes.GroupBy(c => c.Match).Where(g => g.Count() > 1))
            yield return new(ProfileRules.CodeTwice, Place.Of("codes", twice.Key), twice.Key);
        foreach (var c in codes)
            if (c.Word is LineWord.Settled or LineWord.Pending != c.Reason is ReturnReason.None)
                yield return new(ProfileRules.CodeReason, Place.Of("codes", c.Match),
                    c.Match, $"{c.Word}", $"{c.Reason}");
        if (!codes.Any(c => c.Word is LineWord.Settled))
            yield return new(ProfileRules.NoSettledCode, Place.Of("codes", ""));
    }

    private static IEnumerable<Finding> Sources(BankProfile p)
    {
        var sources = p.Sources;
        foreach (var fact in SourcedFacts.Concat(p.Recall is null ? [] : ["recall"])
            .Concat(p.Transport.Post is null ? [] : ["transport.post"])
            .Concat(p.Cards is null ? [] : ["cards"]))
            if (!sources.TryGetValue(fact, out var source) || string.IsNullOrWhiteSpace(source))
                yield return new(ProfileRules.NoSource, Place.Of($"sources.{fact}", ""), fact);
        foreach (var (fact, source) in sources.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            // Also a part of it: "values unsourced", "that this bank uses these words is unsourced".
            if (source?.Contains("unsourced", StringComparison.Ordinal) == true)
                yield return new(ProfileRules.Unsourced, Place.Of($"sources.{fact}", source), fact);
        // A bank that is asked nothing here may take questions: nobody has its form.
        if (p.Queries?.File is null && !sources.ContainsKey("queries"))
            yield return new(ProfileRules.Unsourced, Place.Of("queries", ""), "queries");
    }

    private static Finding OutOf(string field, long value, long least, long most) =>
        new(ProfileRules.Limit, Place.Of(field, $"{value}"), field, $"{least}", $"{most}", $"{value}");
}

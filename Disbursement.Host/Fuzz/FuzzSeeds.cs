using System.Text;
using System.Text.Json;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Bench.Codecs;

namespace Disbursement.Host.Fuzz;

/// <summary>The valid messages that inputs for decoders are made of: what the sandbox bank of each shipped profile
/// answers to an order with every fate in it, and months in the forms it has no words for.</summary>
internal static class FuzzSeeds
{
    public const string Payer = "6212260000000000017";

    /// <summary>Six digits before the check digit: what the sandbox bank does with the row.</summary>
    private static readonly string[] Fates =
        ["100001", "990001", "100002", "990005", "990002", "100003", "990009", "990003", "990007", "100004"];

    private static readonly Lazy<IReadOnlyDictionary<string, BankProfile>> Read = new(() => Shipped.Profiles()
        .Select(file => JsonSerializer.Deserialize<BankProfile>(File.ReadAllBytes(file), BankProfile.Json)!)
        .ToDictionary(profile => profile.Id, StringComparer.Ordinal));

    private static readonly Lazy<IReadOnlyList<FuzzInput>> Made = new(Make);

    /// <summary>The shipped profiles by id.</summary>
    public static IReadOnlyDictionary<string, BankProfile> Profiles => Read.Value;

    /// <summary>The seeds of that part whose form of their profile names that codec.</summary>
    public static IReadOnlyList<FuzzInput> Of(string codec, FuzzPart part) => [.. Made.Value.Where(seed =>
        FuzzParts.Of(seed.Name) == part && Profiles[seed.Profile].FormOf(seed.Name).Codec == codec)];

    private static IReadOnlyList<FuzzInput> Make()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var scratch = Directory.CreateTempSubdirectory("fuzz-").FullName;
        try
        {
            return [.. Profiles.Values.SelectMany(profile => Answers(profile, scratch)), .. Months()];
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static IEnumerable<FuzzInput> Answers(BankProfile profile, string scratch)
    {
        if (Partner.Find(profile.Id) is not { } partner) yield break;
        foreach (var lines in new[] { 4, 10 })
        {
            var (_, _, order) = Taken(profile, partner, Fates[..lines]);
            var books = Path.Combine(scratch, $"{profile.Id}-{lines}");
            foreach (var (answer, bytes) in SampleMonth.Of(partner, order, books))
                yield return new(profile.Id, answer, bytes);
        }
        foreach (var answer in RequestSeeds.Of(profile, partner, scratch)) yield return answer;
    }

    /// <summary>An order with a row of each of these fates, as we make it and as the sandbox bank reads it.</summary>
    public static (PaymentPlan Plan, IReadOnlyList<CreditInstruction> Rows, Order Order) Taken(BankProfile profile,
        Partner partner, IReadOnlyList<string> fates)
    {
        var (plan, rows) = Order(profile, fates);
        using var output = new MemoryStream();
        var errors = BankCatalogue.Shipped.Encoder(profile.Outbound.Codec)!.Encode(profile, plan, rows, output);
        Invariant.Holds(errors.Count == 0, $"{profile.Id}: {(errors.Count > 0 ? errors[0] : null)}");
        var name = profile.Transport.NamePattern.Replace("{reference}", plan.Reference, StringComparison.Ordinal);
        var order = OrderReader.Read(partner, name, output.ToArray()).Order
            ?? throw new DefectException($"the sandbox bank of {profile.Id} does not read its order");
        // A form that names no payer is paid from the account that was agreed on.
        return (plan, rows, order.PayerAccount.Length == 0 ? order with { PayerAccount = Payer } : order);
    }

    /// <summary>Of a file or batch, in the profile's width.</summary>
    public static string Reference(BankProfile profile) =>
        profile.Limits.BatchReferenceWidth < 20 ? "SAMPLE2603000001" : "SAMPLE26030000000001";

    private static (PaymentPlan, IReadOnlyList<CreditInstruction>) Order(BankProfile profile,
        IReadOnlyList<string> fates)
    {
        var rows = fates.Select((fate, i) => new CreditInstruction(i + 1, $"{i + 1:00000000}", Account(fate),
            $"样例工人·{"甲乙丙丁戊己庚辛壬癸"[i % 10]}", "", "", new Money(500_001 + i), "2026年2月")).ToList();
        return (new(Reference(profile), Payer, "样例建设有限公司专户", profile.BankCode + "701000017", "SAMPLE-C-01",
            new(2026, 3, 13), new(2026, 3, 13, 9, 0), rows.Count, new Money(rows.Sum(row => row.Amount.Fen)),
            "代发工资"), rows);
    }

    private static string Account(string fate)
    {
        var body = "621226000000" + fate;
        return body + BankCard.CheckDigit(body);
    }

    /// <summary>The bench's months in forms that not every sandbox bank writes.</summary>
    private static IEnumerable<FuzzInput> Months()
    {
        const string Result = "SAMPLE0000000001-result-1", Statement = "statement-0017-1";
        const string Recall = "SAMPLE0000000001-recall-1";
        (string Profile, string Name, Action<int, Stream> Month)[] months =
        [
            ("iso20022-pain", Result, CodecMonth.Pain002), ("iso20022-pain", Statement, CodecMonth.Camt053),
            ("iso20022-mt940", Statement, CodecMonth.Mt940), ("icbc-bxt", Statement, CodecMonth.StatementCsv),
            ("icbc-bxt", Result, CodecMonth.BatchPayDetail), ("gzb-delimited", Result, CodecMonth.Delimited),
            ("gzrc-fixed", Result, CodecMonth.FixedWidth),
            ("iso20022-pain", Statement, FuzzMonths.Camt052), ("iso20022-pain", Recall, FuzzMonths.Camt029),
            ("iso20022-mt940", Statement, FuzzMonths.Mt942),
        ];
        foreach (var (profile, name, month) in months)
            foreach (var lines in new[] { 3, 20 })
            {
                using var output = new MemoryStream();
                month(lines, output);
                yield return new(profile, name, output.ToArray());
            }
    }
}

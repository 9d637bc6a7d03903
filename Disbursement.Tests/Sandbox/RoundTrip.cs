using System.Text.Json;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Tests.Codecs.Iso20022;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>One shipped profile with everything of ours that it names, and the sandbox bank at the other end of its
/// folders. People and accounts are made up (样例).</summary>
internal sealed class RoundTrip : IDisposable
{
    public const string Payer = "6212260000000000017";
    public static readonly BankDay Day = new(new(2026, 3, 13), "2026-03-13T17:00:00");
    public static readonly BankDay NextDay = new(new(2026, 3, 16), "2026-03-16T17:00:00");

    private static readonly Instant Received = Instant.FromUtc(2026, 3, 13, 9, 30);
    private static readonly Lazy<string> MadeKeys = new(MakeKeys);

    private readonly string _root;
    private readonly bool _isOwnRoot;
    private readonly IKeyRing _ring = new PemKeyRing(KeyFolder);
    private readonly ITransport _transport;
    private readonly IEnvelope _envelope;

    /// <param name="root">The folder of the exchange; one of its own where none is given.</param>
    /// <param name="transport">What carries between us and the folder of that exchange.</param>
    public RoundTrip(string profile, string? root = null, ITransport? transport = null)
    {
        _isOwnRoot = root is null;
        _root = root ?? Directory.CreateTempSubdirectory("round-trip-").FullName;
        Profile = Read(profile);
        Partner = Partner.Find(profile)!;
        Bank = new(Partner, BooksFolder);
        Exchange = new(_root, Partner);
        _transport = transport ?? new FolderTransport(Path.Combine(_root, profile, "to-bank"),
            Path.Combine(_root, profile, "from-bank"));
        _envelope = EnvelopeCatalogue.Find(Profile.Envelope.Kind)!;
    }

    /// <summary>Sample keys of both sides for every shipped profile, made once per run.</summary>
    public static string KeyFolder => MadeKeys.Value;

    /// <summary>As wide as the bank takes it, at most twenty characters.</summary>
    public string Reference => Profile.Limits.BatchReferenceWidth < 20 ? "SAMPLE2603000001" : "SAMPLE26030000000001";

    public BankProfile Profile { get; }
    public Partner Partner { get; }
    public SandboxBank Bank { get; }
    public Exchange Exchange { get; }
    public BankKeys Keys => BankKeys.Read(KeyFolder, Profile.Id);
    public string ExchangeFolder => _root;
    public string BooksFolder { get; } = Directory.CreateTempSubdirectory("round-trip-books-").FullName;

    public static BankProfile Read(string profile) => JsonSerializer.Deserialize<BankProfile>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "profiles", $"{profile}.json")), BankProfile.Json)!;

    /// <summary>A payee account: six digits that tell its fate, and a valid check digit behind them.</summary>
    public static string Account(string magic)
    {
        var body = "621226000000" + magic;
        return body + BankCard.CheckDigit(body);
    }

    public void Deposit(long fen) => Bank.Post(
        new(Day.Date, Day.At, "D1", "TRANSFER", Payer, fen, "样例建设单位", "6212260000000000025", "人工费用"));

    /// <summary>Encodes, seals and sends a file of these payees.</summary>
    public SendResult Send(params (string Account, long Fen)[] rows) => Send(Reference, Encode(rows));

    /// <summary>Calls rows of a file back, or all of it where none are named.</summary>
    public SendResult Recall(int number, IReadOnlyList<(string Account, long Fen)> file, params int[] rows)
    {
        var (plan, instructions) = PlanOf(file);
        using var output = new MemoryStream();
        Assert.Empty(BankCatalogue.Shipped.Recall(Profile.Recall!.Codec)!.Encode(Profile, new RecallRequest(
            RecallRequest.ReferenceOf(Reference, number), plan, [.. rows.Select(r => instructions[r - 1])],
            RecallReason.Duplicate, new(2026, 3, 13, 10, 0)), output));
        return Send($"{Reference}-recall-{number}", output.ToArray());
    }

    private SendResult Send(string name, byte[] body)
    {
        var form = Profile.Envelope;
        var message = _envelope.Seal(body, _ring, new(form.OurKey, form.BankCertificate, form.DistinguishedId));
        return _transport.Send(Profile.Transport.NamePattern.Replace("{reference}", name, StringComparison.Ordinal),
            message);
    }

    public byte[] Encode(params (string Account, long Fen)[] rows)
    {
        var (plan, instructions) = PlanOf(rows);
        using var output = new MemoryStream();
        Assert.Empty(BankCatalogue.Shipped.Encoder(Profile.Outbound.Codec)!
            .Encode(Profile, plan, instructions, output));
        return output.ToArray();
    }

    private (PaymentPlan Plan, List<CreditInstruction> Rows) PlanOf(IReadOnlyList<(string Account, long Fen)> rows)
    {
        var instructions = rows.Select((row, i) => new CreditInstruction(i + 1, $"{i + 1:00000000}", row.Account,
            $"样例工人·{"甲乙丙丁戊己庚辛壬癸"[i % 10]}", "", "", new Money(row.Fen), "2026年2月")).ToList();
        var plan = new PaymentPlan(Reference, Payer, "样例建设有限公司专户", Profile.BankCode + "701000017", "SAMPLE-C-01",
            new(2026, 3, 13), new(2026, 3, 13, 9, 0), rows.Count, new Money(rows.Sum(r => r.Fen)), "代发工资");
        return (plan, instructions);
    }

    /// <summary>Takes, opens, decodes and acknowledges what waits; each message with the name it came under.</summary>
    public IReadOnlyDictionary<string, CollectedMessage> Receive() => _transport.List().ToDictionary(n => n, Receive);

    private CollectedMessage Receive(string name)
    {
        var taken = _transport.Take(name)!;
        var isBeside = taken.Signature is not null;
        var opened = EnvelopeCatalogue.Find(Profile.Envelope.KindOf(isBeside))!.Open(taken, _ring,
            Profile.Envelope.Names(isBeside), Received);
        Assert.True(opened.Fault == OpenFault.None, $"{name}: {opened.Fault} {opened.Detail}");
        var message = new CollectedMessage();
        using var body = new MemoryStream(opened.Body.ToArray());
        BankCatalogue.Shipped.Decoder(Profile.FormOf(name).Codec)!
            .Decode(Profile, name, body, message);
        Assert.True(message.Errors.Count == 0, $"{name}: {string.Join("; ", message.Errors)}");
        _transport.Acknowledge(name);
        return message;
    }

    public void Dispose()
    {
        (_transport as IDisposable)?.Dispose();
        Directory.Delete(BooksFolder, recursive: true);
        if (_isOwnRoot) Directory.Delete(_root, recursive: true);
    }

    private static string MakeKeys()
    {
        var folder = Directory.CreateTempSubdirectory("round-trip-keys-").FullName;
        var (from, until) = (Instant.FromUtc(2026, 1, 1, 0, 0), Instant.FromUtc(2036, 1, 1, 0, 0));
        foreach (var profile in Partner.All.Select(p => p.Id))
        {
            var isSm2 = profile != "iso20022-pain";
            SampleKeys.Ensure(folder, $"ours-{profile}", isSm2 ? SampleKeyKind.Sm2 : SampleKeyKind.Rsa3072, from,
                until);
            SampleKeys.Ensure(folder, $"bank-{profile}", isSm2 ? SampleKeyKind.Sm2 : SampleKeyKind.EcdsaP256, from,
                until);
        }
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    }
}

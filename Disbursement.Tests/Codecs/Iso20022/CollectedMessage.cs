using System.Text;
using System.Text.Json;
using Disbursement.BankAdapters.Codecs.Iso20022;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>All parts of a decoded message, for looking at.</summary>
internal sealed class CollectedMessage : IMessageSink
{
    public List<MessageHead> Heads { get; } = [];
    public List<ReportLine> Lines { get; } = [];
    public List<StatementHead> Statements { get; } = [];
    public List<StatementEntry> Entries { get; } = [];
    public List<LocatedError> Errors { get; } = [];

    public int Parts => Heads.Count + Lines.Count + Statements.Count + Entries.Count;

    public void Head(MessageHead head) => Heads.Add(head);
    public void Line(in ReportLine line) => Lines.Add(line);
    public void Statement(StatementHead head) => Statements.Add(head);
    public void Entry(in StatementEntry entry) => Entries.Add(entry);
    public void Error(LocatedError error) => Errors.Add(error);

    public static CollectedMessage Of(IMessageDecoder decoder, BankProfile profile, byte[] bytes)
    {
        var collected = new CollectedMessage();
        decoder.Decode(profile, "sample", new MemoryStream(bytes), collected);
        return collected;
    }

    public static CollectedMessage OfIso(byte[] bytes) => Of(new Iso20022Decoder(), SampleFile.Profile, bytes);

    public static CollectedMessage OfIso(string xml) => OfIso(Encoding.UTF8.GetBytes(xml));
}

/// <summary>The file behind the golden messages (样例).</summary>
internal static class SampleFile
{
    public const string Reference = "SAMPLE00000000000042";
    public const string PayerAccount = "95559900000000001";

    public static BankProfile Profile { get; } = JsonSerializer.Deserialize<BankProfile>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "profiles", "iso20022-pain.json")), BankProfile.Json)!;

    public static CreditInstruction[] Instructions { get; } =
    [
        new(1, "00000001", "6217999900000000016", "样例工一", "", "", new Money(512345), "2026-10"),
        new(2, "00000002", "6217999900000000024", "𠮷样例&<工>二", "", "", new Money(1), ""),
        new(3, "00000003", "6222089900000000033", "阿依古丽·样例", "102100099996", "样例工商银行<&>", new Money(600050), "2026-10"),
        new(4, "00000004", "6217999900000000040", "样例工四", "", "", new Money(88800), "2026-10"),
    ];

    public static byte[] Golden(string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", "iso20022-pain", name));

    public static PaymentPlan PlanOf(IReadOnlyCollection<CreditInstruction> instructions) => new(Reference,
        PayerAccount, "样例建筑<一>有限公司", "403100000004", "SAMPLE-C-01", new LocalDate(2026, 11, 6),
        new LocalDateTime(2026, 11, 5, 9, 30),
        instructions.Count, new Money(instructions.Sum(i => i.Amount.Fen)), "代发工资");

    public static (byte[] Bytes, IReadOnlyList<LocatedError> Errors) Encode(
        IReadOnlyCollection<CreditInstruction> instructions)
    {
        var output = new MemoryStream();
        var errors = new Pain001Encoder().Encode(Profile, PlanOf(instructions), instructions, output);
        return (output.ToArray(), errors);
    }

    /// <summary>The folder of data that is not ours to copy:
    /// DISBURSEMENT_SHARED, or "shared" beside the repository.</summary>
    public static string Shared(params string[] path)
    {
        var root = Environment.GetEnvironmentVariable("DISBURSEMENT_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); root is null && at is not null; at = at.Parent)
        {
            var beside = Path.Combine(at.FullName, "shared");
            if (Directory.Exists(Path.Combine(beside, "iso20022"))) root = beside;
        }
        Assert.True(root is not null, "no shared data: set DISBURSEMENT_SHARED");
        return Path.Combine([root, .. path]);
    }
}

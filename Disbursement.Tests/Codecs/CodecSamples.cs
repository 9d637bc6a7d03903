using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host;
using NodaTime;

namespace Disbursement.Tests.Codecs;

/// <summary>Gathers what a decoder gives.</summary>
internal sealed class GatheredMessage : IMessageSink
{
    public List<MessageHead> Heads { get; } = [];
    public List<ReportLine> Lines { get; } = [];
    public List<LocatedError> Errors { get; } = [];
    public void Head(MessageHead head) => Heads.Add(head);
    public void Line(in ReportLine line) => Lines.Add(line);
    public void Statement(StatementHead head) => throw new DefectException("no statement was expected");
    public void Entry(in StatementEntry entry) => throw new DefectException("no entry was expected");
    public void Error(LocatedError error) => Errors.Add(error);
}

/// <summary>The shipped profiles, made-up plans, golden files: what the codec tests share.</summary>
internal static class CodecSamples
{
    public static BankProfile Icbc { get; } = Profile("icbc-bxt");
    public static BankProfile Cmb { get; } = Profile("cmb-ntagcsal");

    /// <summary>Ids of the profiles that ship, in order.</summary>
    public static IReadOnlyList<string> ProfileIds { get; } =
        [.. Shipped.Profiles().Select(file => Path.GetFileNameWithoutExtension(file)!)];

    public static byte[] ProfileBytes(string id) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "profiles", $"{id}.json"));

    public static byte[] Golden(string folder, string name) =>
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Golden", folder, name));

    public static CreditInstruction Row(int row, string account, string name, long fen, string remark = "",
        string bankCode = "", string bank = "") =>
        new(row, $"{row:00000000}", account, name, bankCode, bank, new Money(fen), remark);

    public static PaymentPlan Plan(string reference, string payer, LocalDate day, params CreditInstruction[] rows) =>
        new(reference, payer, "样例建设有限公司", "102701000017", "样例用户1", day, day.AtMidnight(), rows.Length,
            new Money(rows.Sum(r => r.Amount.Fen)), "代发工资");

    public static (byte[] Bytes, IReadOnlyList<LocatedError> Errors) Encode(BankProfile profile, PaymentPlan plan,
        params CreditInstruction[] rows)
    {
        using var output = new MemoryStream();
        var errors = BankCatalogue.Shipped.Encoder(profile.Outbound.Codec)!.Encode(profile, plan, rows, output);
        return (output.ToArray(), errors);
    }

    public static GatheredMessage Decode(BankProfile profile, string name, byte[] bytes)
    {
        var message = new GatheredMessage();
        using var input = new MemoryStream(bytes);
        BankCatalogue.Shipped.Decoder(profile.Inbound.Codec)!.Decode(profile, name, input, message);
        return message;
    }

    /// <summary>A file of the data kept beside the repository,
    /// found by DISBURSEMENT_SHARED or upwards from here.</summary>
    public static byte[] Outside(string path)
    {
        var shared = Environment.GetEnvironmentVariable("DISBURSEMENT_SHARED");
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); shared is null && at is not null; at = at.Parent)
            if (Directory.Exists(Path.Combine(at.FullName, "shared", "cn-bank")))
                shared = Path.Combine(at.FullName, "shared");
        return File.ReadAllBytes(Path.Combine(shared ?? throw new DefectException("set DISBURSEMENT_SHARED"), path));
    }

    public static BankProfile Profile(string id) =>
        System.Text.Json.JsonSerializer.Deserialize<BankProfile>(ProfileBytes(id), BankProfile.Json)!;
}

using System.CommandLine;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.BankAdapters.Transports;
using Disbursement.Host.Files;
using NodaTime;

namespace Disbursement.Host.Cli;

/// <summary>profile test: the conformance kit with the real envelope and folder transport, and a report that a bank
/// can sign.</summary>
public static class ConformanceReport
{
    // A day of its own: the report of a profile is the same whenever it is made.
    private static readonly Instant At = Instant.FromUtc(2026, 6, 1, 4, 0);

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "配置文件 / profile file" };
        var answers = new Option<FileInfo[]>("--answers")
        {
            AllowMultipleArgumentsPerToken = true,
            Description = "银行样例回执 / sample messages of the bank, under its own names",
        };
        var transport = new Option<string?>("--transport")
        {
            Description = "银行提供的一种传输, 地址取自连接文件 / a transport the bank offers, by its link; else folders",
        };
        var run = new Option<string>("--run")
        {
            DefaultValueFactory = _ => "0001",
            Description = "编号, 每次不同: 文件名不重复 / a new one for each run over a link: names are never reused",
        };
        var test = new Command("test", "按配置试验编码、签名、收发 / try codecs, envelope and transport")
        { file, answers, transport, run };
        test.SetAction(parse =>
        {
            var session = new Session(parse);
            var output = session.Output;
            var catalogue = session.Adapters.Catalogue;
            var source = parse.GetValue(file)!;
            var decision = ProfileCommands.Read(source, catalogue);
            if (!decision.Accepted) return ProfileCommands.Refused(output, decision.Findings);
            var samples = (parse.GetValue(answers) ?? []).Select(Sample).ToList();
            var profile = decision.Value;
            ITransport? link = null;
            if (parse.GetValue(transport) is { } kind)
            {
                // Reached as the installation reaches it, but by the kind that is asked for.
                var linked = BankLinks.Of(session.SettingsAlone, profile, kind);
                if (!linked.Accepted) return output.Refused(linked.Findings);
                link = linked.Value;
            }
            using var open = link as IDisposable;
            var checks = Run(profile, samples, link, parse.GetValue(run)!, catalogue);
            Print(output, decision.Value, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(source.FullName))),
                checks);
            return checks.All(check => check.Passed) ? ExitStatus.Done : ExitStatus.FoundWrong;
        });
        return test;
    }

    /// <summary>Runs the kit on sample keys and folders of its own, which are gone afterwards.</summary>
    /// <param name="catalogue">What reads, writes and seals; null for what ships.</param>
    /// <param name="link">The transport that is tried; folders of its own where none is given.</param>
    public static IReadOnlyList<ConformanceCheck> Run(BankProfile profile, IReadOnlyList<SampleMessage> answers,
        ITransport? link = null, string run = "0001", BankCatalogue? catalogue = null)
    {
        var folder = Directory.CreateTempSubdirectory("conformance-").FullName;
        try
        {
            var kind = profile.Envelope.Kind == CmsEnvelope.Kind ? SampleKeyKind.Rsa3072 : SampleKeyKind.Sm2;
            var keys = Directory.CreateDirectory(Path.Combine(folder, "keys")).FullName;
            SampleKeys.Ensure(keys, profile.Envelope.OurKey, kind, At - Duration.FromDays(1),
                At + Duration.FromDays(365));
            var toBank = Directory.CreateDirectory(Path.Combine(folder, "to-bank")).FullName;
            var fromBank = Directory.CreateDirectory(Path.Combine(folder, "from-bank")).FullName;
            var known = catalogue ?? BankCatalogue.Shipped;
            return ConformanceKit.Run(ConformanceSubject.Of(profile, known, At, answers) with
            {
                Envelope = known.Envelope(profile.Envelope.Kind),
                Keys = new PemKeyRing(keys),
                Transport = link ?? new FolderTransport(toBank, fromBank),
                Run = run,
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static SampleMessage Sample(FileInfo file) => file.Exists
        ? new(file.Name, File.ReadAllBytes(file.FullName))
        : throw Usage.NoFile(file, "--answers ");

    private static void Print(Output output, BankProfile profile, string digest,
        IReadOnlyList<ConformanceCheck> checks)
    {
        var failed = checks.Count(check => !check.Passed);
        var report = new { profile = profile.Id, profile.Version, digest, passed = failed == 0, checks };
        output.Print(report, output.Text("接口符合性报告", "Conformance report")
            + $"\n{profile.NameZh} {profile.NameEn}\n{profile.Id}, {output.Text("版本", "version")} {profile.Version}"
            + $"\nSHA-256 {digest}\n");
        if (output.Json) return;
        output.Table(checks, ("", c => c.Passed ? output.Text("通过", "pass") : output.Text("未过", "FAIL")),
            (output.Text("检查", "check"), c => c.Name), (output.Text("所见", "seen"), c => c.Detail));
        Console.Out.WriteLine($"{output.Text("共", "checks")} {checks.Count}, {output.Text("未过", "failed")} {failed}\n\n"
            + output.Text("我方签字、日期 ____________________   银行签字、日期 ____________________",
                "for us, date ____________________   for the bank, date ____________________"));
    }
}

using System.CommandLine;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Conformance;
using Disbursement.Host.Files;
using Disbursement.Host.Reasons;

namespace Disbursement.Host.Cli;

/// <summary>profile test: the conformance kit with the real envelope and transports, and a report that a bank can
/// sign.</summary>
public static class ConformanceReport
{
    public static Command Create()
    {
        var file = ProfileCommands.Named();
        var answers = new Option<FileInfo[]>("--answers")
        {
            AllowMultipleArgumentsPerToken = true,
            Description = "银行样例回执 / sample messages of the bank, under its own names",
        };
        var transport = new Option<string?>("--transport")
        {
            Description = "银行提供的一种传输, 地址取自连接文件; 缺省: 全部, 对方为本机服务 / "
                + "a transport the bank offers, by its link; else each it offers, against servers of this machine",
        };
        var seal = new Option<string?>("--seal")
        {
            Description = "另一种签名加密方式 / another kind of envelope than the profile's",
        };
        var run = new Option<string>("--run")
        {
            DefaultValueFactory = _ => "0001",
            Description = "编号, 每次不同: 文件名不重复 / a new one for each run over a link: names are never reused",
        };
        var test = new Command("test", "按配置试验编码、签名、收发 / try codecs, envelope and transport")
        { file, answers, transport, run, seal };
        test.SetAction(parse =>
        {
            var session = new Session(parse);
            var output = session.Output;
            var catalogue = session.Adapters.Catalogue;
            var source = ProfileCommands.Found(session, parse.GetValue(file)!);
            var decision = ProfileCommands.Read(source, catalogue);
            if (!decision.Accepted) return ProfileCommands.Refused(output, decision.Findings);
            var samples = (parse.GetValue(answers) ?? []).Select(Sample).ToList();
            var profile = decision.Value;
            var other = parse.GetValue(seal);
            if (other is not null && catalogue.Envelope(other) is null)
                return ProfileCommands.Refused(output, [new(ProfileRules.Envelope, Place.Of("--seal", other), other,
                    string.Join(", ", catalogue.EnvelopeKinds))]);
            ITransport? link = null;
            var asked = parse.GetValue(transport);
            if (asked is not null)
            {
                // Reached as the installation reaches it, but by the kind that is asked for.
                var linked = BankLinks.Of(session.SettingsAlone, profile, asked);
                if (!linked.Accepted) return output.Refused(linked.Findings);
                link = linked.Value;
            }
            using var open = link as IDisposable;
            var checks = ConformanceRun.Of(profile, samples, link, parse.GetValue(run)!, catalogue, other);
            Print(output, decision.Value, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(source.FullName))),
                other ?? profile.Envelope.Kind, asked is null ? [.. profile.Transport.Kinds] : [asked], checks);
            return checks.All(check => check.Passed) ? ExitStatus.Done : ExitStatus.FoundWrong;
        });
        return test;
    }

    private static SampleMessage Sample(FileInfo file) => file.Exists
        ? new(file.Name, File.ReadAllBytes(file.FullName))
        : throw Usage.NoFile(file, "--answers ");

    private static void Print(Output output, BankProfile profile, string digest, string envelope,
        IReadOnlyList<string> transports, IReadOnlyList<ConformanceCheck> checks)
    {
        var failed = checks.Count(check => !check.Passed);
        var report = new
        {
            profile = profile.Id,
            profile.Version,
            digest,
            envelope,
            transports,
            passed = failed == 0,
            checks
        };
        output.Print(report, output.Text("接口符合性报告", "Conformance report")
            + $"\n{output.Text(profile.NameZh, profile.NameEn)}\n{profile.Id}, "
            + $"{output.Text("版本", "version")} {profile.Version}"
            + $"\nSHA-256 {digest}"
            + $"\n{output.Text("签名加密", "envelope")} {envelope}; {output.Text("传输", "transports")} "
            + $"{string.Join(", ", transports)}\n");
        if (output.Json) return;
        output.Table(checks, ("", c => c.Passed ? output.Text("通过", "pass") : output.Text("未过", "FAIL")),
            ("check", c => CheckWords.Name(c.Name, output.Chinese)),
            ("seen", c => CheckWords.Detail(c.Detail, output.Chinese)));
        Console.Out.WriteLine($"{output.Text("共", "checks")} {checks.Count}, {output.Text("未过", "failed")} {failed}\n\n"
            + output.Text("我方签字、日期 ____________________   银行签字、日期 ____________________",
                "for us, date ____________________   for the bank, date ____________________"));
    }
}

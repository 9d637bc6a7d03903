using System.Diagnostics;
using System.Text;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Envelopes;

/// <summary>Sample keys in a folder of their own, made once per run, and the tools that check what we write.</summary>
public static class SampleExchange
{
    public static readonly Instant From = Instant.FromUtc(2026, 1, 1, 0, 0);
    public static readonly Instant Until = Instant.FromUtc(2046, 1, 1, 0, 0);
    public static readonly Instant Within = Instant.FromUtc(2026, 11, 22, 8, 0);
    public static readonly byte[] Body =
        Encoding.UTF8.GetBytes("SAMPLE 样例|代发工资|00000001|6222020000000000000|123456\r\n");

    private static readonly Lazy<string> MadeFolder = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("sample-keys-").FullName;
        SampleKeys.Ensure(folder, "rsa", SampleKeyKind.Rsa3072, From, Until);
        foreach (var name in new[] { "ecdsa", "other-ecdsa" })
            SampleKeys.Ensure(folder, name, SampleKeyKind.EcdsaP256, From, Until);
        foreach (var name in new[] { "sm2", "other-sm2" })
            SampleKeys.Ensure(folder, name, SampleKeyKind.Sm2, From, Until);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        return folder;
    });

    /// <summary>Every kind of envelope with a signature beside the body, with each key it takes.</summary>
    public static readonly TheoryData<string, string> KindsAndKeys = new()
    {
        { CmsEnvelope.Kind, "rsa" }, { CmsEnvelope.Kind, "ecdsa" },
        { Sm2RawEnvelope.Kind, "sm2" }, { Sm2RawEnvelope.JoinedKind, "sm2" },
        { Sm2CmsEnvelope.Kind, "sm2" }, { Sm2AttributedEnvelope.Kind, "sm2" },
    };

    public static string KeyFolder => MadeFolder.Value;

    public static IKeyRing Keys { get; } = new PemKeyRing(KeyFolder);

    public static SealedMessage Seal(string kind, string key) =>
        EnvelopeCatalogue.Find(kind)!.Seal(Body, Keys, Names(key));

    public static OpenedMessage Open(string kind, string key, SealedMessage message, Instant? at = null) =>
        EnvelopeCatalogue.Find(kind)!.Open(message, Keys, Names(key), at ?? Within);

    /// <summary>One key on both ends: what we seal, the test opens as the bank would.</summary>
    public static EnvelopeKeys Names(string key) => new(key, key);

    public static string CertificatePath(string key) => Path.Combine(KeyFolder, key + ".pem");

    public static string KeyPath(string key) => Path.Combine(KeyFolder, key + ".key.pem");

    /// <summary>Writes the files into a folder of their own and runs the tool there: exit code, output.</summary>
    public static (int ExitCode, string Output) Run(string tool, string[] arguments,
        params (string Name, byte[] Bytes)[] files)
    {
        var folder = Directory.CreateTempSubdirectory("sample-run-").FullName;
        try
        {
            foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(folder, name), bytes);
            var start = new ProcessStartInfo(tool, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The folder of outside samples.</summary>
    public static string Shared(params string[] path)
    {
        var named = Environment.GetEnvironmentVariable("DISBURSEMENT_SHARED");
        if (!string.IsNullOrEmpty(named)) return Path.Combine([named, .. path]);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Disbursement.sln")))
                return Path.Combine([folder.Parent!.FullName, "shared", .. path]);
        throw new DirectoryNotFoundException("the outside samples are found by DISBURSEMENT_SHARED or ../shared");
    }
}

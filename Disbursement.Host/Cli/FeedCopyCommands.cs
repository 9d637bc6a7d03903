using System.CommandLine;
using System.Net;
using System.Text.RegularExpressions;
using Disbursement.Engine.Feeds;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Feeds;
using Disbursement.Host.Security;

namespace Disbursement.Host.Cli;

/// <summary>feed receive and check: the subscriber's. Neither opens a database; --key is the public key.</summary>
internal static partial class FeedCopyCommands
{
    public static Command Receive()
    {
        var port = new Option<int>("--port") { Description = "本机端口, 0 为任一空闲端口 / port of loopback, 0 for a free one" };
        var into = new Option<FileInfo>("--into") { Required = true, Description = "存入此文件 / the file to keep them in" };
        var receive = new Command("receive", "试用订阅方: 在本机接收推送, 验签后存入文件 / a subscriber to test against: takes "
            + "what is pushed, verifies it and keeps it") { port, into };
        receive.SetAction(parse =>
        {
            var output = Output.Of(parse);
            var path = parse.GetValue(into)!.FullName;
            var copy = FeedCopy.Open(path, new FeedVerifier(Keys(parse)), out var wrong);
            if (copy is null) return Wrong(output, path, wrong!.Value);
            using var receiver = Listening(copy, parse.GetValue(port));
            output.Print(new { port = receiver.Port, last = copy.Last }, output.Text(
                $"127.0.0.1:{receiver.Port} 接收中, 已有至 {copy.Last}",
                $"receiving on 127.0.0.1:{receiver.Port}, holding up to {copy.Last}"));
            Console.Out.Flush();
            receiver.Serve(why => Console.Error.WriteLine(Bilingual.Said(why, output.Chinese)));
            return ExitStatus.Done;
        });
        return receive;
    }

    public static Command Check()
    {
        var file = new Argument<FileInfo>("file") { Description = "各批次, 每批一行 / batches, one a line" };
        var check = new Command("check", "离线验证: 签名、连续、次序 / verify a copy offline: signatures, gaps, order")
        {
            file,
        };
        check.SetAction(parse =>
        {
            var output = Output.Of(parse);
            var named = parse.GetValue(file)!;
            if (!named.Exists) throw Usage.NoFile(named);
            var verifier = new FeedVerifier(Keys(parse));
            using var stream = named.OpenRead();
            if (FeedCopy.Check(stream, verifier) is { } wrong) return Wrong(output, named.FullName, wrong);
            output.Print(new { verifier.Batches, verifier.Last }, output.Text(
                $"无误: {verifier.Batches} 批, 1 至 {verifier.Last}",
                $"in order: {verifier.Batches} batches, 1 to {verifier.Last}"));
            return ExitStatus.Done;
        });
        return check;
    }

    private static int Wrong(Output output, string file, (long Line, string Why) wrong)
    {
        var finding = new Finding(FeedRules.LineWrong, new Place(Path.GetFileName(file), wrong.Line, "", ""),
            $"{wrong.Line}", wrong.Why);
        output.Findings([finding]);
        if (output.Json) output.Print(new { wrong = true }, "");
        return ExitStatus.FoundWrong;
    }

    private static FeedReceiver Listening(FeedCopy copy, int port)
    {
        try
        {
            return new FeedReceiver(copy, port);
        }
        catch (HttpListenerException taken)
        {
            copy.Dispose();
            throw new UsageException($"--port {port}: 端口不能使用", $"--port {port}: {taken.Message}");
        }
    }

    /// <summary>The public keys of --key: one, or those that came one after the other in one file.</summary>
    private static List<PersonKey> Keys(ParseResult parse)
    {
        var file = parse.GetValue(GlobalOptions.Key) ?? throw new UsageException(
            "须有 --key 公钥文件 (feed subscribe 时所给)", "give --key FILE, the public key that came with the subscription");
        if (!file.Exists) throw Usage.NoFile(file, "--key ");
        var text = File.ReadAllText(file.FullName);
        var blocks = Block().Matches(text).Select(m => m.Value).DefaultIfEmpty(text);
        return [.. blocks.Select(block => PersonKey.Read(block, out var fault)
            ?? throw Usage.NoPublicKey(file, fault)).Distinct()];
    }

    [GeneratedRegex("-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----", RegexOptions.Singleline)]
    private static partial Regex Block();
}

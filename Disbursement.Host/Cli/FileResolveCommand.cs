using System.CommandLine;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>
/// file resolve: two people, each by a run, say with the bank's document what became of an Unknown file, or with --line
/// of one line the bank does not answer or answers both ways.
/// </summary>
internal static class FileResolveCommand
{
    private static readonly string[] s_ofFile = ["accepted", "refused", "absent"];

    private static readonly IReadOnlyDictionary<string, OutcomeKind> s_ofLine = new Dictionary<string, OutcomeKind>
    {
        ["settled"] = OutcomeKind.Settled,
        ["rejected"] = OutcomeKind.Rejected,
        ["returned"] = OutcomeKind.Returned,
        ["not-sent"] = OutcomeKind.NotSent,
    };

    public static Command Create()
    {
        var id = new Argument<long>("file") { Description = "文件编号 / file" };
        var outcome = new Argument<string>("outcome")
        {
            Description = "accepted, refused 或 absent; 用 --line 时 settled, rejected, returned 或 not-sent / accepted, "
                + "refused or absent; with --line settled, rejected, returned or not-sent",
        };
        outcome.AcceptOnlyFromAmong([.. s_ofFile, .. s_ofLine.Keys]);
        var line = new Option<long?>("--line") { Description = "只定文件的一行 / one line of the file only" };
        var document = new Option<FileInfo>("--document")
        {
            Required = true,
            Description = "银行凭证 / the bank's document",
        };
        var resolve = new Command("resolve", "由两人凭银行凭证确定未知文件或某一行的结果 / two people decide what became of "
            + "an unknown file or line") { id, outcome, line, document };
        resolve.SetAction(parse =>
        {
            var session = new Session(parse);
            var evidence = parse.GetValue(document)!;
            if (!evidence.Exists) throw Usage.NoFile(evidence, "--document ");
            return session.Run(
                Asked(parse.GetValue(id), parse.GetValue(outcome)!, parse.GetValue(line), evidence), decided =>
                {
                    FileCommands.Print(session.Output, [(DisbursementFileRow)decided.Result!]);
                    return ExitStatus.Done;
                });
        });
        return resolve;
    }

    private static EngineCommand Asked(long file, string outcome, long? line, FileInfo evidence)
    {
        var bytes = File.ReadAllBytes(evidence.FullName);
        if (line is not { } row)
            return s_ofFile.Contains(outcome)
                ? new EngineCommand("file.resolve", ("file", file), ("outcome", outcome))
                    .With(new InputDocument(FileResolve.Evidence, bytes, Personal: true))
                : throw Usage.OfFile(outcome, s_ofFile);
        return s_ofLine.TryGetValue(outcome, out var kind)
            ? new EngineCommand("line.resolve", ("file", file), ("row", row), ("outcome", kind))
                .With(new InputDocument(LineResolve.Evidence, bytes, Personal: true))
            : throw Usage.OfLine(outcome, s_ofLine.Keys);
    }
}

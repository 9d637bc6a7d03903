using System.CommandLine;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Command = System.CommandLine.Command;
using EngineCommand = Disbursement.Engine.Runtime.Command;

namespace Disbursement.Host.Cli;

/// <summary>account attribute: two people, each by a run, say with the bank's document which file a debit was for that
/// names none.</summary>
internal static class AttributionCommand
{
    public static Command Create()
    {
        var statement = new Option<long>("--statement") { Required = true, Description = "对账单编号 / statement" };
        var line = new Option<long>("--line") { Required = true, Description = "对账单行 / its line" };
        var file = new Option<long>("--file") { Required = true, Description = "代发文件编号 / the file it was for" };
        var document = new Option<FileInfo>("--document")
        {
            Required = true,
            Description = "银行凭证 / the bank's document",
        };
        var attribute = new Command("attribute", "由两人把未指明文件的出账归到代发文件 / two people lay a debit without a "
            + "file on the file it was for") { statement, line, file, document };
        attribute.SetAction(parse =>
        {
            var session = new Session(parse);
            var evidence = parse.GetValue(document)!;
            if (!evidence.Exists) throw Usage.NoFile(evidence, "--document ");
            var command = new EngineCommand("account.attribute", ("statement", parse.GetValue(statement)),
                ("line", parse.GetValue(line)), ("file", parse.GetValue(file)))
                .With(new InputDocument(DebitAttribution.Evidence, File.ReadAllBytes(evidence.FullName),
                    Personal: true));
            return session.Run(command, decided =>
            {
                FileCommands.Print(session.Output, [(DisbursementFileRow)decided.Result!]);
                return ExitStatus.Done;
            });
        });
        return attribute;
    }
}

using System.CommandLine;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Reasons;

namespace Disbursement.Host.Cli;

/// <summary><c>disburse bank verify FILE</c>: what a bank's developer runs on a file received from us.</summary>
public static class BankVerifyCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "文件, 签名在旁 / the file, its signature beside it" };
        var keys = new Option<DirectoryInfo>("--keys")
        { Required = true, Description = "含 ours-PROFILE.pem 的目录 / folder with ours-PROFILE.pem" };
        var profile = new Option<string>("--profile")
        {
            Required = true,
            HelpName = "PROFILE",
            Description = "按哪家银行的格式, 编号见 profile list / which bank's form; ids are in profile list",
        };
        profile.AcceptOnlyFromAmong([.. Partner.All.Select(p => p.Id)]);
        var command = new Command("verify",
            "核验收到的文件: 签名, 结构, 合计 / check a received file: signature, structure, totals")
            { file, keys, profile };
        command.SetAction(parse =>
        {
            var received = parse.GetValue(file)!;
            if (!received.Exists) throw Usage.NoFile(received);
            try
            {
                return Told(Output.Of(parse), received, parse.GetValue(keys)!.FullName,
                    Partner.Find(parse.GetValue(profile)!)!);
            }
            catch (IOException e)
            {
                throw Usage.Unreadable(e);
            }
        });
        return command;
    }

    private static int Told(Output output, FileInfo file, string keys, Partner partner)
    {
        var taken = Exchange.Take(file.FullName, partner);
        var verdict = FileVerdict.Of(partner, taken, BankKeys.OursCertificate(keys, partner.Id));
        var own = !verdict.Good && FileVerdict.IsOfTheBank(partner, taken, BankKeys.BankCertificate(keys, partner.Id));
        if (own)
            output.Findings([new Finding(ReturnsRules.OwnAnswer, new Place(file.Name, 0, "", ""), $"{file}",
                partner.Id)]);
        // What it holds is no order: as one it would be wrong in every line.
        if (output.Json) output.Print(verdict, "");
        else if (!own) Print(output, verdict);
        return verdict.Good ? ExitStatus.Done : ExitStatus.FoundWrong;
    }

    private static void Print(Output output, FileVerdict verdict)
    {
        var zh = output.Chinese;
        output.Table<(string What, object Found)>(
            [
                ("signature", Named(verdict.Signature, output)), ("reference", verdict.Reference),
                ("payer account", verdict.PayerAccount), ("rows", verdict.Rows),
                ("total (fen)", verdict.TotalFen),
                ("verdict", verdict.Good ? output.Text("合格", "good") : output.Text("不合格", "wrong")),
            ],
            ("what", row => Headings.Of(row.What, zh)), ("found", row => row.Found));
        if (verdict.Troubles.Count == 0) return;
        output.Table(verdict.Troubles, ("trouble", t => Named(t.Refusal, output)), ("line", t => t.Line),
            ("detail", t => ReasonWords.Of(t.Detail, zh)));
    }

    /// <summary>"good", or what the bank refuses by.</summary>
    private static string Named(string word, Output output) => Enum.TryParse<FileRefusal>(word, out var refusal)
        ? Terms.Cell(refusal, output.Chinese) : output.Text("合格", word);
}

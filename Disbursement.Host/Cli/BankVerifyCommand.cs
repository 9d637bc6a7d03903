using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Disbursement.BankAdapters.Sandbox;
using Spectre.Console;

namespace Disbursement.Host.Cli;

/// <summary><c>disburse bank verify FILE</c>: what a bank's developer runs on a file received from us.</summary>
public static class BankVerifyCommand
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "文件, 签名在旁 / the file, its signature beside it" };
        var keys = new Option<DirectoryInfo>("--keys")
        { Required = true, Description = "含 ours-PROFILE.pem 的目录 / folder with ours-PROFILE.pem" };
        var profile = new Option<string>("--profile") { Required = true, Description = "按哪家银行的格式 / which bank's form" };
        profile.AcceptOnlyFromAmong([.. Partner.All.Select(p => p.Id)]);
        var command = new Command("verify",
            "核验收到的文件: 签名, 结构, 合计 / check a received file: signature, structure, totals")
            { file, keys, profile };
        command.SetAction(parse =>
        {
            FileVerdict verdict;
            var received = parse.GetValue(file)!;
            if (!received.Exists) throw Usage.NoFile(received);
            try
            {
                var partner = Partner.Find(parse.GetValue(profile)!)!;
                var certificate = BankKeys.OursCertificate(parse.GetValue(keys)!.FullName, partner.Id);
                verdict = FileVerdict.Of(partner, Exchange.Take(received.FullName, partner), certificate);
            }
            catch (IOException e)
            {
                throw Usage.Unreadable(e);
            }
            if (parse.GetValue(GlobalOptions.Json)) Console.Out.WriteLine(JsonSerializer.Serialize(verdict, s_json));
            else Print(verdict);
            return verdict.Good ? 0 : 1;
        });
        return command;
    }

    private static void Print(FileVerdict verdict)
    {
        var head = new Table().AddColumns("what", "found");
        head.AddRow("signature", verdict.Signature);
        head.AddRow("reference", Markup.Escape(verdict.Reference));
        head.AddRow("payer account", Markup.Escape(verdict.PayerAccount));
        head.AddRow("rows", verdict.Rows.ToString(CultureInfo.InvariantCulture));
        head.AddRow("total (fen)", verdict.TotalFen.ToString(CultureInfo.InvariantCulture));
        head.AddRow("verdict", verdict.Good ? "good" : "wrong");
        AnsiConsole.Write(head);
        if (verdict.Troubles.Count == 0) return;
        var troubles = new Table().AddColumns("trouble", "line", "detail");
        foreach (var t in verdict.Troubles)
            troubles.AddRow(t.Refusal, t.Line.ToString(CultureInfo.InvariantCulture), Markup.Escape(t.Detail));
        AnsiConsole.Write(troubles);
    }
}

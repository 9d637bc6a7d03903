using System.CommandLine;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Reasons;

namespace Disbursement.Host.Cli;

/// <summary><c>disburse bank verify FILE…</c>: what a bank's developer runs on files received from us.</summary>
public static class BankVerifyCommand
{
    public static Command Create()
    {
        var files = new Argument<FileInfo[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "文件, 签名在旁 / files, each with its signature beside it",
        };
        var keys = new Option<DirectoryInfo>("--keys")
        { Required = true, Description = "含 ours-PROFILE.pem 的目录 / folder with ours-PROFILE.pem" };
        var profile = new Option<string>("--profile")
        {
            Required = true,
            HelpName = "PROFILE",
            Description = "按哪家银行的格式, 编号见 profile list / which bank's form; ids are in profile list",
        };
        var seal = new Option<string?>("--seal")
        { Description = "约定的另一种签名方式 / another envelope than the bank's own, where one is agreed" };
        seal.AcceptOnlyFromAmong([.. Partner.Seals.Keys]);
        var command = new Command("verify",
            "核验收到的文件: 签名, 结构, 合计 / check received files: signature, structure, totals")
            { files, keys, profile, seal };
        command.SetAction(parse =>
        {
            var (output, given) = (Output.Of(parse), parse.GetValue(files)!);
            if (given.Select(NamedPaths.Signature).FirstOrDefault(s => s is not null) is { } signature) throw signature;
            var partner = SandboxOptions.Partner(parse.GetValue(profile)!);
            if (given.FirstOrDefault(f => !f.Exists) is { } absent) throw Usage.NoFile(absent);
            if (parse.GetValue(seal) is { } kind) partner = partner.SealedBy(Partner.Seals[kind]);
            var verifying = new Verifying(output, partner, Keys(parse.GetValue(keys)!, partner),
                parse.GetValue(keys)!.FullName, IsOneOfSeveral: given.Length > 1);
            try
            {
                // Each is told, whatever became of the one before.
                return output.Gather(() => given.Select(verifying.Told).ToList().Max());
            }
            catch (IOException e)
            {
                throw Usage.Unreadable(e);
            }
        });
        return command;
    }

    private static BankKeys Keys(DirectoryInfo folder, Partner partner)
    {
        if (!folder.Exists) throw Usage.NoFolder($"--keys {folder}");
        try
        {
            var keys = BankKeys.ToVerify(folder.FullName, partner.Id, partner.Seal);
            return BankSeal.IsUsable(partner.Seal, keys.OursCertificatePem) ? keys
                : throw Usage.NoCertificate(Path.Combine($"{folder}", $"ours-{partner.Id}.pem"));
        }
        catch (FileNotFoundException absent)
        {
            throw Usage.NoKey($"{folder}", Path.GetFileName(absent.FileName ?? ""));
        }
    }

    private sealed record Verifying(Output Output, Partner Partner, BankKeys Keys, string Folder, bool IsOneOfSeveral)
    {
        public int Told(FileInfo file)
        {
            var taken = Exchange.Take(file.FullName, Partner);
            var verdict = FileVerdict.Of(Partner, taken, Keys);
            var own = !verdict.Good
                && FileVerdict.IsOfTheBank(Partner, taken, BankKeys.BankCertificate(Folder, Partner.Id));
            if (own)
                Output.Findings([new Finding(ReturnsRules.OwnAnswer, new Place(file.Name, 0, "", ""), $"{file}",
                    Partner.Id)]);
            // What it holds is no order: as one it would be wrong in every line.
            if (Output.Json) Output.Print(verdict, "");
            else if (!own) Print(file, verdict);
            return verdict.Good ? ExitStatus.Done : ExitStatus.FoundWrong;
        }

        private void Print(FileInfo file, FileVerdict verdict)
        {
            var zh = Output.Chinese;
            List<(string What, object Found)> lines =
            [
                ("signature", Named(verdict.Signature)), ("reference", verdict.Reference),
                ("payer account", verdict.PayerAccount), ("rows", verdict.Rows),
                ("total (fen)", verdict.TotalFen),
                ("verdict", verdict.Good ? Output.Text("合格", "good") : Output.Text("不合格", "wrong")),
            ];
            // What pays nobody names no account, and but for a recall no money.
            if (verdict.Kind is { } kind)
            {
                lines.RemoveAll(l => l.What == "payer account" || (kind != "recall" && l.What == "total (fen)")
                    || (kind == "question" && l.What == "rows"));
                lines.Insert(0, ("what it is", kind switch
                {
                    "recall" => Output.Text("撤销请求", "a recall"),
                    "cards" => Output.Text("开卡申请", "card applications"),
                    _ => Output.Text("查询", "a question"),
                }));
            }
            if (IsOneOfSeveral) lines.Insert(0, ("name", file.Name));
            Output.Table(lines, ("what", row => Headings.Of(row.What, zh)), ("found", row => row.Found));
            if (verdict.Troubles.Count > 0)
                Output.Table(verdict.Troubles, ("trouble", t => Named(t.Refusal)), ("line", t => t.Line),
                    ("detail", t => ReasonWords.Of(t.Detail, zh)));
            foreach (var advice in verdict.Troubles.Select(t => t.Refusal).Prepend(verdict.Signature)
                .Select(Advice).OfType<string>().Distinct())
                Console.Out.WriteLine($"  → {advice}");
        }

        /// <summary>"good", or what the bank refuses by.</summary>
        private string Named(string word) => Enum.TryParse<FileRefusal>(word, out var refusal)
            ? Terms.Cell(refusal, Output.Chinese) : Output.Text("合格", word);

        /// <summary>What to do about it; null where nothing is wrong.</summary>
        private string? Advice(string word) => Enum.TryParse<FileRefusal>(word, out var refusal) ? refusal switch
        {
            FileRefusal.SignatureMissing => Output.Text(
                $"签名 ({Partner.SealSuffix}) 须与文件同名、放在一起, 且先于文件到达; 没有签名的不要受理, 请客户重发",
                $"Its signature has its name and {Partner.SealSuffix} behind it, and is there before it: without one "
                    + "take nothing, and ask the customer"),
            FileRefusal.SignatureInvalid => Output.Text(
                $"确认文件传输中未经改动 (换行、字符集), 且 ours-{Partner.Id} 是客户现用的; 否则不要受理, 告知客户",
                $"See that nothing changed the file on its way (line ends, character set) and that ours-{Partner.Id} "
                    + "is the key in force; else take nothing, and tell the customer"),
            FileRefusal.WrongSigner => Output.Text(
                $"签名所用证书不是 ours-{Partner.Id}.pem: 客户换过证书的, 换上新的; 否则不要受理, 告知客户",
                $"Signed by another certificate than ours-{Partner.Id}.pem: after a change of keys put the new one "
                    + "there; else take nothing, and tell the customer"),
            FileRefusal.Structure => Output.Text(
                "核对 --profile 与约定的格式; 无误的, 不要受理, 把行号和说明告知客户",
                "Hold --profile against what was agreed; where it is right take nothing, and tell the customer line "
                    + "and detail"),
            FileRefusal.None => null,
            _ => Output.Text("不要受理: 文件与其自身所写不符; 把以上告知客户",
                "Take nothing: the file is not what it says of itself; tell the customer what stands above"),
        } : null;
    }
}

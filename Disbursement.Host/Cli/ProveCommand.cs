using System.CommandLine;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Audit;
using Disbursement.Host.Papers;
using Disbursement.Host.Security;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Cli;

/// <summary>
/// audit prove: one worker's rows, shown to a stranger without anyone else's; and the stranger's check.
/// </summary>
internal static class ProveCommand
{
    public static Command Create()
    {
        var claim = new Option<long?>("--claim") { Description = "工资债权编号 / the wage claim" };
        var payment = new Option<bool>("--payment") { Description = "连同支付和结果 / its payments and outcomes too" };
        var file = new Option<FileInfo?>("--out") { Description = "证明文件 / the proof file" };
        var check = new Option<FileInfo?>("--check") { Description = "检查证明, 无需数据库 / check a proof; needs no database" };
        var prove = new Command("prove", "证明一行 / prove one row") { claim, payment, file, check };
        prove.SetAction(parse =>
        {
            var session = new Session(parse) { Anchored = false };
            if (parse.GetValue(check) is { } proof)
                return Check(session, proof, parse.GetValue(GlobalOptions.Key)?.FullName);
            var number = parse.GetValue(claim)
                ?? throw Usage.ProveNeeds;
            return Prove(session, number, parse.GetValue(payment), parse.GetValue(file));
        });
        return prove;
    }

    private static int Check(Session session, FileInfo file, string? keyFile)
    {
        if (!file.Exists) throw Usage.NoFile(file, "--check ");
        var verdict = ProofCheck.Check(file.FullName, keyFile);
        var row = verdict.Proof is { } proof ? System.Text.Encoding.UTF8.GetString(proof.Bytes.Span) : "";
        return AuditCommands.Verdict(session.Output, verdict.Findings, new { table = verdict.Proof?.Table, row }, row);
    }

    private static int Prove(Session session, long claim, bool payments, FileInfo? file)
    {
        var ledger = AuditCommands.One(session);
        var begun = RowProver.Begin(session.Dialect, ledger, LogKey.Ensure(session.LogFiles.KeyPath),
            session.Adapters.Catalogue);
        if (!begun.Accepted) return session.Output.Refused(begun.Findings);
        using var prover = begun.Value;
        using var view = new LedgerStore(session.Dialect).Read(ledger);
        if (view.Find<WageClaimRow>(("claim", claim)) is not { } row)
            return session.Output.Refused([Engine.Runtime.Guard.NotFound("claim", $"{claim}")]);
        var proofs = new List<Decision<ProofFile>> { prover.Of(row) };
        if (payments)
        {
            proofs.AddRange(view.List<PaymentRow>(("claim", claim)).Select(prover.Of));
            proofs.AddRange(view.List<PaymentOutcomeRow>(("claim", claim)).Select(prover.Of));
        }
        if (proofs.Find(p => !p.Accepted) is { } refused)
        {
            session.Output.Findings(refused.Findings);
            return ExitStatus.FoundWrong;
        }
        return Written(session, claim, proofs, file);
    }

    // A proof file holds one row: further rows go to files of their own, numbered behind the name given.
    private static int Written(Session session, long claim, List<Decision<ProofFile>> proofs, FileInfo? file)
    {
        var first = file?.FullName ?? Path.GetFullPath($"claim-{claim}.proof");
        var files = new List<string>();
        for (var i = 0; i < proofs.Count; i++)
        {
            var path = i == 0 ? first : $"{first}.{i + 1}";
            File.WriteAllBytes(path, proofs[i].Value.Format());
            files.Add(path);
        }
        session.Output.Print(new { claim, files }, string.Join('\n', files));
        return ExitStatus.Done;
    }
}

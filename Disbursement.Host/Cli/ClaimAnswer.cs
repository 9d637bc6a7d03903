using Disbursement.Engine.Accounts;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Files;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Cli;

/// <summary>One attempt to pay a claim: by what file or otherwise, and what became of it.</summary>
/// <param name="FileReference">Our reference of the file, as the bank knows it.</param>
public sealed record PaymentAnswer(long Attempt, long? PriorAttempt, PaymentChannel Channel, long? Release, long? File,
    string? FileReference, FileState? FileState, long? RowReference, long AmountFen, long? PayeeVersion,
    string? Document, AttemptState State, IReadOnlyList<PaymentOutcomeRow> Outcomes)
{
    /// <summary>The claim's net where the payment is of another amount: the database was changed.</summary>
    public long? ClaimFen { get; init; }

    /// <summary>True where the payment goes to another account than its version says, or to none that was
    /// approved.</summary>
    public bool? PayeeDiffers { get; init; }

    /// <summary>One line for the attempt, one for each word about it.</summary>
    public IEnumerable<string> Lines(Output output)
    {
        var by = File is null ? Terms.Of(Channel, output.Chinese)
            : output.Text($"批次 {Release} 文件 {FileReference} 第 {RowReference} 行, 文件",
                $"release {Release} file {FileReference} row {RowReference}, file ")
                + Terms.Of(FileState!, output.Chinese);
        yield return output.Text($"第 {Attempt} 次: ", $"attempt {Attempt}: ")
            + $"{new Money(AmountFen).ToYuan()}, {by}: {Terms.Of(State, output.Chinese)}";
        if (ClaimFen is { } owed)
            yield return output.Text($"  与应付工资不符: 应付 {new Money(owed).ToYuan()}, 付款 {new Money(AmountFen).ToYuan()}",
                $"  not the claim's amount: {new Money(owed).ToYuan()} is owed, "
                + $"{new Money(AmountFen).ToYuan()} paid out");
        if (PayeeDiffers == true)
            yield return output.Text($"  收款账户不是批准的第 {PayeeVersion} 版账户",
                $"  the payee account is not the approved version {PayeeVersion}");
        if (ClaimFen is not null || PayeeDiffers == true)
            yield return output.Text("  数据库被改动: 停止使用, 保留现状并运行 audit rebuild",
                "  the database was changed: stop using it, keep it as it is, and run audit rebuild");
        foreach (var o in Outcomes)
            yield return "  " + string.Join(", ", new[]
            {
                Output.Cell(o.ValueDate), Terms.Of(o.Source, output.Chinese), Terms.Of(o.Kind, output.Chinese),
                Terms.Reason(o.Reason, output.Chinese), o.BankReference,
                o.DocumentLine > 0 ? $"{o.Document[..12]}… {output.Text("行", "line")} {o.DocumentLine}" : "",
            }.Where(part => part.Length > 0));
    }

    /// <summary>Why it came to its state, in one line; empty where nobody has said.</summary>
    public string Why(bool chinese) =>
        Outcomes.LastOrDefault(o => o.Kind != OutcomeKind.Settled) is { } o ? Terms.Reason(o.Reason, chinese) : "";
}

/// <summary>A claim with its state, standing and attempts, as `claim show` and `payroll show` tell it.</summary>
/// <param name="Waiting">Releases that carry it and have not filed it yet.</param>
public sealed record ClaimAnswer(WageClaimRow Claim, ClaimState State, ClaimStanding Standing, long? Obligation,
    IReadOnlyList<PaymentAnswer> Payments, IReadOnlyList<ReleaseRow> Waiting)
{
    /// <summary>What the worker says of it; null where that is nothing.</summary>
    public ClaimWord? Said { get; init; }

    public static ClaimAnswer Of(LedgerView view, WageClaimRow claim, Instant at)
    {
        var facts = view.Queries.ClaimFacts(claim.Claim);
        var waiting = view.Queries.UnfiledReleasesOf(claim.Payroll, claim.PayrollLine)
            .Select(r => view.Find<ReleaseRow>(("release", r))!).ToList();
        var state = facts!.State(at);
        if (ClaimStates.Standing(state) == ClaimStanding.Unpaid && waiting.Exists(r => r.State == ReleaseState.Funded))
            state = ClaimState.Reserved;
        var outcomes = view.List<PaymentOutcomeRow>(("claim", claim.Claim)).ToLookup(o => o.Attempt);
        var payments = view.List<PaymentRow>(("claim", claim.Claim)).Select(p =>
        {
            var file = p.File is { } f ? view.Find<DisbursementFileRow>(("file", f)) : null;
            var said = outcomes[p.Attempt].ToList();
            var came = OutcomeSet.Of(said.Select(o => (o.Source, o.Kind))).State;
            return new PaymentAnswer(p.Attempt, p.PriorAttempt, p.Channel, p.Release, p.File, file?.Reference,
                file?.State, p.RowReference, p.AmountFen, p.PayeeVersion, p.Document, came, said)
            {
                ClaimFen = p.AmountFen == claim.NetFen ? null : claim.NetFen,
                PayeeDiffers = p.PayeeHash is { } hash && !Approved(view, claim.Worker, p.PayeeVersion ?? 0, hash)
                    ? true : null,
            };
        }).ToList();
        var standing = ClaimStates.Standing(state);
        return new ClaimAnswer(claim, state, standing, facts.Obligation, payments, waiting)
        {
            Said = ClaimWord.Of(view, claim, standing),
        };
    }

    private static bool Approved(LedgerView view, long worker, long version, byte[] hash) =>
        view.Find<PayeeAccountRow>(("worker", worker), ("version", version)) is { } account
        && account.AccountHash.AsSpan().SequenceEqual(hash)
        && view.Count<PayeeApprovalRow>(("worker", worker), ("version", version)) > 0;

    /// <summary>"未付 Unpaid: 被拒 Rejected, 账户冻结 (AccountFrozen)".</summary>
    public string Stands(bool chinese)
    {
        var why = Standing == ClaimStanding.Paid || Payments.Count == 0 ? "" : Payments[^1].Why(chinese);
        return $"{Terms.Of(Standing, chinese)}: {Terms.Of(State, chinese)}" + (why.Length > 0 ? $", {why}" : "");
    }

    public string Words(Output output)
    {
        var lines = new List<string>
        {
            output.Text($"应付工资 {Claim.Claim}, 工资表 {Claim.Payroll} 第 {Claim.PayrollLine} 行, {Claim.Period}: ",
                $"claim {Claim.Claim}, payroll {Claim.Payroll} line {Claim.PayrollLine}, {Claim.Period}: ")
            + $"{new Money(Claim.NetFen).ToYuan()}, {Stands(output.Chinese)}",
        };
        lines.AddRange(Payments.SelectMany(p => p.Lines(output)).Select(line => "  " + line));
        lines.AddRange(Waiting.Select(r => output.Text($"  在代发批次 {r.Release} 中: ", $"  in release {r.Release}: ")
            + Terms.Of(r.State, output.Chinese)));
        if (Obligation is { } owed) lines.Add(output.Text($"  所属义务 {owed} 未了", $"  obligation {owed} is open for it"));
        lines.AddRange(Said?.Lines(output) ?? []);
        return string.Join('\n', lines);
    }
}

using System.Globalization;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Files;

/// <summary>
/// file.build: a funded release becomes files with their payments. Each payment takes the newest payee account that is
/// approved and in effect; a line without one leaves the release and never delays the others. Where every claim was met
/// meanwhile the release is cancelled instead.
/// </summary>
public sealed class FileBuild(IBankTermsReader terms) : ICommandHandler
{
    public string Verb => "file.build";

    public Decision<Changes> Decide(DecisionContext context)
    {
        if (Guard.ActorIfAny(context, Roles.Treasurer) is { } unfit) return Decision<Changes>.Refuse([unfit]);
        var id = context.Command.Number("release");
        var name = id.ToString(CultureInfo.InvariantCulture);
        if (context.Rows.Find<ReleaseRow>(("release", id)) is not { } release)
            return Decision<Changes>.Refuse([Guard.NotFound("release", name)]);
        if (release.State is ReleaseState.Filed or ReleaseState.Settling or ReleaseState.Done)
            return Decision<Changes>.Accept(Changes.Repeated(context.Rows.List<DisbursementFileRow>(("release", id))));
        // It ended because nothing was left to pay: asked again, that is still the answer.
        if (release.State == ReleaseState.Cancelled
            && ReleaseCarriage.Of(context.Rows, context.Queries, id, context.At).All(l => l.Met))
            return Decision<Changes>.Accept(Changes.Repeated(new List<DisbursementFileRow>()), [NothingTo(name)]);
        var filed = ReleaseMachine.Table.Step(release.State, ReleaseTrigger.BuildFiles, Place.Of("release", name));
        if (!filed.Accepted) return Decision<Changes>.Refuse(filed.Findings);
        var book = AccountBook.Load(context, release.Account);
        var lines = ReleaseCarriage.Of(context.Rows, context.Queries, id, context.At);
        // Before the account is looked at: money set aside for nothing is given back to an impaired one too.
        if (lines.All(l => l.Met))
            return Decision<Changes>.Accept(NothingLeft(release, book, lines.Count), [NothingTo(name)]);
        if (Impairment.Of(context, book, release.Account) is { } lack)
            return Decision<Changes>.Refuse(FileRules.AccountImpaired, Place.Of("release", name),
                lack.Account.ToString(CultureInfo.InvariantCulture), lack.Available.ToYuan());
        var bank = PayerBank.Of(context, terms, release.Account);
        var sorted = Sorted.Of(lines, bank.Terms, RestoreLock.All(context.Queries));
        if (sorted.Payable.Count == 0)
            return Decision<Changes>.Refuse([new Finding(FileRules.NothingPayable, Place.Of("release", name), name),
                .. sorted.Findings]);
        if (ApprovedLines.Differing(context, sorted.Payable) is [_, ..] differing)
            return Decision<Changes>.Refuse(differing);
        return Decision<Changes>.Accept(Built(context, release, filed.Value, book, bank, sorted), sorted.Findings);
    }

    private static Finding NothingTo(string release) =>
        new(ReleaseRules.NothingLeft, Place.Of("release", release), release);

    /// <summary>Every claim was paid or voided meanwhile: the release ends, and its money is free again; what came out
    /// of an earmark goes back into it.</summary>
    private static Changes NothingLeft(ReleaseRow release, AccountBook book, int met)
    {
        var cancelled = ReleaseMachine.Table.Step(release.State, ReleaseTrigger.Cancel, Place.Of("release", ""));
        Invariant.Holds(cancelled.Accepted, "what can be built can be cancelled");
        book.Release(new Money(release.ReservedFen), release.Release, null, release.Earmark);
        var changes = new Changes { Result = new List<DisbursementFileRow>() };
        changes.Update(release with
        {
            Version = release.Version + 1,
            State = cancelled.Value,
            ReservedFen = 0,
            Earmark = null,
        });
        changes.Insert(book.Entries);
        return changes.Count("files", 0).Count("met", met);
    }

    private static Changes Built(DecisionContext context, ReleaseRow release, ReleaseState filed, AccountBook book,
        PayerBank bank, Sorted sorted)
    {
        var changes = new Changes();
        var total = sorted.Payable.Sum(l => l.NetFen);
        changes.Update(release with
        {
            Version = release.Version + 1,
            State = filed,
            Lines = sorted.Payable.Count,
            AmountFen = total,
            ReservedFen = 0,
            LinesOpen = sorted.Payable.Count,
        });
        foreach (var (cause, left) in sorted.Left) changes.Insert(ReleaseCarriage.Leave(release.Release, left, cause));
        book.Release(new Money(release.ReservedFen - total), release.Release, null, release.Earmark);
        changes.Insert(book.Entries);
        var files = Files(context, release, bank, sorted.Payable);
        changes.Insert<DisbursementFileRow>([.. files.Select(f => f.File)]);
        changes.Insert(Payments(files));
        var counters = new PayrollCounters();
        foreach (var payroll in sorted.Payable.GroupBy(l => l.Payroll))
            counters.Move(payroll.Key, ClaimStanding.Unpaid, ClaimStanding.InFlight,
                new(payroll.Sum(l => l.NetFen)), payroll.Count());
        foreach (var payroll in counters.Payrolls)
            changes.Update(counters.Apply(context.Rows.Find<PayrollRow>(("payroll", payroll))!));
        changes.Result = files.Select(f => f.File).ToList();
        return changes.Count("files", files.Count).Count("lines", sorted.Payable.Count).Count("fen", total);
    }

    private static List<(DisbursementFileRow File, IReadOnlyList<ReleaseLine> Lines)> Files(DecisionContext context,
        ReleaseRow release, PayerBank bank, IReadOnlyList<ReleaseLine> payable)
    {
        var files = new List<(DisbursementFileRow, IReadOnlyList<ReleaseLine>)>();
        var epoch = RestoreLock.Epoch(context);
        foreach (var lines in FileSplit.Of(payable, bank.Terms))
        {
            var id = context.NextId("file");
            var reference = FileReference.Of(epoch, context.Ledger, id, bank.Terms.BatchReferenceWidth);
            var total = lines.Sum(l => l.NetFen);
            files.Add((new DisbursementFileRow
            {
                File = id,
                Version = 1,
                Release = release.Release,
                Account = release.Account,
                Profile = bank.Bank.Profile,
                ProfileVersion = bank.ProfileVersion,
                Reference = reference,
                Name = bank.Terms.NamePattern.Replace("{reference}", reference, StringComparison.Ordinal),
                State = FileState.Built,
                BuiltAt = context.At,
                Lines = lines.Count,
                TotalFen = total,
                LinesOpen = lines.Count,
                LinesSettled = 0,
                LinesRejected = 0,
                LinesReturned = 0,
                OpenFen = total,
                SettledFen = 0,
                RejectedFen = 0,
                ReturnedFen = 0,
                DebitedFen = 0,
                RefundedFen = 0,
                ReservedFen = total,
            }, lines));
        }
        return files;
    }

    private static List<PaymentRow> Payments(List<(DisbursementFileRow File, IReadOnlyList<ReleaseLine> Lines)> files)
    {
        var payments = new List<PaymentRow>(files.Sum(f => f.Lines.Count));
        foreach (var (file, lines) in files)
            for (var i = 0; i < lines.Count; i++)
                payments.Add(new PaymentRow
                {
                    Claim = lines[i].Claim,
                    Attempt = lines[i].Attempts + 1,
                    PriorAttempt = lines[i].Attempts == 0 ? null : lines[i].Attempts,
                    Channel = PaymentChannel.File,
                    Release = file.Release,
                    File = file.File,
                    RowReference = i + 1,
                    AmountFen = lines[i].NetFen,
                    PayeeVersion = lines[i].PayeeVersion,
                    PayeeHash = lines[i].PayeeHash,
                });
        return payments;
    }

    /// <summary>What can go out, what leaves the release and why, and what a person is told of it.</summary>
    private sealed record Sorted(IReadOnlyList<ReleaseLine> Payable,
        IReadOnlyList<(string Cause, IReadOnlyList<ReleaseLine> Lines)> Left, IReadOnlyList<Finding> Findings)
    {
        public static Sorted Of(IReadOnlyList<ReleaseLine> lines, BankTerms terms, HashSet<long> locked)
        {
            var limit = Math.Min(terms.RowFen, terms.FileFen);
            var causes = lines.Select(l => (Line: l, Cause: CauseOf(l, limit, locked))).ToList();
            var left = causes.Where(c => c.Cause is not null).GroupBy(c => c.Cause!)
                .OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (g.Key, (IReadOnlyList<ReleaseLine>)[.. g.Select(c => c.Line)])).ToList();
            var findings = causes.Where(c => c.Cause is ReleaseExit.NoPayee or ReleaseExit.OverLimit)
                .Select(c => new Finding(c.Cause == ReleaseExit.NoPayee ? FileRules.NoPayee : FileRules.OverLimit,
                    new Place($"payroll {Text(c.Line.Payroll)}", c.Line.PayrollLine, "", ""),
                    Text(c.Line.Payroll), Text(c.Line.PayrollLine), new Money(limit).ToYuan())).ToList();
            return new Sorted([.. causes.Where(c => c.Cause is null).Select(c => c.Line)], left, findings);
        }

        private static string? CauseOf(ReleaseLine line, long limitFen, HashSet<long> locked) =>
            ReleaseExit.Of(line, locked) ?? (line.PayeeVersion is null ? ReleaseExit.NoPayee
                : line.NetFen > limitFen ? ReleaseExit.OverLimit : null);

        private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Cuts a release into files by the bank's rows per file and its largest total.</summary>
public static class FileSplit
{
    /// <summary>Every line in one file, in order; no file is empty. No line is above the file's limit.</summary>
    public static IReadOnlyList<IReadOnlyList<ReleaseLine>> Of(IReadOnlyList<ReleaseLine> lines, BankTerms terms)
    {
        var files = new List<IReadOnlyList<ReleaseLine>>();
        var file = new List<ReleaseLine>();
        long fen = 0;
        foreach (var line in lines)
        {
            if (file.Count > 0 && (file.Count == terms.RowsPerFile || fen + line.NetFen > terms.FileFen))
            {
                files.Add(file);
                (file, fen) = ([], 0);
            }
            file.Add(line);
            fen += line.NetFen;
        }
        if (file.Count > 0) files.Add(file);
        return files;
    }
}

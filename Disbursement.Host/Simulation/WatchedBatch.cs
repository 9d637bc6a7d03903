using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Ports;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Simulation;

/// <summary>Sees what is written before it is committed: which decision it is of, and which facts it touches.</summary>
internal sealed class WatchedBatch(IStatementBatch batch, WriteWatch watch) : IStatementBatch
{
    public void Add<T>(TableMap<T> map, T row, bool update) where T : class, IRow
    {
        watch.See(row);
        batch.Add(map, row, update);
    }

    public void Flush() => batch.Flush();
}

/// <summary>What the writes of one world touch, between two looks at the laws.</summary>
internal sealed class WriteWatch
{
    /// <summary>The verb of the leaf written last, or "checkpoint".</summary>
    public string What { get; private set; } = "";

    /// <summary>Claims with a new claim, payment, outcome or death row.</summary>
    public HashSet<long> Claims { get; } = [];

    /// <summary>Accounts with a new entry, or with a release or file whose header moved.</summary>
    public HashSet<long> Accounts { get; } = [];

    /// <summary>Payrolls whose header moved.</summary>
    public HashSet<long> Payrolls { get; } = [];

    /// <summary>Obligations whose header or lines moved.</summary>
    public HashSet<long> Obligations { get; } = [];

    /// <summary>Workers with new attendance.</summary>
    public HashSet<long> Workers { get; } = [];

    /// <summary>How often a decision of each verb was written.</summary>
    public Dictionary<string, long> Verbs { get; } = new(StringComparer.Ordinal);

    public void See(IEnumerable<object> rows)
    {
        foreach (var row in rows) See(row);
    }

    public void See(object row)
    {
        switch (row)
        {
            case LogLeafRow leaf:
                What = VerbOf(leaf.Leaf);
                Verbs[What] = Verbs.GetValueOrDefault(What) + 1;
                break;
            case CheckpointRow: What = "checkpoint"; break;
            case Engine.Payroll.WageClaimRow claim: Claims.Add(claim.Claim); break;
            case Engine.Files.PaymentRow payment: Claims.Add(payment.Claim); break;
            case Engine.Returns.PaymentOutcomeRow outcome: Claims.Add(outcome.Claim); break;
            case Engine.Returns.PaymentDeathRow death: Claims.Add(death.Claim); break;
            case Engine.Accounts.AccountEntryRow entry: Accounts.Add(entry.Account); break;
            case Engine.Accounts.ReleaseRow release: Accounts.Add(release.Account); break;
            case Engine.Files.DisbursementFileRow file: Accounts.Add(file.Account); break;
            case Engine.Payroll.PayrollRow payroll: Payrolls.Add(payroll.Payroll); break;
            case Engine.Accounts.ReleaseRangeRow range: Payrolls.Add(range.Payroll); break;
            case Engine.Accounts.ReleaseLeftRow left: Payrolls.Add(left.Payroll); break;
            case Engine.Arrears.ObligationRow obligation: Obligations.Add(obligation.Obligation); break;
            case Engine.Arrears.ObligationLineRow line: Obligations.Add(line.Obligation); break;
            case Engine.Arrears.ObligationLineLeftRow gone: Obligations.Add(gone.Obligation); break;
            case Engine.Attendance.AttendanceRow attendance: Workers.Add(attendance.Worker); break;
            case Engine.People.ProposalRow or Engine.People.PayeeApprovalRow: People = true; break;
        }
    }

    /// <summary>Whether two people decided something.</summary>
    public bool People { get; private set; }

    public void Forget()
    {
        People = false;
        Claims.Clear();
        Accounts.Clear();
        Payrolls.Clear();
        Obligations.Clear();
        Workers.Clear();
    }

    /// <summary>Of the leaf's line "decider VERB/VERSION".</summary>
    private static string VerbOf(byte[] leaf)
    {
        ReadOnlySpan<byte> mark = "\ndecider "u8;
        var rest = leaf.AsSpan()[(leaf.AsSpan().IndexOf(mark) + mark.Length)..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'/')]);
    }
}

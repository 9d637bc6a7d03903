using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.Engine.Payroll;

/// <summary>
/// Moves of claims between standings within one decision, kept per payroll, and the header they end in (L3).
/// </summary>
public sealed class PayrollCounters
{
    private readonly SortedDictionary<long, long[]> _moves = [];

    /// <summary>Payrolls touched.</summary>
    public IReadOnlyCollection<long> Payrolls => _moves.Keys;

    /// <summary>One claim goes from one standing to another.</summary>
    public void Move(long payroll, ClaimStanding from, ClaimStanding to, Money amount, long lines = 1)
    {
        if (from == to) return;
        if (!_moves.TryGetValue(payroll, out var moves)) _moves[payroll] = moves = new long[8];
        moves[(int)from] -= lines;
        moves[(int)to] += lines;
        moves[4 + (int)from] -= amount.Fen;
        moves[4 + (int)to] += amount.Fen;
    }

    /// <summary>The header after the moves; its state is computed from its counters by this one function.</summary>
    public PayrollRow Apply(PayrollRow payroll)
    {
        var m = _moves[payroll.Payroll];
        var moved = payroll with
        {
            Version = payroll.Version + 1,
            LinesUnpaid = payroll.LinesUnpaid + m[(int)ClaimStanding.Unpaid],
            LinesInFlight = payroll.LinesInFlight + m[(int)ClaimStanding.InFlight],
            LinesPaid = payroll.LinesPaid + m[(int)ClaimStanding.Paid],
            LinesVoided = payroll.LinesVoided + m[(int)ClaimStanding.Voided],
            UnpaidFen = payroll.UnpaidFen + m[4 + (int)ClaimStanding.Unpaid],
            InFlightFen = payroll.InFlightFen + m[4 + (int)ClaimStanding.InFlight],
            PaidFen = payroll.PaidFen + m[4 + (int)ClaimStanding.Paid],
            VoidedFen = payroll.VoidedFen + m[4 + (int)ClaimStanding.Voided],
        };
        return moved with { State = StateOf(moved) };
    }

    /// <summary>Approved while a claim is neither paid nor voided, else Settled.</summary>
    public static PayrollState StateOf(PayrollRow payroll) =>
        payroll.LinesUnpaid == 0 && payroll.LinesInFlight == 0 ? PayrollState.Settled : PayrollState.Approved;
}

using Disbursement.Engine.Primitives;
using NodaTime;

namespace Disbursement.Engine.Calendars;

/// <summary>The last moment at which a file can go to the bank and still be credited in time (最迟发送时间).</summary>
public static class SendDeadline
{
    /// <summary>
    /// The last cut-off such that the credit, some bank days later, still falls on or before the due date.
    /// </summary>
    /// <param name="due">The due date. It may be a legal working day on which the bank is shut.</param>
    /// <param name="creditLagDays">
    /// Bank days from sending to the credit on the worker's account; 0 is the same day.
    /// </param>
    /// <param name="window">The payer's bank.</param>
    public static Decision<Instant> Of(LocalDate due, int creditLagDays, BankWindow window)
    {
        Invariant.Holds(creditLagDays >= 0, "no bank credits before it is sent to");
        var credit = window.RollEarlier(due);
        if (!credit.Accepted) return Decision<Instant>.Refuse(credit.Findings);
        var send = window.AddBankDays(credit.Value, -creditLagDays);
        return send.Accepted
            ? Decision<Instant>.Accept(ChinaTime.At(send.Value, window.LastCutOff))
            : Decision<Instant>.Refuse(send.Findings);
    }
}

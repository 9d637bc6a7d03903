namespace Disbursement.BankAdapters.Transports;

/// <summary>
/// The bank's side was not reached, gave no answer, or one outside the agreed bounds, while messages were listed,
/// taken or acknowledged: nothing was taken, the next round asks again. A send never throws it: it has outcomes.
/// </summary>
public sealed class TransportFaultException : IOException
{
    public TransportFaultException() { }
    public TransportFaultException(string message) : base(message) { }
    public TransportFaultException(string message, Exception inner) : base(message, inner) { }
}

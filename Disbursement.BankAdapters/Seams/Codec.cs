using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Seams;

/// <summary>File plan → bytes. Pure: same plan and profile, same bytes.</summary>
public interface IPaymentEncoder
{
    /// <summary>Writes the file. Errors name row and field (a character outside the bank's set, a value too wide);
    /// where there is any, what was written is worthless.</summary>
    IReadOnlyList<LocatedError> Encode(BankProfile profile, PaymentPlan plan,
        IEnumerable<CreditInstruction> instructions, Stream output);
}

/// <summary>Bytes → bank message. Total: any bytes give parts
/// or located errors, never an exception. Streaming.</summary>
public interface IMessageDecoder
{
    /// <param name="name">The name the bank gave the message: some banks carry the file reference there only.</param>
    void Decode(BankProfile profile, string name, Stream input, IMessageSink sink);
}

/// <summary>Recall request (撤销) → bytes, for banks that take one. Pure: same request and profile, same bytes.</summary>
public interface IRecallEncoder
{
    /// <summary>Writes the request. Errors name row (0 is the head) and field; where there is any, what was written is
    /// worthless.</summary>
    IReadOnlyList<LocatedError> Encode(BankProfile profile, RecallRequest request, Stream output);
}

using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Seams;

/// <summary>File plan → bytes. Pure: same plan and profile, same bytes.</summary>
public interface IPaymentEncoder
{
    /// <summary>Writes the file. Errors name row and field (a character outside the bank's set, a value too wide);
    /// where there is any, what was written is worthless.</summary>
    IReadOnlyList<LocatedError> Encode(BankProfile profile, PaymentPlan plan,
        IEnumerable<CreditInstruction> instructions, Stream output);
}

/// <summary>Optional: a question to the bank → bytes, for a codec whose bank takes questions. Pure.</summary>
public interface IQueryEncoder
{
    /// <summary>Writes the question by the form of <see cref="QueryForms"/>; errors as with an order.</summary>
    IReadOnlyList<LocatedError> Encode(BankProfile profile, FileForm form, BankQuestion question, Stream output);
}

/// <summary>What a bank is asked.</summary>
/// <param name="Reference">The question's own number, unique like a file's: no bank takes one twice.</param>
/// <param name="FileReference">The file asked about; empty where the question is what came back.</param>
/// <param name="AskedAt">The moment of the decision to ask, local time. Never the clock.</param>
/// <param name="From">First day of the span, and To the last; of a file's question both are its day of execution.
/// </param>
public sealed record BankQuestion(string Reference, string FileReference, string PayerAccount, string PayerName,
    string PayerBankCode, string CustomerId, LocalDateTime AskedAt, LocalDate From, LocalDate To);

/// <summary>Bytes → bank message. Total: any bytes give parts
/// or located errors, never an exception. Streaming.</summary>
public interface IMessageDecoder
{
    /// <param name="name">The name the bank gave the message: some banks carry the file reference there only.</param>
    void Decode(BankProfile profile, string name, Stream input, IMessageSink sink);
}

/// <summary>Optional: card applications (批量开卡) → bytes, for a codec whose bank takes them. Pure.</summary>
public interface ICardEncoder
{
    /// <summary>Writes the batch by the form of <see cref="CardForms.Request"/>; errors as with an order.</summary>
    IReadOnlyList<LocatedError> Encode(BankProfile profile, CardPlan plan, IEnumerable<CardApplication> applications,
        Stream output);
}

/// <summary>Recall request (撤销) → bytes, for banks that take one. Pure: same request and profile, same bytes.</summary>
public interface IRecallEncoder
{
    /// <summary>Writes the request. Errors name row (0 is the head) and field; where there is any, what was written is
    /// worthless.</summary>
    IReadOnlyList<LocatedError> Encode(BankProfile profile, RecallRequest request, Stream output);
}

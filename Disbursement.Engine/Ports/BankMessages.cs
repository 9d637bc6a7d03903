using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.Engine.Ports;

/// <summary>A bank's message with its signature judged.</summary>
/// <param name="Fault">Why it does not open, or null.</param>
/// <param name="Body">What the bank wrote, freed of its envelope.</param>
public sealed record MessageOpening(string? Fault, ReadOnlyMemory<byte> Body);

/// <summary>Verifies a bank's signature. Pure: same bytes, same answer.</summary>
public interface IMessageOpener
{
    /// <param name="profile">Bytes of the adopted bank profile: they name the envelope.</param>
    /// <param name="certificate">Bytes of the bank's adopted certificate, PEM.</param>
    /// <param name="at">When the message was received: certificates are judged at that moment.</param>
    MessageOpening Open(ReadOnlyMemory<byte> profile, ReadOnlyMemory<byte> body, ReadOnlyMemory<byte>? signature,
        ReadOnlyMemory<byte> certificate, Instant at);
}

/// <summary>Reads what a bank wrote. Pure and total: any bytes give parts or located errors.</summary>
public interface IBankMessageReader
{
    /// <param name="name">The name the bank gave the message: some carry the file reference there only.</param>
    void Read(ReadOnlyMemory<byte> profile, string name, ReadOnlyMemory<byte> body, IMessageSink sink);

    /// <summary>The canonical reason of a code or text about a whole file.</summary>
    ReturnReason ReasonOf(ReadOnlyMemory<byte> profile, string code, string text);

    /// <summary>What the profile says of the bank.</summary>
    BankTerms TermsOf(ReadOnlyMemory<byte> profile);

    /// <summary>The profile's debit mode: the file's total at once, or what was settled.</summary>
    bool DebitsWholeFile(ReadOnlyMemory<byte> profile);
}

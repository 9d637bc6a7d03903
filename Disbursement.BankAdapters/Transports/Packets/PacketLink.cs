namespace Disbursement.BankAdapters.Transports.Packets;

/// <summary>How an installation reaches the front-end machine a bank put into its house: a plain socket in the same
/// network, for the machine itself signs and encrypts towards the bank.</summary>
/// <param name="FromBank">The folder the machine puts result files into; empty where it puts none.</param>
/// <param name="ConnectSeconds">Longest wait for the connection.</param>
/// <param name="AnswerSeconds">Longest wait for a whole answer.</param>
/// <param name="MaxBytes">Longest packet sent or taken; never above 999,999, which is what six digits hold.</param>
public sealed record PacketLink(string Host, int Port, string FromBank = "", int ConnectSeconds = 10,
    int AnswerSeconds = 60, int MaxBytes = PacketFrame.MaxContentBytes);

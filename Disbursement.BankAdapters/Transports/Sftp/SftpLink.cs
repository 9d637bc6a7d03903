namespace Disbursement.BankAdapters.Transports.Sftp;

/// <summary>How an installation reaches a bank's SFTP server. Everything secret stands here by reference
/// only.</summary>
/// <param name="Host">Name or address.</param>
/// <param name="User">The account the bank gave us.</param>
/// <param name="HostKeys">Pins of the server's keys, as <c>ssh-keygen -lf</c> writes them ("SHA256:…"). A key that is
/// not pinned is not spoken to; two pins overlap while the bank changes its key.</param>
/// <param name="Key">Name of our private key in the key ring; null with a password.</param>
/// <param name="Passphrase">Reference of the key's passphrase, where it has one.</param>
/// <param name="Password">Reference of the password, where the bank asks for one.</param>
/// <param name="ToBank">Folder we write into; relative to where the server puts us.</param>
/// <param name="FromBank">Folder the bank writes into; empty where the link only takes files.</param>
/// <param name="Acknowledges">False where we may not write the empty file <c>.taken/NAME</c> beside what we
/// took.</param>
/// <param name="ConnectSeconds">Longest wait for connection, key exchange and log-in, each.</param>
/// <param name="AnswerSeconds">Longest wait for one answer of the server.</param>
/// <param name="MaxBytes">Longest message sent or taken.</param>
public sealed record SftpLink(string Host, string User, IReadOnlyList<string> HostKeys, int Port = 22,
    string? Key = null, string? Passphrase = null, string? Password = null,
    string ToBank = "to-bank", string FromBank = "from-bank", bool Acknowledges = true,
    int ConnectSeconds = 30, int AnswerSeconds = 60, long MaxBytes = 64 * 1024 * 1024);

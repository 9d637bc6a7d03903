namespace Disbursement.BankAdapters.Transports.Https;

/// <summary>How an installation reaches a bank over HTTPS. Everything secret stands here by reference only.</summary>
/// <param name="Address">Base address, <c>https://host:port/path/</c>; no other scheme is spoken.</param>
/// <param name="ServerRoots">Names in the key ring of the certificates the server's chain must end in. No other root
/// is trusted, the machine's own included; two overlap while the bank changes its.</param>
/// <param name="ClientKey">Name in the key ring of our key and certificate (mutual TLS).</param>
/// <param name="Fields">Fixed fields of a form, e.g. GroupCIS and ID of ICBC: the customer's own numbers.</param>
/// <param name="Answers">False where the bank keeps no answers for us to fetch.</param>
/// <param name="ConnectSeconds">Longest wait for the connection and its handshake.</param>
/// <param name="AnswerSeconds">Longest wait for a whole answer.</param>
/// <param name="MaxBytes">Longest message sent or answer taken.</param>
public sealed record HttpsLink(string Address, IReadOnlyList<string> ServerRoots, string ClientKey,
    IReadOnlyDictionary<string, string>? Fields = null, bool Answers = true,
    int ConnectSeconds = 30, int AnswerSeconds = 60, int MaxBytes = 64 * 1024 * 1024);

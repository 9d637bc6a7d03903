namespace Disbursement.BankAdapters.Transports.Https;

/// <summary>How an installation reaches a bank over HTTPS. Everything secret stands here by reference only.</summary>
/// <param name="Address">Base address, <c>https://host:port/path/</c>. With sign-then-post it may be the bank's machine
/// in the house, <c>http://</c> and a private address: that machine speaks TLS to the bank.</param>
/// <param name="ServerRoots">Names in the key ring of the certificates the server's chain must end in. No other root
/// is trusted, the machine's own included; two overlap while the bank changes its.</param>
/// <param name="ClientKey">Name in the key ring of our key and certificate (mutual TLS).</param>
/// <param name="Fields">Texts of a form's fields that the bank's letter to the customer gives: in place of the
/// profile's own, or behind them. Never of a field that comes from the file.</param>
/// <param name="Answers">False where the bank keeps no answers for us to fetch.</param>
/// <param name="ConnectSeconds">Longest wait for the connection and its handshake.</param>
/// <param name="AnswerSeconds">Longest wait for a whole answer.</param>
/// <param name="MaxBytes">Longest message sent or answer taken.</param>
/// <param name="Signing">Address of the signing service of sign-then-post: in the house, as above, or https.</param>
/// <param name="FromBank">With sign-then-post: the folder that result files are put into; empty where there is
/// none.</param>
public sealed record HttpsLink(string Address, IReadOnlyList<string> ServerRoots, string ClientKey,
    IReadOnlyDictionary<string, string>? Fields = null, bool Answers = true,
    int ConnectSeconds = 30, int AnswerSeconds = 60, int MaxBytes = 64 * 1024 * 1024,
    string? Signing = null, string FromBank = "");

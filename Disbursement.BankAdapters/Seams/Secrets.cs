namespace Disbursement.BankAdapters.Seams;

/// <summary>Passwords and passphrases by reference: they stand in no profile, no database and no command
/// line.</summary>
public interface ISecrets
{
    /// <summary>The secret of <c>env:VARIABLE</c> or <c>file:NAME</c>, without the line end behind it; null where
    /// there is none of that reference.</summary>
    string? Secret(string reference);
}

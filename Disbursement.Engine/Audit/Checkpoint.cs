using System.Globalization;

namespace Disbursement.Engine.Audit;

/// <summary>
/// A log's head at a size, the text of C2SP tlog-checkpoint: origin, size, root in base64. Signed as a note it
/// commits the log to its whole history. Extension lines are neither written nor accepted.
/// </summary>
/// <param name="Origin">"disburse/EPOCH/LEDGER"; the epoch tells a log begun anew from the one before.</param>
public sealed record Checkpoint(string Origin, long Size, Hash256 Root)
{
    /// <summary>The origin of a ledger's log.</summary>
    public static string OriginOf(string epoch, string ledger) => $"disburse/{epoch}/{ledger}";

    /// <summary>The ledger that the origin names, or an empty text.</summary>
    public string Ledger => Origin.Split('/') is ["disburse", _, var ledger] ? ledger : "";

    /// <summary>The text to sign.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Convert.ToBase64String(Root.ToArray())}\n");

    /// <summary>Reads the text of a note whose signature the caller has verified. Total and strict.</summary>
    public static bool TryParse(string text, out Checkpoint checkpoint)
    {
        checkpoint = null!;
        if (text.Split('\n') is not [var origin, var number, var root, ""]) return false;
        if (!NoteKey.IsName(origin) || !AuditText.TryNumber(number, 0, out var size)) return false;
        if (!AuditText.TryBase64(root, out var bytes) || bytes.Length != Hash256.Length) return false;
        checkpoint = new(origin, size, Hash256.From(bytes));
        return checkpoint.Ledger.Length > 0;
    }
}

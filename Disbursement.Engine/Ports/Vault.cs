using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Ports;

/// <summary>
/// Seals and opens personal data under keys that can be deleted, and hashes identifiers under the ledger's key.
/// </summary>
/// <remarks>
/// Sealing is deterministic under a key (each field has its own label, hence nonce): a replay gives equal bytes.
/// </remarks>
public interface IVault
{
    /// <summary>Keyed hash of an identifier, hex; equal for equal identifiers in one installation.</summary>
    /// <param name="purpose">"identity" or "content": hashes of different purposes never meet.</param>
    string Hash(string purpose, ReadOnlySpan<byte> value);

    /// <summary>Keyed hash of an account number, 16 bytes.</summary>
    byte[] AccountHash(string account);

    /// <summary>Seals a field under the subject's key, made at first use.</summary>
    byte[] SealField(string subject, string label, string value);

    /// <summary>The field's text, or null where the subject's key was erased.</summary>
    string? OpenField(string subject, string label, ReadOnlySpan<byte> bytes);

    StoredDocument Seal(InputDocument document, bool output);

    /// <summary>The plain bytes of a stored document, or null where its key was erased or it is not there.</summary>
    byte[]? Open(string digest);

    /// <summary>
    /// Hands over a subject's key that a set query read along with its rows, so that it is not asked for again.
    /// </summary>
    void Offer(string subject, byte[]? secret);
}

using Disbursement.Engine.Runtime;

namespace Disbursement.Host.Security;

/// <summary>Checks approvals with the enrolled key's algorithm.</summary>
public sealed class SignatureCheck : ISignatureCheck
{
    public bool Verify(string algorithm, string publicKeyPem, ReadOnlySpan<byte> text, string signatureBase64) =>
        new ApprovalSignature(algorithm, signatureBase64).Verify(publicKeyPem, text);
}

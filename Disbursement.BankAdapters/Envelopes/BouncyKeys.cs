using System.Security.Cryptography;
using Disbursement.BankAdapters.Seams;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace Disbursement.BankAdapters.Envelopes;

/// <summary>Our private keys where the library itself must hold them: to decrypt.</summary>
internal static class BouncyKeys
{
    /// <exception cref="CryptographicException">There is none of that name, or no key.</exception>
    public static AsymmetricKeyParameter Private(IKeyRing keys, string name)
    {
        var pem = keys.PrivateKeyPem(name)
            ?? throw new CryptographicException($"the key ring has no private key '{name}'");
        if (!PemEncoding.TryFind(pem, out var found) || pem[found.Label] != "PRIVATE KEY")
            throw new CryptographicException($"'{name}' has no PKCS#8 block 'PRIVATE KEY' in it");
        var der = Convert.FromBase64String(pem[found.Base64Data]);
        try
        {
            return PrivateKeyFactory.CreateKey(der);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
        }
    }

    /// <summary>Everything the library throws about bytes it was given: any class of its own, and SystemException for
    /// what it lets through of the runtime (casts, indices, arguments, ends of streams). Memory that ran out is
    /// neither.
    /// </summary>
    public static bool IsOfTheBytes(Exception fault) => fault is not OutOfMemoryException
        && (fault is SystemException || fault.GetType().Assembly == typeof(CmsException).Assembly);
}

using System.Text.Json;
using Org.BouncyCastle.Asn1.Nist;
using Org.BouncyCastle.Cms;
using Org.BouncyCastle.Crypto.Operators;

namespace Disbursement.BankAdapters.Sandbox.Seals;

/// <summary>Files that carry everything in themselves, at the bank's side: what opens the customer's and makes the
/// bank's own. Code of its own, on BouncyCastle and .NET alone.</summary>
public static class WholeSeal
{
    /// <summary>What the file comes to and the body inside, empty where it is refused. A file that does not decrypt, or
    /// is none of the kind, counts as one whose signature does not hold: nothing in it is believed.</summary>
    public static (FileRefusal Refusal, byte[] Body) Open(SealKind kind, byte[] file, BankKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        try
        {
            return kind switch
            {
                SealKind.CmsAttached => BankSeal.OpenCms(file, keys.OursCertificatePem),
                SealKind.Sm2Attached => Sm2Seal.OpenAttached(file, BankSeal.Certificate(keys.OursCertificatePem)),
                SealKind.Sm2CmsAttached => Sm2CmsSeal.Open(file, null, BankSeal.Certificate(keys.OursCertificatePem)),
                SealKind.CmsEnveloped => BankSeal.OpenCms(Decrypted(file, keys), keys.OursCertificatePem),
                SealKind.OpenPgp => PgpSeal.Open(file, keys),
                SealKind.FormSha256 or SealKind.FormSm3 => FormSeal.Open(file, keys.Secret, kind is SealKind.FormSm3),
                _ => Sm4Seal.Open(file, keys),
            };
        }
        catch (Exception broken) when (broken is JsonException || BankSeal.IsOfTheBytes(broken))
        {
            return (FileRefusal.SignatureInvalid, []);
        }
    }

    /// <summary>The bank's file around a body.</summary>
    public static byte[] Make(SealKind kind, byte[] body, BankKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return kind switch
        {
            SealKind.CmsAttached => BankSeal.MakeCms(body, keys, encapsulate: true),
            SealKind.Sm2Attached => Sm2Seal.MakeDetached(body, BankSeal.PrivateKey(keys.BankKeyPem),
                BankSeal.Certificate(keys.BankCertificatePem), isAttached: true),
            SealKind.Sm2CmsAttached => Sm2CmsSeal.Make(body, keys, isAttached: true),
            SealKind.CmsEnveloped => Encrypted(BankSeal.MakeCms(body, keys, encapsulate: true), keys),
            SealKind.OpenPgp => PgpSeal.Make(body, keys),
            SealKind.FormSha256 or SealKind.FormSm3 => FormSeal.Make(body, keys.Secret, kind is SealKind.FormSm3),
            _ => Sm4Seal.Make(body, keys),
        };
    }

    private static byte[] Decrypted(byte[] file, BankKeys keys)
    {
        var data = new CmsEnvelopedData(file);
        var recipients = data.GetRecipientInfos().GetRecipients();
        if (recipients.Count != 1) throw new InvalidDataException("not for the bank alone");
        return recipients[0] is KeyTransRecipientInformation transported
            ? transported.GetContent(BankSeal.PrivateKey(keys.BankKeyPem))
            : AgreedKey.Decrypted(data, keys.BankKeyPem);
    }

    private static byte[] Encrypted(byte[] signed, BankKeys keys)
    {
        var ours = BankSeal.Certificate(keys.OursCertificatePem);
        var generator = new CmsEnvelopedDataGenerator();
        generator.AddRecipientInfoGenerator(new KeyTransRecipientInfoGenerator(ours,
            new Asn1KeyWrapper("RSA/NONE/OAEPWITHSHA256ANDMGF1PADDING", ours)));
        return generator.Generate(new CmsProcessableByteArray(signed), NistObjectIdentifiers.IdAes256Cbc)
            .ContentInfo.GetEncoded("DER");
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Math;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>招商银行 JSON: the text is signed with a word in the place of its signature. The customer's UID of the sample
/// is known to both sides.</summary>
internal static partial class SigdatSeal
{
    private const string Word = "__signature_sigdat__";
    private static readonly byte[] s_userId = Encoding.ASCII.GetBytes("SAMPLE0001000000");

    public static FileRefusal Check(byte[] body, AsymmetricKeyParameter key)
    {
        var text = BankText.Utf8.GetString(body);
        var found = Place().Matches(text);
        if (found.Count != 1) return FileRefusal.SignatureMissing;
        var pair = Convert.FromBase64String(found[0].Groups[1].Value);
        if (pair.Length != 64) return FileRefusal.SignatureInvalid;
        var der = new DerSequence(new DerInteger(new BigInteger(1, pair, 0, 32)),
            new DerInteger(new BigInteger(1, pair, 32, 32))).GetDerEncoded();
        var signed = BankText.Utf8.GetBytes(Place().Replace(text, $"\"sigdat\":\"{Word}\""));
        return Sm2Seal.Verify(signed, der, key, s_userId);
    }

    public static byte[] Make(byte[] body, AsymmetricKeyParameter key)
    {
        var der = Asn1Sequence.GetInstance(Sm2Seal.Sign(body, key, s_userId));
        var pair = new byte[64];
        for (var i = 0; i < 2; i++)
        {
            var number = DerInteger.GetInstance(der[i]).PositiveValue.ToByteArrayUnsigned();
            number.CopyTo(pair, 32 * (i + 1) - number.Length);
        }
        return BankText.Utf8.GetBytes(BankText.Utf8.GetString(body).Replace(Word, Convert.ToBase64String(pair),
            StringComparison.Ordinal));
    }

    [GeneratedRegex("\"sigdat\":\"([^\"]*)\"")]
    private static partial Regex Place();
}

using System.Net;
using System.Text;
using System.Text.Json;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Math;
using Org.BouncyCastle.Security;

namespace Disbursement.BankAdapters.Sandbox.Seals;

/// <summary>CMB's form: SM4-CBC over JSON that carries its own SM2 signature as r‖s in Base64.</summary>
internal static class Sm4Seal
{
    private const string Mark = "__signature_sigdat__";
    private const string Before = "\"sigdat\":\"";

    public static (FileRefusal Refusal, byte[] Body) Open(byte[] form, BankKeys keys)
    {
        var fields = Encoding.ASCII.GetString(form).Split('&').Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => WebUtility.UrlDecode(pair[1]), StringComparer.Ordinal);
        var uid = fields["UID"];
        if (uid != keys.UserId || fields["ALG"] != "SM") return (FileRefusal.WrongSigner, []);
        var text = Encoding.UTF8.GetString(Cipher(false, keys.Secret, uid, Convert.FromBase64String(fields["DATA"])));
        using var json = JsonDocument.Parse(text);
        var said = json.RootElement.GetProperty("signature").GetProperty("sigdat").GetString()!;
        var signature = Convert.FromBase64String(said);
        if (signature.Length != 64) return (FileRefusal.SignatureInvalid, []);
        var body = Encoding.UTF8.GetBytes(text.Replace(Before + said, Before + Mark, StringComparison.Ordinal));
        var refusal = Sm2Seal.Verify(body, Parted(signature), BankSeal.PublicKey(keys.OursCertificatePem), UserOf(uid));
        return (refusal, refusal == FileRefusal.None ? body : []);
    }

    public static byte[] Make(byte[] body, BankKeys keys)
    {
        var signature = Joined(Sm2Seal.Sign(body, BankSeal.PrivateKey(keys.BankKeyPem), UserOf(keys.UserId)));
        var text = Encoding.UTF8.GetString(body).Replace(Mark, Convert.ToBase64String(signature),
            StringComparison.Ordinal);
        using var json = JsonDocument.Parse(body);
        var head = json.RootElement.EnumerateObject().First().Value.GetProperty("head");
        var data = Convert.ToBase64String(Cipher(true, keys.Secret, keys.UserId, Encoding.UTF8.GetBytes(text)));
        return Encoding.ASCII.GetBytes($"UID={keys.UserId}&FUNCODE={head.GetProperty("funcode").GetString()}&ALG=SM"
            + $"&DATA={WebUtility.UrlEncode(data)}");
    }

    /// <summary>The DER signature of 64 bytes r‖s.</summary>
    internal static byte[] Parted(byte[] joined) => new DerSequence(new DerInteger(new BigInteger(1, joined, 0, 32)),
        new DerInteger(new BigInteger(1, joined, 32, 32))).GetDerEncoded();

    /// <summary>The 64 bytes r‖s of a DER signature.</summary>
    internal static byte[] Joined(byte[] der)
    {
        var pair = Asn1Sequence.GetInstance(der);
        return [.. Fixed(pair[0]), .. Fixed(pair[1])];

        static byte[] Fixed(Asn1Encodable value) =>
            Org.BouncyCastle.Utilities.BigIntegers.AsUnsignedByteArray(32, DerInteger.GetInstance(value).Value);
    }

    private static byte[] UserOf(string uid) => Encoding.ASCII.GetBytes((uid + "0000000000000000")[..16]);

    private static byte[] Cipher(bool forEncryption, string hexKey, string uid, byte[] bytes)
    {
        var cipher = CipherUtilities.GetCipher("SM4/CBC/PKCS7Padding");
        cipher.Init(forEncryption, new ParametersWithIV(new KeyParameter(Convert.FromHexString(hexKey)),
            Encoding.ASCII.GetBytes(uid + "000000")));
        return cipher.DoFinal(bytes);
    }
}

using System.Diagnostics;
using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>Sample keys of both sides, made by the openssl
/// command, and the customer's signatures made with it.</summary>
internal static class SandboxKeys
{
    private static readonly Lazy<string> s_folder = new(Make);

    public static string Folder => s_folder.Value;

    public static byte[] Sign(string profile, byte[] body, string signer = "ours")
    {
        var work = Directory.CreateTempSubdirectory("sandbox-sign").FullName;
        var (content, seal) = (Path.Combine(work, "content"), Path.Combine(work, "seal"));
        File.WriteAllBytes(content, body);
        var name = Path.Combine(Folder, $"{signer}-{profile}");
        if (profile == "iso20022-pain")
            Openssl($"cms -sign -binary -in {content} -signer {name}.pem -inkey {name}.key.pem "
                + $"-outform DER -out {seal}");
        else Openssl($"dgst -sm3 -sign {name}.key.pem -sigopt distid:1234567812345678 -out {seal} {content}");
        var bytes = File.ReadAllBytes(seal);
        Directory.Delete(work, recursive: true);
        return profile switch
        {
            "icbc-bxt" => Gmt0010(bytes, name + ".pem"),
            "cmb-ntagcsal" => System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)),
            _ => bytes,
        };
    }

    public static (int Code, string Text) Run(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    private static void Openssl(string arguments)
    {
        var (code, text) = Run("openssl", arguments);
        Assert.True(code == 0, $"openssl {arguments}: {text}");
    }

    private static string Make()
    {
        var folder = Directory.CreateTempSubdirectory("sandbox-keys").FullName;
        foreach (var side in (string[])["ours", "bank", "stranger"])
        {
            foreach (var profile in (string[])["icbc-bxt", "cmb-ntagcsal"])
                Pair(folder, $"{side}-{profile}", "-algorithm SM2", "-sm3 -sigopt distid:1234567812345678");
            Pair(folder, side + "-iso20022-pain", side == "bank"
                ? "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"
                : "-algorithm RSA -pkeyopt rsa_keygen_bits:3072", "-sha256");
        }
        return folder;
    }

    private static void Pair(string folder, string name, string algorithm, string digest)
    {
        var path = Path.Combine(folder, name);
        Openssl($"genpkey {algorithm} -out {path}.key.pem");
        Openssl($"req -x509 -new -key {path}.key.pem {digest} "
            + $"-subj /C=CN/O=SAMPLE/CN={name} -days 3650 -out {path}.pem");
    }

    /// <summary>GM/T 0010 detached signed data put together field by field around a signature of openssl.</summary>
    private static byte[] Gmt0010(byte[] signature, string certificatePath)
    {
        var certificate = X509CertificateLoader.LoadCertificateFromFile(certificatePath);
        var der = new AsnWriter(AsnEncodingRules.DER);
        var zero = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        using (der.PushSequence())
        {
            der.WriteObjectIdentifier("1.2.156.10197.6.1.4.2.2");
            using (der.PushSequence(zero))
            using (der.PushSequence())
            {
                der.WriteInteger(1);
                using (der.PushSetOf()) Algorithm(der, "1.2.156.10197.1.401");
                using (der.PushSequence()) der.WriteObjectIdentifier("1.2.156.10197.6.1.4.2.1");
                using (der.PushSetOf(zero)) der.WriteEncodedValue(certificate.RawData);
                using (der.PushSetOf())
                using (der.PushSequence())
                {
                    der.WriteInteger(1);
                    using (der.PushSequence())
                    {
                        der.WriteEncodedValue(certificate.IssuerName.RawData);
                        der.WriteInteger(certificate.SerialNumberBytes.Span);
                    }
                    Algorithm(der, "1.2.156.10197.1.401");
                    Algorithm(der, "1.2.156.10197.1.301.1");
                    der.WriteOctetString(signature);
                }
            }
        }
        return der.Encode();
    }

    private static void Algorithm(AsnWriter der, string id)
    {
        using (der.PushSequence())
        {
            der.WriteObjectIdentifier(id);
            der.WriteNull();
        }
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Disbursement.BankAdapters.Sandbox.Https;

/// <summary>Sample certificates of a bank's HTTPS server on loopback and of its customer; never for a real
/// bank.</summary>
public static class SampleTls
{
    // A connection is judged by the clock of the machine, whatever it says; throwaway keys need no end.
    private static readonly DateTimeOffset s_from = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset s_until = new(2099, 12, 31, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes <c>root.pem</c>, <c>server[.key].pem</c> for 127.0.0.1 under it, and <c>ours[.key].pem</c> in an
    /// existing folder.</summary>
    public static void Make(string folder)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var asked = Request("root", rootKey);
        asked.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        asked.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var root = asked.CreateSelfSigned(s_from, s_until);
        Write("root", root, null);

        using var serverKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var server = Request("server", serverKey);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        server.CertificateExtensions.Add(names.Build());
        // 1.3.6.1.5.5.7.3.1: server authentication (RFC 5280 §4.2.1.12)
        server.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], true));
        using var signed = server.Create(root, s_from, s_until, [2]);
        Write("server", signed, serverKey);

        using var oursKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var ours = Request("ours", oursKey).CreateSelfSigned(s_from, s_until);
        Write("ours", ours, oursKey);

        void Write(string name, X509Certificate2 certificate, ECDsa? key)
        {
            File.WriteAllText(Path.Combine(folder, $"{name}.pem"), certificate.ExportCertificatePem() + "\n");
            if (key is not null)
                File.WriteAllText(Path.Combine(folder, $"{name}.key.pem"), key.ExportPkcs8PrivateKeyPem() + "\n");
        }
    }

    private static CertificateRequest Request(string name, ECDsa key) =>
        new($"CN=SAMPLE {name}, O=SAMPLE - not for real payments", key, HashAlgorithmName.SHA256);
}

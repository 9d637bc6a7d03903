using Disbursement.Host.Security;
using Org.BouncyCastle.Crypto.Parameters;

namespace Disbursement.Host.Feeds;

/// <summary>
/// The key that signs batches, in the folder of keys: feed.key.pem (Ed25519) or feed.sm2.key.pem (SM2), its public half
/// beside it without ".key". Another than the log's: this one is at work at every tick, and must never be able to sign
/// a history.
/// </summary>
internal sealed record FeedKey(string Algorithm, string PrivatePem, string PublicPem)
{
    /// <summary>The key that stands, or null.</summary>
    public static FeedKey? Find(string folder, string algorithm)
    {
        var path = PrivatePath(folder, algorithm);
        if (!File.Exists(path)) return null;
        var pem = File.ReadAllText(path);
        return new FeedKey(algorithm, pem, PublicOf(algorithm, pem));
    }

    /// <summary>The key that stands; made, readable by its owner alone, at first use. The public half is written anew
    /// where it is not there.</summary>
    public static FeedKey Ensure(string folder, string algorithm)
    {
        Directory.CreateDirectory(folder);
        var path = PrivatePath(folder, algorithm);
        if (!File.Exists(path))
            LogKey.Write(path, algorithm == ApprovalSignature.Sm2 ? Sm2Keys.Generate().PrivatePem
                : Ed25519Keys.Generate().PrivatePem);
        var key = Find(folder, algorithm)!;
        var open = PublicPath(folder, algorithm);
        if (!File.Exists(open)) File.WriteAllText(open, key.PublicPem);
        return key;
    }

    /// <summary>The signature in base64.</summary>
    public string Sign(ReadOnlySpan<byte> payload) => ApprovalSignature.Sign(PrivatePem, payload).Base64;

    /// <summary>Where the public half is, which the subscriber is handed.</summary>
    public static string PublicPath(string folder, string algorithm) =>
        Path.Combine(folder, algorithm == ApprovalSignature.Sm2 ? "feed.sm2.pem" : "feed.pem");

    private static string PrivatePath(string folder, string algorithm) =>
        Path.ChangeExtension(PublicPath(folder, algorithm), ".key.pem");

    private static string PublicOf(string algorithm, string privatePem)
    {
        if (algorithm != ApprovalSignature.Sm2)
            return PemText.Public(Ed25519Keys.Private(privatePem).GeneratePublicKey());
        var key = Sm2Keys.Private(privatePem);
        return PemText.Public(new ECPublicKeyParameters(key.Parameters.G.Multiply(key.D), Sm2Keys.Curve));
    }
}

using System.Diagnostics;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using NodaTime;
using Org.BouncyCastle.Crypto.Digests;

namespace Disbursement.Host.Bench.Codecs;

/// <summary>One envelope on one body: sealing and opening, and one pass of its digest as the floor.</summary>
public sealed record EnvelopeFigures(string Envelope, string Key, long Bytes, double SealSeconds, double OpenSeconds,
    double DigestSeconds, double Ratio);

/// <summary>Measures the envelopes that sign a whole file, warm, with sample keys.</summary>
internal static class EnvelopeBench
{
    private static readonly Instant From = Instant.FromUtc(2026, 1, 1, 0, 0), Until = Instant.FromUtc(2027, 1, 1, 0, 0);

    private static readonly (string Kind, SampleKeyKind Key)[] Kinds =
    [
        (CmsEnvelope.Kind, SampleKeyKind.Rsa3072), (CmsEnvelope.Kind, SampleKeyKind.EcdsaP256),
        (Sm2CmsEnvelope.Kind, SampleKeyKind.Sm2), (Sm2AttributedEnvelope.Kind, SampleKeyKind.Sm2),
        (Sm2RawEnvelope.Kind, SampleKeyKind.Sm2),
    ];

    public static IReadOnlyList<EnvelopeFigures> Run(byte[] body, int runs)
    {
        var folder = Directory.CreateTempSubdirectory("bench-envelopes").FullName;
        try
        {
            return [.. Kinds.Select(k => Measure(folder, k.Kind, k.Key, body, runs))];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static EnvelopeFigures Measure(string folder, string kind, SampleKeyKind key, byte[] body, int runs)
    {
        var name = key.ToString().ToLowerInvariant();
        SampleKeys.Ensure(folder, name, key, From, Until);
        var envelope = EnvelopeCatalogue.Find(kind)!;
        var (keys, names) = (new PemKeyRing(folder), new EnvelopeKeys(name, name));
        var sealedBody = envelope.Seal(body, keys, names);
        var opened = envelope.Open(sealedBody, keys, names, From + Duration.FromDays(30));
        if (opened.Fault != OpenFault.None)
            throw new InvalidOperationException($"{kind}: {opened.Fault} {opened.Detail}");
        var seal = Fastest(runs, () => envelope.Seal(body, keys, names));
        var open = Fastest(runs, () => envelope.Open(sealedBody, keys, names, From + Duration.FromDays(30)));
        var digest = Fastest(runs, () => Digest(key, body));
        return new EnvelopeFigures(kind, name, body.Length, seal, open, digest, seal / digest);
    }

    private static void Digest(SampleKeyKind key, byte[] body)
    {
        if (key != SampleKeyKind.Sm2)
        {
            SHA256.HashData(body);
            return;
        }
        var sm3 = new SM3Digest();
        sm3.BlockUpdate(body);
        sm3.DoFinal(new byte[32]);
    }

    private static double Fastest(int runs, Action work)
    {
        var best = double.MaxValue;
        for (var run = 0; run < runs; run++)
        {
            var begun = Stopwatch.GetTimestamp();
            work();
            best = Math.Min(best, Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        return best;
    }
}

using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Profiles;

/// <summary>Made-up plans for the conformance kit. People and accounts are samples (样例).</summary>
public static class ConformanceSample
{
    public static CreditInstruction Row(BankProfile profile, int row) => new(row,
        $"{row:00000000}"[..Math.Min(8, profile.Limits.RowReferenceWidth)], "6222020000000000004", "样例甲", "", "",
        new Money(100 + row), "");

    public static IReadOnlyList<CreditInstruction> Rows(BankProfile profile, int count) =>
        [.. Enumerable.Range(1, count).Select(row => Row(profile, row))];

    public static PaymentPlan Plan(BankProfile profile, IReadOnlyList<CreditInstruction> rows) => new(
        "SAMPLE0000000001", "2402000000000000001", "样例建设有限公司", $"{profile.BankCode}701000017", "SAMPLE",
        new LocalDate(2026, 1, 30), new LocalDateTime(2026, 1, 29, 9, 0),
        rows.Count, rows.Aggregate(Money.Zero, (sum, row) => sum + row.Amount), "代发工资");

    /// <summary>A text of the one form a kind of envelope takes; null for kinds that take any bytes.</summary>
    public static byte[]? FormOf(string envelope) => envelope switch
    {
        FormEnvelope.Sha256Kind or FormEnvelope.Sm3Kind =>
            "batch=SAMPLE1&name=%E6%A0%B7%E4%BE%8B&amount=123456"u8.ToArray(),
        SigdatEnvelope.Kind or Sm4FormEnvelope.Kind => """
            {"request":{"head":{"funcode":"BB6BTHHL","userid":"SAMPLE0001"},"body":{"name":"样例"}},
            "signature":{"sigdat":"__signature_sigdat__","sigtim":"20260313090000"}}
            """u8.ToArray(),
        _ => null,
    };

    /// <summary>A user id of the kind: CMB's UID has ten characters (domain facts 7.2), the usual SM2 id
    /// sixteen.</summary>
    public static string UserOf(string envelope) =>
        envelope is SigdatEnvelope.Kind or Sm4FormEnvelope.Kind ? "SAMPLE0001" : "1234567812345678";

    /// <summary>A name that fills the bank's width to the last byte.</summary>
    public static string Widest(BankProfile profile)
    {
        var width = profile.Limits.NameWidth;
        var perCharacter = profile.Outbound.Charset.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) ? 3 : 2;
        return new string('A', width % perCharacter) + new string('样', width / perCharacter);
    }
}

/// <summary>Counts what a decoder gives, and keeps the first thing it could not read.</summary>
internal sealed class CountingSink : IMessageSink
{
    public int Heads { get; private set; }
    public int Lines { get; private set; }
    public int Errors { get; private set; }
    public LocatedError? First { get; private set; }
    public void Head(MessageHead head) => Heads++;
    public void Line(in ReportLine line) => Lines++;
    public void Statement(StatementHead head) => Heads++;
    public void Entry(in StatementEntry entry) => Lines++;

    public void Error(LocatedError error)
    {
        Errors++;
        First ??= error;
    }
}

/// <summary>A seeded sequence (SplitMix64): the same damage on every run and every machine.</summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    public int Below(int limit)
    {
        unchecked
        {
            var z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)limit);
        }
    }
}

/// <summary>Damages bytes as lines and people do: flips, cuts,
/// repeats, and bytes that mean something to parsers.</summary>
internal static class Mutation
{
    public static byte[] Of(ReadOnlySpan<byte> bytes, ref SplitMix chance)
    {
        var result = bytes.ToArray().ToList();
        for (var i = 1 + chance.Below(4); i > 0 && result.Count > 0; i--)
        {
            var at = chance.Below(result.Count);
            switch (chance.Below(4))
            {
                case 0: result[at] = (byte)chance.Below(256); break;
                case 1: result.RemoveRange(at, Math.Min(1 + chance.Below(40), result.Count - at)); break;
                case 2:
                    result.InsertRange(at, result.GetRange(at, Math.Min(1 + chance.Below(200), result.Count - at)));
                    break;
                default: result.Insert(at, "<>&|\n\r-\"\0\x81\xFF"u8[chance.Below(11)]); break;
            }
        }
        return [.. result];
    }
}

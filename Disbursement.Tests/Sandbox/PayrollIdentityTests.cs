using System.Globalization;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Sandbox;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Tests.Codecs;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Sandbox;

/// <summary>Any valid payroll → encode → seal → open → decode is the identity, for every profile: opened and decoded
/// by the sandbox bank, which shares no code with us.</summary>
public sealed class PayrollIdentityTests
{
    // 0x817C has '|' as its second byte in GBK; ·, A and digits stand in names too. What a form forbids is left out.
    private const string Characters = "样例工人甲乙丙丁戊己庚辛壬癸一二三贵州毕节遵义安顺亅·AbZ09亂丂丄";

    /// <summary>What a row says beside account, name and amount: number and name of the payee's bank, and a remark.
    /// A form that is not here has no place for any of them.</summary>
    private static readonly Dictionary<string, Beside> s_beside = new()
    {
        ["abc-csv"] = Beside.Remark,
        ["boc-b2e0078"] = Beside.Bank | Beside.BankName | Beside.Remark,
        ["boc-payoff"] = Beside.Bank,
        ["ccb-wage"] = Beside.Remark,
        ["ceb-transfer"] = Beside.Bank | Beside.BankName,
        ["cgb-wage"] = Beside.Bank | Beside.BankName,
        ["cib-transfer"] = Beside.Bank | Beside.BankName | Beside.Remark,
        ["citic-text"] = Beside.Remark,
        ["cmb-bb6bthhl"] = Beside.BankName | Beside.Remark,
        ["cmb-ntagcsal"] = Beside.BankName | Beside.Remark,
        ["gyb-delimited"] = Beside.Bank | Beside.Remark,
        ["gzb-delimited"] = Beside.Bank | Beside.Remark,
        ["gzrc-fixed"] = Beside.Bank | Beside.Remark,
        ["hxb-transfer"] = Beside.BankName | Beside.Remark,
        ["icbc-bxt"] = Beside.BankName | Beside.Remark,
        ["icbc-finance"] = Beside.BankName | Beside.Remark,
        ["icbc-payper"] = Beside.Bank | Beside.BankName | Beside.Remark,
        ["iso20022-mt940"] = Beside.Bank | Beside.BankName | Beside.Remark,
        ["iso20022-older"] = Beside.Bank | Beside.BankName | Beside.Remark,
        ["iso20022-pain"] = Beside.Bank | Beside.BankName | Beside.Remark,
        ["pab-transfer"] = Beside.BankName,
        ["unionpay-chinapay"] = Beside.BankName,
    };

    [Flags]
    private enum Beside
    {
        None = 0,
        Bank = 1,
        BankName = 2,
        Remark = 4,
    }

    [Property(MaxTest = 12)]
    public void What_the_bank_reads_is_what_was_planned(int seed, byte count)
    {
        foreach (var id in CodecSamples.ProfileIds) Holds(id, new Chance(seed), 1 + count);
    }

    private static void Holds(string id, Chance random, int count)
    {
        var (profile, partner) = (CodecSamples.Profile(id), Partner.Find(id)!);
        var rows = Enumerable.Range(1, count).Select(n => Row(random, n, profile)).ToArray();
        var reference = profile.Limits.BatchReferenceWidth < 20 ? "PA7KB5CK00000042" : "PA7KB5CK000000000042";
        var plan = new PaymentPlan(reference, "6212260000000000017", "样例建设有限公司专户", profile.BankCode + "701000017",
            "SAMPLE-C-01", new(2026, 3, 13), new(2026, 3, 13, 9, 0), rows.Length,
            new Money(rows.Sum(r => r.Amount.Fen)), "代发工资");
        using var output = new MemoryStream();
        Assert.Empty(BankCatalogue.Shipped.Encoder(profile.Outbound.Codec)!.Encode(profile, plan, rows, output));

        var (body, seal) = Sealed(profile, output.ToArray());
        // The same by our own opener: what is kept and sent again is what was approved.
        var form = profile.Envelope;
        var sent = new SealedMessage(body, seal is null ? null : (ReadOnlyMemory<byte>?)seal,
            EnvelopeCatalogue.SignatureSuffix(form.Kind));
        var opened = EnvelopeCatalogue.Find(form.Kind)!.Open(sent, new PemKeyRing(RoundTrip.KeyFolder),
            new EnvelopeKeys(form.OurKey, form.OurKey, form.DistinguishedId),
            NodaTime.Instant.FromUtc(2026, 3, 13, 1, 0));
        Assert.True(opened.Fault == OpenFault.None && opened.Body.Span.SequenceEqual(output.ToArray()), opened.Detail);
        var certificate = File.ReadAllText(Path.Combine(RoundTrip.KeyFolder, $"ours-{id}.pem"));
        Assert.Equal(FileRefusal.None, BankSeal.Check(partner.Seal, body, seal, certificate));
        var name = profile.Transport.NamePattern.Replace("{reference}", plan.Reference, StringComparison.Ordinal);
        var reading = OrderReader.Read(partner, name, body);

        Assert.Empty(reading.Troubles);
        Assert.Empty(OrderReader.Check(partner, reading.Order!));
        var order = reading.Order!;
        Assert.Equal(plan.Reference, order.Reference);
        if (partner.Orders is null or { NamesPayer: true }) Assert.Equal(plan.PayerAccount, order.PayerAccount);
        Assert.Equal(rows.Select(r => (r.Row, r.Account, r.Name, r.Amount.Fen)), order.Rows.Select(r =>
            (int.Parse(r.RowReference, CultureInfo.InvariantCulture), r.Account, r.Name, r.Fen)));
        var beside = s_beside.GetValueOrDefault(id);
        foreach (var (row, read) in rows.Zip(order.Rows)) Same($"{id} row {row.Row}", row, read, beside, plan.Purpose);
    }

    /// <summary>Of the bank's own accounts a form may name the bank or not: that is no part of what was planned.
    /// </summary>
    private static void Same(string at, CreditInstruction row, OrderRow read, Beside beside, string purpose)
    {
        if (row.BankCode.Length > 0)
        {
            Told(Beside.Bank, read.Bank, row.BankCode);
            Told(Beside.BankName, read.BankName, row.BankName);
        }
        // ISO 20022 has one place for purpose and remark.
        Told(Beside.Remark, read.Remark, !at.StartsWith("iso20022", StringComparison.Ordinal) ? row.Remark
            : row.Remark.Length > 0 ? $"{purpose} {row.Remark}" : purpose);

        void Told(Beside what, string? told, string planned) =>
            Assert.True(told == (beside.HasFlag(what) ? planned : null), $"{at}: {what} is {told}, planned {planned}");
    }

    private static (byte[] Body, byte[]? Seal) Sealed(BankProfile profile, byte[] body)
    {
        var form = profile.Envelope;
        var message = EnvelopeCatalogue.Find(form.Kind)!.Seal(body, new PemKeyRing(RoundTrip.KeyFolder),
            new EnvelopeKeys(form.OurKey, form.BankCertificate, form.DistinguishedId));
        return (message.Body.ToArray(), message.Signature?.ToArray());
    }

    private static CreditInstruction Row(Chance random, int row, BankProfile profile)
    {
        var most = Math.Min(profile.Limits.RowFen, profile.Limits.FileFen / 256);
        var fen = random.Next(4) switch
        {
            0 => random.Between(1, 99),
            1 => random.Between(1, most),
            _ => random.Between(100, 2_000_000),
        };
        var other = random.Next(3) == 0;
        // To the last byte that the bank takes, with characters of two bytes in GBK and three in UTF-8.
        var widest = profile.Limits.NameWidth
            / (profile.Outbound.Charset.Equals("UTF-8", StringComparison.OrdinalIgnoreCase) ? 3 : 2);
        var digits = random.Next(8) == 0 ? profile.Limits.AccountWidth : 12 + random.Next(8);
        return new(row, row.ToString("00000000", CultureInfo.InvariantCulture),
            string.Concat(Enumerable.Range(0, digits).Select(_ => (char)('0' + random.Next(10)))),
            Text(random, random.Next(8) == 0 ? widest : 1 + random.Next(8)),
            other ? "403701000014" : "", other ? "中国邮政储蓄银行" : "",
            new Money(fen), Text(random, random.Next(6)));
    }

    private static string Text(Chance random, int length) =>
        string.Concat(Enumerable.Range(0, length).Select(_ => Characters[random.Next(Characters.Length)]));

    /// <summary>A seeded sequence (SplitMix64): a failing seed fails again.</summary>
    internal sealed class Chance(int seed)
    {
        private ulong _state = unchecked((ulong)seed);

        public int Next(int limit) => (int)Between(0, limit - 1);

        public long Between(long least, long most)
        {
            unchecked
            {
                var z = _state += 0x9E3779B97F4A7C15;
                z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
                z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
                return least + (long)((z ^ (z >> 31)) % (ulong)(most - least + 1));
            }
        }
    }
}

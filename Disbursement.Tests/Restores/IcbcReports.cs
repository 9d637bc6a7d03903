using System.Text.RegularExpressions;
using Disbursement.BankAdapters.Envelopes;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Security;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Returns;
using NodaTime;

namespace Disbursement.Tests.Restores;

/// <summary>Signed reports of a bank, taken by a ledger without its exchange folders.</summary>
internal sealed partial class IcbcReports
{
    public const string Profile = "icbc-bxt";
    private const string Key = "bank-icbc-bxt";
    private readonly SampleLedger _samples;
    private readonly string _keys;

    /// <param name="keys">The folder of both sides' keys.</param>
    public IcbcReports(SampleLedger samples, string keys)
    {
        (_samples, _keys) = (samples, keys);
        SampleKeys.Ensure(keys, Key, SampleKeyKind.Sm2, Instant.FromUtc(2026, 1, 1, 0, 0),
            Instant.FromUtc(2030, 1, 1, 0, 0));
        samples.Done("", new Command("ledger.adopt", ("kind", BankReceive.Certificate), ("name", Profile))
            .With(new InputDocument(BankReceive.Certificate, File.ReadAllBytes(Path.Combine(keys, Key + ".pem")))));
    }

    /// <summary>Account numbers that stand in a text, by the hash the ledger has of them.</summary>
    public Dictionary<string, string> AccountsIn(string text) => Digits().Matches(text).Select(m => m.Value).Distinct()
        .ToDictionary(a => Convert.ToHexStringLower(_samples.Ask(v => v.Vault.AccountHash(a))));

    /// <param name="number">Tells messages of one file apart.</param>
    public void Tell(string reference, int number, (long Row, string Account, long Fen, string Status)[] rows) =>
        Take(reference, number, MoneyRig.ReportText(rows));

    /// <summary>A word on the whole file, and no row.</summary>
    public void Refuse(string reference, int number, string why = "") => Take(reference, number,
        MoneyRig.ReportText([]).Replace("批次号:SAMPLE\n", $"批次号:SAMPLE\n批次状态:批次被拒绝\n银行反馈信息:{why}\n",
            StringComparison.Ordinal));

    /// <summary>The bank has the whole file, and names no row.</summary>
    public void Accept(string reference, int number) => Take(reference, number,
        MoneyRig.ReportText([]).Replace("批次号:SAMPLE\n", "批次号:SAMPLE\n批次状态:银行已接收\n",
            StringComparison.Ordinal));

    private void Take(string reference, int number, string text) =>
        Receive($"{reference}-result-{number}.txt", MoneyRig.Gb18030.GetBytes(text + new string('\n', number)));

    /// <summary>Kept and applied, as the tick does.</summary>
    public void Receive(string name, byte[] body)
    {
        var message = Keep(name, body);
        for (long? from = 0; from is { } at;)
            from = ((MessageApplied)_samples.Done("",
                new Command("bank.apply", ("message", message.Message), ("from", at))).Result!).Next;
    }

    /// <summary>Kept, and not looked into yet.</summary>
    public BankMessageRow Keep(string name, byte[] body)
    {
        var seal = EnvelopeCatalogue.Find("sm2-gmt0010")!.Seal(body, new PemKeyRing(_keys), new EnvelopeKeys(Key, Key));
        return (BankMessageRow)_samples.Done("", new Command("bank.receive", ("profile", Profile), ("name", name))
            .With(new InputDocument(BankReceive.Body, body, Personal: true),
            new InputDocument(BankReceive.Signature, seal.Signature!.Value))).Result!;
    }

    [GeneratedRegex("[0-9]{15,21}")]
    private static partial Regex Digits();
}

using System.Globalization;
using System.Security.Cryptography;
using Disbursement.BankAdapters.Keys;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Calendars;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Storage;

namespace Disbursement.Host.Files;

/// <summary>
/// Encodes and signs a built file outside the lock, and hands the bytes to file.seal. A row the bank's form does not
/// take becomes a finding that names the worker's payroll row; then nothing is sealed.
/// </summary>
public sealed class FileSealing(Composition composition, Settings settings)
{
    private const string Purpose = "代发工资";

    public Decision<Outcome> Seal(long ledger, long file) => Seal(ledger, SealCommand(ledger, file));

    /// <summary>Hands over what <see cref="SealCommand"/> prepared.</summary>
    public Decision<Outcome> Seal(long ledger, Decision<StagedCommand> prepared) => prepared.Accepted
        ? composition.Runner.Run(ledger, prepared.Value)
        : Decision<Outcome>.Refuse(prepared.Findings);

    /// <summary>Encodes, signs and reads what was approved. Changes nothing, so that it may run beside another
    /// decision.</summary>
    public Decision<StagedCommand> SealCommand(long ledger, long file)
    {
        var sealedFile = Encoded(ledger, file);
        if (!sealedFile.Accepted) return Decision<StagedCommand>.Refuse(sealedFile.Findings);
        var command = new Command("file.seal", ("file", file))
            .With(new InputDocument(FileSeal.Body, sealedFile.Value.Body, Personal: true));
        if (sealedFile.Value.Signature is { } signature)
            command = command.With(new InputDocument(FileSeal.Signature, signature));
        return Decision<StagedCommand>.Accept(composition.Runner.Stage(ledger, command));
    }

    private Decision<SealedMessage> Encoded(long ledger, long id)
    {
        using var view = composition.Store.Read(ledger);
        if (FileRows.Find(view, id) is not { } file)
            return Decision<SealedMessage>.Refuse([Guard.NotFound("file", id.ToString(CultureInfo.InvariantCulture))]);
        var profile = FileRows.Profile(view, file);
        var encoder = composition.Adapters.Catalogue.Encoder(profile.Outbound.Codec)
            ?? throw new DefectException($"no encoder {profile.Outbound.Codec}");
        var envelope = composition.Adapters.Catalogue.Envelope(profile.Envelope.Kind)
            ?? throw new DefectException($"no envelope {profile.Envelope.Kind}");
        var keys = new ReferencedKeyRing(settings.Keys);
        if (KeyTrouble(keys, profile.Envelope) is { } trouble) return Decision<SealedMessage>.Refuse([trouble]);
        var rows = FileRows.Of(view, id);
        var erased = rows.Where(r => r.Secret is null).Select(r => Located(r, SealingRules.PayeeErased)).ToList();
        if (erased.Count > 0) return Decision<SealedMessage>.Refuse(erased);
        using var body = new MemoryStream();
        var errors = encoder.Encode(profile, Plan(view, file),
            rows.Select(r => Credit(view, profile, r)), body);
        if (errors.Count > 0) return Decision<SealedMessage>.Refuse([.. errors.Select(e => Finding(e, rows))]);
        return Sealed(envelope, body.ToArray(), keys, profile.Envelope);
    }

    internal static Decision<SealedMessage> Sealed(IEnvelope envelope, byte[] body, ReferencedKeyRing keys,
        EnvelopeForm form)
    {
        try
        {
            return Decision<SealedMessage>.Accept(envelope.Seal(body, keys,
                new EnvelopeKeys(form.OurKey, form.BankCertificate, form.DistinguishedId)));
        }
        catch (CryptographicException unusable)
        {
            return Decision<SealedMessage>.Refuse(SealingRules.KeyUnusable, Place.Of("key", form.OurKey), form.OurKey,
                unusable.Message);
        }
    }

    /// <summary>A key that is not there, does not open, or whose certificate was revoked, has ended or has not begun:
    /// the bank would refuse it. Also of kinds whose messages carry no certificate: it stands at the bank.</summary>
    public Finding? KeyTrouble(ReferencedKeyRing keys, EnvelopeForm form)
    {
        try
        {
            if (keys.PrivateKeyPem(form.OurKey) is null && keys.DeviceKey(form.OurKey) is null
                && keys.Secret(form.OurKey) is null)
                return new Finding(SealingRules.KeyMissing, Place.Of("key", form.OurKey), form.OurKey, settings.Keys);
            // The first certificate of the entry is the key's; a successor may stand behind it.
            if (keys.CertificatePem(form.OurKey) is not { } entry || Overlap.Blocks(entry) is not [var own, ..])
                return null;
            if (own.IsRevoked) return Unusable("its certificate was revoked");
            if (!own.Pem.Contains("BEGIN CERTIFICATE", StringComparison.Ordinal)) return null;
            var now = composition.Clock.Read();
            var link = CertificateChain.Pinned(own.Pem, now);
            return now > link.NotAfter ? new Finding(SealingRules.KeyExpired, Place.Of("key", form.OurKey),
                    form.OurKey, $"{link.NotAfter}")
                : now < link.NotBefore ? Unusable($"valid from {link.NotBefore}") : null;
        }
        catch (CryptographicException unusable)
        {
            return Unusable(unusable.Message);
        }

        Finding Unusable(string why) =>
            new(SealingRules.KeyUnusable, Place.Of("key", form.OurKey), form.OurKey, why);
    }

    internal static PaymentPlan Plan(LedgerView view, DisbursementFileRow file)
    {
        var bank = PayerBank.Of(view, view.Vault, new ProfileTerms(), file.Account);
        var payer = BankAccountText.Open(view.Vault, bank.Bank);
        var window = bank.Window.NextCutOff(file.BuiltAt);
        return new PaymentPlan(file.Reference, payer.Number, payer.Name, payer.BankCode, payer.CustomerId,
            ChinaTime.DayOf(window.Accepted ? window.Value : file.BuiltAt), ChinaTime.LocalOf(file.BuiltAt),
            checked((int)file.Lines), new Money(file.TotalFen), Purpose);
    }

    internal static CreditInstruction Credit(LedgerView view, BankProfile profile, FileRow row)
    {
        var subject = $"worker/{row.Worker}";
        view.Vault.Offer(subject, row.Secret);
        var payee = view.Vault.OpenField(subject, $"payee/{row.PayeeVersion}", row.Sealed)!.Split('\n');
        var own = row.BankCode.StartsWith(profile.BankCode, StringComparison.Ordinal);
        return new CreditInstruction(checked((int)row.RowReference),
            FileReference.Row(row.RowReference, profile.Limits.RowReferenceWidth), payee[0], payee[1],
            own ? "" : row.BankCode, own ? "" : payee[2], new Money(row.AmountFen), Remark(row.Period));
    }

    /// <summary>The period in few characters: remarks of some banks are short.</summary>
    private static string Remark(string period) =>
        $"{period[..10].Replace("-", "", StringComparison.Ordinal)}-"
        + $"{period[11..].Replace("-", "", StringComparison.Ordinal)}";

    private static Finding Finding(LocatedError error, IReadOnlyList<FileRow> rows) =>
        error.Line >= 1 && error.Line <= rows.Count
            ? Located(rows[(int)error.Line - 1], SealingRules.NotEncodable, error.Field, error.Reason)
            : new Finding(SealingRules.NotEncodable, Place.Of(error.Field, error.Value), "",
                "", error.Field, error.Reason);

    /// <summary>Names the worker's payroll row, never the worker's name or account.</summary>
    private static Finding Located(FileRow row, RefusalRule rule, params string[] arguments)
    {
        var payroll = row.Payroll.ToString(CultureInfo.InvariantCulture);
        return new(rule, new Place($"payroll {payroll}", row.PayrollLine, arguments.Length > 0 ? arguments[0] : "", ""),
            [payroll, row.PayrollLine.ToString(CultureInfo.InvariantCulture), .. arguments]);
    }
}

/// <summary>What can stand in the way of sealing a file.</summary>
public static class SealingRules
{
    public static readonly RefusalRule KeyMissing = new("sealing.key-missing", Severity.Refusal,
        "密钥目录 {1} 中没有私钥 {0}", "There is no private key {0} in {1}",
        "把私钥放入该目录, 或用 --keys 指明目录", "Put the key there, or name the folder with --keys");
    public static readonly RefusalRule KeyUnusable = new("sealing.key-unusable", Severity.Refusal,
        "密钥 {0} 不能使用: {1}", "The key {0} cannot be used: {1}",
        "检查密钥文件、口令引用和证书", "Check the key's file, the reference of its passphrase, and its certificate");
    public static readonly RefusalRule KeyExpired = new("sealing.key-expired", Severity.Refusal,
        "密钥 {0} 的证书已于 {1} 到期", "The certificate of key {0} ended {1}",
        "换用新证书后再封签", "Take the new certificate into use, then seal");
    public static readonly RefusalRule KeyEndsSoon = new("sealing.key-ends-soon", Severity.Warning,
        "密钥 {0} 的证书于 {1} 到期, 还有 {2} 天", "The certificate of key {0} ends {1}, in {2} days",
        "向银行申请新证书, 并由两人启用", "Ask for the next certificate now; two people take it into use");
    public static readonly RefusalRule PayeeErased = new("sealing.payee-erased", Severity.Refusal,
        "工资表 {0} 第 {1} 行工人的资料已删除", "The data of the worker of payroll {0} line {1} were erased",
        "撤回文件后重新计划", "Withdraw the file and plan again");
    public static readonly RefusalRule NotEncodable = new("sealing.not-encodable", Severity.Refusal,
        "工资表 {0} 第 {1} 行不能写成银行格式: {2} {3}", "Payroll {0} line {1} does not fit the bank's form: {2} {3}",
        "更正该工人的收款账户, 撤回文件后重新计划", "Correct the worker's payee account, withdraw the file and plan again");

    public static IReadOnlyList<RefusalRule> All =>
        [KeyMissing, KeyUnusable, KeyExpired, KeyEndsSoon, PayeeErased, NotEncodable];
}

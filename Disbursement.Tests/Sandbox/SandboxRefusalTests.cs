using Disbursement.BankAdapters.Sandbox;
using Xunit;

namespace Disbursement.Tests.Sandbox;

public class SandboxRefusalTests
{
    private static readonly (string, long)[] s_rows = [(SandboxRig.Account("100001"), 1_000)];

    public static TheoryData<string> Profiles => ["icbc-bxt", "cmb-ntagcsal", "iso20022-pain"];

    [Theory, MemberData(nameof(Profiles))]
    public void An_unsigned_file_is_refused(string profile) => Refused(profile, (_, _) => null,
        FileRefusal.SignatureMissing);

    [Theory, MemberData(nameof(Profiles))]
    public void A_signature_of_other_bytes_is_refused(string profile) =>
        Refused(profile, (rig, body) => SandboxKeys.Sign(rig.Partner.Id, [.. body, 10]), FileRefusal.SignatureInvalid);

    [Theory, MemberData(nameof(Profiles))]
    public void Bytes_that_are_no_signature_are_refused(string profile) =>
        Refused(profile, (_, _) => [1, 2, 3], FileRefusal.SignatureInvalid);

    [Theory]
    [InlineData("icbc-bxt", FileRefusal.WrongSigner)]
    [InlineData("cmb-ntagcsal", FileRefusal.SignatureInvalid)]
    [InlineData("iso20022-pain", FileRefusal.WrongSigner)]
    public void A_strangers_signature_is_refused(string profile, FileRefusal refusal) =>
        Refused(profile, (rig, body) => SandboxKeys.Sign(rig.Partner.Id, body, "stranger"), refusal);

    [Theory, MemberData(nameof(Profiles))]
    public void A_total_that_is_not_the_sum_is_refused(string profile) => Refused(profile, SignOurs,
        FileRefusal.Total, total: 1_001);

    [Theory, MemberData(nameof(Profiles))]
    public void A_count_that_is_not_the_rows_is_refused(string profile) => Refused(profile, SignOurs,
        FileRefusal.Count, count: 2);

    [Theory, MemberData(nameof(Profiles))]
    public void A_file_beyond_the_balance_is_refused(string profile) =>
        Refused(profile, SignOurs, FileRefusal.InsufficientFunds, deposit: 999);

    [Theory, MemberData(nameof(Profiles))]
    public void A_repeat_books_nothing_and_other_bytes_of_the_same_reference_are_refused(string profile)
    {
        using var rig = new SandboxRig(profile);
        rig.Deposit(100_000);
        rig.Send(s_rows);
        Assert.Equal(0, rig.Send(s_rows).Taken);
        Assert.Equal(1, rig.Send((SandboxRig.Account("100002"), 7)).Taken);
        Assert.Contains(profile switch { "iso20022-pain" => "DU01", _ => "批次号重复" }, rig.Answer("status-2"));
        Assert.Equal(99_000, rig.Bank.Report().Payers[0].BalanceFen);
        Assert.Equal(0, rig.Send(s_rows).Taken);
    }

    [Fact]
    public void A_forged_file_does_not_use_up_the_reference()
    {
        using var rig = new SandboxRig("cmb-ntagcsal");
        rig.Deposit(100_000);
        rig.Put(OrderFile.Write(BankForm.CmbXml, s_rows), [1]);
        rig.Bank.Pass(rig.Exchange, rig.Keys, SandboxRig.Day);
        rig.Send(s_rows);
        Assert.Equal(1_000, rig.Bank.Report().Payees.Single().NetFen);
        Assert.Contains("BNK", rig.Answer("status-2"));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_file_cut_short_is_refused_at_any_byte(string profile)
    {
        var partner = Partner.Find(profile)!;
        var body = OrderFile.Write(partner.Form, s_rows);
        for (var length = 0; length < body.Length - 1; length++)
        {
            var reading = OrderReader.Read(partner, "SAMPLE.x", body.AsMemory(0, length));
            Assert.True(reading.Troubles.Count > 0, $"cut at {length}");
        }
    }

    private static byte[]? SignOurs(SandboxRig rig, byte[] body) => SandboxKeys.Sign(rig.Partner.Id, body);

    private static void Refused(string profile, Func<SandboxRig, byte[], byte[]?> seal, FileRefusal refusal,
        long? total = null,
        int? count = null, long deposit = 100_000)
    {
        using var rig = new SandboxRig(profile);
        rig.Deposit(deposit);
        var body = OrderFile.Write(rig.Partner.Form, s_rows, total, count);
        rig.Put(body, seal(rig, body));
        rig.Bank.Pass(rig.Exchange, rig.Keys, SandboxRig.Day);
        var report = rig.Bank.Report();
        Assert.Equal(refusal.ToString(), report.Files.Single().Refusal);
        Assert.Equal(deposit, report.Payers[0].BalanceFen);
        Assert.Equal([$"{SandboxRig.Reference}-status-1.{rig.Partner.AnswerExtension}"], rig.Answers());
        Assert.Equal(0, rig.Bank.Pass(rig.Exchange, rig.Keys, SandboxRig.Day).Taken);
    }
}

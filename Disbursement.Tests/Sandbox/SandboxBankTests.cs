using Disbursement.BankAdapters.Sandbox;
using Xunit;

namespace Disbursement.Tests.Sandbox;

public class SandboxBankTests
{
    private static readonly string s_plain = SandboxRig.Account("100001");

    public static TheoryData<string> Profiles => ["icbc-bxt", "cmb-ntagcsal", "iso20022-pain"];

    [Theory, MemberData(nameof(Profiles))]
    public void A_file_is_accepted_answered_and_booked(string profile)
    {
        using var rig = new SandboxRig(profile);
        rig.Deposit(100_000);
        Assert.Equal(new PassCount(1, 0, 2), rig.Send((s_plain, 12_345), (SandboxRig.Account("990001"), 500)));
        Assert.Contains(profile switch { "icbc-bxt" => "银行已接收", "cmb-ntagcsal" => "BNK", _ => "ACCP" },
            rig.Answer("status-1"));
        Assert.Contains("123.45", rig.Answer("result-1"));
        Assert.Contains(profile == "iso20022-pain" ? "BE01" : "账号户名不符", rig.Answer("result-1"));
        var report = rig.Bank.Report();
        Assert.Equal([new PayeeBalance(s_plain, "样例工人1", 12_345, 0, 12_345)], report.Payees);
        Assert.Equal(100_000 - 12_345, report.Payers[0].BalanceFen);
    }

    [Theory]
    [InlineData("990001", "账号户名不符", false)]
    [InlineData("990002", "账户已销户", false)]
    [InlineData("990003", "账户已冻结", false)]
    [InlineData("990004", "超过交易限额", false)]
    [InlineData("990005", "全部成功", true)]
    [InlineData("990007", "全部成功", true)]
    [InlineData("990008", "10.01元", false)]
    [InlineData("990009", "全部成功", true)]
    public void A_magic_account_has_its_fate(string magic, string answered, bool credited)
    {
        using var rig = new SandboxRig("icbc-bxt");
        rig.Deposit(100_000);
        rig.Send((SandboxRig.Account(magic), 1_000), (s_plain, 1));
        Assert.Contains(answered, rig.Answer("result-1"));
        Assert.Equal(credited, rig.Bank.Report().Payees.Any(p => p.Account == SandboxRig.Account(magic)));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_silent_row_is_never_answered(string profile)
    {
        using var rig = new SandboxRig(profile);
        rig.Deposit(100_000);
        rig.Send((SandboxRig.Account("990006"), 1_000));
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.NextDay);
        Assert.DoesNotContain(rig.Answers(), n => n.Contains("-result-", StringComparison.Ordinal));
        Assert.Empty(rig.Bank.Report().Payees);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_late_return_comes_back_on_a_later_day_end_only_and_once(string profile)
    {
        using var rig = new SandboxRig(profile);
        rig.Deposit(100_000);
        rig.Send((SandboxRig.Account("990005"), 1_000));
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.Day);
        Assert.Equal(99_000, rig.Bank.Report().Payers[0].BalanceFen);
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.NextDay);
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.NextDay);
        Assert.Equal(100_000, rig.Bank.Report().Payers[0].BalanceFen);
        Assert.Equal(new PayeeBalance(SandboxRig.Account("990005"), "样例工人1", 1_000, 1_000, 0),
            rig.Bank.Report().Payees[0]);
        Assert.Contains(profile == "iso20022-pain" ? "RtrInf" : "退票", rig.Answer("returns-1"));
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_result_sent_twice_has_the_same_bytes_and_a_contradiction_comes_with_the_day_end(string profile)
    {
        using var rig = new SandboxRig(profile);
        rig.Deposit(100_000);
        rig.Send((SandboxRig.Account("990007"), 1_000), (SandboxRig.Account("990009"), 2_000));
        Assert.Equal(rig.Answer("result-1"), rig.Answer("result-2"));
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.NextDay);
        Assert.Contains(profile == "iso20022-pain" ? "RJCT" : "账户状态错误", rig.Answer("result-3"));
        Assert.Equal(3_000, rig.Bank.Report().Payees.Sum(p => p.NetFen));
        Assert.Equal(97_000, rig.Bank.Report().Payers[0].BalanceFen);
    }

    [Fact]
    public void A_whole_file_debit_refunds_each_rejected_row()
    {
        using var rig = new SandboxRig("icbc-bxt");
        rig.Deposit(100_000);
        rig.Send((s_plain, 1_000), (SandboxRig.Account("990002"), 500), (SandboxRig.Account("990003"), 300));
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.Day);
        var statement = rig.Text(rig.Answers().Single(n => n.StartsWith("statement-0017-1", StringComparison.Ordinal)));
        Assert.Contains("-18.00,,,SAMPLE26030000000001,代发工资,WAGE", statement);
        Assert.Contains("5.00,样例工人2,", statement);
        Assert.Contains("3.00,样例工人3,", statement);
        Assert.Equal(99_000, rig.Bank.Report().Payers[0].BalanceFen);
    }

    [Theory, MemberData(nameof(Profiles))]
    public void A_row_reference_used_twice_is_paid_once(string profile)
    {
        using var rig = new SandboxRig(profile);
        rig.Deposit(100_000);
        var body = OrderFile.Write(rig.Partner.Form, [(s_plain, 100), (s_plain, 100)], sameRowReference: true);
        rig.Put(body, SandboxKeys.Sign(profile, body));
        rig.Bank.Pass(rig.Exchange, rig.Keys, SandboxRig.Day);
        Assert.Equal(100, rig.Bank.Report().Payees.Single().NetFen);
        Assert.Contains(profile == "iso20022-pain" ? "AM05" : "重复业务", rig.Answer("result-1"));
    }

    [Fact]
    public void A_movement_is_booked_once_per_id_and_an_id_with_other_content_is_refused()
    {
        using var rig = new SandboxRig("cmb-ntagcsal");
        rig.Deposit(100);
        rig.Deposit(100);
        Assert.Equal(100, rig.Bank.Report().Payers[0].BalanceFen);
        var other = new Posting(SandboxRig.Day.Date, SandboxRig.Day.At, "D1", "FEE", SandboxRig.Payer, -5, "", "", "");
        Assert.Equal(PostOutcome.OtherContent, rig.Bank.Post(other));
        Assert.Equal(PostOutcome.Booked, rig.Bank.Post(other with { Id = "F1", Fen = -500 }));
        Assert.Equal(-400, rig.Bank.Report().Payers[0].BalanceFen);
    }

    [Fact]
    public void Statements_chain_and_add_up()
    {
        using var rig = new SandboxRig("cmb-ntagcsal");
        rig.Deposit(100_000);
        rig.Send((s_plain, 1_000), (SandboxRig.Account("990005"), 2_000));
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.Day);
        rig.Bank.EndDay(rig.Exchange, rig.Keys, SandboxRig.NextDay);
        var statements = rig.Answers().Where(n => n.StartsWith("statement",
            StringComparison.Ordinal)).Select(rig.Text).ToList();
        Assert.Equal(["statement-0017-1.csv", "statement-0017-2.csv"], rig.Answers().Where(n => n.StartsWith("st",
            StringComparison.Ordinal)));
        Assert.Contains("\n6212260000000000017,0017-00001,2026-03-13,2026-03-13,0.00,970.00\n", statements[0]);
        Assert.Contains("\n6212260000000000017,0017-00002,2026-03-14,2026-03-16,970.00,990.00\n", statements[1]);
        Assert.Equal([100_000L, -3_000L], Amounts(statements[0]));
        Assert.Equal([2_000L], Amounts(statements[1]));
    }

    private static IEnumerable<long> Amounts(string csv) => csv.Split('\n').Skip(3).Where(l => l.Length > 0)
        .Select(l => long.Parse(l.Split(',')[2].Replace(".", "", StringComparison.Ordinal),
            System.Globalization.CultureInfo.InvariantCulture));
}

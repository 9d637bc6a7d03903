using System.Text;
using Disbursement.BankAdapters.Sandbox;
using Xunit;

namespace Disbursement.Tests.Sandbox;

public class FileVerdictTests
{
    private static readonly Partner s_icbc = Partner.Find("icbc-bxt")!;

    [Fact]
    public void A_verdict_names_a_bad_signature_and_a_bad_total_at_once()
    {
        var body = OrderFile.Write(BankForm.IcbcText, [(SandboxRig.Account("100001"), 5)], total: 6);
        var certificate = File.ReadAllText(Path.Combine(SandboxKeys.Folder, "ours-icbc-bxt.pem"));
        var verdict = FileVerdict.Of(s_icbc, new("SAMPLE1.bxt", body, null), certificate);
        Assert.False(verdict.Good);
        Assert.Equal("SignatureMissing", verdict.Signature);
        Assert.Equal(["Total"], verdict.Troubles.Select(t => t.Refusal));
    }

    [Fact]
    public void A_bxt_row_is_read_in_the_layout_without_reimbursement_fields()
    {
        var text = "RMB|20260313|1|5|1|\n"
            + $"RMB|20260313|2|1|ICBC|{SandboxRig.Payer}|SAMPLE|ICBC||||"
            + "62122600000010000|WORKER|5|WAGE|2026-02|1|||\n*\n";
        var reading = OrderReader.Read(s_icbc, "SAMPLE1.bxt", Encoding.ASCII.GetBytes(text));
        Assert.Empty(reading.Troubles);
        Assert.Equal(new OrderRow("1", "62122600000010000", "WORKER", 5) { BankName = "ICBC", Remark = "2026-02" },
            reading.Order!.Rows.Single());
        Assert.Equal(SandboxRig.Payer, reading.Order.PayerAccount);
    }
}

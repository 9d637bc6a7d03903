using Disbursement.BankAdapters.Sandbox;
using Disbursement.Engine.Returns;
using Xunit;

namespace Disbursement.Tests.Codecs.Layouts;

/// <summary>Request and result files of Chinese banks, kept beside the repository. Counted in
/// specs/cn-bank-samples.md.</summary>
[Trait("Category", "OutsideSamples")]
public sealed class CnBankOutsideSamplesTests
{
    /// <summary>File, profile, rows, their sum in fen, and what the bank says of each.</summary>
    public static TheoryData<string, string, int, long, string> Results => new()
    {
        { "icbc_result_personal.txt", "icbc-finance", 1, 1, "Settled" },
        { "icbc_pending_personal.txt", "icbc-finance", 1, 1, "Pending" },
        { "icbc_result_company_rejected.txt", "icbc-finance", 2, 300, "Rejected Rejected" },
        { "ccb_result_personal_a.txt", "ccb-wage", 2, 2, "Settled Settled" },
        { "ccb_result_personal_b.txt", "ccb-wage", 1, 1, "Settled" },
        { "bcm_result_payroll.tsv", "bcm-wage", 2, 2, "Settled Settled" },
        { "bcm_pending_payroll.tsv", "bcm-wage", 2, 2, "Pending Pending" },
        { "bcm_result_transfer.tsv", "bcm-wage", 2, 3, "Pending Pending" },
        { "citic_result_payroll.txt", "citic-text", 2, 2, "Settled Rejected" },
        { "citic_result_interbank.tsv", "citic-text", 3, 3, "Settled Settled Settled" },
        { "gdb_result_payroll.txt", "cgb-wage", 2, 3, "Settled Settled" },
        { "psbc_result_payroll.tsv", "psbc-wage", 2, 2, "Settled Settled" },
        { "unionpay_result.txt", "unionpay-chinapay", 3, 30_009, "Pending Pending Pending" },
    };

    /// <summary>File, profile, rows, their sum in fen, and whether the file states that sum itself.</summary>
    public static TheoryData<string, string, int, long, bool> Requests => new()
    {
        { "ccb_request_personal.txt", "ccb-wage", 6, 2_010_402, false },
        { "ccb_request_personal_with_header.txt", "ccb-wage", 2, 2, false },
        { "gdb_request_payroll.txt", "cgb-wage", 2, 3, true },
    };

    [Theory, MemberData(nameof(Results))]
    public void A_result_gives_its_transactions(string file, string profile, int rows, long fen, string words)
    {
        var read = CodecSamples.Decode(CodecSamples.Profile(profile), file, CodecSamples.Outside($"cn-bank/{file}"));
        Assert.Empty(read.Errors);
        Assert.NotEmpty(read.Heads);
        Assert.Equal((rows, fen), (read.Lines.Count, read.Lines.Sum(l => l.Amount.Fen)));
        Assert.Equal(words, string.Join(' ', read.Lines.Select(l => l.Word)));
        Assert.All(read.Lines, l => Assert.True(l.Account.Length > 10 && l.Line > 0));
    }

    [Fact]
    public void A_failed_row_says_why()
    {
        var read = CodecSamples.Decode(CodecSamples.Profile("citic-text"), "citic_result_payroll.txt",
            CodecSamples.Outside("cn-bank/citic_result_payroll.txt"));
        Assert.Equal((ReturnReason.AccountNotFound, "帐号不存在"), (read.Lines[1].Reason, read.Lines[1].ReasonText));
    }

    [Theory, MemberData(nameof(Requests))]
    public void A_request_gives_its_rows_to_the_sandbox_bank(string file, string profile, int rows, long fen,
        bool isStated)
    {
        var reading = OrderReader.Read(Partner.Find(profile)!, file, CodecSamples.Outside($"cn-bank/{file}"));
        Assert.Empty(reading.Troubles);
        Assert.Equal((rows, fen), (reading.Order!.Rows.Count, reading.Order.TotalFen));
        Assert.Equal(isStated ? [fen] : [], reading.Order.StatedFen.Select(s => s.Value));
        Assert.Equal(isStated ? [(long)rows] : [], reading.Order.StatedRows.Select(s => s.Value));
    }

    [Fact]
    public void Every_file_of_the_collection_is_read_here() => Assert.Equal(
        Results.Select(row => row.Data.Item1).Concat(Requests.Select(row => row.Data.Item1))
            .Order(StringComparer.Ordinal),
        Directory.GetFiles(Iso20022.SampleFile.Shared("cn-bank")).Select(path => Path.GetFileName(path)!)
            .Where(name => !name.EndsWith(".md", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
}

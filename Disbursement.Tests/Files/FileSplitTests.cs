using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Xunit;

namespace Disbursement.Tests.Files;

/// <summary>A bank that takes three rows and 100 fen in a file.</summary>
public class FileSplitTests
{
    private static readonly BankTerms s_terms = new()
    {
        Profile = "sample",
        Version = 1,
        BankCode = "102",
        NamePattern = "{reference}",
        RowsPerFile = 3,
        BatchReferenceWidth = 20,
        RowReferenceWidth = 20,
        AccountWidth = 32,
        NameWidth = 60,
        FileFen = 100,
        RowFen = 100,
        CutOffs = [],
        CreditLagDays = 0,
        AnswerByDays = 1,
        WorksOnMakeUpDays = true,
        DebitsWholeFile = true,
        Absence = AbsenceEvidence.Operator,
        TakesRecalls = false,
        QuietHours = 0,
    };

    [Theory]
    [InlineData("", "")]
    [InlineData("100", "100")]
    [InlineData("10 20 30", "10 20 30")]
    [InlineData("10 20 30 40", "10 20 30|40")]
    [InlineData("60 40", "60 40")] // to the fen
    [InlineData("60 41", "60|41")]
    [InlineData("100 1", "100|1")]
    [InlineData("1 100 1", "1|100|1")]
    [InlineData("60 41 59 1", "60|41 59|1")] // the sum begins anew with each file
    [InlineData("1 1 1 1 1 1 1", "1 1 1|1 1 1|1")]
    public void Rows_and_total_cut_a_release_into_files_in_its_order(string fen, string files)
    {
        var lines = fen.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((f, i) => Line(i, long.Parse(f, null)))
            .ToList();
        var split = FileSplit.Of(lines, s_terms);
        Assert.Equal(files, string.Join('|', split.Select(f => string.Join(' ', f.Select(l => l.NetFen)))));
        Assert.Equal(lines, split.SelectMany(f => f));
    }

    private static ReleaseLine Line(int at, long fen) => new()
    {
        Claim = at,
        Worker = at,
        Payroll = 1,
        PayrollLine = at,
        Period = "2026-01-01/2026-01-31",
        NetFen = fen,
        Attempts = 0,
        Deaths = 0,
        Credited = 0,
    };
}

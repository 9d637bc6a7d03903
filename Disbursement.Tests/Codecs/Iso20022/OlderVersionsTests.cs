using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>The golden messages of older versions, made in another language, behind headers and bare.</summary>
public sealed class OlderVersionsTests
{
    private static readonly LocalDate SixthNovember = new(2026, 11, 6);

    [Fact]
    public void The_status_report_of_2009_behind_its_header_gives_head_and_lines()
    {
        var read = Read("pain.002.001.03");
        Assert.Empty(read.Errors);
        Assert.Equal(new MessageHead(MessageKind.Report, SampleFile.Reference, "SAMPLEBANK0101", FileWord.Accepted, "",
            "", 2, new Money(512_346)), Assert.Single(read.Heads));
        Assert.Equal(
            [
                new ReportLine(1, "00000001", "6217999900000000016", "样例工一", new Money(512_345), LineWord.Settled,
                    ReturnReason.None, "ACSC", "", "SB0001", null),
                new ReportLine(2, "00000002", "6217999900000000024", "样例工二", new Money(1), LineWord.Rejected,
                    ReturnReason.NameMismatch, "BE01", "户名不符", "SB0002", null),
            ], read.Lines);
    }

    [Theory]
    [InlineData("camt.054.001.04", "N0101", 88_800)]
    [InlineData("camt.054.001.02", "N0102", 90_000)]
    public void A_notification_gives_its_entry_and_the_return_in_it(string name, string id, long entryFen)
    {
        var read = Read(name);
        Assert.Empty(read.Errors);
        Assert.Equal((SampleFile.PayerAccount, id, StatementKind.Interim),
            Assert.Single(read.Statements) is var head ? (head.Account, head.StatementId, head.Kind) : default);
        Assert.Equal(new MessageHead(MessageKind.LateReturns, SampleFile.Reference, id, FileWord.None, "", "", null,
            null), Assert.Single(read.Heads));
        Assert.Equal(new ReportLine(1, "00000004", "6217999900000000040", "样例工四", new Money(88_800),
            LineWord.Returned, ReturnReason.AccountClosed, "AC04", "账户已销户", "RT0001", new LocalDate(2026, 11, 9)),
            Assert.Single(read.Lines));
        Assert.Equal((entryFen, SampleFile.Reference),
            Assert.Single(read.Entries) is var entry ? (entry.Amount.Fen, entry.Reference) : default);
    }

    [Fact]
    public void An_interim_report_gives_what_is_booked_and_passes_over_what_is_announced()
    {
        var read = Read("camt.052.001.08");
        Assert.Empty(read.Errors);
        Assert.Equal(new StatementHead(SampleFile.PayerAccount, "I0101", null, null, null, null, StatementKind.Interim),
            Assert.Single(read.Statements));
        Assert.Equal(new StatementEntry(1, "SB1002", SixthNovember, new Money(-601_145), "", "", SampleFile.Reference,
            "", "WAGE"), Assert.Single(read.Entries));
    }

    [Fact]
    public void A_statement_of_one_day_dates_its_entries_and_names_every_file_of_a_batch()
    {
        var read = Read("camt.053.001.02");
        Assert.Empty(read.Errors);
        Assert.Equal(new StatementHead(SampleFile.PayerAccount, "ST0101", SixthNovember, SixthNovember,
            new Money(200_000), new Money(100_000)), Assert.Single(read.Statements));
        Assert.Equal(new StatementEntry(1, "SB1004", SixthNovember, new Money(-100_000), "", "",
            "SAMPLE00000000000042 SAMPLE00000000000043", "", "WAGE"), Assert.Single(read.Entries));
    }

    [Fact]
    public void The_golden_files_are_what_their_scripts_make()
    {
        foreach (var profile in new[] { "iso20022-older", "iso20022-mt940" })
        {
            var golden = Path.Combine(AppContext.BaseDirectory, "Golden", profile);
            var folder = Directory.CreateTempSubdirectory("golden-").FullName;
            // The script writes beside itself.
            var script = Path.Combine(folder, "make_golden.py");
            File.Copy(Path.Combine(golden, "make_golden.py"), script);
            Assert.Equal(0, Security.OutsideTool.Run("python3", [script]).Code);
            var made = Directory.GetFiles(folder, "*.golden");
            Assert.Equal(Directory.GetFiles(golden, "*.golden").Length, made.Length);
            Assert.All(made, path => Assert.Equal(File.ReadAllBytes(Path.Combine(golden, Path.GetFileName(path))),
                File.ReadAllBytes(path)));
            Directory.Delete(folder, recursive: true);
        }
    }

    private static CollectedMessage Read(string name) =>
        CollectedMessage.OfIso(CodecSamples.Golden("iso20022-older", name + ".golden"));
}

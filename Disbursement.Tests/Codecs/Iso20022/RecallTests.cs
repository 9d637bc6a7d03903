using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Returns;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>Recall requests (camt.055) as we write them, and their answers (camt.029) as banks do.</summary>
public sealed class RecallTests
{
    private static readonly LocalDateTime Asked = new(2026, 11, 6, 10, 0);

    [Fact]
    public void A_whole_file_is_called_back_byte_for_byte_as_the_golden_one_made_in_another_language()
    {
        var (bytes, errors) = Encode(Request(1, RecallReason.Duplicate));
        Assert.Empty(errors);
        Assert.Equal(Text(Golden("camt.055-file")), Text(bytes));
    }

    [Fact]
    public void Lines_are_called_back_byte_for_byte_as_the_golden_ones_made_in_another_language()
    {
        var (bytes, errors) = Encode(Request(2, RecallReason.WrongAccount, 1, 4));
        Assert.Empty(errors);
        Assert.Equal(Text(Golden("camt.055-lines")), Text(bytes));
    }

    [Theory, Trait("Category", "OutsideSamples")]
    [InlineData("camt.055.001.08")]
    [InlineData("camt.055.001.05")]
    public void The_official_schema_takes_both_kinds_for_every_reason(string version)
    {
        foreach (var reason in Enum.GetValues<RecallReason>())
            foreach (var request in new[] { Request(1, reason), Request(2, reason, 2, 3) })
                Assert.Equal("", Schemas.Fault(version, Encode(request, version).Bytes));
    }

    [Fact]
    public void What_cannot_be_written_is_refused_with_its_row()
    {
        var odd = SampleFile.Instructions[1] with { RowReference = "2", Amount = Money.Zero, Account = "样\u0001" };
        var request = Request(2, RecallReason.Fraud) with { Lines = [SampleFile.Instructions[0], odd] };
        Assert.Equal(["OrgnlEndToEndId", "OrgnlInstdAmt", "Id"], Encode(request).Errors.Select(e => e.Field));
        Assert.All(Encode(request).Errors, e => Assert.Equal(2, e.Line));
        var twice = request with { Lines = [SampleFile.Instructions[0], SampleFile.Instructions[0]] };
        Assert.Contains("already", Assert.Single(Encode(twice).Errors).Reason, StringComparison.Ordinal);
    }

    [Property(MaxTest = 100)]
    public void What_is_called_back_reads_back_the_same_in_every_version(uint[] fen, byte reason)
    {
        var lines = fen.Where(f => f is > 0 and <= 100_000_000).Take(50).Select((f, i) => new CreditInstruction(i + 1,
            (i + 1).ToString("00000000", CultureInfo.InvariantCulture), "6217999900000000016", "样例", "", "",
            new Money(f), "")).ToList();
        var request = Request(7, (RecallReason)(reason % 6)) with { Lines = lines };
        foreach (var version in new[] { "camt.055.001.08", "camt.055.001.05" })
        {
            var (bytes, errors) = Encode(request, version);
            Assert.Empty(errors);
            var xml = XDocument.Load(new MemoryStream(bytes));
            string[] Of(string name) =>
                [.. xml.Descendants().Where(e => e.Name.LocalName == name).Select(e => e.Value)];
            Assert.Equal(lines.Select(l => SampleFile.Reference + l.RowReference), Of("OrgnlEndToEndId"));
            Assert.Equal(lines.Select(l => l.Amount.ToYuan()), Of("OrgnlInstdAmt"));
            Assert.Equal([$"{request.Sums.Lines}"], Of("NbOfTxs").Take(1));
            Assert.Equal([request.Sums.Total.ToYuan()], Of("CtrlSum").Take(1));
            Assert.Equal([request.Reference], Of("Assgnmt").Select(v => v[..request.Reference.Length]));
        }
    }

    [Fact]
    public void A_cancelled_file_is_refused_whole()
    {
        var read = Read("camt.029-cancelled");
        Assert.Empty(read.Errors);
        Assert.Equal(new MessageHead(MessageKind.Recall, SampleFile.Reference, SampleFile.Reference + "C01",
            FileWord.Refused, "ACCR", "", 4, new Money(1_201_196), Recall: RecallWord.Cancelled),
            Assert.Single(read.Heads));
    }

    [Fact]
    public void Lines_are_cancelled_pending_or_paid_each_by_its_own_word()
    {
        var read = Read("camt.029-lines");
        Assert.Empty(read.Errors);
        Assert.Equal((MessageKind.Recall, SampleFile.Reference, FileWord.None),
            Assert.Single(read.Heads) is var head ? (head.Kind, head.FileReference, head.FileWord) : default);
        Assert.Equal(
            [
                ("00000001", "6217999900000000016", 512_345L, LineWord.Rejected, "ACCR", "CX1"),
                ("00000002", "6217999900000000024", 1L, LineWord.Pending, "PDCR", "CX2"),
                ("00000004", "6217999900000000040", 88_800L, LineWord.Pending, "AGNT", "CX4"),
            ],
            read.Lines.Select(l => (l.RowReference, l.Account, l.Amount.Fen, l.Word, l.ReasonCode, l.BankReference)));
        // What became of the recall is told apart from what became of the payment.
        Assert.Equal([RecallWord.Cancelled, RecallWord.Pending, RecallWord.Refused],
            read.Lines.Select(l => l.Recall!.Value));
        Assert.Null(Assert.Single(read.Heads).Recall);
    }

    [Fact]
    public void A_pending_answer_names_the_file_by_our_request_and_says_nothing_of_it() =>
        Assert.Equal(new MessageHead(MessageKind.Recall, SampleFile.Reference, SampleFile.Reference + "C01",
            FileWord.None, "PDCR", "", null, null, Recall: RecallWord.Pending),
            Assert.Single(Read("camt.029-pending").Heads));

    [Theory]
    [InlineData("CNCL", "ACCR", LineWord.Rejected)]
    [InlineData("PECR", "ACCR", LineWord.Rejected)]
    [InlineData("CWFW", "ACCR", LineWord.Doubtful)]
    [InlineData("PDCR", "ACCR", LineWord.Doubtful)]
    [InlineData("CNCL", "RJCR", LineWord.Pending)]
    [InlineData("RJCR", "PDCR", LineWord.Pending)]
    [InlineData("CNCL", "ZZZZ", LineWord.Doubtful)]
    [InlineData("CNCL", "", LineWord.Doubtful)]
    public void A_payment_is_dead_only_where_its_cancellation_is_accepted_and_carried_out(string confirmation,
        string status, LineWord word)
    {
        var message = Text(Golden("camt.029-lines")).Replace(">PECR<", $">{confirmation}<", StringComparison.Ordinal)
            .Replace(">ACCR<", $">{status}<", StringComparison.Ordinal);
        Assert.Equal(word, CollectedMessage.OfIso(message).Lines[0].Word);
        Assert.Equal(status == "ZZZZ" ? "TxCxlSts ZZZZ" : "", CollectedMessage.OfIso(message).Lines[0].Unknown);
    }

    [Theory]
    // The confirmation alone may answer for one line: the file is not taken for cancelled, people look.
    [InlineData("", "", FileWord.Doubtful)]
    [InlineData("<GrpCxlSts>PACR</GrpCxlSts>", "", FileWord.None)]
    [InlineData("<GrpCxlSts>ACCR</GrpCxlSts>", "", FileWord.Refused)]
    [InlineData("<GrpCxlSts>ACCR</GrpCxlSts>", "<PmtInfCxlSts>RJCR</PmtInfCxlSts>", FileWord.None)]
    [InlineData("<GrpCxlSts>ACCR</GrpCxlSts>", "<TxInfAndSts/>", FileWord.None)]
    public void A_whole_file_is_cancelled_only_by_a_status_of_its_own_with_no_line_beneath(string group, string payment,
        FileWord word)
    {
        var below = payment.Length == 0 ? ""
            : $"<OrgnlPmtInfAndSts><OrgnlPmtInfId>P</OrgnlPmtInfId>{payment}</OrgnlPmtInfAndSts>";
        var message = Text(Golden("camt.029-cancelled"))
            .Replace("<GrpCxlSts>ACCR</GrpCxlSts></OrgnlGrpInfAndSts>", $"{group}</OrgnlGrpInfAndSts>{below}",
                StringComparison.Ordinal);
        Assert.Equal((SampleFile.Reference, word), Assert.Single(CollectedMessage.OfIso(message).Heads) is var head
            ? (head.FileReference, head.FileWord) : default);
    }

    private static RecallRequest Request(int number, RecallReason reason, params int[] rows) => new(
        RecallRequest.ReferenceOf(SampleFile.Reference, number), SampleFile.PlanOf(SampleFile.Instructions),
        [.. rows.Select(row => SampleFile.Instructions[row - 1])], reason, Asked);

    private static (byte[] Bytes, IReadOnlyList<LocatedError> Errors) Encode(RecallRequest request,
        string version = "camt.055.001.08")
    {
        using var output = new MemoryStream();
        var errors = BankCatalogue.Shipped.Recall(version)!.Encode(SampleFile.Profile, request, output);
        return (output.ToArray(), errors);
    }

    private static CollectedMessage Read(string name) => CollectedMessage.OfIso(Golden(name));

    private static byte[] Golden(string name) => CodecSamples.Golden("iso20022-older", name + ".golden");

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}

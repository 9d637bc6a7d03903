using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>Statements that lack something, pages, stated totals and amounts nobody can count.</summary>
public sealed class AccountReportTests
{
    private const string Day = "<BookgDt><Dt>2026-11-06</Dt></BookgDt>";

    [Fact]
    public void A_statement_without_balances_gives_its_entries_and_cannot_be_booked()
    {
        var read = Statement("<Id>S</Id>" + Account + Entry("1.00", "CRDT", Day));
        var error = Assert.Single(read.Errors);
        Assert.Equal("Bal[OPBD]", error.Field);
        Assert.Contains("Bal[CLBD], FrToDt", error.Reason, StringComparison.Ordinal);
        Assert.False(Assert.Single(read.Statements).IsBookable);
        Assert.Equal(100, Assert.Single(read.Entries).Amount.Fen);
    }

    [Fact]
    public void A_statement_without_its_account_gives_its_entries_under_no_account()
    {
        var read = Statement("<Id>S</Id>" + Balance("OPBD", "0") + Balance("CLBD", "1") + Entry("1.00", "CRDT", Day));
        Assert.Equal("Acct/Id", Assert.Single(read.Errors).Field);
        Assert.Equal("", Assert.Single(read.Statements).Account);
        Assert.Single(read.Entries);
    }

    [Fact]
    public void An_entry_without_a_day_is_of_the_only_day_of_its_statement_and_of_no_other()
    {
        var head = "<Id>S</Id>" + Account + Balance("OPBD", "0") + Balance("CLBD", "1");
        Assert.Equal(new LocalDate(2026, 11, 6),
            Assert.Single(Statement(head + Entry("1.00", "CRDT", "")).Entries).BookedOn);
        var period = "<FrToDt><FrDtTm>2026-11-05T00:00:00</FrDtTm><ToDtTm>2026-11-06T00:00:00</ToDtTm></FrToDt>";
        var longer = Statement(head + period + Entry("1.00", "CRDT", ""));
        Assert.Null(Assert.Single(longer.Entries).BookedOn);
        Assert.Equal("Ntry", Assert.Single(longer.Errors).Field);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<CdtDbtInd>CREDIT</CdtDbtInd>")]
    public void An_entry_that_says_neither_credit_nor_debit_is_told_and_not_counted(string sign)
    {
        var read = Statement("<Id>S</Id>" + Account + Balance("OPBD", "0") + Balance("CLBD", "0")
            + $"<Ntry><Amt Ccy='CNY'>1.00</Amt>{sign}{Day}</Ntry>");
        Assert.Empty(read.Entries);
        Assert.Equal("Ntry", Assert.Single(read.Errors).Field);
    }

    [Theory]
    [InlineData("1,50")]
    [InlineData("1,234.50")]
    [InlineData("-1.50")]
    public void An_amount_that_the_schema_does_not_know_is_told_and_never_guessed(string amount)
    {
        var read = Statement("<Id>S</Id>" + Account + Balance("OPBD", "0") + Balance("CLBD", "0")
            + Entry(amount, "CRDT", Day));
        Assert.Empty(read.Entries);
        Assert.Equal(["Amt", "Ntry"], read.Errors.Select(e => e.Field));
    }

    [Fact]
    public void Pages_chain_by_their_interim_balances_and_have_numbers_of_their_own()
    {
        string Page(int number, bool last, string balances) => "<Id>S</Id>"
            + $"<StmtPgntn><PgNb>{number}</PgNb><LastPgInd>{(last ? "true" : "false")}</LastPgInd></StmtPgntn>"
            + Account + balances + Entry("1.00", "CRDT", Day);
        var pages = new[]
        {
            Statement(Page(1, false, Balance("OPBD", "0") + Balance("ITBD", "1"))),
            Statement(Page(2, false, Balance("ITBD", "1") + Balance("ITBD", "2"))),
            Statement(Page(3, true, Balance("ITBD", "2") + Balance("CLBD", "3"))),
        };
        Assert.All(pages, page => Assert.Empty(page.Errors));
        Assert.Equal([("S/1", 0L, 100L), ("S/2", 100L, 200L), ("S/3", 200L, 300L)], pages.Select(p =>
            (p.Statements[0].StatementId, p.Statements[0].Opening!.Value.Fen, p.Statements[0].Closing!.Value.Fen)));
    }

    [Theory]
    [InlineData("<TtlNtries><NbOfNtries>2</NbOfNtries></TtlNtries>", "TtlNtries/NbOfNtries")]
    [InlineData("<TtlCdtNtries><NbOfNtries>1</NbOfNtries><Sum>1.01</Sum></TtlCdtNtries>", "TtlCdtNtries/Sum")]
    [InlineData("<TtlDbtNtries><NbOfNtries>1</NbOfNtries></TtlDbtNtries>", "TtlDbtNtries/NbOfNtries")]
    public void What_the_bank_sums_up_itself_is_compared(string summary, string field)
    {
        var head = "<Id>S</Id>" + Account + Balance("OPBD", "0") + Balance("CLBD", "1");
        var read = Statement($"{head}<TxsSummry>{summary}</TxsSummry>{Entry("1.00", "CRDT", Day)}");
        Assert.Equal(field, Assert.Single(read.Errors).Field);
    }

    [Fact]
    public void A_batch_of_more_files_than_can_be_told_apart_names_none()
    {
        var many = string.Concat(Enumerable.Range(10, 9).Select(n =>
            $"<TxDtls><Refs><EndToEndId>SAMPLE000000000000{n}00000001</EndToEndId></Refs></TxDtls>"));
        var read = Statement("<Id>S</Id>" + Account + Balance("OPBD", "0") + Balance("CLBD", "1")
            + Entry("1.00", "CRDT", Day + $"<NtryDtls>{many}</NtryDtls>"));
        Assert.Equal("", Assert.Single(read.Entries).Reference);
    }

    [Fact]
    public void A_part_that_says_nothing_is_refused() =>
        Assert.Equal((0, "Stmt"), Statement("<Id>S</Id>") is var read ? (read.Parts, read.Errors[0].Field) : default);

    [Fact]
    public void More_lines_of_a_status_than_the_report_counts_are_told()
    {
        var report = Encoding.UTF8.GetString(CodecSamples.Golden("iso20022-older", "pain.002.001.03.golden"));
        var wrong = report.Replace("<DtldNbOfTxs>1<", "<DtldNbOfTxs>0<", StringComparison.Ordinal);
        Assert.Equal(("NbOfTxsPerSts", "RJCT 0"),
            Assert.Single(CollectedMessage.OfIso(wrong).Errors) is var error ? (error.Field, error.Value) : default);
    }

    [Fact]
    public void A_message_nested_without_end_is_one_located_error()
    {
        var deep = string.Concat(Enumerable.Repeat("<a>", 100_000));
        var error = Assert.Single(CollectedMessage.OfIso(deep).Errors);
        Assert.Contains("deeper", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tag_without_end_is_one_located_error_and_not_held_in_memory()
    {
        var attribute = new string('x', 50_000_000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var bytes = Encoding.UTF8.GetBytes($"<a>\n<Document b='{attribute}'/></a>");
        var made = GC.GetAllocatedBytesForCurrentThread();
        var error = Assert.Single(CollectedMessage.OfIso(bytes).Errors);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - made < 5_000_000, $"{made - before}");
        Assert.Equal(2, error.Line);
        Assert.Contains("tag", error.Reason, StringComparison.Ordinal);
    }

    private const string Account = "<Acct><Id><Othr><Id>95559900000000001</Id></Othr></Id></Acct>";

    private static string Balance(string kind, string yuan) => $"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp>"
        + $"<Amt Ccy='CNY'>{yuan}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2026-11-06</Dt></Dt></Bal>";

    private static string Entry(string yuan, string sign, string rest) =>
        $"<Ntry><Amt Ccy='CNY'>{yuan}</Amt><CdtDbtInd>{sign}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>{rest}</Ntry>";

    private static CollectedMessage Statement(string content) => CollectedMessage.OfIso(
        $"<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.08'><BkToCstmrStmt><Stmt>{content}</Stmt>"
        + "</BkToCstmrStmt></Document>");
}

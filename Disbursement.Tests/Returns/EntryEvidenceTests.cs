using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Xunit;

namespace Disbursement.Tests.Returns;

/// <summary>Interim reports, notifications, statements without balances and answers to recalls: evidence that books
/// nothing.</summary>
public class EntryEvidenceTests
{
    private const string Profile = "abc-wage";

    [Fact]
    public void A_debit_in_an_interim_report_proves_that_the_bank_has_the_file_and_books_nothing()
    {
        using var rig = new MoneyRig(shipped: Profile);
        Receive(rig, "interim-1.xml", Interim(Entry(-rig.TheFile.TotalFen, MoneyRig.Reference)));
        Assert.Equal((FileState.Accepted, 0L), (rig.TheFile.State, rig.TheFile.DebitedFen));
        Assert.Equal(ReleaseState.Settling, rig.TheRelease.State);
        Assert.Equal((rig.Fund, rig.TheFile.TotalFen), (rig.Balance().PostedAfterFen, rig.Balance().ReservedAfterFen));
        Assert.All([1L, 2L, 3L, 4L], row => Assert.Equal(AttemptState.Open, rig.State(row)));
        Assert.Single(rig.All<BankStatementRow>()); // That of the fund.
        Assert.Empty(rig.Kinds);
        // The same again, and the statement after it.
        Receive(rig, "interim-2.xml", Interim(Entry(-rig.TheFile.TotalFen, MoneyRig.Reference)));
        rig.Statement("S1", rig.Fund, (-rig.TheFile.TotalFen, "WAGE", MoneyRig.Reference, ""));
        Assert.Equal(rig.TheFile.TotalFen, rig.TheFile.DebitedFen);
        Assert.Empty(rig.Kinds);
    }

    [Fact]
    public void What_an_interim_report_says_of_others_is_left_to_the_statement()
    {
        using var rig = new MoneyRig(shipped: Profile);
        Receive(rig, "interim-1.xml", Interim(Entry(-100, "SAMPLE26030000000009") + Entry(-100, "")
            + Entry(100, MoneyRig.Reference)));
        Assert.Equal(FileState.Delivered, rig.TheFile.State);
        Assert.Empty(rig.Kinds);
    }

    [Fact]
    public void A_debit_for_a_file_of_our_numbering_that_is_not_known_here_waits_for_the_journal()
    {
        using var rig = new MoneyRig(shipped: Profile);
        var reference = FileReference.Of(rig.One<LedgerHeadRow>().Epoch, MoneyRig.Ledger, 900, 20);
        Receive(rig, "interim-1.xml", Interim(Entry(-MoneyRig.Fen(1), reference)));
        Assert.Equal([ExceptionKinds.FileAhead], rig.Kinds);
        Receive(rig, "interim-1.xml", Interim(Entry(-MoneyRig.Fen(1), reference)));
        Assert.Equal([ExceptionKinds.FileAhead], rig.Kinds);
        var record = JournalText.Format(new JournalledSend(MoneyRig.Ledger, 1, Profile, ReleaseKind.Ordinary,
            reference, "ab", 1, MoneyRig.Fen(1), "0a", [new JournalledClaim(SampleFile.ProjectCode(1), "SAMPLE",
                "2026-01-01/2026-01-31", 0, 0, "aa", "bb", MoneyRig.Fen(1))]));
        rig.Run(new Command("restore.begin", ("epoch", "R001"))
            .With(new InputDocument(RestoreBegin.Journal, Encoding.UTF8.GetBytes(record))));
        rig.Run(new Command("restore.match"));
        Receive(rig, "interim-1.xml", Interim(Entry(-MoneyRig.Fen(1), reference)));
        Assert.Equal((FileState.Accepted, 0L), rig.All<DisbursementFileRow>().Where(f => f.File == 900)
            .Select(f => (f.State, f.DebitedFen)).Single());
        Assert.Equal([ExceptionKinds.FileAhead], rig.Kinds);
        // Kept against people who would call the row absent; no outcome of it.
        Assert.Equal(ExceptionKinds.PaidAfterAbsence, rig.One<JournalledWordRow>().Trouble);
    }

    [Fact]
    public void A_reference_is_found_among_others_and_an_entry_of_nothing_proves_nothing()
    {
        using var rig = new MoneyRig(shipped: Profile);
        Receive(rig, "interim-1.xml", Interim(Entry(0, MoneyRig.Reference)));
        Assert.Equal(FileState.Delivered, rig.TheFile.State);
        var version = rig.TheFile.Version;
        Receive(rig, "interim-2.xml", Interim(Entry(-rig.TheFile.TotalFen,
            $"SAMPLE26030000000009, {MoneyRig.Reference}")));
        Assert.Equal((FileState.Accepted, version + 1), (rig.TheFile.State, rig.TheFile.Version));
    }

    [Fact]
    public void A_debit_on_another_account_of_ours_proves_nothing_of_the_file()
    {
        using var rig = new MoneyRig(shipped: Profile);
        Receive(rig, "interim-1.xml", Interim(Entry(-rig.TheFile.TotalFen, MoneyRig.Reference))
            .Replace(MoneyRig.WageAccount, MoneyRig.OtherAccount, StringComparison.Ordinal));
        Assert.Equal((FileState.Delivered, ReleaseState.Filed), (rig.TheFile.State, rig.TheRelease.State));
        Assert.Empty(rig.Kinds);
    }

    [Theory]
    [InlineData("6212260000000000033")]
    [InlineData("")]
    public void A_debit_on_an_account_that_is_none_of_ours_is_an_exception_and_proves_nothing(string account)
    {
        using var rig = new MoneyRig(shipped: Profile);
        Receive(rig, "interim-1.xml", Interim(Entry(-rig.TheFile.TotalFen, MoneyRig.Reference))
            .Replace(MoneyRig.WageAccount, account, StringComparison.Ordinal));
        Assert.Equal(FileState.Delivered, rig.TheFile.State);
        Assert.Contains(ExceptionKinds.UnknownAccount, rig.Kinds);
    }

    [Fact]
    public void A_return_is_taken_where_its_details_stand_before_what_they_are_details_of()
    {
        using var rig = new MoneyRig(shipped: Profile);
        const string Places = "<CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>";
        string Turned(string entry, string places) => entry.Replace(Places, "", StringComparison.Ordinal)
            .Replace("</Ntry>", places + "</Ntry>", StringComparison.Ordinal);
        Receive(rig, "interim-1.xml", Interim(Entry(-rig.TheFile.TotalFen, MoneyRig.Reference)
            + Turned(Returned(2), Places)
            + Turned(Returned(3), Places.Replace("BOOK", "PDNG", StringComparison.Ordinal))
            + Turned(Returned(4), Places.Replace("CRDT", "DBIT", StringComparison.Ordinal))));
        Assert.Equal([AttemptState.Open, AttemptState.Returned, AttemptState.Open, AttemptState.Open],
            new[] { 1L, 2, 3, 4 }.Select(rig.State));
    }

    [Fact]
    public void A_debit_of_a_refused_file_is_a_contradiction()
    {
        using var rig = new MoneyRig(shipped: Profile);
        Receive(rig, $"{MoneyRig.Reference}-status-1.xml", "<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>"
            + $"{MoneyRig.Reference}</OrgnlMsgId><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt>"
            + "</Document>");
        Assert.Equal(FileState.Refused, rig.TheFile.State);
        Receive(rig, "interim-1.xml", Interim(Entry(-rig.TheFile.TotalFen, MoneyRig.Reference)));
        Assert.Equal([ExceptionKinds.FileContradicted], rig.Kinds);
    }

    [Fact]
    public void A_return_in_an_interim_report_returns_its_row()
    {
        using var rig = new MoneyRig(shipped: Profile);
        Receive(rig, "interim-1.xml", Interim(Entry(-rig.TheFile.TotalFen, MoneyRig.Reference) + Returned(2)
            + Entry(-5, "") + Returned(3)));
        Assert.Equal([AttemptState.Open, AttemptState.Returned, AttemptState.Returned, AttemptState.Open],
            new[] { 1L, 2, 3, 4 }.Select(rig.State));
        Assert.Empty(rig.Kinds);
    }

    [Fact]
    public void A_statement_without_balances_is_evidence_and_names_what_it_lacks()
    {
        using var rig = new MoneyRig(shipped: Profile);
        Receive(rig, "other-1.xml", Interim(Entry(-rig.TheFile.TotalFen, MoneyRig.Reference))
            .Replace("BkToCstmrAcctRpt", "BkToCstmrStmt", StringComparison.Ordinal)
            .Replace("Rpt>", "Stmt>", StringComparison.Ordinal)
            .Replace("camt.052", "camt.053", StringComparison.Ordinal));
        Assert.Equal((FileState.Accepted, 0L), (rig.TheFile.State, rig.TheFile.DebitedFen));
        Assert.Equal([ExceptionKinds.UnreadableLine], rig.Kinds);
        Assert.Contains("Bal[OPBD]", rig.All<BankExceptionRow>()[0].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_to_a_recall_that_nobody_sent_is_an_exception_and_changes_nothing()
    {
        using var rig = new MoneyRig(shipped: Profile);
        var applied = Receive(rig, $"{MoneyRig.Reference}-recall-1.xml",
            "<Document><RsltnOfInvstgtn><Sts><Conf>PECR</Conf></Sts><CxlDtls><OrgnlPmtInfAndSts><OrgnlPmtInfId>"
            + $"{MoneyRig.Reference}</OrgnlPmtInfId>{Cancelled(1, "ACCR")}{Cancelled(2, "RJCR")}</OrgnlPmtInfAndSts>"
            + "</CxlDtls></RsltnOfInvstgtn></Document>");
        Assert.Equal(2, applied[^1].Lines);
        Assert.Equal([AttemptState.Open, AttemptState.Open], new[] { 1L, 2 }.Select(rig.State));
        Assert.Equal([ExceptionKinds.RecallUnasked], rig.Kinds);
        Assert.Equal(MoneyRig.Fen(1) + MoneyRig.Fen(2), rig.One<BankExceptionRow>().AmountFen);
    }

    [Fact]
    public void Returns_between_other_entries_are_not_a_decision_each()
    {
        var parts = new MessageParts();
        parts.Statement(new StatementHead("A", "I", null, null, null, null, StatementKind.Interim));
        parts.Head(new MessageHead(MessageKind.LateReturns, "F", "I", FileWord.None, "", "", null, null));
        for (var i = 1; i <= 50_000; i++)
        {
            parts.Entry(new StatementEntry(i, "", null, new Money(1), "", "", "", "", ""));
            parts.Line(new ReportLine(i, "1", "", "", new Money(1), LineWord.Returned, ReturnReason.Other, "", "", "",
                null));
        }
        parts.Error(new LocatedError(1, "x", 0, "", ""));
        // One of the entries, three of at most 20,000 lines; each begins where the one before ends.
        Assert.Equal([0L, 50_001, 70_002, 90_003], parts.Segments.Select(s => s.From));
        Assert.Equal([50_001L, 70_002, 90_003, 100_005], parts.Segments.Select(s => s.To));
    }

    private static IReadOnlyList<MessageApplied> Receive(MoneyRig rig, string name, string text) =>
        rig.Receive(name, text);

    private static string Interim(string entries) =>
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.052.001.08\"><BkToCstmrAcctRpt><Rpt><Id>I1</Id>"
        + $"<Acct><Id><Othr><Id>{MoneyRig.WageAccount}</Id></Othr></Id></Acct>{entries}</Rpt></BkToCstmrAcctRpt>"
        + "</Document>";

    private static string Entry(long fen, string reference, string details = "")
    {
        var batch = reference.Length == 0 ? "" : $"<Btch><PmtInfId>{reference}</PmtInfId></Btch>";
        return $"<Ntry>{Yuan("Amt", Math.Abs(fen))}<CdtDbtInd>{(fen < 0 ? "DBIT" : "CRDT")}</CdtDbtInd>"
            + "<Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2026-03-16</Dt></BookgDt>"
            + $"<NtryDtls>{batch}{details}</NtryDtls></Ntry>";
    }

    private static string Returned(long row) => Entry(MoneyRig.Fen(row), "",
        $"<TxDtls><Refs><AcctSvcrRef>R{row}</AcctSvcrRef><EndToEndId>{MoneyRig.Reference}{row:00000000}</EndToEndId>"
        + $"</Refs>{Yuan("Amt", MoneyRig.Fen(row))}<RltdPties>{Payee(row)}</RltdPties>"
        + "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf></TxDtls>");

    private static string Cancelled(long row, string status) =>
        $"<TxInfAndSts><OrgnlEndToEndId>{MoneyRig.Reference}{row:00000000}</OrgnlEndToEndId>"
        + $"<TxCxlSts>{status}</TxCxlSts>{Yuan("OrgnlInstdAmt", MoneyRig.Fen(row))}"
        + $"<OrgnlTxRef>{Payee(row)}</OrgnlTxRef></TxInfAndSts>";

    private static string Payee(long row) =>
        $"<CdtrAcct><Id><Othr><Id>{MoneyRig.Account(row)}</Id></Othr></Id></CdtrAcct>";

    private static string Yuan(string element, long fen) =>
        $"<{element} Ccy=\"CNY\">{new Money(fen).ToYuan()}</{element}>";
}

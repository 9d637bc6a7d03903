using System.Text;
using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;
using Disbursement.Tests.Fixtures;
using Disbursement.Tests.Restores;
using Disbursement.Tests.Storage;
using Xunit;
using static Disbursement.Tests.Fixtures.SampleLedger;

namespace Disbursement.Tests.Returns;

/// <summary>A bank debits a file and does not name it: two people lay the debit on the file it was for.</summary>
public class DebitAttributionTests
{
    private const string Settled = "处理成功";

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Two_people_lay_a_debit_without_a_file_on_it_and_its_money_is_no_longer_reserved(string engine)
    {
        using var rig = new TwinRig(engine, begun: false);
        rig.SendHere();
        var file = rig.Outlay.File(rig.Here.File);
        rig.Statement("S1", (-file.TotalFen, "WAGE", ""));
        var (_, posted, reserved) = rig.Books.Single(b => b.Account == file.Account);
        Assert.Equal(file.TotalFen, reserved);
        Assert.Equal(0, rig.Outlay.File(file.File).DebitedFen);
        Assert.Contains(rig.Open(), x => x.Kind == ExceptionKinds.ForeignDebit);

        var lay = Lay(rig.Entries[0].Statement, rig.Entries[0].Line, file.File);
        rig.Outlay.Samples.Done(Treasurer, lay);
        Assert.Equal(0, rig.Outlay.File(file.File).DebitedFen);
        rig.Outlay.Samples.Done(Administrator, lay);
        var laid = rig.Outlay.File(file.File);
        Assert.Equal((FileState.Accepted, file.TotalFen, 0L), (laid.State, laid.DebitedFen, laid.ReservedFen));
        Assert.Equal((file.Account, posted, 0L), rig.Books.Single(b => b.Account == file.Account));
        Assert.Equal(0, rig.Rows<AccountEntryRow>().Where(e => e.Kind == EntryKind.Attribution)
            .Sum(e => e.PostedDeltaFen));
        var over = rig.All().Single(x => x.Kind == ExceptionKinds.ForeignDebit);
        Assert.Equal((Host.Returns.ExceptionAnswer.Settled, $"Attribution {file.File} {file.Reference}"),
            (over.State, over.SettledBy));
        // Said again it is a repeat; with another letter too, for the debit is laid.
        Assert.True(rig.Outlay.Samples.Done(Treasurer, lay).Repeat);
        rig.Told(file.Reference, 1, (1, Settled));
        Assert.Equal(file.TotalFen, rig.Outlay.File(file.File).DebitedFen);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_debit_dismissed_before_the_journal_named_its_file_frees_the_file_s_money_after_all(string engine)
    {
        using var lost = new TwinRig(engine, begun: false);
        lost.Statement("S1", (-lost.TotalFen, "WAGE", lost.Reference));
        lost.Dismiss(lost.Rows<BankExceptionRow>().Single(x => x.Kind == ExceptionKinds.FileAhead));
        lost.Waiting();
        Assert.Null(Assert.Single(lost.Entries).File);
        lost.Begin();
        lost.Withdraw();
        lost.Match();
        lost.Report(1, (1, Settled), (2, Settled));
        Assert.Equal((FileState.Accepted, lost.TotalFen), (lost.Journalled.State, lost.Journalled.ReservedFen));
        lost.Both(Lay(lost.Entries[0].Statement, lost.Entries[0].Line, TwinRig.Number));
        Assert.Equal((FileState.Reconciled, 0L), (lost.Journalled.State, lost.Journalled.ReservedFen));
        Assert.DoesNotContain(lost.Open(), x => x.Kind == ExceptionKinds.ForeignDebit);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Of_a_bank_account_with_many_projects_the_debit_moves_to_the_account_of_the_file(string engine)
    {
        using var rig = new TwinRig(engine, begun: false);
        var site = Employers[0].Project;
        rig.Outlay.Samples.Done(Clerk, Sheet("project.register", ProjectRegister.Input, "more.csv",
            Encoding.UTF8.GetBytes(
                "项目编码,项目名称,总包统一社会信用代码,总包名称,建设单位,银行档案,专户账号,专户户名,联行号,所在地\n"
                + $"GY2025A009,样例九期,{site.ContractorCode},{site.Contractor},{site.Owner},{site.Profile},"
                + $"{site.Account},{site.AccountName},{site.Cnaps},520100\n")));
        rig.SendHere();
        var file = rig.Outlay.File(rig.Here.File);
        var before = rig.Books.Single(b => b.Account == file.Account);
        rig.Statement("S1", (-file.TotalFen, "WAGE", ""), (-500, "FEE", file.Reference));
        var entry = rig.Entries[0];
        Assert.NotEqual(file.Account, entry.Account);
        // The bank's fee for the file is its account's, and no debit of it.
        Assert.Equal((file.Account, (long?)null), (rig.Entries[1].Account, rig.Entries[1].File));
        Assert.Equal(0, rig.Outlay.File(file.File).DebitedFen);
        Assert.Contains(rig.Open(), x => x.Kind == ExceptionKinds.Impaired);
        rig.Both(Lay(entry.Statement, entry.Line, file.File));
        Assert.Equal((entry.Account, 0L, 0L), rig.Books.Single(b => b.Account == entry.Account));
        Assert.Equal((file.Account, before.Posted - file.TotalFen - 500, before.Reserved - file.TotalFen),
            rig.Books.Single(b => b.Account == file.Account));
        // What is lacking since is the fee.
        Assert.DoesNotContain(rig.Open(), x => x.Kind == ExceptionKinds.ForeignDebit
            || x.Kind == ExceptionKinds.Impaired && x.Account == entry.Account);
    }

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void Nothing_lays_a_debit_on_a_file_but_two_people_and_no_more_than_it(string engine)
    {
        using var rig = new TwinRig(engine, begun: false);
        rig.SendHere();
        var file = rig.Outlay.File(rig.Here.File);
        rig.Statement("S1", (-100, "WAGE", ""), (-100, "FEE", ""),
            (-50, "WAGE", $"{file.Reference} {file.Reference}"));
        var entry = rig.Entries[0];
        Assert.Equal(ReturnsRules.NotUnattributed, rig.Outlay.Samples.Decide(Treasurer,
            Lay(entry.Statement, rig.Entries[2].Line, file.File)).Findings[0].Rule);
        Refused(101, "NULL");
        Refused(-100, $"{file.File}");
        rig.Both(Lay(entry.Statement, entry.Line, file.File));
        Refused(100, "NULL");
        Refused(-100, $"{file.File}");

        void Refused(long fen, string on)
        {
            var (code, said) = rig.Outlay.Database.Outside("INSERT INTO account_entry (ledger, account, n, kind, "
                + "posted_delta_fen, reserved_delta_fen, posted_after_fen, reserved_after_fen, file, document, "
                + $"document_line, earmark_delta_fen) SELECT e.ledger, e.account, e.n + 1, 'Attribution', {fen}, "
                + $"0, e.posted_after_fen + {fen}, e.reserved_after_fen, {on}, s.document, {entry.Line}, 0 "
                + $"FROM account_entry e, bank_statement s WHERE e.account = {entry.Account} "
                + $"AND s.statement = {entry.Statement} ORDER BY e.n DESC LIMIT 1");
            Assert.True(code != 0 && said.Contains("L5: two people lay a debit", StringComparison.Ordinal), said);
        }
    }

    private static Command Lay(long statement, long line, long file) => new Command("account.attribute",
        ("statement", statement), ("line", line), ("file", file))
        .With(new InputDocument(DebitAttribution.Evidence, "样例: 银行函"u8.ToArray(), Personal: true));
}

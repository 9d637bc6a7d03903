using Disbursement.Engine.Files;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Host.Cli;
using Disbursement.Host.Jobs;
using Disbursement.Host.Storage;
using Disbursement.Tests.Cli;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Restores;

/// <summary>Database, anchor and send journal come back together from before the sending: they agree, and the wages
/// were paid. What the bank's side shows is the last witness.</summary>
public sealed class OlderFolderTests : IDisposable
{
    private static readonly string[] s_whole = ["ledger.db", "ledger.db.520100.anchor", "send-journal"];
    private readonly TranscriptFolder _folder = TranscriptScript.Begin("built");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_name_that_stands_at_the_bank_s_side_is_not_paid_by_another_file()
    {
        Older(() => Ends(0, "release send 1"));
        var told = Ends(ExitStatus.WorldFailed, "release send 1");
        Assert.Contains(FileRules.NameTaken.Code, told, StringComparison.Ordinal);
        Assert.Equal([ExceptionKinds.NameTaken], Rows<BankExceptionRow>().Select(e => e.Kind));
        // In flight, not rejected: nothing of it is planned anew.
        Assert.Equal((FileState.Unknown, 3L), Rows<DisbursementFileRow>()
            .Select(f => (f.State, f.LinesOpen)).Single());
        Ends(ExitStatus.Refused, "release plan 1 --kind re-payment --as treasurer");
    }

    [Fact]
    public void An_answer_about_a_file_never_sent_from_here_holds_every_sending_until_two_people_with_a_document()
    {
        var reference = Rows<DisbursementFileRow>()[0].Reference;
        Report(reference);
        Ends(ExitStatus.FoundWrong, $"bank receive ./{reference}-result-1.txt --profile icbc-bxt");
        Assert.Equal([ExceptionKinds.NeverSent], Rows<BankExceptionRow>().Select(e => e.Kind));
        Assert.Contains(RestoreRules.BankAhead.Code, Ends(ExitStatus.Refused, "release send 1"),
            StringComparison.Ordinal);
        File.WriteAllText(_folder.InFolder("./letter.txt"), "样例: 银行函\n");
        const string Dismissal = "recover dismiss 1 --document ./letter.txt --as ";
        Ends(0, Dismissal + "treasurer");
        Ends(0, Dismissal + "treasurer");
        Assert.Contains(RestoreRules.BankAhead.Code, Ends(ExitStatus.Refused, "release send 1"),
            StringComparison.Ordinal);
        Ends(0, Dismissal + "supervisor");
        Ends(0, Dismissal + "supervisor");
        Ends(0, "release send 1");
        Assert.Equal(FileState.Delivered, Rows<DisbursementFileRow>()[0].State);
        Ends(0, "audit rebuild");
    }

    [Fact]
    public void The_journal_that_was_kept_names_the_file_and_ends_the_hold()
    {
        var kept = _folder.InFolder("./kept-journal");
        var reference = Rows<DisbursementFileRow>()[0].Reference;
        Older(() =>
        {
            Ends(0, "release send 1");
            File.Copy(_folder.InFolder("./send-journal"), kept);
        });
        Report(reference);
        Ends(ExitStatus.FoundWrong, $"bank receive ./{reference}-result-1.txt --profile icbc-bxt");
        Ends(ExitStatus.Refused, "release send 1");
        Ends(ExitStatus.FoundWrong, "recover --journal ./kept-journal --as supervisor");
        // The file is Unknown as after any restore, and what the bank says of it counts again.
        Assert.Equal(FileState.Unknown, Rows<DisbursementFileRow>()[0].State);
        // The message taken before counts now, and the journal's word has ended its exception.
        Ends(0, "tick --journal ./kept-journal");
        Assert.Equal(1, Rows<DisbursementFileRow>()[0].LinesSettled);
        Assert.DoesNotContain("NeverSent", Ends(0, "exception list"), StringComparison.Ordinal);
        Assert.Contains("NeverSent", Ends(0, "exception list --all"), StringComparison.Ordinal);
        Report(reference, "result-2");
        Ends(0, $"bank receive ./{reference}-result-2.txt --profile icbc-bxt");
        Assert.Equal(1, Rows<DisbursementFileRow>()[0].LinesSettled);
        Ends(0, "audit rebuild");
    }

    [Fact]
    public void Before_recover_nothing_is_planned_built_sealed_or_escalated()
    {
        using var month = new LostMonth(Engines.Sqlite, built: false);
        var leaves = month.Restored.Composition.Store.Ledgers()[0].Leaves;
        var step = Assert.Single(new Pump(month.Restored.Composition, month.Restored.Settings)
            .UntilIdle(LostMonth.Ledger));
        Assert.Equal([RestoreRules.JournalAhead], step.Findings.Select(f => f.Rule));
        Assert.Equal(leaves, month.Restored.Composition.Store.Ledgers()[0].Leaves);
    }

    private void Older(Action history)
    {
        _folder.Settle();
        foreach (var file in s_whole.Where(f => File.Exists(Named(f)))) File.Copy(Named(file), Named("older-" + file));
        history();
        _folder.Settle();
        foreach (var file in s_whole)
        {
            File.Delete(Named(file));
            if (File.Exists(Named("older-" + file))) File.Move(Named("older-" + file), Named(file));
        }
    }

    private void Report(string reference, string kind = "result-1")
    {
        var name = $"./{reference}-{kind}.txt";
        File.WriteAllText(_folder.InFolder(name), "[BatchPayDetail]\n查询时间:2026-02-07\n批次号:SAMPLE\n"
            + "序号|币种|收款账号|收款单位名称|金额|网上银行状态|银行反馈信息\n"
            + "SAMPLE-1|人民币|6217004508929900019|郑正兴|600.00元|处理成功||\n",
            System.Text.Encoding.GetEncoding("GB18030"));
        _folder.Sign(name, "good");
    }

    private string Named(string file) => _folder.InFolder("./" + file);

    private IReadOnlyList<T> Rows<T>() where T : class, Disbursement.Engine.Ports.IRow
    {
        using var view = new LedgerStore(new SqliteDialect(Named("ledger.db"))).Read(TranscriptFolder.Ledger);
        return view.List<T>();
    }

    private string Ends(int status, string line)
    {
        var taken = _folder.Run(line, "--lang", "en");
        Assert.True(taken.Status == status, $"{line}: {taken.Status} {taken.Seen}");
        return taken.Seen;
    }
}

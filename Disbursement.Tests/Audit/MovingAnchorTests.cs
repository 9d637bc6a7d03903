using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Host.Audit;
using Disbursement.Host.Cli;
using Disbursement.Host.Storage;
using Disbursement.Tests.Cli;
using Xunit;

namespace Disbursement.Tests.Audit;

/// <summary>
/// The latest checkpoint stands outside the database after every run that committed: a backup put in the database's
/// place is older than what any verb did since.
/// </summary>
public sealed class MovingAnchorTests : IDisposable
{
    private const string Path = "./ledger.db.520100.anchor";
    private const string Change = "payee change 3 --account 6225889559489900066 --holder 朱秀兰 "
        + "--bank-code 308701000399 --bank 招商银行贵阳样例支行 --as clerk";
    private readonly TranscriptFolder _folder = TranscriptScript.Begin("built");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_verb_that_commits_moves_the_anchor_and_one_that_looks_or_repeats_does_not()
    {
        Ends(0, Change);
        AtHead();
        var (before, checkpoints) = (Anchored, Checkpoints);
        foreach (var verb in new[] { "payroll list", "release plan 1 --as treasurer", Change, "audit verify" })
            Ends(0, verb);
        Assert.Equal((before, checkpoints), (Anchored, Checkpoints));
        Ends(0, "release send 1"); // Several decisions: sealed, sent, and what came of it.
        Assert.True(Anchored > before + 2);
        Assert.Equal(checkpoints + 1, Checkpoints);
        AtHead();
        Assert.Equal(0, _folder.Run("audit verify").Status);
    }

    [Fact]
    public void A_verb_that_ends_in_a_fault_or_a_refusal_after_its_commits_moves_it_too()
    {
        var before = Anchored;
        Directory.CreateDirectory(_folder.InFolder("./send-journal"));
        Ends(4, "release send 1");
        Assert.True(Anchored > before);
        AtHead();
        using var funded = TranscriptScript.Begin("funded");
        File.Delete(funded.InFolder("./keys/ours-icbc-bxt.key.pem"));
        File.Delete(funded.InFolder("./keys/ours-icbc-bxt.pem"));
        // Its files are built; the key that seals them is not there.
        Assert.Equal(3, funded.Run("release send 1").Status);
        var database = new SqliteDialect(funded.InFolder("./ledger.db"));
        using (var view = new LedgerStore(database).Read(TranscriptFolder.Ledger))
            Assert.NotEmpty(view.List<DisbursementFileRow>());
        Assert.Equal(new LedgerStore(database).Ledgers()[0].Leaves,
            new Anchor(funded.InFolder(Path)).Stated()!.Size);
    }

    [Fact]
    public void A_backup_from_before_the_last_verb_does_not_start()
    {
        Save("./ledger.db", "./backup.db");
        Ends(0, "release send 1");
        Save("./backup.db", "./ledger.db");
        Assert.Contains(AuditRules.AnchorAhead.Code, Ends(3, "payroll list"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_crash_between_commit_and_anchor_leaves_a_database_beyond_it_which_starts()
    {
        Save(Path, "./anchor-before");
        Ends(0, "release send 1");
        Save("./anchor-before", Path);
        Assert.DoesNotContain("audit.", Ends(0, "payroll list"), StringComparison.Ordinal);
        Ends(0, "import statement ./in.csv --profile icbc-bxt --as treasurer");
        Assert.True(Anchored < Leaves); // It was a repeat: nothing was committed.
        Ends(0, Change);
        AtHead();
    }

    [Fact]
    public void A_lost_anchor_is_told_by_each_start_until_somebody_signs_a_new_one()
    {
        File.Delete(_folder.InFolder(Path));
        for (var run = 0; run < 2; run++)
            Assert.Contains(AuditRules.AnchorMissing.Code, Ends(0, "release send 1"), StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.InFolder(Path)));
        Ends(0, "audit checkpoint");
        AtHead();
        Assert.DoesNotContain("audit.", Ends(0, "payroll list"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_was_signed_is_not_signed_by_a_new_key()
    {
        var before = Checkpoints;
        File.Delete(_folder.InFolder(Path));
        File.Delete(_folder.InFolder("./keys/log.key.pem"));
        Ends(0, "release send 1");
        Assert.Equal(before, Checkpoints);
        Assert.False(File.Exists(_folder.InFolder("./keys/log.key.pem")));
    }

    [Fact]
    public void In_a_folder_each_ledger_has_an_anchor_of_its_own()
    {
        Directory.CreateDirectory(_folder.InFolder("./elsewhere"));
        Save(Path, "./elsewhere/ledger.db.520100.anchor");
        Ends(0, "init --ledger 520200 --rehearsal --anchor ./elsewhere");
        Ends(0, "release send 1 --ledger 520100 --anchor ./elsewhere");
        Assert.Equal(["ledger.db.520100.anchor", "ledger.db.520200.anchor"],
            Directory.GetFiles(_folder.InFolder("./elsewhere")).Select(System.IO.Path.GetFileName).Order());
        Ends(0, "payroll list --ledger 520200 --anchor ./elsewhere");
    }

    [Fact]
    public void One_file_is_the_anchor_of_one_ledger()
    {
        Save(Path, "./one.anchor");
        Assert.Contains("--anchor", Ends(2, "init --ledger 520200 --rehearsal --anchor ./one.anchor"),
            StringComparison.Ordinal);
        Assert.Single(new LedgerStore(Database).Ledgers());
        Ends(0, "payroll list --anchor ./one.anchor");
        Ends(0, "init --ledger 520200 --rehearsal");
        foreach (var verb in new[] { "payroll list --ledger 520100", "audit verify", "audit checkpoint" })
            Assert.Contains("2; make a folder", Ends(2, $"{verb} --anchor ./one.anchor"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_that_signs_the_log_is_of_the_folder_of_keys()
    {
        Directory.CreateDirectory(_folder.InFolder("./vault"));
        foreach (var key in Directory.GetFiles(_folder.InFolder("./keys")))
            File.Copy(key, System.IO.Path.Combine(_folder.InFolder("./vault"), System.IO.Path.GetFileName(key)));
        File.Delete(_folder.InFolder("./keys/log.key.pem"));
        var before = Checkpoints;
        Ends(0, "release send 1 --keys ./vault");
        Assert.Equal(before + 1, Checkpoints);
        AtHead();
        Ends(0, "audit verify --keys ./vault");
    }

    private Dialect Database => new SqliteDialect(_folder.InFolder("./ledger.db"));

    private long Anchored => new Anchor(_folder.InFolder(Path)).Stated()!.Size;

    private long Leaves => new LedgerStore(Database).Ledgers()[0].Leaves;

    private int Checkpoints
    {
        get
        {
            using var log = new LiveLog(Database, TranscriptFolder.Ledger);
            return log.Checkpoints().Count;
        }
    }

    private void AtHead() => Assert.Equal(Leaves, Anchored);

    private void Save(string from, string to)
    {
        _folder.Settle();
        File.Copy(_folder.InFolder(from), _folder.InFolder(to), overwrite: true);
    }

    private string Ends(int status, string line)
    {
        var taken = _folder.Run(line, "--lang", "en");
        Assert.True(taken.Status == status, $"{line}: {taken.Status} {taken.Seen}");
        return taken.Seen;
    }
}

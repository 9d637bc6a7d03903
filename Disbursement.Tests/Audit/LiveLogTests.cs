using Dapper;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Audit;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Cli;
using Disbursement.Host.Security;
using Disbursement.Tests.Security;
using Disbursement.Tests.Storage;
using Xunit;

namespace Disbursement.Tests.Audit;

/// <summary>The log of a ledger as it stands in its database.</summary>
public sealed class LiveLogTests : IDisposable
{
    private readonly Scratch _files = new();
    private readonly AuditedLedger _ledger = new(Engines.Sqlite);

    public void Dispose()
    {
        _ledger.Dispose();
        _files.Dispose();
    }

    private LogKey Key => LogKey.Ensure(_files["keys/log.key.pem"]);

    [Theory, MemberData(nameof(Engines.Both), MemberType = typeof(Engines))]
    public void A_whole_log_with_its_checkpoints_verifies(string engine)
    {
        using var ledger = new AuditedLedger(engine);
        Sign(ledger);
        ledger.Adopt(Adopt.Calendar, "cn", "# SAMPLE: later", "zhang", "li");
        Sign(ledger);
        using var log = new LiveLog(ledger.Dialect, AuditedLedger.Ledger);
        Assert.Equal(2, log.Checkpoints().Count);
        Assert.Empty(log.Verify(Key.Verifiers(log.Origin)));
    }

    [Fact]
    public void The_log_key_is_made_once_and_is_its_owners_alone()
    {
        var note = Sign(_ledger);
        Assert.Equal(2, note.Signatures.Count);
        Assert.Equal(note.Text, Sign(_ledger).Text);
        var (code, modes) = OutsideTool.Run("stat", ["-c", "%a", .. Directory.GetFiles(_files["keys"])]);
        Assert.Equal((0, "600\n600"), (code, modes.Trim()));
    }

    [Theory]
    [InlineData("UPDATE log_leaf SET leaf = CAST(replace(CAST(leaf AS TEXT), '2026', '2027') AS BLOB) WHERE n = 2", "audit.leaf-hash")]
    [InlineData("UPDATE log_leaf SET leaf_hash = zeroblob(32) WHERE n = 2", "audit.leaf-hash")]
    [InlineData("DELETE FROM log_leaf WHERE n = 2", "audit.leaf-misplaced")]
    [InlineData("DELETE FROM log_leaf WHERE n = (SELECT max(n) FROM log_leaf)", "audit.root-differs")]
    [InlineData("UPDATE ledger_head SET leaves = leaves + 1", "audit.head-differs")]
    [InlineData("UPDATE ledger_head SET frontier = '0 ', leaves = 0", "audit.head-differs")]
    [InlineData("UPDATE checkpoint SET note = replace(note, 'disburse/', 'disbursf/')", "audit.checkpoint-wrong")]
    [InlineData("UPDATE checkpoint SET size = size - 1", "audit.checkpoint-wrong")]
    [InlineData("UPDATE document SET bytes = x'00' WHERE kind = 'calendar'", "audit.document-changed")]
    [InlineData("DELETE FROM document WHERE kind = 'approval'", "audit.document-missing")]
    [InlineData("INSERT INTO document VALUES (520100, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', 'order', 'cd', NULL, x'00')",
        "audit.document-unnamed")]
    public void What_contradicts_itself_is_found(string sql, string code)
    {
        Sign(_ledger);
        Tamper(sql);
        using var log = new LiveLog(_ledger.Dialect, AuditedLedger.Ledger);
        Assert.Contains(log.Verify(Key.Verifiers(log.Origin)), f => f.Rule.Code == code);
    }

    [Fact]
    public void A_rewritten_history_is_not_signed_over_an_earlier_checkpoint()
    {
        Sign(_ledger);
        Rewrite();
        using var log = new LiveLog(_ledger.Dialect, AuditedLedger.Ledger);
        Assert.Equal(RebuildRules.CheckpointWrong, log.Sign(Key).Findings.Single().Rule);
        Assert.Contains(log.Verify(Key.Verifiers(log.Origin)), f => f.Rule == RebuildRules.CheckpointWrong);
    }

    [Fact]
    public void A_head_that_is_not_its_leaves_is_not_signed()
    {
        Tamper("UPDATE log_leaf SET leaf_hash = zeroblob(32) WHERE n = 2");
        using var log = new LiveLog(_ledger.Dialect, AuditedLedger.Ledger);
        Assert.Equal(RebuildRules.HeadDiffers, log.Sign(Key).Findings.Single().Rule);
    }

    [Fact]
    public void An_older_copy_and_another_history_are_refused_by_the_anchor()
    {
        using (var raw = _ledger.Database.Owner()) raw.Execute($"VACUUM INTO '{_files["older.db"]}'");
        var files = new LogFiles(_ledger.Dialect, _files["keys/log.key.pem"], _files["anchor"]);
        Assert.Empty(files.CheckAnchors());
        _ledger.Adopt(Adopt.Calendar, "cn", "# SAMPLE: after the copy", "zhang", "li");
        new Anchor(_files["anchor"]).Save(Sign(_ledger));
        Assert.Empty(files.CheckAnchors());
        var older = new LogFiles(new Host.Storage.SqliteDialect(_files["older.db"]), _files["keys/log.key.pem"], _files["anchor"]);
        Assert.Equal(AuditRules.AnchorAhead, older.CheckAnchors().Single().Rule);
        _ledger.Adopt(Adopt.Calendar, "cn", "# SAMPLE: beyond", "zhang", "li");
        Assert.Empty(files.CheckAnchors());
        Rewrite();
        Assert.Equal(AuditRules.AnchorFork, files.CheckAnchors().Single().Rule);
    }

    [Fact]
    public async Task An_export_of_a_ledger_verifies_and_a_flipped_byte_in_any_file_is_found()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.True((await LiveExport.WriteAsync(_ledger.Dialect, AuditedLedger.Ledger, Key, _files["out"], token)).Accepted);
        var verdict = ExportCheck.Verify(_files["out"]);
        Assert.True(verdict.Valid);
        Assert.Equal(_ledger.Leaves, verdict.Leaves);
        foreach (var file in Directory.GetFiles(_files["out"], "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            foreach (var at in new[] { 0, bytes.Length / 2, bytes.Length - 1 })
            {
                bytes[at] ^= 4;
                File.WriteAllBytes(file, bytes);
                Assert.False(ExportCheck.Verify(_files["out"]).Valid, $"{file} byte {at}");
                bytes[at] ^= 4;
            }
            File.WriteAllBytes(file, bytes);
        }
    }

    [Fact]
    public async Task An_erased_document_is_exported_as_erased()
    {
        var token = TestContext.Current.CancellationToken;
        using (var raw = _ledger.Database.Owner())
            RebuildTests.Erased(raw, "(SELECT min(subject) FROM subject_key WHERE subject LIKE 'document/%')");
        Assert.True((await LiveExport.WriteAsync(_ledger.Dialect, AuditedLedger.Ledger, Key, _files["out"], token)).Accepted);
        var verdict = ExportCheck.Verify(_files["out"]);
        Assert.True(verdict.Valid);
        Assert.Single(verdict.Findings, f => f.Rule == AuditRules.DocumentErased);
    }

    [Theory]
    [InlineData("person = 3")]
    [InlineData("person = 99")]
    public void A_row_is_proved_by_the_leaf_that_binds_it_whether_found_at_once_or_by_deciding_again(string likely)
    {
        using var view = _ledger.Composition.Store.Read(AuditedLedger.Ledger);
        var person = view.Find<PersonRow>(("person", 3L))!;
        var note = Sign(_ledger);
        using var log = new LiveLog(_ledger.Dialect, AuditedLedger.Ledger);
        var bound = DecisionRows.Find(_ledger.Dialect, AuditedLedger.Ledger, person, BankCatalogue.Shipped, likely);
        var proof = DecisionRows.Prove(log, person, bound, note, [.. Key.Signers(log.Origin).Select(s => s.Key)]).Value;
        File.WriteAllBytes(_files["row.proof"], proof.Format());
        Assert.True(ProofCheck.Check(_files["row.proof"]).Valid);
        Assert.Empty(proof.Check(Key.Verifiers(log.Origin)));
    }

    [Fact]
    public void A_changed_row_cannot_be_proved()
    {
        Tamper("UPDATE person SET roles = 'supervisor' WHERE person = 3");
        using var view = _ledger.Composition.Store.Read(AuditedLedger.Ledger);
        Assert.Null(DecisionRows.Find(_ledger.Dialect, AuditedLedger.Ledger, view.Find<PersonRow>(("person", 3L))!,
            BankCatalogue.Shipped, "person = 3"));
    }

    private SignedNote Sign(AuditedLedger ledger)
    {
        using var log = new LiveLog(ledger.Dialect, AuditedLedger.Ledger);
        var note = log.Sign(Key);
        Assert.True(note.Accepted);
        return note.Value;
    }

    /// <summary>Another history, whole in itself: a leaf changed, its hash and the head made to fit.</summary>
    private void Rewrite()
    {
        var frontier = new Frontier();
        using (var log = new LiveLog(_ledger.Dialect, AuditedLedger.Ledger))
            foreach (var leaf in log.Leaves())
                frontier.Append(leaf.N == 2 ? MerkleTree.LeafHash([.. leaf.Leaf, .. "count x 1\n"u8]) : Hash256.From(leaf.LeafHash));
        Tamper("UPDATE log_leaf SET leaf = CAST(leaf || 'count x 1' || char(10) AS BLOB) WHERE n = 2");
        using var raw = _ledger.Database.Owner();
        var changed = raw.QuerySingle<byte[]>("SELECT leaf FROM log_leaf WHERE n = 2");
        raw.Execute("UPDATE log_leaf SET leaf_hash = @hash WHERE n = 2", new { hash = Leaf.HashOf(changed).ToArray() });
        raw.Execute("UPDATE ledger_head SET frontier = @frontier", new { frontier = frontier.Format() });
    }

    private void Tamper(string sql)
    {
        using var raw = _ledger.Database.Owner();
        foreach (var trigger in raw.Query<string>("SELECT name FROM sqlite_master WHERE type = 'trigger'").ToList())
            raw.Execute($"DROP TRIGGER {trigger}");
        raw.Execute(sql);
    }
}

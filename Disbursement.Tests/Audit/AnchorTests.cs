using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Xunit;

namespace Disbursement.Tests.Audit;

public sealed class AnchorTests : IDisposable
{
    private static readonly INoteVerifier[] Known = [NoteKeys.Verifier(SampleLog.Signer.Key)];
    private readonly Scratch _files = new();
    private readonly SampleLog _log = new(20);
    private readonly Anchor _anchor;

    public AnchorTests() => _anchor = new(_files["kept/anchor"]);

    public void Dispose() => _files.Dispose();

    [Fact]
    public void A_database_at_or_beyond_its_anchor_starts()
    {
        _anchor.Save(Signed(_log.HeadOf(7)));
        for (var size = 7; size <= 20; size++)
            Assert.Empty(_anchor.Check(_log.HeadOf(size), _log.HashAt, Known));
    }

    [Fact]
    public void An_older_database_is_refused() => Refused(AuditRules.AnchorAhead, _log.HeadOf(6), Known);

    [Fact]
    public void A_database_of_another_history_is_refused_at_the_same_size_and_beyond()
    {
        _log.Leaves[2] = _log.Leaves[3];
        foreach (var size in new[] { 7, 8, 20 })
            Refused(AuditRules.AnchorFork, _log.HeadOf(size), Known, new SampleLog(20).HeadOf(7));
    }

    [Fact]
    public void A_database_whose_head_is_not_its_leaves_is_refused() =>
        Refused(AuditRules.AnchorFork, _log.HeadOf(20) with { Root = MerkleTree.EmptyRoot }, Known);

    [Fact]
    public void A_database_of_another_ledger_or_epoch_is_refused() =>
        Refused(AuditRules.AnchorFork, _log.HeadOf(7) with { Origin = "disburse/sample2/520100" }, Known);

    [Fact]
    public void An_anchor_of_an_unknown_key_is_refused()
    {
        var other = NoteKeys.Ed25519Signer(SampleLog.Origin, Ed25519Keys.Generate().PrivatePem);
        Refused(AuditRules.NoteUntrusted, _log.HeadOf(7), [NoteKeys.Verifier(other.Key)]);
    }

    [Fact]
    public void A_changed_anchor_is_refused()
    {
        _anchor.Save(Signed(_log.HeadOf(7)));
        var bytes = File.ReadAllBytes(_files["kept/anchor"]);
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            File.WriteAllBytes(_files["kept/anchor"], bytes);
            Assert.Equal(Severity.Refusal, _anchor.Check(_log.HeadOf(7), _log.HashAt, Known).Single().Rule.Severity);
            bytes[i] ^= 1;
        }
    }

    [Fact]
    public void A_missing_anchor_is_a_warning() => Assert.Equal(
        AuditRules.AnchorMissing, _anchor.Check(_log.HeadOf(7), _log.HashAt, Known).Single().Rule);

    [Fact]
    public void An_anchor_goes_forward_only_and_leaves_no_other_file()
    {
        _anchor.Save(Signed(_log.HeadOf(7)));
        _anchor.Save(Signed(_log.HeadOf(7)));
        _anchor.Save(Signed(_log.HeadOf(9)));
        Assert.Throws<DefectException>(() => _anchor.Save(Signed(_log.HeadOf(8))));
        Assert.Throws<DefectException>(
            () => _anchor.Save(Signed(_log.HeadOf(9) with { Root = MerkleTree.EmptyRoot })));
        Assert.Equal(_log.HeadOf(9).Text, _anchor.Read()!.Text);
        Assert.Single(Directory.GetFiles(_files["kept"]));
    }

    private static SignedNote Signed(Checkpoint head) => SignedNote.Sign(head.Text, SampleLog.Signer);

    private void Refused(RefusalRule rule, Checkpoint head, INoteVerifier[] known, Checkpoint? anchor = null)
    {
        _anchor.Save(Signed(anchor ?? _log.HeadOf(7)));
        Assert.Equal(rule, _anchor.Check(head, _log.HashAt, known).Single().Rule);
    }
}

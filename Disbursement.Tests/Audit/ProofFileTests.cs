using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Audit;

public sealed class ProofFileTests
{
    private static readonly SampleLog Log = new(20);
    private static readonly INoteVerifier[] Trusted = [NoteKeys.Verifier(SampleLog.Signer.Key)];
    private static readonly ProofFile Good = Log.Proof(5, 2);

    [Fact]
    public void Every_row_is_proved_by_a_file_of_its_own()
    {
        for (var n = 1; n <= 20; n++)
            for (var row = 1; row <= 3; row++)
            {
                var bytes = Log.Proof(n, row).Format();
                Assert.True(ProofFile.TryParse(bytes, out var read, out var error), error);
                Assert.Equal(bytes, read.Format());
                Assert.Empty(read.Check(Trusted));
            }
    }

    [Fact]
    public void A_proof_is_checked_from_its_file_alone_and_says_whose_key_it_took()
    {
        using var files = new Scratch();
        File.WriteAllBytes(files["row.proof"], Good.Format());
        File.WriteAllBytes(files["log.key"], NoteKeys.WriteFile([SampleLog.Signer.Key]));
        var other = NoteKey.Ed25519(SampleLog.Origin, new byte[32]);
        File.WriteAllBytes(files["other.key"], NoteKeys.WriteFile([other]));

        Assert.Empty(ProofCheck.Check(files["row.proof"], files["log.key"]).Findings);
        var unanchored = ProofCheck.Check(files["row.proof"]);
        Assert.True(unanchored.Valid);
        Assert.Equal(AuditRules.KeyFromFolder, unanchored.Findings.Single().Rule);
        Assert.False(ProofCheck.Check(files["row.proof"], files["other.key"]).Valid);
        Assert.False(ProofCheck.Check(files["row.proof"], files["row.proof"]).Valid);
    }

    public static TheoryData<string, RefusalRule> Attacks => new()
    {
        { "changed row", AuditRules.ProofRow }, { "row of another decision", AuditRules.ProofRow },
        { "another row's number", AuditRules.ProofRow }, { "number beyond the rows", AuditRules.ProofRow },
        { "another table", AuditRules.ProofRow }, { "swapped row path", AuditRules.ProofRow },
        { "rows root as row", AuditRules.ProofRow }, { "swapped log path", AuditRules.ProofLeaf },
        { "path of another leaf", AuditRules.ProofLeaf }, { "leaf never logged", AuditRules.ProofLeaf },
        { "other checkpoint", AuditRules.ProofLeaf }, { "checkpoint of another key", AuditRules.NoteUntrusted },
        { "checkpoint of another ledger", AuditRules.LeafMisplaced }, { "unsigned text", AuditRules.NoteUntrusted },
        { "not a leaf", AuditRules.LeafMalformed }, { "not a checkpoint", AuditRules.CheckpointMalformed },
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void An_attack_is_refused_by_its_rule(string attack, RefusalRule rule)
    {
        var forged = Forge(attack);
        Assert.Contains(rule, forged.Check(Trusted).Select(f => f.Rule));
        // An attacker writes a file; what he cannot write as one is refused before.
        if (ProofFile.TryParse(forged.Format(), out var read, out _)) Assert.NotEmpty(read.Check(Trusted));
    }

    [Fact]
    public void Any_flipped_bit_of_a_proof_is_found()
    {
        var bytes = Good.Format();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            // The key lines are advice to a reader without a key; a reader with one does not read them.
            if (ProofFile.TryParse(bytes, out var read, out _))
                Assert.True(read.Check(Trusted).Count > 0, $"byte {i}");
            bytes[i] ^= 1;
        }
    }

    [Property(MaxTest = 200)]
    public void Any_bytes_are_answered(byte[] bytes) => Assert.False(ProofFile.TryParse(bytes, out _, out _));

    [Property(MaxTest = 200)]
    public void A_proof_cut_anywhere_is_refused(int length)
    {
        var bytes = Good.Format();
        Assert.False(ProofFile.TryParse(bytes.AsSpan(0, (length & int.MaxValue) % bytes.Length), out _, out _));
    }

    private static ProofFile Forge(string attack) => attack switch
    {
        "changed row" => Good with { Bytes = "wage_claim 5 2 worker 2 net_fen 999999"u8.ToArray() },
        "row of another decision" => Good with { Bytes = Log.Proof(6, 2).Bytes, RowPath = Log.Proof(6, 2).RowPath },
        "another row's number" => Good with { Row = 3 },
        "number beyond the rows" => Good with { Row = 4 },
        "another table" => Good with { Table = "payment" },
        "swapped row path" => Good with { RowPath = [.. Good.RowPath.Reverse()] },
        "rows root as row" => Good with { Bytes = Good.RowPath[0].ToArray(), RowPath = [] },
        "swapped log path" => Good with { LogPath = [.. Good.LogPath.Reverse()] },
        "path of another leaf" => Good with { LogPath = Log.Proof(6, 2).LogPath },
        "leaf never logged" => Good with { Leaf = new SampleLog(21).Leaves[20] },
        "other checkpoint" => Good with { Note = Sign(Log.HeadOf(19)) },
        "checkpoint of another key" => Good with
        {
            Note = SignedNote.Sign(
                Log.Head.Text, NoteKeys.Ed25519Signer(SampleLog.Origin, Ed25519Keys.Generate().PrivatePem)),
        },
        "checkpoint of another ledger" => Good with
        {
            Note = Sign(Log.Head with { Origin = "disburse/sample/520200" }),
        },
        "unsigned text" => Good with { Note = Good.Note with { Text = Log.HeadOf(19).Text } },
        "not a leaf" => Good with { Leaf = "leaf"u8.ToArray() },
        "not a checkpoint" => Good with { Note = SignedNote.Sign("text\n", SampleLog.Signer) },
        _ => throw new ArgumentException(attack),
    };

    private static SignedNote Sign(Checkpoint head) => SignedNote.Sign(head.Text, SampleLog.Signer);
}

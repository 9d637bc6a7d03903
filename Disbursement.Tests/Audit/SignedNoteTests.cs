using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Security;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Audit;

public sealed class SignedNoteTests
{
    private static readonly INoteSigner Log = NoteKeys.Ed25519Signer("disburse/2026/520100", SampleLog.PrivatePem);
    private static readonly INoteSigner Sm2 = NoteKeys.Sm2Signer("disburse/2026/520100", Sm2Keys.Generate().PrivatePem);
    private static readonly INoteSigner Witness = NoteKeys.Ed25519Signer(
        "witness.sample", Ed25519Keys.Generate().PrivatePem);

    private static readonly SignedNote Note = SignedNote.Sign("one\n\ntwo\n", Log, Sm2, Witness);

    [Fact]
    public void The_note_that_the_Go_documentation_prints_is_verified()
    {
        var note = Encoding.UTF8.GetBytes(
            "If you think cryptography is the answer to your problem,\n"
            + "then you don't know what your problem is.\n\n"
            + "— PeterNeumann "
            + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n");
        Assert.True(NoteKey.TryParse(
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", out var key));
        Assert.True(SignedNote.TryParse(note, out var read, out _));
        Assert.True(read.Check([NoteKeys.Verifier(key)]).Trusted);
        Assert.Equal(note, read.Format());
    }

    [Fact]
    public void Both_signatures_of_the_log_are_verified_and_a_witness_is_kept()
    {
        Assert.True(SignedNote.TryParse(Note.Format(), out var read, out _));
        Assert.Equal(Note.Format(), read.Format());
        var verdict = read.Check([NoteKeys.Verifier(Log.Key), NoteKeys.Verifier(Sm2.Key)]);
        Assert.Equal([Log.Key, Sm2.Key], verdict.Verified);
        Assert.Equal(1, verdict.Unknown);
        Assert.True(verdict.Trusted);
    }

    [Fact]
    public void A_note_of_unknown_keys_alone_is_not_trusted() =>
        Assert.False(SignedNote.Sign("text\n", Witness).Check([NoteKeys.Verifier(Log.Key)]).Trusted);

    [Fact]
    public void One_wrong_signature_of_a_known_key_spoils_the_note()
    {
        var forged = Note with { Signatures = [Note.Signatures[0], Note.Signatures[1] with { Bytes = new byte[70] }] };
        var verdict = forged.Check([NoteKeys.Verifier(Log.Key), NoteKeys.Verifier(Sm2.Key)]);
        Assert.Equal([Sm2.Key], verdict.Failed);
        Assert.False(verdict.Trusted);
    }

    [Fact]
    public void A_signature_does_not_carry_over_to_another_text_or_name()
    {
        var other = Note with { Text = "one\n\ntwo.\n" };
        Assert.False(other.Check([NoteKeys.Verifier(Log.Key)]).Trusted);
        var renamed = NoteKeys.Ed25519Signer("disburse/2026/520200", SampleLog.PrivatePem);
        Assert.False(Note.Check([NoteKeys.Verifier(renamed.Key)]).Trusted);
    }

    [Property(MaxTest = 300)]
    public void Whatever_changed_bytes_are_read_are_written_the_same_and_not_trusted(int place, byte value)
    {
        var bytes = SignedNote.Sign("one\ntwo\n", Log).Format();
        var at = (place & int.MaxValue) % bytes.Length;
        if (bytes[at] == value) return;
        bytes[at] = value;
        if (!SignedNote.TryParse(bytes, out var read, out _)) return;
        Assert.Equal(bytes, read.Format());
        Assert.False(read.Check([NoteKeys.Verifier(Log.Key)]).Trusted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("text\n")]
    [InlineData("text\n\n")]
    [InlineData("text\n\n— name AAAAAAA=")]
    [InlineData("text\n\n- name AAAAAAA=\n")]
    [InlineData("text\n\n— na+me AAAAAAA=\n")]
    [InlineData("text\n\n— name AAAA\n")]
    [InlineData("text\n\n— name AAAAAAB=\n")]
    [InlineData("text\n\n— name AAAAAAA= \n")]
    [InlineData("te\txt\n\n— name AAAAAAA=\n")]
    public void A_text_that_is_no_note_is_refused(string text) =>
        Assert.False(SignedNote.TryParse(Encoding.UTF8.GetBytes(text), out _, out _));

    [Fact]
    public void A_text_that_cannot_be_a_note_is_not_signed() =>
        Assert.Throws<DefectException>(() => SignedNote.Sign("no line end", Log));

    [Fact]
    public void A_key_is_read_back_from_its_text_and_from_no_other()
    {
        foreach (var key in new[] { Log.Key, Sm2.Key })
        {
            Assert.True(NoteKey.TryParse(key.Text, out var read));
            Assert.Equal(key, read);
            Assert.False(NoteKey.TryParse(key.Text.Replace("520100", "520200", StringComparison.Ordinal), out _));
            Assert.False(NoteKey.TryParse(key.Text + "\n", out _));
            Assert.False(NoteKey.TryParse(key.Text.ToUpperInvariant(), out _));
        }
    }

    [Fact]
    public void A_checkpoint_is_read_back_and_other_spellings_are_refused()
    {
        var head = new Checkpoint(Checkpoint.OriginOf("2026", "520100"), 17, MerkleTree.EmptyRoot);
        Assert.Equal("disburse/2026/520100\n17\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n", head.Text);
        Assert.True(Checkpoint.TryParse(head.Text, out var read));
        Assert.Equal((head, "520100"), (read, read.Ledger));
        foreach (var (from, to) in new[]
        {
            ("17", "017"), ("17", "-17"), ("17", ""), ("disburse/", "other/"), ("/520100", ""), ("FU=\n", "FV=\n"),
            ("FU=\n", "FU=\nextension\n"), ("FU=\n", "FU="), ("47DE", ""), ("\n17", "\r\n17"),
        })
            Assert.False(Checkpoint.TryParse(head.Text.Replace(from, to, StringComparison.Ordinal), out _), to);
    }
}

using System.Globalization;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Audit;

/// <summary>
/// The latest signed checkpoint, kept in a file outside the database: whoever restores or rewrites the database
/// does not rewrite this. Saved after each commit that signs a checkpoint, checked at every start.
/// </summary>
public sealed class Anchor(string path)
{
    /// <summary>
    /// Replaces the anchor by a later checkpoint. A crash leaves the old or the new one, and either is good: a database
    /// may always be beyond its anchor.
    /// </summary>
    public void Save(SignedNote note)
    {
        var next = Head(note);
        if (File.Exists(path) && Read() is { } kept)
        {
            var before = Head(kept);
            Invariant.Holds(next.Origin == before.Origin && next.Size >= before.Size, "an anchor never goes back");
            Invariant.Holds(next.Size > before.Size || next.Root == before.Root, "one size has one root");
        }
        Replace(note);
    }

    /// <summary>
    /// Saves unless another process went further meanwhile: that one's anchor is the later, and stays. Under
    /// <see cref="LiveLog.Alone"/>, or the two would write one file.
    /// </summary>
    public void Advance(SignedNote note)
    {
        if (Stated() is { } kept && kept.Origin == Head(note).Origin && kept.Size > Head(note).Size) return;
        Save(note);
    }

    /// <summary>The head the anchor states, or null where there is none that can be read.</summary>
    public Checkpoint? Stated() =>
        Read() is { } kept && Checkpoint.TryParse(kept.Text, out var head) ? head : null;

    /// <summary>
    /// After a recovery: the anchor of the history that was lost is kept beside, and the new one takes its place. The
    /// caller has the old one's bytes in a leaf of the log.
    /// </summary>
    public void Restart(SignedNote note, long restore)
    {
        File.Copy(path, string.Create(CultureInfo.InvariantCulture, $"{path}.before-{restore}"), overwrite: true);
        Replace(note);
    }

    private void Replace(SignedNote note)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var fresh = path + ".new";
        using (var file = new FileStream(fresh, FileMode.Create, FileAccess.Write))
        {
            file.Write(note.Format());
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: true);
    }

    /// <summary>The anchor as it stands, or null where there is none or it cannot be read.</summary>
    public SignedNote? Read() =>
        File.Exists(path) && SignedNote.TryParse(File.ReadAllBytes(path), out var note, out _) ? note : null;

    /// <summary>
    /// Whether a database may start: its head is the anchor, or is beyond it by a consistency proof made from its leaf
    /// hashes. A missing anchor is a warning, since a first start has none.
    /// </summary>
    /// <param name="head">The head as the database states it, unsigned.</param>
    /// <param name="leafAt">Leaf hash by index; not called where the anchor is the head itself.</param>
    /// <param name="known">Verifiers of the log's keys.</param>
    public IReadOnlyList<Finding> Check(
        Checkpoint head, Func<long, Hash256> leafAt, IReadOnlyList<INoteVerifier> known)
    {
        if (!File.Exists(path)) return [AuditRules.AnchorMissing.Of(path)];
        if (!SignedNote.TryParse(File.ReadAllBytes(path), out var note, out var error))
            return [AuditRules.NoteMalformed.Of(path, error)];
        if (!note.Check(known).Trusted) return [AuditRules.NoteUntrusted.Of(path)];
        if (!Checkpoint.TryParse(note.Text, out var anchor)) return [AuditRules.CheckpointMalformed.Of(path)];
        var (has, had) = (Number(head.Size), Number(anchor.Size));
        if (head.Origin != anchor.Origin) return [AuditRules.AnchorFork.Of(had)];
        if (head.Size < anchor.Size) return [AuditRules.AnchorAhead.Of(has, had)];
        var proof = MerkleTree.ConsistencyProof(leafAt, anchor.Size, head.Size);
        return MerkleTree.VerifyConsistency(anchor.Size, head.Size, proof, anchor.Root, head.Root)
            ? []
            : [AuditRules.AnchorFork.Of(had)];
    }

    private static Checkpoint Head(SignedNote note)
    {
        Invariant.Holds(Checkpoint.TryParse(note.Text, out var head), "an anchor is a checkpoint");
        return head;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}

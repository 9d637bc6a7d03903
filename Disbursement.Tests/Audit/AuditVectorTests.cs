using System.Text;
using Disbursement.Engine.Audit;
using Disbursement.Host.Audit;
using Disbursement.Host.Security;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Audit;

/// <summary>
/// Holds <c>specs/audit-format.md</c>, its vectors and its independent verifier to what the code does.
/// </summary>
public sealed class AuditVectorTests
{
    private static readonly string Specs = Path.Combine(RepositoryRoot(), "specs");
    private static readonly string Verifier = Path.Combine(Specs, "vectors", "verify_audit.py");

    [Fact]
    public async Task The_tiny_log_of_the_specification_is_what_we_write()
    {
        using var files = new Scratch();
        var log = new SampleLog(3);
        await log.ExportAsync(files["tiny-log"]);
        File.WriteAllBytes(files["tiny-row.proof"], log.Proof(2, 3).Format());
        foreach (var path in Directory.GetFiles(files.Root, "*", SearchOption.AllDirectories))
        {
            var vector = Path.Combine(Specs, "vectors", Path.GetRelativePath(files.Root, path));
            var same = File.Exists(vector) && File.ReadAllBytes(path).SequenceEqual(File.ReadAllBytes(vector));
            Assert.True(same, $"{vector} differs from\n{File.ReadAllText(path)}");
        }
        Assert.True(ExportCheck.Verify(Path.Combine(Specs, "vectors", "tiny-log")).Valid);
        Assert.True(ProofCheck.Check(Path.Combine(Specs, "vectors", "tiny-row.proof")).Valid);
    }

    [Fact]
    public void The_specification_shows_these_vectors()
    {
        var specification = File.ReadAllText(Path.Combine(Specs, "audit-format.md"));
        var log = new SampleLog(3);
        Assert.Contains(Encoding.UTF8.GetString(log.Leaves[0]), specification, StringComparison.Ordinal);
        Assert.Contains(Encoding.UTF8.GetString(log.Note.Format()), specification, StringComparison.Ordinal);
        Assert.Contains(SampleLog.Signer.Key.Text, specification, StringComparison.Ordinal);
        Assert.Contains(Encoding.UTF8.GetString(log.Proof(2, 3).Format()), specification, StringComparison.Ordinal);
        Assert.Contains(log.Head.Root.ToString(), specification, StringComparison.Ordinal);
        for (var i = 0; i < 3; i++) Assert.Contains(log.HashAt(i).ToString(), specification, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_independent_verifier_accepts_our_export_and_refuses_a_tampered_one()
    {
        using var files = new Scratch();
        var log = new SampleLog(5);
        log.Erased.Add(Hash256.Of(log.Documents[4]));
        log.Documents.RemoveAt(4);
        await log.ExportAsync(files["out"], NoteKeys.Sm2Signer(SampleLog.Origin, Sm2Keys.Generate().PrivatePem));
        var (code, said) = OutsideTool.Run("python3", Verifier, files["out"]);
        Assert.True(code == 0, said);
        Assert.Contains("5 leaves, 4 documents, 1 erased", said, StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(files["out"], "*", SearchOption.AllDirectories))
        {
            var bytes = File.ReadAllBytes(file);
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(file, bytes);
            (code, said) = OutsideTool.Run("python3", Verifier, files["out"]);
            Assert.True(code == 1 && said.StartsWith("NOT VALID", StringComparison.Ordinal), $"{file}: {said}");
            bytes[bytes.Length / 2] ^= 1;
            File.WriteAllBytes(file, bytes);
        }
        File.WriteAllBytes(files["other.key"], NoteKeys.WriteFile([NoteKey.Ed25519(SampleLog.Origin, new byte[32])]));
        Assert.Equal(1, OutsideTool.Run("python3", Verifier, files["out"], files["other.key"]).Code);
    }

    [Fact]
    public void An_independent_verifier_accepts_our_proof_and_refuses_one_changed_in_any_line()
    {
        using var files = new Scratch();
        var vector = Path.Combine(Specs, "vectors", "tiny-row.proof");
        var (code, said) = OutsideTool.Run("python3", Verifier, vector);
        Assert.True(code == 0, said);
        Assert.Contains("leaf 2 of 3, row wage_claim 2 3 worker 3 net_fen 2003", said, StringComparison.Ordinal);
        var bytes = File.ReadAllBytes(vector);
        var (from, lines) = (0, 0);
        while (from < bytes.Length)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', from);
            var at = (from + end) / 2;
            from = end + 1;
            if (at == end) continue; // The empty line of the note: nothing in it to change.
            lines++;
            bytes[at] ^= 1;
            File.WriteAllBytes(files["changed.proof"], bytes);
            bytes[at] ^= 1;
            (code, said) = OutsideTool.Run("python3", Verifier, files["changed.proof"]);
            Assert.True(code == 1 && said.StartsWith("NOT VALID", StringComparison.Ordinal), $"line {lines}: {said}");
            Assert.False(ProofCheck.Check(files["changed.proof"]).Valid);
        }
        Assert.True(lines > 15, $"{lines}");
        File.WriteAllBytes(files["other.key"], NoteKeys.WriteFile([NoteKey.Ed25519(SampleLog.Origin, new byte[32])]));
        Assert.Equal(1, OutsideTool.Run("python3", Verifier, vector, files["other.key"]).Code);
    }

    [Fact]
    public void An_independent_verifier_accepts_what_audit_prove_wrote_of_a_real_month()
    {
        using var demo = new Demo.DemoCopy();
        using var files = new Scratch();
        var (code, output, errors) = Demo.Disburse.Run("audit", "prove", "--claim", "1", "--payment", "--out",
            files["claim.proof"], "--db", demo.Option);
        Assert.True(code == 0, output + errors);
        var proofs = Directory.GetFiles(files.Root, "claim.proof*");
        Assert.True(proofs.Length >= 3, $"{proofs.Length}"); // The claim, a payment, an outcome.
        Assert.All(proofs, proof =>
        {
            var (right, said) = OutsideTool.Run("python3", Verifier, proof);
            Assert.True(right == 0, said);
        });
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Disbursement.sln"))) folder = folder.Parent;
        return folder.FullName;
    }
}

using System.IO.Compression;
using Disbursement.Tests.Demo;
using Disbursement.Tests.Erasure;
using Disbursement.Tests.Security;
using Xunit;

namespace Disbursement.Tests.Papers;

/// <summary>
/// The evidence of a case: whoever gets it checks every file by its digest, with tools of their own, and every proof by
/// the audit's verifier, without our database.
/// </summary>
public sealed class EvidencePackTests
{
    private static readonly string s_case = Path.Combine(FinishedDemo.Shared.Folder, "papers", "证据材料-义务1");

    [Fact]
    public void Every_file_is_in_the_manifests_and_has_its_digests()
    {
        foreach (var (tool, manifest) in new[] { ("sha256sum", "MANIFEST.sha256"), ("openssl", "MANIFEST.sm3") })
        {
            var listed = File.ReadAllLines(Path.Combine(s_case, manifest)).Select(l => l.Split("  ", 2)).ToList();
            Assert.Equal(Files(s_case).Where(f => !f.StartsWith("MANIFEST", StringComparison.Ordinal)),
                listed.Select(l => l[1]).Order(StringComparer.Ordinal));
            foreach (var line in listed)
            {
                var path = Path.Combine(s_case, line[1]);
                var (_, said) = OutsideTool.Run(tool, tool == "openssl" ? ["sm3", "-r", path] : [path]);
                Assert.StartsWith(line[0], said, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void Every_proof_is_accepted_by_the_audit_and_one_with_a_changed_row_is_not()
    {
        var proofs = Directory.GetFiles(Path.Combine(s_case, "proofs"));
        // Line, its end, the claim, three payments of it (two died, one outside) and what the bank said of them.
        Assert.Equal(10, proofs.Length);
        Assert.All(proofs, proof => Assert.True(Host.Audit.ProofCheck.Check(proof).Valid, proof));
        Assert.Contains("in order", Check(proofs[0]), StringComparison.Ordinal);
        var forged = Path.Combine(Directory.CreateTempSubdirectory("forged-").FullName, "a.proof");
        var lines = File.ReadAllLines(proofs[0]);
        var row = lines[1].Split(' ');
        var bytes = Convert.FromBase64String(row[3]);
        bytes[^1] ^= 1;
        lines[1] = $"{row[0]} {row[1]} {row[2]} {Convert.ToBase64String(bytes)}";
        File.WriteAllText(forged, string.Join('\n', lines) + "\n");
        Assert.False(Host.Audit.ProofCheck.Check(forged).Valid);
        Directory.Delete(Path.GetDirectoryName(forged)!, recursive: true);
    }

    [Fact]
    public void The_documents_are_those_that_were_exchanged_and_handed_in_byte_for_byte()
    {
        var demo = FinishedDemo.Shared.Folder;
        var originals = new[] { "inputs", "exchange" }.SelectMany(f =>
            Directory.GetFiles(Path.Combine(demo, f), "*", SearchOption.AllDirectories))
            .Select(File.ReadAllBytes).ToList();
        var documents = Directory.GetFiles(Path.Combine(s_case, "documents"));
        var strange = documents
            .Where(d => !originals.Exists(o => o.AsSpan().SequenceEqual(File.ReadAllBytes(d)))).ToList();
        // The evidence of the payment outside was written by the demo itself.
        Assert.Contains("paid by transfer", File.ReadAllText(Assert.Single(strange)), StringComparison.Ordinal);
        string[] parts =
            ["terms-a.csv", "roster-a.csv", "attendance-a.csv", "payroll-a1.csv", "result-1.txt", ".bxt"];
        foreach (var part in parts)
            Assert.Contains(documents, d => d.EndsWith(part, StringComparison.Ordinal));
        var index = DemoPaperTests.Book(Path.Combine(s_case, "00-目录.xlsx")).SelectMany(r => r).ToHashSet();
        Assert.All(documents, d => Assert.Contains("documents/" + Path.GetFileName(d), index));
    }

    [Fact]
    public void A_pack_is_a_zip_where_one_is_asked_for_and_never_written_over()
    {
        using var demo = new DemoCopy();
        string[] words = ["paper", "evidence", "4", "--db", demo.Option, "--keys", demo["keys"], "--out"];
        var (code, _, errors) = Disburse.Run([.. words, demo["case.zip"]]);
        Assert.True(code == 0, errors);
        ZipFile.ExtractToDirectory(demo["case.zip"], demo["case"]);
        var (checkedOut, said) = OutsideTool.Run("sh", "-c",
            $"cd '{demo["case"]}' && sha256sum --quiet -c MANIFEST.sha256");
        Assert.True(checkedOut == 0, said);
        Assert.Equal(3, Disburse.Run([.. words, demo["case.zip"]]).Code);
        Assert.Equal(3, Disburse.Run([.. words, demo["case"]]).Code);
    }

    [Fact]
    public void A_case_that_no_payroll_assessed_has_its_lines_and_their_proofs()
    {
        using var demo = new DemoCopy();
        var (code, _, errors) = Disburse.Run("paper", "evidence", "5", "--db", demo.Option, "--keys", demo["keys"],
            "--out", demo["case"]);
        Assert.True(code == 0, errors);
        var proofs = Directory.GetFiles(demo["case/proofs"]);
        Assert.Equal(57, proofs.Length);
        Assert.All(proofs, proof => Assert.True(Host.Audit.ProofCheck.Check(proof).Valid, proof));
        var total = DemoPaperTests.Book(demo["case/01-欠薪案件情况-义务5.xlsx"]).Single(r => r[1] == "合计");
        Assert.Equal("324424.00", total[4]);
        // What is told of the employer is told in its case.
        Assert.Matches(@"W15\s+employer/4", DemoPaperTests.Text(demo["case/01-欠薪案件情况-义务5.pdf"]));
    }

    [Fact]
    public void An_erased_worker_stays_on_the_papers_by_number_and_every_sum_stands()
    {
        using var demo = new DemoCopy();
        var before = DemoPaperTests.Book(DemoPaperTests.Papers("工资支付台账-GY2025A001-2026-01.xlsx"));
        var person = before[before.FindIndex(r => r[0] == "1")];
        ErasedDemoTests.Erase(demo.Option, demo.Folder);
        foreach (var kind in new[] { "ledger", "slips" })
        {
            var (code, _, errors) = Disburse.Run("paper", kind, "GY2025A001", "--from", "2026-01", "--db", demo.Option,
                "--out", demo["papers-after"]);
            Assert.True(code == 0, errors);
        }
        var after = DemoPaperTests.Book(demo["papers-after/工资支付台账-GY2025A001-2026-01.xlsx"]);
        var row = after[after.FindIndex(r => r[0] == "1")];
        Assert.Equal(("工人 1 (已删除)", "已删除", "已删除"), (row[4], row[5], row[6]));
        Assert.Equal([.. person[..4], .. person[7..]], (string[])[.. row[..4], .. row[7..]]);
        Assert.Equal(before.Single(r => r[1] == "合计"), after.Single(r => r[1] == "合计"));
        foreach (var pdf in Directory.GetFiles(demo["papers-after"], "*.pdf"))
        {
            var text = DemoPaperTests.Text(pdf);
            Assert.DoesNotContain(person[4], text, StringComparison.Ordinal);
            Assert.DoesNotContain(person[5], text, StringComparison.Ordinal);
            Assert.DoesNotContain(person[6], text, StringComparison.Ordinal);
            Assert.Contains("已删除", text, StringComparison.Ordinal);
        }
    }

    private static string Check(string proof)
    {
        var (code, output, errors) = Disburse.Run("audit", "prove", "--check", proof, "--lang", "en");
        Assert.True(code == 0, errors);
        return output;
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f))
            .Order(StringComparer.Ordinal);
}

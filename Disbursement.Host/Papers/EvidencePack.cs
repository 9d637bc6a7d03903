using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Disbursement.Engine.Arrears;
using Disbursement.Engine.Audit;
using Disbursement.Engine.Files;
using Disbursement.Engine.Papers;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using Disbursement.Host.Audit;
using Disbursement.Host.Storage;
using Org.BouncyCastle.Security;

namespace Disbursement.Host.Papers;

/// <summary>
/// The evidence for a case in one folder or ZIP: index, papers, documents, a proof for every row the case stands on,
/// and manifests in the form that sha256sum checks.
/// </summary>
public sealed class EvidencePack(CaseDesk desk, PaperFiles papers, RowProver prover)
{
    public const string Sha256 = "MANIFEST.sha256", Sm3 = "MANIFEST.sm3";

    private readonly List<(PackedFile File, byte[] Bytes)> _files = [];

    /// <summary>Gathers everything; a row that the log does not bind is refused, and nothing is written.</summary>
    public Decision<IReadOnlyList<PackedFile>> Gather(LedgerView view)
    {
        var wages = desk.Case();
        var number = 0;
        foreach (var (what, book, pages) in desk.Papers(wages))
        {
            var name = $"{++number:00}-{book.Name}";
            Add(name + PaperFiles.Workbook, what, "", PaperFiles.BookOf(book));
            if (papers.PagesOf(pages) is { } bytes) Add(name + PaperFiles.Pages, what, "", bytes);
        }
        foreach (var stored in desk.Documents(wages))
            Add($"documents/{++number:00}-{NameOf(stored)}", CaseIndex.What(stored.Document.Kind),
                stored.Document.Digest, stored.Bytes);
        foreach (var (name, what, proof) in Proofs(view, wages))
        {
            if (!proof.Accepted) return Decision<IReadOnlyList<PackedFile>>.Refuse(proof.Findings);
            Add($"proofs/{name}.proof", what, "", proof.Value.Format());
        }
        var index = CaseIndex.Of(desk.Head, wages, [.. _files.Select(f => f.File)]);
        Add(index.Name + PaperFiles.Workbook, "目录", "", PaperFiles.BookOf(index));
        if (papers.PagesOf(index) is { } indexed) Add(index.Name + PaperFiles.Pages, "目录", "", indexed);
        return Decision<IReadOnlyList<PackedFile>>.Accept([.. _files.Select(f => f.File)]);
    }

    /// <param name="to">A new or empty folder, or a new file that ends in .zip.</param>
    public void Write(string to)
    {
        (string Path, byte[] Bytes)[] all =
        [
            .. _files.Select(f => (f.File.Path, f.Bytes)), (Sha256, Manifest(f => f.Sha256)),
            (Sm3, Manifest(f => f.Sm3)),
        ];
        if (IsZip(to)) Zip(to, all);
        else
            foreach (var (path, bytes) in all)
            {
                var file = Path.Combine(to, path.Replace('/', Path.DirectorySeparatorChar));
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
            }
    }

    public static bool IsZip(string to) => to.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Why a pack may not be written there, or null.</summary>
    public static Finding? Taken(string to) => File.Exists(to)
        || Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()
            ? new Finding(PaperRules.NotEmpty, Place.Nowhere, to) : null;

    private void Zip(string to, IEnumerable<(string Path, byte[] Bytes)> all)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(to))!);
        using var stream = new FileStream(to, FileMode.CreateNew);
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create);
        var at = new DateTimeOffset(desk.Head.Today.AtMidnight().ToDateTimeUnspecified(), TimeSpan.Zero);
        foreach (var (path, bytes) in all)
        {
            var entry = zip.CreateEntry(path);
            entry.LastWriteTime = at;
            using var body = entry.Open();
            body.Write(bytes);
        }
    }

    /// <summary>"digest  path", a line each: what sha256sum -c and its like read.</summary>
    private byte[] Manifest(Func<PackedFile, string> digest) => Encoding.UTF8.GetBytes(string.Concat(
        _files.Select(f => f.File).OrderBy(f => f.Path, StringComparer.Ordinal)
            .Select(f => $"{digest(f)}  {f.Path}\n")));

    private void Add(string path, string what, string source, byte[] bytes) => _files.Add((new PackedFile(path, what,
        source, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)),
        Convert.ToHexStringLower(DigestUtilities.CalculateDigest("SM3", bytes))),
        bytes));

    private IEnumerable<(string Name, string What, Decision<ProofFile> Proof)> Proofs(LedgerView view, WageCase wages)
    {
        foreach (var line in wages.Lines)
        {
            var at = $"{line.Line.Line:0000}";
            yield return ($"{at}-line", $"义务第 {line.Line.Line} 行", prover.Of(line.Line));
            if (line.Left is { } left) yield return ($"{at}-left", $"义务第 {line.Line.Line} 行的了结", prover.Of(left));
            if (line.Line.Claim is not { } claim) continue;
            yield return ($"{at}-claim-{claim}", $"应付工资 {claim}",
                prover.Of(view.Find<WageClaimRow>(("claim", claim))!));
            foreach (var paid in view.List<PaymentRow>(("claim", claim)))
                yield return ($"{at}-claim-{claim}-payment-{paid.Attempt}", $"应付工资 {claim} 第 {paid.Attempt} 次支付",
                    prover.Of(paid));
            foreach (var word in view.List<PaymentOutcomeRow>(("claim", claim)))
                yield return ($"{at}-claim-{claim}-payment-{word.Attempt}-outcome-{word.Seq}",
                    $"应付工资 {claim} 第 {word.Attempt} 次支付的结果 {word.Seq}", prover.Of(word));
        }
    }

    /// <summary>As its sender named it, without what no file system takes; else its digest's beginning.</summary>
    private static string NameOf(StoredPaper document)
    {
        var name = Path.GetFileName(document.Name.Replace('\\', '/'));
        var safe = string.Concat(name.Select(c => char.IsControl(c) || "<>:\"|?*".Contains(c) ? '_' : c));
        return safe.Length > 0 ? safe : document.Document.Digest[..12];
    }
}

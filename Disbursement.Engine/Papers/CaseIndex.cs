using Disbursement.Engine.Primitives;

namespace Disbursement.Engine.Papers;

/// <summary>How a stored document bears on a case; the order is that of the pack.</summary>
public enum EvidenceKind
{
    Terms, Roster, Attendance, Payroll, BankFile, BankFileSignature, BankMessage, BankMessageSignature, PeoplesWord,
    PaymentEvidence, EndEvidence, Order,
}

/// <summary>A stored document of a case.</summary>
public sealed record CaseDocument
{
    public required EvidenceKind Kind { get; init; }
    public required string Digest { get; init; }

    /// <summary>As its sender named it; empty: the ledger does not say.</summary>
    public required string Name { get; init; }
}

/// <summary>A file of an evidence pack, for its index.</summary>
/// <param name="Path">Inside the pack, with /.</param>
/// <param name="What">In words.</param>
/// <param name="Source">The digest under which the ledger stores the document; empty: it was made for the pack.
/// </param>
/// <param name="Sha256">Of the file as it lies in the pack, hex; so the SM3 digest.</param>
public sealed record PackedFile(string Path, string What, string Source, long Bytes, string Sha256, string Sm3);

/// <summary>目录: the index of an evidence pack, with the digests that its manifest states.</summary>
public static class CaseIndex
{
    private static readonly PaperColumn[] s_columns =
    [
        new("序号", 5, CellForm.Whole), new("文件", 36), new("内容", 34), new("字节", 9, CellForm.Whole),
        new("SHA-256 / SM3", 68),
    ];

    /// <summary>What Decree 724 art. 50 calls it, or the bank.</summary>
    public static string What(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Terms => "劳动合同 (计薪约定)",
        EvidenceKind.Roster => "职工名册",
        EvidenceKind.Attendance => "考勤",
        EvidenceKind.Payroll => "工资支付表",
        EvidenceKind.BankFile => "发给银行的代发文件",
        EvidenceKind.BankFileSignature => "代发文件的签名",
        EvidenceKind.BankMessage => "银行报文",
        EvidenceKind.BankMessageSignature => "银行报文的签名",
        EvidenceKind.PeoplesWord => "两人确认结果所凭文件",
        EvidenceKind.PaymentEvidence => "付款凭证",
        EvidenceKind.EndEvidence => "了结凭证",
        EvidenceKind.Order => "责令文书",
        _ => throw new DefectException($"no evidence is a {kind}"),
    };

    public static Paper Of(ProjectHead head, WageCase wages, IReadOnlyList<PackedFile> files) =>
        new("00-目录", head.Mark(CasePaper.Subject(wages)),
        [
            new PaperSheet
            {
                Name = "目录",
                Title = "证据材料目录",
                Basis = "《保障农民工工资支付条例》第五十条",
                Facts =
                [
                    head.ProjectFact, new("用工单位", wages.Employer),
                    new("案件", $"义务第 {wages.Obligation.Obligation} 号"), head.MadeOn,
                ],
                Tables =
                [
                    new PaperTable(s_columns, [.. files.Select((f, i) => (string[])
                    [
                        $"{i + 1}", f.Path, f.Source.Length > 0 ? $"{f.What}；账本中存为 {f.Source[..12]}…" : f.What,
                        $"{f.Bytes}", $"{f.Sha256}\n{f.Sm3}",
                    ])]),
                ],
                Notes =
                [
                    "摘要是本目录所在文件夹中各文件的 SHA-256 (上) 和 SM3 (下)；核对：sha256sum -c MANIFEST.sha256。",
                    "proofs 中每个 .proof 证明账本日志中的一行，核对：disburse audit prove --check 文件 --key 日志公钥，"
                        + "不需要数据库和网络。",
                    "documents 中的表格和报文是原件，其中可能有与本案无关的人的信息，仅供办案使用。",
                ],
                Wide = true,
            },
        ]);
}

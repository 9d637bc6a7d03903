using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Returns;
using Disbursement.Host.Storage;
using NodaTime;

namespace Disbursement.Host.Returns;

/// <summary>
/// Everything that waits for people: the exceptions, every file of which nobody knows what became of it (an expired
/// lease, a restore, a lost answer), and the lines a restore left without their wage. What is contradicted stands among
/// the exceptions, one for each line.
/// </summary>
public sealed class Worklist(LedgerView view, Instant at)
{
    /// <summary>Kinds beside those of exceptions: an Unknown file or batch of cards, a sending whose lease is over,
    /// lines after a restore that match no wage here, and lines that two people hold.</summary>
    public const string FileUnknown = "FileUnknown", LeaseExpired = "LeaseExpired", LineWaiting = "LineWaiting",
        LineHeld = "LineHeld", CardsUnknown = "CardsUnknown";

    /// <summary>A recall that the bank has not answered in its time, of a file with lines still open.</summary>
    public const string RecallUnanswered = "RecallUnanswered";

    public static IReadOnlyList<string> Kinds =>
        [FileUnknown, LeaseExpired, RecallUnanswered, LineWaiting, LineHeld, CardsUnknown];

    /// <summary>What is over too, exceptions first.</summary>
    public IReadOnlyList<ExceptionAnswer> All() =>
        [.. new ExceptionAnswers(view).Of(view.List<BankExceptionRow>()), .. Files(), .. Recalls(), .. Lines(),
            .. Cards()];

    public IReadOnlyList<ExceptionAnswer> Open() => [.. All().Where(a => a.IsOpen)];

    private IEnumerable<ExceptionAnswer> Files()
    {
        foreach (var file in view.List<DisbursementFileRow>(("state", FileState.Unknown)))
            yield return Of(file, FileUnknown, "是否到达银行、结果如何均未知",
                "nobody knows whether it reached the bank and what became of it",
                $"用 file query {file.File} 向银行查询; 银行不能答复的, 凭书面证明由两人用 file resolve {file.File} accepted|refused|absent "
                + "--document 确定; 在此之前不会再发",
                $"Ask the bank with file query {file.File}; where it cannot answer, two people decide by its letter "
                + $"with file resolve {file.File} accepted|refused|absent --document; it does not go again before");
        foreach (var file in view.List<DisbursementFileRow>(("state", FileState.Sending)))
            if (file.LeaseUntil <= at)
                yield return Of(file, LeaseExpired, "发送未了而期限已过", "its sending did not end and its lease is over",
                    "运行 tick: 该文件成为结果未知", "Run tick: the file becomes Unknown");
    }

    private IEnumerable<ExceptionAnswer> Recalls()
    {
        foreach (var (file, recall, by) in RecallTime.Overdue(view, at).Where(r => r.File.LinesOpen > 0))
        {
            var (row, yuan) = (recall.Row, new Money(recall.Row.TotalFen).ToYuan());
            yield return Item(RecallUnanswered, file.Profile, file.File, file.Reference, row.TotalFen,
                $"recall {row.Reference} {row.Lines} lines",
                $"撤销 {row.Reference}, 文件 {file.File}, {row.Lines} 笔, {yuan} 元: 银行逾期未答复",
                $"recall {row.Reference} of file {file.File}, {row.Lines} lines, {yuan} yuan: no answer within the "
                + "bank's time",
                $"向银行询问撤销结果, 收到后 bank receive; 各行如何, 以银行对文件的答复为准 (file show {file.File})",
                "Ask the bank what became of the recall and take its answer in with bank receive; what became of the "
                + $"rows is its word on the file (file show {file.File})") with
            { Account = file.Account, Since = by };
        }
    }

    private ExceptionAnswer Of(DisbursementFileRow file, string kind, string zh, string en, string doZh, string doEn)
    {
        var since = file.FirstSentAt ?? file.BuiltAt;
        var (ageZh, ageEn) = Age(at - since);
        return Item(kind, file.Profile, file.File, file.Reference, file.TotalFen, $"{file.State} {file.Lines} lines",
            $"文件 {file.File}, {file.Lines} 笔, {new Money(file.TotalFen).ToYuan()} 元, 已 {ageZh}: {zh}",
            $"file {file.File}, {file.Lines} lines, {new Money(file.TotalFen).ToYuan()} yuan, for {ageEn}: {en}",
            doZh, doEn) with
        { Account = file.Account, Since = since };
    }

    /// <summary>No money hangs on them; their workers wait, and cannot be applied for again.</summary>
    private IEnumerable<ExceptionAnswer> Cards()
    {
        foreach (var batch in view.List<CardBatchRow>(("state", FileState.Unknown)))
        {
            var since = batch.FirstSentAt ?? batch.BuiltAt;
            var (ageZh, ageEn) = Age(at - since);
            yield return Item(CardsUnknown, batch.Profile, null, batch.Reference, 0,
                $"{batch.State} {batch.Lines} lines",
                $"开卡批次 {batch.Batch}, {batch.Lines} 人, 已 {ageZh}: 是否到达银行未知",
                $"batch {batch.Batch} of card applications, {batch.Lines} workers, for {ageEn}: nobody knows whether "
                + "it reached the bank",
                $"等待或索取银行的答复; 银行不能答复的, 凭书面证明由两人用 card resolve {batch.Batch} --arrived|--never-arrived "
                + "--document 确定",
                "Wait for the bank's answer or ask for it; where it cannot answer, two people decide by its letter "
                + $"with card resolve {batch.Batch} --arrived|--never-arrived --document") with
            { Account = batch.Account, Since = since };
        }
    }

    private IEnumerable<ExceptionAnswer> Lines()
    {
        // A denied row that has its payment here is told by the exception of the bank's word, and decided by its row.
        foreach (var group in view.Queries.WaitingLines().Where(l => l is not { Denied: 1, Placed: 1 })
            .GroupBy(l => (l.Send, IsHeld: l.Held == 1, IsDenied: l.Denied == 1)))
        {
            var send = view.Find<JournalledSendRow>(("send", group.Key.Send))!;
            var lines = group.DistinctBy(l => l.Line).ToList();
            var (count, fen) = (lines.Count, lines.Sum(l => l.AmountFen));
            var (kind, zh, en) = group.Key.IsDenied
                ? (LineHeld, "两人曾定为未付, 银行其后称已付或退回, 其工资不能再付",
                    "two people called them absent and the bank says otherwise: their wages are not paid again")
                : group.Key.IsHeld
                ? (LineHeld, "由两人扣住, 其工资不能再付", "held by two people: their wages are not paid again")
                : (LineWaiting, "恢复后在此找不到对应的工资, 在此之前不发送任何文件",
                    "after the restore their wages are not found here, and nothing is sent before they are");
            yield return Item(kind, send.Profile, send.File, send.Reference, fen, $"{count} lines",
                $"发送日志第 {send.Send} 项, {count} 行, {new Money(fen).ToYuan()} 元: {zh}",
                $"item {send.Send} of the send journal, {count} lines, {new Money(fen).ToYuan()} yuan: {en}",
                $"重新导入缺少的名册、工资表并审核; 银行书面证明未付的, 由两人用 recover resolve {send.Send} absent --document 放开"
                + (group.Key.IsHeld ? "" : ", 一时不能确定的用 held 扣住"),
                "Import and approve again what is missing; by the bank's letter that they were not paid two people "
                + $"free them with recover resolve {send.Send} absent --document"
                + (group.Key.IsHeld ? "" : ", or hold them with held while that is not known"));
        }
    }

    private static ExceptionAnswer Item(string kind, string profile, long? file, string reference, long fen,
        string detail, string zh, string en, string doZh, string doEn) => new(null, kind, ExceptionAnswer.Open, null,
        null, profile, null, 0, file, reference, null, null, fen, fen, detail, zh, en, doZh, doEn);

    private static (string Zh, string En) Age(Duration age)
    {
        var hours = Math.Max(0, (long)Math.Floor(age.TotalHours));
        return hours < 48 ? ($"{hours} 小时", $"{hours} hours") : ($"{hours / 24} 天", $"{hours / 24} days");
    }
}

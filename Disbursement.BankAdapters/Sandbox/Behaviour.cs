namespace Disbursement.BankAdapters.Sandbox;

/// <summary>What a sandbox bank does wrong on purpose. Its books are right whatever it does.</summary>
public enum Behaviour
{
    LostReply, TornUpload, LateAcceptance, DuplicateAnswers, OutOfOrder, PartialResults, SplitResults, WrongTotals,
    WrongBalance, WrongKey, DayEndBetween, LateReturn, Contradiction,
}

/// <summary>A behaviour by the name it has in scripts, and in one line what it is.</summary>
/// <remarks>"Later" is the first day end of a later business day.</remarks>
public sealed record BehaviourWord(Behaviour Behaviour, string Name, string Zh, string En)
{
    public static IReadOnlyList<BehaviourWord> All { get; } =
    [
        new(Behaviour.LostReply, "lost-reply", "已收文件, 连接在答复前断开 (HTTPS、报文、--sftp); 受理回执此后才发",
            "the file is kept and the line cut before the reply (HTTPS, packets, --sftp); the word on it leaves later"),
        new(Behaviour.TornUpload, "torn-upload", "上传中断, 未收下任何内容; 文件夹中只读到一半, 因而验签不符退回",
            "the upload breaks off and nothing is kept; in a folder half of it is read, and refused by its signature"),
        new(Behaviour.LateAcceptance, "late-acceptance", "文件搁置, 日后营业日才受理入账",
            "the file lies unread, and is accepted and booked by a run of a later business day"),
        new(Behaviour.DuplicateAnswers, "duplicate-answers", "关于该文件的每份答复都再发一份, 另起文件名",
            "every answer on the file leaves twice, under two names and two message ids"),
        new(Behaviour.OutOfOrder, "out-of-order", "答复倒序发出: 先结果, 后受理回执",
            "the answers leave backwards: results first, the word on the file last"),
        new(Behaviour.PartialResults, "partial-results", "先答复一半的行, 其余此后再发",
            "half of the rows are answered, the rest later"),
        new(Behaviour.SplitResults, "split-results", "结果分为三个文件", "the rows are answered in three messages"),
        new(Behaviour.WrongTotals, "wrong-totals", "结果所写合计多一分, 更正件此后再发 (格式中有合计的银行)",
            "the result states one fen too much, the right one leaves later (where the form states a total)"),
        new(Behaviour.WrongBalance, "wrong-balance", "载有该文件的对账单期末余额多一分, 更正件此后再发",
            "the statement that tells of the file closes one fen too high, the right one leaves later"),
        new(Behaviour.WrongKey, "wrong-key", "结果由陌生密钥签名, 正确签名的此后再发",
            "the results are signed by a stranger's key, rightly signed ones leave later"),
        new(Behaviour.DayEndBetween, "day-end-between", "受理与结果之间隔一个日终: 对账单先到, 结果此后才发",
            "a day end falls between acceptance and results: the statement comes first, the results later"),
        new(Behaviour.LateReturn, "late-return", "已入账的一行此后退票", "a credited row comes back later"),
        new(Behaviour.Contradiction, "contradiction", "已入账并答复成功的一行此后又答复失败",
            "a row that was credited and answered so is answered as rejected later"),
    ];

    internal static string NameOf(Behaviour behaviour) => All.First(word => word.Behaviour == behaviour).Name;

    /// <summary>The behaviours that keep something back until a later day end.</summary>
    internal static bool HoldsBack(Behaviour behaviour) => behaviour is Behaviour.LostReply
        or Behaviour.PartialResults or Behaviour.WrongTotals or Behaviour.WrongBalance or Behaviour.WrongKey
        or Behaviour.DayEndBetween;

    /// <summary>Those decided when a file is booked, for accepted files alone; the others are decided when it arrives.
    /// </summary>
    internal static IEnumerable<Behaviour> OfBooking =>
        All.Select(word => word.Behaviour).Where(b => b > Behaviour.LateAcceptance);
}

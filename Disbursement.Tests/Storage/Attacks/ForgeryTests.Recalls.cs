namespace Disbursement.Tests.Storage.Attacks;

public sealed partial class ForgeryTests
{
    private static Dictionary<string, (Forgery Row, string Law)> Every =>
        new(All.Concat(OfRestores).Concat(OfRecalls).Concat(CardForgeries.All).Concat(FeedForgeries.All)
            .Concat(ComplaintForgeries.All));

    /// <summary>A recall is two people's, about a file that went out, and its answer the asked bank's.</summary>
    private static readonly Dictionary<string, (Forgery Row, string Law)> OfRecalls = new()
    {
        ["A recall that nobody decided"] = (new("recall", "recall = 1",
            "recall = 2, reference = 'r1C02', rows = '2', lines = 1, total_fen = 1000"),
            "L7: two people decide a recall"),
        ["A second recall on one decision"] =
            (new("recall", "recall = 1", "recall = 2, reference = 'r1C02'"), "L7: two people decide a recall"),
        ["A recall of a file that never went out"] =
            (new("recall", "recall = 1", "file = 2, reference = 'r2C01'"), "a recall is of a file"),
        ["A recall under another reference"] = (new("recall", "recall = 1",
            "recall = 2, reason = 'Fraud', rows = '*', lines = 3, total_fen = 3000"),
            "a recall is of a file|written once"),
        ["A recall of another sum"] = (new("recall", "recall = 1",
            "recall = 2, reference = 'r1C02', reason = 'Fraud', rows = '*', lines = 3, total_fen = 2999"),
            "a recall names rows"),
        ["A recall of a row that is not there"] = (new("recall", "recall = 1",
            "recall = 2, reference = 'r1C02', rows = '1,9', lines = 1, total_fen = 1000"), "a recall names rows"),
        ["Bytes of no recall"] = (new("recall_seal", "recall = 1", "recall = 2"), "the bytes of a recall"),
        ["Bytes of a recall that are not stored as such"] =
            (new("recall_seal", "recall = 1", "document = 'd2'"), "the bytes of a recall|written once"),
        ["A call about a recall without its bytes"] =
            (new("recall_sending", "sending = 1", "recall = 2"), "a call about a recall"),
        ["A call that skips a number"] = (new("recall_sending", "sending = 1", "sending = 3"), "a call about a recall"),
        ["A call without the transport's words"] =
            (new("recall_sending", "sending = 1", "sending = 2, document = 'd2'"), "a call about a recall"),
        ["An answer to a recall by another bank"] =
            (new("recall_answer", "recall = 1", "word = 'Cancelled', message = 2"), "an answer to a recall"),
        ["An answer to a recall in a message applied before"] =
            (new("recall_answer", "recall = 1", "word = 'Cancelled', message = 3"), "an answer to a recall"),
        ["An answer about a row that was not called back"] =
            (new("recall_answer", "recall = 1", "row_reference = 2"), "an answer to a recall"),
    };
}

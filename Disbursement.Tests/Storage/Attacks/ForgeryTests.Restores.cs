namespace Disbursement.Tests.Storage.Attacks;

public sealed partial class ForgeryTests
{
    /// <summary>After a restore: what the send journal says went out.</summary>
    private static readonly Dictionary<string, (Forgery Row, string Law)> OfRestores = new()
    {
        ["A payment of a wage that went out in a journalled file"] = (new("payment", Live,
            "claim = 7, row_reference = 9, payee_hash = x'07'"), "L1: this wage went out"),
        ["A void of a wage that went out in a journalled file"] =
            (new("payment", "claim = 5", "claim = 7"), "L1: this wage went out"),
        ["An outside payment of a wage that went out in a journalled file"] =
            (new("payment", "claim = 5", "claim = 7, channel = 'Outside'"), "L1: this wage went out"),
        ["A release that takes a wage of a journalled file"] = (new("release_range", "release = 1",
            "release = 2, payroll = 4, from_line = 2, to_line = 2"), "L1: a wage of this range"),
        ["A release that takes a wage with a live payment of a journalled file"] = (new("release_range", "release = 1",
            "release = 2, from_line = 3, to_line = 3"), "L1: a wage of this range"),
        ["A sending while a journalled file is open"] = (new("disbursement_file", "file = 2",
            "file = 91, reference = 'x', state = 'Sending', sealed_document = 'd1', lease_until = built_at"),
            "nothing is sent while"),
        ["A file that says it is journalled and is not"] = (new("disbursement_file", "file = 2",
            "file = 91, reference = 'x', state = 'Unknown', journal_document = 'd1'"), "no journalled file of this"),
        ["A journalled line matched without its payment"] = (new("journalled_line_left", "send = 2",
            "send = 1, line = 1"), "a matched line has its payment"),
        ["A journalled line freed without a second person"] = (new("journalled_line_left", "send = 1",
            "send = 2, line = 3, cause = 'Held'"), "L7: two people and a document free"),
        ["A journalled line freed without its document"] = (new("journalled_line_left", "send = 1",
            "line = 1, document = 'd9'"), "L7: two people and a document free"),

        ["A kept word of a row that nobody journalled"] =
            (new("journalled_word", "send = 1", "line = 9"), "a kept word is of a journalled row"),
        ["A kept word of a row that has its payment"] =
            (new("journalled_word", "send = 1", "send = 2, line = 3"), "a kept word is of a journalled row"),
        ["A kept word by a message applied before"] =
            (new("journalled_word", "send = 1", "seq = 2, document = 'd4'"), "L1: a kept word stands"),
        ["A kept word by a message of another bank"] =
            (new("journalled_word", "send = 1", "seq = 2, document = 'd3'"), "L1: a kept word stands"),
        ["A kept word of people who were not asked"] =
            (new("journalled_word", "send = 1", "line = 2, source = 'People', document = 'd9'"), "L7: two people"),
        ["A kept word of people that it was paid"] = (new("journalled_word", "send = 1",
            "seq = 2, source = 'People', kind = 'Settled'"), "L7: two people|journalled_word_check|CHECK"),
        ["A kept word of people that is no word of theirs"] = (new("journalled_word", "send = 1",
            "seq = 2, source = 'People', trouble = 'AmountDiffers'"), "L7: two people|journalled_word_check|CHECK"),
        ["A kept word with a trouble that nobody was told"] = (new("journalled_word", "send = 1",
            "seq = 2, trouble = 'UnknownRow'"), "L1: a kept word stands|journalled_word|CHECK"),
    };
}

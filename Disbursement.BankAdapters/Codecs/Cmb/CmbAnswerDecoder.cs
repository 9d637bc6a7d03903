using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Cmb;

/// <summary>招商银行 answers, any of: acceptance (NTAGCAGCZ1), batch result (NTAGCINQZ),
/// row results (NTAGCDTLY1 with STSCOD) and late returns 退票 (NTAGDRFDZ1). Several may
/// stand in one document; each new subject begins with a head of its own.</summary>
/// <remarks>Row results carry no YURREF: they belong to the batch result before them
/// or, with option <c>referenceFrom</c> = name, to the reference in the message's name.
/// Files and batches: <see cref="FileWords"/>; rows: the profile's codes.</remarks>
public sealed class CmbAnswerDecoder : IMessageDecoder
{
    public void Decode(BankProfile profile, string name, Stream input, IMessageSink sink)
    {
        var reader = new FlatXmlReader(input);
        var token = reader.Read();
        var charset = BankCharset.Named(reader.Declared.Length > 0 ? reader.Declared : profile.Inbound.Charset);
        if (charset is null)
        {
            sink.Error(new(1, "encoding", 0, reader.Declared, "is no character set of this bank"));
            return;
        }
        var byName = profile.Inbound.Option("referenceFrom", "") == "name" ? MessageName.Of(name).Reference : null;
        var answer = new CmbAnswer(new CodeTable(profile, charset), byName, sink);
        var block = new CmbBlock(charset);
        for (; token is not (FlatXml.End or FlatXml.Broken); token = reader.Read())
        {
            if (token is FlatXml.BlockStart) block.Begin(reader);
            else if (token is FlatXml.Field) block.Add(reader, sink);
            else answer.Take(block);
        }
        if (token is FlatXml.Broken) sink.Error(new(reader.Line, "XML", reader.Offset, "", reader.Fault));
        // A document that says nothing to us is no answer: silence would pass for one.
        else if (!answer.IsKnown)
            sink.Error(new(reader.Line, "document", reader.Offset, "",
                $"holds no block of an answer: {string.Join(", ", CmbAnswer.Blocks)}"));
        answer.End();
    }
}

/// <summary>What the bank's words about a request mean for the
/// file (API DOC 5.37.0 appendices A.5, A.6 and RETCOD).</summary>
internal static class FileWords
{
    /// <summary>REQSTA with, once it is FIN, RTNFLG.</summary>
    public static FileWord Of(string requestState, string result) => requestState switch
    {
        // NTE 终审完毕 and BNK 银行处理中: the bank works on it. OPR 数据接收中 and the waiting states promise nothing yet.
        "NTE" or "BNK" => FileWord.Accepted,
        "OPR" or "AUT" or "WCF" or "ACK" or "APD" => FileWord.Pending,
        "FIN" => result switch
        {
            "S" => FileWord.Accepted,
            // F 失败, R 否决, D 过期, C 撤消, M 商户撤销, V 拒绝, and B 退票, T 退款: nothing of it stays with the payees.
            "F" or "R" or "D" or "C" or "M" or "V" or "B" or "T" => FileWord.Refused,
            _ => FileWord.Doubtful, // U 银行挂账: the bank holds the money
        },
        _ => FileWord.Doubtful,
    };

    /// <summary>RETCOD of a call that failed. Only −3 (format) proves that nothing was taken.</summary>
    public static FileWord OfFailedCall(string code) => code == "-3" ? FileWord.Refused : FileWord.Doubtful;
}

/// <summary>Gathers the blocks of one document into heads and lines.</summary>
internal sealed class CmbAnswer(CodeTable codes, string? byName, IMessageSink sink)
{
    private MessageHead? _batch;
    private bool _headGiven;
    private string _request = "";
    private string? _returnsOf;
    private (int? Lines, int? Settled, Money? Sum) _stated;
    // Of any number of rows: more than a Money holds.
    private (int Lines, int Settled, Int128 Fen) _read;

    /// <summary>The blocks that say anything.</summary>
    public static IReadOnlyList<string> Blocks { get; } =
        ["INFO", "NTAGCAGCZ1", "NTAGCINQZ", "NTAGCDTLY1", "NTAGDRFDZ1"];

    /// <summary>Whether one of them was there.</summary>
    public bool IsKnown { get; private set; }

    public void Take(CmbBlock block)
    {
        if (!IsKnown) IsKnown = Blocks.Contains(block.Name);
        switch (block.Name)
        {
            case "INFO": Call(block); break;
            case "NTAGCAGCZ1": Acceptance(block); break;
            case "NTAGCINQZ": Batch(block); break;
            case "NTAGCDTLY1": Row(block); break;
            case "NTAGDRFDZ1": Return(block); break;
        }
    }

    /// <summary>A batch result without rows speaks about the whole file.</summary>
    public void End()
    {
        if (_batch is { } batch && !_headGiven) sink.Head(batch);
        // Control totals, where this document holds all rows of the batch (details come in pages).
        if (_headGiven && _stated.Lines == _read.Lines)
        {
            if (_stated.Settled is { } settled && settled != _read.Settled)
                sink.Error(new(0, "SUCNUM", 0, $"{settled}", $"{_read.Settled} rows are settled"));
            if (_stated.Sum is { } sum && sum.Fen != _read.Fen)
                sink.Error(new(0, "SUCAMT", 0, sum.ToYuan(), $"the settled rows come to {_read.Fen} fen"));
        }
        (_batch, _headGiven, _stated, _read) = (null, false, default, default);
    }

    private void Call(CmbBlock info)
    {
        var code = info.Text("RETCOD");
        if (code is "" or "0") return;
        sink.Head(new(MessageKind.FileStatus, byName, "", FileWords.OfFailedCall(code), code, info.Text("ERRMSG"),
            null, null));
    }

    private void Acceptance(CmbBlock block)
    {
        _request = block.Text("REQNBR");
        var state = block.Text("REQSTA");
        sink.Head(new(MessageKind.FileStatus, byName, _request, FileWords.Of(state, ""), state, "", null, null));
    }

    private void Batch(CmbBlock block)
    {
        End();
        _request = block.Text("REQNBR");
        var (state, result) = (block.Text("REQSTA"), block.Text("RTNFLG"));
        var reference = block.Text("YURREF") is { Length: > 0 } own ? own : byName;
        if (!block.Count("TRSNUM", sink, out var lines) || !block.Amount("TOTAMT", sink, out var total)
            || !block.Count("SUCNUM", sink, out var settled) || !block.Amount("SUCAMT", sink, out var sum)) return;
        _stated = (lines, settled, sum);
        _batch = new(MessageKind.FileStatus, reference, _request, FileWords.Of(state, result),
            result.Length > 0 ? $"{state}/{result}" : state, block.Text("ERRDSP"), lines, total);
    }

    private void Row(CmbBlock block)
    {
        if (_batch is null) _batch = new(MessageKind.Report, byName, _request, FileWord.Accepted, "", "", null, null);
        if (!_headGiven)
        {
            // Rows say themselves what became of them; that there are rows proves that the bank took the file.
            sink.Head(_batch with { Kind = MessageKind.Report, FileWord = FileWord.Accepted });
            _headGiven = true;
        }
        Line(block, "TRXSEQ", "ACCNBR", "ACCNAM", "ERRDSP", returned: false);
    }

    private void Return(CmbBlock block)
    {
        var reference = block.Text("YURREF") is { Length: > 0 } own ? own : byName;
        _request = block.Text("REQNBR");
        if (_returnsOf is null || _returnsOf != (reference ?? ""))
            sink.Head(new(MessageKind.LateReturns, reference, _request, FileWord.None, "", "", null, null));
        _returnsOf = reference ?? "";
        Line(block, "BTHDTL", "EACNBR", "EACNAM", "RTNTXT", returned: true);
    }

    private void Line(CmbBlock block, string sequenceField, string accountField, string nameField, string textField,
        bool returned)
    {
        if (block.Required(sequenceField, sink) is not { } sequence
            || block.Required(accountField, sink) is not { } account
            || block.Amount("TRSAMT", sink) is not { } amount
            || block.Required("STSCOD", sink) is not { } state
            || !block.Date("TRSDAT", sink, out var day)) return;
        var text = block.Text(textField);
        var code = block.Text("ERRCOD") is { Length: > 0 } error ? error : block.Text("RTNCOD");
        var why = codes.Find(code) ?? codes.Find(text);
        var said = codes.Find(state);
        var (word, reason) = CodeTable.Join(said, why);
        // A row of the refund list came back, whatever its state code says.
        if (returned) (word, reason) = (LineWord.Returned, why?.Reason ?? ReturnReason.ReturnedAfterSuccess);
        _read.Lines++;
        if (word is LineWord.Settled) (_read.Settled, _read.Fen) = (_read.Settled + 1, _read.Fen + amount.Fen);
        sink.Line(new(block.Line, sequence, account, block.Text(nameField), amount, word, reason,
            code.Length > 0 ? code : state, text, _request.Length > 0 ? $"{_request}-{sequence}" : "", day,
            Unknown: returned ? "" : CodeTable.Unknown(said, "STSCOD", state)));
    }
}

using System.Globalization;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Reads a camt.029 (RsltnOfInvstgtn), the bank's answer to a recall: a head per file, a line per transaction.
/// </summary>
/// <remarks>A payment is dead only where the bank says so twice: the cancellation accepted (ACCR) and carried out
/// (CNCL, of a part PECR). Accepted alone, the money may still be on its way. A recall refused or pending (RJCR, PDCR)
/// says nothing about the payment, which goes on. A whole file is cancelled only by a status of its own with no line
/// beneath: the confirmation alone may answer for one line of it.</remarks>
internal sealed class Resolution(IsoXml xml, StatusCodes codes, int fileWidth, IMessageSink sink)
{
    private readonly Reason _reason = new(xml);
    private string _assignment = "", _case = "", _confirmation = "", _groupId = "";
    private bool _told;
    private long _record;

    /// <summary>What is said about a whole file, at group or payment level.</summary>
    private struct FileStatus()
    {
        public string Id = "", Status = "", ReasonCode = "", ReasonText = "";
        public int? Lines;
        public Money? Total;
    }

    /// <summary>Reads the element stood on to its end.</summary>
    public void Read()
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "Assgnmt" when xml.Descend("Id"): _assignment = xml.Text(); break;
                case "RslvdCase" when xml.Descend("Id"): _case = References.Given(xml.Text()); break;
                case "Sts": ReadConfirmation(); break;
                case "CxlDtls": ReadDetails(); break;
                default: break;
            }
        }
        if (!_told) Say(new(), hasLines: false);
    }

    private void ReadConfirmation()
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
            // RjctdMod, DplctOf, AssgnmtCxlConf answer other requests than ours.
            if (xml.Name == "Conf") _confirmation = xml.Text();
    }

    private void ReadDetails()
    {
        var depth = xml.Depth;
        var (group, below) = (new FileStatus(), false);
        _groupId = "";
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "OrgnlGrpInfAndSts":
                    ReadStatus(ref group);
                    _groupId = group.Id;
                    break;
                case "OrgnlPmtInfAndSts":
                    var payment = new FileStatus { Status = group.Status };
                    below = true;
                    if (!ReadStatus(ref payment)) Say(payment, hasLines: false);
                    break;
                case "TxInfAndSts":
                    if (!below) Say(group, hasLines: true);
                    below = true;
                    ReadLine(group);
                    break;
                default: break;
            }
        }
        if (!below && group.Id.Length > 0) Say(group, hasLines: false);
    }

    /// <summary>Reads a status with what stands below it; true if lines did, whose head is then told before them.
    /// </summary>
    private bool ReadStatus(ref FileStatus status)
    {
        var (depth, lines) = (xml.Depth, false);
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "OrgnlMsgId" or "OrgnlPmtInfId": status.Id = References.Given(xml.Text()); break;
                case "OrgnlGrpInf" when xml.Descend("OrgnlMsgId"): _groupId = References.Given(xml.Text()); break;
                case "RslvdCase" when xml.Descend("Id"): _case = References.Given(xml.Text()); break;
                case "GrpCxlSts" or "PmtInfCxlSts": status.Status = xml.Text(); break;
                case "CxlStsRsnInf": _reason.ReadOver(ref status.ReasonCode, ref status.ReasonText); break;
                case "OrgnlNbOfTxs": status.Lines = Count(); break;
                case "OrgnlCtrlSum": status.Total = xml.Amount(isSum: true); break;
                case "TxInfAndSts":
                    if (!lines) Say(status, hasLines: true);
                    lines = true;
                    ReadLine(status);
                    break;
                default: break;
            }
        }
        return lines;
    }

    private int? Count()
    {
        var text = xml.Value();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return count;
        xml.Refuse("OrgnlNbOfTxs", text.ToString(), "not a count");
        return null;
    }

    private string FileOf(FileStatus status) => _groupId.Length > 0 ? _groupId
        : status.Id.Length > 0 ? status.Id : References.FileOfRecall(_case, fileWidth);

    private void Say(FileStatus status, bool hasLines)
    {
        _told = true;
        var file = FileOf(status);
        var said = Word(status.Status);
        var word = hasLines ? FileWord.None : said switch
        {
            LineWord.Rejected => FileWord.Refused,
            LineWord.Doubtful => FileWord.Doubtful,
            _ => FileWord.None,
        };
        sink.Head(new MessageHead(MessageKind.Recall, file.Length > 0 ? file : null,
            _case.Length > 0 ? _case : _assignment, word, Code(status.Status, status.ReasonCode), status.ReasonText,
            status.Lines, status.Total, Recall: hasLines ? null : RecallWordOf(said, status.Status)));
    }

    /// <summary>What a cancellation status says of the payment; without one, what the confirmation says.</summary>
    private LineWord Word(string status) => (status, _confirmation) switch
    {
        ("ACCR", "CNCL" or "PECR") => LineWord.Rejected,
        ("RJCR" or "PDCR" or "PACR", _) => LineWord.Pending,
        // BIAS: settled already. FTNA, CWFW: asked, not done.
        ("", "RJCR" or "PDCR" or "PECR" or "PDNG" or "BIAS" or "FTNA" or "CWFW") => LineWord.Pending,
        _ => LineWord.Doubtful,
    };

    /// <summary>A status this reader has words for, or none; what it says may hang on the confirmation all the same.
    /// </summary>
    private static bool IsKnown(string status) => status is "" or "ACCR" or "RJCR" or "PDCR" or "PACR";

    /// <summary>What became of the recall itself: of what goes on, whether it was refused or is still looked at.
    /// </summary>
    private RecallWord RecallWordOf(LineWord word, string status) => word switch
    {
        LineWord.Rejected => RecallWord.Cancelled,
        LineWord.Pending => (status.Length > 0 ? status : _confirmation) is "RJCR" or "BIAS"
            ? RecallWord.Refused : RecallWord.Pending,
        _ => RecallWord.Doubtful,
    };

    private string Code(string status, string reason) =>
        reason.Length > 0 ? reason : status.Length > 0 ? status : _confirmation;

    private void ReadLine(FileStatus status)
    {
        var depth = xml.Depth;
        _record++;
        string instruction = "", endToEnd = "", said = "", code = "", text = "", id = "";
        var original = new OriginalTransaction();
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "CxlStsId": id = xml.Text(); break;
                case "OrgnlGrpInf" when xml.Descend("OrgnlMsgId"): _groupId = References.Given(xml.Text()); break;
                case "OrgnlInstrId": instruction = xml.Text(); break;
                case "OrgnlEndToEndId": endToEnd = References.Given(xml.Text()); break;
                case "TxCxlSts": said = xml.Text(); break;
                case "CxlStsRsnInf": _reason.ReadOver(ref code, ref text); break;
                case "OrgnlInstdAmt" or "OrgnlIntrBkSttlmAmt": original.Take(xml.Amount()); break;
                case "OrgnlTxRef": original.Read(xml); break;
                default: break;
            }
        }
        var file = FileOf(status);
        if (original.Amount is not { } amount)
        {
            if (!original.AmountSeen) xml.Missing("OrgnlInstdAmt", $"record {_record} states no amount");
            return;
        }
        var own = said;
        if (said.Length == 0) said = status.Status;
        var word = Word(said);
        var reason = word == LineWord.Pending ? ReturnReason.None : codes.ReasonOf(code);
        sink.Line(new ReportLine(_record, References.Row(file, endToEnd.Length > 0 ? endToEnd : instruction),
            original.Payee.Account, original.Payee.Name, amount, word, reason, Code(own, code), text, id, null,
            RecallWordOf(word, said), word != LineWord.Doubtful || IsKnown(said) ? ""
                : $"{(own.Length > 0 ? "TxCxlSts" : "CxlSts")} {said}"));
    }
}

/// <summary>What an answer repeats of the payment itself.</summary>
internal struct OriginalTransaction()
{
    public Party Payee = new();
    public Money? Amount;
    public bool AmountSeen;
    public LocalDate? ValueDate;

    /// <summary>Takes an amount that was read; null was told already.</summary>
    public void Take(Money? amount) => (Amount, AmountSeen) = (amount, true);

    /// <summary>Reads OrgnlTxRef, stood on, to its end. Versions before .08 state parties bare.</summary>
    public void Read(IsoXml xml)
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "Amt" when !AmountSeen && xml.Descend("InstdAmt"): Take(xml.Amount()); break;
                case "IntrBkSttlmAmt" when !AmountSeen: Take(xml.Amount()); break;
                case "IntrBkSttlmDt": ValueDate = xml.Date(); break;
                case "Cdtr": Payee.ReadName(xml); break;
                case "CdtrAcct": Payee.ReadAccount(xml); break;
                default: break;
            }
        }
    }
}

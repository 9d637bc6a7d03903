using System.Globalization;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Reads a pain.002 (CstmrPmtStsRpt): one head per original
/// payment information, one line per transaction.</summary>
internal sealed class StatusReport(IsoXml xml, StatusCodes codes, IMessageSink sink)
{
    private readonly Reason _reason = new(xml);
    private string _reportId = "";
    private FileStatus _group = new();
    private FileStatus _payment = new();
    private long _record;
    private readonly Dictionary<string, int> _stated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _listed = new(StringComparer.Ordinal);

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
        var (depth, heads) = (xml.Depth, 0);
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "GrpHdr" when xml.Descend("MsgId"): _reportId = xml.Text(); break;
                case "OrgnlGrpInfAndSts": ReadFileStatus(ref _group); break;
                case "OrgnlPmtInfAndSts":
                    heads++;
                    _payment = new();
                    _stated.Clear();
                    _listed.Clear();
                    if (!ReadFileStatus(ref _payment)) Say(MessageKind.FileStatus);
                    CheckCounts();
                    break;
                default: break;
            }
        }
        if (heads == 0) Say(MessageKind.FileStatus);
    }

    /// <summary>Reads a status with what stands below it; true if
    /// lines did, whose head is then told before them.</summary>
    private bool ReadFileStatus(ref FileStatus status)
    {
        var (depth, lines) = (xml.Depth, false);
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "OrgnlMsgId" or "OrgnlPmtInfId": status.Id = References.Given(xml.Text()); break;
                case "OrgnlNbOfTxs": status.Lines = Count(); break;
                case "OrgnlCtrlSum": status.Total = xml.Amount(isSum: true); break;
                case "GrpSts" or "PmtInfSts": status.Status = xml.Text(); break;
                case "StsRsnInf": _reason.ReadOver(ref status.ReasonCode, ref status.ReasonText); break;
                case "NbOfTxsPerSts": ReadCount(); break;
                case "TxInfAndSts":
                    if (!lines) Say(MessageKind.Report);
                    lines = true;
                    ReadLine();
                    break;
                default: break;
            }
        }
        return lines;
    }

    private void ReadCount()
    {
        var depth = xml.Depth;
        var (status, count) = ("", (int?)null);
        while (xml.Child(depth))
        {
            if (xml.Name == "DtldNbOfTxs") count = Count();
            else if (xml.Name == "DtldSts") status = xml.Text();
        }
        if (count is { } lines) _stated[status] = lines;
    }

    /// <summary>A report may list a part of the lines of a status it counts (only those that failed, say), never more.
    /// </summary>
    private void CheckCounts()
    {
        foreach (var (status, lines) in _stated)
            if (_listed.GetValueOrDefault(status) is var listed && listed > lines)
                xml.Refuse("NbOfTxsPerSts", $"{status} {lines}", $"{listed} lines of that status are listed");
    }

    private int? Count()
    {
        var field = xml.Name;
        var text = xml.Value();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return count;
        xml.Refuse(field, text.ToString(), "not a count");
        return null;
    }

    private string FileReference => _group.Id.Length > 0 ? _group.Id : _payment.Id;

    private string StatusOfFile => _payment.Status.Length > 0 ? _payment.Status : _group.Status;

    private void Say(MessageKind kind)
    {
        var own = _payment.ReasonCode.Length > 0 || _payment.ReasonText.Length > 0 ? _payment : _group;
        sink.Head(new MessageHead(kind, FileReference.Length > 0 ? FileReference : null, _reportId,
            StatusCodes.OfFile(StatusOfFile), own.ReasonCode, own.ReasonText,
            _payment.Lines ?? _group.Lines, _payment.Total ?? _group.Total));
    }

    private void ReadLine()
    {
        var depth = xml.Depth;
        _record++;
        string instruction = "", endToEnd = "", status = "", code = "", text = "", statusId = "", bankReference = "";
        var original = new OriginalTransaction();
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "StsId": statusId = xml.Text(); break;
                case "OrgnlInstrId": instruction = xml.Text(); break;
                case "OrgnlEndToEndId": endToEnd = References.Given(xml.Text()); break;
                case "TxSts": status = xml.Text(); break;
                case "StsRsnInf": _reason.ReadOver(ref code, ref text); break;
                case "AcctSvcrRef": bankReference = xml.Text(); break;
                case "OrgnlTxRef": original.Read(xml); break;
                default: break;
            }
        }
        if (_stated.Count > 0) _listed[status] = _listed.GetValueOrDefault(status) + 1;
        if (original.Amount is not { } amount)
        {
            // Amounts are always compared: a line without one can be told, but not matched.
            if (!original.AmountSeen) xml.Missing("OrgnlTxRef/Amt", $"record {_record} states no amount");
            return;
        }
        // A line without a word of its own takes the file's: all refused, or nothing known.
        var said = status.Length > 0 ? status : StatusOfFile;
        var (word, reason, meaning) = codes.OfLine(said, code);
        sink.Line(new ReportLine(_record, References.Row(FileReference, endToEnd.Length > 0 ? endToEnd : instruction),
            original.Payee.Account, original.Payee.Name, amount, word, reason, code.Length > 0 ? code : status,
            text.Length > 0 ? text : meaning, bankReference.Length > 0 ? bankReference : statusId, original.ValueDate,
            Unknown: codes.Knows(said) ? ""
                : $"{(status.Length > 0 ? "TxSts" : _payment.Status.Length > 0 ? "PmtInfSts" : "GrpSts")} {said}"));
    }
}

/// <summary>Reads why: StsRsnInf, CxlStsRsnInf and RtrInf all hold Rsn (Cd or
/// Prtry) and AddtlInf. The first one given stands.</summary>
internal sealed class Reason(IsoXml xml)
{
    public void ReadOver(ref string code, ref string text)
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            if (xml.Name == "Rsn" && code.Length == 0) code = xml.Text();
            else if (xml.Name == "AddtlInf" && text.Length == 0) text = xml.Text();
        }
    }
}

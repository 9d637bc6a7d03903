using System.Globalization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Writes a customer payment cancellation request, camt.055.001.08 or the older .05: a whole file by its
/// message id (GrpCxl true), or lines of it by their end-to-end ids (PmtInfCxl false). Answered by camt.029. Source:
/// camt.055.001.08.xsd and camt.055.001.05.xsd of iso20022.org.</summary>
public sealed class Camt055Encoder(string version = Camt055Encoder.Name) : IRecallEncoder
{
    /// <summary>Names of the codec in a profile: the version written.</summary>
    public const string Name = "camt.055.001.08", Older = "camt.055.001.05";

    public IReadOnlyList<LocatedError> Encode(BankProfile profile, RecallRequest request, Stream output)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(request);
        using var document = new IsoDocument(output);
        new Camt055File(version, profile, request, document).Write();
        return document.Errors;
    }
}

/// <summary>One request being written.</summary>
internal sealed class Camt055File(string version, BankProfile profile, RecallRequest request, IsoDocument xml)
{
    private readonly PaymentPlan _file = request.File;
    private readonly BankLimits _limits = profile.Limits;

    public void Write()
    {
        xml.Begin(profile, version, request.Reference, _file, request.CreatedAt);
        xml.Open("CstmrPmtCxlReq");
        WriteAssignment();
        xml.Line();
        xml.Open("CtrlData");
        WriteSums(request.Sums.Lines, request.Sums.Total);
        xml.Close();
        xml.Line();
        xml.Open("Undrlyg");
        if (request.Lines.Count == 0) WriteWholeFile();
        else WriteLines();
        xml.Close();
        xml.Line();
        xml.End();
    }

    /// <summary>Who asks whom; the case carries our reference, which the answer repeats.</summary>
    private void WriteAssignment()
    {
        xml.Line();
        xml.Open("Assgnmt");
        xml.Leaf("Id", request.Reference, 35);
        WritePayer("Assgnr");
        xml.Agent(_file.PayerBankCode, "", 0, "Assgne", "Agt");
        xml.Leaf("CreDtTm", IsoDocument.Local(request.CreatedAt));
        xml.Close();
        xml.Line();
        xml.Open("Case");
        xml.Leaf("Id", request.Reference, 35);
        WritePayer("Cretr");
        xml.Close();
    }

    private void WritePayer(string element)
    {
        xml.Open(element);
        xml.Open("Pty");
        xml.Leaf("Nm", _file.PayerName, _limits.NameWidth);
        if (_file.CustomerId.Length > 0) xml.Nested(_file.CustomerId, 35, "Id", "OrgId", "Othr", "Id");
        xml.Close(2);
    }

    private void WriteWholeFile()
    {
        xml.Open("OrgnlGrpInfAndCxl");
        xml.Leaf("GrpCxlId", request.Reference, 35);
        WriteOriginal();
        xml.Leaf("OrgnlCreDtTm", IsoDocument.Local(_file.CreatedAt));
        WriteSums(_file.Lines, _file.Total);
        xml.Leaf("GrpCxl", "true");
        WriteReason();
    }

    private void WriteLines()
    {
        xml.Open("OrgnlPmtInfAndCxl");
        xml.Leaf("PmtCxlId", request.Reference, 35);
        xml.Leaf("OrgnlPmtInfId", _file.Reference, _limits.BatchReferenceWidth);
        xml.Open("OrgnlGrpInf");
        WriteOriginal();
        xml.Close();
        xml.Leaf("PmtInfCxl", "false");
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in request.Lines)
        {
            xml.Row = line.Row;
            if (!known.Add(line.RowReference)) xml.Refuse("OrgnlEndToEndId", line.RowReference, "stands here already");
            WriteLine(line);
        }
        xml.Row = 0;
    }

    private void WriteLine(in CreditInstruction line)
    {
        if (line.RowReference.Length != References.RowDigits)
            xml.Refuse("OrgnlEndToEndId", line.RowReference, "not a row reference of 8 digits");
        var reference = _file.Reference + line.RowReference;
        xml.Line();
        xml.Open("TxInf");
        // Max35Text has room for the request's number and the row, not for the file's reference beside them.
        xml.Leaf("CxlId", request.Reference.Length >= 3 ? request.Reference[^3..] + line.RowReference : "", 35);
        xml.Leaf("OrgnlInstrId", reference, 35);
        xml.Leaf("OrgnlEndToEndId", reference, 35);
        xml.Amount("OrgnlInstdAmt", line.Amount, _limits.RowFen);
        WriteReason();
        // The answer repeats it, and we match a line by its account too.
        xml.Nested(line.Account, _limits.AccountWidth, "OrgnlTxRef", "CdtrAcct", "Id", "Othr", "Id");
        xml.Close();
    }

    private void WriteOriginal()
    {
        xml.Leaf("OrgnlMsgId", _file.Reference, _limits.BatchReferenceWidth);
        xml.Leaf("OrgnlMsgNmId", profile.Outbound.Codec, 35);
    }

    private void WriteSums(int lines, Money total)
    {
        xml.Leaf("NbOfTxs", lines.ToString(CultureInfo.InvariantCulture));
        xml.Leaf("CtrlSum", total.ToYuan());
    }

    private void WriteReason()
    {
        var code = request.Reason switch
        {
            RecallReason.Duplicate => "DUPL",
            RecallReason.WrongAmount => "AM09",
            RecallReason.WrongAccount => "AC03",
            RecallReason.TechnicalProblem => "TECH",
            RecallReason.RequestedByPayer => "CUST",
            RecallReason.Fraud => "FRAD",
            _ => throw new DefectException($"no such reason: {request.Reason}"),
        };
        // .05 has a closed list of its own, without these two.
        var isProprietary = version == Camt055Encoder.Older && code is ("AM09" or "AC03");
        xml.Nested(code, 4, "CxlRsnInf", "Rsn", isProprietary ? "Prtry" : "Cd");
    }
}

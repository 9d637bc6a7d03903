using System.Text;
using System.Xml;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime.Text;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Writes a credit transfer initiation of salaries, pain.001.001.09 or the older .03: UTF-8 without byte order
/// mark, one payment a line. Refuses, with the row, what the profile's widths or XML 1.0 cannot hold. Source:
/// pain.001.001.09.xsd and pain.001.001.03.xsd of iso20022.org.</summary>
public sealed class Pain001Encoder(string version = Pain001Encoder.Name) : IPaymentEncoder
{
    /// <summary>Names of the codec in a profile: the version written.</summary>
    public const string Name = "pain.001.001.09", Older = "pain.001.001.03";

    public IReadOnlyList<LocatedError> Encode(BankProfile profile, PaymentPlan plan,
        IEnumerable<CreditInstruction> instructions, Stream output)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(instructions);
        using var file = new Pain001File(version, profile.Limits, plan, output);
        return file.Write(instructions);
    }
}

/// <summary>One file being written.</summary>
internal sealed class Pain001File(string version, BankLimits limits, PaymentPlan plan, Stream output) : IDisposable
{
    private static readonly LocalDateTimePattern Moment =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'+08:00'");

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // Every text is checked here, so that a refusal names its row.
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.None,
    };

    private readonly XmlWriter _xml = XmlWriter.Create(output, Settings);
    private readonly List<LocatedError> _errors = [];
    private int _row;

    public void Dispose() => _xml.Dispose();

    public IReadOnlyList<LocatedError> Write(IEnumerable<CreditInstruction> instructions)
    {
        _xml.WriteStartDocument();
        Line();
        _xml.WriteStartElement("Document", "urn:iso:std:iso:20022:tech:xsd:" + version);
        _xml.WriteStartElement("CstmrCdtTrfInitn");
        WriteGroupHeader();
        WritePaymentHeader();
        var (lines, total) = (0, Money.Zero);
        foreach (var instruction in instructions)
        {
            _row = instruction.Row;
            WriteTransaction(instruction);
            lines++;
            total += instruction.Amount;
        }
        if (lines == 0) Refuse("CdtTrfTxInf", "", "a file holds at least one payment");
        Line();
        _xml.WriteEndDocument();
        CheckSums(lines, total);
        return _errors;
    }

    /// <summary>The control sums stand before the lines, so they
    /// come from the plan: it must have told the truth.</summary>
    private void CheckSums(int lines, Money total)
    {
        _row = 0;
        if (lines != plan.Lines) Refuse("NbOfTxs", $"{plan.Lines}", $"{lines} payments were written");
        if (lines > limits.RowsPerFile) Refuse("NbOfTxs", $"{lines}", $"the bank takes at most {limits.RowsPerFile}");
        if (total != plan.Total) Refuse("CtrlSum", plan.Total.ToYuan(), $"the payments come to {total}");
        if (total.Fen > limits.FileFen)
            Refuse("CtrlSum", total.ToYuan(), $"the bank takes at most {new Money(limits.FileFen)} a file");
    }

    private void WriteGroupHeader()
    {
        Line();
        _xml.WriteStartElement("GrpHdr");
        Leaf("MsgId", plan.Reference, limits.BatchReferenceWidth);
        Leaf("CreDtTm", Moment.Format(plan.CreatedAt));
        WriteControlSums();
        _xml.WriteStartElement("InitgPty");
        Leaf("Nm", plan.PayerName, limits.NameWidth);
        if (plan.CustomerId.Length > 0) Nested(plan.CustomerId, 35, "Id", "OrgId", "Othr", "Id");
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void WritePaymentHeader()
    {
        Line();
        _xml.WriteStartElement("PmtInf");
        Leaf("PmtInfId", plan.Reference, limits.BatchReferenceWidth);
        Leaf("PmtMtd", "TRF");
        Leaf("BtchBookg", "true");
        WriteControlSums();
        Nested("SALA", 4, "PmtTpInf", "CtgyPurp", "Cd");
        // A day or a moment since .08; before, a day.
        var day = LocalDatePattern.Iso.Format(plan.ExecutionDate);
        if (version == Pain001Encoder.Older) Leaf("ReqdExctnDt", day);
        else Nested(day, 10, "ReqdExctnDt", "Dt");
        Nested(plan.PayerName, limits.NameWidth, "Dbtr", "Nm");
        Nested(plan.PayerAccount, limits.AccountWidth, "DbtrAcct", "Id", "Othr", "Id");
        WriteAgent("DbtrAgt", plan.PayerBankCode, "");
    }

    private void WriteControlSums()
    {
        Leaf("NbOfTxs", plan.Lines.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Leaf("CtrlSum", plan.Total.ToYuan());
    }

    private void WriteTransaction(in CreditInstruction credit)
    {
        Line();
        _xml.WriteStartElement("CdtTrfTxInf");
        if (credit.RowReference.Length != References.RowDigits)
            Refuse("EndToEndId", credit.RowReference, "not a row reference of 8 digits");
        var reference = plan.Reference + credit.RowReference;
        _xml.WriteStartElement("PmtId");
        Leaf("InstrId", reference, 35);
        Leaf("EndToEndId", reference, 35);
        _xml.WriteEndElement();
        WriteAmount(credit.Amount);
        if (credit.BankCode.Length > 0) WriteAgent("CdtrAgt", credit.BankCode, credit.BankName);
        Nested(credit.Name, limits.NameWidth, "Cdtr", "Nm");
        Nested(credit.Account, limits.AccountWidth, "CdtrAcct", "Id", "Othr", "Id");
        var remark = credit.Remark.Length == 0 ? plan.Purpose : $"{plan.Purpose} {credit.Remark}".TrimStart();
        if (remark.Length > 0) Nested(remark, limits.RemarkWidth, "RmtInf", "Ustrd");
        _xml.WriteEndElement();
    }

    private void WriteAmount(Money amount)
    {
        if (amount <= Money.Zero || amount.Fen > limits.RowFen)
            Refuse("InstdAmt", amount.ToYuan(), $"not between 0.01 and {new Money(limits.RowFen)}");
        _xml.WriteStartElement("Amt");
        _xml.WriteStartElement("InstdAmt");
        _xml.WriteAttributeString("Ccy", "CNY");
        _xml.WriteString(amount.ToYuan());
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    /// <summary>An agent by its CNAPS number (联行号); CNAPS is a code of
    /// ExternalClearingSystemIdentification1Code.</summary>
    private void WriteAgent(string element, string cnaps, string name)
    {
        _xml.WriteStartElement(element);
        _xml.WriteStartElement("FinInstnId");
        _xml.WriteStartElement("ClrSysMmbId");
        Nested("CNAPS", 5, "ClrSysId", "Cd");
        Leaf("MmbId", cnaps, 12);
        _xml.WriteEndElement();
        if (name.Length > 0) Leaf("Nm", name, limits.NameWidth);
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    private void Nested(string value, int width, params ReadOnlySpan<string> path)
    {
        foreach (var element in path[..^1]) _xml.WriteStartElement(element);
        Leaf(path[^1], value, width);
        foreach (var _ in path[..^1]) _xml.WriteEndElement();
    }

    /// <summary>Writes a value that comes from outside, or refuses it.</summary>
    private void Leaf(string element, string value, int width)
    {
        var fault = value.Length == 0 ? "empty"
            : FirstUnwritable(value) is >= 0 and var at ? $"character {at + 1} cannot stand in XML text"
            : Encoding.UTF8.GetByteCount(value) > width ? $"wider than {width} bytes" : null;
        if (fault is null) Leaf(element, value);
        else Refuse(element, value, fault);
    }

    private void Leaf(string element, string value)
    {
        _xml.WriteStartElement(element);
        _xml.WriteString(value);
        _xml.WriteEndElement();
    }

    /// <summary>Index of the first character that XML 1.0 cannot hold or
    /// a reader would change (controls, half a pair), or -1.</summary>
    private static int FirstUnwritable(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) i++;
            else if (char.IsControl(c) || !XmlConvert.IsXmlChar(c)) return i;
        }
        return -1;
    }

    /// <summary>Row 0 is the head.</summary>
    private void Refuse(string field, string value, string reason) =>
        _errors.Add(new LocatedError(_row, field, -1, value, reason));

    private void Line() => _xml.WriteWhitespace("\n");
}

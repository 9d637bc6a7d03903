using System.Globalization;
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
/// <remarks>Option businessHeader: the version of head.001 written before the document, see specs.</remarks>
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
        using var document = new IsoDocument(output);
        new Pain001File(version, profile, plan, document).Write(instructions);
        return document.Errors;
    }
}

/// <summary>One file being written.</summary>
internal sealed class Pain001File(string version, BankProfile profile, PaymentPlan plan, IsoDocument xml)
{
    private readonly BankLimits _limits = profile.Limits;

    public void Write(IEnumerable<CreditInstruction> instructions)
    {
        xml.Begin(profile, version, plan.Reference, plan, plan.CreatedAt);
        xml.Open("CstmrCdtTrfInitn");
        WriteGroupHeader();
        WritePaymentHeader();
        var (lines, total) = (0, Money.Zero);
        foreach (var instruction in instructions)
        {
            xml.Row = instruction.Row;
            WriteTransaction(instruction);
            lines++;
            total += instruction.Amount;
        }
        if (lines == 0) xml.Refuse("CdtTrfTxInf", "", "a file holds at least one payment");
        xml.Line();
        xml.End();
        CheckSums(lines, total);
    }

    /// <summary>The control sums stand before the lines, so they
    /// come from the plan: it must have told the truth.</summary>
    private void CheckSums(int lines, Money total)
    {
        xml.Row = 0;
        if (lines != plan.Lines) xml.Refuse("NbOfTxs", $"{plan.Lines}", $"{lines} payments were written");
        if (lines > _limits.RowsPerFile)
            xml.Refuse("NbOfTxs", $"{lines}", $"the bank takes at most {_limits.RowsPerFile}");
        if (total != plan.Total) xml.Refuse("CtrlSum", plan.Total.ToYuan(), $"the payments come to {total}");
        if (total.Fen > _limits.FileFen)
            xml.Refuse("CtrlSum", total.ToYuan(), $"the bank takes at most {new Money(_limits.FileFen)} a file");
    }

    private void WriteGroupHeader()
    {
        xml.Line();
        xml.Open("GrpHdr");
        xml.Leaf("MsgId", plan.Reference, _limits.BatchReferenceWidth);
        xml.Leaf("CreDtTm", IsoDocument.Local(plan.CreatedAt));
        WriteControlSums();
        xml.Open("InitgPty");
        xml.Leaf("Nm", plan.PayerName, _limits.NameWidth);
        if (plan.CustomerId.Length > 0) xml.Nested(plan.CustomerId, 35, "Id", "OrgId", "Othr", "Id");
        xml.Close(2);
    }

    private void WritePaymentHeader()
    {
        xml.Line();
        xml.Open("PmtInf");
        xml.Leaf("PmtInfId", plan.Reference, _limits.BatchReferenceWidth);
        xml.Leaf("PmtMtd", "TRF");
        xml.Leaf("BtchBookg", "true");
        WriteControlSums();
        xml.Nested("SALA", 4, "PmtTpInf", "CtgyPurp", "Cd");
        // A day or a moment since .08; before, a day.
        var day = LocalDatePattern.Iso.Format(plan.ExecutionDate);
        if (version == Pain001Encoder.Older) xml.Leaf("ReqdExctnDt", day);
        else xml.Nested(day, 10, "ReqdExctnDt", "Dt");
        xml.Nested(plan.PayerName, _limits.NameWidth, "Dbtr", "Nm");
        xml.Nested(plan.PayerAccount, _limits.AccountWidth, "DbtrAcct", "Id", "Othr", "Id");
        xml.Agent(plan.PayerBankCode, "", _limits.NameWidth, "DbtrAgt");
    }

    private void WriteControlSums()
    {
        xml.Leaf("NbOfTxs", plan.Lines.ToString(CultureInfo.InvariantCulture));
        xml.Leaf("CtrlSum", plan.Total.ToYuan());
    }

    private void WriteTransaction(in CreditInstruction credit)
    {
        xml.Line();
        xml.Open("CdtTrfTxInf");
        if (credit.RowReference.Length != References.RowDigits)
            xml.Refuse("EndToEndId", credit.RowReference, "not a row reference of 8 digits");
        var reference = plan.Reference + credit.RowReference;
        xml.Open("PmtId");
        xml.Leaf("InstrId", reference, 35);
        xml.Leaf("EndToEndId", reference, 35);
        xml.Close();
        xml.Open("Amt");
        xml.Amount("InstdAmt", credit.Amount, _limits.RowFen);
        xml.Close();
        if (credit.BankCode.Length > 0)
            xml.Agent(credit.BankCode, credit.BankName, _limits.NameWidth, "CdtrAgt");
        xml.Nested(credit.Name, _limits.NameWidth, "Cdtr", "Nm");
        xml.Nested(credit.Account, _limits.AccountWidth, "CdtrAcct", "Id", "Othr", "Id");
        var remark = credit.Remark.Length == 0 ? plan.Purpose : $"{plan.Purpose} {credit.Remark}".TrimStart();
        if (remark.Length > 0) xml.Nested(remark, _limits.RemarkWidth, "RmtInf", "Ustrd");
        xml.Close();
    }
}

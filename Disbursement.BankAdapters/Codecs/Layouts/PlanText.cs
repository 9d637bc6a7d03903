using System.Globalization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>The text of every value a layout can ask for, of the plan, of a question or of a row.</summary>
internal sealed class PlanText(BankProfile profile, PaymentPlan plan, AmountUnit amounts,
    BankQuestion? question = null)
{
    /// <summary>Whether the value is another one in each row or packet.</summary>
    public static bool IsOfRow(FieldValue value) => value is FieldValue.RowReference or FieldValue.EndToEnd
        or FieldValue.Position or FieldValue.Account or FieldValue.Name or FieldValue.BankCode or FieldValue.BankName
        or FieldValue.OtherBankName or FieldValue.Amount or FieldValue.Remark or FieldValue.SameBank
        or FieldValue.PacketRows or FieldValue.PacketNumber or FieldValue.MorePackets;

    /// <summary>Values that a file going out can have.</summary>
    public static bool IsOutbound(FieldValue value) => IsOfRow(value) || IsOfPlan(value);

    /// <summary>Values that a question can have: those of a file but its rows and figures.</summary>
    public static bool IsOfQuestion(FieldValue value) =>
        value is FieldValue.QueryReference or FieldValue.FirstDay or FieldValue.LastDay
        || (IsOfPlan(value) && value is not (FieldValue.Lines or FieldValue.Total or FieldValue.Purpose));

    /// <summary>A value of the whole file.</summary>
    public string Of(LayoutField field) => field.Value switch
    {
        FieldValue.Text => field.Text,
        FieldValue.FileReference => plan.Reference,
        FieldValue.PayerAccount => plan.PayerAccount,
        FieldValue.PayerName => plan.PayerName,
        FieldValue.PayerBankCode => plan.PayerBankCode,
        FieldValue.PayerBankName => profile.NameZh,
        FieldValue.CustomerId => plan.CustomerId,
        FieldValue.ExecutionDate => Day(field, plan.ExecutionDate),
        FieldValue.CreatedOn => Day(field, plan.CreatedAt.Date),
        FieldValue.CreatedAt => LocalDateTimePattern.CreateWithInvariantCulture(field.Format).Format(plan.CreatedAt),
        FieldValue.ExecutionHour => Hour(field),
        FieldValue.Lines => plan.Lines.ToString(CultureInfo.InvariantCulture),
        FieldValue.Total => Amount(plan.Total),
        FieldValue.Purpose => plan.Purpose,
        FieldValue.QueryReference => question!.Reference,
        FieldValue.FirstDay => Day(field, question!.From),
        FieldValue.LastDay => Day(field, question!.To),
        _ => throw new DefectException($"{field.Value} is no value of a whole file"),
    };

    /// <summary>A value of one row. The file's part of an end-to-end
    /// reference is left out where the record has it already.</summary>
    public string Of(LayoutField field, in CreditInstruction row, bool fixedWidth) => field.Value switch
    {
        FieldValue.RowReference => row.RowReference,
        FieldValue.EndToEnd => fixedWidth || field.Pad is not Pad.None || field.Width > 0
            ? plan.Reference + row.RowReference : row.RowReference,
        FieldValue.Account => row.Account,
        FieldValue.Name => row.Name,
        FieldValue.BankCode => row.BankCode,
        FieldValue.OtherBankName => row.BankName,
        FieldValue.BankName => row.BankName.Length > 0 ? row.BankName : profile.NameZh,
        FieldValue.Remark => row.Remark,
        FieldValue.SameBank => Word(field, row.BankCode.Length == 0),
        _ => throw new DefectException($"{field.Value} is no value of a row"),
    };

    public string Amount(Money amount) =>
        amounts is AmountUnit.Fen ? amount.Fen.ToString(CultureInfo.InvariantCulture) : amount.ToYuan();

    /// <summary>Bytes at most: the field's own width, else the profile's limit of that value.</summary>
    public static int WidthOf(LayoutField field, BankLimits limits) => field.Width > 0 ? field.Width
        : field.Value switch
        {
            FieldValue.FileReference => limits.BatchReferenceWidth,
            FieldValue.RowReference or FieldValue.Position => limits.RowReferenceWidth,
            FieldValue.EndToEnd => limits.BatchReferenceWidth + limits.RowReferenceWidth,
            FieldValue.Account or FieldValue.PayerAccount => limits.AccountWidth,
            FieldValue.Remark or FieldValue.Purpose => limits.RemarkWidth,
            FieldValue.Name or FieldValue.PayerName or FieldValue.BankName or FieldValue.PayerBankName
                or FieldValue.OtherBankName => limits.NameWidth,
            _ => 4096,
        };

    private static bool IsOfPlan(FieldValue value) => value is FieldValue.Text or FieldValue.FileReference
        or FieldValue.PayerAccount or FieldValue.PayerName or FieldValue.PayerBankCode or FieldValue.PayerBankName
        or FieldValue.CustomerId or FieldValue.ExecutionDate or FieldValue.CreatedOn or FieldValue.CreatedAt
        or FieldValue.ExecutionHour or FieldValue.Lines or FieldValue.Total or FieldValue.Purpose;

    private static string Day(LayoutField field, LocalDate day) =>
        LocalDatePattern.CreateWithInvariantCulture(field.Format.Length > 0 ? field.Format : "yyyyMMdd").Format(day);

    /// <summary>Nothing where the day's last hour is past.</summary>
    private string Hour(LayoutField field)
    {
        var hours = field.Format.Split('/');
        if (plan.ExecutionDate > plan.CreatedAt.Date) return hours[0];
        var now = LocalDateTimePattern.CreateWithInvariantCulture("HHmmss").Format(plan.CreatedAt);
        return hours.FirstOrDefault(hour => string.CompareOrdinal(hour, now) >= 0) ?? "";
    }

    private static string Word(LayoutField field, bool same)
    {
        var words = field.Format.Split('/');
        return words.Length == 2 ? words[same ? 0 : 1] : same ? "1" : "0";
    }
}

using System.Globalization;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Primitives;
using NodaTime.Text;

namespace Disbursement.BankAdapters.Codecs.Layouts;

/// <summary>The text of every value that a batch of card applications can have.</summary>
internal static class CardText
{
    /// <summary>Widest identity document number met (the platform's idCardNumber is varchar 30).</summary>
    private const int IdentityWidth = 30;

    public static bool IsOfRow(FieldValue value) => value is FieldValue.RowReference or FieldValue.Position
        or FieldValue.Name or FieldValue.IdentityNumber or FieldValue.Phone;

    public static bool IsOutbound(FieldValue value) => IsOfRow(value) || value is FieldValue.Text
        or FieldValue.FileReference or FieldValue.PayerAccount or FieldValue.PayerName or FieldValue.CustomerId
        or FieldValue.CreatedOn or FieldValue.Lines;

    public static string Of(LayoutField field, CardPlan plan, in CardApplication row) => field.Value switch
    {
        FieldValue.Text => field.Text,
        FieldValue.FileReference => plan.Reference,
        FieldValue.PayerAccount => plan.EmployerAccount,
        FieldValue.PayerName => plan.EmployerName,
        FieldValue.CustomerId => plan.CustomerId,
        FieldValue.CreatedOn => LocalDatePattern.CreateWithInvariantCulture(
            field.Format.Length > 0 ? field.Format : "yyyyMMdd").Format(plan.CreatedAt.Date),
        FieldValue.Lines => plan.Lines.ToString(CultureInfo.InvariantCulture),
        FieldValue.RowReference => row.RowReference,
        FieldValue.Position => row.Row.ToString(CultureInfo.InvariantCulture),
        FieldValue.Name => row.Name,
        FieldValue.IdentityNumber => row.IdentityNumber,
        FieldValue.Phone => row.Phone,
        _ => throw new DefectException($"{field.Value} is no value of a card application"),
    };

    public static int WidthOf(LayoutField field, BankLimits limits) =>
        field is { Width: 0, Value: FieldValue.IdentityNumber or FieldValue.Phone }
            ? IdentityWidth : PlanText.WidthOf(field, limits);
}

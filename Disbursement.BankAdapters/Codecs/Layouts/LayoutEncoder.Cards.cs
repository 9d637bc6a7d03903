using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Cards;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Layouts;

public sealed partial class LayoutEncoder : ICardEncoder
{
    /// <summary>A batch has a few hundred rows at most: each record is written field by field.</summary>
    public IReadOnlyList<LocatedError> Encode(BankProfile profile, CardPlan plan,
        IEnumerable<CardApplication> applications, Stream output)
    {
        var form = profile.Cards?.Request;
        var layout = form?.Layout ?? throw new DefectException($"profile {profile.Id} has no form of cards");
        var forbidden = Forbidden(layout);
        var head = new PaymentPlan(plan.Reference, plan.EmployerAccount, plan.EmployerName, "", plan.CustomerId,
            plan.CreatedAt.Date, plan.CreatedAt, plan.Lines, Money.Zero, "");
        var file = new OutboundWriter(profile with { Outbound = form }, head, output)
        {
            Forbidden = c => forbidden.Contains(c),
        };
        var records = new CardRecords(profile, plan, layout, file);
        records.Write(RecordKind.Head, default);
        var rows = 0;
        foreach (var row in applications)
        {
            Check(file, profile.Limits, row, ++rows);
            records.Write(RecordKind.Row, row);
        }
        records.Write(RecordKind.Tail, default);
        if (rows != plan.Lines)
            file.Error(0, "总笔数", $"{plan.Lines}", $"the head says {plan.Lines} rows, {rows} were written");
        file.Flush();
        return file.Errors;
    }

    private static void Check(OutboundWriter file, BankLimits limits, in CardApplication row, int position)
    {
        if (position == limits.RowsPerFile + 1)
            file.Error(row.Row, "总笔数", "", $"the bank takes at most {limits.RowsPerFile} rows a file");
        if (row.Row != position) file.Error(row.Row, "顺序号", row.RowReference, $"stands at position {position}");
        if (row.RowReference.Length == 0 || row.RowReference.Length > limits.RowReferenceWidth)
            file.Error(row.Row, "行参考号", row.RowReference, $"must have 1 to {limits.RowReferenceWidth} characters");
        if (row.Name.Length == 0) file.Error(row.Row, "姓名", "", "is empty");
        if (row.IdentityNumber.Length == 0) file.Error(row.Row, "证件号码", "", "is empty");
    }

    private sealed class CardRecords(BankProfile profile, CardPlan plan, FileLayout layout, OutboundWriter file)
    {
        public void Write(RecordKind kind, in CardApplication row)
        {
            foreach (var record in layout.Records)
                if (record.Kind == kind) Write(record, row);
        }

        private void Write(LayoutRecord record, in CardApplication row)
        {
            var separator = record.Separator.Length > 0 ? record.Separator : layout.Separator;
            for (var i = 0; i < record.Fields.Count; i++)
            {
                var field = record.Fields[i];
                if (i > 0) Raw(separator);
                var isQuoted = layout.Quoting is Quoting.All && !field.Bare;
                if (isQuoted) Raw("\"");
                if (field is { Value: FieldValue.Text, Pad: Pad.None }) Raw(field.Text);
                else RecordWriter.Write(file, layout, row.Row, field, CardText.Of(field, plan, row),
                    CardText.WidthOf(field, profile.Limits));
                if (isQuoted) Raw("\"");
            }
            if (layout.EndsWithSeparator && record.Fields.Any(field => field.Value is not FieldValue.Text))
                Raw(separator);
            if (!record.RunsOn) Raw(layout.LineEnd is LineEnd.CrLf ? "\r\n" : "\n");
        }

        /// <summary>The layout's own text, which may hold what no other may.</summary>
        private void Raw(string text)
        {
            var bytes = new byte[file.Charset.RoomFor(text.Length)];
            file.Raw(bytes.AsSpan(0, Math.Max(file.Charset.Encode(text, bytes), 0)));
        }
    }
}

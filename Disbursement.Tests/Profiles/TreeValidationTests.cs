using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Primitives;
using Disbursement.Tests.Codecs;
using Xunit;

namespace Disbursement.Tests.Profiles;

/// <summary>Trees that cannot work are refused with the field, before any file is written by them.</summary>
public sealed class TreeValidationTests
{
    private static BankProfile Icbc { get; } = CodecSamples.Profile("icbc-payper");

    private static readonly LayoutField s_account = new("acct", FieldValue.Account),
        s_name = new("name", FieldValue.Name), s_amount = new("amt", FieldValue.Amount),
        s_rows = new("a/row", FieldValue.Rows);

    public static TheoryData<string, TreeLayout> BrokenOrders => new()
    {
        { "one record", Order([s_rows]) with { Records = [] } },
        { "going out: one field of value rows", Order([new("a/b", FieldValue.Total)]) },
        { "each row needs Name", Order([s_rows], s_account, s_amount) },
        { "one root element", Order([s_rows, new("b/c", FieldValue.Total)]) },
        { "a path stands twice", Order([s_rows, new("a/b", FieldValue.Total), new("a/b", FieldValue.Lines)]) },
        {
            "a path leads through a field",
            Order([s_rows, new("a/b", FieldValue.Total), new("a/b/c", FieldValue.Lines)])
        },
        { "JSON is UTF-8", Order([s_rows]) with { Syntax = TreeSyntax.Json } },
        { "is no path", Order([s_rows, new("a/b c", FieldValue.Total)]) },
        { "Account is of a row", Order([s_rows, new("a/b", FieldValue.Account)]) },
        { "Status does not go out", Order([s_rows, new("a/b", FieldValue.Status)]) },
        { "an attribute is plain ASCII", Order([s_rows, new("a/@b", FieldValue.Text, "样")]) },
        { "is no format of a moment", Order([s_rows, new("a/b", FieldValue.CreatedAt, Format: "HH-mm-样")]) },
        { "hours HHmmss, rising", Order([s_rows, new("a/b", FieldValue.ExecutionHour, Format: "120000/100000")]) },
        { "hours HHmmss, rising", Order([s_rows, new("a/b", FieldValue.ExecutionHour, Format: "250000")]) },
        { "a text goes with the value text", Order([s_rows, new("a/b", FieldValue.Total, "1")]) },
        { "pad needs a width", Order([s_rows, new("a/b", FieldValue.Total, Pad: Pad.Left)]) },
    };

    [Theory, MemberData(nameof(BrokenOrders))]
    public void An_order_that_cannot_be_written_is_refused(string problem, TreeLayout tree) =>
        Refused(problem, Icbc with { Outbound = Icbc.Outbound with { Tree = tree } });

    public static TheoryData<string, TreeRecord> BrokenAnswers => new()
    {
        { "when and is go together", new([], When: "a/b") },
        { "rows have row fields", new([], Rows: "a/row") },
        { "each row needs Status", new([], "a/row", [s_account, s_amount]) },
        { "rows do not come in so", new([s_rows]) },
        { "a//row is no path", new([], "a//row", [s_account, s_amount, new("s", FieldValue.Status)]) },
    };

    [Theory, MemberData(nameof(BrokenAnswers))]
    public void An_answer_that_cannot_be_read_is_refused(string problem, TreeRecord record) =>
        Refused(problem, Icbc with
        {
            Inbound = Icbc.Inbound with { Tree = Icbc.Inbound.Tree! with { Records = [record] } },
        });

    [Fact]
    public void A_question_has_no_rows_no_figures_and_the_set_of_the_orders()
    {
        var form = Icbc.Queries!.File!;
        Refused("without rows", Asking(form with { Tree = Order([s_rows]) }));
        Refused("Total is of no question", Asking(form with { Tree = Question(new("a/b", FieldValue.Total)) }));
        Refused("UTF-8", Asking(form with { Charset = "UTF-8" }));
        Assert.Empty(Refusals(Asking(form with { Tree = Question(new("a/b", FieldValue.FirstDay)) })));
    }

    [Fact]
    public void A_kind_beside_must_put_a_signature_beside() =>
        Refused("cms-attached", Icbc with { Envelope = Icbc.Envelope with { Beside = "cms-attached" } });

    private static BankProfile Asking(FileForm form) => Icbc with { Queries = new(form) };

    private static TreeLayout Question(LayoutField field) => Order([field]) with { Records = [new([field])] };

    private static TreeLayout Order(IReadOnlyList<LayoutField> fields, params LayoutField[] row) => new()
    {
        Syntax = TreeSyntax.Xml,
        Amounts = AmountUnit.Yuan,
        Records = [new(fields, RowFields: row.Length > 0 ? row : [s_account, s_name, s_amount])],
    };

    private static void Refused(string problem, BankProfile profile) => Assert.Contains(Refusals(profile),
        text => text.Contains(problem, StringComparison.Ordinal));

    private static List<string> Refusals(BankProfile profile) =>
        [.. ProfileValidation.Check(profile, BankCatalogue.Shipped)
            .Where(finding => finding.Rule.Severity == Severity.Refusal)
            .Select(finding => finding.Text(chinese: false))];
}

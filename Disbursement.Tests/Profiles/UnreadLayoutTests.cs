using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Reasons;
using Disbursement.Tests.Codecs;
using Xunit;

namespace Disbursement.Tests.Profiles;

/// <summary>Layouts of answers by which nothing, or the wrong cell, would be read: each is refused at its place.
/// </summary>
public sealed class UnreadLayoutTests
{
    private static readonly LayoutField[] s_row =
    [
        new("序号", FieldValue.Position), new("账号", FieldValue.Account), new("户名", FieldValue.Name),
        new("金额", FieldValue.Amount), new("状态", FieldValue.Status),
    ];

    private static readonly LayoutField[] s_head = [new("类型", FieldValue.Text), new("批次", FieldValue.FileReference)];

    public static TheoryData<string, string, string, LayoutRecord[]> Broken => new()
    {
        {
            "inbound.layout.records[1]", "starts", "ends before the first separator",
            [new(RecordKind.Head, s_head, "H|"), new(RecordKind.Columns, s_row, "序号|")]
        },
        {
            "inbound.layout.records[0]", "批次", "stands where the line starts: with value text only",
            [new(RecordKind.Head, [s_head[1], s_head[0]], "H|"), new(RecordKind.Row, s_row)]
        },
        {
            "inbound.layout.records[1]", "starts", "of head, tail and columns records only",
            [new(RecordKind.Head, s_head, "H|"), new(RecordKind.Row, s_row, "D|")]
        },
        {
            "inbound.layout.records[1]", "金额", "stands twice",
            [
                new(RecordKind.Head, s_head, "H|"),
                new(RecordKind.Columns, [.. s_row, new("金额", FieldValue.Text)]),
            ]
        },
        {
            "inbound.layout.records[1]", "实付", "Amount stands twice",
            [new(RecordKind.Head, s_head, "H|"), new(RecordKind.Row, [.. s_row, new("实付", FieldValue.Amount)])]
        },
        {
            "inbound.layout", "", "no fileReference, no endToEnd, no option referenceFrom of name: of no file",
            [new(RecordKind.Row, s_row)]
        },
    };

    [Theory, MemberData(nameof(Broken))]
    public void A_layout_by_which_an_answer_is_misread_is_refused(string at, string field, string problem,
        LayoutRecord[] records)
    {
        var refused = Assert.Single(Refused(records));
        Assert.Equal((at, field, problem), (refused.At.Column, refused.At.Value, refused.Arguments[^1]));
        Assert.Matches("\\p{IsCJKUnifiedIdeographs}", ReasonWords.Of(problem, chinese: true));
    }

    [Fact]
    public void The_same_layouts_put_right_hold()
    {
        Assert.Empty(Refused(
            [new(RecordKind.Head, s_head, "H|"), new(RecordKind.Columns, s_row, "序号")]));
        // A single field stands behind what the line starts with.
        Assert.Empty(Refused(
            [new(RecordKind.Head, [s_head[1]], "H|"), new(RecordKind.Row, s_row)]));
    }

    private static IEnumerable<Finding> Refused(LayoutRecord[] records) =>
        ProfileValidation.Check(CodecSamples.Icbc with
        {
            Inbound = new FileForm("delimited", "GBK",
                Layout: new FileLayout { Separator = "|", Amounts = AmountUnit.Yuan, Records = records }),
        }, BankCatalogue.Shipped).Where(f => f.Rule.Severity == Severity.Refusal);
}

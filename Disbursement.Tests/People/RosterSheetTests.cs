using Disbursement.Engine.People;
using FsCheck.Xunit;
using Xunit;
using static Disbursement.Tests.People.SampleSheets;

namespace Disbursement.Tests.People;

public sealed class RosterSheetTests
{
    [Fact]
    public void A_good_roster_is_read_whole()
    {
        var decision = RosterSheet.Read(Table(RosterHead, RosterRow(1)), Checks);
        var line = Assert.Single(decision.Value);
        Assert.Empty(decision.Findings);
        Assert.Equal((Project, Employer, "样例甲", Identity(1), Card, 2L),
            (line.Project, line.Employer, line.Name, line.Identity, line.Card, line.Row));
        Assert.Null(line.Left);
    }

    [Theory]
    [InlineData("阿卜杜•样例")]
    [InlineData("阿卜杜・样例")]
    [InlineData("阿卜杜．样例")]
    public void A_look_alike_of_the_middle_dot_is_written_as_the_dot_and_told(string name)
    {
        var decision = RosterSheet.Read(Table(RosterHead, RosterRow(1, name: name, holder: "阿卜杜·样例")), Checks);
        Assert.Equal("阿卜杜·样例", Assert.Single(decision.Value).Name);
        Assert.Equal(["roster.dot-variant"], Codes(decision));
    }

    [Fact]
    public void All_findings_of_a_file_come_at_once_with_their_places()
    {
        var bad = RosterRow(1).Replace(Identity(1), "520000196001010000").Replace("2026-01-05", "2026-02-30");
        var decision = RosterSheet.Read(Table(RosterHead, bad, RosterRow(2, name: "样 例", holder: "样例")), Checks);
        Assert.False(decision.Accepted);
        Assert.Equal(
            [("sheet.bad-identity", 2L, "身份证号", "520000196001010000"), ("sheet.bad-date", 2L, "进场日期", "2026-02-30"),
                ("roster.space-in-name", 3L, "姓名", "样 例")],
            decision.Findings.Select(f => (f.Rule.Code, f.At.Row, f.At.Column, f.At.Value)));
    }

    [Fact]
    public void A_card_whose_check_digit_fails_only_warns()
    {
        var decision = RosterSheet.Read(Table(RosterHead, RosterRow(1, card: "6200000000000000006")), Checks);
        Assert.True(decision.Accepted);
        Assert.Equal(["roster.card-check"], Codes(decision));
    }

    [Fact]
    public void English_headings_in_any_order_are_read_alike()
    {
        const string head = "holder|card|bank name|bank code|joined|trade|phone|identity|name|team|employer|project";
        var row = string.Join('|', RosterRow(1).Split('|').Where((_, i) => i != 8).Reverse());
        Assert.Equal(RosterSheet.Read(Table(RosterHead, RosterRow(1)), Checks).Value,
            RosterSheet.Read(Table(head, row), Checks).Value);
    }

    [Property(MaxTest = 200)]
    public bool Nothing_in_a_cell_makes_it_throw(string[] cells, int column)
    {
        var good = RosterRow(1).Split('|');
        if (cells.Length > 0) good[Math.Abs(column % good.Length)] = cells[0] ?? "";
        var decision = RosterSheet.Read(Table(RosterHead, string.Join('|', good), string.Join('|', cells)), Checks);
        return decision.Accepted || decision.Findings.Count > 0;
    }
}

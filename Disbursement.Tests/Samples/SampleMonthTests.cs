using System.Globalization;
using Disbursement.Engine.Primitives;
using Disbursement.Host.Intake;
using Disbursement.Host.Samples;
using Xunit;
using SheetReader = Disbursement.Host.Intake.SheetReader;

namespace Disbursement.Tests.Samples;

public sealed class SampleMonthTests
{
    private static readonly SampleMonth Month = new();
    private static readonly Dictionary<string, byte[]> Files = Month.Files().ToDictionary(f => f.Name, f => f.Bytes);

    [Fact]
    public void The_shipped_files_are_what_the_generator_makes_byte_for_byte()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "samples", "month-2026-01");
        Assert.Equal(Files.Keys.Order(), Directory.GetFiles(folder).Select(Path.GetFileName).Order());
        Assert.All(Files, file => Assert.Equal(File.ReadAllBytes(Path.Combine(folder, file.Key)), file.Value));
    }

    [Fact]
    public void Every_sheet_reads_without_a_finding()
    {
        foreach (var name in Files.Keys.Where(n => n is not "manifest.txt" and not "payrolls.csv"))
            Assert.True(Table(name).Rows.Any(), name);
    }

    [Fact]
    public void Payroll_totals_add_up_and_follow_from_attendance()
    {
        foreach (var employer in Month.Sites.Employers.Where(e => e.HandsIn))
        {
            var table = Table(Files.Keys.Single(n => n.StartsWith($"payroll-{employer.Letter}.",
                StringComparison.Ordinal)));
            var net = table.Column("实发工资");
            RawRow[] rows = [.. table.Rows];
            Assert.Equal("合计", rows[^1][0]);
            Assert.Equal(Fen(rows[^1][net]), rows[..^1].Sum(r => Fen(r[net])));
            var workers = Month.Workers.Where(w => w.Employer == employer).ToDictionary(w => w.Person.Identity);
            Assert.Equal(workers.Count, rows.Length - 1);
            foreach (var row in rows[..^1])
                if (row[table.Column("差异原因")].Length == 0)
                    Assert.Equal(workers[row[table.Column("身份证号")]].Gross.Fen, Fen(row[net]));
        }
    }

    [Fact]
    public void One_line_states_a_difference_and_one_lacks_its_confirmation()
    {
        var table = Table("payroll-a1.csv");
        Assert.Single(table.Rows, r => r[table.Column("差异原因")].Length > 0);
        var absent = Assert.Single(table.Rows, r => r[table.Column("未确认原因")].Length > 0);
        Assert.Equal("", absent[table.Column("本人确认日期")]);
    }

    [Fact]
    public void Each_account_is_funded_and_project_a_falls_short_by_one_payroll_until_after_the_due_date()
    {
        var table = Table("funding.csv");
        var accountA = Month.Sites.Projects[0].Account;
        Assert.Equal(Month.Sites.Projects.Select(p => p.Account).Order(), table.Rows.Select(r => r[1]).Distinct()
            .Order());
        long Owed(string letter) => Month.Workers.Where(w => w.Employer.Letter == letter).Sum(w => w.Gross.Fen);
        long Paid(string until) => table.Rows.Where(r => r[1] == accountA && string.CompareOrdinal(r[6], until) <= 0)
            .Sum(r => long.Parse(r[2], CultureInfo.InvariantCulture));
        Assert.InRange(Paid("2026-02-13"), Owed("a1"), Owed("a1") + Owed("a2") * 2 / 10);
        Assert.InRange(Paid("2026-02-28"), Owed("a1") + Owed("a2"), long.MaxValue);
    }

    [Fact]
    public void Magic_cards_are_one_each_where_the_story_needs_them_and_nowhere_else()
    {
        var magic = Month.Workers.Where(w => SampleIdentifiers.IsMagic(w.Person.Card))
            .Select(w => $"{w.Employer.Project.Profile} {w.Person.Card[^7..^1]}").Order();
        Assert.Equal(["cmb-ntagcsal 990003", "cmb-ntagcsal 990005", "cmb-ntagcsal 990007", "icbc-bxt 990001",
            "icbc-bxt 990002",
            "icbc-bxt 990005", "iso20022-pain 990001", "iso20022-pain 990006", "iso20022-pain 990008"], magic);
    }

    [Fact]
    public void Corrected_accounts_are_for_those_the_bank_turns_away_and_are_ordinary()
    {
        var table = Table("corrected-accounts.csv");
        Assert.Equal(3, table.Rows.Count());
        foreach (var row in table.Rows)
        {
            var person = Assert.Single(Month.Workers, w => w.Person.Identity == row[0]).Person;
            Assert.Contains(person.Card[^7..^1], new[] { "990001", "990002" });
            Assert.False(SampleIdentifiers.IsMagic(row[3]));
            Assert.Equal(person.Name, row[4]);
        }
    }

    [Fact]
    public void January_2026_has_twenty_one_legal_working_days()
    {
        Assert.Equal(21, SampleWages.LegalDays.Count);
        Assert.Contains(new DateOnly(2026, 1, 4), SampleWages.LegalDays);
    }

    private static long Fen(string yuan)
    {
        Assert.Equal(MoneyText.Valid, Money.ParseYuan(yuan, out var money));
        return money.Fen;
    }

    private static RawTable Table(string name)
    {
        var shape = name.Split('-', '.')[0] switch
        {
            "projects" => SheetShape.Projects,
            "roster" => SheetShape.Roster,
            "terms" => SheetShape.Terms,
            "attendance" => SheetShape.Attendance,
            "payroll" => SheetShape.Payroll,
            "funding" => SheetShape.Funding,
            _ => SheetShape.Accounts,
        };
        var read = SheetReader.Read(SheetSource.OfBytes(name, Files[name]), shape);
        Assert.Empty(read.Findings);
        return read.Value;
    }
}

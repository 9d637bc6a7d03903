using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;

namespace Disbursement.Host.Samples;

/// <summary>One made-up line of a bench payroll.</summary>
public readonly record struct BenchLine(string Name, string Identity, string Phone, string Cnaps, string Card,
    int Days, Money Net);

/// <summary>A bench payroll with the roster of its workers, as UTF-8 sheets and as records.</summary>
public sealed record BenchPayroll(int Number, string Project, string CreditCode, string Employer, BenchLine[] Lines,
    Money Total, byte[] Roster, byte[] Payroll);

/// <summary>How large a bench is and how its bank misbehaves, in lines of a thousand.</summary>
public sealed record BenchShape(int Lines, int PayrollSize = 500, int Projects = 3, int ClosedPerMille = 0,
    int LateReturnPerMille = 0);

/// <summary>Payrolls by the million, each line worked out from its number alone: no two share a person or a
/// card.</summary>
public static class SampleBench
{
    private const string Surnames = "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗";
    private const string GivenNames = "伟强军勇刚明平辉志文德光永世华兴建国正福";
    private const int BirthDays = 13_500;
    private const int Closed = 990_002;
    private const int LateReturn = 990_005;
    private static readonly string Cnaps = SampleIdentifiers.Cnaps("102", "7010", "0001");
    private static readonly string[] BirthTexts = [.. Enumerable.Range(0, BirthDays).Select(day =>
        new DateOnly(1966, 1, 1).AddDays(day).ToString("yyyyMMdd", CultureInfo.InvariantCulture))];

    public static string Project(int number) => $"BENCH{number:00}";

    /// <summary>The payrolls one after the other; each belongs to a subcontractor of its own, projects take
    /// turns.</summary>
    public static IEnumerable<BenchPayroll> Payrolls(BenchShape shape)
    {
        for (var (number, first) = (0, 0); first < shape.Lines; number++, first += shape.PayrollSize)
            yield return Payroll(shape, number, first, Math.Min(shape.PayrollSize, shape.Lines - first));
    }

    private static BenchPayroll Payroll(BenchShape shape, int number, int first, int count)
    {
        var project = Project(number % shape.Projects + 1);
        var credit = SampleIdentifiers.CreditCode($"91520100MA{number:0000000}");
        var employer = $"样例劳务{number}";
        var lines = new BenchLine[count];
        var roster = new StringBuilder(count * 140).AppendJoin(',', SampleSheets.RosterColumns).Append('\n');
        var payroll = new StringBuilder(count * 80).AppendJoin(',', SampleSheets.PayrollColumns).Append('\n');
        var total = Money.Zero;
        for (var i = 0; i < count; i++)
        {
            var line = lines[i] = Line(shape, first + i);
            var net = line.Net.ToYuan();
            total += line.Net;
            roster.Append(project).Append(',').Append(credit).Append(',').Append(employer).Append(",木工班,")
                .Append(line.Name).Append(',').Append(line.Identity).Append(',').Append(line.Phone)
                .Append(",木工,2025-03-01,,")
                .Append(line.Cnaps).Append(",样例支行,").Append(line.Card).Append(',').Append(line.Name).Append('\n');
            payroll.Append(i + 1).Append(',').Append(line.Name).Append(',').Append(line.Identity).Append(',')
                .Append(line.Days).Append(',').Append(line.Days * 8).Append(',').Append(net)
                .Append(",0.00,").Append(net)
                .Append(",2026-02-03,,,\n");
        }
        payroll.Append("合计,,,,,").Append(total.ToYuan()).Append(",0.00,").Append(total.ToYuan()).Append(",,,,\n");
        return new(number, project, credit, employer, lines, total, Bytes(roster), Bytes(payroll));
    }

    private static BenchLine Line(BenchShape shape, int number)
    {
        var mixed = unchecked((uint)number * 2_654_435_761u) >> 8;
        var name = string.Create(3, mixed, static (text, bits) =>
        {
            text[0] = Surnames[(int)(bits % 20)];
            text[1] = GivenNames[(int)(bits / 20 % 20)];
            text[2] = GivenNames[(int)(bits / 400 % 20)];
        });
        var days = 15 + (int)(mixed % 7);
        var yuanPerDay = 200 + 8 * (int)(mixed / 7 % 26);
        return new(name, Identity(number), Phone(number), Cnaps, Card(shape, number), days,
            new Money(100L * days * yuanPerDay));
    }

    // Sequence, then birthday, then region, each carried into the next: 280 million people before one comes twice.
    private static string Identity(int number)
    {
        Span<char> digits = stackalloc char[17];
        SamplePeople.Regions[number / 999 / BirthDays % SamplePeople.Regions.Length].CopyTo(digits);
        BirthTexts[number / 999 % BirthDays].CopyTo(digits[6..]);
        Fill(digits[14..], number % 999 + 1);
        return SampleIdentifiers.Identity(digits);
    }

    private static string Phone(int number)
    {
        Span<char> digits = stackalloc char[11];
        "139".CopyTo(digits);
        Fill(digits[3..], number);
        return new string(digits);
    }

    // The last six digits of an ordinary card stay below 980000, so that the sandbox bank's magic ones are asked for
    // only.
    private static string Card(BenchShape shape, int number)
    {
        var turn = number % 1000;
        var magic = turn < shape.ClosedPerMille ? Closed
            : turn < shape.ClosedPerMille + shape.LateReturnPerMille ? LateReturn
            : 0;
        Span<char> digits = stackalloc char[18];
        "621799".CopyTo(digits);
        if (magic > 0) Fill(digits[5..12], number);
        else Fill(digits[6..12], number / 980_000);
        Fill(digits[12..], magic > 0 ? magic : number % 980_000);
        return SampleIdentifiers.Card(digits);
    }

    private static void Fill(Span<char> digits, int value)
    {
        for (var i = digits.Length - 1; i >= 0; i--, value /= 10) digits[i] = (char)('0' + value % 10);
    }

    private static byte[] Bytes(StringBuilder text) => Encoding.UTF8.GetBytes(text.ToString());
}

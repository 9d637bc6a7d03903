using System.Text;
using Disbursement.Engine.Payroll;
using Disbursement.Engine.Primitives;
using FsCheck.Xunit;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Payroll;

public sealed class PayrollLinesTests
{
    private const string Example = "payroll-lines/1\n1 17 2200 10560 650000 1250 648750 20260402\n"
        + "2 18 2150 10320 700000 0 700000 ABSENT\ntotal 2 1350000 1250 1348750\n";

    private static readonly PayrollEntry[] Entries =
    [
        new(1, 17, 2200, 10_560, new(650_000), new(1_250), new(648_750), Confirmation.Given(new LocalDate(2026, 4, 2))),
        new(2, 18, 2150, 10_320, new(700_000), Money.Zero, new(700_000), Confirmation.Missing(ConfirmationGap.Absent)),
    ];

    [Fact]
    public void The_document_is_written_so() =>
        Assert.Equal(Example, Encoding.ASCII.GetString(PayrollLines.Format(Entries)));

    [Property(MaxTest = 200)]
    public bool What_was_written_is_read_back(uint[] numbers)
    {
        var entries = numbers.Select((n, i) => Entry(i, n)).ToList();
        var bytes = PayrollLines.Format(entries);
        return PayrollLines.TryParse(bytes, out var back, out var totals, out _)
            && back.SequenceEqual(entries) && totals.Lines == entries.Count
                && totals.Net.Fen == entries.Sum(e => e.Net.Fen);
    }

    [Fact]
    public void Every_byte_changed_or_cut_is_noticed_or_is_another_document_that_reads_back_exactly()
    {
        var good = Encoding.ASCII.GetBytes(Example);
        for (var i = 0; i < good.Length; i++)
        {
            Assert.False(PayrollLines.TryParse(good.AsSpan(0, i), out _, out _, out var badLine));
            Assert.InRange(badLine, 1, 4);
            foreach (var c in "0 9-+x\n\r"u8.ToArray())
            {
                var bad = good.ToArray();
                bad[i] = c;
                if (PayrollLines.TryParse(bad, out var entries, out _, out _)) Assert.Equal(bad,
                    PayrollLines.Format(entries));
            }
        }
    }

    [Theory]
    [InlineData("2 18 2150", "2 018 2150", 3)] // a leading zero
    [InlineData("total 2 1350000", "total 2 1350001", 4)] // a sum that is not the sum
    [InlineData("ABSENT", "20260230", 3)] // no such day
    [InlineData("ABSENT", "NONE", 3)]
    [InlineData("650000 1250", "9223372036854775807 1250", 3)] // sums that do not fit
    [InlineData("1348750\n", "1348750\n\n", 4)] // something after the end
    [InlineData("lines/1", "lines/2", 1)]
    public void A_document_not_written_by_us_is_refused_with_its_line(string from, string to, int line)
    {
        Assert.False(PayrollLines.TryParse(Encoding.ASCII.GetBytes(Example.Replace(from, to)), out _, out _,
            out var bad));
        Assert.Equal(line, bad);
    }

    [Property(MaxTest = 200)]
    public bool Any_bytes_are_read_without_throwing(byte[] bytes)
    {
        byte[] document = [.. "payroll-lines/1\n"u8, .. bytes];
        return !PayrollLines.TryParse(document, out var entries, out _, out var badLine)
            ? badLine > 0
            : PayrollLines.Format(entries).SequenceEqual(document);
    }

    private static PayrollEntry Entry(int i, uint n) =>
        new(i + 1, n, n % 3101, n % 44_641, new(n), new(n / 3), new(n - n / 3),
        n % 4 == 0 ? Confirmation.Missing((ConfirmationGap)(n / 4 % 5 + 1)) : Confirmation.Given(new LocalDate(2026,
            1, 1).PlusDays((int)(n % 365))));
}

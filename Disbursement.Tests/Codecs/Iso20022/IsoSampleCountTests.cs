using System.Text;
using System.Text.RegularExpressions;
using Disbursement.BankAdapters.Sandbox;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>Every message of the collection kept beside the repository, counted in specs/iso20022-samples.md: what we
/// read by our decoder, initiations by the sandbox bank's reader. Other currencies are rewritten to CNY.</summary>
[Trait("Category", "OutsideSamples")]
public partial class IsoSampleCountTests
{
    /// <summary>Type, files, of them read whole, and the lines or entries of those.</summary>
    public static TheoryData<string, int, int, int> Types => new()
    {
        { "pain.002", 43, 24, 8 },
        { "camt.053", 130, 14, 61 },
        { "camt.054", 56, 55, 1 },
        { "camt.052", 42, 0, 0 },
        { "camt.029", 15, 0, 0 },
        { "camt.055", 6, 0, 0 },
        { "pain.007", 4, 0, 0 },
        { "pain.001", 153, 62, 83 },
    };

    [Theory, MemberData(nameof(Types))]
    public void Every_message_is_read_whole_or_told_of_at_its_place(string type, int files, int whole, int parts)
    {
        var counted = (Files: 0, Whole: 0, Parts: 0);
        foreach (var path in Directory.GetFiles(SampleFile.Shared("iso20022", "samples", type)))
        {
            counted.Files++;
            var bytes = InYuan(File.ReadAllBytes(path));
            var (read, faults) = type == "pain.001" ? Initiation(path, bytes) : Message(path, bytes);
            if (faults > 0) continue;
            counted.Whole++;
            counted.Parts += read;
        }
        Assert.Equal((files, whole, parts), counted);
    }

    [Fact]
    public void Every_type_of_the_collection_is_counted_here() => Assert.Equal(
        Types.Select(row => row.Data.Item1).Order(StringComparer.Ordinal),
        Directory.GetDirectories(SampleFile.Shared("iso20022", "samples")).Select(d => Path.GetFileName(d)!)
            .Order(StringComparer.Ordinal));

    private static (int Parts, int Faults) Message(string path, byte[] bytes)
    {
        var read = CollectedMessage.OfIso(bytes);
        Assert.True(read.Parts + read.Errors.Count > 0, path);
        Assert.All(read.Errors, e => Assert.True(e.Line >= 1 && e.ByteOffset >= 0 && e.Reason.Length > 0, path));
        return (read.Lines.Count + read.Entries.Count, read.Errors.Count);
    }

    /// <summary>Whole only where counts and totals stated are those of its rows.</summary>
    private static (int Rows, int Faults) Initiation(string path, byte[] bytes)
    {
        var partner = Partner.Find("iso20022-pain")!;
        var reading = OrderReader.Read(partner, Path.GetFileName(path), bytes);
        if (reading.Order is not { } order) return (0, reading.Troubles.Count);
        var faults = reading.Troubles.Count + OrderReader.Check(partner, order).Count;
        Assert.True(order.Rows.Count + faults > 0, path);
        return (order.Rows.Count, faults);
    }

    private static byte[] InYuan(byte[] bytes) =>
        Encoding.Latin1.GetBytes(Currency().Replace(Encoding.Latin1.GetString(bytes), "${1}CNY"));

    [GeneratedRegex("(Ccy=[\"'])[A-Z]{3}")]
    private static partial Regex Currency();
}

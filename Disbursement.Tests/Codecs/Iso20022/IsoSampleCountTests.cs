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
    /// <summary>Type, files; of them read whole, and the lines or entries of those; of them read with a word against
    /// them, and the lines or entries of those. The rest is refused, at its place.</summary>
    public static TheoryData<string, int, int, int, int, int> Types => new()
    {
        { "pain.002", 43, 29, 8, 10, 1 },
        { "camt.053", 130, 22, 120, 92, 109 },
        { "camt.054", 56, 54, 45, 2, 1 },
        { "camt.052", 42, 36, 25, 5, 3 },
        { "camt.029", 15, 8, 0, 7, 0 },
        { "camt.055", 6, 0, 0, 0, 0 },
        { "pain.007", 4, 0, 0, 0, 0 },
        { "pain.001", 153, 62, 83, 0, 0 },
    };

    [Theory, MemberData(nameof(Types))]
    public void Every_message_is_read_whole_or_told_of_at_its_place(string type, int files, int whole, int parts,
        int told, int toldParts)
    {
        var counted = (Files: 0, Whole: 0, Parts: 0, Told: 0, ToldParts: 0);
        foreach (var path in Directory.GetFiles(SampleFile.Shared("iso20022", "samples", type)))
        {
            counted.Files++;
            var bytes = InYuan(File.ReadAllBytes(path));
            var (read, faults, given) = type == "pain.001" ? Initiation(path, bytes) : Message(path, bytes);
            if (faults == 0) (counted.Whole, counted.Parts) = (counted.Whole + 1, counted.Parts + read);
            else if (given) (counted.Told, counted.ToldParts) = (counted.Told + 1, counted.ToldParts + read);
        }
        Assert.Equal((files, whole, parts, told, toldParts), counted);
    }

    [Fact]
    public void Every_type_of_the_collection_is_counted_here() => Assert.Equal(
        Types.Select(row => row.Data.Item1).Order(StringComparer.Ordinal),
        Directory.GetDirectories(SampleFile.Shared("iso20022", "samples")).Select(d => Path.GetFileName(d)!)
            .Order(StringComparer.Ordinal));

    private static (int Parts, int Faults, bool Given) Message(string path, byte[] bytes)
    {
        var read = CollectedMessage.OfIso(bytes);
        Assert.True(read.Parts + read.Errors.Count > 0, path);
        Assert.All(read.Errors, e => Assert.True(e.Line >= 1 && e.ByteOffset >= 0 && e.Reason.Length > 0, path));
        return (read.Lines.Count + read.Entries.Count, read.Errors.Count, read.Parts > 0);
    }

    /// <summary>Whole only where counts and totals stated are those of its rows.</summary>
    private static (int Rows, int Faults, bool Given) Initiation(string path, byte[] bytes)
    {
        var partner = Partner.Find("iso20022-pain")!;
        var reading = OrderReader.Read(partner, Path.GetFileName(path), bytes);
        if (reading.Order is not { } order) return (0, reading.Troubles.Count, false);
        var faults = reading.Troubles.Count + OrderReader.Check(partner, order).Count;
        Assert.True(order.Rows.Count + faults > 0, path);
        return (order.Rows.Count, faults, false);
    }

    private static byte[] InYuan(byte[] bytes) =>
        Encoding.Latin1.GetBytes(Currency().Replace(Encoding.Latin1.GetString(bytes), "${1}CNY"));

    [GeneratedRegex("(Ccy=[\"'])[A-Z]{3}")]
    private static partial Regex Currency();
}

using System.Text;
using System.Text.RegularExpressions;
using Disbursement.BankAdapters.Codecs.Swift;
using Disbursement.Tests.Codecs.Iso20022;
using Xunit;

namespace Disbursement.Tests.Codecs;

/// <summary>Statements of real banks and of other makers' tests, kept beside the repository. They are in other
/// currencies: rewritten to CNY where balances are compared. Counted in specs/bank-mt940.md.</summary>
[Trait("Category", "OutsideSamples")]
public sealed partial class Mt940OutsideSamplesTests
{
    public static TheoryData<string> Samples() => [.. Directory.GetFiles(SampleFile.Shared("mt940"))
        .Select(path => Path.GetFileName(path)!).Where(name => !name.EndsWith(".md", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Samples))]
    public void Every_sample_gives_its_entries_or_a_located_refusal(string file)
    {
        var bytes = File.ReadAllBytes(SampleFile.Shared("mt940", file));
        foreach (var read in new[] { Read(bytes), Read(InYuan(bytes)) })
        {
            Assert.True(read.Parts + read.Errors.Count > 0);
            Assert.All(read.Errors, e => Assert.True(e.Line >= 1 && e.ByteOffset >= 0 && e.Reason.Length > 0));
        }
        // In CNY nothing is refused for its currency: every :61: of a message without errors is an entry.
        var yuan = Read(InYuan(bytes));
        if (yuan.Errors.Count == 0)
            Assert.Equal(Entry().Count(Encoding.Latin1.GetString(bytes)), yuan.Entries.Count);
    }

    [Fact]
    public void Balances_agree_with_entries_and_what_does_not_agree_is_told()
    {
        var (files, clean, told, statements, entries, toldEntries) = (0, 0, 0, 0, 0, 0);
        foreach (var file in Samples().Select(row => row.Data))
        {
            var read = Read(InYuan(File.ReadAllBytes(SampleFile.Shared("mt940", file))));
            files++;
            if (read.Errors.Count > 0)
            {
                told += read.Parts > 0 ? 1 : 0;
                toldEntries += read.Entries.Count;
                continue;
            }
            // The decoder has compared them: opening and entries come to closing.
            clean++;
            statements += read.Statements.Count;
            entries += read.Entries.Count;
        }
        Assert.Equal((125, 70, 204, 524), (files, clean, statements, entries));
        // The others do not add up by their own figures, lack a balance, were made up to be broken, or are none.
        Assert.Equal((51, 227), (told, toldEntries));
    }

    private static CollectedMessage Read(byte[] bytes)
    {
        var message = new CollectedMessage();
        using var input = new MemoryStream(bytes);
        new Mt940Decoder().Decode(CodecSamples.Profile("iso20022-mt940"), "statement-1.sta", input, message);
        return message;
    }

    private static byte[] InYuan(byte[] bytes) =>
        Encoding.Latin1.GetBytes(Currency().Replace(Encoding.Latin1.GetString(bytes), "${1}CNY"));

    [GeneratedRegex(@"(:6[02][FM]:[CD]\d{6}|:34F:|:90[DC]:\d+)[A-Z]{3}")]
    private static partial Regex Currency();

    [GeneratedRegex(@"^:61:", RegexOptions.Multiline)]
    private static partial Regex Entry();
}

using System.Text;
using Disbursement.BankAdapters.Codecs.Iso20022;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>The bound on one piece of markup, at the very byte and however the bytes come.</summary>
public sealed class MarkupBoundTests
{
    private const int Most = MarkupBound.MostBytes;

    [Theory]
    [InlineData(1000), InlineData(4096), InlineData(65_536), InlineData(Most), InlineData(1_000_000)]
    public void Markup_is_bounded_to_the_byte_and_text_is_not(int piece)
    {
        var longest = new string('x', Most - 1);
        Assert.False(IsExceeded($"<{longest}>", piece));
        Assert.True(IsExceeded($"<{longest}x>", piece));
        Assert.True(IsExceeded($"<a>t</a><{longest}xx", piece));
        Assert.True(IsExceeded($"<a></a>{new string('y', 777)}<{longest}x><b/>", piece));
        Assert.False(IsExceeded($"<a>{longest}{longest}>{longest}</a><{longest}>", piece));
        Assert.False(IsExceeded($"<{longest}><{longest}>", piece));
    }

    /// <summary>Whether the bound cuts the text off, read in pieces of that size.</summary>
    private static bool IsExceeded(string text, int piece)
    {
        using var bound = new MarkupBound(new MemoryStream(Encoding.ASCII.GetBytes(text)));
        var (buffer, total, read) = (new byte[piece], 0, 0);
        while ((read = bound.Read(buffer)) > 0) total += read;
        Assert.Equal(bound.IsExceeded, total < text.Length);
        return bound.IsExceeded;
    }
}

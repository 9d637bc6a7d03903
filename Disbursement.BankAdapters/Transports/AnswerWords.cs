using System.Text;
using System.Xml;
using Disbursement.BankAdapters.Codecs;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;

namespace Disbursement.BankAdapters.Transports;

/// <summary>Reads the code of a bank's immediate answer, an XML document, by the words of the profile.</summary>
internal static class AnswerWords
{
    private const int MostNodes = 10_000;

    /// <summary>The text of the first element of that name; null where the bytes hold none or are no XML.</summary>
    /// <param name="charset">The set agreed, whatever the document declares; null for what it declares.</param>
    public static string? Code(ReadOnlyMemory<byte> answer, string element, BankCharset? charset = null)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = 2_000_000,
        };
        try
        {
            var bytes = new MemoryStream(answer.ToArray());
            using var text = charset?.Reader(bytes);
            using var reader = text is null ? XmlReader.Create(bytes, settings) : XmlReader.Create(text, settings);
            for (var nodes = 0; nodes < MostNodes && reader.Read(); nodes++)
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == element)
                    return reader.ReadElementContentAsString().Trim();
            return null;
        }
        catch (Exception none) when (none is XmlException or DecoderFallbackException or ArgumentException
            or InvalidOperationException)
        {
            return null; // not the agreed form: it says nothing
        }
    }

    /// <summary>What a code comes to as the word on a send: only what the profile lists as refused is
    /// Refused.</summary>
    public static SendResult Of(string? code, AnswerForm form) =>
        code is null ? new(SendOutcome.Unknown, $"an answer without {form.Element}")
        : form.Accepted.Contains(code, StringComparer.Ordinal) ? new(SendOutcome.Delivered, $"{form.Element} {code}")
        : form.Refused.Contains(code, StringComparer.Ordinal) ? new(SendOutcome.Refused, $"{form.Element} {code}")
        : new(SendOutcome.Unknown, $"{form.Element} {code} is neither a yes nor a no");
}

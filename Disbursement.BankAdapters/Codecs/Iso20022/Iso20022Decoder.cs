using System.Xml;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Decodes what an ISO 20022 bank sends, told apart by namespace: pain.002
/// (line results), camt.054 (late returns), camt.053 (statements), any version of them
/// and within any envelope element. Source: the schemas of iso20022.org.</summary>
public sealed class Iso20022Decoder : IMessageDecoder
{
    /// <summary>Name of the codec in a profile.</summary>
    public const string Name = "iso20022";

    private const string Schemas = "urn:iso:std:iso:20022:tech:xsd:";

    public void Decode(BankProfile profile, string name, Stream input, IMessageSink sink)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(sink);
        using var xml = new IsoXml(input, sink);
        try
        {
            var known = 0;
            while (xml.NextElement())
                if (Read(profile, xml, sink)) known++;
            if (known == 0) xml.Missing("Document", "the message is no pain.002, camt.053 or camt.054");
        }
        catch (XmlException e)
        {
            xml.Refuse("XML", "", e.Message, Math.Max(e.LineNumber, 1), Math.Max(e.LinePosition, 1));
        }
    }

    /// <summary>Reads the element stood on if it is the body of a message we know.</summary>
    private static bool Read(BankProfile profile, IsoXml xml, IMessageSink sink)
    {
        if (!xml.Namespace.StartsWith(Schemas, StringComparison.Ordinal)) return false;
        var schema = xml.Namespace.AsSpan(Schemas.Length);
        var fileWidth = profile.Limits.BatchReferenceWidth;
        switch (xml.Name)
        {
            case "CstmrPmtStsRpt" when schema.StartsWith("pain.002."):
                new StatusReport(xml, new StatusCodes(profile), sink).Read();
                return true;
            case "BkToCstmrDbtCdtNtfctn" when schema.StartsWith("camt.054."):
                new Notification(xml, new StatusCodes(profile), fileWidth, sink).Read();
                return true;
            case "BkToCstmrStmt" when schema.StartsWith("camt.053."):
                new AccountStatement(xml, fileWidth, sink).Read();
                return true;
            case "BkToCstmrAcctRpt" when schema.StartsWith("camt.052."):
                // As MT942: what is booked in between may still change; the statement books it.
                xml.Missing("Rpt", "an interim report (camt.052) books nothing: the statement will");
                return true;
            default: return false;
        }
    }
}

using System.Xml;
using Disbursement.BankAdapters.Profiles;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Decodes what an ISO 20022 bank sends, told apart by namespace: pain.002 (line results), camt.052 and
/// camt.054 (interim entries, late returns), camt.053 (statements), camt.029 (answers to a recall), any version of
/// them, bare or within an envelope element behind a business application header (head.001). Source: the schemas of
/// iso20022.org.</summary>
public sealed class Iso20022Decoder : IMessageDecoder
{
    /// <summary>Name of the codec in a profile.</summary>
    public const string Name = "iso20022";

    public void Decode(BankProfile profile, string name, Stream input, IMessageSink sink)
    {
        ArgumentNullException.ThrowIfNull(profile);
        ArgumentNullException.ThrowIfNull(sink);
        using var xml = Opened(input, sink);
        if (xml is null) return;
        try
        {
            var (known, header) = (0, new BusinessHeader(xml));
            while (xml.NextElement())
                if (xml.Name == "AppHdr") header.Read();
                else if (Read(profile, xml, header, sink)) known++;
            if (known == 0)
                xml.Missing("Document", "the message is no pain.002, camt.029, camt.052, camt.053 or camt.054");
        }
        catch (XmlException e)
        {
            xml.Refuse("XML", "", xml.ReasonOf(e), Math.Max(e.LineNumber, 1), Math.Max(e.LinePosition, 1));
        }
    }

    /// <summary>Null, with the error told, where not even the first bytes are of an XML text: the reader looks at them
    /// as it is made.</summary>
    private static IsoXml? Opened(Stream input, IMessageSink sink)
    {
        try
        {
            return new IsoXml(input, sink);
        }
        catch (XmlException e)
        {
            sink.Error(new(1, "XML", 0, "", e.Message));
            return null;
        }
    }

    /// <summary>The message whose body the element stood on is, "pain.002."; null where it is none we know. Its name
    /// says so; its namespace, where it has one, must not say otherwise: banks of a country write their own before the
    /// message's name.</summary>
    internal static string? MessageOf(IsoXml xml)
    {
        var message = xml.Name switch
        {
            "CstmrPmtStsRpt" => "pain.002.",
            "BkToCstmrDbtCdtNtfctn" => "camt.054.",
            "BkToCstmrStmt" => "camt.053.",
            "BkToCstmrAcctRpt" => "camt.052.",
            "RsltnOfInvstgtn" => "camt.029.",
            _ => null,
        };
        if (message is null) return null;
        var stated = BusinessHeader.MessageOf(xml.Namespace);
        return stated.Length == 0 || stated.StartsWith(message, StringComparison.Ordinal) ? message : null;
    }

    /// <summary>Reads the element stood on if it is the body of a message we know.</summary>
    private static bool Read(BankProfile profile, IsoXml xml, BusinessHeader header, IMessageSink sink)
    {
        if (MessageOf(xml) is not { } message) return false;
        header.Check(BusinessHeader.MessageOf(xml.Namespace));
        var fileWidth = profile.Limits.BatchReferenceWidth;
        var codes = new StatusCodes(profile);
        var (part, kind) = message switch
        {
            "camt.053." => ("Stmt", StatementKind.Statement),
            "camt.052." => ("Rpt", StatementKind.Interim),
            _ => ("Ntfctn", StatementKind.Interim),
        };
        if (message == "pain.002.") new StatusReport(xml, codes, sink).Read();
        else if (message == "camt.029.") new Resolution(xml, codes, fileWidth, sink).Read();
        else
        {
            // A statement's own entry books what came back; the row is told by a report, a notification.
            var returns = kind == StatementKind.Statement ? null : new LateReturns(xml, codes, fileWidth, sink);
            new AccountReport(xml, part, kind, returns, fileWidth, sink).Read();
        }
        return true;
    }
}

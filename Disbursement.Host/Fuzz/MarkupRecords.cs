using System.Xml;
using System.Xml.Linq;

namespace Disbursement.Host.Fuzz;

/// <summary>Counts the records of an XML message by itself, as long as it is well formed.</summary>
internal static class MarkupRecords
{
    /// <param name="May">Records that may be read.</param>
    /// <param name="Must">Those of them that must be read or refused.</param>
    private readonly record struct Count(int May, int Must)
    {
        public static Count operator +(Count one, Count other) => new(one.May + other.May, one.Must + other.Must);
    }

    public static string? Trouble(byte[] bytes, FuzzSink sink)
    {
        if (Root(bytes) is not { } root) return null;
        var count = root.Name.LocalName == "CMBSDKPGK" ? Cmb(root) : Iso(root);
        if (sink.Parsed.Count > count.May) return $"{sink.Parsed.Count} records were read of {count.May}";
        // A message that breaks off at a bound is refused from there on, by its place; one within a header whole.
        if (sink.Errors.Exists(error => error.Field is "XML" or "encoding" or "文件" or "AppHdr")) return null;
        return sink.Parsed.Count + sink.Errors.Count >= count.Must ? null
            : $"of {count.Must} records {sink.Parsed.Count} were read and {sink.Errors.Count} refused";
    }

    /// <summary>The document by a bare reader, null where it is not well formed.</summary>
    private static XElement? Root(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes);
            using var reader = XmlReader.Create(stream,
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            return XDocument.Load(reader).Root;
        }
        catch (Exception fault) when (fault is XmlException or ArgumentOutOfRangeException)
        {
            // The second is .NET's own, over a byte of no character within the declaration.
            return null;
        }
    }

    private static Count Cmb(XElement root)
    {
        var rows = root.Elements().Count(block => block.Name.LocalName is "NTAGCDTLY1" or "NTAGDRFDZ1");
        return new(rows, rows);
    }

    private static Count Iso(XElement root)
    {
        // What stands within the header's name of the message is its text.
        var bodies = root.DescendantsAndSelf().Where(IsBody)
            .Where(body => !body.Ancestors().Any(e => e.Name.LocalName is "MsgDefIdr")).ToList();
        var outer = bodies.Count < 2 ? bodies : bodies.Where(body => !body.Ancestors().Any(IsBody));
        return outer.Aggregate(new Count(), (sum, body) => sum + body.Name.LocalName switch
        {
            "CstmrPmtStsRpt" => Lines(body.Elements()),
            "RsltnOfInvstgtn" => Lines(Named(body, "CxlDtls")) + Lines(Named(body, "CxlDtls").Elements()),
            "BkToCstmrStmt" => Entries(body, "Stmt"),
            "BkToCstmrAcctRpt" => Entries(body, "Rpt") + Returns(body, "Rpt"),
            _ => Entries(body, "Ntfctn") + Returns(body, "Ntfctn"),
        });
    }

    private static bool IsBody(XElement element)
    {
        var message = element.Name.LocalName switch
        {
            "CstmrPmtStsRpt" => "pain.002.",
            "BkToCstmrDbtCdtNtfctn" => "camt.054.",
            "BkToCstmrStmt" => "camt.053.",
            "BkToCstmrAcctRpt" => "camt.052.",
            "RsltnOfInvstgtn" => "camt.029.",
            _ => null,
        };
        // Banks of a country write their own before the message's name; without a namespace the name alone says it.
        var space = element.Name.NamespaceName;
        var stated = space[(space.LastIndexOfAny([':', '/']) + 1)..];
        return message is not null && (stated.Length == 0 || stated.StartsWith(message, StringComparison.Ordinal));
    }

    private static Count Lines(IEnumerable<XElement> parents)
    {
        var lines = parents.Where(e => e.Name.LocalName is "OrgnlPmtInfAndSts" or "OrgnlGrpInfAndSts" or "CxlDtls")
            .SelectMany(e => Named(e, "TxInfAndSts")).Count();
        return new(lines, lines);
    }

    /// <summary>Transactions of booked credits that say they came back.</summary>
    private static Count Returns(XElement body, string part)
    {
        var count = new Count();
        var entries = Named(body, part).SelectMany(e => Named(e, "Ntry"));
        foreach (var details in entries.SelectMany(e => Named(e, "NtryDtls")))
        {
            var isBookedCredit = Last(details, "CdtDbtInd") == "CRDT" && Last(details, "Sts") is null or "BOOK";
            var back = Named(details, "TxDtls").Count(e => Named(e, "RtrInf").Any());
            count += new Count(back, isBookedCredit ? back : 0);
        }
        return count;
    }

    private static Count Entries(XElement body, string part)
    {
        var booked = Named(body, part).SelectMany(e => Named(e, "Ntry"))
            .Count(entry => Named(entry, "Sts").LastOrDefault()?.Value.Trim() is null or "BOOK");
        return new(booked, booked);
    }

    private static IEnumerable<XElement> Named(XElement parent, string name) =>
        parent.Elements().Where(element => element.Name.LocalName == name);

    /// <summary>What the last element of that name before this one says: a reader that goes forward knows no other.
    /// </summary>
    private static string? Last(XElement before, string name) =>
        before.ElementsBeforeSelf().LastOrDefault(e => e.Name.LocalName == name)?.Value.Trim();
}

using System.Text;
using System.Xml.Linq;
using Disbursement.Tests.Security;

namespace Disbursement.Tests.Codecs.Iso20022;

/// <summary>The official schemas, asked through xmllint.</summary>
internal static class Schemas
{
    /// <summary>What the schema has against a document, or nothing.</summary>
    public static string Fault(string version, byte[] document)
    {
        var folder = Directory.CreateTempSubdirectory("schema-").FullName;
        var path = Path.Combine(folder, "document.xml");
        File.WriteAllBytes(path, document);
        var (code, said) = OutsideTool.Run("xmllint", ["--noout", "--nonet", "--schema",
            SampleFile.Shared("iso20022", "xsd", version + ".xsd"), path]);
        Directory.Delete(folder, recursive: true);
        return code == 0 ? "" : said;
    }

    /// <summary>Header (where there is one) and document of a wrapped message, each with its version.</summary>
    public static IReadOnlyList<(string Version, byte[] Document)> Parts(byte[] message)
    {
        var root = XDocument.Load(new MemoryStream(message)).Root!;
        return [.. root.DescendantsAndSelf().Where(e => e.Name.LocalName is "AppHdr" or "Document").Select(e =>
            (e.Name.NamespaceName[(e.Name.NamespaceName.LastIndexOf(':') + 1)..], Encoding.UTF8.GetBytes($"{e}")))];
    }
}

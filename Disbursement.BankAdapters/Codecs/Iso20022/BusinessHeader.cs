namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>The business application header (head.001, AppHdr) before a document: the message it says it heads must be
/// the document's, in whatever version. Who sent it says the envelope's signature, not the header.</summary>
internal sealed class BusinessHeader(IsoXml xml)
{
    private string _message = "";

    /// <summary>The message a namespace names: "pain.002.001.10" of "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10",
    /// and of "http://…/pain.002.001.03.ch.02.xsd" what begins so. Empty for no namespace.</summary>
    public static string MessageOf(string space) => space[(space.LastIndexOfAny([':', '/']) + 1)..];

    /// <summary>Reads the AppHdr stood on to its end. A message within it is no part of a header, and is told: what
    /// it says is not read, and must not be gone without a word.</summary>
    public void Read()
    {
        var depth = xml.Depth;
        _message = "";
        while (xml.Within(depth))
        {
            // Rltd, deeper down, names the message that this one answers.
            if (xml.Depth == depth + 1 && xml.Name == "MsgDefIdr") _message = xml.Text();
            else if (Iso20022Decoder.MessageOf(xml) is not null)
                xml.Missing("AppHdr", $"a message ({xml.Name}) stands within the header");
        }
    }

    /// <summary>Tells where the document stood on is another than the header before it says.</summary>
    public void Check(string message)
    {
        // One header, one document.
        var (said, _) = (_message, _message = "");
        if (said.Length == 0 || message.Length == 0 || Definition(said) == Definition(message)) return;
        xml.Refuse("AppHdr/MsgDefIdr", said, $"the document is a {message}");
    }

    /// <summary>"pain.002" of "pain.002.001.10".</summary>
    private static string Definition(string message) => string.Join('.', message.Split('.').Take(2));
}

using System.Text;
using System.Xml;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Walks an XML text from closing tag to closing tag,
/// holding one element's text at a time. No DTD is taken.</summary>
internal sealed class XmlWalk : IDisposable
{
    private readonly XmlReader _reader;
    private readonly List<string> _open = [];
    private readonly StringBuilder _text = new();
    private bool _closing;

    public XmlWalk(ReadOnlyMemory<byte> body)
    {
        _ = BankText.Gb18030;
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true
        };
        _reader = XmlReader.Create(new MemoryStream(body.ToArray(), writable: false), settings);
    }

    /// <summary>The text directly before the closing tag: a leaf's value.</summary>
    public string Text => _text.ToString().Trim();

    public long Line => (_reader as IXmlLineInfo)?.LineNumber ?? 0;

    /// <summary>Moves to the next closing tag.</summary>
    /// <exception cref="XmlException">The text is not well-formed.</exception>
    public bool Next()
    {
        if (_closing)
        {
            _open.RemoveAt(_open.Count - 1);
            _text.Clear();
        }
        _closing = false;
        while (!_closing && _reader.Read())
        {
            switch (_reader.NodeType)
            {
                case XmlNodeType.Element:
                    _open.Add(_reader.LocalName);
                    _text.Clear();
                    _closing = _reader.IsEmptyElement;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    _text.Append(_reader.Value);
                    break;
                case XmlNodeType.EndElement:
                    _closing = true;
                    break;
            }
        }
        return _closing;
    }

    /// <summary>Whether the closing element and its parents end in these names.</summary>
    public bool At(params ReadOnlySpan<string> names)
    {
        if (names.Length > _open.Count) return false;
        for (var i = 0; i < names.Length; i++)
            if (_open[_open.Count - names.Length + i] != names[i]) return false;
        return true;
    }

    public void Dispose() => _reader.Dispose();
}

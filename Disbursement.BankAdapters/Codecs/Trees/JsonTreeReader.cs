using System.Text.Json;

namespace Disbursement.BankAdapters.Codecs.Trees;

/// <summary>Reads JSON of RFC 8259 in UTF-8. The outermost object has no name; null is an empty text; numbers and truth
/// values are texts as written.</summary>
internal sealed class JsonTreeReader(Stream input) : ITreeReader
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly byte[] _text = new byte[XmlBytes.MostBytes];
    private readonly OpenNames _open = new();
    private readonly bool[] _isArray = new bool[ITreeReader.MostDepth + 1];
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = ITreeReader.MostDepth - 1 });
    private byte[] _name = [];
    private int _at, _filled, _textLength;
    private long _offsetOfBuffer;
    private bool _ended, _isText;

    public ReadOnlySpan<byte> Name => _name;
    public long Line => 1;
    public long Offset { get; private set; }
    public string Fault { get; private set; } = "";
    public string Declared => "";

    public TreeToken Read()
    {
        while (true)
        {
            JsonTokenType type;
            try
            {
                if (Token() is not { } read)
                    return _open.Depth == 0 && _name.Length == 0 ? Broken("is no JSON object") : TreeToken.End;
                type = read;
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                return Broken("is not JSON in UTF-8");
            }
            if (!_isText) return Broken("a text is too long");
            if (Step(type) is { } token) return token;
        }
    }

    public int Copy(BankCharset charset, Span<byte> into)
    {
        _text.AsSpan(0, _textLength).CopyTo(into);
        return _textLength;
    }

    /// <summary>Null where the token is only a part of the next.</summary>
    private TreeToken? Step(JsonTokenType type)
    {
        switch (type)
        {
            case JsonTokenType.PropertyName:
                _name = _text[.._textLength];
                return null;
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                var isRoot = _open.Depth == 0;
                if (isRoot && type is JsonTokenType.StartArray) return Broken("is no JSON object");
                if (isRoot) _name = "root"u8.ToArray();
                if (!_open.Push(_name)) return Broken("the document is too deep");
                _isArray[_open.Depth] = type is JsonTokenType.StartArray;
                return isRoot || type is JsonTokenType.StartArray ? null : TreeToken.Open;
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                _open.Pop();
                // The next object of an array is named as the array.
                if (_open.Depth > 0 && _isArray[_open.Depth]) _name = _open.Top.ToArray();
                return type is JsonTokenType.EndArray || _open.Depth == 0 ? null : TreeToken.Close;
            default:
                return _open.Depth == 0 ? Broken("is no JSON object") : TreeToken.Value;
        }
    }

    /// <summary>The next token of the bytes; null at the end of the document.</summary>
    private JsonTokenType? Token()
    {
        while (true)
        {
            var json = new Utf8JsonReader(_buffer.AsSpan(_at, _filled - _at), _ended, _state);
            if (json.Read())
            {
                Offset = _offsetOfBuffer + _at + json.TokenStartIndex;
                (_isText, _textLength) = (true, 0);
                if (json.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) Keep(ref json);
                else if (json.TokenType is JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)
                {
                    _isText = json.ValueSpan.Length <= _text.Length;
                    _textLength = Math.Min(json.ValueSpan.Length, _text.Length);
                    json.ValueSpan[.._textLength].CopyTo(_text);
                }
                _at += (int)json.BytesConsumed;
                _state = json.CurrentState;
                return json.TokenType;
            }
            _at += (int)json.BytesConsumed;
            _state = json.CurrentState;
            if (_ended) return null;
            if (_filled - _at == _buffer.Length) throw new JsonException("a token is too long");
            Fill();
        }
    }

    private void Keep(ref Utf8JsonReader json)
    {
        Offset++; // the quote
        _isText = json.ValueSpan.Length <= _text.Length;
        if (_isText) _textLength = json.CopyString(_text);
    }

    private void Fill()
    {
        _buffer.AsSpan(_at, _filled - _at).CopyTo(_buffer);
        _offsetOfBuffer += _at;
        (_filled, _at) = (_filled - _at, 0);
        while (_filled < _buffer.Length)
        {
            var read = input.Read(_buffer, _filled, _buffer.Length - _filled);
            if (read == 0) { _ended = true; return; }
            _filled += read;
        }
    }

    private TreeToken Broken(string fault)
    {
        Fault = fault;
        return TreeToken.Broken;
    }
}

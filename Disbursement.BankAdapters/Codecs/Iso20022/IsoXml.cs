using System.Xml;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Walks a message element by element, forward only:
/// parent by parent, child by child, one value in memory.</summary>
/// <remarks>No DTD, no resolver: a bank's message never needs one and an attacker's does. What is not well formed
/// throws <see cref="XmlException"/>, which <see cref="Iso20022Decoder"/> turns into an error.</remarks>
internal sealed class IsoXml : IDisposable
{
    /// <summary>The longest text of the messages is 500 characters
    /// (AddtlNtryInf); more is no value of theirs.</summary>
    private const int LongestValue = 4096;

    /// <summary>Two million lines of a report; what is longer is no message of a bank.</summary>
    private const long LongestMessage = 4_000_000_000;

    /// <summary>The messages nest 20 deep at most (supplementary data aside).</summary>
    private const int Deepest = 64;

    private readonly XmlReader _xml;
    private readonly MarkupBound _bound;
    private readonly IXmlLineInfo _at;
    private readonly IMessageSink _sink;
    private readonly ByteLocator _bytes;
    private readonly char[] _value = new char[LongestValue];
    private readonly char[] _dateText = new char[10];
    private LocalDate _date;
    private bool _begun;
    private XmlNodeType _type;
    private int _depth;
    private (int Line, int Column) _valueAt;

    public IsoXml(Stream input, IMessageSink sink)
    {
        _sink = sink;
        _bytes = new ByteLocator(input);
        _bound = new MarkupBound(input);
        _xml = XmlReader.Create(_bound, new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = LongestMessage,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });
        _at = (IXmlLineInfo)_xml;
    }

    /// <summary>Why a message that is not well formed is not: its markup may have been cut off.</summary>
    public string ReasonOf(XmlException fault) => _bound.IsExceeded
        ? $"a tag or comment of more than {MarkupBound.MostBytes} bytes" : fault.Message;

    /// <summary>Name of the element stood on, without prefix.</summary>
    public string Name => _xml.LocalName;

    public string Namespace => _xml.NamespaceURI;

    /// <summary>Depth of the element stood on: what <see cref="Child"/> wants back.</summary>
    public int Depth => _depth;

    private bool Read()
    {
        var read = _begun ? _xml.Read() : Begin();
        // Asked of the reader once a node: the walk looks at both several times.
        (_type, _depth) = (_xml.NodeType, _xml.Depth);
        if (_type != XmlNodeType.Element || _depth <= Deepest) return read;
        throw new XmlException($"nested deeper than {Deepest} elements", null, _at.LineNumber, _at.LinePosition);
    }

    /// <summary>The first node: the declaration, if there is one.</summary>
    private bool Begin()
    {
        _begun = true;
        try
        {
            return _xml.Read();
        }
        catch (ArgumentOutOfRangeException fault)
        {
            // .NET's reader, over a byte of no character within the XML declaration (seen on .NET 10).
            throw new XmlException("the XML declaration is not UTF-8", fault, 1, 1);
        }
    }

    /// <summary>The next element of any depth, or false at the end of the message.</summary>
    public bool NextElement()
    {
        while (Read())
            if (_type == XmlNodeType.Element) return true;
        return false;
    }

    /// <summary>Steps to the next child of the element at that depth; false once that element has ended. Whatever
    /// stands unread in the child before is passed over.</summary>
    public bool Child(int parent)
    {
        if (_type == XmlNodeType.Element && _depth == parent && _xml.IsEmptyElement) return false;
        while (Read())
        {
            if (_type == XmlNodeType.Element && _depth == parent + 1) return true;
            if (_type == XmlNodeType.EndElement && _depth == parent) return false;
        }
        return false;
    }

    /// <summary>The next element of any depth within the element at that depth; false once that has ended.</summary>
    public bool Within(int parent)
    {
        if (_type == XmlNodeType.Element && _depth == parent && _xml.IsEmptyElement) return false;
        while (Read())
        {
            if (_type == XmlNodeType.Element && _depth > parent) return true;
            if (_type == XmlNodeType.EndElement && _depth == parent) return false;
        }
        return false;
    }

    /// <summary>Steps down through only children of these names: "Id", "Othr", "Id". False if one is missing.</summary>
    public bool Descend(params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            var parent = Depth;
            var found = false;
            while (!found && Child(parent)) found = Name == name;
            if (!found) return false;
        }
        return true;
    }

    /// <summary>The trimmed text of the element stood on and of what is below it, so that a choice (Cd or Prtry, Dt
    /// or DtTm) reads as its one value. Valid until the next value is read.</summary>
    public ReadOnlySpan<char> Value()
    {
        _valueAt = (_at.LineNumber, _at.LinePosition);
        if (_xml.IsEmptyElement) return default;
        var (depth, length) = (_depth, 0);
        while (Read() && _depth > depth)
        {
            if (_type is not (XmlNodeType.Text or XmlNodeType.CDATA)) continue;
            if (length == 0) _valueAt = (_at.LineNumber, _at.LinePosition);
            // .NET's reader gives a value whole, or fills what it is given up to half a pair of surrogates.
            length += _xml.ReadValueChunk(_value, length, LongestValue - length);
            if (length >= LongestValue - 1)
                throw new XmlException($"a value of {LongestValue} characters or longer", null,
                    _valueAt.Line, _valueAt.Column);
        }
        return _value.AsSpan(0, length).Trim();
    }

    public string Text() => Value().ToString();

    /// <summary>CNY in fen, or null with the error told: another currency is not ours to count.</summary>
    /// <param name="isSum">Sums (DecimalNumber) may be below zero; the sign of an amount stands in CdtDbtInd.</param>
    public Money? Amount(bool isSum = false)
    {
        var (field, currency) = (Name, _xml.GetAttribute("Ccy"));
        var text = Value();
        if (currency is not (null or "CNY"))
        {
            Refuse(field, currency, "the currency is not CNY");
            return null;
        }
        // The schemas' decimals have no grouping: a comma is somebody's decimal point.
        if (!text.Contains(',') && (isSum || !text.Contains('-'))
            && Money.ParseYuan(text, out var amount) == MoneyText.Valid) return amount;
        Refuse(field, text.ToString(), "not an amount in yuan");
        return null;
    }

    /// <summary>The day of a date or of a date with time, as written; null with the error told.</summary>
    public LocalDate? Date()
    {
        var field = Name;
        var text = Value();
        // Neighbouring lines nearly always carry the same day.
        if (text.Length >= 10 && text[..10].SequenceEqual(_dateText)) return _date;
        if (text.Length >= 10 && LocalDatePattern.Iso.Parse(text[..10].ToString()) is { Success: true } read)
        {
            text[..10].CopyTo(_dateText);
            return _date = read.Value;
        }
        Refuse(field, text.ToString(), "not a date");
        return null;
    }

    /// <summary>Tells an error at the value read last.</summary>
    public void Refuse(string field, string value, string reason) =>
        Refuse(field, value, reason, _valueAt.Line, _valueAt.Column);

    /// <summary>Tells an error at the element stood on: something it should hold is missing.</summary>
    public void Missing(string field, string reason) => Refuse(field, "", reason, _at.LineNumber, _at.LinePosition);

    public void Refuse(string field, string value, string reason, int line, int column) =>
        _sink.Error(new LocatedError(line, field, _bytes.OffsetOf(line, column), value, reason));

    public void Dispose() => _xml.Dispose();
}

using System.Globalization;
using System.Text;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Codecs.Cmb;

/// <summary>The fields of one block, kept by name with their byte offsets. Reused from block to block.</summary>
internal sealed class CmbBlock(BankCharset charset)
{
    private const int MostFields = 64;
    /// <summary>M is at most 13 digits and two decimals.</summary>
    private const long MostFen = 999_999_999_999_999;

    /// <summary>Block and field names that occur, so that a repeated name costs no new string.</summary>
    private static readonly string[] KnownNames =
    [
        "INFO", "NTAGCAGCZ1", "NTAGCINQZ", "NTAGCDTLY1", "NTAGDRFDZ1",
        "TRXSEQ", "ACCNBR", "ACCNAM", "TRSAMT", "STSCOD", "ERRCOD", "ERRDSP", "TRSDSP", "BNKFLG",
        "REQNBR", "REQSTA", "RTNFLG", "YURREF", "TRSNUM", "TOTAMT", "SUCNUM", "SUCAMT",
        "BTHDTL", "EACNBR", "EACNAM", "TRSDAT", "RTNCOD", "RTNTXT", "RETCOD", "ERRMSG",
    ];

    private readonly (string Name, string Value, long Offset)[] _fields = new (string, string, long)[MostFields];
    private readonly string[] _interned = new string[256];
    private int _count;

    public string Name { get; private set; } = "";
    public long Line { get; private set; }

    public void Begin(FlatXmlReader reader)
    {
        (Name, Line, _count) = (Known(reader.Name), reader.Line, 0);
    }

    /// <summary>Takes the field the reader stands on. What is not
    /// text of the character set is an error and left out.</summary>
    public void Add(FlatXmlReader reader, IMessageSink sink)
    {
        var name = Known(reader.Name);
        if (name.Length == 0) return;
        if (_count == MostFields)
            sink.Error(new(reader.Line, name, reader.Offset, "", "a block has too many fields"));
        else if (Resolved(reader.Value) is not { } value)
            sink.Error(new(reader.Line, name, reader.ValueOffset, "", $"is not text in {charset.Name}"));
        else _fields[_count++] = (name, value, reader.ValueOffset);
    }

    /// <summary>The field's text, or empty.</summary>
    public string Text(string name)
    {
        for (var i = 0; i < _count; i++)
            if (ReferenceEquals(_fields[i].Name, name) || _fields[i].Name == name) return _fields[i].Value;
        return "";
    }

    public string? Required(string name, IMessageSink sink)
    {
        var text = Text(name);
        if (text.Length > 0) return text;
        Refuse(name, sink, "is missing");
        return null;
    }

    /// <summary>An amount that must be there.</summary>
    public Money? Amount(string name, IMessageSink sink)
    {
        if (Amount(name, sink, out var amount) && amount is null) Refuse(name, sink, "is missing");
        return amount;
    }

    /// <summary>An amount in yuan; null where the field is absent or empty. False if it is no amount.</summary>
    public bool Amount(string name, IMessageSink sink, out Money? amount)
    {
        amount = null;
        var text = Text(name);
        if (text.Length == 0) return true;
        if (Money.ParseYuan(text, out var read) == MoneyText.Valid && read.Fen is >= 0 and <= MostFen)
        {
            amount = read;
            return true;
        }
        Refuse(name, sink, "is not an amount in yuan");
        return false;
    }

    /// <summary>A count; null where the field is absent or empty. False if it is no count.</summary>
    public bool Count(string name, IMessageSink sink, out int? count)
    {
        count = null;
        var text = Text(name);
        if (text.Length == 0) return true;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var read))
        {
            count = read;
            return true;
        }
        Refuse(name, sink, "is not a count");
        return false;
    }

    /// <summary>A day yyyyMMdd; null where the field is absent or empty. False if it is no day.</summary>
    public bool Date(string name, IMessageSink sink, out LocalDate? day)
    {
        day = null;
        var text = Text(name);
        if (text.Length == 0) return true;
        if (DateOnly.TryParseExact(text, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read))
        {
            day = LocalDate.FromDateOnly(read);
            return true;
        }
        Refuse(name, sink, "is not a day yyyyMMdd");
        return false;
    }

    private void Refuse(string name, IMessageSink sink, string reason)
    {
        var at = Array.FindIndex(_fields, 0, _count, field => field.Name == name);
        var (_, value, offset) = at < 0 ? (name, "", 0) : _fields[at];
        sink.Error(new(Line, name, offset, value, reason));
    }

    private static string Known(ReadOnlySpan<byte> name)
    {
        foreach (var known in KnownNames)
            if (known.Length == name.Length && Ascii.Equals(name, known)) return known;
        return "";
    }

    /// <summary>Text of the field with references resolved, or null.
    /// Single characters, the codes, cost no new string.</summary>
    private string? Resolved(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes.Trim(" \t\r\n"u8);
        if (bytes.IsEmpty) return "";
        if (bytes.Length == 1 && bytes[0] < 0x80 && bytes[0] != '&')
            return _interned[bytes[0]] ??= ((char)bytes[0]).ToString();
        if (!charset.TryDecode(bytes, out var text) || text.Contains('\0')) return null;
        return bytes.Contains((byte)'&') ? XmlReferences.Resolved(text) : text;
    }
}

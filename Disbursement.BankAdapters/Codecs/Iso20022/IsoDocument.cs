using System.Text;
using System.Xml;
using Disbursement.BankAdapters.Profiles;
using Disbursement.Engine.Files;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;
using NodaTime.Text;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>An ISO 20022 document being written: UTF-8 without byte order mark, each value checked, so that what XML
/// 1.0 or the bank's widths cannot hold is refused with its row (0 is the head).</summary>
internal sealed class IsoDocument(Stream output) : IDisposable
{
    /// <summary>Option of a form: the version of the business application header written before the document; none
    /// without it.</summary>
    public const string HeaderOption = "businessHeader";

    /// <summary>Option of a form: the element around header and document.</summary>
    public const string WrapperOption = "wrapper";

    /// <summary>The versions of head.001 that are written.</summary>
    public static IReadOnlyList<string> Headers { get; } = ["head.001.001.01", "head.001.001.02"];

    private const string Schemas = "urn:iso:std:iso:20022:tech:xsd:";

    private static readonly LocalDateTimePattern Here =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'+08:00'");

    private static readonly LocalDateTimePattern Universal =
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm:ss'Z'");

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // Every text is checked here, so that a refusal names its row.
        CheckCharacters = false,
        NewLineHandling = NewLineHandling.None,
    };

    private readonly XmlWriter _xml = XmlWriter.Create(output, Settings);
    private readonly List<LocatedError> _errors = [];

    public IReadOnlyList<LocatedError> Errors => _errors;

    /// <summary>The row being written, for refusals.</summary>
    public int Row { get; set; }

    public void Dispose() => _xml.Dispose();

    /// <summary>A moment of the bank's place (Asia/Shanghai has one offset).</summary>
    public static string Local(LocalDateTime moment) => Here.Format(moment);

    /// <summary>Begins a document, behind its business application header where the profile's outbound form asks for
    /// one: from the customer by the bank's id of it, to the bank by its CNAPS number.</summary>
    public void Begin(BankProfile profile, string message, string id, PaymentPlan payer, LocalDateTime createdAt)
    {
        _xml.WriteStartDocument();
        Line();
        var header = profile.Outbound.Option(HeaderOption, "");
        if (header.Length > 0)
        {
            _xml.WriteStartElement(profile.Outbound.Option(WrapperOption, "Envelope"));
            _xml.WriteStartElement("AppHdr", Schemas + header);
            Open("Fr");
            Open("OrgId");
            Leaf("Nm", payer.PayerName, profile.Limits.NameWidth);
            if (payer.CustomerId.Length > 0) Nested(payer.CustomerId, 35, "Id", "OrgId", "Othr", "Id");
            Close(2);
            Agent(payer.PayerBankCode, "", 0, "To", "FIId");
            Leaf("BizMsgIdr", id, 35);
            Leaf("MsgDefIdr", message);
            // .01 takes no other than universal time.
            Leaf("CreDt", Universal.Format(createdAt.PlusHours(-8)));
            Close();
            Line();
        }
        _xml.WriteStartElement("Document", Schemas + message);
    }

    /// <summary>Closes every element.</summary>
    public void End() => _xml.WriteEndDocument();

    public void Open(string element) => _xml.WriteStartElement(element);

    public void Close(int elements = 1)
    {
        for (; elements > 0; elements--) _xml.WriteEndElement();
    }

    /// <summary>An amount in CNY, between one fen and the bank's most.</summary>
    public void Amount(string element, Money amount, long mostFen)
    {
        if (amount <= Money.Zero || amount.Fen > mostFen)
            Refuse(element, amount.ToYuan(), $"not between 0.01 and {new Money(mostFen)}");
        _xml.WriteStartElement(element);
        _xml.WriteAttributeString("Ccy", "CNY");
        _xml.WriteString(amount.ToYuan());
        _xml.WriteEndElement();
    }

    /// <summary>An agent by its CNAPS number (联行号); CNAPS is a code of
    /// ExternalClearingSystemIdentification1Code.</summary>
    public void Agent(string cnaps, string name, int nameWidth, params ReadOnlySpan<string> within)
    {
        foreach (var element in within) Open(element);
        Open("FinInstnId");
        Open("ClrSysMmbId");
        Nested("CNAPS", 5, "ClrSysId", "Cd");
        Leaf("MmbId", cnaps, 12);
        Close();
        if (name.Length > 0) Leaf("Nm", name, nameWidth);
        Close(1 + within.Length);
    }

    public void Nested(string value, int width, params ReadOnlySpan<string> path)
    {
        foreach (var element in path[..^1]) Open(element);
        Leaf(path[^1], value, width);
        Close(path.Length - 1);
    }

    /// <summary>Writes a value that comes from outside, or refuses it.</summary>
    public void Leaf(string element, string value, int width)
    {
        var fault = value.Length == 0 ? "empty"
            : FirstUnwritable(value) is >= 0 and var at ? $"character {at + 1} cannot stand in XML text"
            : Encoding.UTF8.GetByteCount(value) > width ? $"wider than {width} bytes" : null;
        if (fault is null) Leaf(element, value);
        else Refuse(element, value, fault);
    }

    /// <summary>Writes a value of ours.</summary>
    public void Leaf(string element, string value)
    {
        _xml.WriteStartElement(element);
        _xml.WriteString(value);
        _xml.WriteEndElement();
    }

    public void Refuse(string field, string value, string reason) =>
        _errors.Add(new LocatedError(Row, field, -1, value, reason));

    public void Line() => _xml.WriteWhitespace("\n");

    /// <summary>Index of the first character that XML 1.0 cannot hold or
    /// a reader would change (controls, half a pair), or -1.</summary>
    private static int FirstUnwritable(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) i++;
            else if (char.IsControl(c) || !XmlConvert.IsXmlChar(c)) return i;
        }
        return -1;
    }
}

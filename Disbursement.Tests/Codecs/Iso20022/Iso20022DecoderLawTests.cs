using System.Globalization;
using System.Text;
using System.Xml;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using FsCheck.Xunit;
using Xunit;

namespace Disbursement.Tests.Codecs.Iso20022;

public class Iso20022DecoderLawTests
{
    private static readonly byte[][] Goldens =
    [
        .. new[] { "pain.002.xml", "camt.053.xml", "camt.054.xml" }.Select(SampleFile.Golden),
        .. new[] { "pain.002.001.03", "camt.052.001.08", "camt.053.001.02", "camt.054.001.04", "camt.029-lines" }
            .Select(name => CodecSamples.Golden("iso20022-older", name + ".golden")),
    ];

    [Property(MaxTest = 200)]
    public void Random_bytes_never_throw_and_say_where(byte[] bytes) =>
        Assert.All(CollectedMessage.OfIso(bytes).Errors, e => Assert.InRange(e.ByteOffset, 0, bytes.Length));

    [Property(MaxTest = 500)]
    public void Mutated_goldens_never_throw_and_say_where(int which, (int At, byte Value)[] changes, int cut)
    {
        byte[] bytes = [.. Goldens[(which & int.MaxValue) % Goldens.Length]];
        foreach (var (at, value) in changes) bytes[(at & int.MaxValue) * 31L % bytes.Length] = value;
        if (cut % 3 == 0) bytes = bytes[..(int)((cut & int.MaxValue) * 17L % bytes.Length)];
        var read = CollectedMessage.OfIso(bytes);
        Assert.True(read.Parts + read.Errors.Count > 0);
        Assert.All(read.Errors, e => Assert.InRange(e.ByteOffset, 0, bytes.Length));
    }

    [Property(MaxTest = 500)]
    public void Goldens_with_pieces_moved_about_never_throw(int which, (int From, byte Length, int To)[] moves)
    {
        var golden = Goldens[(which & int.MaxValue) % Goldens.Length];
        var text = new StringBuilder(Encoding.UTF8.GetString(golden));
        foreach (var (from, length, to) in moves)
        {
            var start = (int)((from & int.MaxValue) * 31L % text.Length);
            var piece = text.ToString(start, Math.Min(length, text.Length - start));
            text.Remove(start, piece.Length).Insert((int)((to & int.MaxValue) * 31L % (text.Length + 1L)), piece);
        }
        var read = CollectedMessage.OfIso(text.ToString());
        Assert.True(read.Parts + read.Errors.Count > 0);
    }

    [Property(MaxTest = 200)]
    public void What_a_bank_answers_is_read_back_line_by_line((uint Fen, byte Word, string? Name)[] rows)
    {
        var words = new[] { ("ACSC", LineWord.Settled), ("RJCT", LineWord.Rejected), ("ACSP", LineWord.Pending) };
        var expected = rows.Select((r, i) =>
        {
            var (status, word) = words[r.Word % 3];
            var row = (i + 1).ToString("00000000", CultureInfo.InvariantCulture);
            var (reason, code, text) = word == LineWord.Rejected
                ? (ReturnReason.NameMismatch, "BE01", "户名与账号不符")
                : (ReturnReason.None, status, "");
            return new ReportLine(i + 1, row, "6217999900000000016", Clean(r.Name), new Money(r.Fen), word,
                reason, code, text, "SB1", null);
        }).ToArray();
        var read = CollectedMessage.OfIso(Answer(expected, i => words[rows[i].Word % 3].Item1));
        Assert.Empty(read.Errors);
        Assert.Equal(expected, read.Lines);
    }

    private static string Clean(string? name) =>
        new string([.. (name ?? "").Where(c => !char.IsControl(c) && XmlConvert.IsXmlChar(c))]).Trim();

    /// <summary>A bank's pain.002, written with no code of the product.</summary>
    private static byte[] Answer(ReportLine[] lines, Func<int, string> status)
    {
        var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("Document", "urn:iso:std:iso:20022:tech:xsd:pain.002.001.10");
            xml.WriteStartElement("CstmrPmtStsRpt");
            xml.WriteStartElement("OrgnlGrpInfAndSts");
            xml.WriteElementString("OrgnlMsgId", SampleFile.Reference);
            xml.WriteEndElement();
            xml.WriteStartElement("OrgnlPmtInfAndSts");
            for (var i = 0; i < lines.Length; i++) WriteLine(xml, lines[i], status(i));
        }
        return output.ToArray();
    }

    private static void WriteLine(XmlWriter xml, ReportLine line, string status)
    {
        xml.WriteStartElement("TxInfAndSts");
        xml.WriteElementString("OrgnlEndToEndId", SampleFile.Reference + line.RowReference);
        xml.WriteElementString("TxSts", status);
        if (status == "RJCT") Nested(xml, line.ReasonCode, "StsRsnInf", "Rsn", "Cd");
        xml.WriteElementString("AcctSvcrRef", line.BankReference);
        xml.WriteStartElement("OrgnlTxRef");
        xml.WriteStartElement("Amt");
        xml.WriteStartElement("InstdAmt");
        xml.WriteAttributeString("Ccy", "CNY");
        xml.WriteString(line.Amount.ToYuan());
        xml.WriteEndElement();
        xml.WriteEndElement();
        Nested(xml, line.Name, "Cdtr", "Pty", "Nm");
        Nested(xml, line.Account, "CdtrAcct", "Id", "Othr", "Id");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Nested(XmlWriter xml, string value, params ReadOnlySpan<string> path)
    {
        foreach (var element in path) xml.WriteStartElement(element);
        xml.WriteString(value);
        foreach (var _ in path) xml.WriteEndElement();
    }
}

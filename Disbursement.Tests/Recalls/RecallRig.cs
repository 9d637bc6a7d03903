using System.Text;
using System.Text.Json.Nodes;
using Disbursement.Engine.People;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Recalls;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Samples;
using Disbursement.Host.Security;
using Disbursement.Tests.Returns;

namespace Disbursement.Tests.Recalls;

/// <summary>A file of four lines at a bank that answers by ISO 20022, two people who call it back, and what the bank
/// writes about that.</summary>
internal sealed class RecallRig : IDisposable
{
    private const string Schemas = "urn:iso:std:iso:20022:tech:xsd:";
    private readonly Dictionary<string, KeyPairPem> _keys = [];
    private int _messages;

    public RecallRig(string engine = Storage.Engines.Sqlite, bool wholeFileDebit = false)
    {
        Money = new MoneyRig(engine: engine, own: ("recalling-bank", Recalling), wholeFileDebit: wholeFileDebit);
        foreach (var (handle, roles, number) in new[] { ("treasurer", Roles.Treasurer, 1), ("other", Roles.Clerk, 2) })
        {
            var key = _keys[handle] = Ed25519Keys.Generate();
            Money.Run(new Command("person.enrol", ("person", handle), ("roles", roles)).With(new Enrolment("样例",
                SampleIdentifiers.Identity($"52010119900101{number:000}"), ApprovalSignature.Ed25519, key.PublicPem)
                .Document()));
        }
    }

    public MoneyRig Money { get; }
    public static string Reference => MoneyRig.Reference;

    public void Dispose() => Money.Dispose();

    public Decision<Outcome> Decide(string person, Command command)
    {
        var text = Encoding.UTF8.GetBytes(Approval.Text(MoneyRig.Ledger, command, person));
        var signature = ApprovalSignature.Sign(_keys[person].PrivatePem, text);
        return Money.Runner.Run(MoneyRig.Ledger,
            command.With(Approval.Document(MoneyRig.Ledger, command, person, signature.Base64)));
    }

    /// <summary>Two people call rows back; the request is sealed, and so may have gone, unless said otherwise.
    /// </summary>
    public RecallRow Asked(string rows, bool isSealed = true)
    {
        var command = SampleRecall.Of(Money.TheFile.File, "Duplicate", rows);
        Decide("treasurer", command);
        var row = (RecallRow)Decide("other", command).Value.Result!;
        if (isSealed)
            Money.Run(new Command("recall.seal", ("file", row.File), ("recall", row.Recall))
                .With(new InputDocument(RecallSeal.Body, Encoding.UTF8.GetBytes($"bytes {row.Reference}"),
                    Personal: true)));
        return row;
    }

    /// <summary>The bank's answer line by line: row and status; the confirmation is carried out in part.</summary>
    public void Answer(string named, params (long Row, string Status)[] lines) => Answer(named, "PECR", lines);

    public void Answer(string named, string confirmation, params (long Row, string Status)[] lines) => Money.Receive(
        Name("result"), $"<Document xmlns=\"{Schemas}camt.029.001.09\"><RsltnOfInvstgtn>"
        + "<Assgnmt><Id>BANK7</Id></Assgnmt>"
        + $"<RslvdCase><Id>{named}</Id></RslvdCase><Sts><Conf>{confirmation}</Conf></Sts><CxlDtls><OrgnlPmtInfAndSts>"
        + $"<OrgnlPmtInfId>{Reference}</OrgnlPmtInfId>" + string.Concat(lines.Select(l =>
            $"<TxInfAndSts><OrgnlEndToEndId>{Reference}{l.Row:00000000}</OrgnlEndToEndId>"
            + $"<TxCxlSts>{l.Status}</TxCxlSts>"
            + $"<CxlStsRsnInf><Rsn><Cd>DUPL</Cd></Rsn></CxlStsRsnInf>{Payment(l.Row)}</TxInfAndSts>"))
        + "</OrgnlPmtInfAndSts></CxlDtls></RsltnOfInvstgtn></Document>");

    /// <summary>The bank's answer about the whole file.</summary>
    public void AnswerWhole(string named, string confirmation, string status) => Money.Receive(Name("result"),
        $"<Document xmlns=\"{Schemas}camt.029.001.09\"><RsltnOfInvstgtn><Assgnmt><Id>BANK7</Id></Assgnmt>"
        + $"<RslvdCase><Id>{named}</Id></RslvdCase><Sts><Conf>{confirmation}</Conf></Sts><CxlDtls><OrgnlGrpInfAndSts>"
        + $"<OrgnlMsgId>{Reference}</OrgnlMsgId><GrpCxlSts>{status}</GrpCxlSts><CxlStsRsnInf><Rsn><Cd>DUPL</Cd></Rsn>"
        + "</CxlStsRsnInf></OrgnlGrpInfAndSts></CxlDtls></RsltnOfInvstgtn></Document>");

    /// <summary>The bank's ordinary report.</summary>
    public void Report(params (long Row, string Status)[] lines) => Money.Receive(Name("result"),
        $"<Document xmlns=\"{Schemas}pain.002.001.10\"><CstmrPmtStsRpt><OrgnlGrpInfAndSts>"
        + $"<OrgnlMsgId>{Reference}</OrgnlMsgId>"
        + "</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>" + string.Concat(lines.Select(l =>
            $"<TxInfAndSts><OrgnlEndToEndId>{Reference}{l.Row:00000000}</OrgnlEndToEndId><TxSts>{l.Status}</TxSts>"
            + $"<OrgnlTxRef><Amt><InstdAmt Ccy=\"CNY\">{Yuan(l.Row)}</InstdAmt></Amt>{Payee(l.Row)}</OrgnlTxRef>"
            + "</TxInfAndSts>"))
        + "</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>");

    private string Name(string what) => $"{Reference}-{what}-{++_messages}.xml";

    private static string Payment(long row) => $"<OrgnlInstdAmt Ccy=\"CNY\">{Yuan(row)}</OrgnlInstdAmt><OrgnlTxRef>"
        + $"{Payee(row)}</OrgnlTxRef>";

    private static string Payee(long row) =>
        $"<CdtrAcct><Id><Othr><Id>{MoneyRig.Account(row)}</Id></Othr></Id></CdtrAcct>";

    private static string Yuan(long row) => new Money(MoneyRig.Fen(row)).ToYuan();

    /// <summary>The sample bank, but it takes recalls and answers by ISO 20022.</summary>
    private static string Recalling(string profile)
    {
        var json = JsonNode.Parse(profile)!;
        json["id"] = "recalling-bank";
        json["inbound"] = Form("iso20022");
        json["recall"] = Form("camt.055.001.08");
        json["sources"]!["recall"] = "unsourced";
        return json.ToJsonString();
    }

    private static JsonObject Form(string codec) => new() { ["codec"] = codec, ["charset"] = "utf-8" };
}

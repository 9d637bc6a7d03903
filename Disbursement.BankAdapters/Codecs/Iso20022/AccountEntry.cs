using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>One transaction (TxDtls) of a booked entry.</summary>
internal sealed class EntryTransaction
{
    public string MessageId = "", PaymentId = "", EndToEnd = "", BankReference = "", Remittance = "", Note = "";
    public Party Debtor = new(), Creditor = new();
    public Money? Amount;
    public bool AmountSeen, Returned;
    public string ReasonCode = "", ReasonText = "";
}

/// <summary>Reads one Ntry of a camt.052, camt.053 or camt.054: what is booked,
/// and transaction by transaction what it is made of.</summary>
internal sealed class AccountEntry(IsoXml xml, int fileWidth)
{
    /// <summary>Files in one entry that can be told apart; an entry of more transactions names none.</summary>
    private const int MostReferences = 8;

    private readonly Reason _reason = new(xml);
    private readonly List<string> _references = [];
    private bool _sided, _stated;

    /// <summary>Signed: positive for credit. Null if amount or sign could not be read.</summary>
    public Money? Amount { get; private set; }

    /// <summary>False for what the bank only announces (PDNG, INFO, FUTR): no money moved yet.</summary>
    public bool Booked { get; private set; } = true;

    public bool Credit { get; private set; }

    /// <summary>Whether the entry has said so far which way the money went and whether it is booked: the schema has
    /// both before the details, not every bank does.</summary>
    public bool IsPlaced => _sided && _stated;
    public LocalDate? BookedOn { get; private set; }
    public LocalDate? ValueDate { get; private set; }
    public string BankReference { get; private set; } = "";
    public string BatchPaymentId { get; private set; } = "";
    public string Kind { get; private set; } = "";
    public string Note { get; private set; } = "";
    public int Transactions { get; private set; }

    /// <summary>Our references: the batch's where the bank names it, else those of its transactions, each once.
    /// </summary>
    public string Reference => BatchPaymentId.Length > 0 ? BatchPaymentId
        : _references.Count > MostReferences ? "" : string.Join(' ', _references);

    /// <summary>The first transaction, or an empty one where the entry has no details.</summary>
    public EntryTransaction First { get; private set; } = new();

    /// <summary>Reads the element stood on to its end; each transaction is handed on as soon as it is read.</summary>
    public void Read(Action<AccountEntry, EntryTransaction> each)
    {
        var depth = xml.Depth;
        Money? unsigned = null;
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "Amt": unsigned = xml.Amount(); break;
                case "CdtDbtInd":
                    var side = xml.Value();
                    (Credit, _sided) = (side is "CRDT", side is "CRDT" or "DBIT");
                    break;
                case "Sts": (Booked, _stated) = (xml.Value() is "BOOK", true); break;
                case "BookgDt": BookedOn = xml.Date(); break;
                case "ValDt": ValueDate = xml.Date(); break;
                case "AcctSvcrRef": BankReference = xml.Text(); break;
                case "NtryRef" when BankReference.Length == 0: BankReference = xml.Text(); break;
                case "BkTxCd": Kind = ReadKind(); break;
                case "NtryDtls": ReadDetails(each); break;
                case "AddtlNtryInf": Note = xml.Text(); break;
                default: break;
            }
        }
        // Without its sign an amount says nothing.
        Amount = !_sided ? null : Credit ? unsigned : unsigned is { } debit ? -debit : null;
    }

    /// <summary>The bank's own code (WAGE, FEE …) as written; else
    /// domain, family and sub-family: "PMNT-ICDT-SALA".</summary>
    private string ReadKind()
    {
        var (depth, kind) = (xml.Depth, "");
        while (xml.Child(depth))
        {
            if (xml.Name == "Domn") kind = ReadDomain();
            else if (xml.Name == "Prtry" && xml.Descend("Cd")) kind = xml.Text();
        }
        return kind;
    }

    private string ReadDomain()
    {
        var depth = xml.Depth;
        string domain = "", family = "", sub = "";
        while (xml.Child(depth))
        {
            if (xml.Name == "Cd") domain = xml.Text();
            if (xml.Name != "Fmly") continue;
            var below = xml.Depth;
            while (xml.Child(below))
            {
                if (xml.Name == "Cd") family = xml.Text();
                else if (xml.Name == "SubFmlyCd") sub = xml.Text();
            }
        }
        return $"{domain}-{family}-{sub}";
    }

    private void ReadDetails(Action<AccountEntry, EntryTransaction> each)
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            if (xml.Name == "Btch") ReadBatch();
            if (xml.Name != "TxDtls") continue;
            var transaction = ReadTransaction();
            if (Transactions++ == 0) First = transaction;
            Name(transaction);
            each(this, transaction);
        }
    }

    private void Name(EntryTransaction transaction)
    {
        var reference = transaction.PaymentId.Length > 0 ? transaction.PaymentId
            : transaction.EndToEnd.Length > 0 ? References.File(transaction.EndToEnd, fileWidth)
            : transaction.MessageId;
        if (reference.Length == 0 || _references.Count > MostReferences || _references.Contains(reference)) return;
        _references.Add(reference);
    }

    private void ReadBatch()
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
            if (xml.Name == "PmtInfId") BatchPaymentId = References.Given(xml.Text());
    }

    private EntryTransaction ReadTransaction()
    {
        var depth = xml.Depth;
        var read = new EntryTransaction();
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "Refs": ReadReferences(read); break;
                case "Amt": read.Amount = xml.Amount(); read.AmountSeen = true; break;
                // Versions before .08 state the amount here only.
                case "AmtDtls" when !read.AmountSeen && xml.Descend("TxAmt", "Amt"):
                    read.Amount = xml.Amount();
                    read.AmountSeen = true;
                    break;
                case "RltdPties": ReadParties(read); break;
                case "RmtInf" when xml.Descend("Ustrd"): read.Remittance = xml.Text(); break;
                case "RtrInf":
                    read.Returned = true;
                    _reason.ReadOver(ref read.ReasonCode, ref read.ReasonText);
                    break;
                case "AddtlTxInf": read.Note = xml.Text(); break;
                default: break;
            }
        }
        return read;
    }

    private void ReadReferences(EntryTransaction into)
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "MsgId": into.MessageId = References.Given(xml.Text()); break;
                case "AcctSvcrRef": into.BankReference = References.Given(xml.Text()); break;
                case "PmtInfId": into.PaymentId = References.Given(xml.Text()); break;
                case "EndToEndId": into.EndToEnd = References.Given(xml.Text()); break;
                default: break;
            }
        }
    }

    private void ReadParties(EntryTransaction into)
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "Dbtr": into.Debtor.ReadName(xml); break;
                case "DbtrAcct": into.Debtor.ReadAccount(xml); break;
                case "Cdtr": into.Creditor.ReadName(xml); break;
                case "CdtrAcct": into.Creditor.ReadAccount(xml); break;
                default: break;
            }
        }
    }
}

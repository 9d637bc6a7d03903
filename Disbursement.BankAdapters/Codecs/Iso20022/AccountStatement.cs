using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Reads a camt.053 (BkToCstmrStmt): a head and its entries for every statement in it.</summary>
internal sealed class AccountStatement(IsoXml xml, int fileWidth, IMessageSink sink)
{
    private string _id = "", _account = "";
    private LocalDate? _from, _to, _openedOn, _closedOn;
    private Money? _opening, _closing;
    private Int128 _sum;
    private bool _told, _complete;
    private long _record;

    /// <summary>Reads the element stood on to its end.</summary>
    public void Read()
    {
        var (depth, statements) = (xml.Depth, 0);
        while (xml.Child(depth))
        {
            if (xml.Name != "Stmt") continue;
            statements++;
            ReadStatement();
        }
        if (statements == 0) xml.Missing("Stmt", "the message holds no statement");
    }

    private void ReadStatement()
    {
        var depth = xml.Depth;
        (_id, _account, _opening, _closing) = ("", "", null, null);
        (_from, _to, _openedOn, _closedOn) = (null, null, null, null);
        (_sum, _told, _complete) = (0, false, true);
        var usable = true;
        while (usable && xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "Id": _id = xml.Text(); break;
                case "FrToDt": ReadPeriod(); break;
                case "Acct": ReadAccount(); break;
                case "Bal": ReadBalance(); break;
                case "Ntry" when usable = Told(): ReadEntry(); break;
                default: break;
            }
        }
        // Without a readable head there is nothing its entries could be booked under.
        while (!usable && xml.Child(depth)) { }
        if (usable && Told()) CheckSum();
    }

    private void ReadPeriod()
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            if (xml.Name is "FrDtTm" or "FrDt") _from = xml.Date();
            else if (xml.Name is "ToDtTm" or "ToDt") _to = xml.Date();
        }
    }

    private void ReadAccount()
    {
        var own = new Party();
        own.ReadAccount(xml);
        _account = own.Account;
    }

    private void ReadBalance()
    {
        var depth = xml.Depth;
        var (type, credit) = ("", true);
        Money? amount = null;
        LocalDate? day = null;
        while (xml.Child(depth))
        {
            switch (xml.Name)
            {
                case "Tp" when xml.Descend("CdOrPrtry"): type = xml.Text(); break;
                case "Amt" when type is "OPBD" or "PRCD" or "CLBD": amount = xml.Amount(); break;
                case "CdtDbtInd": credit = xml.Value() is "CRDT"; break;
                case "Dt": day = xml.Date(); break;
                default: break;
            }
        }
        if (amount is { } unsigned && !credit) amount = -unsigned;
        // PRCD is yesterday's closing balance; some banks open with it.
        if (type is "OPBD" || (type is "PRCD" && _opening is null)) (_opening, _openedOn) = (amount, day);
        if (type is "CLBD") (_closing, _closedOn) = (amount, day);
    }

    /// <summary>Tells the head once, before the first entry. False,
    /// with the error told, where a part of it is missing.</summary>
    private bool Told()
    {
        if (_told) return true;
        var missing = _account.Length == 0 ? "Acct/Id"
            : _opening is null ? "Bal[OPBD]"
            : _closing is null ? "Bal[CLBD]"
            : (_from ?? _openedOn) is null || (_to ?? _closedOn) is null ? "FrToDt" : null;
        if (missing is not null)
        {
            xml.Missing(missing, $"statement {_id} cannot be booked without it");
            return false;
        }
        sink.Statement(new StatementHead(_account, _id, (_from ?? _openedOn)!.Value, (_to ?? _closedOn)!.Value,
            _opening!.Value, _closing!.Value));
        return _told = true;
    }

    private void ReadEntry()
    {
        var entry = new AccountEntry(xml);
        entry.Read((_, _) => { });
        if (!entry.Booked) return;
        _record++;
        if (entry.Amount is not { } amount || (entry.BookedOn ?? entry.ValueDate) is not { } bookedOn)
        {
            _complete = false;
            xml.Missing("Ntry", $"record {_record} has no readable amount or booking date");
            return;
        }
        _sum += amount.Fen;
        var first = entry.First;
        // An entry of many transactions has no one counterparty.
        var other = entry.Transactions > 1 ? new Party() : entry.Credit ? first.Debtor : first.Creditor;
        var bankReference = entry.BankReference.Length > 0 ? entry.BankReference : first.BankReference;
        sink.Entry(new StatementEntry(_record, bankReference, bookedOn, amount, other.Name, other.Account,
            Reference(entry, first), Purpose(entry, first), entry.Kind));
    }

    private string Reference(AccountEntry entry, EntryTransaction first) =>
        entry.BatchPaymentId.Length > 0 ? entry.BatchPaymentId
        : first.PaymentId.Length > 0 ? first.PaymentId
        : first.EndToEnd.Length > 0 ? References.File(first.EndToEnd, fileWidth)
        : first.MessageId;

    private static string Purpose(AccountEntry entry, EntryTransaction first) =>
        first.Remittance.Length > 0 ? first.Remittance : entry.Note.Length > 0 ? entry.Note : first.Note;

    private void CheckSum()
    {
        var expected = _opening!.Value.Fen + _sum;
        if (!_complete || expected == _closing!.Value.Fen) return;
        xml.Missing("Bal[CLBD]", $"closes at {_closing}, its opening balance and entries come to {Yuan(expected)}");
    }

    private static string Yuan(Int128 fen) => fen >= long.MinValue && fen <= long.MaxValue
        ? new Money((long)fen).ToYuan() : $"{fen} fen";
}

using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Reads the three messages about an account, which differ in the name of their part only: camt.053 (Stmt), a
/// statement; camt.052 (Rpt) and camt.054 (Ntfctn), evidence that books nothing. A head and its booked entries for
/// every part; of the latter two also late returns (退票), a line each.</summary>
/// <remarks>What a statement does not say (account, period, balances) is null in its head and told where it should
/// stand: its entries still come, and nobody takes them for a whole statement.</remarks>
internal sealed class AccountReport(IsoXml xml, string part, StatementKind kind, LateReturns? returns, int fileWidth,
    IMessageSink sink)
{
    private AccountReportHead _head = new(xml);
    private StatedTotals _totals = new();
    private Int128 _sum;
    private bool _told, _complete, _bookable;
    private long _record;

    private bool IsStatement => kind == StatementKind.Statement;

    /// <summary>Reads the element stood on to its end.</summary>
    public void Read()
    {
        var (depth, parts) = (xml.Depth, 0);
        while (xml.Child(depth))
        {
            if (xml.Name != part) continue;
            parts++;
            ReadPart();
        }
        if (parts == 0) xml.Missing(part, $"the message holds no {part}");
    }

    private void ReadPart()
    {
        var depth = xml.Depth;
        (_head, _totals) = (new(xml), new());
        (_sum, _told, _complete) = (0, false, true);
        while (xml.Child(depth))
        {
            if (xml.Name == "TxsSummry") _totals.Read(xml);
            else if (xml.Name == "Ntry")
            {
                Tell();
                ReadEntry();
            }
            else _head.Take();
        }
        if (!_told && _head.IsEmpty)
        {
            xml.Missing(part, "says neither account nor balances nor entries");
            return;
        }
        Tell();
        CheckSum();
    }

    /// <summary>Tells the head once, before the first entry, and what it lacks.</summary>
    private void Tell()
    {
        if (_told) return;
        _told = true;
        sink.Statement(_head.Of(kind));
        var missing = _head.Missing(IsStatement).ToList();
        _bookable = IsStatement && missing.Count == 0;
        if (missing.Count == 0) return;
        xml.Missing(missing[0], IsStatement
            ? $"statement {_head.Id} states no {string.Join(", ", missing)}: it is read, and cannot be booked"
            : $"report {_head.Id} states no {missing[0]}");
    }

    private void ReadEntry()
    {
        var entry = new AccountEntry(xml, fileWidth);
        if (returns is null) entry.Read((_, _) => { });
        else returns.Read(_head, entry);
        _totals.Count(entry);
        if (!entry.Booked) return;
        _record++;
        var bookedOn = entry.BookedOn ?? entry.ValueDate ?? _head.OnlyDay;
        if (entry.Amount is null || (_bookable && bookedOn is null))
        {
            _complete = false;
            xml.Missing("Ntry", $"record {_record} has no readable amount, sign or booking date");
        }
        if (entry.Amount is not { } booked) return;
        _sum += booked.Fen;
        var first = entry.First;
        // An entry of many transactions has no one counterparty.
        var other = entry.Transactions > 1 ? new Party() : entry.Credit ? first.Debtor : first.Creditor;
        var bankReference = entry.BankReference.Length > 0 ? entry.BankReference : first.BankReference;
        sink.Entry(new StatementEntry(_record, bankReference, bookedOn, booked, other.Name, other.Account,
            entry.Reference, Purpose(entry, first), entry.Kind));
    }

    private static string Purpose(AccountEntry entry, EntryTransaction first) =>
        first.Remittance.Length > 0 ? first.Remittance : entry.Note.Length > 0 ? entry.Note : first.Note;

    /// <summary>Compares what was read with what the message says of itself.</summary>
    private void CheckSum()
    {
        if (!_complete) return;
        // A report of totals alone (camt.052) lists no entry to compare.
        foreach (var (field, stated, found) in IsStatement || _totals.HasEntries ? _totals.Wrong() : [])
            xml.Refuse(field, stated, $"the entries come to {found}");
        if (!_bookable || _head is not { Opening: { } opening, Closing: { } closing }) return;
        var expected = opening.Fen + _sum;
        if (expected == closing.Fen) return;
        xml.Missing("Bal[CLBD]",
            $"closes at {closing}, its opening balance and entries come to {StatedTotals.Yuan(expected)}");
    }
}

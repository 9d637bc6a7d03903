using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>Finds late returns (退票) among an account's entries: booked credits whose transactions carry RtrInf.
/// </summary>
/// <remarks>Where the file changes, a new head is told.</remarks>
internal sealed class LateReturns(IsoXml xml, StatusCodes codes, int fileWidth, IMessageSink sink)
{
    private string? _file;
    private AccountReportHead _report = new(xml);
    private long _record;
    private readonly List<EntryTransaction> _waiting = [];
    private EntryTransaction? _withoutAmount;

    /// <summary>Reads the Ntry stood on to its end.</summary>
    public void Read(AccountReportHead report, AccountEntry entry)
    {
        _report = report;
        entry.Read(Each);
        // Only now is it known which way the money went, or that nobody says whether it is booked.
        foreach (var transaction in _waiting) Judge(entry, transaction);
        _waiting.Clear();
        if (_withoutAmount is not { } only) return;
        _withoutAmount = null;
        // A single transaction need not repeat the entry's amount.
        if (entry.Transactions == 1 && entry.Amount is { } amount) Return(entry, only, amount);
        else xml.Missing("TxDtls/Amt", $"record {_record} states no amount");
    }

    private void Each(AccountEntry entry, EntryTransaction transaction)
    {
        if (!transaction.Returned) return;
        if (entry.IsPlaced) Judge(entry, transaction);
        else _waiting.Add(transaction);
    }

    private void Judge(AccountEntry entry, EntryTransaction transaction)
    {
        if (!entry.Credit || !entry.Booked) return;
        _record++;
        if (transaction.Amount is { } amount) Return(entry, transaction, amount);
        else if (transaction.AmountSeen) return; // Seen and refused: told already.
        else if (entry.Transactions == 1) _withoutAmount = transaction;
        else xml.Missing("TxDtls/Amt", $"record {_record} states no amount");
    }

    private void Return(AccountEntry entry, EntryTransaction back, Money amount)
    {
        var stated = back.PaymentId.Length > 0 ? back.PaymentId
            : entry.BatchPaymentId.Length > 0 ? entry.BatchPaymentId : back.MessageId;
        var file = stated.Length > 0 ? stated : References.File(back.EndToEnd, fileWidth);
        if (file != _file) Head(file);
        // Banks differ in whether a return turns the parties round: the payee is whoever is not the account's owner.
        var payee = back.Creditor.Account != _report.Account ? back.Creditor : back.Debtor;
        var (reason, meaning) = codes.OfReturn(back.ReasonCode);
        sink.Line(new ReportLine(_record, References.Row(file, back.EndToEnd), payee.Account, payee.Name, amount,
            LineWord.Returned, reason, back.ReasonCode, back.ReasonText.Length > 0 ? back.ReasonText : meaning,
            back.BankReference.Length > 0 ? back.BankReference : entry.BankReference,
            entry.ValueDate ?? entry.BookedOn));
    }

    private void Head(string file)
    {
        _file = file;
        sink.Head(new MessageHead(MessageKind.LateReturns, file.Length > 0 ? file : null, _report.Id,
            FileWord.None, "", "", null, null));
    }
}

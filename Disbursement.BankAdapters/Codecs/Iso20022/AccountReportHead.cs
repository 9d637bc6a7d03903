using System.Globalization;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Returns;
using NodaTime;

namespace Disbursement.BankAdapters.Codecs.Iso20022;

/// <summary>What a Stmt, Rpt or Ntfctn says of itself before its entries.</summary>
internal sealed class AccountReportHead(IsoXml xml)
{
    private LocalDate? _from, _to, _openedOn, _closedOn;
    private (Money? Amount, LocalDate? Day) _opening, _before, _closing;
    private readonly List<(Money? Amount, LocalDate? Day)> _interim = [];
    private int _page = 1;
    private bool _isLastPage = true;

    public string Id { get; private set; } = "";
    public string Account { get; private set; } = "";

    /// <summary>OPBD; else PRCD, yesterday's closing balance, as some banks open with it; of a later page ITBD.
    /// </summary>
    public Money? Opening => Opened.Amount;

    /// <summary>CLBD; of a page that is not the last ITBD.</summary>
    public Money? Closing => Closed.Amount;

    /// <summary>The day where it covers one: an entry without a day was booked on it.</summary>
    public LocalDate? OnlyDay => From is { } from && from == To ? from : null;

    public bool IsEmpty => Account.Length == 0 && Opening is null && Closing is null && _interim.Count == 0;

    private LocalDate? From => _from ?? _openedOn ?? Opened.Day;
    private LocalDate? To => _to ?? _closedOn ?? Closed.Day;

    private (Money? Amount, LocalDate? Day) Opened =>
        _opening.Amount is not null ? _opening
        : _before.Amount is not null ? _before
        : _page > 1 && _interim.Count > 0 ? _interim[0] : default;

    private (Money? Amount, LocalDate? Day) Closed =>
        _closing.Amount is not null ? _closing
        : !_isLastPage && _interim.Count > (_page > 1 ? 1 : 0) ? _interim[^1] : default;

    /// <summary>Takes the element stood on.</summary>
    public void Take()
    {
        switch (xml.Name)
        {
            case "Id": Id = xml.Text(); break;
            case "StmtPgntn" or "RptPgntn" or "NtfctnPgntn": ReadPage(); break;
            case "FrToDt": ReadPeriod(); break;
            case "Acct":
                var own = new Party();
                own.ReadAccount(xml);
                Account = own.Account;
                break;
            case "Bal": ReadBalance(); break;
            default: break;
        }
    }

    /// <summary>The head as the engine takes it. A page is a statement of its own: balances chain over pages.</summary>
    public StatementHead Of(StatementKind kind) => new(Account,
        _page > 1 || !_isLastPage ? string.Create(CultureInfo.InvariantCulture, $"{Id}/{_page}") : Id,
        From, To, Opening, Closing, kind);

    /// <summary>What is not there and a statement cannot be booked without; a report needs only its account.</summary>
    public IEnumerable<string> Missing(bool isStatement)
    {
        if (Account.Length == 0) yield return "Acct/Id";
        if (!isStatement) yield break;
        if (Opening is null) yield return "Bal[OPBD]";
        if (Closing is null) yield return "Bal[CLBD]";
        if (From is null || To is null) yield return "FrToDt";
    }

    private void ReadPage()
    {
        var depth = xml.Depth;
        while (xml.Child(depth))
        {
            if (xml.Name == "PgNb")
            {
                var text = xml.Value();
                if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var page)) _page = page;
                else xml.Refuse("PgNb", text.ToString(), "not a page number");
            }
            else if (xml.Name == "LastPgInd") _isLastPage = xml.Value() is not ("false" or "0");
        }
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
                case "Amt" when type is "OPBD" or "PRCD" or "CLBD" or "ITBD": amount = xml.Amount(); break;
                case "CdtDbtInd": credit = xml.Value() is "CRDT"; break;
                case "Dt": day = xml.Date(); break;
                default: break;
            }
        }
        if (amount is { } unsigned && !credit) amount = -unsigned;
        switch (type)
        {
            case "OPBD": (_opening, _openedOn) = ((amount, day), day); break;
            case "PRCD": _before = (amount, day); break;
            case "CLBD": (_closing, _closedOn) = ((amount, day), day); break;
            case "ITBD": _interim.Add((amount, day)); break;
            default: break;
        }
    }
}

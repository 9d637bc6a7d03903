namespace Disbursement.BankAdapters.Sandbox;

/// <summary>What becomes of a recall at this bank: a row not paid yet is not paid any more, all else stays as it is.
/// Codes are those of ISO 20022's ExternalPaymentCancellationRejection1Code.</summary>
internal static class RecallVerdict
{
    /// <summary>ARDT: the money came back already; NOOR: no such payment; PTNA: it is with the payee's bank.</summary>
    private const string CameBack = "ARDT", NoSuchPayment = "NOOR", Paid = "PTNA";

    /// <param name="file">The file called back, or null where the bank does not have it.</param>
    /// <param name="rows">All its rows.</param>
    public static IReadOnlyList<RecalledRow> Of(RecallOrder order, BookedFile? file, IReadOnlyList<TakenRow> rows)
    {
        if (order.IsWhole) return [.. rows.Select(r => new RecalledRow(r.Reference, r.Account, r.Fen, Why(file!, r)))];
        var byReference = rows.GroupBy(r => r.Reference).ToDictionary(g => g.Key, g => g.First());
        return [.. order.Rows.Select(asked => new RecalledRow(asked.RowReference, asked.Account, asked.Fen,
            file is not null && byReference.TryGetValue(asked.RowReference, out var row) && row.Fen == asked.Fen
                && row.Account == asked.Account ? Why(file, row) : NoSuchPayment))];
    }

    /// <summary>Why a row is not called back; empty where it is.</summary>
    private static string Why(BookedFile file, TakenRow row) => row.Fate switch
    {
        _ when file.Cancelled.Contains(row.Reference) => CameBack,
        _ when row.Fate.Rejected() => NoSuchPayment,
        Fate.ReturnsLate when file.ReturnedBy > 0 => CameBack,
        _ => file.IsPaid(row) ? Paid : "",
    };
}

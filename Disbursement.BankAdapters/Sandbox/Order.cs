namespace Disbursement.BankAdapters.Sandbox;

/// <summary>A disbursement file (代发文件) as the bank read it.</summary>
/// <param name="Reference">The customer's file reference: from
/// inside the file, or its name where the form carries none.</param>
/// <param name="StatedRows">Row counts the file states of itself, each with the place it stands at.</param>
/// <param name="StatedFen">Totals the file states of itself, in fen, each with the place it stands at.</param>
public sealed record Order(string Reference, string PayerAccount, string PayerName, string Purpose,
    IReadOnlyList<Stated> StatedRows, IReadOnlyList<Stated> StatedFen, IReadOnlyList<OrderRow> Rows)
{
    /// <summary>The sum of the rows in fen.</summary>
    public long TotalFen => Rows.Sum(r => r.Fen);
}

/// <summary>A control figure and the field it was read from.</summary>
public readonly record struct Stated(string Field, long Value);

/// <summary>One credit asked for. RowReference is what the bank repeats in its answer, as the file wrote it.</summary>
public readonly record struct OrderRow(string RowReference, string Account, string Name, long Fen)
{
    /// <summary>Number of the payee's bank (行号) as written; null where the file has no place for it.</summary>
    public string? Bank { get; init; }

    /// <summary>Name of the payee's bank (开户行) as written; null where the file has no place for it.</summary>
    public string? BankName { get; init; }

    /// <summary>What the payee reads beside the amount (附言); null where the file has no place for it.</summary>
    public string? Remark { get; init; }
}

/// <summary>An order, or what kept it from being read. Line is 1-based; 0 where none can be named.</summary>
public sealed record OrderReading(Order? Order, IReadOnlyList<OrderTrouble> Troubles)
{
    public static OrderReading Failed(OrderTrouble trouble) => new(null, [trouble]);
}

/// <summary>Something wrong in an order: the refusal it leads to, where it stands, what was found.</summary>
public sealed record OrderTrouble(FileRefusal Refusal, long Line, string Detail);

/// <summary>Why the bank refuses a whole file, in order of precedence.</summary>
public enum FileRefusal
{
    None, SignatureMissing, SignatureInvalid, WrongSigner, Structure, Duplicate, Count, Total, InsufficientFunds,
}

/// <summary>Reads a file by the bank's own form, and holds it to its own control figures.</summary>
public static class OrderReader
{
    /// <summary>Total: any bytes give an order or troubles, never an exception.</summary>
    public static OrderReading Read(Partner partner, string name, ReadOnlyMemory<byte> body) => partner switch
    {
        { Orders: { } form } when form == SbsOrder.Form => SbsOrder.Read(name, body),
        { Orders: { } form } => TextOrder.Read(form, name, body),
        { Id: "icbc-payper" } => PayperOrder.Read(body),
        { Id: "cmb-bb6bthhl" } => Bb6bthhlOrder.Read(body),
        { Id: "boc-b2e0078" } => B2e0078Order.Read(body),
        { Id: "citic-dlsalimp" } => DlsalimpOrder.Read(body),
        { Form: BankForm.IcbcText } => BxtOrder.Read(name, body),
        { Form: BankForm.CmbXml } => NtagcsalOrder.Read(body),
        _ => PainOrder.Read(body),
    };

    /// <summary>Control counts and totals against the rows. A file without any control figure is refused, unless its
    /// form has none: then only the signature proves it whole. So is one without payer, unless the form names none.
    /// </summary>
    public static IReadOnlyList<OrderTrouble> Check(Partner partner, Order order)
    {
        var (namesPayer, hasTotals) = partner.Orders is { } form ? (form.NamesPayer, form.HasTotals) : (true, true);
        var troubles = new List<OrderTrouble>();
        if (order.Rows.Count == 0) troubles.Add(new(FileRefusal.Structure, 0, "no rows"));
        if (namesPayer && order.PayerAccount.Length == 0)
            troubles.Add(new(FileRefusal.Structure, 0, "no payer account"));
        if (hasTotals && order.StatedRows.Count == 0) troubles.Add(new(FileRefusal.Count, 0, "no control count"));
        if (hasTotals && order.StatedFen.Count == 0) troubles.Add(new(FileRefusal.Total, 0, "no control total"));
        troubles.AddRange(order.StatedRows.Where(s => s.Value != order.Rows.Count)
            .Select(s => new OrderTrouble(FileRefusal.Count, 0,
                $"{s.Field} says {s.Value}, rows are {order.Rows.Count}")));
        troubles.AddRange(order.StatedFen.Where(s => s.Value != order.TotalFen)
            .Select(s => new OrderTrouble(FileRefusal.Total, 0,
                $"{s.Field} says {s.Value} fen, rows sum to {order.TotalFen} fen")));
        return troubles;
    }
}

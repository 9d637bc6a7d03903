using System.Globalization;
using NodaTime;

namespace Disbursement.Engine.Primitives;

/// <summary>A column found in a sheet: where it stands, and its heading as the user wrote it. Index -1: not
/// there.</summary>
public readonly record struct CellColumn(int Index, string Heading)
{
    public bool Exists => Index >= 0;
}

/// <summary>
/// Reads the cells of one sheet and collects every finding with its place, so that one import names all that is wrong.
/// A reading method that answers false has already recorded why.
/// </summary>
public sealed class CellReader(RawTable table)
{
    /// <summary>The most lines one sheet may have, its total row beside them: one payroll is decided and locked as a
    /// whole.</summary>
    public const int MaxRows = 50_000;

    /// <summary>The most one cell may hold: ten million yuan. Sums of a whole sheet then never overflow.</summary>
    public static readonly Money MaxMoney = new(1_000_000_000);

    /// <summary>The most one quantity may be, in hundredths: 100,000.00.</summary>
    public const long MaxHundredths = 10_000_000;

    private readonly List<Finding> _findings = [];

    /// <summary>True once a finding refuses the file.</summary>
    public bool Refused { get; private set; }

    public CellColumn Required(string chinese, string english, params ReadOnlySpan<string> others)
    {
        var column = Optional(chinese, english, others);
        if (!column.Exists)
            Add(new Finding(SheetRules.MissingColumn, new Place(table.File, 1, chinese, ""), chinese, english));
        return column;
    }

    public CellColumn Optional(string chinese, string english, params ReadOnlySpan<string> others)
    {
        var index = table.Column(chinese, english);
        if (index < 0) index = table.Column(others);
        return new CellColumn(index, index < 0 ? chinese : table.Columns[index]);
    }

    /// <summary>The rows, numbered; says so itself when there are none or too many, and stops there.</summary>
    /// <param name="total">Tells the total row (合计), which is no line of the sheet and, once, not counted.</param>
    public IEnumerable<RawRow> Rows(Func<RawRow, bool>? total = null)
    {
        var (count, totals) = (0, 0);
        foreach (var row in table.Rows)
        {
            if (totals == 0 && total?.Invoke(row) == true) totals = 1;
            else if (++count > MaxRows)
            {
                Add(new Finding(SheetRules.TooLong, new Place(table.File, row.Number, "", ""), Number(MaxRows)));
                yield break;
            }
            yield return row;
        }
        if (count + totals == 0) Add(new Finding(SheetRules.Empty, new Place(table.File, 0, "", "")));
    }

    public void Note(RefusalRule rule, RawRow row, CellColumn column, params string[] arguments) =>
        Add(new Finding(rule, new Place(table.File, row.Number, column.Heading, row[column.Index]), arguments));

    /// <summary>A finding of the sheet as a whole, or of the facts handed in with it.</summary>
    public void Note(RefusalRule rule, string column, string value, params string[] arguments) =>
        Add(new Finding(rule, new Place(table.File, 0, column, value), arguments));

    public bool Text(RawRow row, CellColumn column, out string text)
    {
        text = row[column.Index];
        if (text.Length > 0) return true;
        Note(SheetRules.RequiredCell, row, column);
        return false;
    }

    /// <summary>An identity number with a right check digit; a small x is read as X.</summary>
    public bool Identity(RawRow row, CellColumn column, IdentifierChecks checks, out string identity)
    {
        if (!Text(row, column, out identity)) return false;
        if (identity[^1] == 'x') identity = identity.ToUpperInvariant();
        if (checks.Identity(identity)) return true;
        Note(SheetRules.BadIdentity, row, column);
        return false;
    }

    public bool Date(RawRow row, CellColumn column, out LocalDate date)
    {
        date = default;
        if (!Text(row, column, out var text)) return false;
        if (SheetText.TryDate(text, out date)) return true;
        Note(SheetRules.BadDate, row, column);
        return false;
    }

    /// <summary>Like <see cref="Date"/>, but an empty cell is no date and no fault.</summary>
    public bool OptionalDate(RawRow row, CellColumn column, out LocalDate? date)
    {
        date = null;
        if (row[column.Index].Length == 0) return true;
        if (!Date(row, column, out var found)) return false;
        date = found;
        return true;
    }

    /// <summary>Money of zero or more, in yuan with at most two decimals.</summary>
    /// <param name="most">Beyond it the unit is wrong; that of a wage where none is given.</param>
    public bool Money(RawRow row, CellColumn column, out Money money, Money? most = null)
    {
        money = default;
        if (!Text(row, column, out var text)) return false;
        var bound = most ?? MaxMoney;
        var rule = Judge(Primitives.Money.ParseYuan(text, out money), money, bound.Fen);
        if (rule is null) return true;
        Note(rule, row, column, bound.ToYuan());
        NoteSign(rule, row, column);
        return false;
    }

    /// <summary>A quantity of zero or more in hundredths; an empty cell is zero.</summary>
    public bool Hundredths(RawRow row, CellColumn column, out long hundredths)
    {
        hundredths = 0;
        var text = row[column.Index];
        if (text.Length == 0) return true;
        // The grammar of a quantity with two decimals is that of yuan and fen.
        var rule = Judge(Primitives.Money.ParseYuan(text, out var read), read, MaxHundredths);
        hundredths = read.Fen;
        if (rule is null) return true;
        Note(rule, row, column, Number(MaxHundredths / 100));
        NoteSign(rule, row, column);
        return false;
    }

    /// <summary>Too many decimals hide no minus: who mends the one is told of the other at once.</summary>
    private void NoteSign(RefusalRule told, RawRow row, CellColumn column)
    {
        if (told != SheetRules.Negative && row[column.Index].TrimStart() is ['-' or '−' or '－', ..]
            && told != SheetRules.NotANumber)
            Note(SheetRules.Negative, row, column);
    }

    /// <summary>Hours with two decimals as whole minutes, half a minute upwards: 7.5 is 450; empty is zero.</summary>
    public bool Minutes(RawRow row, CellColumn column, out long minutes)
    {
        var good = Hundredths(row, column, out var hundredths);
        minutes = good ? (hundredths * 60 + 50) / 100 : 0;
        return good;
    }

    /// <summary>The rule an amount breaks, or null.</summary>
    public static RefusalRule? Judge(MoneyText text, Money money, long mostFen) => text switch
    {
        MoneyText.NotANumber => SheetRules.NotANumber,
        MoneyText.TooManyDecimals => SheetRules.ThreeDecimals,
        MoneyText.TooLarge => SheetRules.TooLarge,
        _ when money.Fen < 0 => SheetRules.Negative,
        _ when money.Fen > mostFen => SheetRules.TooLarge,
        _ => null,
    };

    /// <summary>The value with its findings, or all findings when any of them refuses.</summary>
    public Decision<T> Decide<T>(T value) =>
        Refused ? Decision<T>.Refuse(_findings) : Decision<T>.Accept(value, _findings);

    private void Add(Finding finding)
    {
        _findings.Add(finding);
        Refused |= finding.Rule.Severity == Severity.Refusal;
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

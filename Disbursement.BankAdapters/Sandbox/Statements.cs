using System.Globalization;

namespace Disbursement.BankAdapters.Sandbox;

/// <summary>Cuts the statements of a day: all entries since the
/// last one, so that balances chain without a gap.</summary>
internal static class Statements
{
    /// <summary>One cut per account with entries that no statement
    /// has told of, in the order of their numbers.</summary>
    public static IReadOnlyList<StatementCut> Cut(Books books, DateOnly day)
    {
        // Accounts may share their last four digits: message names are counted over all of them.
        var named = books.Accounts.GroupBy(a => a.Last4).ToDictionary(g => g.Key, g => g.Sum(a => a.Statements));
        var cuts = new List<StatementCut>();
        foreach (var account in books.Accounts.Where(a => a.Entries.Count > a.StatedEntries))
        {
            var first = account.Entries[account.StatedEntries].Date;
            var from = account.StatedTo is { } last && last < first ? last.AddDays(1) : first;
            var to = account.Entries.Skip(account.StatedEntries).Max(e => e.Date);
            cuts.Add(new(account.Number, Text($"{account.Last4}-{account.Statements + 1:00000}"),
                Text($"statement-{account.Last4}-{++named[account.Last4]}"), from, to > day ? to : day,
                    account.StatedFen,
                account.BalanceFen, account.StatedEntries, account.Entries.Count - account.StatedEntries,
                WrongUntil(books, account)));
        }
        return cuts;
    }

    /// <summary>The first file of the account whose next statement is to be wrong, once.</summary>
    private static int WrongUntil(Books books, PayerAccount account) => books.Files.FirstOrDefault(f =>
        f.Has(Behaviour.WrongBalance) && f.ReleasedBy == 0 && f.Head.PayerAccount == account.Number
        && !books.Statements.Any(s => s.Cuts.Any(c => c.WrongUntil == f.Number)))?.Number ?? 0;

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

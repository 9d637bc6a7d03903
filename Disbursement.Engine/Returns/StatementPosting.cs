using Disbursement.Engine.Accounts;
using Disbursement.Engine.Files;
using Disbursement.Engine.People;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;

namespace Disbursement.Engine.Returns;

/// <summary>Books a statement's entries on the wage accounts of its bank account and on the files they name.</summary>
internal sealed class StatementPosting(DecisionContext context, Changes changes, BankAccountRow bank,
    BankStatementRow statement, ExceptionLog log, IReadOnlySet<string> foreign)
{
    public const string Refund = "REFUND";
    public const string Fee = "FEE";

    /// <summary>What stands between references where a bank names several files in one entry.</summary>
    internal static readonly char[] Separators = [' ', ',', ';', '/', '+', '、', '，'];
    private readonly IReadOnlyList<WageAccountRow> _accounts =
        context.Rows.List<WageAccountRow>(("bank_account", bank.BankAccount));
    private readonly SortedDictionary<long, AccountBook> _books = [];
    private readonly SortedDictionary<long, (DisbursementFileRow Read, DisbursementFileRow Now)> _files = [];
    private readonly Dictionary<string, long?> _fileOf = new(StringComparer.Ordinal);
    private readonly Dictionary<(long, long), long> _earmarks = [];
    private readonly Dictionary<long, ReleaseRow> _releases = [];
    private JournalledDebits? _debits;
    private WageAccountRow? _unallocated;

    /// <summary>Books one entry and says where it went.</summary>
    public StatementEntryRow Book(StatementEntry entry)
    {
        var named = FilesOf(entry.Reference);
        // The bank's own fee for a file is no debit of the file, but of its account.
        var files = entry.Kind == Fee ? [] : named;
        Debits.Take(entry);
        var shares = named.Count > 0 || entry.Amount <= Money.Zero ? null
            : NamedCredit.Of(context, entry, _accounts, Earmarked);
        var account = named.Count > 0 ? _files[named[0]].Now.Account : shares is null ? AccountOf(entry)
            : shares.Count > 0 ? shares[0].Account : Unallocated();
        if (files.Count > 0) OnFiles(entry, files);
        else if (shares is { Count: > 0 }) OnEarmarks(entry, shares);
        else if (entry.Amount > Money.Zero) Of(account).Credit(entry.Amount, statement.Document, entry.Line);
        else Of(account).Debit(-entry.Amount, Money.Zero, null, statement.Document, entry.Line);
        if (files.Count == 0) Except(entry, account, unknown: shares is { Count: 0 });
        return new StatementEntryRow
        {
            Statement = statement.Statement,
            Line = entry.Line,
            BookedOn = entry.BookedOn!.Value,
            AmountFen = entry.Amount.Fen,
            Kind = entry.Kind,
            BankReference = entry.BankReference,
            Reference = entry.Reference,
            Account = account,
            File = files.Count == 1 ? files[0] : null,
        };
    }

    /// <summary>
    /// Adjusts the files' reservations, lets reservations yield where the money is short, writes the books.
    /// </summary>
    public void Finish(bool wholeFileDebit)
    {
        var releases = new SortedDictionary<long, ReleaseRow>();
        foreach (var (read, now) in _files.Values)
        {
            var release = ReleaseOf(now);
            var after = FileBook.Adjust(now, wholeFileDebit, Of(now.Account), release.Earmark);
            if (after == read) continue;
            changes.Update(after with { Version = read.Version + 1 });
            if (release.State == ReleaseState.Filed) releases[release.Release] = release with
            {
                Version = release.Version + 1,
                State = ReleaseMachine.Table.Next(release.State, ReleaseTrigger.BeginSettling),
            };
        }
        foreach (var release in releases.Values) changes.Update(release);
        Debits.Write(statement.StatementId, areBooked: true, wholeFileDebit, statement.Document, log);
        foreach (var account in _accounts.Where(a => _books.ContainsKey(a.Account)))
        {
            var book = Of(account.Account);
            if (!book.Impaired) continue;
            log.Add(ExceptionKinds.Impaired, 0, book.Available.Fen, 0, "available", account: account.Account);
            Impairment.Yield(context, changes, account.Account, book);
        }
        foreach (var book in _books.Values) changes.Insert(book.Entries);
    }

    /// <summary>Posted over all accounts of the bank account (L5).</summary>
    public long Posted() => _accounts.Select(a => a.Account).Union(_books.Keys).Sum(a => Of(a).Posted.Fen);

    private JournalledDebits Debits => _debits ??= new JournalledDebits(context, changes, bank.Profile,
        reference => FileOf(reference) is { } file ? _files[file].Now : null);

    private AccountBook Of(long account)
    {
        if (!_books.TryGetValue(account, out var book)) _books[account] = book = AccountBook.Load(context, account);
        return book;
    }

    /// <summary>The files the reference names, all of this bank account; empty where one of them is not.</summary>
    private List<long> FilesOf(string reference)
    {
        var files = reference.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(FileOf).ToList();
        return files.Count > 0 && files.TrueForAll(f => f is not null) ? [.. files.Select(f => f!.Value)] : [];
    }

    private long? FileOf(string reference)
    {
        if (_fileOf.TryGetValue(reference, out var known)) return known;
        var file = foreign.Contains(reference) ? null : JournalledFile.Named(context.Rows, bank.Profile, reference);
        // A bank has many accounts of ours: what another one paid is no movement of this one.
        if (file is null || _accounts.All(a => a.Account != file.Account)) return _fileOf[reference] = null;
        _files[file.File] = (file, file);
        return _fileOf[reference] = file.File;
    }

    private void OnFiles(StatementEntry entry, List<long> files)
    {
        var left = entry.Amount.Fen;
        foreach (var id in files)
        {
            var (read, file) = _files[id];
            // Two files in one debit: each takes what it keeps reserved, the last one the rest.
            var share = id == files[^1] ? left : left < 0 ? -Math.Min(-left, file.ReservedFen) : 0;
            left -= share;
            if (share > 0)
            {
                // What a bank gives back of an earmarked payment is earmarked as before.
                Of(file.Account).Credit(new Money(share), statement.Document, entry.Line, ReleaseOf(file).Earmark);
                file = file with { RefundedFen = file.RefundedFen + share };
            }
            else if (share < 0)
            {
                var consumed = Math.Min(-share, file.ReservedFen);
                Of(file.Account).Debit(new Money(-share), new Money(consumed), id, statement.Document, entry.Line);
                file = FileWords.Accepted(file, log) with
                {
                    DebitedFen = file.DebitedFen - share,
                    ReservedFen = file.ReservedFen - consumed,
                };
            }
            _files[id] = (read, file);
        }
    }

    private void OnEarmarks(StatementEntry entry, IReadOnlyList<EarmarkShare> shares)
    {
        foreach (var share in shares)
            Of(share.Account).Credit(share.Amount, statement.Document, entry.Line,
                Earmarks.For(context, changes, share.Account, share.Obligation, _earmarks));
    }

    private Money Earmarked(long account, long obligation) =>
        _earmarks.TryGetValue((account, obligation), out var made) ? Of(account).Earmarked(made)
        : context.Rows.Find<EarmarkRow>(("account", account), ("obligation", obligation)) is { } known
            ? Of(account).Earmarked(known.Earmark) : Money.Zero;

    private ReleaseRow ReleaseOf(DisbursementFileRow file)
    {
        if (_releases.TryGetValue(file.Release, out var known)) return known;
        return _releases[file.Release] = context.Rows.Find<ReleaseRow>(("release", file.Release))
            ?? throw new DefectException($"file {file.File} has no release");
    }

    private long AccountOf(StatementEntry entry)
    {
        var projects = _accounts.Where(a => a.Project is not null).ToList();
        if (projects.Count == 1) return projects[0].Account;
        if (entry.Amount > Money.Zero && Named(entry, projects) is { } named) return named;
        return Unallocated();
    }

    private long? Named(StatementEntry entry, List<WageAccountRow> projects)
    {
        var named = projects.Where(a => context.Rows.Find<ProjectRow>(("project", a.Project!.Value)) is { } project
            && (entry.Purpose.Contains(project.Code, StringComparison.Ordinal)
                || entry.Reference.Contains(project.Code, StringComparison.Ordinal))).ToList();
        return named.Count == 1 ? named[0].Account : null;
    }

    private long Unallocated()
    {
        _unallocated ??= _accounts.FirstOrDefault(a => a.Project is null);
        if (_unallocated is not null) return _unallocated.Account;
        _unallocated = new WageAccountRow { Account = context.NextId("account"), BankAccount = bank.BankAccount };
        changes.Insert(_unallocated);
        return _unallocated.Account;
    }

    private void Except(StatementEntry entry, long account, bool unknown)
    {
        if (entry.Amount > Money.Zero && account == _unallocated?.Account)
            log.Add(unknown ? ExceptionKinds.UnknownPurpose : ExceptionKinds.UnallocatedCredit, entry.Line,
                entry.Amount.Fen, 0,
                $"statement {statement.Statement}", account: account);
        if (entry.Amount < Money.Zero && entry.Kind != Fee)
            log.Add(ExceptionKinds.ForeignDebit, entry.Line, entry.Amount.Fen, 0,
                $"statement {statement.Statement} {entry.Kind}", account: account);
    }
}

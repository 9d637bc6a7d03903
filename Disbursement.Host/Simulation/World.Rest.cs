using System.Globalization;
using System.Text;
using Disbursement.Engine.Restores;
using Disbursement.Engine.Runtime;
using Disbursement.Host.Audit;
using Disbursement.Host.Files;
using Disbursement.Host.Simulation.Laws;
using NodaTime;

namespace Disbursement.Host.Simulation;

/// <summary>Backups and what follows a restore, and how a world comes to rest.</summary>
internal sealed partial class World
{
    private const int MostRounds = 12;

    private void Backup()
    {
        EndRun();
        if (_database.HasBackups) _database.Backup();
    }

    /// <summary>The disk is lost: the newest backup takes its place, and journal and anchor are what they are.
    /// </summary>
    private void Restore()
    {
        if (!_database.HasBackups || !_database.Restore()) return;
        _hasRestored = true;
        _watch.Forget();
        foreach (var bank in _banks) bank.ExportsAll();
        _host = Begin();
        SyncPeople();
        Meet(_host.Start().Count > 0 ? "refused by its anchor" : "restored");
        Recovered();
        Enter();
    }

    /// <summary>What <c>recover --journal</c> does, signed by a supervisor.</summary>
    private void Recovered()
    {
        var journal = new SendJournal(Journal);
        if (!File.Exists(Journal)) return;
        var found = Recovery.Compare(_host.Composition, journal);
        byte[]? lost;
        using (var log = new LiveLog(_database.Dialect, SimulationBase.Ledger))
            lost = Recovery.LostAnchor(_host.LogFiles, log);
        if (found.Unknown.Count > 0) Meet("the journal knew more");
        var restores = (int)Eye<long>("SELECT count(*) FROM ledger_restore WHERE ledger = @ledger")[0];
        var run = Recovery.Run(_host.Composition, SimulationBase.Ledger, found, lost,
            command => _host.Decide(_people[SimulatedPeople.Supervisor], command), Epoch(1 + restores));
        if (!run.Accepted) Meet($"refused {run.Findings[0].Rule.Code}");
        else if (lost is not null) Recovery.PassAnchor(_host.Composition, _host.LogFiles, SimulationBase.Ledger);
    }

    /// <summary>What the database forgot is handed in and decided again.</summary>
    private void Enter()
    {
        for (var bank = 0; bank < _bankRotated.Length; bank++)
            if (_bankRotated[bank]) AdoptsBoth(bank);
        foreach (var paper in _papers) By(SimulatedPeople.Clerk, paper);
        var quiet = new Step(0, _now, Act.Review, 0, 0, default);
        Review(quiet);
        Approve(quiet);
        Asked(null, new Command("restore.match"));
    }

    /// <summary>Two people settle what the journal or the bank knows and the database does not.</summary>
    private void Unlock()
    {
        if (Eye<long>("SELECT count(*) FROM journalled_send WHERE ledger = @ledger")[0] > 0) Recovered();
        foreach (var open in _host.Ask(view => view.Queries.OpenSends()).Where(s => s.LinesWaiting > 0))
        {
            var letter = BankOf(open.Profile).Letter(open.Reference);
            if (letter is null && Lies(open.Profile, open.Reference)) continue;
            var outcome = letter is null || letter.Rows.All(r => !r.IsPaid && !r.IsHeld) ? "absent" : "held";
            Both(new Command("restore.resolve", ("send", open.Send), ("outcome", outcome)).With(
                new InputDocument(RestoreResolve.Evidence, Letter($"{open.Reference} {outcome}"), Personal: true)));
        }
        foreach (var exception in Eye<long>("""
            SELECT exception FROM bank_exception WHERE ledger = @ledger
                AND kind IN ('FileAhead', 'NeverSent', 'NameTaken') ORDER BY exception
            """))
            Both(new Command(RestoreDismiss.Name, ("exception", exception)).With(
                new InputDocument(RestoreResolve.Evidence, Letter($"exception {exception}"), Personal: true)));
    }

    /// <summary>
    /// The banks answer everything, people decide what is doubtful, there is money, time goes on: until nothing is in
    /// flight, or for as many rounds as that may take.
    /// </summary>
    private void Rest()
    {
        _hazard.Arm(default);
        for (var (round, said) = (0, -1); round < MostRounds; round++)
        {
            var says = _banks.Sum(bank => bank.Messages);
            if (round > 2 && says == said && Eye<string>(LawQueries.InFlight).Count == 0) return;
            said = says;
            if (round < 2) Rich();
            foreach (var bank in _banks)
            {
                bank.Works(_now);
                bank.EndsDay(_now);
                bank.Hurry();
            }
            Deliver();
            Unlock();
            _now += Duration.FromDays(4);
            _clock.At = _now;
            Tick(untilIdle: true);
            ResolveFiles();
            ResolveLines();
            foreach (var (file, _, _) in Files("'Built', 'Sealed'"))
                Both(new Command("file.withdraw", ("file", file)));
        }
    }

    private void Rich()
    {
        foreach (var project in Enumerable.Range(1, SimulatedSites.Projects))
            _banks[SimulatedSites.BankOf(project)].Books("TRANSFER", 40_000_000,
                $"人工费 {SimulatedSites.Project(project)}", _now);
        _banks[1].Books("TRANSFER", 40_000_000, "人工费", _now);
    }

    /// <summary>What the banks credited and kept on each card is what our attempts settled there; nothing else is
    /// anybody's.</summary>
    private List<string> BookDifferences()
    {
        var ours = Eye<(string Profile, byte[] Card, long Fen, long Held)>(LawQueries.Credited).ToDictionary(
            c => $"{c.Profile} {Convert.ToHexString(c.Card)}", c => (c.Fen, c.Held), StringComparer.Ordinal);
        var differ = new List<string>();
        foreach (var bank in _banks)
        {
            foreach (var payee in bank.Report().Payees.Where(p => p.NetFen != 0))
            {
                var card = _host.Ask(v => Convert.ToHexString(v.Vault.AccountHash(payee.Account)));
                var key = $"{bank.Partner.Id} {card}";
                ours.Remove(key, out var known);
                if (payee.NetFen < known.Fen || payee.NetFen > known.Fen + known.Held)
                    differ.Add($"{bank.Partner.Id}: the card {payee.Account} "
                        + string.Create(CultureInfo.InvariantCulture, $"has {payee.NetFen} fen, by our books {known}"));
            }
        }
        differ.AddRange(ours.Where(o => o.Value.Fen != 0).Select(o => string.Create(CultureInfo.InvariantCulture,
            $"{o.Key}: our books have {o.Value.Fen} fen on a card that the bank credited nothing")));
        return differ;
    }

    private static byte[] Letter(string what) => Encoding.UTF8.GetBytes($"样例银行 SAMPLE BANK {what}");
}

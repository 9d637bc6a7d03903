using System.Globalization;
using System.Text;
using Disbursement.Engine.Files;
using Disbursement.Engine.Returns;
using Disbursement.Engine.Runtime;

namespace Disbursement.Host.Simulation;

/// <summary>Money and messages: deposits, files, what the banks say, and what people make of it.</summary>
internal sealed partial class World
{
    /// <summary>What is paid in of what is needed, in hundredths, by the step's number.</summary>
    private static readonly int[] s_shares =
        [100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 50, 80, 95, 30, 100, 250];

    private void Deposit(Step step)
    {
        var project = 1 + (step.A + 2) % 3;
        var fen = SimulatedSites.Fen(project, Worked) * s_shares[step.B] / 100;
        _banks[SimulatedSites.BankOf(project)].Books("TRANSFER", fen, step.B == 14 ? "人工费"
            : $"人工费 {SimulatedSites.Project(project)}", _now);
    }

    private void Earmark(Step step) => With(Arrears(), step.A, o =>
    {
        var project = (int)Eye<long>(
            "SELECT project FROM obligation WHERE ledger = @ledger AND obligation = @id", o)[0];
        _banks[SimulatedSites.BankOf(project)].Books("TRANSFER", (1 + step.B) * 200_000, string.Create(
            CultureInfo.InvariantCulture, $"垫付 {(step.B == 7 ? o + 900 : o)}"), _now);
    });

    private void Stray(Step step) => _banks[1].Books("TRANSFER", (1 + step.B) * 100_000, "人工费", _now);

    /// <summary>A court takes a part of what is there, up to all of it.</summary>
    private void Court(Step step)
    {
        var bank = _banks[step.A % 2];
        if (bank.Balance is > 0 and var there)
            bank.Books("COURT", -Math.Max(1, there * (1 + step.B) / 16), "司法扣划", _now);
    }

    private void EachBank(Step step, Action<SimulatedBank> act)
    {
        foreach (var bank in _banks)
            if (step.A >= 2 || step.A == bank.Number) act(bank);
    }

    private void Deliver()
    {
        var taken = _host.Receive();
        if (taken.Faults.Count > 0) Meet("a bank did not answer");
        foreach (var refused in taken.Refused) Meet($"refused {refused.Rule.Code}");
    }

    private void Tick(bool untilIdle)
    {
        foreach (var step in _host.Tick(untilIdle))
        {
            _laws.HasSwept |= step.Verb == "arrears.sweep";
            if (step.Subject > 0 && step.Verb == "release.fund" && IsShort(step.Subject)) Meet("a release is short");
            foreach (var finding in step.Findings) Meet($"refused {finding.Rule.Code}");
        }
    }

    private bool IsShort(long release) => Eye<long>(
        "SELECT count(*) FROM release WHERE ledger = @ledger AND release = @id AND state = 'Short'", release)[0] > 0;

    /// <summary>Two people with the bank's letter on each file nobody knows of. What the bank has not looked at yet
    /// waits for another day, unless somebody is in a hurry.</summary>
    private void ResolveFiles()
    {
        foreach (var (file, profile, reference) in Files("'Unknown'"))
        {
            var letter = BankOf(profile).Letter(reference);
            var outcome = letter is null ? "absent" : letter.Refusal == BankAdapters.Sandbox.FileRefusal.None
                ? "accepted" : "refused";
            if (letter is null && Lies(profile, reference) && file % 3 != 0) continue;
            var paper = $"样例银行 SAMPLE BANK {reference} {outcome} {Today}";
            Both(new Command("file.resolve", ("file", file), ("outcome", outcome))
                .With(new InputDocument(FileResolve.Evidence, Encoding.UTF8.GetBytes(paper))));
        }
    }

    /// <summary>The same of each line that the bank contradicts or leaves without a word.</summary>
    private void ResolveLines()
    {
        foreach (var (file, row, _) in Doubtful().Take(40))
        {
            var (_, profile, reference) = Eye<(long, string, string)>(
                "SELECT file, profile, reference FROM disbursement_file WHERE ledger = @ledger AND file = @id",
                file)[0];
            if (RowOf(profile, reference, row) is not { IsHeld: false } said) continue;
            var outcome = said.IsReturned ? OutcomeKind.Returned
                : said.IsPaid ? OutcomeKind.Settled : OutcomeKind.Rejected;
            var paper = string.Create(CultureInfo.InvariantCulture, $"样例银行 SAMPLE BANK {reference} {row} {outcome}");
            Both(new Command("line.resolve", ("file", file), ("row", row), ("outcome", outcome))
                .With(new InputDocument(LineResolve.Evidence, Encoding.UTF8.GetBytes(paper))));
        }
    }

    private void Allocate(Step step) => With(Eye<(long Statement, long Line)>("""
        SELECT n.statement, n.line FROM statement_entry n
        JOIN wage_account w ON w.ledger = n.ledger AND w.account = n.account AND w.project IS NULL
        WHERE n.ledger = @ledger AND n.amount_fen > 0 ORDER BY n.statement, n.line
        """), step.A, credit => By(SimulatedPeople.Treasurer, new Command("account.allocate",
            ("statement", credit.Statement), ("line", credit.Line), ("account", Account(1 + step.B % 3)))));

    private void Recall(Step step) => With(Files("'Delivered', 'Unknown', 'Accepted'")
        .FindAll(f => step.B == 1 || f.Profile == SimulatedSites.Profiles[1]), step.A, file =>
    {
        var rows = step.B % 3 == 0 ? "*" : $"{1 + step.B}";
        Both(new Command("file.recall", ("file", file.File), ("reason", "WrongAccount"), ("rows", rows)));
    });

    private void Withdraw(Step step) => With(Files("'Built', 'Sealed'"), step.A, file =>
        Both(new Command("file.withdraw", ("file", file.File))));

    private void Cancel(Step step) => With(Eye<long>("""
        SELECT release FROM release WHERE ledger = @ledger AND state IN ('Planned', 'Short', 'Funded') ORDER BY release
        """), step.A, r =>
    {
        if (step.B % 3 == 0) Asked(null, new Command("release.yield", ("release", r)));
        else By(SimulatedPeople.Treasurer, new Command("release.cancel", ("release", r)));
    });

    /// <summary>What is left of earmarks whose arrears are over is free again.</summary>
    private void Free()
    {
        foreach (var earmark in Eye<long>("SELECT earmark FROM earmark WHERE ledger = @ledger ORDER BY earmark"))
            By(SimulatedPeople.Treasurer, new Command("account.free", ("earmark", earmark)));
    }

    /// <summary>Money is set aside; files are made another time.</summary>
    private void Fund()
    {
        foreach (var release in Eye<long>("""
            SELECT release FROM release WHERE ledger = @ledger AND state IN ('Planned', 'Short') ORDER BY release
            """))
            Asked(null, new Command("release.fund", ("release", release)));
    }

    private SimulatedBank BankOf(string profile) => _banks.First(b => b.Partner.Id == profile);

    private BankAdapters.Sandbox.LetterRow? RowOf(string profile, string reference, long row) =>
        BankOf(profile).Letter(reference)?.Rows.FirstOrDefault(r =>
            long.Parse(r.Reference, CultureInfo.InvariantCulture) == row);

    /// <summary>Whether the bank's in-tray has a file it has not looked at; a recall of it is another one.</summary>
    private bool Lies(string profile, string reference) => Directory.EnumerateFiles(
        Path.Combine(_folder, "exchange", profile, "to-bank"), reference + ".*").Any();

    private long Account(int project) => Eye<long>(
        "SELECT account FROM wage_account WHERE ledger = @ledger AND project = @id", project)[0];
}

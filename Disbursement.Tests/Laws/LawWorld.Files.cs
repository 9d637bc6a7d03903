using Dapper;
using Disbursement.BankAdapters.Seams;
using Disbursement.Engine.Files;
using Disbursement.Engine.Ports;
using Disbursement.Engine.Primitives;
using Disbursement.Host;
using Disbursement.Host.Files;
using Disbursement.Host.Simulation.Laws;
using Disbursement.Tests.Files;
using Disbursement.Tests.Fixtures;
using NodaTime;
using Xunit;

namespace Disbursement.Tests.Laws;

/// <summary>How files go to the banks, and what can happen to a call.</summary>
internal sealed partial class LawWorld
{
    /// <summary>Hours that a file may be on its way; a quiet period is longer.</summary>
    private const int Underway = 23;

    /// <summary>What broke within a call: there an assertion would be taken for a line that broke.</summary>
    private readonly List<string> _wrong = [];

    /// <param name="outcome">What the bank says, where the call is as usual.</param>
    /// <param name="how">Lost: it is not there and will not be. Late: it comes when its line gets through, within the
    /// quiet period of a bank that has one. Crossed: another process acts before the call is made; asleep: one sleeps
    /// past its lease, and another acts meanwhile.</param>
    private void Send(DisbursementFileRow file, int outcome, Act how = Act.Send)
    {
        var rows = _eye.Query<(long Row, long Worker, long Fen)>("""
            SELECT p.row_reference, c.worker, p.amount_fen FROM payment p
            JOIN wage_claim c ON c.ledger = p.ledger AND c.claim = p.claim
            WHERE p.ledger = @ledger AND p.file = @file ORDER BY p.row_reference
            """, new { ledger = SampleLedger.Ledger, file = file.File })
            .Select(r => new BankRow(r.Row, LawBase.Card(r.Worker), r.Fen)).ToList();
        var bank = BankOf(file);
        var (result, arrives) = (how, outcome) switch
        {
            (Act.SendLost or Act.SendLate, _) => (SendOutcome.Unknown, false),
            (Act.SendRefused, _) or (Act.Send, 12) => (SendOutcome.Refused, false),
            (Act.Send, 13) => (SendOutcome.Unknown, true),
            (Act.Send, 14) => (SendOutcome.Unknown, false),
            (Act.Send, 15) => (SendOutcome.NotSent, false),
            _ => (SendOutcome.Delivered, true),
        };
        string[] against = [.. Broken(LawQueries.PaidBefore, file.File),
            .. Broken(LawQueries.AnsweredBefore, file.File), .. Broken(Wanting, file.File)];
        var link = new ScriptedTransport((_, _) =>
        {
            if (!File.Exists(_settings.Journal)
                || !File.ReadAllText(_settings.Journal).Contains(file.Reference, StringComparison.Ordinal))
                _wrong.Add($"L1: file {file.Reference} goes and is in no journal");
            if (how == Act.SendCrossed) Another(file.File);
            if (how == Act.SendLate && bank.IsQuiet)
                bank.OnTheWay.Add((Samples.Moment.At + Duration.FromHours(Underway), file.Reference, rows));
            if (arrives) Arrives(bank, file.Reference, rows);
            return new SendResult(result, "sample");
        });
        var process = how == Act.SendAsleep
            ? new Composition(Samples.Store, new Sleeper(Samples.Moment, () => Another(file.File)))
            : Samples.Composition;
        var went = new FileSending(process, new SendJournal(_settings.Journal),
            _ => Decision<ITransport>.Accept(link)).Send(SampleLedger.Ledger, file.File);
        Assert.Empty(_wrong);
        if (!went.Accepted) Reached.Add("refused " + went.Findings[0].Rule.Code);
        else
        {
            Assert.Empty(against);
            Reached.Add(how == Act.Send ? $"sent {result}" : $"{how}");
        }
    }

    /// <summary>Another process finds a file Sending: what it may, it takes for lost, has its absence proved, and
    /// sends.</summary>
    private void Another(long file)
    {
        Try("file.expire-lease", "file", file);
        foreach (var lost in Files(FileState.Unknown).Where(f => f.File == file)) ResolveFile(lost);
        foreach (var again in Files(FileState.Sealed).Where(f => f.File == file)) Send(again, 0);
    }

    /// <summary>L1: whatever is believed of a file, no bank gets it twice; what was proved absent was absent.</summary>
    private void Arrives(LawBank bank, string reference, IReadOnlyList<BankRow> rows)
    {
        if (!bank.Arrives(reference, rows)) _wrong.Add($"L1: file {reference} reaches its bank twice");
    }

    /// <summary>Files whose line got through by now.</summary>
    private void ComeLate()
    {
        foreach (var bank in Banks)
            foreach (var late in bank.OnTheWay.Where(l => l.At <= Samples.Moment.At).ToList())
            {
                bank.OnTheWay.Remove(late);
                Arrives(bank, late.Reference, late.Rows);
            }
        Assert.Empty(_wrong);
    }

    /// <summary>What is true: a file the bank never got may go again; one of which a line has a word may not.</summary>
    private void ResolveFile(DisbursementFileRow file)
    {
        ComeLate();
        var bank = BankOf(file);
        var got = bank.Got.Contains(file.Reference);
        Resolve(got ? "accepted" : "absent");
        if (got || bank.OnTheWay.Any(l => l.Reference == file.Reference)) return;
        if (Files(FileState.Unknown).Any(f => f.File == file.File && f.LinesOpen < f.Lines)) Resolve("refused");

        void Resolve(string outcome) => Both(new Engine.Runtime.Command("file.resolve", ("file", file.File),
            ("outcome", outcome)), FileResolve.Evidence);
    }

    private void Build(long release)
    {
        if (!Try("file.build", "release", release).Accepted) return;
        foreach (var file in Samples.Ask(v => v.List<DisbursementFileRow>(("release", release))))
        {
            Assert.Empty(Broken(LawQueries.PaidBefore, file.File));
            Assert.Empty(Broken(Wanting, file.File));
        }
    }

    private void Seal(long file) => new FileSealing(Samples.Composition, _settings).Seal(SampleLedger.Ledger, file);

    private LawBank BankOf(DisbursementFileRow file) => Banks[Array.IndexOf(LawBase.Profiles, file.Profile)];

    /// <summary>A machine that is put to sleep past its lease when it has looked at the clock once.</summary>
    private sealed class Sleeper(FixedMoment world, Action meanwhile) : IMoment
    {
        private int _looks;

        public Instant Read()
        {
            if (++_looks != 2) return world.Read();
            world.At += FileSend.Lease + Duration.FromMinutes(1);
            meanwhile();
            return world.Read();
        }
    }

    // L2: the file's account, or the unallocated one beside it, has less than nothing available.
    private const string Wanting = """
        SELECT 'L2: file ' || f.file || ' goes although account ' || a.account || ' lacks money'
        FROM disbursement_file f
        JOIN wage_account w ON w.ledger = f.ledger AND w.account = f.account
        JOIN wage_account a ON a.ledger = w.ledger AND a.bank_account = w.bank_account
            AND (a.account = w.account OR a.project IS NULL)
        JOIN account_entry e ON e.ledger = a.ledger AND e.account = a.account
        WHERE f.ledger = @ledger AND f.file = @file GROUP BY f.file, a.account
        HAVING sum(e.posted_delta_fen - e.reserved_delta_fen) < 0
        """;
}
